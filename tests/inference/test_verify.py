"""Bad model files end in a sentence; the process survives those that bring the runtime down."""

from __future__ import annotations

import json
import os
import resource
import shlex
import signal
import struct
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crackinspector.core.errors import ModelError
from crackinspector.inference import verify
from crackinspector.inference.model import CrackModel
from crackinspector.inference.modelfile import read_model_file
from crackinspector.inference.runtime import Library
from crackinspector.inference.verify import verify_model

MODELS = Path(__file__).resolve().parent.parent / "models"
INT8 = (MODELS / "int8.tflite").read_bytes()


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache folder of this test's own."""
    folder = tmp_path / "cache"
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
    return folder


@pytest.fixture
def no_trials(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every trial in a child process fail the test."""

    def run(*arguments: Any, **options: Any) -> Any:
        raise AssertionError("a child process was started")

    monkeypatch.setattr(subprocess, "run", run)


def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Let the trial's process run this Python code instead."""
    program = tmp_path / "stand_in.py"
    program.write_text(f"import os, signal, sys, time\n{code}\n")
    script = tmp_path / "stand_in"
    # Not the interpreter itself after #!, where its path could hold no space.
    script.write_text(f"#!/bin/sh\nexec {shlex.quote(sys.executable)} {shlex.quote(str(program))}\n")
    script.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(script))


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("m.tflite", b"", "is empty"),
        ("m.tflite", b"version https://git-lfs.github.com/spec/v1\noid sha256:00", "Git LFS pointer.*git lfs pull"),
        ("m.tflite", b"\n <!DOCTYPE html><html>", "web page"),
        ("m.tflite", b"<html><body>404</body></html>", "web page"),
        ("m.h5", b"\x89HDF\r\n\x1a\n" + bytes(100), "Keras model in HDF5 format.*train export"),
        ("m.keras", b"PK\x03\x04" + bytes(100), "a Keras model.*train export"),
        ("m.tflite", b"PK\x03\x04" + bytes(26) + b"metadata.json" + bytes(60), "a Keras model"),
        ("m.zip", b"PK\x03\x04" + bytes(100), "zip archive"),
        ("m.tflite", b"\x1f\x8b" + bytes(100), "gzip archive"),
        ("m.tflite", b"\x89PNG\r\n\x1a\n" + bytes(100), "is a picture"),
        ("m.jpg", b"\xff\xd8\xff\xe0" + bytes(100), "is a picture"),
        ("m.onnx", b"\x08\x07" + bytes(100), "ONNX model"),
        ("m.pb", b"\x0a\x07" + bytes(100), "TensorFlow graph"),
        ("m.tflite", b"short", "identifier TFL3 is missing"),
        ("m.tflite", bytes(1000), "identifier TFL3 is missing"),
        ("m.tflite", b"\x1c\x00\x00\x00TFL3", "is damaged"),
        ("m.tflite", b"\xff\xff\xff\xffTFL3" + bytes(1000), "is damaged: it is cut short"),
        ("m.tflite", b"\x08\x00\x00\x00TFL3" + bytes(1000), "is damaged"),
        ("m.tflite", INT8[: len(INT8) // 2], "is damaged"),
    ],
)
def test_other_files_are_called_by_their_name(
    name: str, content: bytes, words: str, tmp_path: Path, no_trials: None
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ModelError, match=words) as caught:
        verify_model(path)
    assert str(path) in str(caught.value)


def test_missing_files_and_folders_are_told(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"There is no model file .*none\.tflite"):
        verify_model(tmp_path / "none.tflite")
    with pytest.raises(ModelError, match="is a folder"):
        verify_model(tmp_path)


@given(st.integers(0, len(INT8) - 1))
def test_a_cut_file_is_read_whole_or_refused(tmp_path_factory: pytest.TempPathFactory, length: int) -> None:
    path = tmp_path_factory.getbasetemp() / "cut.tflite"
    path.write_bytes(INT8[:length])
    try:
        assert read_model_file(path) == INT8[:length]
    except ModelError as error:
        assert str(path) in str(error)


@given(st.dictionaries(st.integers(8, len(INT8) - 1), st.integers(0, 255), min_size=1, max_size=8))
def test_a_spoilt_file_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, spoilt: dict[int, int]) -> None:
    content = bytearray(INT8)
    for position, value in spoilt.items():
        content[position] = value
    path = tmp_path_factory.getbasetemp() / "spoilt.tflite"
    path.write_bytes(content)
    try:
        assert read_model_file(path) == content
    except ModelError as error:
        assert str(path) in str(error)


def test_good_models_pass_and_come_back_whole(cache: Path) -> None:
    for name in ("int8", "float16", "float32_any_size", "not_for_pictures"):
        assert verify_model(MODELS / f"{name}.tflite") == (MODELS / f"{name}.tflite").read_bytes()


def test_a_missing_operator_is_named(cache: Path) -> None:
    with pytest.raises(ModelError, match=r"custom_operator\.tflite cannot be used: it needs the operator Mystery"):
        verify_model(MODELS / "custom_operator.tflite")


