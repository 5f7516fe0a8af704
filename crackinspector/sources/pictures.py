"""Reading picture files of any size, aspect, depth and channel count as upright BGR."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from crackinspector.core.errors import PictureError
from crackinspector.core.text import printable
from crackinspector.sources.decoding import DecodeError, decode_jpeg, decode_jpeg_small, decode_with_pillow
from crackinspector.sources.header import Header, HeaderError, cut_short, read_header
from crackinspector.sources.orientation import upright, upright_box, upright_size
from crackinspector.sources.strips import Strip, strips_of_array, strips_of_bmp, strips_with_vips

__all__ = [
    "LARGE_PIXELS",
    "MAX_PIXELS",
    "MAX_SIDE",
    "Picture",
    "open_picture",
    "upright",
    "upright_box",
]

LARGE_PIXELS = 40_000_000
"""Pictures with more pixels are large: read them by `Picture.strips`."""
MAX_PIXELS = 2_000_000_000
MAX_SIDE = 100_000
"""A header that promises more pixels, or a longer side, is refused before anything is decoded."""
MAX_WHOLE_BYTES = 1_150_000_000
"""The limit for what cannot be decoded row by row: progressive JPEG, interlaced PNG, WebP, run-length coded BMP.

What decoding holds of the picture counts, and `ANALYSIS_BYTES`. With the program itself that stays below 1.5 GB."""
ANALYSIS_BYTES = 1.25
"""What an analysis keeps of each pixel while it is being decoded: a quarter of it in colour, and half a byte of map."""

# some of Pillow's plug-ins would refuse less
Image.MAX_IMAGE_PIXELS = MAX_PIXELS

_JOINED_ROWS = 512


class Picture:
    """A picture file whose header has been read; its pixels are decoded when asked for.

    Any thread may use it; one object is not for two threads at a time.

    Attributes:
        path: the file.
        width, height: upright size in pixels.
        orientation: EXIF 1..8, what turns the stored picture upright.
        is_large: whether it has more than `LARGE_PIXELS` pixels.
    """

    def __init__(self, path: Path, header: Header, data: bytes | None) -> None:
        """Use `open_picture`. `data` holds the file's bytes, None for a large picture."""
        self.path = path
        self.width, self.height = upright_size(header.width, header.height, header.orientation)
        self.orientation = header.orientation
        self.is_large = data is None
        self._header = header
        self._data = data

    @property
    def stored_size(self) -> tuple[int, int]:
        """(width, height) in pixels as the file stores it, before it is turned upright."""
        return self._header.width, self._header.height

    def pixels(self) -> NDArray[np.uint8]:
        """Decode the whole picture upright: (height, width, 3) BGR uint8, C-contiguous, the caller's own.

        Raises:
            PictureError: damaged, cut short, or of a kind that cannot be read.
        """
        return upright(self._stored(), self.orientation)

    def strips(self, rows: int) -> Iterator[Strip]:
        """Decode from top to bottom as stored, not turned upright, in bounded memory where the picture is large.

        Bounded does not hold for progressive JPEG, interlaced PNG, WebP and run-length coded BMP: those formats need
        the whole picture (or its coefficients, 2 to 6 bytes a pixel) in memory, hence `MAX_WHOLE_BYTES`.

        Args:
            rows: height of a strip in pixels, >= 1; the last may be lower.

        Yields:
            (y0, strip): stored row where the strip starts, and (rows, stored width, 3) BGR uint8, C-contiguous. Turn
            results with `upright` and `upright_box`.

        Raises:
            ValueError: `rows` is less than 1.
            PictureError: as for `pixels`; strips that came before are what the file holds.
        """
        if rows < 1:
            raise ValueError(f"rows must be at least 1, got {rows}")
        try:
            yield from self._decode(rows)
        except (DecodeError, HeaderError) as error:
            raise _failure(self.path, str(error)) from error
        except OSError as error:
            raise _failure(self.path, _os_reason(error)) from error
        except MemoryError as error:
            raise _failure(self.path, "there is not enough memory to decode it") from error

    def reduced(self, side: int) -> NDArray[np.uint8]:
        """Decode upright at icon size: (h, w, 3) BGR uint8, the longer side `side` pixels, or as long as it is.

        JPEGs are decoded at a fraction of their size, large pictures in bounded memory.

        Raises:
            ValueError: `side` is less than 1.
            PictureError: as for `pixels`.
        """
        if side < 1:
            raise ValueError(f"side must be at least 1, got {side}")
        width, height = self.stored_size
        shrink = min(1.0, side / max(width, height))
        size = max(1, round(width * shrink)), max(1, round(height * shrink))
        small = self._small(*size)
        if (small.shape[1], small.shape[0]) != size:
            small = cast("NDArray[np.uint8]", cv2.resize(small, size, interpolation=cv2.INTER_AREA))
        return upright(small, self.orientation)

    def _small(self, width: int, height: int) -> NDArray[np.uint8]:
        """The picture as stored, at least this large but not much more."""
        if self._data is not None and self._header.decoder == "turbojpeg":
            try:
                return decode_jpeg_small(self._data, width, height)
            except DecodeError as error:
                raise _failure(self.path, str(error)) from error
        factor = max(1, min(self._header.width // width, self._header.height // height))
        rows = []
        for _, strip in self.strips(factor * -(-_JOINED_ROWS // factor)):
            across, down = max(1, strip.shape[1] // factor), max(1, len(strip) // factor)
            rows.append(cv2.resize(strip, (across, down), interpolation=cv2.INTER_AREA) if factor > 1 else strip)
        return cast("NDArray[np.uint8]", np.concatenate(rows))

    def _stored(self) -> NDArray[np.uint8]:
        width, height = self.stored_size
        if self._is_decoded_whole:
            return next(iter(self.strips(height)))[1]
        whole = np.empty((height, width, 3), np.uint8)
        for y0, strip in self.strips(_JOINED_ROWS):
            whole[y0 : y0 + len(strip)] = strip
        return whole

    @property
    def _is_decoded_whole(self) -> bool:
        return self._data is not None and self._header.decoder != "vips"

    def _decode(self, rows: int) -> Iterator[Strip]:
        header = self._header
        if self._data is None:
            if header.format == "BMP":
                return strips_of_bmp(self.path, header, rows)
            return strips_with_vips(self.path, header, rows)
        if header.decoder == "vips":
            return strips_with_vips(self._data, header, rows)
        if header.decoder == "turbojpeg":
            whole = decode_jpeg(self._data)
        else:
            whole = decode_with_pillow(header.format, self._data)
        if whole.shape != (header.height, header.width, 3):
            raise DecodeError("the file contradicts itself about its size")
        return strips_of_array(whole, rows)


def open_picture(path: str | os.PathLike[str]) -> Picture:
    """Read a picture's header, and the bytes of the file unless it is large.

    Names need not be UTF-8: paths with surrogate escapes (what `os.fsdecode` gives) work.

    Raises:
        PictureError: missing, a folder, empty, not to be read, not a picture, damaged, or absurdly large (more than
            `MAX_PIXELS` pixels or a side of more than `MAX_SIDE`).
    """
    path = Path(path)
    try:
        # asked first: to open a named pipe would wait for ever
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise HeaderError(_folder_reason(path))
        if not stat.S_ISREG(mode):
            raise HeaderError("this is a device or a pipe, not a picture file")
        with path.open("rb") as file:
            length = os.fstat(file.fileno()).st_size
            if length == 0:
                raise HeaderError("the file is empty (0 bytes): copy it again from where it came")
            header = read_header(file)
            _check_size(header)
            if length < header.least_bytes:
                raise HeaderError(cut_short(header.format))
            if header.width * header.height > LARGE_PIXELS:
                return Picture(path, header, None)
            file.seek(0)
            return Picture(path, header, file.read())
    except HeaderError as error:
        raise _failure(path, str(error)) from error
    except OSError as error:
        raise _failure(path, _os_reason(error)) from error
    except ValueError as error:  # a NUL in the name
        raise _failure(path, str(error)) from error


def _check_size(header: Header) -> None:
    width, height = header.width, header.height
    if width < 1 or height < 1:
        raise HeaderError(f"the {header.format} header is damaged: it gives a size of {width} x {height} pixels")
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
        raise HeaderError(
            f"the header gives {width:,} x {height:,} pixels, more than is read (at most {MAX_PIXELS:,} pixels and "
            f"{MAX_SIDE:,} a side): cut it into parts, if that size is true"
        )
    most = int(MAX_WHOLE_BYTES / (header.whole_bytes + ANALYSIS_BYTES))
    if header.whole_bytes and width * height > most:
        kind = {"JPEG": "progressive JPEG", "PNG": "interlaced PNG", "BMP": "run-length coded BMP"}
        raise HeaderError(
            f"the header gives {width:,} x {height:,} pixels, more than is read of {kind.get(header.format, 'WebP')}, "
            f"which needs all of them in memory at once (at most {most // 10**6} million here): save it as baseline "
            "JPEG or as TIFF"
        )


def _folder_reason(path: Path) -> str:
    """Why a folder came here: folders are searched, so one that is opened like a picture is mostly a closed one."""
    try:
        os.scandir(path).close()
    except PermissionError:
        return "you are not allowed to list this folder: check its permissions"
    return "this is a folder, not a picture"


def _os_reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file"
    if isinstance(error, PermissionError):
        return "you are not allowed to read it: check the permissions of the file and its folder"
    return error.strerror or str(error)


def _failure(path: Path, reason: str) -> PictureError:
    return PictureError(f"cannot read {printable(path)}: {reason}")
