from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from crackinspector.core.errors import ModelError
from crackinspector.inference.measure import Measurement, command, measure, parse_measurement

MODELS = Path(__file__).parent.parent / "models"


def test_a_model_is_measured(tmp_path: Path) -> None:
    measured = measure(MODELS / "int8.tflite", seconds=0)
    assert measured.invoke_ms > 0
    assert measured.threads >= 1
    assert measured.card.crack_label in measured.card.labels
    again = parse_measurement(measured.to_json().encode(), MODELS / "int8.tflite")
    assert isinstance(again, Measurement)
    assert again == measured


def run(path: Path) -> bytes:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(entry for entry in sys.path if entry)}
    return subprocess.run(command(path), capture_output=True, env=environment, check=True, timeout=120).stdout


def test_a_process_of_its_own_measures_a_model_without_a_card() -> None:
    measured = parse_measurement(run(MODELS / "float32.tflite"), MODELS / "float32.tflite")
    assert measured.card.version == ""
    assert measured.invoke_ms > 0


def test_a_damaged_model_is_an_answer_too(tmp_path: Path) -> None:
    path = tmp_path / "broken.tflite"
    path.write_bytes((MODELS / "float32.tflite").read_bytes()[:500])
    with pytest.raises(ModelError, match=r"broken\.tflite"):
        parse_measurement(run(path), path)


@pytest.mark.parametrize("output", [b"", b"Traceback", b"{}", b"[]", b'{"card": "{}", "invoke_ms": 1}'])
def test_a_process_that_died_is_told_as_such(output: bytes) -> None:
    with pytest.raises(ModelError):
        parse_measurement(output, Path("some.tflite"))
