"""Archives from anybody: what is a picture comes out, and nothing else, wherever its name would lead."""

from __future__ import annotations

import gzip
import io
import os
import resource
import struct
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from crackinspector.core.errors import StorageError
from crackinspector.library.places import LOW_SPACE
from crackinspector.survey import archive_members, library_archive
from crackinspector.survey.library_archive import Unpacked, is_archive, unpack
from tests.library import makers

Build = Callable[[Path], None]
PICTURE = makers.jpeg(1)
GOOD = {"day/wall.png": PICTURE, "day/wall.json": b"{}", "sub/positive/b.jpg": makers.jpeg(2)}


def make_zip(path: Path, members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> None:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)


def header(name: str, content: bytes = b"", kind: bytes = tarfile.REGTYPE, link: str = "") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.size, info.type, info.linkname = len(content), kind, link
    return info


def make_tar(path: Path, members: list[tuple[tarfile.TarInfo, bytes]]) -> None:
    with tarfile.open(path, "w:gz" if path.name.lower().endswith("gz") else "w") as archive:
        for info, content in members:
            archive.addfile(info, io.BytesIO(content))


def unpacked(archive: Path) -> tuple[Unpacked, dict[str, bytes]]:
    """What is told and what lies there; nothing may lie anywhere else."""
    home = archive.parent / "run"
    home.mkdir(exist_ok=True)
    before = {path for path in archive.parent.rglob("*") if home not in path.parents}
    found = unpack(archive, home / "unpacked")
    assert {path for path in archive.parent.rglob("*") if home not in path.parents} == before
    files = {
        str(path.relative_to(found.folder)): path.read_bytes() for path in sorted(home.rglob("*")) if path.is_file()
    }
    assert not any(path.is_symlink() for path in home.rglob("*"))
    return found, files


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.tar.gz", "A.TGZ"])
def test_pictures_and_records_come_out_under_their_names(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    rest = {"readme.txt": b"hello", "day/.hidden.jpg": b"x", "Thumbs.db": b"x", "inner.zip": b"PK"}
    if name.endswith("zip"):
        make_zip(path, {**GOOD, **rest})
    else:
        make_tar(path, [(header(member, content), content) for member, content in {**GOOD, **rest}.items()])
    found, files = unpacked(path)
    assert files == GOOD
    assert (found.refused, found.passed_over) == ([], 3)
    assert is_archive(str(path))
    assert not is_archive(str(tmp_path))
    assert not is_archive(str(tmp_path / "gone.zip"))


def zip_of(name: str) -> Build:
    return lambda path: make_zip(path, {**GOOD, name: PICTURE})


def zip_with_a_link(path: Path) -> None:
    make_zip(path, GOOD)
    with zipfile.ZipFile(path, "a") as archive:
        info = zipfile.ZipInfo("link.jpg")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")


def zip_that_is_encrypted(path: Path) -> None:
    make_zip(path, {**GOOD, "secret.jpg": PICTURE})
    content = bytearray(path.read_bytes())
    for signature, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        name = (
            content.rindex(b"secret.jpg", 0, content.rindex(b"secret.jpg"))
            if at == 6
            else content.rindex(b"secret.jpg")
        )
        content[content.rindex(signature, 0, name) + at] |= 1
    path.write_bytes(content)


def zip_with_two_of_a_name(path: Path) -> None:
    make_zip(path, GOOD)
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("day/wall.png", b"another one")


def zip_with_a_damaged_member(path: Path) -> None:
    make_zip(path, {**GOOD, "broken.jpg": PICTURE}, zipfile.ZIP_STORED)
    content = path.read_bytes()
    at = content.index(PICTURE, content.index(b"broken.jpg"))
    path.write_bytes(content[: at + 20] + b"\xff" + content[at + 21 :])


def zip_of_an_unknown_kind(path: Path) -> None:
    make_zip(path, {**GOOD, "odd.jpg": PICTURE}, zipfile.ZIP_STORED)
    content = bytearray(path.read_bytes())
    for signature, at in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        last = content.rindex(signature)
        content[last + at] = 97
    path.write_bytes(content)


def zip_with_a_file_for_a_folder(path: Path) -> None:
    make_zip(path, {**GOOD, "day/wall.png/inner.jpg": PICTURE})


def zip_with_a_flood_in_a_record(path: Path) -> None:
    make_zip(path, {**GOOD, "flood.json": b" " * (library_archive.MOST_RECORD_BYTES + 1)})


def tar_with(name: str, kind: bytes = tarfile.REGTYPE, link: str = "") -> Build:
    content = PICTURE if kind == tarfile.REGTYPE else b""

    def build(path: Path) -> None:
        good = [(header(each, data), data) for each, data in GOOD.items()]
        make_tar(path, [*good, (header(name, content, kind, link), content)])

    return build


TRICKS: list[tuple[str, str, Build, str]] = [
    ("absolute.zip", "/abs/x.jpg", zip_of("/abs/x.jpg"), "leads out of the archive"),
    ("up.zip", "..", zip_of("../../x.jpg"), "leads out of the archive"),
    ("inside.zip", "..", zip_of("sub/../../x.jpg"), "leads out of the archive"),
    ("drive.zip", "C:", zip_of("C:/x.jpg"), "leads out of the archive"),
    ("backslash.zip", "x.jpg", zip_of("..\\x.jpg"), "leads out of the archive"),
    ("long.zip", "x", zip_of("x" * 300 + ".jpg"), "leads out of the archive"),
    ("deep.zip", "x", zip_of("x/" * 100 + "x.jpg"), "leads out of the archive"),
    ("link.zip", "link.jpg", zip_with_a_link, "no plain file"),
    ("encrypted.zip", "secret.jpg", zip_that_is_encrypted, "encrypted"),
    ("twice.zip", "wall.png", zip_with_two_of_a_name, "another one has the same name"),
    ("damaged.zip", "broken.jpg", zip_with_a_damaged_member, "it is damaged"),
    ("unknown.zip", "odd.jpg", zip_of_an_unknown_kind, "it is damaged"),
    ("folder.zip", "inner.jpg", zip_with_a_file_for_a_folder, "a folder and a file have the same name"),
    ("flood.zip", "flood.json", zip_with_a_flood_in_a_record, "too long for a record"),
    ("absolute.tar", "x.jpg", tar_with("/abs/x.jpg"), "leads out of the archive"),
    ("up.tar", "x.jpg", tar_with("../../x.jpg"), "leads out of the archive"),
    ("twice.tar", "wall.png", tar_with("./day/wall.png"), "another one has the same name"),
    ("symlink.tar", "x.jpg", tar_with("x.jpg", tarfile.SYMTYPE, "/etc/passwd"), "no plain file"),
    ("hard.tar", "x.jpg", tar_with("x.jpg", tarfile.LNKTYPE, "/etc/passwd"), "no plain file"),
    ("device.tar", "x.jpg", tar_with("x.jpg", tarfile.CHRTYPE), "no plain file"),
    ("pipe.tar.gz", "x.jpg", tar_with("x.jpg", tarfile.FIFOTYPE), "no plain file"),
]


@pytest.mark.parametrize(("name", "member", "build", "reason"), TRICKS, ids=[trick[0] for trick in TRICKS])
def test_a_hostile_member_stays_where_it_is_and_the_others_come(
    tmp_path: Path, name: str, member: str, build: Build, reason: str
) -> None:
    build(tmp_path / name)
    found, files = unpacked(tmp_path / name)
    assert files == GOOD
    (refused,) = found.refused
    assert member in refused.sentence
    assert reason in refused.sentence


def test_a_folder_that_was_made_a_link_by_the_archive_leads_nowhere(tmp_path: Path) -> None:
    make_tar(
        tmp_path / "a.tar",
        [(header("d", kind=tarfile.SYMTYPE, link="/tmp"), b""), (header("d/x.jpg", PICTURE), PICTURE)],
    )
    found, files = unpacked(tmp_path / "a.tar")
    assert files == {"d/x.jpg": PICTURE}
    assert found.passed_over == 1


def bomb_zip(path: Path) -> None:
    make_zip(path, {"a.jpg": bytes(8 << 20), "b.jpg": bytes(8 << 20)})


def bomb_tar(path: Path) -> None:
    make_tar(path, [(header("a.jpg", bytes(8 << 20)), bytes(8 << 20))])


def bomb_that_is_passed_over(path: Path) -> None:
    make_tar(path, [(header("a.bin", bytes(8 << 20)), bytes(8 << 20))])


def sparse_bomb(path: Path) -> None:
    # A gigabyte of nothing in the old way of GNU tar: one hole, no data.
    block = bytearray(header("a.jpg", kind=tarfile.GNUTYPE_SPARSE).tobuf(tarfile.GNU_FORMAT))
    block[483:495] = b"%011o\0" % (1 << 30)
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block)
    path.write_bytes(gzip.compress(bytes(block) + bytes(1024)))


