from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from crackinspector.pipeline import logs
from crackinspector.pipeline.logs import Log

Start = Callable[[Path], Log]


@pytest.fixture
def start() -> Iterator[Start]:
    root = logging.getLogger()
    before = root.level, list(root.handlers)
    started: list[Log] = []

    def one(folder: Path) -> Log:
        started.append(Log(folder))
        return started[-1]

    yield one
    for log in reversed(started):
        log.close()
    assert (root.level, root.handlers) == before


def content(log: Log) -> str:
    assert log.path is not None
    return log.path.read_text()


def test_a_line_says_when_where_and_what(tmp_path: Path, start: Start, capsys: pytest.CaptureFixture[str]) -> None:
    log = start(tmp_path / "state")
    logging.getLogger("crackinspector.x").info("Größe %d", 3)
    assert log.path == tmp_path / "state" / "crackinspector.log"
    line = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z INFO MainThread crackinspector\.x: Größe 3\n"
    assert re.fullmatch(line, content(log))
    assert capsys.readouterr().err == ""
    logging.getLogger("crackinspector.x").warning("hot")
    assert capsys.readouterr().err == "crackinspector: WARNING: hot\n"


def test_pythons_warnings_are_logged(tmp_path: Path, start: Start) -> None:
    log = start(tmp_path)
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        # As in a program, where nobody else catches them.
        logging.captureWarnings(False)
        logging.captureWarnings(True)
        warnings.warn("old thing", DeprecationWarning, stacklevel=1)
        logging.captureWarnings(False)
    assert "old thing" in content(log)


def test_the_log_never_grows_beyond_its_bound(tmp_path: Path, start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "_MOST_BYTES", 2000)
    start(tmp_path)
    for number in range(300):
        logging.getLogger("x").info("line %d", number)
    files = sorted(tmp_path.glob("crackinspector*"))
    assert [path.name for path in files] == ["crackinspector.log", "crackinspector.log.1", "crackinspector.log.2"]
    assert max(path.stat().st_size for path in files) <= 2000
    assert "line 299\n" in files[0].read_text()


def test_each_process_has_a_file_of_its_own_and_few_have_one(
    tmp_path: Path, start: Start, capsys: pytest.CaptureFixture[str]
) -> None:
    first = [start(tmp_path) for _ in range(5)]
    names = [log.path.name if log.path else None for log in first]
    assert names == [
        "crackinspector.log",
        "crackinspector-2.log",
        "crackinspector-3.log",
        "crackinspector-4.log",
        None,
    ]
    assert "no log is written, for 4 processes are writing theirs" in capsys.readouterr().err
    first[1].close()
    again = start(tmp_path).path
    assert again is not None
    assert again.name == "crackinspector-2.log"


def test_without_a_folder_there_is_one_line_and_standard_error(
    tmp_path: Path, start: Start, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_bytes(b"")
    log = start(tmp_path / "file")
    assert log.path is None
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 1
    assert "no log is written, for" in said[0]
    logging.getLogger("x").error("still told")
    assert "still told" in capsys.readouterr().err


def test_a_full_disk_is_said_once(tmp_path: Path, start: Start, capsys: pytest.CaptureFixture[str]) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full on this system")
    (tmp_path / "crackinspector.log").symlink_to("/dev/full")
    log = start(tmp_path)
    for _ in range(3):
        logging.getLogger("x").info("line")
    log.close()
    said = capsys.readouterr().err
    assert said.count("lines are missing in") == 1
    assert "No space left on device" in said
