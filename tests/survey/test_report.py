from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crackinspector.core.errors import ModelError, PictureError
from crackinspector.core.text import printable
from crackinspector.sources.pictures import open_picture
from crackinspector.survey.job import error_record
from crackinspector.survey.report import HEADER, Reporter, readable_line, summary_line


def record(path: str = "a.jpg", label: str = "positive", score: float = 0.5) -> dict[str, Any]:
    return {"path": path, "label": label, "score": score, "error": None}


@given(st.binary().map(os.fsdecode) | st.text())
def test_names_cannot_break_a_line_or_an_encoding(name: str) -> None:
    for line in (readable_line(record(name)), readable_line(error_record(Path(name), "m", f"bad {name}"))):
        assert line.isprintable()
        line.encode("utf-8")


def test_lines_are_aligned_under_the_header() -> None:
    column = HEADER.index("picture")
    lines = [
        readable_line(record("P", label, score)) for label in ("positive", "negative", "unknown") for score in (0, 1)
    ]
    assert {line.index("P", 12) for line in lines} == {column}
    assert readable_line(error_record(Path("P"), "m", "it is empty")).index("P: it is empty") == column
    assert lines[1].startswith("crack ")
    assert "100.0 %" in lines[1]


@pytest.mark.parametrize("name", ["line\nbreak.jpg", "esc\x1b[2J.jpg", "\udcff.jpg", "back\\slash.jpg"])
def test_an_odd_name_is_said_once_as_well(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    with pytest.raises(PictureError) as caught:
        open_picture(path)
    line = readable_line(error_record(path, "m", str(caught.value)))
    assert line.endswith(f" {printable(path)}: there is no such file")
    assert line.count(".jpg") == 1


def test_an_unreadable_line_says_path_and_reason_once() -> None:
    line = readable_line(error_record(Path("x/b.png"), "m", "cannot read x/b.png: there is no such file"))
    assert line.endswith(" x/b.png: there is no such file")
    assert line.count("b.png") == 1


def test_summary_counts_every_kind() -> None:
    counts = {"positive": 2, "negative": 3, "unknown": 1, "unreadable": 4}
    expected = "10 pictures: 2 cracked, 3 intact, 1 not a surface, 4 unreadable; 4.0 s, 2.5 per second"
    assert summary_line(counts, 4) == expected
    assert summary_line({"positive": 1}, 1).startswith("1 picture: 1 cracked, 0 intact")
    assert "0 unreadable; 1 other file passed over; 1.0 s" in summary_line({"positive": 1}, 1, 1)
    assert "; 3 other files passed over; " in summary_line({"positive": 1}, 1, 3)


def test_reporter_prints_lines_and_summary_on_stdout_alone(capsys: pytest.CaptureFixture[str]) -> None:
    with Reporter(2, lines=True, quiet=False) as reporter:
        reporter.result(record())
        reporter.result(error_record(Path("b.jpg"), "m", "broken"))
        reporter.summary(1)
    out, err = capsys.readouterr()
    assert [line.split()[0] for line in out.splitlines()] == ["result", "crack", "unreadable", "2"]
    assert err == ""
    assert reporter.unreadable == 1


def test_reporter_leaves_stdout_to_json(capsys: pytest.CaptureFixture[str]) -> None:
    with Reporter(2, lines=False, quiet=False) as reporter:
        reporter.result(record())
        reporter.result(error_record(Path("b.jpg"), "m", "broken"))
        reporter.summary(1)
    out, err = capsys.readouterr()
    assert out == ""
    assert [line.split(" ")[0] for line in err.splitlines()] == ["b.jpg:", "2"]


def test_the_header_waits_for_a_result(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ModelError), Reporter(2, lines=True, quiet=False):
        raise ModelError("the card is broken")
    assert capsys.readouterr() == ("", "")


def test_quiet_is_quiet(capsys: pytest.CaptureFixture[str]) -> None:
    with Reporter(1, lines=True, quiet=True) as reporter:
        reporter.result(error_record(Path("b.jpg"), "m", "broken"), "Traceback")
        reporter.summary(1)
    assert capsys.readouterr() == ("", "")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_the_bar_is_drawn_on_a_terminal_and_taken_away(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with Reporter(3, lines=False, quiet=False) as reporter:
        for _ in range(3):
            reporter.advance()
        reporter.note("a note")
    text = terminal.getvalue()
    assert "0 of 3" in text
    assert "left" in text
    assert "\ra note\n" in text or "\x1b[A" in text or "a note\n" in text.split("\r")
    assert text.endswith("\r")


@pytest.mark.parametrize(("variable", "coloured"), [("TERM", True), ("NO_COLOR", False)])
def test_colour_only_where_it_is_wanted(monkeypatch: pytest.MonkeyPatch, variable: str, coloured: bool) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv(variable, "xterm")
    with Reporter(1, lines=True, quiet=False) as reporter:
        reporter.result(record())
    assert ("\x1b[1;31mcrack" in terminal.getvalue()) is coloured
