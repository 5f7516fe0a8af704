from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from crackinspector.cli import main
from tests.gui.report.pdf import Pdf

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(autouse=True)
def own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the command sets for Qt ends with the test."""
    monkeypatch.setenv("QT_HASH_SEED", "0")


def run(*arguments: str | Path) -> int:
    return main(["report", *map(str, arguments), "--date", "2026-11-21"])


def test_it_needs_no_screen_and_the_same_report_is_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "QT_HASH_SEED")
    environment = {key: value for key, value in os.environ.items() if key not in screens}
    environment["PYTHONPATH"] = str(ROOT)
    for name in ("one.pdf", "two.pdf"):
        command = [sys.executable, "-m", "crackinspector", "report", str(folder), "--structure", "Bridge 3"]
        command += ["-o", str(tmp_path / name), "--language", "en", "--date", "2026-11-21"]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)
        # One picture is gone: the report is there and the status says so.
        assert done.returncode == 1, done.stderr
        assert "there is no such file" in done.stderr
        assert done.stdout.startswith(f"{tmp_path / name}: ")
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()
    pdf = Pdf(tmp_path / "one.pdf")
    assert "Condition by element" in pdf.whole()
    assert all(pdf.fonts().values())


def test_options_reach_the_report(folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "report.pdf"
    options = ["--inspection", "2020", "--paper", "Letter", "--title", "Annual", "--inspector", "Ann Kim", "--quiet"]
    assert run(folder, "--structure", "Bridge 3", "-o", out, "--language", "ko", "--most-pictures", "0", *options) == 0
    assert capfd.readouterr() == ("", "")
    pdf = Pdf(out)
    assert pdf.media_box() == [0, 0, 612, 792]
    assert pdf.information("Title") == "Annual: Bridge 3"
    assert pdf.information("Author") == "Ann Kim"
    assert b"/Lang <feff006b006f>" in pdf.root


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--structure", "Bridge 4"], 'no snapshots of a structure "Bridge 4"; it has some of "Bridge 3"'),
        (["--structure", "Bridge 3", "--inspection", "2021"], '"2021"; it has some of "2020", "2026"'),
        (["--structure", "Bridge 3", "--logo", "nothing.png"], "cannot read the logo nothing.png"),
    ],
)
def test_what_is_wrong_is_one_sentence(
    folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], options: list[str], sentence: str
) -> None:
    assert run(folder, "-o", tmp_path / "report.pdf", *options) == 2
    told = capfd.readouterr().err
    assert sentence in told
    assert told.count("\n") == 1
    assert not (tmp_path / "report.pdf").exists()


def test_a_library_that_is_not_there_is_told(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path / "none", "--structure", "Bridge 3", "-o", tmp_path / "report.pdf") == 2
    assert "there is no library in" in capfd.readouterr().err


@pytest.mark.parametrize(
    "wrong", [["--date", "yesterday"], ["--title", "a\nb"], ["--paper", "A3"], ["--most-pictures", "-1"]]
)
def test_wrong_usage_is_refused(folder: Path, tmp_path: Path, wrong: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["report", str(folder), "--structure", "Bridge 3", "-o", str(tmp_path / "report.pdf"), *wrong])
    assert ended.value.code == 2
