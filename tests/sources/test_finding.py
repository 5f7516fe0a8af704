"""What paths mean: order, folders, links, names."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from crackinspector.core.errors import PictureError
from crackinspector.sources.finding import FoundPicture, find_pictures
from crackinspector.sources.pictures import open_picture


def touch(*paths: Path) -> None:
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")


def names(found: list[FoundPicture]) -> list[str]:
    return [picture.relative.as_posix() for picture in found]


def test_natural_order_and_own_pictures_before_subfolders(tmp_path: Path) -> None:
    touch(*(tmp_path / name for name in ("wall10.jpg", "Wall2.JPG", "wall1.png", "b/1.tif", "a10/x.webp", "a9/x.bmp")))
    assert names(find_pictures([tmp_path])) == [
        "wall1.png",
        "Wall2.JPG",
        "wall10.jpg",
        "a9/x.bmp",
        "a10/x.webp",
        "b/1.tif",
    ]


def test_only_visible_pictures_of_folders(tmp_path: Path) -> None:
    touch(
        *(tmp_path / name for name in ("a.jpg", ".hidden.jpg", "._a.jpg", ".cache/b.jpg", "notes.txt", "jpg", "c.gif"))
    )
    assert names(find_pictures([tmp_path])) == ["a.jpg"]


def test_what_is_to_be_left_alone_is_not_looked_into(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    touch(*(tmp_path / name for name in ("a.jpg", "kept/b.jpg", "kept/notes.txt", "kept/deep/c.jpg", "in/d.jpg")))
    listed: list[Path] = []
    others: list[Path] = []
    scan = os.scandir

    def scandir(path: Path) -> object:
        listed.append(path)
        return scan(path)

    monkeypatch.setattr(os, "scandir", scandir)
    found = find_pictures([tmp_path, tmp_path / "kept"], others.append, lambda folder: folder.name == "kept")
    assert names(found) == ["a.jpg", "in/d.jpg"]
    assert (listed, others) == ([tmp_path, tmp_path / "in"], [])
    # What is asked for by its name is given.
    named = tmp_path / "kept" / "b.jpg"
    assert find_pictures([named], left_alone=lambda folder: True) == [FoundPicture(named, named.parent)]


def test_what_is_passed_over_is_told_once(tmp_path: Path) -> None:
    litter = (".DS_Store", "._a.jpg", ".git/config", "Thumbs.db", "sub/desktop.ini", "Icon\r")
    touch(*(tmp_path / name for name in ("a.jpg", "notes.txt", "sub/c.gif", "sub/scan.dat", "no suffix", *litter)))
    (tmp_path / "again").symlink_to(tmp_path / "sub", target_is_directory=True)
    told: list[Path] = []
    found = find_pictures(
        [tmp_path / "missing.txt", tmp_path, tmp_path / "sub", tmp_path / "sub/scan.dat"], told.append
    )
    assert names(found) == ["missing.txt", "a.jpg", "scan.dat"]
    assert sorted(path.name for path in told) == ["c.gif", "no suffix", "notes.txt"]


def test_what_is_given_by_name_is_kept_in_its_place(tmp_path: Path) -> None:
    touch(tmp_path / "z.dat", tmp_path / "folder/a.jpg", tmp_path / ".b.jpg")
    given = [tmp_path / "z.dat", tmp_path / "missing.jpg", tmp_path / "folder", tmp_path / ".b.jpg"]
    found = find_pictures(given)
    assert names(found) == ["z.dat", "missing.jpg", "a.jpg", ".b.jpg"]
    with pytest.raises(PictureError, match=r"missing\.jpg: there is no such file"):
        open_picture(found[1].path)


def test_relative_paths_stay_relative(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    touch(tmp_path / "in/a.jpg", tmp_path / "b.jpg")
    monkeypatch.chdir(tmp_path)
    found = find_pictures([".", "in", "../" + tmp_path.name + "/b.jpg"])
    assert [str(picture.path) for picture in found] == ["b.jpg", str(Path("in/a.jpg"))]
    assert names(found) == ["b.jpg", "in/a.jpg"]


def test_a_picture_that_is_meant_twice_is_listed_once(tmp_path: Path) -> None:
    touch(tmp_path / "in/a.jpg", tmp_path / "in/b.jpg")
    found = find_pictures([tmp_path / "in/b.jpg", tmp_path, tmp_path / "in", tmp_path / "in" / ".." / "in" / "a.jpg"])
    assert names(found) == ["b.jpg", "in/a.jpg"]


def test_loops_of_links_end(tmp_path: Path) -> None:
    touch(tmp_path / "in/a.jpg")
    (tmp_path / "in/up").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "again").symlink_to(tmp_path / "in", target_is_directory=True)
    (tmp_path / "self.jpg").symlink_to(tmp_path / "self.jpg")
    (tmp_path / "gone.jpg").symlink_to(tmp_path / "nowhere.jpg")
    (tmp_path / "link.jpg").symlink_to(tmp_path / "in/a.jpg")
    assert names(find_pictures([tmp_path])) == ["gone.jpg", "link.jpg", "self.jpg", "again/a.jpg"]


def test_a_folder_that_cannot_be_listed_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    touch(tmp_path / "closed/a.jpg", tmp_path / "open/b.jpg")
    scandir = os.scandir

    def refuse(path: Path) -> os._ScandirIterator[str]:
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    found = find_pictures([tmp_path])
    assert names(found) == ["closed", "open/b.jpg"]
    with pytest.raises(PictureError, match="folder"):
        open_picture(found[0].path)
    assert names(find_pictures([tmp_path / "closed"])) == ["closed"]


def test_names_that_are_not_utf8(tmp_path: Path) -> None:
    try:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/f\xfcr.jpg")).write_bytes(b"")
    except OSError:
        pytest.skip("this file system takes no such names")
    touch(tmp_path / "ä ö\n.jpg")
    found = [os.fsencode(picture.relative) for picture in find_pictures([tmp_path])]
    assert found == [b"f\xfcr.jpg", "ä ö\n.jpg".encode()]


def test_a_folder_that_may_not_be_listed_is_told_as_such(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = tmp_path / "closed"
    touch(closed / "wall.jpg", tmp_path / "open.jpg")
    scandir = os.scandir

    # Not by chmod: root, which tests may run as, lists every folder.
    def refuse(path: Path) -> object:
        if Path(path) == closed:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert [picture.path for picture in find_pictures([closed])] == [closed]
    assert [picture.path for picture in find_pictures([tmp_path])] == [tmp_path / "open.jpg", closed]
    with pytest.raises(PictureError, match=r"closed: you are not allowed to list this folder: check its permissions$"):
        open_picture(closed)
    with pytest.raises(PictureError, match=r"this is a folder, not a picture$"):
        open_picture(tmp_path)
