from __future__ import annotations

import dataclasses
import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from crackinspector.core.detection import Detection
from crackinspector.core.errors import ModelError
from crackinspector.core.frame import Frame, View
from crackinspector.core.labels import Label
from crackinspector.core.mailbox import Mailbox
from crackinspector.inference.frames import FrameAnalyzer
from crackinspector.inference.model import TileResult
from crackinspector.inference.shipped import resolve_model
from crackinspector.pipeline import inference_loop, model_slot
from crackinspector.pipeline.inference_loop import MOST_REQUESTS, Found, InferenceLoop
from crackinspector.pipeline.live_model import LiveModel, file_signature
from crackinspector.pipeline.model_state import LookSettings, ModelPhase, ModelState
from crackinspector.pipeline.rates import Rates
from crackinspector.pipeline.restarts import Restarts
from crackinspector.sources.demo_wall import demo_wall
from tests.inference.dark_model import DarkModel
from tests.pipeline.makers import PATIENCE, Told, make_frame, running

MODELS = Path(__file__).parents[1] / "models"


class FlakyModel(DarkModel):
    """Fails for as long as it is told to, and can be made to wait."""

    def __init__(self) -> None:
        super().__init__()
        self.error: Exception | None = None
        self.going_on = threading.Event()
        self.going_on.set()
        self.waiting = threading.Event()
        self.ran_in: set[int] = set()

    def run(self, tiles: list[NDArray[np.uint8]]) -> TileResult:
        self.ran_in.add(threading.get_ident())
        if not self.going_on.is_set():
            self.waiting.set()
            assert self.going_on.wait(PATIENCE)
        if self.error is not None:
            raise self.error
        return super().run(tiles)


class Setup:
    """A loop with a stand-in for the model; `no-…` names cannot be loaded."""

    def __init__(self, look: LookSettings | None = None, path: Path = Path("dark.tflite"), **options: object) -> None:
        self.model = FlakyModel()
        self.loads: list[tuple[str, int]] = []
        self.path = path
        self.inbox: Mailbox[Frame] = Mailbox()
        self.outbox: Mailbox[Found] = Mailbox()
        self.rates = Rates()
        self.on_detection: Told[None] = Told()
        self.states: Told[ModelState] = Told()
        self.loop = InferenceLoop(
            self.inbox,
            self.outbox,
            self.rates,
            self.on_detection,
            self.states,
            look=look,
            model="first",
            load=self.load,
            **options,  # type: ignore[arg-type]
        )

    def load(self, name: str, threads: int, stopping: Callable[[], bool]) -> LiveModel:
        self.loads.append((name, threads))
        if name.startswith("no-"):
            raise ModelError(f"{name} is damaged.")
        return LiveModel(self.path, "none", FrameAnalyzer(self.model, stopping), file_signature(self.path))

    def ready(self) -> ModelState:
        return self.states.wait(lambda state: state.phase is ModelPhase.READY)

    def look(self, frame: Frame) -> Detection:
        count = len(self.on_detection.all)
        self.inbox.put(frame)
        self.on_detection.wait_count(count + 1)
        return self.take()

    def take(self) -> Detection:
        found = self.outbox.take()
        assert found is not None
        assert found[0].id == found[1].frame_id
        return found[1]


def cracked(number: int = 1) -> Frame:
    image = np.full((120, 160, 3), 230, np.uint8)
    image[:, 100:112] = 10
    return make_frame(number, image)


