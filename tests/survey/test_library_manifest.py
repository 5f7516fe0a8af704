"""Tables of pictures, by whom they may be."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from crackinspector.core.errors import UsageError
from crackinspector.survey import library_manifest
from crackinspector.survey.library_manifest import Told, read_manifest
from tests.library import makers


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """`a.png`, `sub/b.png` and a link that leads out, beside the place for a manifest."""
    folder = tmp_path / "survey"
    (folder / "sub").mkdir(parents=True)
    (folder / "a.png").write_bytes(makers.jpeg(1))
    (folder / "sub" / "b.png").write_bytes(makers.jpeg(2))
    (tmp_path / "secret.png").write_bytes(makers.jpeg(3))
    (folder / "link.png").symlink_to(tmp_path / "secret.png")
    (folder / "linked").symlink_to(tmp_path)
    return folder


FULL = Told(("Bridge 7", "pier", "2026"), "2026-11-21T10:00:00", ("wet", "spalling"), (37.5, -127.25))


def test_a_table_says_what_is_known(folder: Path) -> None:
    (folder / "m.csv").write_text(
        "\ufeffPath,Structure,element,inspection,taken,tags,latitude,longitude,\n"
        'a.png,Bridge 7,pier,2026,2026-11-21T10:00:00,"wet; spalling;wet",37.5,-127.25,\n'
        "\n"
        "sub/b.png\n",
        encoding="utf-8",
    )
    found, refused = read_manifest(folder / "m.csv")
    assert found == [(folder / "a.png", "a.png", FULL), (folder / "sub" / "b.png", "sub/b.png", Told())]
    assert refused == []


def test_lines_of_json_say_the_same(folder: Path) -> None:
    rows: list[dict[str, object]] = [
        {
            **{"path": "a.png", "structure": "Bridge 7", "element": "pier", "inspection": "2026"},
            **{"taken": "2026-11-21T10:00:00", "tags": ["wet", "spalling"], "latitude": 37.5, "longitude": -127.25},
        },
        {"path": "sub/b.png", "tags": None, "structure": None},
    ]
    (folder / "m.jsonl").write_text("\n\n".join(map(json.dumps, rows)))
    found, refused = read_manifest(folder / "m.jsonl")
    assert [told for _, _, told in found] == [FULL, Told()]
    assert refused == []


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"path": "/etc/passwd"}, "/etc/passwd does not lie below the manifest's folder"),
        ({"path": "../secret.png"}, "../secret.png does not lie below"),
        ({"path": "sub/../../secret.png"}, "sub/../../secret.png does not lie below"),
        ({"path": "link.png"}, "link.png does not lie below"),
        ({"path": "linked/secret.png"}, "linked/secret.png does not lie below"),
        ({"path": "a.png\0.jpg"}, "a.png\\x00.jpg does not lie below"),
        ({"path": "sub"}, "there is no file sub"),
        ({"path": "gone.png"}, "there is no file gone.png"),
        ({"path": "x" * 5000}, "there is no file x"),
        ({"path": ""}, "it names no picture"),
        ({"path": 7}, "it names no picture"),
        ({"structure": "B"}, "it names no picture"),
        ({"path": "a.png", "structure": "x" * 201}, "structure takes a text of one line with at most 200 characters"),
        ({"path": "a.png", "element": "two\nlines"}, "element takes a text of one line"),
        ({"path": "a.png", "inspection": 2026}, "inspection takes a text"),
        ({"path": "a.png", "structure": "\udcc7"}, "structure takes a text"),
        ({"path": "a.png", "taken": "yesterday"}, "taken is yesterday, which is no moment like"),
        ({"path": "a.png", "tags": 5}, "tags takes names parted by semicolons"),
        ({"path": "a.png", "tags": ["ok", 5]}, "tags takes a text"),
        ({"path": "a.png", "latitude": 91, "longitude": 0}, "latitude takes degrees from -90 to 90"),
        ({"path": "a.png", "latitude": 9}, "longitude takes degrees from -180 to 180, and both are needed"),
        ({"path": "a.png", "latitude": "nan", "longitude": "0"}, "latitude takes degrees"),
        ({"path": "a.png", "latitude": True, "longitude": 0}, "latitude takes degrees"),
        ({"path": "a.png", "latitude": 10**400, "longitude": 0}, "latitude takes degrees"),
        ("no object", "it is no object"),
        ("[" * 100_000, "it is not JSON"),
    ],
)
def test_a_row_that_is_no_good_is_told_with_its_line_and_the_others_go_on(
    folder: Path, row: object, reason: str
) -> None:
    lines = [json.dumps({"path": "sub/b.png"}), row if row == "[" * 100_000 else json.dumps(row)]
    (folder / "m.jsonl").write_text("\n".join([*map(str, lines), json.dumps({"path": "a.png"})]))
    found, refused = read_manifest(folder / "m.jsonl")
    assert [name for _, name, _ in found] == ["sub/b.png", "a.png"]
    (only,) = refused
    assert f"m.jsonl, line 2: {reason}" in only.sentence


def test_a_picture_is_named_once(folder: Path) -> None:
    (folder / "m.csv").write_text("path,structure\na.png,B1\na.png,B2\n")
    found, (refused,) = read_manifest(folder / "m.csv")
    assert [told.place[0] for _, _, told in found] == ["B1"]
    assert refused.sentence.endswith("line 3: a.png is named in line 2 already")


def test_rows_of_a_table_that_are_no_rows_are_told(folder: Path) -> None:
    (folder / "m.csv").write_text('path,structure\na.png,B1,too,many\n"a"b.png,B\nsub/b.png,B2\n')
    found, refused = read_manifest(folder / "m.csv")
    assert [name for _, name, _ in found] == ["sub/b.png"]
    assert [each.sentence.split(": ")[0].rpartition(", ")[2] for each in refused] == ["line 2", "line 3"]


@pytest.mark.parametrize("content", ["", "name,structure\na.png,B\n", '"open\n', "\x00\x01\x02"])
def test_a_table_without_paths_is_none(folder: Path, content: str) -> None:
    (folder / "m.csv").write_text(content)
    with pytest.raises(UsageError, match="its first line gives the columns path, structure, element"):
        read_manifest(folder / "m.csv")


def test_a_table_that_is_too_long_or_not_there_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "m.csv").write_text("path\n" + "gone.png\n" * 500)
    monkeypatch.setattr(library_manifest, "MOST_TOLD", 5)
    assert len(read_manifest(folder / "m.csv")[1]) == 6
    monkeypatch.setattr(library_manifest, "MOST_ROWS", 100)
    with pytest.raises(UsageError, match="more than 100 rows; split it"):
        read_manifest(folder / "m.csv")
    monkeypatch.setattr(library_manifest, "MOST_BYTES", 100)
    with pytest.raises(UsageError, match="is longer than 0 MB; split it"):
        read_manifest(folder / "m.csv")
    with pytest.raises(UsageError, match="cannot read the manifest"):
        read_manifest(folder / "gone.csv")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_only_line_breaks_end_a_row(folder: Path, end: str) -> None:
    rows = ["path,tags", "a.png,wet\u2028\u0085stain", 'sub/b.png,"two\nlines"', "gone.png,x"]
    (folder / "m.csv").write_bytes(end.join(rows).encode())
    found, refused = read_manifest(folder / "m.csv")
    assert [(called, told.tags) for _, called, told in found] == [("a.png", ("wet\u2028\u0085stain",))]
    assert [each.sentence.partition(": ")[0].rpartition(", ")[2] for each in refused] == ["line 3", "line 5"]


@pytest.mark.parametrize(
    ("name", "content", "line"),
    [
        ("m.csv", "path,structure\na.png,한강 7교\n".encode("cp949"), 2),
        ("m.csv", "path,structure\na.png,B\n".encode("utf-16"), 1),
        ("m.jsonl", '{"path": "a.png", "structure": "한강 7교"}\n'.encode("cp949"), 1),
    ],
)
def test_what_is_not_utf_8_is_refused(folder: Path, name: str, content: bytes, line: int) -> None:
    (folder / name).write_bytes(content)
    with pytest.raises(UsageError, match=rf"is not UTF-8 \(line {line}\); save it as .*UTF-8$"):
        read_manifest(folder / name)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("m.csv", "path,struktur,Tag\na.png,B,wet\n"),
        ("m.jsonl", '{"path": "a.png"}\n{"path": "sub/b.png", "struktur": "B", "tag": "wet"}'),
    ],
)
def test_a_column_that_nobody_knows_is_refused(folder: Path, name: str, content: str) -> None:
    (folder / name).write_text(content)
    with pytest.raises(UsageError, match=r"nobody knows \(struktur, tag\); known are path, structure, element"):
        read_manifest(folder / name)


def test_columns_are_named_once_and_what_has_no_name_says_nothing(folder: Path) -> None:
    (folder / "m.csv").write_text("path,structure,\na.png,B1,\nsub/b.png,B1,x\n")
    found, (refused,) = read_manifest(folder / "m.csv")
    assert [name for _, name, _ in found] == ["a.png"]
    assert refused.sentence.endswith("line 3: it says something in a column without a name")
    (folder / "m.csv").write_text("path,structure,Structure\na.png,B1,B2\n")
    with pytest.raises(UsageError, match="has the column structure more than once"):
        read_manifest(folder / "m.csv")
