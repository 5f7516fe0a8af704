from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray

from crackinspector.core.errors import StorageError
from crackinspector.library import verdicts
from crackinspector.library.events import Draft, Kind, Verdict
from crackinspector.library.exporting import FORMS, export
from crackinspector.library.facts import Facts
from crackinspector.library.queries import Query
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
    assert not mask[:3].any()
    assert not mask[9:].any()


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
