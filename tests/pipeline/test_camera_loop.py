from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

import numpy as np
import pytest

from crackinspector.core.frame import Frame
from crackinspector.core.mailbox import Mailbox
from crackinspector.core.settings import CameraSettings
from crackinspector.pipeline import camera_loop
from crackinspector.pipeline.camera_loop import CameraLoop, OpenFeed
from crackinspector.pipeline.rates import Rates
from crackinspector.pipeline.restarts import Restarts
from crackinspector.sources.memory import MemorySource
from crackinspector.sources.source import SourceState
from crackinspector.sources.steady_feed import Feed, SourceStatus
from tests.pipeline.makers import PATIENCE, Told, make_frame, running, wait_until


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(camera_loop, "_PAUSE", 0.01)


def status(state: SourceState = SourceState.STREAMING, sentence: str = "") -> SourceStatus:
    return SourceStatus(state, sentence, None, 0.0)


class ScriptedFeed:
    """Does what it is told at each poll, then waits until it is ended."""

    def __init__(self, stop: threading.Event, script: Sequence[Callable[[], Frame | None]] = ()) -> None:
        self.status = status()
        self.calls: list[object] = []
        self.closed = 0
        self.polled_by: set[int] = set()
        self._script = list(script)
        self._stop = stop

    def poll(self, timeout: float) -> Frame | None:
        self.polled_by.add(threading.get_ident())
        if self._script:
            return self._script.pop(0)()
        self._stop.wait(timeout / 10)
        return None

    def set_camera(self, key: str, camera: CameraSettings) -> None:
        self.calls.append((key, camera))

    def retry(self) -> None:
        self.calls.append("retry")

    def close(self) -> None:
        self.closed += 1


class Feeds:
    """Makes feeds and remembers them."""

    def __init__(self, *scripts: Sequence[Callable[[], Frame | None]]) -> None:
        self.made: list[ScriptedFeed] = []
        self._scripts = list(scripts)
        self._changed = threading.Condition()

    def __call__(self, stop: threading.Event) -> ScriptedFeed:
        with self._changed:
            self.made.append(ScriptedFeed(stop, self._scripts.pop(0) if self._scripts else ()))
            self._changed.notify_all()
            return self.made[-1]

    def wait(self, count: int) -> ScriptedFeed:
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.made) >= count, PATIENCE)
            return self.made[count - 1]


class Setup:
    def __init__(self, open_feed: OpenFeed) -> None:
        self.boxes: tuple[Mailbox[Frame], Mailbox[Frame]] = (Mailbox(), Mailbox())
        self.rates = Rates()
        self.on_frame: Told[None] = Told()
        self.on_status: Told[SourceStatus] = Told()
        self.loop = CameraLoop(open_feed, self.boxes, self.rates, self.on_frame, self.on_status)


def fail() -> Frame | None:
    raise RuntimeError("a camera bit me")


def test_frames_reach_every_box_and_its_reader_is_told_once() -> None:
    frames = [make_frame(number) for number in (1, 2, 3)]
    setup = Setup(Feeds([lambda frame=frame: frame for frame in frames]))  # type: ignore[misc]
    with running(setup.loop):
        assert wait_until(lambda: setup.rates.snapshot().captured == 3)
    assert [box.take() for box in setup.boxes] == [frames[-1]] * 2
    assert len(setup.on_frame.all) == 1
    assert setup.rates.snapshot().dropped == 2


def test_a_taken_frame_is_told_again() -> None:
    setup = Setup(lambda stop: Feed(lambda: MemorySource([np.zeros((4, 4, 3), np.uint8)], fps=200), stop=stop))
    with running(setup.loop):
        for count in range(1, 6):
            setup.on_frame.wait_count(count)
            assert setup.boxes[0].take() is not None
    now = setup.rates.snapshot()
    assert now.captured >= 5
    assert [s.state for s in setup.on_status.all] == [SourceState.STARTING, SourceState.STREAMING]


def test_another_source_replaces_the_first_which_is_closed() -> None:
    first, second = Feeds(), Feeds()
    setup = Setup(first)
    with running(setup.loop) as thread:
        first.wait(1)
        setup.loop.change(second)
        second.wait(1)
        assert first.made[0].closed == 1
        setup.loop.set_camera("key", CameraSettings(90))
        setup.loop.retry()
        assert wait_until(lambda: second.made[0].calls == [("key", CameraSettings(90)), "retry"])
        assert second.made[0].polled_by == {thread.ident}
    assert second.made[0].closed == 1
    assert first.made[0].calls == []


