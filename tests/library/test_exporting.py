from __future__ import annotations

import csv
import errno
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray

from crackinspector.core.errors import StorageError
from crackinspector.library import training_data, verdicts
from crackinspector.library.events import Draft, Kind, Verdict
from crackinspector.library.exporting import export
from crackinspector.library.facts import Facts
from crackinspector.library.forms import FORMS
from crackinspector.library.queries import Query, Row, ids, rows
from crackinspector.library.state import state_of
from crackinspector.library.store import Change, Library
from crackinspector.library.training_data import run_lengths
from tests.library import makers


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """Four snapshots: 0 confirmed, 1 rejected (so a crack that was missed), 2 without its finding, 3 undecided."""
    with Library(tmp_path / "lib", create=True) as opened:
        added = makers.fill(opened, range(4))
        names = [each.sidecar.facts.sha256 for each in added]
        verdicts.decide(opened, names[:1], Verdict.CONFIRMED, "ann")
        verdicts.decide(opened, names[1:2], Verdict.REJECTED, "ann")
        key = f"{added[2].sidecar.events[1].id}/0"
        verdicts.decide(opened, names[2:3], Verdict.REJECTED, "ann", finding=key, why="a joint")
        yield opened


def test_csv_has_a_line_for_each_snapshot(library: Library, tmp_path: Path) -> None:
    assert export(library, Query(descending=False), "csv", tmp_path / "out.csv") == 4
    with (tmp_path / "out.csv").open(newline="") as file:
        lines = list(csv.DictReader(file))
    assert [line["name"] for line in lines] == [f"wall{number}.png" for number in range(4)]
    assert [line["verdict"] for line in lines] == ["confirmed", "rejected", "unreviewed", "unreviewed"]
    assert [line["truth"] for line in lines] == ["positive", "positive", "", ""]


