"""Looking again at what a library has, with stand-ins for two models."""

from __future__ import annotations

import functools
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from crackinspector.cli import main
from crackinspector.core.detection import Analysis
from crackinspector.library import verdicts
from crackinspector.library.checking import check
from crackinspector.library.emptying import delete
from crackinspector.library.events import MAX_REGIONS, Event, Kind, Verdict
from crackinspector.library.layout import map_path
from crackinspector.library.queries import Query, ids, rows
from crackinspector.library.store import Library
from crackinspector.survey import group_commit, library_analyze, library_look
from crackinspector.survey.job import Outcome, PictureJob, Task
from tests.library import makers
from tests.survey.conftest import WritePicture
from tests.survey.standin import DIE, StandIn, load

ROOT = Path(__file__).resolve().parents[2]
Lines = list[dict[str, Any]]


class Wary(StandIn):
    """Sees cracks where the other does not."""

    def analyze(self, image: NDArray[np.uint8]) -> Analysis:
        seen = super().analyze((image // 2).astype(np.uint8))
        return replace(seen, width=image.shape[1], height=image.shape[0])


def load_either(model: Path, threads: int | None) -> tuple[StandIn, str]:
    return (Wary(), "wary") if model.stem == "wary" else load(model, threads)


@pytest.fixture
def library(
    monkeypatch: pytest.MonkeyPatch, write_picture: WritePicture, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> Path:
    """`dark` and `grey` and `light`, of which the stand-in calls the first cracked, and `wary` the second as well."""
    monkeypatch.setattr(library_look, "PictureJob", functools.partial(PictureJob, load=load_either))
    monkeypatch.setattr("crackinspector.inference.verify.verify_model", lambda path: b"")
    for name, grey in (("dark", 40), ("grey", 150), ("light", 255)):
        write_picture(f"in/{name}.png", grey=grey)
    (tmp_path / "wary.tflite").write_bytes(b"wary")
    folder = tmp_path / "lib"
    assert main(["library", "import", str(tmp_path / "in"), "--library", str(folder), "--workers", "1", "--quiet"]) == 0
    return folder


@pytest.fixture
def look(library: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> Callable[..., Lines]:
    def run(*arguments: object, status: int = 0, model: str = "wary.tflite") -> Lines:
        capfd.readouterr()
        command = ["library", "analyze", str(library), "--model", str(tmp_path / model), "--workers", "1"]
        assert main([*command, "--json", "-", *map(str, arguments)]) == status
        return [json.loads(line) for line in capfd.readouterr().out.splitlines()]

    return run


def detections(folder: Path, identifier: str) -> list[Event]:
    with Library(folder, write=False) as library:
        return [event for event in library.sidecar(identifier).events if event.kind == Kind.DETECTION]


def test_another_model_looks_and_what_the_first_said_stays(library: Path, look: Callable[..., Lines]) -> None:
    told = {line["name"]: line for line in look()}
    assert {name: (line["before"], line["label"], line["status"]) for name, line in told.items()} == {
        "dark.png": ("positive", "positive", "same"),
        "grey.png": ("negative", "positive", "changed"),
        "light.png": ("negative", "positive", "changed"),
    }
    for line in told.values():
        first, newest = detections(library, line["id"])
        assert (first.body["model"]["name"], newest.body["model"]["name"]) == ("stand-in", "wary")
        assert newest.body["score"] == line["score"]
        crack_map = cv2.imread(str(map_path(library, newest.body["map"])), cv2.IMREAD_UNCHANGED)
        assert crack_map is not None
        assert crack_map.shape == (15, 20)
    assert list(check(library)) == []


def test_the_figures_are_those_of_an_import(library: Path, look: Callable[..., Lines], tmp_path: Path) -> None:
    look("--text", "grey")
    command = ["library", "import", str(tmp_path / "in" / "grey.png"), "--library", str(tmp_path / "other"), "--quiet"]
    assert main([*command, "--workers", "1", "--model", str(tmp_path / "wary.tflite")]) == 0
    with Library(tmp_path / "other", write=False) as other:
        (identifier,) = (row[0] for row in other.connection.execute("SELECT id FROM snapshots"))
    assert detections(library, identifier)[-1].body == detections(tmp_path / "other", identifier)[0].body


def test_what_the_model_has_seen_is_passed_over(library: Path, look: Callable[..., Lines]) -> None:
    (line,) = look("--text", "grey")
    assert line["status"] == "changed"
    again = {line["name"]: line["status"] for line in look()}
    assert again == {"dark.png": "same", "grey.png": "present", "light.png": "changed"}
    assert len(detections(library, line["id"])) == 2


def test_the_filter_or_names_say_which(library: Path, look: Callable[..., Lines], tmp_path: Path) -> None:
    (dark,) = look("--label", "positive")
    assert dark["name"] == "dark.png"
    names = tmp_path / "names"
    with Library(library) as opened:
        others = [row[0] for row in opened.connection.execute("SELECT id FROM snapshots WHERE name != 'dark.png'")]
        verdicts.decide(opened, others[:1], Verdict.CONFIRMED, "ann")
    names.write_text("\n".join([*others, others[0]]))
    assert [line["id"] for line in look("--snapshots", names)] == others
    look("--snapshots", names, "--verdict", "confirmed", status=2)
    names.write_text("ab" * 32)
    look("--snapshots", names, status=2)
    look("--snapshots", tmp_path / "nowhere", status=2)
    look("--text", "nothing", status=2)


def test_a_picture_that_has_changed_is_told_and_the_others_go_on(library: Path, look: Callable[..., Lines]) -> None:
    changed = next((library / "pictures").rglob("*.png"))
    changed.write_bytes(changed.read_bytes() + b"more")
    told = {line["id"]: (line["status"], line["error"]) for line in look(status=1)}
    status, error = told.pop(changed.stem)
    assert status == "unreadable"
    assert f"{changed} has changed since it was kept" in error
    assert [status for status, _ in told.values()].count("unreadable") == 0
    assert len(detections(library, changed.stem)) == 1


def test_people_read_what_changed(library: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    capfd.readouterr()
    command = ["library", "analyze", "--library", str(library), "--workers", "1"]
    assert main([*command, "--model", str(tmp_path / "wary.tflite")]) == 0
    said = capfd.readouterr().out
    assert "changed  crack 70.6 %, was no crack" in said
    assert "3 snapshots: 2 with another label (2 now a crack), 1 with the same; " in said


def test_a_look_that_kills_its_process_costs_no_other_snapshot(write_picture: WritePicture, tmp_path: Path) -> None:
    write_picture("in/bad.png", grey=200, order=DIE)
    for number in range(3):
        write_picture(f"in/{number}.png", grey=100 + number)
    command = [sys.executable, "-m", "tests.survey.standin", "library"]
    where = ["--library", str(tmp_path / "lib"), "--quiet"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    run = functools.partial(subprocess.run, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run([*command, "import", str(tmp_path / "in"), "--no-analyse", *where]).returncode == 0
    done = run([*command, "analyze", *where, "--workers", "2", "--json", "-"])
    assert done.returncode == 1, done.stderr
    told = {line["name"]: line for line in map(json.loads, done.stdout.splitlines())}
    assert {name: line["status"] for name, line in told.items()} == {
        "bad.png": "unreadable",
        "0.png": "first",
        "1.png": "first",
        "2.png": "first",
    }
    assert "SIGKILL" in told["bad.png"]["error"]


def test_of_very_many_regions_the_largest_are_named(tmp_path: Path) -> None:
    picture = tmp_path / "wall.png"
    picture.write_bytes(makers.jpeg(1))
    regions = [{"x": number, "y": 0, "w": 1, "h": 1, "score": 1.0} for number in range(MAX_REGIONS + 1)]

    def look(task: Task) -> Outcome:
        assert task.map_file is not None
        task.map_file.write_bytes(makers.png_map(1))
        about = {"model": "m", "width": 16, "height": 12, "error": None}
        return Outcome({**makers.detection(), **about, "regions": regions})

    seen = library_look.look_at(look, picture, tmp_path, 1, "ab" * 32)
    assert seen.detection is not None
    assert seen.detection["regions"] == regions[:-1]


def test_one_that_is_deleted_meanwhile_costs_no_other_snapshot(
    library: Path, look: Callable[..., Lines], monkeypatch: pytest.MonkeyPatch
) -> None:
    with Library(library, write=False) as there:
        names = {row.name: row.id for row in rows(there, ids(there, Query())).values()}
    original = library_look.look_at

    def meanwhile(*arguments: Any) -> Any:
        seen = original(*arguments)
        # Whatever was looked at first is deleted while the last is.
        if names["light.png"] in str(arguments[1]):
            with Library(library) as other:
                verdicts.put_into_bin(other, [names["dark.png"]], "bob")
                assert len(list(delete(other, [names["dark.png"]], "bob"))) == 1
        return seen

    monkeypatch.setattr(library_analyze, "look_at", meanwhile)
    monkeypatch.setattr(group_commit, "GATHER_SECONDS", 60)
    told = {line["name"]: line for line in look(status=1)}
    statuses = [told[name]["status"] for name in ("dark.png", "grey.png", "light.png")]
    assert statuses == ["unreadable", "changed", "changed"]
    assert "was deleted on" in told["dark.png"]["error"]
    assert [problem.sentence for problem in check(library)] == []
