"""What a picture file says of itself, which is the same in every library: format, size, time and place."""

from __future__ import annotations

import hashlib
import math
import warnings
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from PIL import Image

from crackinspector.core.errors import PictureError
from crackinspector.core.text import printable
from crackinspector.library.layout import ID, PICTURE_SUFFIXES

SUFFIXES: Mapping[str, str] = {
    "JPEG": ".jpg",
    "MPO": ".jpg",
    "PNG": ".png",
    "TIFF": ".tif",
    "WEBP": ".webp",
    "BMP": ".bmp",
}
# Of an MPO, Pillow's JPEG reader finds out by itself.
_FORMATS = tuple(name for name in SUFFIXES if name != "MPO")
MAX_SIDE, MAX_PIXELS = 100_000, 2_000_000_000
_ORIENTATION, _DETAILS, _GPS = 0x0112, 0x8769, 0x8825
_TIFF_WIDTH, _TIFF_HEIGHT = 256, 257
_TAKEN, _OFFSET, _FRACTION = 0x9003, 0x9011, 0x9291
# Pillow's own limit is for who decodes; here only headers are read, and `MAX_PIXELS` is refused.
Image.MAX_IMAGE_PIXELS = MAX_PIXELS


@dataclass(frozen=True, slots=True)
class Facts:
    """A picture file.

    Attributes:
        sha256: of its content, in hexadecimal; the snapshot's name.
        suffix: one of `PICTURE_SUFFIXES`, by its content.
        bytes: length of the file.
        width, height: upright, in pixels.
        taken: the moment in its EXIF, ISO 8601, with an offset where it has one.
        latitude, longitude: in degrees, where it has them.
    """

    sha256: str
    suffix: str
    bytes: int
    width: int
    height: int
    taken: str | None = None
    latitude: float | None = None
    longitude: float | None = None

    def values(self) -> dict[str, Any]:
        """As it stands in a record."""
        return asdict(self)

    @classmethod
    def parse(cls, value: object) -> Facts:
        """From a record, which anybody may have written. Raises ValueError."""
        if not isinstance(value, dict):
            raise ValueError("a picture is an object")
        sizes = [value.get(name) for name in ("bytes", "width", "height")]
        if any(isinstance(size, bool) or not isinstance(size, int) or not 0 < size < 2**62 for size in sizes):
            raise ValueError("a picture has a size")
        if not ID.fullmatch(str(value.get("sha256"))) or value.get("suffix") not in PICTURE_SUFFIXES:
            raise ValueError("a picture has a digest and a kind")
        taken = value.get("taken")
        if taken is not None:
            check_moment(taken)
        position = check_position(value.get("latitude"), value.get("longitude"))
        length, width, height = sizes
        return cls(value["sha256"], value["suffix"], length, width, height, taken, *position)  # type: ignore[arg-type]


def check_moment(text: object) -> None:
    """Raises ValueError for what is no moment in ISO 8601."""
    if not isinstance(text, str) or not text.isascii() or len(text) > 40:
        raise ValueError("a moment was expected")
    datetime.fromisoformat(text)


def check_position(latitude: object, longitude: object) -> tuple[float | None, float | None]:
    """Both in degrees, or None where there is none. Raises ValueError."""
    return _degrees(latitude, 90), _degrees(longitude, 180)


def _degrees(value: object, most: float) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= most:
        raise ValueError("degrees were expected")
    return float(value)


def read_facts(path: Path, sha256: str | None = None, called: Path | None = None) -> Facts:
    """What a picture file says of itself; decodes no pixel.

    Args:
        path: the file.
        sha256: of its content, if known.
        called: the name to use in the sentence of an error.

    Raises:
        PictureError: it is no picture that a library keeps, or cannot be read.
    """
    name = printable(called or path)
    try:
        with path.open("rb") as file, warnings.catch_warnings():
            # What Pillow finds odd about a header is not the user's concern.
            warnings.simplefilter("ignore")
            digest = sha256 or hashlib.file_digest(file, "sha256").hexdigest()
            file.seek(0, 2)
            return _facts(file, digest, file.tell())
    except OSError as error:
        raise PictureError(f"cannot read {name}: {error.strerror or 'it is not a picture, or is damaged'}") from error
    except Exception as error:
        # Decoders of hostile files raise whatever comes to their mind.
        raise PictureError(f"cannot read {name}: it is not a picture, or is damaged ({error})") from error


def _facts(file: BinaryIO, sha256: str, length: int) -> Facts:
    file.seek(0)
    with Image.open(file, formats=_FORMATS) as image:
        width, height = _stored_size(image)
        if not (0 < width <= MAX_SIDE and 0 < height <= MAX_SIDE and width * height <= MAX_PIXELS):
            raise ValueError(f"its header gives {width} x {height} pixels")
        exif = _exif(image)
        if _is_turned(exif):
            width, height = height, width
        suffix = SUFFIXES[str(image.format)]
        return Facts(sha256, suffix, length, width, height, _taken(exif), *_position(exif))


def _stored_size(image: Image.Image) -> tuple[int, int]:
    if image.format == "TIFF":
        # Of these alone some versions of Pillow give the upright size.
        tags = image.getexif()
        return int(tags[_TIFF_WIDTH]), int(tags[_TIFF_HEIGHT])
    return image.size


def _exif(image: Image.Image) -> Image.Exif:
    if image.format == "TIFF":
        return image.getexif()
    exif = Image.Exif()
    try:
        # Not getexif: of a PNG it would decode all pixels to find the EXIF behind them.
        exif.load(image.info.get("exif", b""))
    except Exception:
        return Image.Exif()
    return exif


def _is_turned(exif: Image.Exif) -> bool:
    """Whether width and height change places when the picture is turned upright."""
    try:
        return exif.get(_ORIENTATION) in (5, 6, 7, 8)
    except Exception:
        return False


def _taken(exif: Image.Exif) -> str | None:
    try:
        details = exif.get_ifd(_DETAILS)
        moment = datetime.strptime(str(details.get(_TAKEN) or exif[0x0132]).strip("\0 "), "%Y:%m:%d %H:%M:%S")
        text = moment.isoformat()
        fraction = str(details.get(_FRACTION, "")).strip("\0 ")
        if fraction.isdigit():
            text += f".{fraction[:3]:0<3}"
        offset = str(details.get(_OFFSET, "")).strip("\0 ")
        return datetime.fromisoformat(text + offset).isoformat(timespec="milliseconds")
    except Exception:
        return None


def _position(exif: Image.Exif) -> tuple[float | None, float | None]:
    try:
        gps = exif.get_ifd(_GPS)
        latitude, longitude = _angle(gps[2], gps[1], "S"), _angle(gps[4], gps[3], "W")
    except Exception:
        return None, None
    good = math.isfinite(latitude + longitude) and abs(latitude) <= 90 and abs(longitude) <= 180
    return (round(latitude, 7), round(longitude, 7)) if good else (None, None)


def _angle(parts: Any, side: Any, negative: str) -> float:
    degrees, minutes, seconds = (float(part) for part in parts)
    angle = degrees + minutes / 60 + seconds / 3600
    return -angle if str(side).strip("\0 ").upper() == negative else angle
