from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest

from crackinspector.core.errors import ModelError, UsageError
from crackinspector.inference.frames import Interrupted
from crackinspector.inference.model import CrackModel
from crackinspector.inference.runtime import usable_processors
from crackinspector.pipeline.live_model import file_signature, load_live_model
from tests.pipeline.makers import PATIENCE

MODELS = Path(__file__).parents[1] / "models"


def never() -> bool:
    return False


def test_a_loaded_model_tells_what_it_runs_on() -> None:
    model = load_live_model(str(MODELS / "int8.tflite"), 2, never)
    assert model.path == MODELS / "int8.tflite"
    assert model.runtime.endswith("2 threads")
    assert model.signature == file_signature(model.path)


def test_a_measured_number_of_threads_leaves_a_processor_to_the_window() -> None:
    count = int(load_live_model(str(MODELS / "int8.tflite"), 0, never).runtime.split()[-2])
    assert 1 <= count <= max(1, usable_processors() - 1)


def test_what_cannot_be_loaded_says_why(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        load_live_model(str(tmp_path / "missing.tflite"), 1, never)
    (tmp_path / "text.tflite").write_text("no model")
    with pytest.raises(ModelError):
        load_live_model(str(tmp_path / "text.tflite"), 1, never)


def test_loading_that_takes_long_is_left_behind_when_the_program_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    going_on, stopping = threading.Event(), threading.Event()
    before = threading.active_count()

    def load(*_: object, **__: object) -> None:
        stopping.set()
        assert going_on.wait(PATIENCE)
        raise ModelError("too late")

    monkeypatch.setattr(CrackModel, "load", load)
    with pytest.raises(Interrupted):
        load_live_model(str(MODELS / "int8.tflite"), 1, stopping.is_set)
    assert threading.active_count() == before + 1
    going_on.set()
    for thread in threading.enumerate():
        if thread.name == "model loading":
            thread.join(PATIENCE)
    assert threading.active_count() == before


def test_a_signature_changes_with_the_file_and_with_its_card(tmp_path: Path) -> None:
    path = tmp_path / "mine.tflite"
    shutil.copy(MODELS / "int8.tflite", path)
    seen = [file_signature(path)]
    path.with_suffix(".json").write_text("{}")
    seen.append(file_signature(path))
    path.unlink()
    seen.append(file_signature(path))
    shutil.copy(MODELS / "uint8.tflite", path)
    seen.append(file_signature(path))
    assert len(set(seen)) == 4
