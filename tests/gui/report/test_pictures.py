from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from crackinspector.gui.report.picture_parts import Captions, Fact, twin
from crackinspector.gui.report.pictures import Pictures
from crackinspector.gui.report.sheet import MM, PER_INCH
from crackinspector.library import verdicts
from crackinspector.library.report_facts import ReportFacts, Seen, gather
from crackinspector.library.store import Library
from tests.gui.report.conftest import HEIGHT, WIDTH, add


def seen_of(folder: Path, name: str) -> Seen:
    with Library(folder, write=False) as library:
        (seen,) = (seen for seen in gather(library, "Bridge 3").snapshots if seen.row.name == name)
        return seen


def alpha(image: QImage | None) -> NDArray[np.uint8]:
    """(h, w) uint8: how much of the picture the overlay hides."""
    assert image is not None
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    return rows[:, : image.width(), 3].copy()


def test_a_picture_is_reduced_to_what_is_printed_and_never_enlarged(folder: Path) -> None:
    pictures = Pictures(folder, 100)
    small, large = (pictures.of(seen_of(folder, "wall1.jpg"), inches * PER_INCH) for inches in (2, 20))
    assert small.image is not None and large.image is not None
    assert (small.image.width(), small.image.height()) == (200, 150)
    assert (large.image.width(), large.image.height()) == (WIDTH, HEIGHT)


def test_the_map_lies_over_its_view(folder: Path) -> None:
    shown = Pictures(folder, 100).of(seen_of(folder, "wall1.jpg"), 3.2 * PER_INCH)
    hidden = alpha(shown.overlay)
    rows = np.flatnonzero(hidden.max(axis=1)) / len(hidden)
    assert 0.46 < rows.min() < rows.max() < 0.54
    assert hidden[0].max() == 0


def test_a_correction_by_hand_takes_the_place_of_the_model_s(folder: Path) -> None:
    seen = seen_of(folder, "wall1.jpg")
    key = next(each.finding.key for each in seen.findings if each.finding.w == 400)
    mask = np.zeros((HEIGHT, WIDTH), np.uint8)
    mask[30:34, 50:90] = 255
    with Library(folder) as library:
        # The bar across the middle lies in no finding's box and stays.
        verdicts.draw(library, seen.row.id, mask, "ann", key)
    hidden = alpha(Pictures(folder, 100).of(seen_of(folder, "wall1.jpg"), 6.4 * PER_INCH).overlay)
    drawn = np.argwhere(hidden[: HEIGHT // 4])
    assert drawn.min(axis=0) == pytest.approx([30, 50], abs=2)
    assert drawn.max(axis=0) == pytest.approx([33, 89], abs=2)
    assert hidden[HEIGHT // 2].max() > 0


def test_a_picture_that_cannot_be_read_is_told_and_leaves_no_overlay(folder: Path) -> None:
    pictures = Pictures(folder, 100)
    shown = pictures.of(seen_of(folder, "wall5.jpg"), PER_INCH)
    assert (shown.image, shown.overlay) == (None, None)
    assert [sentence.rpartition(": ")[2] for sentence in pictures.troubles.values()] == ["there is no such file"]


def test_a_damaged_map_is_left_out_and_told(folder: Path) -> None:
    seen = seen_of(folder, "wall1.jpg")
    assert seen.row.map is not None
    seen.row.map.write_bytes(b"no PNG")
    pictures = Pictures(folder, 100)
    shown = pictures.of(seen, PER_INCH)
    assert shown.image is not None
    assert shown.overlay is None
    (sentence,) = pictures.troubles.values()
    assert sentence.startswith("wall1.jpg is shown without all of its crack maps: the crack map ")


def test_only_a_few_pictures_are_kept(facts: ReportFacts, folder: Path) -> None:
    pictures, first = Pictures(folder, 50), facts.snapshots[0]
    before = pictures.of(first, PER_INCH)
    assert pictures.of(first, PER_INCH) is before
    for inches in range(2, 7):
        pictures.of(first, inches * PER_INCH)
    assert pictures.of(first, PER_INCH) is not before


@pytest.mark.parametrize(("size", "beside"), [((480, 480), True), ((640, 480), False), ((1200, 400), False)])
def test_what_is_known_stands_beside_pictures_that_leave_room(
    folder: Path, size: tuple[int, int], beside: bool
) -> None:
    with Library(folder) as library:
        add(library, 9, "Pier 2", size=size)
    rows = [Fact("Model", "No crack"), Fact("Verdict", "Unreviewed", "unreviewed")]
    parts = twin(seen_of(folder, "wall9.jpg"), [], [], Captions("a", "b", "c"), rows, 170 * MM)
    assert len(parts) == (1 if beside else 3)
    assert parts[0].height < 130 * MM