def test_a_frame_becomes_a_detection_that_tells_all_about_it() -> None:
    setup = Setup(LookSettings(View(0.5, 0.25, 0.5, 0.75), threshold=0.6, detail="full"))
    with running(setup.loop) as thread:
        setup.ready()
        frame = cracked(5)
        found = setup.look(frame)
        assert setup.model.ran_in == {thread.ident}
    assert (found.frame_id, found.captured_at, found.model) == (5, frame.captured_at, "dark")
    assert (found.width, found.height) == (80, 90)
    assert found.view == View(0.5, 0.25, 0.5, 0.75)
    assert (found.label, found.threshold) == (Label.POSITIVE, 0.6)
    (region,) = found.regions
    assert (region.x, region.x + region.w) == pytest.approx((100, 112), abs=3)
    assert (region.y, region.y + region.h) == pytest.approx((30, 120), abs=2)
    assert found.crack_map.shape == (32, 32)
    rates = setup.rates.snapshot()
    assert rates.inferred == 1
    assert rates.latency.p50 > 0


def test_states_tell_of_loading_and_of_what_the_detail_comes_to() -> None:
    setup = Setup()
    with running(setup.loop):
        setup.ready()
        setup.look(cracked())
    phases = [(state.phase, state.tiles, state.levels) for state in setup.states.all]
    assert phases == [(ModelPhase.LOADING, 0, 0), (ModelPhase.READY, 0, 0), (ModelPhase.READY, 8, 2)]
    last = setup.states.all[-1]
    assert (last.name, last.asked, last.path, last.sentence) == ("dark", "first", setup.path, "")
    assert last.card is setup.model.card
    assert setup.loop.state is last


def test_only_the_newest_frame_is_looked_at() -> None:
    setup = Setup()
    for number in range(1, 6):
        setup.inbox.put(cracked(number))
    with running(setup.loop):
        setup.on_detection.wait_count(1)
    assert setup.take().frame_id == 5
    assert setup.rates.snapshot().inferred == 1


def test_a_new_look_holds_from_the_next_frame_on() -> None:
    setup = Setup()
    with running(setup.loop):
        setup.ready()
        assert setup.look(cracked(1)).label is Label.POSITIVE
        setup.loop.configure(LookSettings(View(0, 0, 0.5, 1), 0.9))
        after = setup.look(cracked(2))
        assert (after.label, after.threshold, after.width) == (Label.UNKNOWN, 0.9, 80)
    assert len(setup.loads) == 1


def test_another_number_of_threads_loads_the_model_again() -> None:
    setup = Setup()
    with running(setup.loop):
        setup.ready()
        setup.loop.configure(LookSettings(threads=3))
        setup.states.wait(lambda state: len(setup.loads) == 2 and state.phase is ModelPhase.READY, start=2)
    assert setup.loads == [("first", 0), ("first", 3)]


def test_a_limit_of_detections_is_kept() -> None:
    setup = Setup(LookSettings(most_fps=0.01))
    with running(setup.loop):
        setup.ready()
        setup.look(cracked(1))
        setup.look(cracked(2))
        setup.inbox.put(cracked(3))
        answers: Told[Detection | None] = Told()
        setup.loop.analyse_now(cracked(9), LookSettings(), answers)
        answers.wait_count(1)
        assert setup.inbox.is_full
        setup.loop.configure(LookSettings())
        setup.on_detection.wait_count(3)


def test_nothing_at_all_to_begin_with_is_a_failure_that_leaves_the_loop_alive() -> None:
    setup = Setup()
    setup.loop.change_model("no-model")
    with running(setup.loop):
        state = setup.states.wait(lambda state: state.phase is ModelPhase.FAILED)
        assert state.sentence == "no-model is damaged."
        assert state.card is None
        answers: Told[Detection | None] = Told()
        setup.loop.analyse_now(cracked(1), LookSettings(), answers)
        answers.wait_count(1)
        assert answers.all == [None]
        setup.loop.change_model("good")
        setup.ready()
        assert setup.look(cracked(2)).frame_id == 2


def test_a_model_that_cannot_be_loaded_leaves_the_present_one_in_use() -> None:
    setup = Setup()
    with running(setup.loop):
        setup.ready()
        setup.loop.change_model("no-other")
        state = setup.states.wait(lambda state: bool(state.sentence))
        assert (state.phase, state.name, state.asked) == (ModelPhase.READY, "dark", "no-other")
        assert state.sentence == "no-other is damaged; dark stays in use."
        assert setup.look(cracked()).label is Label.POSITIVE


