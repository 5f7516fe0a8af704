from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from crackinspector.core.errors import StorageError
from crackinspector.core.labels import Label
from crackinspector.library import verdicts
from crackinspector.library.checking import check
from crackinspector.library.events import Draft, Kind, Verdict
from crackinspector.library.layout import map_path
from crackinspector.library.queries import Query, Row, ids, rows
from crackinspector.library.state import State, state_of
from crackinspector.library.store import Library
from tests.library import makers


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path / "lib", create=True) as opened:
        makers.fill(opened, [0, 1])
        yield opened
    assert list(check(tmp_path / "lib")) == []


def state(library: Library, name: str) -> State:
    sidecar = library.sidecar(name)
    return state_of(sidecar.facts, sidecar.events)


@pytest.fixture
def name(library: Library) -> str:
    return next(row.id for row in all_rows(library) if row.label == "positive")


def all_rows(library: Library) -> list[Row]:
    return list(rows(library, ids(library, Query())).values())


def test_a_verdict_is_on_the_label_that_the_person_saw(library: Library, name: str) -> None:
    body = makers.detection(0.1, "negative")
    makers.add_detection(library, name, body, None, "model")
    verdicts.decide(library, [name], Verdict.CONFIRMED, "ann", of=Label.POSITIVE)
    assert state(library, name).truth is Label.POSITIVE
    verdicts.decide(library, [name], Verdict.CONFIRMED, "ann")
    assert state(library, name).truth is Label.NEGATIVE


def test_an_undo_of_one_verdict_leaves_a_later_one_alone(library: Library, name: str) -> None:
    (first,) = verdicts.decide(library, [name], Verdict.CONFIRMED, "ann")
    verdicts.decide(library, [name], Verdict.REJECTED, "bob")
    (nothing,) = verdicts.undo(library, name, "ann", event=first.events[0].id)
    assert nothing.events == () and state(library, name).judged.verdict == Verdict.REJECTED


def test_each_is_judged_by_the_label_that_was_seen_of_it(library: Library) -> None:
    names = [row.id for row in all_rows(library)]
    verdicts.decide(library, names, Verdict.CONFIRMED, "ann", of={names[0]: Label.NEGATIVE})
    assert [state(library, name).judged.of for name in names] == ["negative", None]


def test_where_no_model_has_looked_nothing_is_judged(library: Library) -> None:
    change = makers.change(library, 7)
    told = Draft(Kind.IMPORT, "ann", {"name": "wall7.png", "source": "", "taken": None})
    library.commit([replace(change, decide=lambda known: [told], maps={})])
    nothing, something = verdicts.decide(library, [change.id, all_rows(library)[0].id], Verdict.CONFIRMED, "ann")
    assert nothing.events == () and len(something.events) == 1
    assert state(library, change.id).judged.verdict == "unreviewed"


def test_a_changed_mind_is_a_new_row_and_so_is_an_undo(library: Library, name: str) -> None:
    verdicts.decide(library, [name], Verdict.CONFIRMED, "ann", why="wet")
    verdicts.decide(library, [name], Verdict.REJECTED, "bob", why="a joint")
    verdicts.undo(library, name, "bob", why="looked again")
    told = [(e.who, e.body["verdict"], e.body["why"]) for e in verdicts.history(library, name) if e.kind == "verdict"]
    assert told == [("ann", "confirmed", "wet"), ("bob", "rejected", "a joint"), ("bob", "withdrawn", "looked again")]
    assert (state(library, name).judged.who, state(library, name).truth) == ("ann", "positive")
    verdicts.undo(library, name, "ann")
    assert state(library, name).judged.verdict == "unreviewed"
    (nothing,) = verdicts.undo(library, name, "ann")
    assert nothing.events == ()


def test_no_crack_that_is_confirmed_differs_from_unreviewed(library: Library) -> None:
    negative = next(row.id for row in all_rows(library) if row.label == "negative")
    verdicts.decide(library, [negative], Verdict.CONFIRMED, "ann")
    row = next(row for row in all_rows(library) if row.id == negative)
    assert (row.verdict, row.truth, row.verdict_who) == ("confirmed", "negative", "ann")


