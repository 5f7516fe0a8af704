from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np
import pytest

from crackinspector.cli import main
from crackinspector.library.events import Verdict
from crackinspector.library.store import Library
from crackinspector.library.verdicts import decide
from crackinspector.sources.demo_wall import demo_wall
from tests.library.makers import add_detection
from tests.survey.reinspection.inspections import detection_body, keep, two_inspections

Said = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, str]:
    folder = tmp_path_factory.mktemp("compare") / "lib"
    return folder, *two_inspections(folder)


def test_each_crack_is_told_with_what_became_of_it(made: tuple[Path, str, str], capsys: Said) -> None:
    folder, before, after = made
    assert main(["library", "compare", before[:9], after[:9], "--library", str(folder)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == [
        "before",
        before[:12],
        *["pier", "3", "2025", "spring.png", "2025", "spring", "2025-04-02", "stand-in"],
    ]
    assert [line.split()[0] for line in lines[2:-1]] == ["aligned", "new", "grown", "repaired", "unchanged"]
    assert lines[-1] == "1 new, 1 grown, 1 repaired, 1 unchanged, 0 outside"


def test_json_says_how_sure_it_is_and_the_drawing_appears(
    made: tuple[Path, str, str], tmp_path: Path, capsys: Said
) -> None:
    folder, before, after = made
    overlay, table = tmp_path / "changes.jpg", tmp_path / "changes.json"
    to = ["--json", str(table), "--overlay", str(overlay)]
    assert main(["library", "compare", before, after, "--library", str(folder), *to]) == 0
    assert "1 new" in capsys.readouterr().out
    found = json.loads(table.read_text())
    assert found["alignment"]["trusted"] and found["alignment"]["rms_px"] < 1
    assert found["counts"] == {"new": 1, "grown": 1, "repaired": 1, "unchanged": 1, "outside": 0}
    assert (found["before"]["inspection"], found["after"]["inspection"]) == ("2025 spring", "2026 autumn")
    grown = next(change for change in found["changes"] if change["change"] == "grown")
    assert grown["length_after"] > 1.5 * grown["length_before"] > 100
    drawn = cv2.imread(str(overlay))
    assert drawn is not None and drawn.shape[1] == round(640 * 720 / 640)
    red = (drawn[..., 2] > 200) & (drawn[..., 1] < 120) & (drawn[..., 0] < 120)
    assert np.count_nonzero(red) > 100


def test_backwards_what_was_new_was_repaired(made: tuple[Path, str, str], capsys: Said) -> None:
    folder, before, after = made
    assert main(["library", "compare", after, before, "--library", str(folder), "--json", "-"]) == 0
    counts = json.loads(capsys.readouterr().out)["counts"]
    assert (counts["new"], counts["grown"]) == (1, 0)
    assert counts["repaired"] == 2  # one of them in part


def test_pictures_of_other_places_are_not_compared(made: tuple[Path, str, str], tmp_path: Path, capsys: Said) -> None:
    folder, before, _ = made
    other = demo_wall(8, 640, 360, 2, "brick")
    with Library(folder) as library:
        elsewhere = keep(library, other.image, other.mask, "2026 autumn", "2026-11-21T11:00:00", element="pier 4")
    overlay = tmp_path / "changes.jpg"
    options = ["--library", str(folder), "--json", "-", "--overlay", str(overlay)]
    assert main(["library", "compare", before, elsewhere, *options]) == 1
    said = capsys.readouterr()
    found = json.loads(said.out)
    assert found["changes"] is None and not found["alignment"]["trusted"] and found["alignment"]["reasons"]
    assert "compare them by eye" in said.err
    assert not overlay.exists()


def test_names_that_fit_none_or_several_are_refused(made: tuple[Path, str, str], capsys: Said) -> None:
    folder, before, _ = made
    for name, sentence in (("xyz", "no name of a snapshot"), ("0" * 64, "no snapshot"), ("", "no name of a snapshot")):
        assert main(["library", "compare", name, before, "--library", str(folder)]) == 2
        assert sentence in capsys.readouterr().err


def test_several_snapshots_with_one_beginning_are_told_apart(tmp_path: Path, capsys: Said) -> None:
    with Library(tmp_path / "lib", create=True) as library:
        names: dict[str, str] = {}
        for number in range(17):
            image = np.full((8, 8, 3), number, np.uint8)
            name = keep(library, image, None, "2026", "2026-01-01T10:00:00")
            if name[0] in names:
                break
            names[name[0]] = name
    assert main(["library", "compare", name[0], name, "--library", str(tmp_path / "lib")]) == 2
    assert "several snapshots begin with" in capsys.readouterr().err


def test_what_no_model_has_looked_at_cannot_be_compared(tmp_path: Path, capsys: Said) -> None:
    with Library(tmp_path / "lib", create=True) as library:
        name = keep(library, np.zeros((8, 8, 3), np.uint8), None, "2026", "2026-01-01T10:00:00")
    assert main(["library", "compare", name, name, "--library", str(tmp_path / "lib")]) == 2
    assert "no model has looked at" in capsys.readouterr().err


def test_what_people_rejected_is_no_crack(tmp_path: Path, capsys: Said) -> None:
    folder = tmp_path / "lib"
    before, after = two_inspections(folder)
    with Library(folder) as library:
        sidecar = library.sidecar(after)
        detection = next(event for event in sidecar.events if event.kind == "detection")
        rightmost = max(range(3), key=lambda number: detection.body["regions"][number]["x"])
        decide(library, [after], Verdict.REJECTED, "ann", finding=f"{detection.id}/{rightmost}")
    assert main(["library", "compare", before, after, "--library", str(folder), "--json", "-"]) == 0
    assert json.loads(capsys.readouterr().out)["counts"]["new"] == 0


def test_detections_of_two_models_are_said_to_be_of_two(tmp_path: Path, capsys: Said) -> None:
    folder = tmp_path / "lib"
    before, after = two_inspections(folder)
    with Library(folder) as library:
        image = np.zeros((360, 640, 3), np.uint8)
        crack_map = np.zeros((180, 320), np.uint8)
        body = detection_body(image, crack_map, None, "another")
        add_detection(library, after, body, crack_map, "ann")
    assert main(["library", "compare", before, after, "--library", str(folder)]) == 0
    assert "two models looked" in capsys.readouterr().out