def test_after_a_refused_model_the_one_in_use_is_what_is_loaded_again() -> None:
    setup = Setup()
    with running(setup.loop):
        setup.ready()
        setup.loop.change_model("no-other")
        state = setup.states.wait(lambda state: bool(state.sentence))
        assert (state.refused, state.choice) == (True, "first")
        setup.loop.configure(LookSettings(threads=3))
        state = setup.states.wait(lambda state: state.phase is ModelPhase.READY and not state.refused, start=4)
        assert (state.asked, state.choice, state.sentence) == ("first", "first", "")
    assert setup.loads == [("first", 0), ("no-other", 0), ("first", 3)]


def test_a_detection_names_the_file_that_found_it_also_while_another_is_loading() -> None:
    setup = Setup()
    digests = {"first": "1" * 64, "second": "2" * 64}
    original = setup.loop._load
    loading, go_on = threading.Event(), threading.Event()

    def load(name: str, threads: int, stopping: Callable[[], bool]) -> LiveModel:
        if name == "second":
            loading.set()
            assert go_on.wait(PATIENCE)
        setup.model.card = dataclasses.replace(setup.model.card, sha256=digests[name])
        return original(name, threads, stopping)

    setup.loop._load = load
    answers: Told[Detection | None] = Told()
    with running(setup.loop):
        setup.ready()
        assert setup.look(cracked(1)).model_sha256 == digests["first"]
        setup.loop.change_model("second")
        assert loading.wait(PATIENCE)
        setup.loop.analyse_now(cracked(2), LookSettings(), answers)
        go_on.set()
        answers.wait_count(1)
    (found,) = answers.all
    assert found is not None and found.model_sha256 == digests["second"]


def test_a_held_frame_is_looked_at_although_the_same_look_is_asked_for_again() -> None:
    setup = Setup()
    with running(setup.loop):
        setup.ready()
        setup.model.going_on.clear()
        setup.inbox.put(cracked(1))
        assert setup.model.waiting.wait(PATIENCE)
        setup.loop.hold(cracked(2))
        setup.loop.configure(LookSettings())
        setup.model.going_on.set()
        setup.on_detection.wait_count(1)
        if setup.take().frame_id == 1:
            setup.on_detection.wait_count(2)
            assert setup.take().frame_id == 2


def test_a_failing_frame_is_told_and_the_next_one_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model_slot, "HEALTHY_SECONDS", 0.0)
    setup = Setup()
    with running(setup.loop):
        setup.ready()
        setup.model.error = ValueError("odd pixels")
        original = setup.loop._load

        def healed(name: str, threads: int, stopping: Callable[[], bool]) -> LiveModel:
            setup.model.error = None
            return original(name, threads, stopping)

        setup.loop._load = healed
        setup.inbox.put(cracked(1))
        state = setup.states.wait(lambda state: "odd pixels" in state.sentence)
        assert state.phase is ModelPhase.READY
        assert setup.look(cracked(2)).frame_id == 2
        assert setup.loop.busy_since is None
        assert (setup.loop.state.phase, setup.loop.state.sentence) == (ModelPhase.READY, "")


def test_three_failures_stop_detection_until_a_model_is_chosen() -> None:
    setup = Setup()
    with running(setup.loop) as thread:
        setup.ready()
        original = setup.loop._load

        def load(name: str, threads: int, stopping: Callable[[], bool]) -> LiveModel:
            setup.model.error = None
            loaded = original(name, threads, stopping)
            setup.model.error = ModelError("values that are not numbers.") if name == "first" else None
            return loaded

        setup.loop._load = load
        setup.model.error = ModelError("values that are not numbers.")
        for number in range(1, 4):
            told = len(setup.states.all)
            setup.inbox.put(cracked(number))
            state = setup.states.wait(lambda state: "not numbers" in state.sentence, start=told)
        assert state.phase is ModelPhase.FAILED
        assert "choose the model again" in state.sentence
        assert thread.is_alive()
        setup.loop.change_model("second")
        setup.states.wait(lambda state: state.phase is ModelPhase.READY and state.asked == "second")
        assert setup.look(cracked(9)).frame_id == 9


