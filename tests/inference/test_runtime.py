"""The runtime: proven by computing, quiet on the terminal, and with threads by measurement."""

from __future__ import annotations

import importlib
import importlib.metadata
import logging
import os
import subprocess
import sys
import types
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from crackinspector.core.errors import ModelError
from crackinspector.inference import runtime
from crackinspector.inference.runtime import Library, choose_threads, find_library, open_interpreter, quiet_stderr

MODELS = Path(__file__).resolve().parent.parent / "models"


@pytest.fixture
def fresh_library() -> Iterator[None]:
    """Forget which runtime was found, before and after."""
    find_library.cache_clear()
    yield
    find_library.cache_clear()


def install(monkeypatch: pytest.MonkeyPatch, builds: dict[str, Any]) -> None:
    """Let only these packages be installed, each with an `interpreter` module that holds this class."""

    def find(name: str) -> Any:
        package = name.partition(".")[0]
        if builds.get(package) is None:
            raise ModuleNotFoundError(f"No module named {package!r}", name=package)
        return types.SimpleNamespace(Interpreter=builds[package])

    monkeypatch.setattr(importlib, "import_module", find)
    monkeypatch.setattr(importlib.metadata, "version", lambda name: "2.14.0")


def fails_as_with_numpy_2(**arguments: Any) -> Any:
    os.write(2, b"\nA module that was compiled using NumPy 1.x cannot be run in\nNumPy 2.2.6 as it may crash.\n")
    raise SystemError("initialization failed") from ImportError("numpy.core.multiarray failed to import")


class Miscomputing:
    """An interpreter that builds and answers nonsense."""

    def __init__(self, **arguments: Any) -> None: ...
    def allocate_tensors(self) -> None: ...
    def get_input_details(self) -> list[dict[str, int]]:
        return [{"index": 0}]

    get_output_details = get_input_details

    def set_tensor(self, index: int, value: Any) -> None: ...
    def invoke(self) -> None: ...
    def get_tensor(self, index: int) -> Any:
        return np.zeros(1, np.float32)


def test_litert_comes_first(fresh_library: None) -> None:
    pytest.importorskip("ai_edge_litert.interpreter")
    assert find_library().name == f"LiteRT {importlib.metadata.version('ai-edge-litert')}"