@pytest.mark.parametrize("name", ["=cmd()", "+1", "-1", "@x"])
def test_csv_holds_no_formula(library: Library, tmp_path: Path, name: str) -> None:
    first = next(iter(library.connection.execute("SELECT id FROM snapshots WHERE number = 1")))[0]
    verdicts.note(library, first, name, "ann")
    export(library, Query(text="wall0"), "csv", tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(newline="") as file:
        assert [line["note"] for line in csv.DictReader(file)] == [f"'{name}"]


def test_json_has_findings_and_history(library: Library, tmp_path: Path) -> None:
    assert export(library, Query(text="wall2"), "json", tmp_path / "out.json") == 1
    (snapshot,) = json.loads((tmp_path / "out.json").read_text())
    assert [(finding["verdict"], finding["why"]) for finding in snapshot["findings"]] == [("rejected", "a joint")]
    assert [event["kind"] for event in snapshot["history"]] == ["import", "detection", "verdict"]
    export(library, Query(text="nothing"), "json", tmp_path / "none.json")
    assert json.loads((tmp_path / "none.json").read_text()) == []


def test_geojson_has_the_places_that_are_known(library: Library, tmp_path: Path) -> None:
    facts = Facts("ab" * 32, ".jpg", 9, 16, 12, None, -37.5, 127.01)
    found = Draft(Kind.IMPORT, "ann", {"name": "placed", "source": "", "taken": None})
    library.commit([Change(facts.sha256, lambda known: [found], facts=facts)])
    assert export(library, Query(), "geojson", tmp_path / "out.geojson") == 1
    (feature,) = json.loads((tmp_path / "out.geojson").read_text())["features"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [127.01, -37.5]}


def coco(folder: Path) -> dict[str, Any]:
    values: dict[str, Any] = json.loads((folder / "annotations.json").read_text())
    return values


def unpacked(segmentation: dict[str, Any]) -> NDArray[np.bool_]:
    values, height_width = [], segmentation["size"]
    for number, length in enumerate(segmentation["counts"]):
        values += [number % 2 == 1] * length
    return np.array(values, np.bool_).reshape(height_width, order="F")


def test_coco_has_boxes_and_masks_of_what_nobody_rejected(library: Library, tmp_path: Path) -> None:
    assert export(library, Query(descending=False), "coco", tmp_path / "coco") == 4
    values = coco(tmp_path / "coco")
    assert all((tmp_path / "coco" / "images" / image["file_name"]).is_file() for image in values["images"])
    (annotation,) = values["annotations"]
    assert (annotation["image_id"], annotation["bbox"], annotation["verdict"]) == (1, [0, 4, 16, 4], "unreviewed")
    mask = unpacked(annotation["segmentation"])
    assert mask.shape == (12, 16)
    assert mask.sum() == annotation["area"] > 0
    assert np.argwhere(mask).min(0).tolist() == [4, 0]
    assert np.argwhere(mask).max(0).tolist() == [7, 15]


def test_boxes_are_those_of_the_masks(library: Library, tmp_path: Path) -> None:
    first = row_of(library, "wall0").id
    crack_map = np.zeros((6, 8), np.uint8)
    # A hairline of one pixel, hardly above the threshold.
    crack_map[2, 1:7] = 128
    body = {**makers.detection(), "regions": [{"x": 1, "y": 2, "w": 14, "h": 7, "score": 0.5}]}
    makers.add_detection(library, first, body, crack_map, "ann")
    export(library, Query(text="wall0"), "coco", tmp_path / "coco")
    (annotation,) = coco(tmp_path / "coco")["annotations"]
    mask = np.zeros((12, 16), np.bool_)
    mask[4:6, 2:14] = True
    assert np.array_equal(unpacked(annotation["segmentation"]), mask)
    assert (annotation["bbox"], annotation["area"]) == ([2, 4, 12, 2], 24)
    export(library, Query(text="wall0"), "yolo", tmp_path / "yolo")
    (labels,) = (tmp_path / "yolo" / "labels").iterdir()
    assert labels.read_text() == "0 0.500000 0.416667 0.750000 0.166667\n"


def test_a_hairline_of_a_map_that_is_finer_than_the_picture_stays(library: Library, tmp_path: Path) -> None:
    crack_map = np.zeros((48, 64), np.uint8)
    crack_map[17] = 255
    body = {**makers.detection(), "regions": [{"x": 0, "y": 4, "w": 16, "h": 1, "score": 0.5}]}
    makers.add_detection(library, row_of(library, "wall0").id, body, crack_map, "ann")
    export(library, Query(text="wall0"), "coco", tmp_path / "coco")
    (annotation,) = coco(tmp_path / "coco")["annotations"]
    assert (annotation["bbox"], annotation["area"]) == ([0, 4, 16, 1], 16)


def test_coco_takes_the_mask_that_a_person_drew(library: Library, tmp_path: Path) -> None:
    first = next(iter(library.connection.execute("SELECT id FROM snapshots WHERE number = 1")))[0]
    mask = np.zeros((12, 16), np.uint8)
    mask[1:3, 2:5] = 255
    verdicts.draw(library, first, mask, "ann")
    export(library, Query(text="wall0"), "coco", tmp_path / "coco")
    _, drawn = coco(tmp_path / "coco")["annotations"]
    assert np.array_equal(unpacked(drawn["segmentation"]), mask >= 128)


def test_coco_has_the_box_of_a_correction(library: Library, tmp_path: Path) -> None:
    first = next(iter(library.connection.execute("SELECT id FROM snapshots WHERE number = 1")))[0]
    (finding,) = state_of(library.sidecar(first).facts, library.sidecar(first).events).findings
    mask = np.zeros((12, 16), np.uint8)
    mask[1:3, 2:5] = 255
    verdicts.draw(library, first, mask, "ann", finding.key)
    export(library, Query(text="wall0"), "coco", tmp_path / "coco")
    (annotation,) = coco(tmp_path / "coco")["annotations"]
    assert (annotation["bbox"], annotation["area"]) == ([2, 1, 3, 2], 6)
    assert np.array_equal(unpacked(annotation["segmentation"]), mask >= 128)


def test_a_snapshot_that_was_rejected_as_a_whole_has_no_cracks_for_others(library: Library, tmp_path: Path) -> None:
    first = next(iter(library.connection.execute("SELECT id FROM snapshots WHERE number = 1")))[0]
    verdicts.decide(library, [first], Verdict.REJECTED, "ann")
    export(library, Query(text="wall0"), "coco", tmp_path / "coco")
    assert coco(tmp_path / "coco")["annotations"] == []
    export(library, Query(text="wall0"), "yolo", tmp_path / "yolo")
    assert [path.read_text() for path in (tmp_path / "yolo" / "labels").iterdir()] == [""]


@given(hnp.arrays(np.bool_, hnp.array_shapes(min_dims=2, max_dims=2, max_side=6)))
def test_run_lengths_are_the_mask_again(mask: NDArray[np.bool_]) -> None:
    counts = run_lengths(mask)
    assert np.array_equal(unpacked({"size": mask.shape, "counts": counts}), mask)
    assert sum(counts) == mask.size
    assert all(counts[1:])


def test_yolo_has_a_file_of_labels_for_each_picture(library: Library, tmp_path: Path) -> None:
    assert export(library, Query(), "yolo", tmp_path / "yolo") == 4
    labels = sorted((tmp_path / "yolo" / "labels").iterdir())
    assert [path.stem for path in labels] == sorted(path.stem for path in (tmp_path / "yolo" / "images").iterdir())
    assert sorted(path.read_text() for path in labels) == ["", "", "", "0 0.500000 0.500000 1.000000 0.333333\n"]
    assert "0: crack" in (tmp_path / "yolo" / "data.yaml").read_text()


def test_folders_hold_what_people_decided(library: Library, tmp_path: Path) -> None:
    assert export(library, Query(), "folders", tmp_path / "folders") == 2
    assert {path.name[:5] for path in (tmp_path / "folders" / "positive").iterdir()} == {"wall0", "wall1"}


def test_names_from_elsewhere_stay_in_the_folder(library: Library, tmp_path: Path) -> None:
    first = next(iter(library.connection.execute("SELECT id FROM snapshots")))[0]
    library.connection.execute("UPDATE snapshots SET name = '../../../tmp/..evil\n.png' WHERE id = ?", (first,))
    export(library, Query(), "yolo", tmp_path / "out" / "yolo")
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"yolo"}
    assert len(list((tmp_path / "out" / "yolo" / "images").iterdir())) == 4


