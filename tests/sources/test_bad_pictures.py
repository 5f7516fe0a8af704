"""Files that cannot be read: always a `PictureError` with a sentence, and not a word on stderr."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from crackinspector.core.errors import PictureError
from crackinspector.sources import pictures
from crackinspector.sources.pictures import open_picture
from tests.sources.picture_files import encode, png, png_chunk_after_pixels, scene

# As the package asks for outside of tests, where warnings are not errors.
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:PIL.TiffImagePlugin")

ROOT = Path(__file__).resolve().parents[2]
IMAGE = Image.fromarray(scene(70, 50))
NOISE = Image.fromarray(np.random.default_rng(3).integers(0, 256, (40, 50, 3), dtype=np.uint8))


def _files() -> dict[str, bytes]:
    thumbnail = Image.Exif()
    thumbnail[0x0112] = 6
    return {
        "baseline": encode(IMAGE, "JPEG", orientation=3),
        "progressive": encode(NOISE, "JPEG", progressive=True),
        "cmyk": encode(IMAGE.convert("CMYK"), "JPEG"),
        "thumbnail": encode(NOISE, "JPEG", exif=thumbnail.tobytes() + encode(IMAGE, "JPEG")),
        "png": encode(NOISE, "PNG"),
        "palette png": encode(IMAGE.convert("P"), "PNG"),
        "deep png": png(np.asarray(NOISE).astype(np.uint16) * 257, 2, 16),
        "tiff": encode(NOISE, "TIFF"),
        "lzw tiff": encode(NOISE, "TIFF", compression="tiff_lzw"),
        "deflate tiff": encode(NOISE, "TIFF", compression="tiff_adobe_deflate"),
        "jpeg tiff": encode(NOISE, "TIFF", compression="jpeg"),
        "webp": encode(NOISE, "WebP"),
        "lossless webp": encode(NOISE, "WebP", lossless=True),
        "bmp": encode(NOISE, "BMP"),
        "palette bmp": encode(IMAGE.convert("P"), "BMP"),
    }


FILES = _files()


def read(path: Path, by_strips: bool) -> None:
    with pytest.MonkeyPatch.context() as patch:
        if by_strips:
            patch.setattr(pictures, "LARGE_PIXELS", 0)
        for _ in open_picture(path).strips(8):
            pass


def reason(path: Path, by_strips: bool = False) -> str:
    with pytest.raises(PictureError) as caught:
        read(path, by_strips)
    text = str(caught.value)
    assert text.startswith("cannot read ")
    assert path.name in text
    assert "\n" not in text
    return text


@settings(max_examples=300)
@given(name=st.sampled_from(sorted(FILES)), keep=st.floats(0, 1, exclude_max=True), by_strips=st.booleans())
def test_cut_short_anywhere(name: str, keep: float, by_strips: bool) -> None:
    data = FILES[name]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cut"
        path.write_bytes(data[: int(keep * len(data))])
        reason(path, by_strips)


@pytest.mark.parametrize("by_strips", [False, True])
@pytest.mark.parametrize("name", ["baseline", "progressive", "png", "deep png", "tiff", "webp", "bmp"])
def test_the_last_byte_missing(tmp_path: Path, name: str, by_strips: bool) -> None:
    path = tmp_path / "cut"
    path.write_bytes(FILES[name][:-2])
    if name != "tiff":
        assert "cut short" in reason(path, by_strips)


@settings(max_examples=300)
@given(name=st.sampled_from(sorted(FILES)), by_strips=st.booleans(), data=st.data())
def test_damaged_anywhere_gives_a_picture_or_an_error(name: str, by_strips: bool, data: st.DataObject) -> None:
    content = bytearray(FILES[name])
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, min(len(content), 600) - 1) | st.integers(0, len(content) - 1))
        content[at] = data.draw(st.integers(0, 255))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "damaged"
        path.write_bytes(content)
        try:
            read(path, by_strips)
        except PictureError as error:
            # a changed tag may also say that a TIFF is of a kind that is not read
            assert any(word in str(error) for word in ("damaged", "bits can be read", "cannot be read here"))


@given(st.binary(max_size=200))
def test_anything_at_all(data: bytes) -> None:
    for magic in (b"", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"II*\0", b"RIFF\0\0\0\0WEBPVP8 ", b"BM"):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "anything"
            path.write_bytes(magic + data)
            reason(path)


@pytest.mark.parametrize("by_strips", [False, True])
def test_a_hole_in_a_jpeg_is_damage(tmp_path: Path, by_strips: bool) -> None:
    data = FILES["progressive"]
    middle = len(data) // 2
    path = tmp_path / "hole.jpg"
    path.write_bytes(data[:middle] + data[middle + 300 :])
    assert "damaged" in reason(path, by_strips)


@pytest.mark.parametrize("by_strips", [False, True])
@pytest.mark.parametrize("name", sorted(FILES))
def test_bytes_after_the_end_do_no_harm(tmp_path: Path, name: str, by_strips: bool) -> None:
    path = tmp_path / "phone"
    path.write_bytes(FILES[name] + b"MotionPhoto_Data" * 5000 + b"\xff\xd9")
    read(path, by_strips)


def test_what_is_not_a_picture(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    assert "there is no such file" in reason(path)
    assert "folder" in reason(tmp_path)
    for content, text in [
        (b"", "empty"),
        (b"hello, this is text", "not a picture"),
        (b"GIF89a" + bytes(100), "this is a GIF"),
        (b"\0\0\0\x18ftypheic" + bytes(100), "HEIC"),
        (b"\0\0\0\x18ftypavif" + bytes(100), "AVIF"),
        (b"version https://git-lfs.github.com/spec/v1\n", "Git LFS"),
    ]:
        path.write_bytes(content)
        assert text in reason(path)
    pipe = tmp_path / "pipe.jpg"
    os.mkfifo(pipe)
    assert "pipe" in reason(pipe)
    with pytest.raises(PictureError, match="null"):
        open_picture("a\0.jpg")


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(FILES["baseline"])

    def refuse(*_: Any, **__: Any) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert "permissions" in reason(path)


def test_absurd_sizes_are_refused_by_the_header(tmp_path: Path) -> None:
    path = tmp_path / "bomb"

    def jpeg(width: int, height: int) -> bytes:
        data = FILES["progressive"]
        at = data.index(b"\xff\xc2") + 5
        return data[:at] + struct.pack(">HH", height, width) + data[at + 4 :]

    def bmp(width: int, height: int) -> bytes:
        return FILES["bmp"][:18] + struct.pack("<ii", width, height) + FILES["bmp"][26:]

    def sized_png(width: int, height: int) -> bytes:
        return png(np.zeros((1, 1, 3), np.uint8), 2, 8, size=(width, height))

    for data in (
        jpeg(65500, 65500),
        jpeg(30_000, 30_000),
        bmp(50_000, 50_000),
        bmp(100_001, 1),
        sized_png(1, 100_001),
        sized_png(2**31 - 1, 2**31 - 1),
    ):
        path.write_bytes(data)
        assert "more than is read" in reason(path)
    path.write_bytes(sized_png(0, 7))
    assert "damaged" in reason(path)
    # within the limit: refused only when its pixels turn out to be missing
    path.write_bytes(sized_png(30_000, 30_000))
    assert open_picture(path).is_large
    assert "PNG" in reason(path)


def test_a_bmp_with_a_palette_of_the_wrong_size(tmp_path: Path) -> None:
    path = tmp_path / "a.bmp"
    data = bytearray(FILES["palette bmp"])
    data[46:50] = (300).to_bytes(4, "little")
    path.write_bytes(data)
    for by_strips in (False, True):
        try:
            read(path, by_strips)
        except PictureError as error:
            assert "BMP" in str(error)


@pytest.mark.parametrize("bands", [1, 3])
@pytest.mark.parametrize(
    ("kind", "samples", "said"),
    [
        ("float", np.float32, "32-bit floating-point numbers"),
        ("double", np.float64, "64-bit floating-point numbers"),
        ("short", np.int16, "16-bit signed numbers"),
        ("uint", np.uint32, "32-bit numbers"),
    ],
)
def test_samples_without_a_scale_are_refused(
    tmp_path: Path, kind: str, samples: type[np.generic], said: str, bands: int
) -> None:
    import pyvips

    path = tmp_path / "a.tif"
    image = pyvips.Image.new_from_memory(np.ones((8, 9, bands), samples).tobytes(), 9, 8, bands, kind)
    path.write_bytes(image.copy(interpretation="b-w" if bands == 1 else "rgb").tiffsave_buffer())
    told = reason(path)
    assert f"its samples are {said}" in told
    assert "convert it to 8 or 16 bits" in told
    assert "damaged" not in told


@pytest.mark.parametrize(
    ("tag", "value", "said"),
    [(258, 12, "its samples are 12-bit numbers"), (259, 50_000, "save it with LZW or Deflate")],
)
def test_a_kind_of_tiff_that_is_not_read_is_not_called_damaged(tmp_path: Path, tag: int, value: int, said: str) -> None:
    path = tmp_path / "a.tif"
    data = encode(IMAGE.convert("L"), "TIFF")
    at = data.index(struct.pack("<HHI", tag, 3, 1)) + 8
    path.write_bytes(data[:at] + struct.pack("<H", value) + data[at + 2 :])
    told = reason(path)
    assert said in told
    assert "damaged" not in told


def test_a_big_endian_bigtiff_is_called_that(tmp_path: Path) -> None:
    path = tmp_path / "a.tif"
    path.write_bytes(b"MM\0+\0\x08\0\0" + struct.pack(">Q", 16) + bytes(64))
    told = reason(path)
    assert "big-endian BigTIFF" in told
    assert "damaged" not in told


def test_a_tiff_without_a_width_is_told_so(tmp_path: Path) -> None:
    path = tmp_path / "a.tif"
    path.write_bytes(b"II*\0" + struct.pack("<IHHHIII", 8, 1, 257, 3, 1, 8, 0))
    assert "it has no tag 256" in reason(path)


def test_a_large_file_that_changes_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "LARGE_PIXELS", 0)
    path = tmp_path / "a.png"
    path.write_bytes(FILES["png"])
    picture = open_picture(path)
    path.write_bytes(FILES["palette png"])
    with pytest.raises(PictureError, match="changed"):
        picture.pixels()
    path.unlink()
    with pytest.raises(PictureError, match="no such file"):
        picture.pixels()


def test_nothing_is_written_to_stderr(tmp_path: Path) -> None:
    """In a process of its own, since pytest takes warnings and log records away."""
    for name, data in FILES.items():
        (tmp_path / f"{name}.whole").write_bytes(data)
        for share in (20, 50, 95):
            (tmp_path / f"{name}.{share}").write_bytes(data[: len(data) * share // 100])
        middle = len(data) // 2
        (tmp_path / f"{name}.hole").write_bytes(data[:middle] + data[middle + 20 :])
        (tmp_path / f"{name}.flipped").write_bytes(data[:middle] + bytes([data[middle] ^ 0x55]) + data[middle + 1 :])
    words = bytearray(FILES["tiff"])
    samples_per_pixel = words.index(bytes([0x15, 1, 3, 0, 1, 0, 0, 0])) + 8
    words[samples_per_pixel] = 200
    (tmp_path / "logged.tif").write_bytes(words)
    odd = encode(IMAGE, "PNG", icc_profile=b"not a profile", pnginfo=None)
    (tmp_path / "odd.png").write_bytes(png_chunk_after_pixels(odd, b"sRGB", b"\x09"))
    (tmp_path / "odd.jpg").write_bytes(encode(IMAGE, "JPEG", exif=b"Exif\0\0II*\0\xff\0\0\0"))
    (tmp_path / "odd.tif").write_bytes(encode(IMAGE, "TIFF", tiffinfo={65000: "unknown"}))
    script = """
import sys, pathlib
from crackinspector.core.errors import PictureError
from crackinspector.sources import pictures
for limit in (pictures.LARGE_PIXELS, 0):
    pictures.LARGE_PIXELS = limit
    for path in sorted(pathlib.Path(sys.argv[1]).iterdir()):
        try:
            pictures.open_picture(path).pixels()
            print("read", path.name)
        except PictureError:
            print("error", path.name)
"""
    command = [sys.executable, "-c", script, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True, timeout=120)
    assert done.stderr == ""
    assert {f"read {name}.whole" for name in FILES} < set(done.stdout.splitlines())
    assert {"read odd.png", "read odd.jpg", "read odd.tif"} < set(done.stdout.splitlines())


def test_ordinary_pictures_do_not_load_libvips(tmp_path: Path) -> None:
    for name in ("baseline", "png", "webp", "bmp"):
        (tmp_path / name).write_bytes(FILES[name])
    script = """
import sys, pathlib
from crackinspector.sources.pictures import open_picture
for path in pathlib.Path(sys.argv[1]).iterdir():
    open_picture(path).pixels()
assert "pyvips" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", script, str(tmp_path)], cwd=ROOT, check=True, timeout=60)
