from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crackinspector.core.errors import UsageError
from crackinspector.core.labels import Label
from crackinspector.core.natural import natural_key
from crackinspector.training.dataset import Record
from crackinspector.training.splits import SPLITS, Plan, blocks_of, read_groups, reassign, split_records


def record(group: str, label: Label = Label.NEGATIVE, source: str = "wall", split: str | None = None) -> Record:
    return Record(Path(f"{source}/{label}/{group}.jpg"), source, label, group, None, split)


numbers = st.lists(st.integers(0, 20_000), min_size=8, max_size=200, unique=True)


@given(numbers, st.integers(0, 5), st.integers(3, 30))
def test_a_group_never_parts_and_nothing_is_lost_or_doubled(chosen: list[int], seed: int, blocks: int) -> None:
    records = [record(f"{n:05d}", label) for n in chosen for label in (Label.NEGATIVE, Label.POSITIVE)]
    split = split_records(records, Plan(seed=seed, blocks=blocks))
    everyone = [*split.train, *split.val, *split.test, *split.left_out]
    assert sorted(map(repr, everyone)) == sorted(map(repr, records))
    shares = [{r.key for r in split[name]} for name in SPLITS]
    assert not (shares[0] & shares[1] or shares[0] & shares[2] or shares[1] & shares[2])
    assert all(shares)


@given(numbers, st.integers(1, 30))
def test_blocks_are_contiguous_runs_of_the_natural_order(chosen: list[int], blocks: int) -> None:
    records = [record(str(n)) for n in chosen]
    runs = blocks_of(records, blocks)
    assert [group for run in runs for group in run] == sorted((r.group for r in records), key=natural_key)
    assert len(runs) <= blocks
    assert all(runs)


def test_neighbours_stay_together_and_the_guard_keeps_borders_apart() -> None:
    records = [record(f"{n:05d}") for n in range(400)]
    split = split_records(records, Plan(guard=2))
    held = {int(r.group) for r in (*split.val, *split.test)}
    trained = {int(r.group) for r in split.train}
    assert min(abs(a - b) for a in trained for b in held) == 3
    assert len(held) == pytest.approx(120, abs=2)
    # A random split of as many pictures would have about 84 borders.
    assert sum((n in held) != (n + 1 in held) for n in range(399)) <= 12


def test_the_same_seed_gives_the_same_split_and_another_seed_another() -> None:
    records = [record(f"{n:05d}") for n in range(100)]
    assert split_records(records, Plan(seed=3)) == split_records(list(records), Plan(seed=3))
    assert split_records(records, Plan(seed=3)).test != split_records(records, Plan(seed=4)).test


def test_folder_splits_are_kept_where_there_are_several_and_the_strictest_wins() -> None:
    records = [
        record("a", split="train"),
        record("b", split="val"),
        record("c", split="test"),
        record("c", Label.POSITIVE, split="train"),
    ]
    split = split_records(records)
    assert [r.group for r in split.train] == ["a"]
    assert [r.group for r in split.val] == ["b"]
    assert [r.group for r in split.test] == ["c", "c"]


def test_one_folder_split_alone_says_nothing() -> None:
    split = split_records([record(str(n), split="train") for n in range(40)])
    assert split.val
    assert split.test


def test_reassigned_groups_go_whole() -> None:
    records = [record(str(n), label) for n in range(40) for label in (Label.NEGATIVE, Label.POSITIVE)]
    split = split_records(records)
    key = split.train[0].key
    moved = reassign(split, {key: "test"})
    assert [r for r in moved.test if r.key == key] == [r for r in records if r.key == key]
    assert not [r for r in moved.train if r.key == key]


@pytest.mark.parametrize("plan", [Plan(val=0.5, test=0.5), Plan(val=-0.1), Plan(blocks=0)])
def test_impossible_shares_are_told(plan: Plan) -> None:
    with pytest.raises(UsageError, match="share"):
        split_records([record("1")], plan)


def test_a_group_file_overrides_groups(tmp_path: Path) -> None:
    records = [Record(tmp_path / f"{n}.jpg", "wall", Label.NEGATIVE, str(n)) for n in range(3)]
    (tmp_path / "groups.csv").write_text("path,group\n0.jpg,north\n2.jpg,north\n")
    found = read_groups(tmp_path / "groups.csv", records, [tmp_path])
    assert [r.group for r in found] == ["north", "1", "north"]


@pytest.mark.parametrize(("text", "reason"), [("0.jpg\n", "no group"), ("9.jpg,north\n", r"9\.jpg")])
def test_a_wrong_group_file_is_told(tmp_path: Path, text: str, reason: str) -> None:
    (tmp_path / "groups.csv").write_text(text)
    with pytest.raises(UsageError, match=reason):
        read_groups(tmp_path / "groups.csv", [Record(tmp_path / "0.jpg", "w", Label.NEGATIVE, "0")], [tmp_path])


@pytest.mark.parametrize(("groups", "shares"), [(1, (1, 0, 0)), (2, (1, 1, 0)), (3, (1, 1, 1))])
def test_few_groups_go_to_training_first_and_then_to_validation(groups: int, shares: tuple[int, int, int]) -> None:
    split = split_records([record(str(n)) for n in range(groups)])
    assert (len(split.train), len(split.val), len(split.test)) == shares
