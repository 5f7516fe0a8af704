from __future__ import annotations

from pathlib import Path

import pytest

from crackinspector.core.errors import UsageError
from crackinspector.core.labels import Label
from crackinspector.training.dataset import Record
from crackinspector.training.provenance import NOT_STATED, training_data


def records(*sources: str) -> list[Record]:
    return [Record(Path(f"{i}.jpg"), source, Label.NEGATIVE, str(i)) for i, source in enumerate(sources)]


def test_published_collections_are_known_and_others_are_not_invented() -> None:
    metu, own = training_data(records("own", "metu", "metu"), [])
    assert (metu["source"], metu["pictures"], metu["licence"]) == ("metu", 2, "CC BY 4.0")
    assert (own["licence"], own["origin"]) == (NOT_STATED, NOT_STATED)


def test_the_folder_says_it_better(tmp_path: Path) -> None:
    (tmp_path / "sources.csv").write_text('source,licence,origin\nown,CC0,"bridge 7, pier 2"\n', encoding="utf-8")
    (entry,) = training_data(records("own"), [tmp_path])
    assert (entry["licence"], entry["origin"]) == ("CC0", "bridge 7, pier 2")


def test_a_table_without_the_columns_is_refused(tmp_path: Path) -> None:
    (tmp_path / "sources.csv").write_text("name;licence\nown;CC0\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"sources\.csv"):
        training_data(records("own"), [tmp_path])