def test_a_finding_is_judged_by_its_key(library: Library, name: str) -> None:
    (finding,) = state(library, name).findings
    verdicts.decide(library, [name], Verdict.REJECTED, "ann", finding=finding.key)
    assert state(library, name).findings[0].judged.verdict == "rejected"
    assert state(library, name).judged.verdict == "unreviewed"
    with pytest.raises(StorageError, match=r"has no finding .* any more"):
        verdicts.decide(library, [name], Verdict.REJECTED, "ann", finding="0" * 32 + "/0")
    verdicts.undo(library, name, "ann", finding=finding.key)
    assert state(library, name).findings[0].judged.verdict == "unreviewed"


def test_a_mask_by_hand_is_kept_beside_the_models(library: Library, name: str) -> None:
    before = map_path(library.folder, str(state(library, name).detection.body["map"])).read_bytes()  # type: ignore[union-attr]
    (finding,) = state(library, name).findings
    mask = np.zeros((12, 16), np.uint8)
    mask[2:4, 3:9] = 255
    verdicts.draw(library, name, mask, "ann", finding.key)
    verdicts.draw(library, name, mask, "ann")
    corrected, drawn = state(library, name).findings
    assert (corrected.key, corrected.by_hand, corrected.box) == (finding.key, False, (3, 2, 6, 2))
    assert (corrected.score, state(library, name).replaced) == (finding.score, (finding.box,))
    assert (drawn.by_hand, drawn.box) == (True, (3, 2, 6, 2))
    assert corrected.mask == drawn.mask is not None
    assert np.array_equal(cv2.imread(str(map_path(library.folder, drawn.mask)), cv2.IMREAD_UNCHANGED), mask)  # type: ignore[arg-type]
    assert map_path(library.folder, str(state(library, name).detection.body["map"])).read_bytes() == before  # type: ignore[union-attr]


def stroke() -> NDArray[np.uint8]:
    mask = np.zeros((12, 16), np.uint8)
    mask[2, 3:9] = mask[6, 4:12] = 255
    return mask


def look_again(library: Library, name: str, model: str = "other") -> None:
    body = {**makers.detection(0.8), "model": {"name": model, "sha256": "ef" * 32}}
    makers.add_detection(library, name, body, np.zeros((6, 8), np.uint8), "ann")


def test_a_corrected_finding_has_the_box_of_what_was_drawn(library: Library, name: str) -> None:
    (finding,) = state(library, name).findings
    verdicts.draw(library, name, stroke(), "ann", finding.key)
    (corrected,) = state(library, name).findings
    assert corrected.box == (3, 2, 9, 5)


def test_a_finding_of_which_nothing_is_left_is_none(library: Library, name: str) -> None:
    (finding,) = state(library, name).findings
    verdicts.draw(library, name, np.zeros((12, 16), np.uint8), "ann", finding.key)
    now = state(library, name)
    assert (now.findings, now.replaced) == ((), (finding.box,))
    assert next(row for row in all_rows(library) if row.id == name).findings == 0


def test_a_correction_by_hand_stays_with_its_verdict_whatever_model_looks_later(library: Library, name: str) -> None:
    (finding,) = state(library, name).findings
    verdicts.draw(library, name, stroke(), "ann", finding.key)
    verdicts.decide(library, [name], Verdict.CONFIRMED, "bob", finding=finding.key)
    look_again(library, name)
    seen, corrected = state(library, name).findings
    assert not seen.by_hand and seen.box == (0, 4, 16, 4) and seen.mask is None
    assert (corrected.key, corrected.by_hand, corrected.box, corrected.score) == (finding.key, True, (3, 2, 9, 5), 1.0)
    assert (corrected.judged.verdict, corrected.judged.who) == ("confirmed", "bob")
    assert state(library, name).replaced == ()
    look_again(library, name, "third")
    assert [each.key for each in state(library, name).findings if each.by_hand] == [finding.key]


def test_an_old_correction_can_be_corrected_judged_and_erased_again(library: Library, name: str) -> None:
    (finding,) = state(library, name).findings
    verdicts.draw(library, name, stroke(), "ann", finding.key)
    look_again(library, name)
    mask = np.zeros((12, 16), np.uint8)
    mask[0, :4] = 255
    verdicts.draw(library, name, mask, "ann", finding.key)
    verdicts.decide(library, [name], Verdict.REJECTED, "ann", finding=finding.key)
    corrected = state(library, name).findings[1]
    assert (corrected.box, corrected.judged.verdict) == ((0, 0, 4, 1), "rejected")
    verdicts.draw(library, name, np.zeros((12, 16), np.uint8), "ann", finding.key)
    assert [each.by_hand for each in state(library, name).findings] == [False]


