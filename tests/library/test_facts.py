from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from crackinspector.core.errors import PictureError
from crackinspector.library.facts import Facts, read_facts
from crackinspector.library.filesystem import file_system, is_shared


def picture(path: Path, kind: str, exif: Image.Exif | None = None) -> Path:
    Image.fromarray(np.full((6, 8, 3), 90, np.uint8)).save(path, kind, **({"exif": exif} if exif is not None else {}))
    return path


def exif() -> Image.Exif:
    made = Image.Exif()
    made[0x0112] = 6
    details, gps = made.get_ifd(0x8769), made.get_ifd(0x8825)
    details[0x9003], details[0x9011], details[0x9291] = "2026:11:21 16:30:12", "+09:00", "25"
    gps[1], gps[2], gps[3], gps[4] = "S", (37.0, 30.0, 0.0), "E", (127.0, 0.0, 36.0)
    return made


@pytest.mark.parametrize(
    ("kind", "suffix"), [("JPEG", ".jpg"), ("PNG", ".png"), ("TIFF", ".tif"), ("WEBP", ".webp"), ("BMP", ".bmp")]
)
def test_the_kind_is_told_by_the_content(tmp_path: Path, kind: str, suffix: str) -> None:
    facts = read_facts(picture(tmp_path / "odd.name", kind))
    assert (facts.suffix, facts.width, facts.height, facts.taken) == (suffix, 8, 6, None)
    assert facts.bytes == (tmp_path / "odd.name").stat().st_size
    assert Facts.parse(facts.values()) == facts


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_time_place_and_orientation_come_from_exif(tmp_path: Path, kind: str) -> None:
    facts = read_facts(picture(tmp_path / "a", kind, exif()))
    assert (facts.width, facts.height) == (6, 8)
    assert facts.taken == "2026-11-21T16:30:12.250+09:00"
    assert (facts.latitude, facts.longitude) == (-37.5, 127.01)


def test_a_tiff_that_lies_on_its_side_is_as_high_as_it_is_when_upright(tmp_path: Path) -> None:
    facts = read_facts(picture(tmp_path / "a", "TIFF", exif()))
    assert (facts.width, facts.height) == (6, 8)


def test_exif_that_makes_no_sense_is_passed_over(tmp_path: Path) -> None:
    odd = exif()
    odd.get_ifd(0x8769)[0x9003] = "0000:00:00 00:00:00"
    odd.get_ifd(0x8825)[2] = (900.0, 0.0, 0.0)
    facts = read_facts(picture(tmp_path / "a", "JPEG", odd))
    assert (facts.taken, facts.latitude, facts.longitude) == (None, None, None)
    content = io.BytesIO()
    Image.new("RGB", (8, 6)).save(content, "JPEG", exif=b"Exif\0\0II*\0" + b"\xff" * 40)
    (tmp_path / "b").write_bytes(content.getvalue())
    assert read_facts(tmp_path / "b").taken is None


@pytest.mark.parametrize("content", [b"", b"hello", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0"])
def test_what_is_no_picture_is_told_by_the_name_that_was_given(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a").write_bytes(content)
    with pytest.raises(PictureError, match=r"cannot read wall\.jpg: it is not a picture, or is damaged"):
        read_facts(tmp_path / "a", called=Path("wall.jpg"))


MOUNTS = """\
22 1 259:1 / / rw,relatime shared:1 - ext4 /dev/root rw
40 22 0:35 / /home rw - nfs4 server:/home rw
41 40 0:36 / /home/ann/my\\040card rw - vfat /dev/sdb1 rw
42 22 0:37 / /media/phone rw - fuse.jmtpfs jmtpfs rw
43 22 0:38 / /media/stick rw - ext4 /dev/sdc1 rw
44 22 0:39 / /media/stick rw - fuseblk /dev/sdd1 rw
a line that says nothing
"""


@pytest.mark.parametrize(
    ("folder", "kind", "shared"),
    [
        ("/srv/library", "ext4", False),
        ("/home/bob/library", "nfs4", True),
        ("/homework", "ext4", False),
        ("/home/ann/my card/library", "vfat", False),
        ("/media/phone", "fuse.jmtpfs", True),
        ("/media/stick/x", "fuseblk", False),
    ],
)
def test_where_a_folder_lies(tmp_path: Path, folder: str, kind: str, shared: bool) -> None:
    (tmp_path / "mounts").write_text(MOUNTS)
    assert file_system(Path(folder), tmp_path / "mounts") == kind
    assert is_shared(kind) == shared


def test_where_nobody_tells_a_folder_is_taken_for_a_local_one(tmp_path: Path) -> None:
    assert file_system(tmp_path, tmp_path / "missing") == ""
    assert not is_shared("")
    assert file_system(tmp_path) != ""
