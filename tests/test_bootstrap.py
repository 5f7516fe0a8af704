"""What is seen while the environment is made, with a stand-in for Python and pip: nothing is installed."""

from __future__ import annotations

import os
import pty
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PYTHON = """\
#!/bin/sh
case "$*" in
    *platform*) echo "3.11.0 x86_64" ;;
    "-m venv --clear "*) echo "a new environment" >&2; mkdir -p "$4/bin"; cp "$0" "$4/bin/python" ;;
    "-m pip install "*) cat pip.txt; echo "$*" >>calls.txt; exit "$(cat status.txt)" ;;
esac
"""
PIP = """\
Obtaining file:///checkout
Collecting numpy>=1.26.4 (from crackinspector==0.1.0)
  Downloading numpy-2.3.5-cp311-cp311-manylinux_2_27_x86_64.whl.metadata (62 kB)
  Downloading numpy-2.3.5-cp311-cp311-manylinux_2_27_x86_64.whl (16.9 MB)
  Using cached opencv_python_headless-4.12.0.88-cp37-abi3-manylinux2014_x86_64.whl (54.0 MB)
  Downloading tqdm-4.67.1-py3-none-any.whl (78 kB)
Installing collected packages: tqdm, numpy, opencv-python-headless, crackinspector
Successfully installed crackinspector-0.1.0
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    (tmp_path / "packaging").mkdir()
    shutil.copy(ROOT / "packaging" / "bootstrap", tmp_path / "packaging")
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / "python").write_text(PYTHON)
    (tmp_path / "python").chmod(0o755)
    (tmp_path / "pip.txt").write_text(PIP)
    (tmp_path / "status.txt").write_text("0")
    return tmp_path


def bootstrap(checkout: Path, *extras: str, stderr: int = subprocess.PIPE) -> subprocess.CompletedProcess[str]:
    without = ("VENV", "CONSTRAINTS")
    environment = {name: value for name, value in os.environ.items() if name not in without}
    return subprocess.run(
        ["packaging/bootstrap", *extras],
        cwd=checkout,
        env={**environment, "PYTHON": str(checkout / "python")},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=stderr,
        text=True,
        timeout=60,
    )


def test_it_says_what_it_does_before_it_does_it(checkout: Path) -> None:
    done = bootstrap(checkout)
    assert (done.returncode, done.stdout) == (0, "")
    said = (
        "crackinspector: installing Python packages into .venv, about 0.4 GB; this takes a few minutes the first time"
    )
    assert done.stderr.splitlines() == [
        said,
        "a new environment",
        "  Downloading numpy-2.3.5-cp311-cp311-manylinux_2_27_x86_64.whl (16.9 MB)",
        "  Using cached opencv_python_headless-4.12.0.88-cp37-abi3-manylinux2014_x86_64.whl (54.0 MB)",
        "  unpacking 4 packages",
    ]
    assert (checkout / ".venv" / "bootstrap.log").read_text() == PIP


def test_what_is_ready_is_left_alone_in_silence(checkout: Path) -> None:
    assert "(dev,train) into .venv, about 2.5 GB with TensorFlow" in bootstrap(checkout, "dev,train").stderr
    for extras in (["dev,train"], ["dev"], []):
        assert bootstrap(checkout, *extras).stderr == ""
    assert len((checkout / "calls.txt").read_text().splitlines()) == 1


def test_a_failed_installation_fails_and_is_tried_again(checkout: Path) -> None:
    (checkout / "status.txt").write_text("1")
    (checkout / "pip.txt").write_text("ERROR: No matching distribution found for numpy>=1.26.4\n")
    failed = bootstrap(checkout)
    assert failed.returncode == 1
    assert "ERROR: No matching distribution found for numpy" in failed.stderr
    assert "not every package has a ready-made wheel for Python 3.11.0" in failed.stderr
    (checkout / "status.txt").write_text("0")
    assert bootstrap(checkout).returncode == 0
    assert len((checkout / "calls.txt").read_text().splitlines()) == 2


def test_where_there_is_no_tensorflow_the_rest_is_installed(checkout: Path) -> None:
    (checkout / "python").write_text(PYTHON.replace('exit "$(cat status.txt)"', 'case "$*" in *train*) exit 1 ;; esac'))
    (checkout / "pip.txt").write_text("ERROR: No matching distribution found for tensorflow-cpu>=2.20.0\n")
    done = bootstrap(checkout, "dev,train")
    assert done.returncode == 0
    assert "TensorFlow has no wheel for Python 3.11.0" in done.stderr
    assert [line.split()[-1] for line in (checkout / "calls.txt").read_text().splitlines()] == [
        ".[dev,train]",
        ".[dev]",
    ]


def test_on_a_terminal_one_line_tells_the_step(checkout: Path) -> None:
    ours, theirs = pty.openpty()
    try:
        assert bootstrap(checkout, stderr=theirs).returncode == 0
        seen = os.read(ours, 65536).decode()
    finally:
        os.close(ours)
        os.close(theirs)
    steps = seen.split("\r\x1b[K")
    assert [step.split()[0] for step in steps[1:-1]] == [
        "Collecting",
        "Downloading",
        "Using",
        "Downloading",
        "unpacking",
    ]
    assert all("\n" not in step and len(step) < 80 for step in steps[1:-1])
    assert steps[-1] == ""


def stand_in(checkout: Path, name: str, script: str) -> None:
    (checkout / "bin").mkdir(exist_ok=True)
    (checkout / "bin" / name).write_text(f"#!/bin/sh\n{script}\n")
    (checkout / "bin" / name).chmod(0o755)


@pytest.mark.parametrize(("display", "asked"), [("", ["libegl1"]), (":0", ["libegl1", "libxcb-cursor0"])])
def test_what_qt_stands_on_is_installed_by_root(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, display: str, asked: list[str]
) -> None:
    stand_in(checkout, "ldd", 'echo "libEGL.so.1 => not found"')
    stand_in(checkout, "id", "echo 0")
    stand_in(checkout, "apt-get", 'echo "$*" >>apt.txt')
    monkeypatch.setenv("PATH", f"{checkout / 'bin'}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("DISPLAY", display)
    assert bootstrap(checkout, "gui").returncode == 0
    installed = [line.split() for line in (checkout / "apt.txt").read_text().splitlines() if " install " in f" {line} "]
    assert [next(name for name in line if name in ("libegl1", "libxcb-cursor0")) for line in installed] == asked


def test_what_qt_stands_on_is_named_to_who_may_not_install_it(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(checkout, "ldd", 'echo "libEGL.so.1 => not found"')
    stand_in(checkout, "id", "echo 1000")
    stand_in(checkout, "sudo", "exit 1")
    stand_in(checkout, "apt-get", 'echo "$*" >>apt.txt')
    monkeypatch.setenv("PATH", f"{checkout / 'bin'}{os.pathsep}{os.environ['PATH']}")
    refused = bootstrap(checkout, "gui")
    assert refused.returncode == 1
    assert "Please type: sudo apt-get install" in refused.stderr
    assert "libegl1" in refused.stderr
    assert not (checkout / "apt.txt").exists()
