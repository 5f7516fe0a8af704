"""A library's verdicts as training data; no model is trained."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from crackinspector.cli import main
from crackinspector.core.errors import UsageError
from crackinspector.core.labels import Label
from crackinspector.library import verdicts
from crackinspector.library.events import Verdict
from crackinspector.library.queries import Query, ids, rows
from crackinspector.library.state import state_of
from crackinspector.library.store import Library
from crackinspector.training.dataset import Record, read_mask
from crackinspector.training.library_records import is_cutting, library_records
from crackinspector.training.library_split import Placed, deal
from crackinspector.training.options import TrainOptions
from crackinspector.training.prepare import find_all, kept_apart, prepare
from crackinspector.training.splits import Plan, Split
from tests.library.makers import add_detection
from tests.training import library_maker
from tests.training.conftest import SIDE

PLAN = Plan(val=0.2, test=0.2)


def placed(number: int, structure: str, element: str = "", inspection: str = "") -> Placed:
    label = Label.POSITIVE if number % 2 else Label.NEGATIVE
    return Placed(f"{number:03}", label, structure, element, inspection)


def shares_of(
    pictures: list[Placed], key: Callable[[Placed], object], plan: Plan = PLAN
) -> tuple[dict[object, set[str]], str]:
    dealt = deal(pictures, plan, 0)
    found: dict[object, set[str]] = {}
    for picture in pictures:
        found.setdefault(key(picture), set()).add(dealt.shares[picture.id])
    return found, dealt.told


def test_structures_are_wholly_in_one_share() -> None:
    pictures = [placed(number, f"bridge {number // 8}") for number in range(80)]
    found, told = shares_of(pictures, lambda picture: picture.structure)
    assert all(len(shares) == 1 for shares in found.values())
    counted = Counter(share for shares in found.values() for share in shares)
    assert counted == {"train": 6, "val": 2, "test": 2}
    assert told.startswith("Split by structure. train: bridge ")
    assert deal(pictures, PLAN, 0) == deal(pictures, PLAN, 0)


@pytest.mark.parametrize(
    ("element", "inspection", "told"),
    [
        (lambda n: f"pier {n // 6}", lambda n: "", "Split by element, for 1 structure cannot give"),
        (lambda n: "pier", lambda n: f"{2020 + n // 6}", "Split by inspection, for 1 structure, 1 element cannot give"),
        (
            lambda n: "pier",
            lambda n: "2026",
            "Split by run of pictures, for 1 structure, 1 element, 1 inspection cannot",
        ),
    ],
)
def test_too_few_structures_are_split_by_something_smaller_and_it_is_said(
    element: Callable[[int], str], inspection: Callable[[int], str], told: str
) -> None:
    pictures = [placed(number, "bridge", element(number), inspection(number)) for number in range(60)]
    found, said = shares_of(pictures, lambda picture: (picture.element, picture.inspection))
    assert said.startswith(told)
    assert all(len(shares) == 1 for shares in found.values()) or "run of pictures" in told


def test_structures_without_intact_pictures_do_not_do() -> None:
    pictures = [placed(2 * number + 1, f"bridge {number % 4}", f"pier {number}") for number in range(12)]
    pictures += [placed(2 * number, "wall", f"field {number}") for number in range(12)]
    assert deal(pictures, PLAN, 0).told.startswith("Split by element, for 5 structures cannot give")
    with pytest.raises(UsageError, match="cannot be dealt to training, validation and test"):
        deal(pictures[:2], PLAN, 0)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return library_maker.make(tmp_path / "lib")


def found_in(folder: Path, out: Path, **changes: object) -> tuple[dict[str, list[Record]], str]:
    """The records by the name of their snapshot, and what is told."""
    options = TrainOptions((), out, "default", plan=PLAN, libraries=(folder,), **changes)  # type: ignore[arg-type]
    records, told = library_records(options).records, library_records(options).told
    by_name: dict[str, list[Record]] = {}
    for record in records:
        by_name.setdefault(record.path.stem.partition("-")[0], []).append(record)
    return by_name, " ".join(told)


def test_verdicts_become_labels_and_the_rest_is_left_out_and_counted(folder: Path, tmp_path: Path) -> None:
    found, told = found_in(folder, tmp_path / "out")
    with Library(folder, write=False) as library:
        names = {
            library.sidecar(name).events[0].body["name"]: name
            for (name,) in library.connection.execute("SELECT id FROM snapshots")
        }
    labels = {name: found[identifier][0].label for name, identifier in names.items() if identifier in found}
    assert Counter(labels.values()) == {Label.POSITIVE: 16, Label.NEGATIVE: 18}
    assert (
        labels["rejected.png"]
        == labels["all findings rejected.png"]
        == labels["labelled negative.png"]
        == Label.NEGATIVE
    )
    assert labels["finding confirmed.png"] == labels["drawn.png"] == Label.POSITIVE
    assert not {"undecided.png", "unsure.png", "binned.png", "withdrawn.png"} & set(labels)
    assert "34 pictures that people decided on (18 negative, 16 positive), 1 of them by the folder alone" in told
    assert "Left out: 2 that nobody decided on, 1 that they were unsure about" in told
    assert "Split by structure" in told


def test_masks_are_of_hands_first_then_of_what_was_confirmed(folder: Path, tmp_path: Path) -> None:
    found, _ = found_in(folder, tmp_path / "out")
    with Library(folder, write=False) as library:
        names = {
            library.sidecar(name).events[0].body["name"]: name
            for (name,) in library.connection.execute("SELECT id FROM snapshots")
        }

    def mask(name: str) -> NDArray[np.bool_]:
        path = found[names[name]][0].mask
        assert path is not None
        return read_mask(path)

    drawn = mask("drawn.png")
    assert drawn[40:44, 20:60].all()
    assert drawn.sum() == 160
    # Two findings of the model: the upper one confirmed, the lower one rejected.
    confirmed = mask("finding confirmed.png")
    assert confirmed[:64].any()
    assert not confirmed[64:].any()
    # Confirmed as a whole: nobody has said which pixels are crack.
    assert found[names["crack 0.png"]][0].mask is None


def test_what_was_corrected_is_learnt_from_whatever_model_looked_since(tmp_path: Path) -> None:
    library_maker.make(tmp_path / "library")
    mask = np.zeros((2 * SIDE, 2 * SIDE), np.uint8)
    mask[30:33, 20:60] = 255
    with Library(tmp_path / "library") as library:
        (number,) = ids(library, Query(text="undecided"))
        name = rows(library, [number])[number].id
        state = state_of(library.sidecar(name).facts, library.sidecar(name).events)
        assert state.detection is not None
        verdicts.draw(library, name, mask, "ann", state.findings[0].key)
        verdicts.decide(library, [name], Verdict.CONFIRMED, "ann", finding=state.findings[0].key)
        body = {**state.detection.body, "label": "negative", "regions": [], "model": {"name": "o", "sha256": "ef" * 32}}
        add_detection(library, name, body, np.zeros((SIDE, SIDE), np.uint8), "ann")
    found, _ = found_in(tmp_path / "library", tmp_path / "out")
    (record, *_) = found[name]
    assert record.label is Label.POSITIVE and record.mask is not None
    np.testing.assert_array_equal(read_mask(record.mask), mask > 0)


def test_what_was_taken_for_a_crack_is_cut_out_of_training_pictures_alone(folder: Path, tmp_path: Path) -> None:
    cut = 0
    for seed in range(4):
        found, _ = found_in(folder, tmp_path / f"out{seed}", seed=seed)
        for records in found.values():
            whole, *cuttings = records
            assert not is_cutting(whole)
            assert all(
                is_cutting(each) and each.label is Label.NEGATIVE and each.group == whole.group for each in cuttings
            )
            if cuttings:
                assert whole.folder_split == "train"
                cut += len(cuttings)
                picture = cv2.imread(str(cuttings[0].path))
                assert picture is not None
                assert picture.shape[0] < 600
    assert cut > 0


def test_libraries_are_only_read(folder: Path, tmp_path: Path) -> None:
    before = {
        path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.suffix in (".json", ".png")
    }
    found_in(folder, tmp_path / "out")
    assert {path: path.read_bytes() for path in before} == before


def test_a_library_alone_needs_some_of_both(tmp_path: Path, pictures: Path) -> None:
    with Library(tmp_path / "lib", create=True) as library:
        names = library_maker.fill(library, ["bridge"] * 12)
        options = TrainOptions((), tmp_path / "out", "default", libraries=(tmp_path / "lib",))
        with pytest.raises(UsageError, match=r"Nobody has decided on a picture of .*; confirm or reject"):
            library_records(options)
        verdicts.decide(library, names[:8], Verdict.CONFIRMED, "ann")
        verdicts.decide(library, names[8:], Verdict.REJECTED, "ann")
    with pytest.raises(UsageError, match=r"decided on 8 pictures with a crack; 10 are needed .* with --data"):
        library_records(options)
    with pytest.raises(
        UsageError, match="nothing to train on; give folders of pictures with --data, or --from-library"
    ):
        find_all(TrainOptions((), tmp_path / "out", "default"))
    # Beside other pictures a few are welcome.
    records, _ = find_all(TrainOptions((pictures,), tmp_path / "out", "default", libraries=(tmp_path / "lib",)))
    assert {record.source for record in records} == {"floor", "library lib", "masked", "wall"}


def test_a_split_with_a_library_keeps_structures_apart(folder: Path, tmp_path: Path, pictures: Path) -> None:
    options = TrainOptions((pictures,), tmp_path / "out", "default", plan=PLAN, libraries=(folder,))
    prepared = prepare(options)
    for share in ("train", "val", "test"):
        assert {record.source for record in prepared.split[share]} >= {"wall", "library lib"}
        assert all(record.folder_split in (None, "train", share) for record in prepared.split[share])
    assert "Split by structure" in prepared.report
    assert (tmp_path / "out" / "split.csv").read_text().count("/lib/pictures/") == 34


def test_a_leak_takes_a_picture_out_rather_than_into_another_share() -> None:
    def record(name: str, source: str, share: str | None) -> Record:
        return Record(Path(name), source, Label.NEGATIVE, name, folder_split=share)

    moved, stays, other = (
        record("a", "library x", "train"),
        record("b", "library x", "test"),
        record("c", "wall", "train"),
    )
    split = kept_apart(Split((), (), (moved, stays, other)))
    assert split == Split((), (), (stays, other), (moved,))


def test_a_folder_that_is_no_library_is_told_before_a_framework_is_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "crackinspector.training.library_run", None)
    given = ["--from-library", str(tmp_path / "nowhere"), "--out", str(tmp_path / "out")]
    assert main(["train", "classifier", *given]) == 2
    assert f"there is no library in {tmp_path / 'nowhere'}" in capsys.readouterr().err


def test_a_picture_whose_map_is_damaged_is_learnt_from_without_a_mask(
    folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    before, _ = found_in(folder, tmp_path / "before")
    masked = {name for name, records in before.items() if records[0].mask is not None}
    for path in (folder / "maps").rglob("*.png"):
        path.write_bytes(b"damaged")
    after, _ = found_in(folder, tmp_path / "after")
    assert masked
    assert {name: records[0].label for name, records in after.items()} == {
        name: records[0].label for name, records in before.items()
    }
    assert not [name for name, records in after.items() if records[0].mask is not None]
    assert "is damaged; restore it from a backup; until then its picture is learnt from without a mask" in caplog.text
