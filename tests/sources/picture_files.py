"""Picture files for the tests, written by Pillow from pictures whose pixels are known."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

Pixels = NDArray[np.uint8]


def scene(width: int, height: int, seed: int = 0) -> Pixels:
    """A smooth (height, width, 3) RGB picture that has no symmetry, so that every wrong turn or channel shows."""
    rng = np.random.default_rng(seed)
    coarse = rng.integers(20, 236, (2 + height // 24, 2 + width // 24, 3), dtype=np.uint8)
    smooth = cv2.resize(coarse, None, fx=24, fy=24, interpolation=cv2.INTER_LINEAR)
    return np.ascontiguousarray(smooth[16 : 16 + height, 16 : 16 + width], np.uint8)


def encode(image: Image.Image, kind: str, orientation: int = 1, **options: Any) -> bytes:
    """The bytes of a picture file; `orientation` goes into its EXIF data (TIFF: tags) if it is not 1."""
    target = io.BytesIO()
    if orientation != 1:
        if kind == "TIFF":
            options["tiffinfo"] = {274: orientation}
        else:
            exif = Image.Exif()
            exif[0x0112] = orientation
            options["exif"] = exif.tobytes()
    image.save(target, kind, **options)
    return target.getvalue()


def png(
    samples: NDArray[Any],
    colour_type: int,
    depth: int,
    *chunks: tuple[bytes, bytes],
    size: tuple[int, int] | None = None,
) -> bytes:
    """A PNG of (h, w, bands) samples, for the kinds that Pillow cannot write.

    Args:
        chunks: type and content of what goes before the pixels.
        size: the (width, height) that its header gives, if not the true one.
    """
    width, height = size or samples.shape[1::-1]
    rows = samples.astype(">u2" if depth == 16 else np.uint8).reshape(len(samples), -1)
    raw = b"".join(b"\0" + row.tobytes() for row in rows)
    header = struct.pack(">IIBBBBB", width, height, depth, colour_type, 0, 0, 0)
    parts = [(b"IHDR", header), *chunks, (b"IDAT", zlib.compress(raw)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*part) for part in parts)


def png_chunk_after_pixels(data: bytes, kind: bytes, content: bytes) -> bytes:
    """The PNG with one more chunk before its end marker."""
    return data[:-12] + _chunk(kind, content) + data[-12:]


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