@pytest.mark.parametrize("which", ["on_detection", "on_state", "done"])
def test_a_callback_that_fails_does_not_end_the_loop(which: str) -> None:
    setup = Setup(restarts=lambda: Restarts(limit=10))
    failures = iter([ValueError("no"), ValueError("no")])

    def fail_twice(*values: object) -> None:
        for error in failures:
            raise error
        good(*values)

    callbacks: dict[str, Told[Any]] = {"on_detection": setup.on_detection, "on_state": setup.states, "done": Told()}
    good = callbacks[which]
    if which != "done":
        setattr(setup.loop if which == "on_detection" else setup.loop._slot, f"_{which}", fail_twice)
    with running(setup.loop) as thread:
        if which == "done":
            for _ in range(3):
                setup.loop.analyse_now(cracked(), LookSettings(), fail_twice)
            good.wait_count(1)
        elif which == "on_state":
            setup.loop.change_model("second")
            setup.states.wait(lambda state: state.phase is ModelPhase.READY)
        else:
            setup.ready()
            pause = threading.Event()
            while not setup.on_detection.all:
                setup.inbox.put(cracked())
                pause.wait(0.01)
        assert thread.is_alive()
    assert next(failures, None) is None


def test_a_frame_can_be_looked_at_before_all_others() -> None:
    setup = Setup()
    answers: Told[Detection | None] = Told()
    with running(setup.loop):
        setup.ready()
        setup.loop.analyse_now(cracked(77), LookSettings(View(0, 0, 0.5, 1)), answers)
        answers.wait_count(1)
    (found,) = answers.all
    assert found is not None
    assert (found.frame_id, found.width) == (77, 80)
    assert setup.rates.snapshot().inferred == 0


def test_every_request_is_answered_once_whatever_happens() -> None:
    setup = Setup()
    answers: Told[Detection | None] = Told()
    with running(setup.loop):
        setup.ready()
        setup.model.going_on.clear()
        setup.inbox.put(cracked())
        assert setup.model.waiting.wait(PATIENCE)
        for number in range(MOST_REQUESTS + 3):
            setup.loop.analyse_now(cracked(number), LookSettings(), answers)
        assert answers.all == [None] * 3
        setup.loop.stop()
        setup.model.going_on.set()
    assert answers.all == [None] * (MOST_REQUESTS + 3)
    setup.loop.analyse_now(cracked(), LookSettings(), answers)
    assert answers.all[-1] is None and len(answers.all) == MOST_REQUESTS + 4


def test_a_request_for_a_frame_that_fails_is_answered() -> None:
    setup = Setup()
    answers: Told[Detection | None] = Told()
    with running(setup.loop):
        setup.ready()
        setup.model.error = ValueError("odd pixels")
        setup.loop.analyse_now(cracked(), LookSettings(), answers)
        answers.wait_count(1)
    assert answers.all == [None]


def test_a_model_that_takes_long_is_seen_and_left_before_its_next_tile() -> None:
    setup = Setup()
    with running(setup.loop):
        setup.ready()
        setup.model.going_on.clear()
        tiles = len(setup.model.seen)
        setup.inbox.put(cracked())
        assert setup.model.waiting.wait(PATIENCE)
        assert setup.loop.busy_since is not None
        setup.loop.stop()
        setup.model.going_on.set()
    assert len(setup.model.seen) == tiles
    assert setup.outbox.take() is None