def test_damage_in_many_places_never_reaches_this_process(cache: Path, tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    path = tmp_path / "m.tflite"
    outcomes = set()
    for number in range(15):
        content = bytearray(INT8)
        if number % 3 == 0:
            # The last third holds the tensors' shapes, types and scales, and which operator takes which tensor.
            content[int(rng.integers(len(INT8) * 2 // 3, len(INT8)))] ^= 1 << int(rng.integers(8))
        elif number % 3 == 1:
            content = content[: int(rng.integers(len(INT8) * 9 // 10, len(INT8)))]
        else:
            start, source = (int(place) for place in rng.integers(8, len(INT8) - 64, 2))
            content[start : start + 8] = INT8[source : source + 8]
        path.write_bytes(content)
        try:
            model = CrackModel.load(path, threads=1)
            width, height = model.input_size
            model.run([np.zeros((height, width, 3), np.uint8)])
            outcomes.add("runs")
        except ModelError as error:
            assert str(path) in str(error)
            outcomes.add("refused")
    assert outcomes == {"runs", "refused"}


def test_a_file_that_brings_the_runtime_down_is_refused(cache: Path) -> None:
    """The file is intact as a flatbuffer; one of its numbers, changed by a fuzzer, is not what the runtime expects."""
    path = MODELS / "crashes_runtime.tflite"
    bare = f"""
from crackinspector.inference.runtime import find_library
model = find_library().build(model_path={str(path)!r})
model.allocate_tensors()
model.invoke()
"""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    status = subprocess.run([sys.executable, "-c", bare], capture_output=True, env=environment, check=False).returncode
    if status >= 0:
        pytest.skip("this version of the runtime survives the file")
    with pytest.raises(ModelError, match=r"crashes_runtime\.tflite is damaged: the runtime crashed on it \(SIG"):
        CrackModel.load(path)


@pytest.mark.parametrize("crash", [signal.SIGSEGV, signal.SIGABRT, signal.SIGBUS, signal.SIGFPE])
def test_a_crash_is_told_and_remembered(
    crash: signal.Signals, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(tmp_path, monkeypatch, f"os.kill(os.getpid(), {int(crash)})")
    path = MODELS / "int8.tflite"
    for _ in range(2):
        with pytest.raises(ModelError, match=rf"int8\.tflite is damaged: the runtime crashed on it \({crash.name}\)"):
            verify_model(path)
        monkeypatch.setattr(subprocess, "run", None)  # the second time no process is needed


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("time.sleep(60)", "did not finish a first run within 0 seconds"),
        ("os.kill(os.getpid(), signal.SIGKILL)", "process was killed"),
        ("sys.exit('ImportError: no numpy')", "could not be tried: ImportError: no numpy"),
        ("sys.exit(3)", "could not be tried: exit status 3"),
        ("print('nonsense')", "could not be tried"),
    ],
)
def test_a_trial_that_fails_by_itself_is_not_held_against_the_file(
    code: str, words: str, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = sys.executable
    stand_in(tmp_path, monkeypatch, code)
    with pytest.raises(ModelError, match=words):
        verify_model(MODELS / "int8.tflite", timeout=0.4 if "sleep" in code else 30)
    monkeypatch.setattr(sys, "executable", real)
    assert verify_model(MODELS / "int8.tflite") == INT8


def test_a_file_is_tried_once_whatever_its_name(cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    verify_model(MODELS / "int8.tflite")
    with pytest.raises(ModelError):
        verify_model(MODELS / "flex_operator.tflite")
    copies = []
    for name in ("int8", "flex_operator"):
        copies.append(tmp_path / f"copy of {name}.tflite")
        copies[-1].write_bytes((MODELS / f"{name}.tflite").read_bytes())
    monkeypatch.setattr(subprocess, "run", None)
    assert verify_model(copies[0]) == INT8
    with pytest.raises(ModelError, match=r"copy of flex_operator\.tflite cannot be used"):
        verify_model(copies[1])
    assert [file.suffix for file in (cache / "crackinspector" / "models").iterdir()] == [".json", ".json"]


def test_another_runtime_means_another_trial(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    verify_model(MODELS / "int8.tflite")
    [first] = (cache / "crackinspector" / "models").iterdir()
    monkeypatch.setattr(verify, "find_library", lambda: Library("LiteRT 99.0", None))
    verify_model(MODELS / "int8.tflite")
    [second] = {*first.parent.iterdir()} - {first}
    assert "99.0" in second.name


@pytest.mark.parametrize("content", ["{", "[]", '{"error": 3}'])
def test_a_spoilt_memory_is_mended(content: str, cache: Path) -> None:
    verify_model(MODELS / "int8.tflite")
    [remembered] = (cache / "crackinspector" / "models").iterdir()
    remembered.write_text(content)
    assert verify_model(MODELS / "int8.tflite") == INT8
    assert json.loads(remembered.read_text()) == {"error": ""}


def test_a_cache_that_cannot_be_written_does_no_harm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "a file"
    blocked.write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    assert verify_model(MODELS / "int8.tflite") == INT8


def test_a_relative_cache_folder_is_ignored_as_its_specification_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "here")
    monkeypatch.setenv("HOME", "/home/someone")
    assert verify._cache_file("ab", "LiteRT 1") == Path("/home/someone/.cache/crackinspector/models/ab-LiteRT-1-1.json")


def test_files_in_the_current_folder_are_not_taken_for_modules(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('taken')")
    monkeypatch.chdir(tmp_path)
    assert verify_model(MODELS / "int8.tflite") == INT8


def test_a_giant_claim_in_the_file_does_not_take_the_memory(cache: Path, tmp_path: Path) -> None:
    """An output of [1, 3] that says it were [1, 2^30] must not be believed."""
    shape = struct.pack("<III", 2, 1, 3)
    content = INT8.replace(shape, struct.pack("<III", 2, 1, 2**30))
    assert content != INT8
    path = tmp_path / "m.tflite"
    path.write_bytes(content)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    try:
        CrackModel.load(path, threads=1)
    except ModelError as error:
        assert str(path) in str(error)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 500_000  # kB; 2^30 int8 would be twice that