@pytest.mark.parametrize("form", FORMS)
def test_nothing_is_written_over_or_into_the_library(library: Library, tmp_path: Path, form: str) -> None:
    with pytest.raises(StorageError, match="lies in the library"):
        export(library, Query(), form, library.folder / "pictures" / "x")
    if form in ("coco", "yolo", "folders"):
        (tmp_path / "taken").mkdir()
        (tmp_path / "taken" / "x").touch()
        with pytest.raises(StorageError, match="is not empty"):
            export(library, Query(), form, tmp_path / "taken")


def row_of(library: Library, name: str) -> Row:
    (row,) = rows(library, ids(library, Query(text=name))).values()
    return row


@pytest.mark.parametrize(
    "spoil", [Path.unlink, lambda path: path.write_bytes(b"\x89PNG"), lambda path: path.write_bytes(makers.png_map(9))]
)
@pytest.mark.parametrize("form", ["coco", "yolo"])
def test_a_mask_that_is_gone_or_damaged_is_left_out_and_told(
    library: Library, tmp_path: Path, form: str, spoil: Callable[[Path], object], capfd: pytest.CaptureFixture[str]
) -> None:
    crack_map = row_of(library, "wall0").map
    assert crack_map is not None
    spoil(crack_map)
    told: list[str] = []
    assert export(library, Query(descending=False), form, tmp_path / "out", told=told.append) == 4
    (sentence,) = told
    assert sentence.startswith("wall0.png is exported with boxes in the place of its masks: the crack map ")
    assert capfd.readouterr().err == ""
    if form == "coco":
        (annotation,) = coco(tmp_path / "out")["annotations"]
        assert (annotation["bbox"], annotation["area"]) == ([0, 4, 16, 4], 64)
        assert "segmentation" not in annotation


def test_a_box_without_a_map_has_no_mask_and_nothing_is_missing(library: Library, tmp_path: Path) -> None:
    first = row_of(library, "wall0").id
    makers.add_detection(library, first, makers.detection(), None, "ann")
    told: list[str] = []
    export(library, Query(text="wall0"), "coco", tmp_path / "out", told=told.append)
    assert ["segmentation" in each for each in coco(tmp_path / "out")["annotations"]] == [False]
    assert told == []


@pytest.mark.parametrize("form", ["coco", "yolo", "folders"])
def test_pictures_that_are_gone_or_have_changed_are_left_out_and_told(
    library: Library, tmp_path: Path, form: str
) -> None:
    row_of(library, "wall0").picture.unlink()
    changed = row_of(library, "wall1").picture
    changed.write_bytes(changed.read_bytes() + b"\0")
    told: list[str] = []
    left = {"coco": 2, "yolo": 2, "folders": 0}[form]
    assert export(library, Query(descending=False), form, tmp_path / "out", told=told.append) == left
    assert [sentence.split("; restore")[0] for sentence in told] == [
        "the picture wall0.png is gone from the library",
        "the picture wall1.png has changed since it was kept",
    ]
    assert not [path for path in (tmp_path / "out").rglob("wall[01]*")]
    if form == "coco":
        assert [each["file_name"][:5] for each in coco(tmp_path / "out")["images"]] == ["wall2", "wall3"]


def test_what_was_left_out_is_told_at_the_end_where_nobody_listens(library: Library, tmp_path: Path) -> None:
    row_of(library, "wall0").picture.unlink()
    with pytest.raises(StorageError, match="is not whole, 1 left out: the picture"):
        export(library, Query(), "yolo", tmp_path / "out")
    assert len(list((tmp_path / "out" / "images").iterdir())) == 3


@pytest.mark.parametrize("there", [True, False])
def test_an_export_that_failed_leaves_nothing_that_the_next_one_stumbles_over(
    library: Library, tmp_path: Path, there: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(row: Row, to: Path) -> None:
        to.write_bytes(b"half")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    if there:
        (tmp_path / "out").mkdir()
    with monkeypatch.context() as patched, pytest.raises(StorageError, match="free some space"):
        patched.setattr(training_data, "copy_picture", full)
        export(library, Query(), "coco", tmp_path / "out")
    assert (tmp_path / "out").exists() == there
    assert export(library, Query(), "coco", tmp_path / "out") == 4
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"annotations.json", "images"}
    assert {path.name for path in tmp_path.iterdir()} == {"lib", "out"}


def test_a_folder_does_not_take_the_place_of_a_file(library: Library, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    with pytest.raises(StorageError, match="there is a file where a folder is needed"):
        export(library, Query(), "coco", tmp_path / "out")
    assert (tmp_path / "out").read_text() == "mine"
