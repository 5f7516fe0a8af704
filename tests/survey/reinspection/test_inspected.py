from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from crackinspector.core.errors import StorageError
from crackinspector.library.events import Verdict
from crackinspector.library.layout import map_path
from crackinspector.library.store import Library
from crackinspector.library.verdicts import decide, draw, undo
from crackinspector.survey.reinspection.inspected import Subject, detections, subject
from tests.library.makers import add_detection
from tests.survey.reinspection.inspections import detection_body, keep

WIDTH, HEIGHT = 160, 120
LEFT, RIGHT = slice(10, 20), slice(50, 60)
"""Columns of the map, which is half as large as the picture, in which the model sees a crack."""


def seen() -> NDArray[np.uint8]:
    crack_map = np.zeros((HEIGHT // 2, WIDTH // 2), np.uint8)
    crack_map[10:50, LEFT] = 200
    crack_map[10:50, RIGHT] = 200
    crack_map[:, 21] = 80
    crack_map[:, 61] = 80
    return crack_map


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path / "lib", create=True) as opened:
        yield opened


@pytest.fixture
def name(library: Library) -> str:
    return keep(library, np.full((HEIGHT, WIDTH, 3), 99, np.uint8), seen(), "2026", "2026-01-01T10:00:00")


def key(library: Library, name: str, number: int) -> str:
    return subject(library, name).state.findings[number].key


def found(library: Library, name: str) -> NDArray[np.uint8]:
    return subject(library, name).inspected.crack_map


def left_and_right(crack_map: NDArray[np.uint8]) -> tuple[int, int]:
    return int((crack_map[:, LEFT] >= 128).sum()), int((crack_map[:, RIGHT] >= 128).sum())


def test_the_model_alone_is_believed_as_it_is(library: Library, name: str) -> None:
    read = subject(library, name)
    np.testing.assert_array_equal(read.inspected.crack_map, seen())
    assert (read.inspected.level, read.inspected.view) == (128, (0, 0, WIDTH, HEIGHT))


def test_what_was_rejected_is_gone_with_what_is_faint_around_it(library: Library, name: str) -> None:
    leftmost = min(range(2), key=lambda number: subject(library, name).state.findings[number].x)
    decide(library, [name], Verdict.REJECTED, "ann", finding=key(library, name, leftmost))
    crack_map = found(library, name)
    assert left_and_right(crack_map) == (0, 400)
    assert not crack_map[:, 21].any() and crack_map[:, 61].any()
    undo(library, name, "ann", finding=key(library, name, leftmost))
    np.testing.assert_array_equal(found(library, name), seen())


def test_where_all_are_rejected_or_the_whole_snapshot_is_nothing_is_left(library: Library, name: str) -> None:
    decide(library, [name], Verdict.REJECTED, "ann")
    assert not found(library, name).any()
    undo(library, name, "ann")
    for number in range(2):
        decide(library, [name], Verdict.REJECTED, "ann", finding=key(library, name, number))
    assert not found(library, name).any()


def test_where_people_say_that_there_is_no_crack_nothing_is_left_of_the_map(library: Library) -> None:
    crack_map = seen()
    image = np.full((HEIGHT, WIDTH, 3), 97, np.uint8)
    name = keep(library, image, None, "2026", "2026-01-01T10:00:00")
    body = {**detection_body(image, crack_map, None), "label": "negative", "regions": []}
    add_detection(library, name, body, crack_map, "ann")
    assert left_and_right(found(library, name)) == (400, 400)
    decide(library, [name], Verdict.CONFIRMED, "ann")
    assert not found(library, name).any()


def test_what_was_corrected_counts_whichever_model_looks(library: Library, name: str) -> None:
    first = subject(library, name).detection.id
    leftmost = min(range(2), key=lambda number: subject(library, name).state.findings[number].x)
    mask = np.zeros((HEIGHT, WIDTH), np.uint8)
    mask[40:80, 24:30] = 255
    draw(library, name, mask, "ann", key(library, name, leftmost))
    crack_map = np.zeros((60, 80), np.uint8)
    body = detection_body(np.zeros((HEIGHT, WIDTH, 3), np.uint8), crack_map, None, "other")
    add_detection(library, name, body, crack_map, "ann")
    for crack_map, right in ((found(library, name), 0), (subject(library, name, first).inspected.crack_map, 400)):
        assert (crack_map[20:40, 12:15] >= 128).all()
        assert left_and_right(crack_map)[0] <= 22 * 5 and left_and_right(crack_map)[1] == right


def test_what_was_erased_is_gone_from_the_map(library: Library, name: str) -> None:
    leftmost = min(range(2), key=lambda number: subject(library, name).state.findings[number].x)
    draw(library, name, np.zeros((HEIGHT, WIDTH), np.uint8), "ann", key(library, name, leftmost))
    assert left_and_right(found(library, name)) == (0, 400)


def test_a_stroke_lies_on_the_pixels_of_the_map_that_it_covers(library: Library) -> None:
    image = np.full((HEIGHT, WIDTH, 3), 96, np.uint8)
    name = keep(library, image, np.zeros((15, 20), np.uint8), "2026", "2026-01-01T10:00:00")
    mask = np.zeros((HEIGHT, WIDTH), np.uint8)
    mask[40:80, 64:96] = 255
    draw(library, name, mask, "ann")
    rows, columns = np.nonzero(found(library, name))
    assert (rows.mean(), columns.mean()) == pytest.approx((7.0, 9.5), abs=0.3)


def test_what_was_corrected_by_hand_replaces_what_the_model_saw(library: Library, name: str) -> None:
    leftmost = min(range(2), key=lambda number: subject(library, name).state.findings[number].x)
    mask = np.zeros((HEIGHT, WIDTH), np.uint8)
    mask[40:80, 24:30] = 255
    draw(library, name, mask, "ann", key(library, name, leftmost))
    crack_map = found(library, name)
    assert (crack_map[20:40, 12:15] >= 128).all()
    assert left_and_right(crack_map)[0] <= 22 * 5 and left_and_right(crack_map)[1] == 400


def test_what_was_drawn_besides_counts_until_it_is_rejected(library: Library, name: str) -> None:
    mask = np.zeros((HEIGHT, WIDTH), np.uint8)
    mask[10:12, 60:90] = 255
    mask[100:102, 60:90] = 255
    draw(library, name, mask, "ann")
    drawn = [each for each in subject(library, name).state.findings if each.by_hand]
    assert (found(library, name)[5, 32:43] == 255).all() and (found(library, name)[50, 32:43] == 255).all()
    upper = min(drawn, key=lambda finding: finding.y)
    decide(library, [name], Verdict.REJECTED, "ann", finding=upper.key)
    assert not found(library, name)[5, 32:43].any() and (found(library, name)[50, 32:43] == 255).all()


def test_who_draws_has_looked_at_the_whole_picture(library: Library, name: str) -> None:
    crack_map = np.full((30, 40), 10, np.uint8)
    body = detection_body(np.zeros((HEIGHT, WIDTH, 3), np.uint8), crack_map, None)
    body["view"] = {"x": 80, "y": 60, "w": 80, "h": 60}
    add_detection(library, name, body, crack_map, "ann")
    assert subject(library, name).inspected.view == (80, 60, 80, 60)
    mask = np.zeros((HEIGHT, WIDTH), np.uint8)
    mask[10:14, 10:40] = 255
    draw(library, name, mask, "ann")
    read = subject(library, name).inspected
    assert read.view == (0, 0, WIDTH, HEIGHT) and read.crack_map.shape == (60, 80)
    assert (read.crack_map[5:7, 6:19] == 255).all()
    assert (read.crack_map[31:, 41:] == 10).all() and not read.crack_map[20:29, :39].any()


def test_a_thin_stroke_survives_a_coarse_map(library: Library) -> None:
    coarse = np.zeros((12, 16), np.uint8)
    image = np.full((HEIGHT, WIDTH, 3), 98, np.uint8)
    name = keep(library, image, coarse, "2026", "2026-01-01T10:00:00")
    mask = np.zeros((HEIGHT, WIDTH), np.uint8)
    mask[65, 20:120] = 255
    draw(library, name, mask, "ann")
    assert (found(library, name) == 255).any(axis=0).sum() >= 9


def test_each_model_has_its_newest_word(library: Library, name: str) -> None:
    for model in ("other", "other"):
        crack_map = np.zeros((60, 80), np.uint8)
        body = detection_body(np.zeros((HEIGHT, WIDTH, 3), np.uint8), crack_map, None, model)
        add_detection(library, name, body, crack_map, "ann")
    events = library.sidecar(name).events
    models = detections(events)
    assert [event.body["model"]["name"] for event in models] == ["other", "stand-in"]
    assert models[0].at == max(event.at for event in events)
    first: Subject = subject(library, name, models[1].id)
    np.testing.assert_array_equal(first.inspected.crack_map, seen())
    assert len(first.state.findings) == 2 and not subject(library, name).state.findings


def test_a_map_that_is_gone_is_said(library: Library, name: str) -> None:
    detection = subject(library, name).detection
    map_path(library.folder, detection.body["map"]).unlink()
    with pytest.raises(StorageError, match="cannot be read"):
        subject(library, name)
