from __future__ import annotations

from pathlib import Path

import pytest

from crackinspector.core.errors import UsageError
from crackinspector.core.labels import Label
from crackinspector.training.dataset import Record
from crackinspector.training.provenance import NOT_STATED, training_data


def records(*sources: str) -> list[Record]:
    return [Record(Path(f"{i}.jpg"), source, Label.NEGATIVE, str(i)) for i, source in enumerate(sources)]


def test_a_folder_name_is_a_hint_and_says_so_and_others_are_not_invented() -> None:
    brick, metu, own = training_data(records("own", "metu", "metu", "brick"), [])
    assert (metu["source"], metu["pictures"], metu["licence"]) == ("metu", 2, "by folder name: CC BY 4.0")
    assert brick["licence"] == NOT_STATED and brick["origin"].startswith("by folder name: ")
    assert (own["licence"], own["origin"]) == (NOT_STATED, NOT_STATED)


def test_a_folder_with_a_table_of_its_own_is_not_guessed_at(tmp_path: Path) -> None:
    mine, other = tmp_path / "mine", tmp_path / "other"
    mine.mkdir()
    (mine / "sources.csv").write_text("source,licence,origin\nbrick,CC0,my garden wall\n", encoding="utf-8")
    found = [
        Record(folder / source / "negative" / "1.jpg", source, Label.NEGATIVE, "1")
        for folder, source in ((mine, "brick"), (mine, "natural"), (other, "metu"))
    ]
    brick, metu, natural = training_data(found, [mine, other])
    assert (brick["licence"], brick["origin"]) == ("CC0", "my garden wall")
    assert metu["licence"] == "by folder name: CC BY 4.0"
    assert (natural["licence"], natural["origin"]) == (NOT_STATED, NOT_STATED)


def test_the_folder_says_it_better(tmp_path: Path) -> None:
    (tmp_path / "sources.csv").write_text('source,licence,origin\nown,CC0,"bridge 7, pier 2"\n', encoding="utf-8")
    own = Record(tmp_path / "own" / "negative" / "1.jpg", "own", Label.NEGATIVE, "1")
    (entry,) = training_data([own], [tmp_path])
    assert (entry["licence"], entry["origin"]) == ("CC0", "bridge 7, pier 2")


def test_a_table_without_the_columns_is_refused(tmp_path: Path) -> None:
    (tmp_path / "sources.csv").write_text("name;licence\nown;CC0\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"sources\.csv"):
        training_data(records("own"), [tmp_path])