def test_a_held_frame_is_looked_at_again_only_when_the_look_changes() -> None:
    setup = Setup()
    with running(setup.loop):
        setup.ready()
        held = cracked(3)
        setup.loop.hold(held)
        setup.on_detection.wait_count(1)
        setup.take()
        setup.inbox.put(cracked(4))
        setup.loop.configure(LookSettings(threshold=0.7))
        setup.on_detection.wait_count(2)
        again = setup.take()
        assert (again.frame_id, again.threshold) == (3, 0.7)
        setup.loop.configure(LookSettings(threshold=0.7))
        setup.loop.hold(None)
        setup.on_detection.wait_count(3)
        assert setup.take().frame_id == 4
    assert setup.rates.snapshot().inferred == 1


@pytest.mark.parametrize("how", ["replaced", "gone"])
def test_a_model_file_that_changes_on_the_disk_is_noticed(
    how: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inference_loop, "WATCH_SECONDS", 0.01)
    monkeypatch.setattr(model_slot, "WATCH_SECONDS", 0.01)
    path = tmp_path / "mine.tflite"
    path.write_bytes(b"one")
    setup = Setup(path=path)
    with running(setup.loop):
        setup.ready()
        if how == "gone":
            path.unlink()
        else:
            path.write_bytes(b"another")
        state = setup.states.wait(lambda state: bool(state.sentence))
        assert state.phase is ModelPhase.READY
        assert str(path) in state.sentence and how in state.sentence
        assert state.replaced is (how == "replaced")
        assert setup.look(cracked()).label is Label.POSITIVE
        setup.loop.change_model("first")
        state = setup.states.wait(lambda state: state.phase is ModelPhase.READY and not state.sentence, start=3)
        assert not state.replaced


def test_stopping_before_running_loads_nothing() -> None:
    setup = Setup()
    setup.loop.stop()
    setup.loop.run()
    assert setup.loads == []


def real(model: str) -> tuple[InferenceLoop, Mailbox[Frame], Mailbox[Found], Told[None], Told[ModelState]]:
    inbox: Mailbox[Frame] = Mailbox()
    outbox: Mailbox[Found] = Mailbox()
    found: Told[None] = Told()
    states: Told[ModelState] = Told()
    return InferenceLoop(inbox, outbox, Rates(), found, states, model=model), inbox, outbox, found, states


def test_a_shipped_model_finds_a_crack_and_gives_way_to_another_file(tmp_path: Path) -> None:
    loop, inbox, outbox, told, states = real("classifier-light")
    with running(loop):
        ready = states.wait(lambda state: state.phase is ModelPhase.READY)
        assert ready.name == "classifier-light" and ready.invoke_ms > 0 and "thread" in ready.runtime
        inbox.put(make_frame(1, demo_wall(3, 640, 480, cracks=1).image))
        told.wait_count(1)
        found = outbox.take()
        assert found is not None and found[1].label is Label.POSITIVE and found[1].regions
        broken = tmp_path / "broken.tflite"
        broken.write_bytes(resolve_model("classifier-light").read_bytes()[:5000])
        for bad in (str(broken), str(tmp_path / "missing.tflite")):
            start = len(states.all)
            loop.change_model(bad)
            state = states.wait(lambda state: bool(state.sentence), start)
            assert state.phase is ModelPhase.READY and "stays in use" in state.sentence
        shutil.copy(MODELS / "int8.tflite", tmp_path / "mine.tflite")
        start = len(states.all)
        loop.change_model(str(tmp_path / "mine.tflite"))
        state = states.wait(lambda state: state.phase is ModelPhase.READY, start)
        assert (state.name, state.sentence) == ("mine", "")
        inbox.put(cracked(2))
        told.wait_count(2)


def test_a_model_that_crashes_its_runtime_is_refused_in_one_sentence() -> None:
    loop, _, _, _, states = real(str(MODELS / "crashes_runtime.tflite"))
    with running(loop):
        state = states.wait(lambda state: state.phase is ModelPhase.FAILED)
    assert "crashes_runtime.tflite" in state.sentence and "damaged" in state.sentence
