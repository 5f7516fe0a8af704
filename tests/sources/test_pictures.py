"""Reading picture files: every kind gives the picture that was written, whole and by strips alike."""

from __future__ import annotations

import os
import tempfile
import weakref
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from crackinspector.core.errors import PictureError
from crackinspector.sources import pictures, strips
from crackinspector.sources.orientation import upright
from crackinspector.sources.pictures import open_picture
from crackinspector.sources.pixels import BACKDROP, DEPTHS, depth_of
from tests.sources.picture_files import Pixels, encode, png, png_chunk_after_pixels, scene

# As the package asks for outside of tests, where warnings are not errors.
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:PIL.TiffImagePlugin")

LOSSY = 12
"""Largest mean difference in grey levels that a lossy format may make on a smooth picture."""


def read_whole(path: Path) -> Pixels:
    picture = open_picture(path)
    pixels = picture.pixels()
    assert pixels.dtype == np.uint8
    assert pixels.shape == (picture.height, picture.width, 3)
    assert pixels.flags.c_contiguous
    assert pixels.flags.writeable
    return pixels


def read_by_strips(path: Path, rows: int) -> Pixels:
    """The picture put together from strips, as if it were large."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pictures, "LARGE_PIXELS", 0)
        picture = open_picture(path)
    assert picture.is_large
    width, height = picture.stored_size
    parts: list[Pixels] = []
    for y0, strip in picture.strips(rows):
        assert y0 == sum(len(part) for part in parts)
        assert strip.shape == (min(rows, height - y0), width, 3)
        assert strip.dtype == np.uint8
        parts.append(strip)
    stored = np.concatenate(parts)
    assert len(stored) == height
    return upright(stored, picture.orientation)


def read(path: Path, data: bytes, rows: int = 7) -> Pixels:
    """Pixels of a file with this content, the same whole and by strips; BGR."""
    path.write_bytes(data)
    whole = read_whole(path)
    np.testing.assert_array_equal(read_by_strips(path, rows), whole)
    return whole


def difference(pixels: Pixels, rgb: Pixels) -> float:
    return float(np.abs(pixels.astype(int) - rgb[:, :, ::-1]).mean())


SAVED: list[tuple[str, str, dict[str, Any], float]] = [
    ("JPEG", "RGB", {"quality": 95}, LOSSY),
    ("JPEG", "RGB", {"quality": 90, "progressive": True}, LOSSY),
    ("JPEG", "RGB", {"quality": 90, "subsampling": 0}, LOSSY),
    ("JPEG", "L", {"quality": 95}, LOSSY),
    ("JPEG", "CMYK", {"quality": 95}, LOSSY),
    ("PNG", "RGB", {}, 0),
    ("PNG", "L", {}, 0),
    ("PNG", "1", {}, 0),
    ("PNG", "P", {}, 0),
    ("PNG", "RGBA", {}, 0),
    ("PNG", "LA", {}, 0),
    ("TIFF", "RGB", {}, 0),
    ("TIFF", "RGB", {"compression": "tiff_lzw"}, 0),
    ("TIFF", "RGB", {"compression": "tiff_adobe_deflate"}, 0),
    ("TIFF", "RGB", {"compression": "packbits"}, 0),
    ("TIFF", "RGB", {"compression": "jpeg", "quality": 95}, LOSSY),
    ("TIFF", "L", {"compression": "tiff_lzw"}, 0),
    ("TIFF", "1", {"compression": "group4"}, 0),
    ("TIFF", "P", {}, 0),
    ("TIFF", "RGBA", {}, 0),
    ("TIFF", "LA", {}, 0),
    ("TIFF", "CMYK", {}, 0),
    ("WebP", "RGB", {"quality": 95}, LOSSY),
    ("WebP", "RGB", {"lossless": True}, 0),
    ("WebP", "RGBA", {"lossless": True}, 0),
    ("BMP", "RGB", {}, 0),
    ("BMP", "L", {}, 0),
    ("BMP", "P", {}, 0),
    ("BMP", "1", {}, 0),
]


@settings(max_examples=200)
@given(
    saved=st.sampled_from(SAVED),
    size=st.tuples(st.integers(1, 90), st.integers(1, 90)),
    orientation=st.integers(1, 8),
    rows=st.integers(1, 100),
)
def test_every_kind_gives_the_picture_that_was_written(
    saved: tuple[str, str, dict[str, Any], float], size: tuple[int, int], orientation: int, rows: int
) -> None:
    kind, mode, options, tolerance = saved
    if kind == "BMP":
        orientation = 1
    image = Image.fromarray(scene(*size)).convert(mode)
    stored = np.asarray(image.convert("RGB"))
    with tempfile.TemporaryDirectory() as folder:
        pixels = read(Path(folder) / "picture", encode(image, kind, orientation, **options), rows)
    assert difference(pixels, upright(stored, orientation)) <= tolerance


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WebP"])
def test_orientation_in_every_format(tmp_path: Path, kind: str, orientation: int) -> None:
    stored = scene(60, 40)
    options: dict[str, Any] = {"lossless": True} if kind == "WebP" else {"quality": 95}
    pixels = read(tmp_path / "a", encode(Image.fromarray(stored), kind, orientation, **options))
    assert difference(pixels, upright(stored, orientation)) < 3
    picture = open_picture(tmp_path / "a")
    assert picture.orientation == orientation
    assert (picture.width, picture.height) == ((60, 40) if orientation < 5 else (40, 60))


def test_exif_after_the_pixels_and_senseless_exif(tmp_path: Path) -> None:
    image = Image.fromarray(scene(30, 20))
    exif = Image.Exif()
    exif[0x0112] = 6
    late = png_chunk_after_pixels(encode(image, "PNG"), b"eXIf", exif.tobytes().removeprefix(b"Exif\0\0"))
    assert read(tmp_path / "late.png", late).shape == (30, 20, 3)
    for senseless in (b"Exif\0\0nonsense", b"Exif\0\0", b"Exif\0\0II*\0\xff\xff\xff\xff"):
        data = encode(image, "JPEG", exif=senseless)
        assert read(tmp_path / "senseless.jpg", data).shape == (20, 30, 3)
    exif[0x0112] = 11
    assert read(tmp_path / "eleven.jpg", encode(image, "JPEG", exif=exif.tobytes())).shape == (20, 30, 3)


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_16_bit_grey_keeps_a_fixed_scale(tmp_path: Path, kind: str) -> None:
    deep = np.linspace(0, 65535, 64 * 32).astype(np.uint16).reshape(32, 64)
    pixels = read(tmp_path / "a", encode(Image.fromarray(deep), kind))
    np.testing.assert_array_equal(pixels, np.repeat((deep >> 8).astype(np.uint8)[:, :, None], 3, axis=2))


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
@pytest.mark.parametrize("bits", [8, 10, 12, 14])
def test_what_a_sensor_of_fewer_bits_stores_in_16_is_not_black(tmp_path: Path, kind: str, bits: int) -> None:
    """The largest sample, in the last row, tells its depth."""
    deep = np.linspace(0, (1 << bits) - 1, 64 * 200).astype(np.uint16).reshape(200, 64)
    pixels = read(tmp_path / "a", encode(Image.fromarray(deep), kind))
    np.testing.assert_array_equal(pixels, np.repeat((deep >> (bits - 8)).astype(np.uint8)[:, :, None], 3, axis=2))
    assert pixels.max() == 255


def test_alpha_and_inks_of_16_bits_keep_their_scale(tmp_path: Path) -> None:
    import pyvips

    deep = np.full((20, 30, 4), 2000, np.uint16)
    deep[:, :10, 3] = 65535
    deep[:, 20:, 3] = 0
    rgba = png(deep, colour_type=6, depth=16)
    seen = read(tmp_path / "a.png", rgba)[0, ::10, 0].tolist()
    assert seen == [2000 >> 4, round(((2000 >> 4) * 7 + BACKDROP * 248) / 255), BACKDROP]
    inks = pyvips.Image.new_from_memory(np.full((20, 30, 4), 2000, np.uint16).tobytes(), 30, 20, 4, "ushort")
    pixels = read(tmp_path / "a.tif", inks.copy(interpretation="cmyk").tiffsave_buffer())
    assert pixels.min() > 230


@given(st.integers(0, 65535))
def test_the_depth_holds_the_sample_and_is_the_least(largest: int) -> None:
    depth = depth_of(largest)
    assert largest < 1 << depth
    assert all(largest >= 1 << less for less in DEPTHS if less < depth)


def test_16_bit_colour(tmp_path: Path) -> None:
    import pyvips

    deep = scene(50, 30).astype(np.uint16) * 257
    expected = (deep >> 8).astype(np.uint8)[:, :, ::-1]
    np.testing.assert_array_equal(read(tmp_path / "a.png", png(deep, colour_type=2, depth=16)), expected)
    image = pyvips.Image.new_from_memory(deep.tobytes(), 50, 30, 3, "ushort").copy(interpretation="rgb16")
    for options in ({}, {"tile": True, "tile_width": 16, "tile_height": 16}, {"bigtiff": True, "compression": "lzw"}):
        np.testing.assert_array_equal(read(tmp_path / "a.tif", image.tiffsave_buffer(**options)), expected)


@pytest.mark.parametrize("compression", ["none", "lzw", "deflate"])
def test_tiled_tiff(tmp_path: Path, compression: str) -> None:
    import pyvips

    stored = scene(150, 90)
    image = pyvips.Image.new_from_memory(stored.tobytes(), 150, 90, 3, "uchar").copy(interpretation="srgb")
    data = image.tiffsave_buffer(tile=True, tile_width=32, tile_height=16, compression=compression)
    assert difference(read(tmp_path / "a.tif", data), stored) == 0


@pytest.mark.parametrize(
    ("kind", "mode", "options", "held"),
    [
        ("JPEG", "RGB", {"progressive": True, "subsampling": "4:4:4"}, 6),
        ("JPEG", "RGB", {"progressive": True, "subsampling": "4:2:2"}, 4),
        ("JPEG", "RGB", {"progressive": True, "subsampling": "4:2:0"}, 3),
        ("JPEG", "L", {"progressive": True}, 2),
        ("JPEG", "CMYK", {"progressive": True}, 8),
        ("JPEG", "RGB", {}, 0),
        ("PNG", "RGB", {}, 0),
        ("TIFF", "RGB", {}, 0),
        ("BMP", "RGB", {}, 0),
        ("WebP", "RGB", {}, 8),
    ],
)
def test_what_needs_all_of_a_picture_in_memory_has_a_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, mode: str, options: dict[str, Any], held: int
) -> None:
    path = tmp_path / "a"
    path.write_bytes(encode(Image.fromarray(scene(64, 48)).convert(mode), kind, **options))
    monkeypatch.setattr(pictures, "LARGE_PIXELS", 0)
    monkeypatch.setattr(pictures, "MAX_WHOLE_BYTES", 64 * 48 * (held + pictures.ANALYSIS_BYTES))
    assert open_picture(path).pixels().shape == (48, 64, 3)
    monkeypatch.setattr(pictures, "MAX_WHOLE_BYTES", 64 * 48 * (held + pictures.ANALYSIS_BYTES) - 1)
    if held:
        with pytest.raises(
            PictureError, match=r"in memory at once \(at most 0 million here\): save it as baseline JPEG or as TIFF"
        ):
            open_picture(path)
    else:
        open_picture(path)


@pytest.mark.parametrize(("kind", "options"), [("JPEG", {"progressive": True}), ("TIFF", {}), ("PNG", {})])
def test_the_decoder_is_let_go_with_the_last_strip(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, options: dict[str, Any]
) -> None:
    """Its caller may take minutes over that strip, and what a progressive JPEG needs in memory is the largest part."""
    path = tmp_path / "a"
    path.write_bytes(encode(Image.fromarray(scene(64, 48)), kind, **options))
    monkeypatch.setattr(pictures, "LARGE_PIXELS", 0)
    opened: list[weakref.ref[Any]] = []
    really_open = strips._open

    def watched(*arguments: Any) -> Any:
        image, colour = really_open(*arguments)
        opened.append(weakref.ref(image.pointer))
        return image, colour

    monkeypatch.setattr(strips, "_open", watched)
    there = [opened[0]() is not None for _ in open_picture(path).strips(20)]
    assert there == [True, True, False]


def test_interlaced_png(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import pyvips

    stored = scene(70, 45)
    image = pyvips.Image.new_from_memory(stored.tobytes(), 70, 45, 3, "uchar").copy(interpretation="srgb")
    assert difference(read(tmp_path / "a.png", image.pngsave_buffer(interlace=True)), stored) == 0
    monkeypatch.setattr(pictures, "MAX_WHOLE_BYTES", 0)
    with pytest.raises(PictureError, match="interlaced PNG, which needs all of them in memory"):
        open_picture(tmp_path / "a.png")


def test_black_under_transparent_pixels_does_not_show(tmp_path: Path) -> None:
    rgba = np.zeros((40, 60, 4), np.uint8)
    rgba[10:30, 10:50] = (140, 150, 160, 255)
    rgba[10, 10:50, 3] = 100
    image = Image.fromarray(rgba)
    rim = (np.array([160, 150, 140]) * 100 + BACKDROP * 155) / 255
    for kind, options in (("PNG", {}), ("TIFF", {}), ("WebP", {"lossless": True, "exact": True})):
        pixels = read(tmp_path / "a", encode(image, kind, **options))
        assert pixels.min() == BACKDROP
        assert (pixels[11:30, 10:50] == (160, 150, 140)).all()
        np.testing.assert_allclose(pixels[10, 10:50].astype(float), np.tile(rim, (40, 1)), atol=0.51)


def test_transparency_of_palettes_and_colour_keys(tmp_path: Path) -> None:
    rgb = np.full((8, 8, 3), 200, np.uint8)
    rgb[:4] = 0
    palette = Image.fromarray(rgb).convert("P", palette=Image.Palette.ADAPTIVE, colors=2)
    black = palette.getpixel((0, 0))
    expected = np.where(np.arange(8)[:, None, None] < 4, BACKDROP, 200) * np.ones((8, 8, 3))
    np.testing.assert_array_equal(read(tmp_path / "p.png", encode(palette, "PNG", transparency=black)), expected)
    keyed = encode(Image.fromarray(rgb), "PNG", transparency=(0, 0, 0))
    np.testing.assert_array_equal(read(tmp_path / "k.png", keyed), expected)
    deep = png(rgb.astype(np.uint16) * 257, 2, 16, (b"tRNS", bytes(6)))
    np.testing.assert_array_equal(read(tmp_path / "d.png", deep), expected)


def test_further_bands_of_a_tiff_are_not_alpha(tmp_path: Path) -> None:
    """A near-infrared band beside red, green and blue, as survey drones write it."""
    import pyvips

    stored = scene(40, 30)
    bands = np.dstack([stored, 255 - stored[:, :, :1]])
    image = pyvips.Image.new_from_memory(bands.tobytes(), 40, 30, 4, "uchar").copy(interpretation="srgb")
    data = image.tiffsave_buffer()
    alpha, unspecified = (bytes([0x52, 1, 3, 0, 1, 0, 0, 0, kind, 0]) for kind in (2, 0))
    assert data.count(alpha) == 1
    assert difference(read(tmp_path / "a.tif", data.replace(alpha, unspecified)), stored) == 0
    assert difference(read(tmp_path / "b.tif", data), stored) > 5


@pytest.mark.parametrize(("kind", "samples"), [("uchar", np.uint8), ("ushort", np.uint16)])
def test_a_tiff_of_many_bands(tmp_path: Path, kind: str, samples: type[np.generic]) -> None:
    """Five bands of a multispectral camera, which Pillow does not know."""
    import pyvips

    bands = np.random.default_rng(0).integers(0, 256, (30, 40, 5)).astype(samples)
    image = pyvips.Image.new_from_memory(bands.tobytes(), 40, 30, 5, kind)
    assert read(tmp_path / "a.tif", image.tiffsave_buffer()).shape == (30, 40, 3)


def test_cmyk_with_full_inks(tmp_path: Path) -> None:
    inks = np.zeros((16, 16 * 4, 4), np.uint8)
    for n in range(4):
        inks[:, 16 * n : 16 * n + 16, n] = 255
    image = Image.frombytes("CMYK", (64, 16), inks.tobytes())
    for kind, options in (("TIFF", {}), ("JPEG", {"quality": 100})):
        pixels = read(tmp_path / "a", encode(image, kind, **options)).astype(int)
        seen = [pixels[8, 16 * n + 8] for n in range(4)]
        np.testing.assert_allclose(seen, [(255, 255, 0), (255, 0, 255), (0, 255, 255), (0, 0, 0)], atol=4)


def test_same_pixels_as_libjpeg_turbo_in_opencv(tmp_path: Path) -> None:
    """Nothing is lost against the usual way to read, for the pictures for which that is right."""
    import cv2

    for n, (width, height) in enumerate([(227, 227), (64, 33), (301, 200)]):
        for options in ({"quality": 75}, {"quality": 90, "subsampling": 0}, {"quality": 80, "progressive": True}):
            path = tmp_path / "a.jpg"
            path.write_bytes(encode(Image.fromarray(scene(width, height, n)), "JPEG", **options))
            np.testing.assert_array_equal(read_whole(path), cv2.imread(str(path)))


@pytest.mark.parametrize(
    "name", ["with space.jpg", "Fuß größe 東京 🧱.jpg", "a[page=2].jpg", "-x.jpg", "%d*?.jpg", "x"]
)
def test_odd_names(tmp_path: Path, name: str) -> None:
    assert read(tmp_path / name, encode(Image.fromarray(scene(20, 10)), "JPEG")).shape == (10, 20, 3)


def test_names_that_are_not_utf8(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/f\xfcr \xff.tif"))
    try:
        path.write_bytes(b"")
    except OSError:
        pytest.skip("this file system takes no such names")
    with pytest.raises(PictureError) as caught:
        open_picture(path)
    assert r"f\udcfcr \udcff.tif" in str(caught.value).encode().decode()
    assert read(path, encode(Image.fromarray(scene(20, 10)), "TIFF")).shape == (10, 20, 3)


def test_ordinary_pictures_can_be_read_by_strips_and_large_ones_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(encode(Image.fromarray(scene(50, 40)), "PNG", orientation=6))
    picture = open_picture(path)
    assert not picture.is_large
    strips = list(picture.strips(16))
    assert [(y0, len(strip)) for y0, strip in strips] == [(0, 16), (16, 16), (32, 8)]
    whole = picture.pixels()
    np.testing.assert_array_equal(upright(np.concatenate([strip for _, strip in strips]), 6), whole)
    np.testing.assert_array_equal(picture.pixels(), whole)
    monkeypatch.setattr(pictures, "LARGE_PIXELS", 1999)
    np.testing.assert_array_equal(open_picture(path).pixels(), whole)
    with pytest.raises(ValueError, match="rows"):
        next(picture.strips(0))


def test_run_length_coded_bmp(tmp_path: Path) -> None:
    """2 x 2 pixels, black but for a red one at the top left."""
    palette = bytes(4) + bytes([10, 20, 200, 0])
    pixels = bytes([2, 0, 0, 0, 1, 1, 1, 0, 0, 1])
    size = 54 + len(palette) + len(pixels)
    head = b"BM" + size.to_bytes(4, "little") + bytes(4) + (54 + len(palette)).to_bytes(4, "little")
    info = [(40, 4), (2, 4), (2, 4), (1, 2), (8, 2), (1, 4), (len(pixels), 4), (0, 4), (0, 4), (2, 4), (2, 4)]
    data = head + b"".join(value.to_bytes(count, "little") for value, count in info) + palette + pixels
    assert read(tmp_path / "a.bmp", data, 1).tolist() == [[[10, 20, 200], [0, 0, 0]], [[0, 0, 0], [0, 0, 0]]]


@pytest.mark.parametrize("orientation", [1, 6])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF"])
def test_reduced_is_the_whole_picture_made_small(tmp_path: Path, kind: str, orientation: int) -> None:
    path = tmp_path / "picture"
    path.write_bytes(encode(Image.fromarray(scene(400, 250)), kind, orientation))
    whole = open_picture(path).pixels()
    shape = (80, 50, 3) if orientation == 6 else (50, 80, 3)
    with pytest.MonkeyPatch.context() as patch:
        for large in (pictures.LARGE_PIXELS, 0):
            patch.setattr(pictures, "LARGE_PIXELS", large)
            small = open_picture(path).reduced(80)
            assert small.shape == shape and small.flags.c_contiguous
            expected = cv2.resize(whole, shape[1::-1], interpolation=cv2.INTER_AREA)
            assert np.abs(small.astype(int) - expected).mean() < LOSSY


def test_reduced_does_not_enlarge(tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    path.write_bytes(encode(Image.fromarray(scene(40, 30)), "PNG"))
    assert (open_picture(path).reduced(80) == open_picture(path).pixels()).all()


def test_reduced_of_a_damaged_jpeg_says_so(tmp_path: Path) -> None:
    path = tmp_path / "picture.jpg"
    path.write_bytes(encode(Image.fromarray(scene(400, 250)), "JPEG")[:-4000])
    with pytest.raises(PictureError, match="cut short"):
        open_picture(path).reduced(80)
