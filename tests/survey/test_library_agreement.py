from __future__ import annotations

import json
from pathlib import Path

import pytest

from crackinspector.cli import main
from crackinspector.library import verdicts
from crackinspector.library.events import Verdict
from crackinspector.library.store import Library
from tests.library import makers


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Four snapshots, every second positive; ann confirms all, bob rejects the first and is unsure of the second."""
    with Library(tmp_path / "lib", create=True) as library:
        names = [each.sidecar.facts.sha256 for each in makers.fill(library, range(4))]
        verdicts.place(library, names[:2], "Bridge 7", "", "", "ann")
        verdicts.decide(library, names[:1], Verdict.REJECTED, "bob")
        verdicts.decide(library, names[1:2], Verdict.UNSURE, "bob")
        verdicts.decide(library, names, Verdict.CONFIRMED, "ann")
    return tmp_path / "lib"


def test_stats_can_be_read_by_programs(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["library", "stats", str(folder), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["by_verdict"], told["by_folder"], told["unsure"]) == (4, 0, 0)
    (model,) = told["models"]
    assert model["counts"]["positive"] == {"negative": 0, "positive": 2, "unknown": 0}
    assert model["recall"]["value"] == model["kappa"] == 1
    assert model["structures"]["Bridge 7"]["total"] == 2
    (pair,) = told["people"]
    assert (pair["first"], pair["second"], pair["total"], pair["unsure"]) == ("ann", "bob", 1, 1)


def test_stats_can_be_read_by_people(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["library", "stats", "--library", str(folder)]) == 0
    told = capsys.readouterr().out
    assert told.startswith("4 snapshots of which people say what they show: 4 by verdict, 0 by labelled folder")
    assert "recall        100.0 % (34.2 to 100.0)" in told
    assert "Bridge 7: 2, accuracy 100.0 %" in told
    assert "ann and bob: 1 decided by both, 1 unsure" in told