@pytest.mark.parametrize("build", [bomb_zip, bomb_tar, bomb_that_is_passed_over, sparse_bomb])
def test_bombs_are_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, build: Build) -> None:
    monkeypatch.setattr(archive_members, "FREE_BYTES", 1 << 20)
    path = tmp_path / ("bomb.zip" if build is bomb_zip else "bomb.tgz")
    build(path)
    assert path.stat().st_size < 40_000
    found, files = unpacked(path)
    assert sum(map(len, files.values())) < 8 << 20
    (refused,) = found.refused
    assert "times its size" in refused.sentence or "no plain file" in refused.sentence


def test_an_archive_that_the_disk_cannot_take_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_zip(tmp_path / "a.zip", GOOD)
    monkeypatch.setattr(library_archive, "space_left", lambda folder: LOW_SPACE + 100)
    with pytest.raises(StorageError, match="No space left on device; free some space"):
        unpacked(tmp_path / "a.zip")


def test_a_disk_that_is_full_in_the_middle_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_zip(tmp_path / "a.zip", GOOD)

    def full(*arguments: object) -> None:
        raise OSError(28, os.strerror(28))

    opened = Path.open
    monkeypatch.setattr(Path, "open", lambda path, mode="r": full() if "x" in mode else opened(path, mode))
    with pytest.raises(StorageError, match="No space left on device"):
        unpack(tmp_path / "a.zip", tmp_path / "run")


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.tar.gz"])
def test_an_archive_that_was_cut_short_gives_what_is_whole(tmp_path: Path, name: str) -> None:
    members = {f"{number}.png": os.urandom(4000) for number in range(8)}
    if name == "a.zip":
        make_zip(tmp_path / name, members)
    else:
        make_tar(tmp_path / name, [(header(member, content), content) for member, content in members.items()])
    content = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(content[: len(content) // 2])
    found, files = unpacked(tmp_path / name)
    # A zip file's directory is at its end.
    assert bool(files) == (name != "a.zip")
    assert all(members[member] == content for member, content in files.items())
    assert any("damaged" in refused.sentence for refused in found.refused)


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.tgz"])
@pytest.mark.parametrize("content", [b"", b"this is no archive", bytes(3000), b"PK\x05\x06" + b"\xff" * 18])
def test_what_is_no_archive_is_told(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    found, files = unpacked(tmp_path / name)
    assert files == {}
    # A tar file of zeros alone is an empty one.
    assert len(found.refused) == (0 if name == "a.tar" and content == bytes(3000) else 1)


def zip_of_many(path: Path, count: int) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(count):
            archive.writestr(f"{number}.txt", b"")


def tar_of_many(path: Path, count: int) -> None:
    block = header("x.txt").tobuf()
    with gzip.open(path, "wb", 1) as file:
        for _ in range(count):
            file.write(block)


@pytest.mark.parametrize(("name", "build"), [("many.zip", zip_of_many), ("many.tgz", tar_of_many)])
def test_too_many_entries_are_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, build: Callable[[Path, int], None]
) -> None:
    build(tmp_path / name, 3000)
    assert unpacked(tmp_path / name)[0].passed_over == 3000
    monkeypatch.setattr(archive_members, "MOST_ENTRIES", 1000)
    (refused,) = unpacked(tmp_path / name)[0].refused
    assert refused.sentence.endswith("is given up: it has more than 1000 entries")


def zip_that_says_it_has_few(path: Path, count: int) -> None:
    """One file under so many names, of which the record at the end counts a handful."""
    one = io.BytesIO()
    with zipfile.ZipFile(one, "w") as archive:
        archive.writestr("x.jpg", b"")
    whole = one.getvalue()
    start, end = whole.index(b"PK\x01\x02"), whole.index(b"PK\x05\x06")
    entries = whole[start:end] * count
    path.write_bytes(whole[:start] + entries + struct.pack("<4s4x2H2L2x", b"PK\x05\x06", 3, 3, len(entries), start))


def test_entries_are_counted_whatever_the_archive_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    zip_that_says_it_has_few(tmp_path / "a.zip", 2000)
    assert len(unpacked(tmp_path / "a.zip")[0].refused) == library_archive.MOST_TOLD + 1
    monkeypatch.setattr(archive_members, "MOST_ENTRIES", 1000)
    monkeypatch.setattr(zipfile, "ZipFile", lambda file: pytest.fail("it was read"))
    (refused,) = unpacked(tmp_path / "a.zip")[0].refused
    assert "more than 1000 entries" in refused.sentence


@pytest.mark.slow
@pytest.mark.parametrize(("name", "build"), [("many.zip", zip_that_says_it_has_few), ("many.tgz", tar_of_many)])
def test_a_million_entries_are_given_up_and_not_held_in_memory(
    tmp_path: Path, name: str, build: Callable[[Path, int], None]
) -> None:
    build(tmp_path / name, 1_000_000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    (refused,) = unpacked(tmp_path / name)[0].refused
    assert "is given up: it " in refused.sentence
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000


def test_a_directory_that_is_too_long_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    zip_of_many(tmp_path / "many.zip", 100)
    monkeypatch.setattr(archive_members, "MOST_DIRECTORY_BYTES", 1000)
    monkeypatch.setattr(zipfile.ZipFile, "infolist", lambda archive: pytest.fail("it was read"))
    (refused,) = unpacked(tmp_path / "many.zip")[0].refused
    assert "its directory is too long" in refused.sentence


def test_a_header_that_is_too_long_is_not_held_in_memory(tmp_path: Path) -> None:
    info = header("long", kind=tarfile.XHDTYPE)
    info.size = 10 << 30
    (tmp_path / "a.tar").write_bytes(info.tobuf(tarfile.GNU_FORMAT) + bytes(4096))
    (refused,) = unpacked(tmp_path / "a.tar")[0].refused
    assert "a header that is too long" in refused.sentence


def test_many_refusals_are_counted_and_not_all_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library_archive, "MOST_TOLD", 3)
    make_zip(tmp_path / "a.zip", {f"../{number}.jpg": b"" for number in range(10)})
    found, _ = unpacked(tmp_path / "a.zip")
    assert len(found.refused) == 4
    assert found.refused[-1].sentence.startswith("7 more members of ")
