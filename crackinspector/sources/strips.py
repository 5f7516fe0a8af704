"""Decoding pictures from top to bottom in strips, in memory that does not grow with their height.

libvips does it for every format but BMP, which it does not know. It also reads the kinds that are rare enough not to
have a way of their own: TIFF of any layout, CMYK, 16 bits. It is loaded when the first of those is met.
"""

from __future__ import annotations

import functools
import importlib
import logging
import os
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from crackinspector.sources.decoding import DecodeError, decode_with_pillow, from_pillow, reason
from crackinspector.sources.header import Format, Header, cut_short, open_with_pillow
from crackinspector.sources.pixels import DEPTHS, Colour, depth_of, to_bgr

Strip = tuple[int, NDArray[np.uint8]]

_COLOURS: dict[str, Colour] = {
    "b-w": "grey",
    "grey16": "grey",
    "multiband": "grey",
    "srgb": "rgb",
    "rgb": "rgb",
    "rgb16": "rgb",
    "cmyk": "cmyk",
}
_INKS: dict[Colour, int] = {"grey": 1, "rgb": 3, "cmyk": 4}
_FETCHED_ROWS = 64
"""libvips keeps a few times as many rows as were ever asked for at once."""
_FAIL_ON: dict[Format, str] = {
    # libjpeg only warns of garbled data; libpng and libtiff warn of harmless metadata
    "JPEG": "warning",
    "PNG": "error",
    "TIFF": "error",
    "WebP": "error",
}


def strips_with_vips(file: Path | bytes, header: Header, rows: int) -> Iterator[Strip]:
    """Decode by libvips.

    Args:
        file: a path, which is read as it is decoded, or the bytes of the file.
        header: its header.
        rows: height of a strip in pixels, >= 1; the last may be lower.

    Yields:
        (y0, strip): stored row where the strip starts, (rows, width, 3) BGR uint8.

    Raises:
        DecodeError: damaged, cut short, or samples that are not 8 or 16 bits.
        OSError: the file cannot be opened.
    """
    vips = _vips()
    try:
        image, colour = _open(vips, file, header)
        alpha = header.extra_is_alpha and image.bands == _INKS[colour] + 1
        # full ink is dark, so the samples of CMYK tell nothing by being small
        depth = _depth(vips, file, header) if image.format == "ushort" and colour != "cmyk" else 16
        region = vips.Region.new(image)
        for y0 in range(0, header.height, rows):
            strip = np.empty((min(rows, header.height - y0), header.width, 3), np.uint8)
            for y in range(0, len(strip), _FETCHED_ROWS):
                part = strip[y : y + _FETCHED_ROWS]
                part[:] = to_bgr(_fetch(region, image, y0 + y, len(part)), colour, alpha=alpha, depth=depth)
            if y0 + rows >= header.height:
                # What libvips holds, which of a progressive JPEG is all of it, is not to wait for the caller's work.
                del region, image
            yield y0, strip
    except vips.Error as error:
        raise DecodeError(reason(header.format, f"{error.message} {error.detail}")) from error


def _open(vips: ModuleType, file: Path | bytes, header: Header) -> tuple[Any, Colour]:
    source = _source(vips, file)
    image = vips.Image.new_from_source(source, "", access="sequential", fail_on=_FAIL_ON[header.format])
    if (image.width, image.height) != (header.width, header.height):
        raise DecodeError("the file changed while it was read, or contradicts itself about its size")
    if image.format not in {"uchar", "ushort"}:
        raise DecodeError(f"samples of type {image.format} cannot be read: save it with 8 or 16 bits a sample")
    if image.interpretation not in _COLOURS:
        image = image.colourspace("srgb")
    colour = _COLOURS[image.interpretation]
    return image, colour if image.bands >= _INKS[colour] else "grey"


def _fetch(region: Any, image: Any, y0: int, rows: int) -> NDArray[Any]:
    dtype = np.uint8 if image.format == "uchar" else np.uint16
    raw: NDArray[Any] = np.frombuffer(region.fetch(0, y0, image.width, rows), dtype)
    return raw.reshape(rows, image.width, image.bands)


def _depth(vips: ModuleType, file: Path | bytes, header: Header) -> int:
    """How many bits the samples of a 16-bit picture have: decodes from the top until there can be no doubt."""
    image, colour = _open(vips, file, header)
    region = vips.Region.new(image)
    depth = DEPTHS[0]
    for y0 in range(0, header.height, _FETCHED_ROWS):
        raw = _fetch(region, image, y0, min(_FETCHED_ROWS, header.height - y0))
        depth = max(depth, depth_of(int(raw[:, :, : _INKS[colour]].max())))
        if depth == DEPTHS[-1]:
            break
    return depth


def strips_of_bmp(path: Path, header: Header, rows: int) -> Iterator[Strip]:
    """Decode a BMP like `strips_with_vips`, its rows where they lie; a run-length coded one is decoded whole."""
    with path.open("rb") as file:
        image = open_with_pillow("BMP", file)
        codec, _, offset, layout = image.tile[0]
        if codec != "raw":
            file.seek(0)
            whole = decode_with_pillow("BMP", file.read())
            yield from strips_of_array(whole, rows)
            return
        assert isinstance(layout, tuple)
        rawmode, stride, direction = layout
        palette = image.palette.getdata() if image.palette is not None else None
        for y0 in range(0, header.height, rows):
            count = min(rows, header.height - y0)
            first = y0 if direction == 1 else header.height - y0 - count
            file.seek(offset + first * stride)
            raw = file.read(count * stride)
            if len(raw) < count * stride:
                raise DecodeError(cut_short("BMP"))
            try:
                part = Image.frombytes(image.mode, (header.width, count), raw, "raw", rawmode, stride, direction)
                if palette is not None:
                    part.putpalette(palette[1], palette[0])
            except ValueError as error:
                raise DecodeError(reason("BMP", str(error))) from error
            yield y0, from_pillow(part)


def strips_of_array(picture: NDArray[np.uint8], rows: int) -> Iterator[Strip]:
    """Cut a decoded picture into strips, each a view."""
    for y0 in range(0, picture.shape[0], rows):
        yield y0, picture[y0 : y0 + rows]


@functools.cache
def _vips() -> ModuleType:
    # without a handler of its own, the logging module's last resort would print libvips' warnings on stderr
    logging.getLogger("pyvips").addHandler(logging.NullHandler())
    try:
        vips = importlib.import_module("pyvips")
    except (ImportError, OSError) as error:
        raise DecodeError(
            "this kind of picture needs libvips, which could not be loaded: install it with "
            f"`pip install 'pyvips[binary]'` ({error})"
        ) from error
    # a file that is read again may have changed
    vips.cache_set_max(0)
    return vips


def _source(vips: ModuleType, file: Path | bytes) -> Any:
    if isinstance(file, bytes):
        return vips.Source.new_from_memory(file)
    # by descriptor, because libvips takes names for UTF-8 and options in brackets
    descriptor = os.open(file, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        return vips.Source.new_from_descriptor(descriptor)
    finally:
        os.close(descriptor)
