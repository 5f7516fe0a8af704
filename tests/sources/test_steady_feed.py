from __future__ import annotations

import itertools
import threading
from collections import deque
from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from crackinspector.core.errors import SourceError
from crackinspector.core.frame import Frame
from crackinspector.core.settings import CameraSettings
from crackinspector.sources.source import EndOfSource, NoSuchSourceError, Picture, SourceInfo, SourceState
from crackinspector.sources.steady_feed import MOST_FAILURES, PAUSES, Feed
from crackinspector.sources.turning import turned
from tests.sources.clocks import FakeClock

FPS = 10.0
STEP = 0.1
BLOCKED_SECONDS = 3.0


class Script:
    """A source that does what the test says, one word for each read; each takes as long as it says."""

    def __init__(self, clock: FakeClock, live: bool = True) -> None:
        self.clock = clock
        self.live = live
        self.words: deque[str] = deque()
        self.default = "picture"
        self.can_open = True
        self.opened = self.closed = 0
        self.controls: list[Mapping[str, float]] = []
        self.shade = itertools.count()
        self.last = 0

    @property
    def is_open(self) -> bool:
        return self.opened > self.closed

    def open(self) -> SourceInfo:
        assert not self.is_open
        if not self.can_open:
            raise SourceError("it is not there")
        self.opened += 1
        return SourceInfo("key", "Script", 8, 6, FPS, self.live)

    def read(self, timeout: float) -> Picture | None:
        assert self.is_open
        word = self.words.popleft() if self.words else self.default
        if word in ("silence", "blocks"):
            self.clock.time += timeout if word == "silence" else BLOCKED_SECONDS
            return None
        self.clock.time += min(timeout, STEP)
        if word == "gone":
            raise SourceError("it was unplugged")
        if word == "defect":
            raise ZeroDivisionError("a defect")
        if word == "end":
            raise EndOfSource
        if word == "picture":
            self.last = next(self.shade) % 251
        image = np.full((36, 48, 3), self.last, np.uint8)
        if word != "even":
            image[: len(image) // 2] += 5
        return Picture(image, self.clock.now() - 0.01, word)

    def set_controls(self, values: Mapping[str, float]) -> None:
        self.controls.append(values)

    def close(self) -> None:
        self.closed = self.opened


def make_feed(script: Script, cameras: Mapping[str, CameraSettings] | None = None) -> Feed:
    return Feed(lambda: script, cameras, clock=script.clock, ids=itertools.count(1))


def run(feed: Feed, script: Script, seconds: float) -> list[Frame]:
    """Polls for that long by the script's clock."""
    frames = []
    until = script.clock.time + seconds
    while script.clock.time < until:
        frame = feed.poll(STEP)
        if frame is not None:
            frames.append(frame)
    return frames


def state(feed: Feed) -> SourceState:
    return feed.status.state


@pytest.fixture
def script() -> Script:
    return Script(FakeClock())


def test_frames_carry_ascending_ids_times_and_the_sources_name(script: Script) -> None:
    feed = make_feed(script)
    assert state(feed) is SourceState.STARTING
    frames = run(feed, script, 2)
    assert [frame.id for frame in frames] == list(range(1, len(frames) + 1))
    assert state(feed) is SourceState.STREAMING
    assert feed.status.info is not None
    last = frames[-1]
    assert last.source == "Script"
    assert last.captured_at == pytest.approx(script.clock.now() - 0.01)
    assert last.taken_at == pytest.approx(script.clock.wall() - 0.01)
    assert not last.image.flags.writeable


def test_ids_ascend_over_feeds_too(script: Script) -> None:
    ids = []
    for _ in range(2):
        feed = Feed(lambda: script, clock=script.clock)
        ids += [frame.id for frame in run(feed, script, 0.5)]
        feed.close()
    assert ids == sorted(set(ids))
    assert len(ids) >= 8


def test_a_lost_source_is_opened_again_after_a_pause(script: Script) -> None:
    feed = make_feed(script)
    run(feed, script, 1)
    script.words.append("gone")
    assert run(feed, script, STEP / 2) == []
    status = feed.status
    assert state(feed) is SourceState.OFFLINE
    assert status.sentence == "it was unplugged"
    assert status.retry_at == pytest.approx(script.clock.now() + PAUSES[0])
    assert status.info is not None and status.info.name == "Script"
    assert not script.is_open
    assert run(feed, script, 1)
    assert state(feed) is SourceState.STREAMING
    assert feed.status.retry_at is None


def test_pauses_grow_and_the_budget_ends(script: Script) -> None:
    script.can_open = False
    feed = make_feed(script)
    attempts = [script.clock.now()]
    feed.poll(STEP)
    while feed.status.retry_at is not None:
        attempts.append(feed.status.retry_at)
        script.clock.time = feed.status.retry_at
        feed.poll(STEP)
    assert np.diff(attempts) == pytest.approx([*PAUSES, *[PAUSES[-1]] * (MOST_FAILURES - 1 - len(PAUSES))])
    assert state(feed) is SourceState.FAILED
    assert feed.status.sentence == "it is not there"
    script.can_open = True
    assert run(feed, script, 100) == []
    feed.retry()
    assert run(feed, script, 1)


def test_health_restores_the_budget(script: Script) -> None:
    feed = make_feed(script)
    for _ in range(2 * MOST_FAILURES):
        run(feed, script, 11)
        script.words.append("gone")
        run(feed, script, STEP / 2)
        assert feed.status.retry_at == pytest.approx(script.clock.now() + PAUSES[0])
        run(feed, script, 0.6)


def test_a_source_that_dies_at_once_each_time_uses_up_the_budget(script: Script) -> None:
    feed = make_feed(script)
    for _ in range(MOST_FAILURES):
        script.words.extend(["picture", "gone"])
    run(feed, script, 200)
    assert state(feed) is SourceState.FAILED


def test_silence_is_a_stall_then_a_restart(script: Script) -> None:
    feed = make_feed(script)
    run(feed, script, 1)
    script.default = "silence"
    run(feed, script, 1.8)
    assert state(feed) is SourceState.STREAMING
    run(feed, script, 0.5)
    assert state(feed) is SourceState.STALLED
    assert "no picture has come for 2 s" in feed.status.sentence
    run(feed, script, 5.1)
    assert state(feed) is SourceState.OFFLINE
    assert "check its plug" in feed.status.sentence
    script.default = "picture"
    assert run(feed, script, 1)
    assert script.opened == 2


def test_a_stalled_source_that_comes_back_was_never_closed(script: Script) -> None:
    feed = make_feed(script)
    run(feed, script, 1)
    script.words.extend(["silence"] * 30)
    run(feed, script, 3)
    assert state(feed) is SourceState.STALLED
    assert run(feed, script, 0.5)
    assert state(feed) is SourceState.STREAMING
    assert script.opened == 1


def test_a_source_that_opens_and_gives_nothing_is_a_loss_in_the_end(script: Script) -> None:
    script.default = "silence"
    feed = make_feed(script)
    run(feed, script, 4)
    assert state(feed) is SourceState.STARTING
    run(feed, script, 3)
    assert state(feed) is SourceState.STALLED
    run(feed, script, 3.2)
    assert state(feed) is SourceState.OFFLINE


def test_a_frozen_camera_gives_no_frames_and_is_restarted(script: Script) -> None:
    feed = make_feed(script)
    run(feed, script, 1)
    script.default = "same"
    assert run(feed, script, 2.9)
    assert state(feed) is SourceState.STREAMING
    run(feed, script, 0.3)
    assert state(feed) is SourceState.STALLED
    assert "frozen" in feed.status.sentence
    assert run(feed, script, 5) == []
    script.words.append("picture")
    assert run(feed, script, STEP / 2)
    assert state(feed) is SourceState.STREAMING
    run(feed, script, 15.2)
    assert state(feed) is SourceState.OFFLINE
    assert "frozen" in feed.status.sentence


def test_a_frozen_camera_is_never_given_up_and_its_pauses_grow(script: Script) -> None:
    """A still scene in a compressed stream looks the same; somebody comes by in the end."""
    feed = make_feed(script)
    script.default = "same"
    pauses = set()
    until = script.clock.time + 1000
    while script.clock.time < until:
        feed.poll(STEP)
        assert state(feed) is not SourceState.FAILED
        if feed.status.retry_at is not None:
            pauses.add(round(feed.status.retry_at - feed.status.since, 1))
    assert script.opened > MOST_FAILURES
    assert pauses == set(PAUSES)
    script.default = "picture"
    assert run(feed, script, 40)
    assert state(feed) is SourceState.STREAMING


def test_a_frozen_camera_is_told_once(script: Script) -> None:
    feed = make_feed(script)
    script.default = "same"
    run(feed, script, 4)
    told = feed.status
    assert told.state is SourceState.STALLED
    run(feed, script, 5)
    assert feed.status is told


def test_a_covered_lens_is_not_frozen(script: Script) -> None:
    script.default = "even"
    feed = make_feed(script)
    assert len(run(feed, script, 300)) >= 2990
    assert script.opened == 1
    assert state(feed) is SourceState.STREAMING


def test_what_can_never_be_a_source_is_given_up_at_once(script: Script) -> None:
    def refuse() -> Script:
        raise NoSuchSourceError("there is no source ftp://host")

    feed = Feed(refuse, clock=script.clock)
    feed.poll(STEP)
    assert state(feed) is SourceState.FAILED
    assert feed.status.sentence == "there is no source ftp://host"


def test_a_file_may_show_the_same_picture_for_ever(script: Script) -> None:
    script.live = False
    script.default = "same"
    feed = make_feed(script)
    assert len(run(feed, script, 60)) >= 600
    assert state(feed) is SourceState.STREAMING


def test_a_file_may_take_longer_than_a_camera(script: Script) -> None:
    script.live = False
    feed = make_feed(script)
    run(feed, script, 1)
    script.default = "silence"
    run(feed, script, 60)
    assert state(feed) is SourceState.STALLED
    run(feed, script, 2.3)
    assert state(feed) is SourceState.OFFLINE
    assert "check the disk" in feed.status.sentence


def test_the_end_is_not_a_failure(script: Script) -> None:
    script.words.extend(["picture", "end"])
    feed = make_feed(script)
    assert len(run(feed, script, 5)) == 1
    assert state(feed) is SourceState.ENDED
    assert not script.is_open
    feed.retry()
    assert run(feed, script, 1)


def test_a_defect_of_a_source_is_survived_and_logged(script: Script, caplog: pytest.LogCaptureFixture) -> None:
    script.words.extend(["picture", "defect"])
    feed = make_feed(script)
    run(feed, script, 0.3)
    assert state(feed) is SourceState.OFFLINE
    assert "ZeroDivisionError: a defect" in feed.status.sentence
    assert "Traceback" in caplog.text
    assert run(feed, script, 1)


def test_a_slow_camera_is_said_so_until_it_is_fast_again(script: Script) -> None:
    feed = make_feed(script)
    for _ in range(16):
        script.words.extend(["silence", "silence", "picture"])
    run(feed, script, 4.7)
    assert state(feed) is SourceState.STREAMING
    assert feed.status.sentence == "slower than promised: 3 of 10 pictures a second"
    run(feed, script, 7)
    assert feed.status.sentence == ""


def test_settings_belong_to_the_opened_source(script: Script) -> None:
    cameras = {"key": CameraSettings(90, False, {"exposure": 5}), "other": CameraSettings(180)}
    feed = make_feed(script, cameras)
    turned_frame = run(feed, script, 0.2)[-1]
    assert (turned_frame.image.shape, turned_frame.turn) == ((48, 36, 3), (90, False))
    assert script.controls == [{"exposure": 5}]
    feed.set_camera("key", CameraSettings(0, False, {"exposure": 5}))
    assert run(feed, script, 0.2)[-1].image.shape == (36, 48, 3)
    feed.set_camera("key", CameraSettings(0, False, {"gain": 2}))
    assert script.controls == [{"exposure": 5}, {"gain": 2}]
    script.words.append("gone")
    run(feed, script, 1)
    assert script.controls[2:] == [{"gain": 2}]


def test_settings_of_another_source_do_not_turn_the_open_one(script: Script) -> None:
    feed = make_feed(script)
    feed.set_camera("key", CameraSettings(90))
    assert run(feed, script, 0.2)[-1].image.shape == (48, 36, 3)
    feed.set_camera("other", CameraSettings(0, False, {"gain": 2}))
    assert run(feed, script, 0.2)[-1].image.shape == (48, 36, 3)
    assert script.controls == []


def test_nothing_is_copied_where_nothing_turns() -> None:
    image = np.zeros((4, 6, 3), np.uint8)
    same = turned(image, CameraSettings())
    assert np.shares_memory(same, image)
    assert image.flags.writeable


@pytest.mark.parametrize("mirror", [False, True])
@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_pictures_are_turned_clockwise_then_mirrored(rotation: int, mirror: bool) -> None:
    image: NDArray[np.uint8] = np.arange(4 * 6 * 3, dtype=np.uint8).reshape(4, 6, 3)
    expected = np.rot90(image, -rotation // 90)
    if mirror:
        expected = expected[:, ::-1]
    np.testing.assert_array_equal(turned(image, CameraSettings(rotation, mirror)), expected)


def test_stop_wakes_the_feed_from_its_pause_and_lets_go() -> None:
    stop = threading.Event()

    def never() -> Script:
        raise SourceError("it is not there")

    feed = Feed(never, stop=stop)
    feed.poll(0)
    threading.Timer(0.05, stop.set).start()
    assert feed.poll(60) is None
    assert stop.is_set()
    assert feed.poll(60) is None
    feed.close()


def test_a_source_opened_while_the_feed_was_stopped_is_closed_again(script: Script) -> None:
    stop = threading.Event()

    class Late(Script):
        def open(self) -> SourceInfo:
            stop.set()
            return super().open()

    late = Late(script.clock)
    feed = Feed(lambda: late, stop=stop, clock=script.clock)
    assert feed.poll(STEP) is None
    assert not late.is_open


def test_what_was_closed_stays_closed(script: Script) -> None:
    feed = make_feed(script)
    run(feed, script, 0.5)
    feed.close()
    feed.close()
    feed.retry()
    assert feed.poll(STEP) is None
    assert not script.is_open


WORDS = st.sampled_from(["picture", "same", "even", "silence", "blocks", "gone", "defect", "end"])
ACTIONS = st.lists(
    st.tuples(st.sampled_from(["poll", "poll", "poll", "plug", "unplug", "retry", "turn"]), WORDS, st.integers(1, 60)),
    max_size=25,
)


@given(ACTIONS, st.booleans())
def test_whatever_happens_the_feed_is_in_a_state_that_fits(actions: list[tuple[str, str, int]], live: bool) -> None:
    clock = FakeClock()
    script = Script(clock, live)
    feed = make_feed(script)
    last_id = 0
    for action, word, times in actions:
        if action == "plug":
            script.can_open = True
        elif action == "unplug":
            script.can_open = False
            script.words.append("gone")
        elif action == "retry":
            feed.retry()
        elif action == "turn":
            feed.set_camera("key", CameraSettings(90 * (times % 4)))
        script.default = word
        for _ in range(times):
            before = clock.now()
            frame = feed.poll(STEP)
            assert clock.now() - before <= (STEP + BLOCKED_SECONDS if word == "blocks" else 2 * STEP) + 1e-6
            status = feed.status
            assert script.is_open == (
                status.state in (SourceState.STREAMING, SourceState.STALLED)
                or (status.state is SourceState.STARTING and status.sentence != "opening")
            )
            assert (status.retry_at is not None) == (status.state is SourceState.OFFLINE)
            assert status.since <= clock.now()
            if frame is not None:
                assert status.state is SourceState.STREAMING
                assert frame.id == last_id + 1
                last_id = frame.id
            if status.state in (SourceState.STALLED, SourceState.OFFLINE, SourceState.FAILED):
                assert status.sentence
    script.can_open, script.default = True, "picture"
    script.words.clear()
    if feed.status.state in (SourceState.FAILED, SourceState.ENDED):
        feed.retry()
    run(feed, script, PAUSES[-1] + 1)
    assert state(feed) is SourceState.STREAMING
    feed.close()
    assert not script.is_open