def test_a_finding_that_is_not_there_any_more_cannot_be_corrected(library: Library, name: str) -> None:
    (finding,) = state(library, name).findings
    look_again(library, name)
    before = verdicts.history(library, name)
    with pytest.raises(StorageError, match=r"has no finding .* any more"):
        verdicts.draw(library, name, stroke(), "ann", finding.key)
    assert verdicts.history(library, name) == before


def test_what_counts_is_what_nobody_rejected_in_part_or_as_a_whole(library: Library, name: str) -> None:
    verdicts.draw(library, name, stroke(), "ann")
    keys = [finding.key for finding in state(library, name).findings]

    def holding() -> list[int]:
        return [keys.index(finding.key) for finding in state(library, name).holding]

    assert holding() == [0, 1, 2]
    verdicts.tag(library, [name], "labelled negative", "ann")
    assert holding() == [1, 2]  # a folder's name outweighs the model alone
    verdicts.decide(library, [name], Verdict.REJECTED, "ann", finding=keys[1])
    assert holding() == [2]
    verdicts.decide(library, [name], Verdict.REJECTED, "ann")
    assert holding() == []
    verdicts.decide(library, [name], Verdict.CONFIRMED, "ann")
    assert holding() == [0, 2]


def test_another_models_detection_holds_and_the_first_stays(library: Library, name: str) -> None:
    body = {**makers.detection(0.2, "negative"), "model": {"name": "other", "sha256": "ef" * 32}}
    makers.add_detection(library, name, body, np.zeros((6, 8), np.uint8), "ann")
    assert (state(library, name).label, state(library, name).findings) == ("negative", ())
    models = [e.body["model"]["name"] for e in verdicts.history(library, name) if e.kind == "detection"]
    assert models == ["stand-in", "other"]


def test_tags_notes_places_and_the_bin(library: Library, name: str) -> None:
    verdicts.tag(library, [name], " wet ", "ann")
    assert verdicts.tag(library, [name], "wet", "ann")[0].events == ()
    verdicts.note(library, name, "first", "ann")
    verdicts.note(library, name, "second", "ann")
    verdicts.place(library, [name], "B", "E", "I", "ann")
    verdicts.put_into_bin(library, [name], "ann")
    now = state(library, name)
    assert (now.tags, now.note, now.structure, now.binned) == (("wet",), "second", "B", True)
    assert name not in {row.id for row in all_rows(library)}
    verdicts.put_into_bin(library, [name], "ann", away=False)
    verdicts.tag(library, [name], "wet", "ann", on=False)
    assert (state(library, name).binned, state(library, name).tags) == (False, ())


def test_of_a_place_only_what_is_given_changes(library: Library) -> None:
    names = [row.id for row in all_rows(library)[:2]]
    verdicts.place(library, names[:1], "Bridge", "Pier 1", "2025", "ann")
    verdicts.place(library, names[1:], "Dam", "Crest", "2026", "ann")
    committed = verdicts.place(library, names, None, None, "2026", "ann")
    assert [len(each.events) for each in committed] == [1, 0]
    states = [state(library, name) for name in names]
    assert [(each.structure, each.element, each.inspection) for each in states] == [
        ("Bridge", "Pier 1", "2026"),
        ("Dam", "Crest", "2026"),
    ]


def test_a_snapshot_that_is_not_there_is_told(library: Library) -> None:
    with pytest.raises(StorageError, match="has no snapshot"):
        verdicts.decide(library, ["0" * 64], Verdict.CONFIRMED, "ann")


def test_text_of_any_kind_can_be_kept(library: Library, name: str) -> None:
    text = "byte \udc80, NUL \0, 균열, '; DROP TABLE snapshots; --"
    verdicts.note(library, name, text, "a\udcffnn")
    assert state(library, name).note == text
    assert verdicts.history(library, name)[-1].who == "a\udcffnn"