def test_settings_of_the_former_camera_do_not_reach_the_next() -> None:
    held = threading.Event()

    def wait() -> None:
        assert held.wait(PATIENCE)

    first, second = Feeds([wait]), Feeds()
    setup = Setup(first)
    with running(setup.loop):
        first.wait(1)
        setup.loop.set_camera("key", CameraSettings(180))
        setup.loop.change(second)
        held.set()
        second.wait(1)
        assert wait_until(lambda: bool(second.made[0].polled_by))
    assert second.made[0].calls == []


def test_a_camera_that_is_set_between_two_sources_is_set_for_the_next() -> None:
    held = threading.Event()

    def wait() -> None:
        assert held.wait(PATIENCE)

    first, second = Feeds([wait]), Feeds()
    setup = Setup(first)
    with running(setup.loop):
        first.wait(1)
        setup.loop.change(second)
        setup.loop.set_camera("key", CameraSettings(180))
        held.set()
        assert wait_until(lambda: bool(second.made) and second.made[0].calls == [("key", CameraSettings(180))])


def test_a_camera_stays_as_it_was_set_when_its_worker_begins_again() -> None:
    held = threading.Event()

    def wait_and_fail() -> None:
        assert held.wait(PATIENCE)
        fail()

    feeds = Feeds([lambda: None, wait_and_fail])
    setup = Setup(feeds)
    with running(setup.loop):
        feeds.wait(1)
        setup.loop.set_camera("key", CameraSettings(180))
        held.set()
        feeds.wait(2)
        assert wait_until(lambda: feeds.made[1].calls == [("key", CameraSettings(180))])


def test_a_change_of_state_is_told_once() -> None:
    stalled = status(SourceState.STALLED, "no picture")

    def stall() -> None:
        feeds.made[0].status = stalled

    feeds = Feeds([lambda: None, stall, lambda: None])
    setup = Setup(feeds)
    with running(setup.loop):
        setup.on_status.wait(lambda s: s.state is SourceState.STALLED)
        assert wait_until(lambda: len(feeds.made[0]._script) == 0)
    assert setup.on_status.all == [status(), stalled]


def test_after_a_failure_it_goes_on_with_a_new_feed() -> None:
    feeds = Feeds([fail], [lambda: make_frame(7)])
    setup = Setup(feeds)
    with running(setup.loop):
        setup.on_frame.wait_count(1)
        assert feeds.made[0].closed == 1
        told = setup.on_status.wait(lambda s: s.state is SourceState.OFFLINE)
        assert "a camera bit me" in told.sentence
        assert told.retry_at is not None


def test_after_three_failures_it_waits_for_a_person() -> None:
    feeds = Feeds([fail], [fail], [fail], [lambda: make_frame(7)])
    setup = Setup(feeds)
    with running(setup.loop):
        told = setup.on_status.wait(lambda s: s.state is SourceState.FAILED)
        assert "try again" in told.sentence
        assert len(feeds.made) == 3
        setup.loop.retry()
        setup.on_frame.wait_count(1)
    assert all(feed.closed == 1 for feed in feeds.made)


def test_another_source_helps_after_too_many_failures_too() -> None:
    feeds = Feeds([fail], [fail], [fail])
    setup = Setup(feeds)
    with running(setup.loop):
        setup.on_status.wait(lambda s: s.state is SourceState.FAILED)
        setup.loop.change(Feeds([lambda: make_frame(8)]))
        setup.on_frame.wait_count(1)


def test_it_can_be_stopped_while_it_has_failed() -> None:
    setup = Setup(Feeds([fail], [fail], [fail]))
    with running(setup.loop):
        setup.on_status.wait(lambda s: s.state is SourceState.FAILED)


@pytest.mark.parametrize("which", ["open", "on_frame", "on_status"])
def test_whoever_fails_it_is_told_and_the_loop_lives(which: str) -> None:
    def bad(*_: object) -> None:
        raise ValueError("no")

    feeds = Feeds(*([lambda: make_frame(1)] for _ in range(9)))
    box: Mailbox[Frame] = Mailbox()
    told: Told[SourceStatus] = Told()
    loop = CameraLoop(
        bad if which == "open" else feeds,  # type: ignore[arg-type]
        (box,),
        Rates(),
        bad if which == "on_frame" else lambda: None,
        bad if which == "on_status" else told,
        lambda: Restarts(limit=2),
    )
    with running(loop) as thread:
        if which == "on_status":
            assert wait_until(lambda: len(feeds.made) == 2)
        else:
            told.wait(lambda s: s.state is SourceState.FAILED)
        assert thread.is_alive()


def test_stopping_before_running_ends_at_once() -> None:
    feeds = Feeds()
    setup = Setup(feeds)
    setup.loop.stop()
    setup.loop.run()
    assert feeds.made == []
