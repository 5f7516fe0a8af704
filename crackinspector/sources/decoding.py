"""Decoding ordinary pictures whole, from the bytes of their file.

simplejpeg (libjpeg-turbo) for JPEG, Pillow for PNG, WebP and BMP. Not OpenCV: it gives a truncated JPEG half grey
without a word, lets libjpeg and libpng write to stderr, and applies orientations differently from format to format and
version to version; libjpeg-turbo gives the very same pixels.
"""

from __future__ import annotations

import io
from typing import cast

import numpy as np
import simplejpeg  # type: ignore[import-untyped]
from numpy.typing import NDArray
from PIL import Image

from crackinspector.sources.header import Format, HeaderError, cut_short, open_with_pillow
from crackinspector.sources.pixels import Colour, to_bgr


class DecodeError(Exception):
    """The text says what is wrong, without the file's name."""


def decode_jpeg(data: bytes) -> NDArray[np.uint8]:
    """Decode a grey or colour JPEG to stored (h, w, 3) BGR uint8.

    Raises:
        DecodeError: damaged, cut short, or a kind of JPEG that libjpeg-turbo does not know.
    """
    try:
        # strict, as libjpeg only warns of lost or garbled data; bytes after the end marker are no reason for it
        return cast("NDArray[np.uint8]", simplejpeg.decode_jpeg(data, "BGR", strict=True))
    except Exception as error:
        raise DecodeError(reason("JPEG", str(error))) from error


def decode_jpeg_small(data: bytes, width: int, height: int) -> NDArray[np.uint8]:
    """Decode a JPEG to stored (h, w, 3) BGR uint8 at the smallest of its own scales that is at least this size.

    The scales are eighths: what would be thrown away is never computed, which is most of a large picture's pixels.

    Raises:
        DecodeError: as for `decode_jpeg`.
    """
    try:
        small = simplejpeg.decode_jpeg(
            data, "BGR", fastdct=True, fastupsample=True, min_height=height, min_width=width, min_factor=1, strict=True
        )
    except Exception as error:
        raise DecodeError(reason("JPEG", str(error))) from error
    return cast("NDArray[np.uint8]", small)


def decode_with_pillow(kind: Format, data: bytes) -> NDArray[np.uint8]:
    """Decode a PNG, WebP or BMP of at most 8 bits a sample to stored (h, w, 3) BGR uint8.

    Raises:
        DecodeError: damaged, cut short or of a kind that Pillow does not know.
    """
    try:
        image: Image.Image = open_with_pillow(kind, io.BytesIO(data))
        image.load()
    except (HeaderError, MemoryError) as error:
        raise DecodeError(str(error)) from error
    except Exception as error:  # Pillow's plug-ins raise anything on damaged data
        raise DecodeError(reason(kind, str(error))) from error
    return from_pillow(image)


def from_pillow(image: Image.Image) -> NDArray[np.uint8]:
    """Convert a decoded picture of modes 1, L, LA, P, RGB, RGBA to (h, w, 3) BGR uint8.

    Raises:
        DecodeError: another mode.
    """
    if image.mode == "1":
        image = image.convert("L")
    elif image.mode == "P":
        image = image.convert("RGBA" if "transparency" in image.info else "RGB")
    if image.mode not in {"L", "LA", "RGB", "RGBA"}:
        raise DecodeError(f"pixels of the kind {image.mode} cannot be read: save it as an 8-bit colour picture")
    samples = np.asarray(image)
    colour: Colour = "grey" if image.mode in {"L", "LA"} else "rgb"
    return to_bgr(samples.reshape(image.height, image.width, -1), colour, alpha=image.mode in {"LA", "RGBA"})


def reason(kind: Format, text: str) -> str:
    """Turn a decoder's message into a reason that a user can act on."""
    brief = " ".join(text.split())[:160]
    lowered = brief.lower()
    if any(word in lowered for word in ("premature end of jpeg", "truncated", "end of file", "out of data", "eof")):
        return cut_short(kind)
    if "not configured" in lowered or "not implemented" in lowered:
        return f"the {kind} file is compressed in a way that cannot be read here: save it with LZW or Deflate ({brief})"
    return f"the {kind} file is damaged: copy it again from where it came ({brief or 'no details'})"