@pytest.mark.parametrize("litert", [None, fails_as_with_numpy_2, Miscomputing])
def test_the_fallback_is_taken_if_litert_does_not_compute(
    litert: Any, fresh_library: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    working = find_library().build
    find_library.cache_clear()
    install(monkeypatch, {"ai_edge_litert": litert, "tflite_runtime": working})
    with caplog.at_level(logging.INFO):
        assert find_library().name == "tflite-runtime 2.14.0"
    assert "Models run on tflite-runtime 2.14.0." in caplog.text
    opened = open_interpreter(MODELS / "int8.tflite", 1)
    assert opened.runtime_name == "tflite-runtime 2.14.0"


def test_without_a_working_runtime_each_reason_is_told(
    fresh_library: None, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    install(monkeypatch, {"tflite_runtime": fails_as_with_numpy_2})
    with pytest.raises(ModelError) as caught:
        find_library()
    assert "ai-edge-litert is not installed" in str(caught.value)
    assert "tflite-runtime does not work here (ImportError: numpy.core.multiarray failed" in str(caught.value)
    assert "pip install ai-edge-litert" in str(caught.value)
    assert capfd.readouterr().err == ""


def test_what_runs_is_readable_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        opened = open_interpreter(MODELS / "float32.tflite", 2)
    assert (opened.runtime_name, opened.delegate, opened.threads) == (find_library().name, "XNNPACK", 2)
    assert f"float32.tflite runs on {find_library().name}, delegate XNNPACK, threads 2." in caplog.text


def test_a_missing_delegate_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    litert = pytest.importorskip("ai_edge_litert.interpreter")
    plain = partial(
        litert.Interpreter, experimental_op_resolver_type=litert.OpResolverType.BUILTIN_WITHOUT_DEFAULT_DELEGATES
    )
    monkeypatch.setattr(runtime, "find_library", lambda: Library("LiteRT", plain))
    assert open_interpreter(MODELS / "int8.tflite", 1).delegate == "none"


def test_path_and_content_give_the_same(tmp_path: Path) -> None:
    odd = tmp_path / "ein Modell – ü%20'.tflite"
    odd.write_bytes((MODELS / "float32.tflite").read_bytes())
    answers = []
    for model in (odd, odd.read_bytes()):
        interpreter = open_interpreter(model, 1).interpreter
        interpreter.set_tensor(interpreter.get_input_details()[0]["index"], np.full((1, 32, 32, 3), 0.7, np.float32))
        interpreter.invoke()
        answers.append(interpreter.get_tensor(interpreter.get_output_details()[0]["index"]))
    assert np.array_equal(answers[0], answers[1])


@pytest.mark.parametrize(
    ("model", "words"),
    [
        ("custom_operator", "needs the operator Mystery, which"),
        ("flex_operator", "needs the TensorFlow operator Erf, which needs full TensorFlow"),
    ],
)
def test_an_operator_that_is_missing_is_named(model: str, words: str) -> None:
    with pytest.raises(ModelError, match=words) as caught:
        open_interpreter(MODELS / f"{model}.tflite", 1)
    assert str(MODELS / f"{model}.tflite") in str(caught.value)


def test_nothing_reaches_the_terminal() -> None:
    command = f"""
from pathlib import Path
from crackinspector.inference.runtime import open_interpreter
open_interpreter(Path({str(MODELS / "int8.tflite")!r})).interpreter.invoke()
"""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", command], capture_output=True, env=environment, check=True)
    assert (done.stdout, done.stderr) == (b"", b"")


def test_only_the_runtimes_lines_are_kept_off_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    with quiet_stderr() as said:
        os.write(2, b"INFO: Created TensorFlow Lite XNNPACK delegate for CPU.\nfrom another thread\n")
    os.write(2, b"afterwards\n")
    assert said == ["INFO: Created TensorFlow Lite XNNPACK delegate for CPU."]
    assert capfd.readouterr().err == "from another thread\nafterwards\n"


def test_the_terminal_is_given_back_after_an_error(capfd: pytest.CaptureFixture[str]) -> None:
    before = os.fstat(2)
    with pytest.raises(ZeroDivisionError), quiet_stderr():
        raise ZeroDivisionError
    assert os.fstat(2).st_ino == before.st_ino
    os.write(2, b"still here\n")
    assert capfd.readouterr().err == "still here\n"


def test_no_descriptors_are_lost() -> None:
    descriptors = Path("/proc/self/fd")
    if not descriptors.is_dir():
        pytest.skip("needs /proc")
    before = len(list(descriptors.iterdir()))
    for _ in range(20):
        with quiet_stderr():
            pass
    assert len(list(descriptors.iterdir())) == before


def test_a_process_without_stderr_can_open_models() -> None:
    command = f"""
import os
from pathlib import Path
from crackinspector.inference.runtime import open_interpreter
os.close(2)
open_interpreter(Path({str(MODELS / "int8.tflite")!r}), 1).interpreter.invoke()
print("done")
"""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", command], stdout=subprocess.PIPE, env=environment, check=True)
    assert done.stdout == b"done\n"


@pytest.mark.parametrize(
    ("processors", "seconds", "chosen"),
    [
        (1, {}, 1),
        (2, {1: 1.0, 2: 0.6}, 2),
        (2, {1: 1.0, 2: 0.99}, 1),
        (2, {1: 1.0, 2: 1.5}, 1),
        (4, {1: 1.0, 2: 0.6, 4: 0.58}, 2),
        (4, {1: 1.0, 2: 0.6, 4: 0.4}, 4),
        (6, {1: 1.0, 2: 0.9, 4: 0.5, 6: 0.3}, 6),
        (8, {1: 1.0, 2: 1.2, 4: 0.8, 8: 0.9}, 4),
    ],
)
def test_threads_are_the_fewest_that_are_fastest(
    processors: int, seconds: dict[int, float], chosen: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = []

    def invoke_seconds(interpreter: Any, budget: float) -> float:
        tried.append(interpreter)
        return seconds[interpreter]

    monkeypatch.setattr(runtime, "usable_processors", lambda: processors)
    monkeypatch.setattr(runtime, "_MEASURING_SECONDS", 1e9)
    monkeypatch.setattr(runtime, "_invoke_seconds", invoke_seconds)
    monkeypatch.setattr(
        runtime, "open_interpreter", lambda model, threads, **_: runtime.Runtime(threads, "fake", "none", threads, "m")
    )
    assert choose_threads(b"model") == chosen
    assert tried == sorted(seconds)


@pytest.mark.parametrize(("processors", "spare", "chosen"), [(4, 1, 3), (2, 1, 1), (1, 1, 1), (4, 0, 4)])
def test_processors_can_be_left_to_other_work(
    processors: int, spare: int, chosen: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runtime, "usable_processors", lambda: processors)
    monkeypatch.setattr(runtime, "_MEASURING_SECONDS", 1e9)
    monkeypatch.setattr(runtime, "_invoke_seconds", lambda interpreter, budget: 1 / interpreter)
    monkeypatch.setattr(
        runtime, "open_interpreter", lambda model, threads, **_: runtime.Runtime(threads, "fake", "none", threads, "m")
    )
    assert choose_threads(b"model", spare=spare) == chosen


def test_a_slow_model_is_not_measured_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runtime, "usable_processors", lambda: 64)
    monkeypatch.setattr(runtime, "_MEASURING_SECONDS", 0.0)
    assert choose_threads(MODELS / "int8.tflite") == 1


def test_the_measurement_leaves_a_usable_number() -> None:
    assert 1 <= choose_threads(MODELS / "float32.tflite") <= runtime.usable_processors()
