from __future__ import annotations

import gc
import os
import subprocess
import sys
import threading
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest

from crackinspector.library.claims import part_of
from crackinspector.pipeline.crash import MOST_KEPT, install_hooks, newest_report
from crackinspector.pipeline.state_folder import state_folder

ROOT = Path(__file__).resolve().parents[2]
START = """
import os, sys, faulthandler
from pathlib import Path
from crackinspector.pipeline.crash import CrashFile
file = CrashFile(Path(sys.argv[1]))
"""
# In processes of their own: faulthandler belongs to pytest in this one.
REPORT = (
    START + "print(*[report.path.name + ' ' + report.text.splitlines()[0] for report in file.reports], sep='\\n')\n"
)


def program(folder: Path, code: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, str(folder)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def run(folder: Path, code: str) -> tuple[int, list[str]]:
    with program(folder, code) as started:
        output, _ = started.communicate(timeout=60)
        return started.returncode, output.splitlines()


def test_a_crash_is_reported_once_at_the_next_start_and_kept(tmp_path: Path) -> None:
    status, _ = run(tmp_path, START + "faulthandler._sigabrt()\n")
    assert status == -6
    _, reported = run(tmp_path, REPORT + "file.close()\n")
    assert len(reported) == 1
    name, _, line = reported[0].partition(" ")
    assert line == "Fatal Python error: Aborted"
    assert "most recent call first" in (tmp_path / name).read_text()
    assert run(tmp_path, REPORT + "file.close()\n")[1] == [""]
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert newest_report(tmp_path) == tmp_path / name


def test_a_run_that_ends_well_or_is_killed_leaves_nothing_to_report(tmp_path: Path) -> None:
    assert run(tmp_path, START + "file.close(); file.close()\n")[0] == 0
    assert list(tmp_path.iterdir()) == []
    assert newest_report(tmp_path) is None
    assert run(tmp_path, START + "os.kill(os.getpid(), 9)\n")[0] == -9
    assert len(list(tmp_path.iterdir())) == 1
    assert run(tmp_path, REPORT + "file.close()\n")[1] == [""]
    assert list(tmp_path.iterdir()) == []


def test_processes_at_once_do_not_take_each_others_files(tmp_path: Path) -> None:
    code = START + "print(flush=True); input(); faulthandler._sigabrt()\n"
    with program(tmp_path, code) as first, program(tmp_path, code) as second:
        assert first.stdout is not None
        assert second.stdout is not None
        first.stdout.readline()
        second.stdout.readline()
        assert run(tmp_path, REPORT + "file.close()\n")[1] == [""]
        assert len(list(tmp_path.iterdir())) == 2
        first.communicate("\n", timeout=60)
        assert len(run(tmp_path, REPORT + "file.close()\n")[1]) == 1
        second.communicate("\n", timeout=60)
    assert [" Fatal Python error: Aborted" in line for line in run(tmp_path, REPORT + "file.close()\n")[1]] == [True]
    assert len(list(tmp_path.glob("crash-*.txt"))) == 2


def test_a_bounded_number_of_reports_is_kept(tmp_path: Path) -> None:
    for number in range(MOST_KEPT + 5):
        part_of(tmp_path / f"crash-20261121T1530{number:02d}Z-7.txt").write_text(f"crash {number}")
    _, reported = run(tmp_path, REPORT + "file.close()\n")
    assert len(reported) == MOST_KEPT + 5
    kept = sorted(path.read_text() for path in tmp_path.iterdir())
    assert kept == sorted(f"crash {number}" for number in range(5, MOST_KEPT + 5))


def test_a_long_report_is_cut_for_people_and_whole_in_its_file(tmp_path: Path) -> None:
    part_of(tmp_path / "crash-20261121T153000Z-7.txt").write_text("x" * 100_000)
    assert run(tmp_path, START + "print(len(file.reports[0].text)); file.close()\n")[1] == ["64000"]
    assert (tmp_path / "crash-20261121T153000Z-7.txt").stat().st_size == 100_000


def test_a_folder_that_cannot_be_made_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    status, said = run(tmp_path / "file" / "state", REPORT + "file.close(); print('on')\n")
    assert (status, said) == (0, ["", "on"])


@pytest.mark.parametrize(
    ("state", "folder"), [("/var/state", "/var/state"), ("", "HOME/.local/state"), ("x", "HOME/.local/state")]
)
def test_the_state_folder_is_the_standards(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, state: str, folder: str
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", state)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert state_folder() == Path(folder.replace("HOME", str(tmp_path))) / "crackinspector"


@pytest.fixture
def told() -> Iterator[list[str]]:
    sentences: list[str] = []
    before = sys.excepthook, threading.excepthook, sys.unraisablehook
    restore = install_hooks(sentences.append)
    yield sentences
    restore()
    assert (sys.excepthook, threading.excepthook, sys.unraisablehook) == before


def raised(error: BaseException) -> tuple[type[BaseException], BaseException, None]:
    return type(error), error, None


def test_an_uncaught_exception_is_logged_and_told(told: list[str], caplog: pytest.LogCaptureFixture) -> None:
    try:
        raise ValueError("two\nlines")
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    assert told == ["Something went wrong (ValueError: two lines); the log has the details."]
    assert "Traceback" in caplog.text
    assert "test_an_uncaught_exception" in caplog.text


def test_a_thread_is_told_by_its_name(told: list[str]) -> None:
    def fail() -> None:
        raise KeyError

    def leave() -> None:
        raise SystemExit

    for work in (fail, leave):
        thread = threading.Thread(target=work, name="camera")
        thread.start()
        thread.join(20)
    assert told == ["Something went wrong in camera (KeyError); the log has the details."]


def test_what_python_cannot_raise_is_told(told: list[str]) -> None:
    class Thing:
        pass

    def fail(reference: object) -> None:
        raise RuntimeError("late")

    thing = Thing()
    reference = weakref.ref(thing, fail)
    del thing
    gc.collect()
    assert reference() is None
    assert told == ["Something went wrong inside (RuntimeError: late); the log has the details."]


def test_ctrl_c_is_left_to_the_hook_before(monkeypatch: pytest.MonkeyPatch) -> None:
    passed: list[type[BaseException]] = []
    told: list[str] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, at: passed.append(kind))
    restore = install_hooks(told.append)
    sys.excepthook(*raised(KeyboardInterrupt()))
    restore()
    assert (passed, told) == ([KeyboardInterrupt], [])


def test_a_receiver_that_fails_does_not_go_round_in_circles(caplog: pytest.LogCaptureFixture) -> None:
    def broken(sentence: str) -> None:
        sys.excepthook(*raised(ValueError("again")))
        raise RuntimeError("gone")

    restore = install_hooks(broken)
    try:
        sys.excepthook(*raised(ValueError("first")))
    finally:
        restore()
    assert caplog.text.count("uncaught exception could not be told") == 1
    assert "again" not in caplog.text
