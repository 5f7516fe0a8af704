"""What a picture file says of itself before any pixel is decoded: format, size, orientation, kind of samples."""

from __future__ import annotations

import logging
import struct
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, Literal

from PIL import BmpImagePlugin, Image, ImageFile, JpegImagePlugin, PngImagePlugin, TiffImagePlugin, WebPImagePlugin

# Pillow warns and logs on stderr; what matters of it becomes an error here, the rest is not the user's concern
warnings.filterwarnings("ignore", module=r"PIL\.")
logging.getLogger("PIL").addHandler(logging.NullHandler())

Format = Literal["JPEG", "PNG", "TIFF", "WebP", "BMP"]
Decoder = Literal["turbojpeg", "pillow", "vips"]

_PLUGINS: dict[Format, type[ImageFile.ImageFile]] = {
    "JPEG": JpegImagePlugin.JpegImageFile,
    "PNG": PngImagePlugin.PngImageFile,
    "WebP": WebPImagePlugin.WebPImageFile,
    "BMP": BmpImagePlugin.BmpImageFile,
}
_FOREIGN = {
    b"GIF8": "a GIF",
    b"%PDF": "a PDF",
    b"8BPS": "a Photoshop file",
    b"\x00\x00\x01\x00": "an icon",
    b"\x00\x00\x00\x0cjP  ": "a JPEG 2000",
    b"\xff\x4f\xff\x51": "a JPEG 2000",
    b"\x00\x00\x00\x0cJXL ": "a JPEG XL",
    b"\xff\x0a": "a JPEG XL",
    b"PK\x03\x04": "a ZIP archive",
    b"version https://git-lfs": "a Git LFS pointer, not the picture itself",
}

_ORIENTATION = 0x0112
_TIFF_WIDTH, _TIFF_HEIGHT, _TIFF_EXTRA_SAMPLES = 256, 257, 338
_TIFF_BITS, _TIFF_SAMPLE_FORMAT = 258, 339
_TIFF_NUMBERS = {2: "signed ", 3: "floating-point ", 5: "complex ", 6: "complex "}
_TIFF_READABLE_BITS = frozenset({1, 2, 4, 8, 16})
_BIG_TIFF = 43
_PIXEL_BYTES = 4
"""Of a picture with alpha at 8 bits a sample."""
_WEBP_BYTES = 8
"""Measured with libvips: two pictures with alpha."""
_BMP_BYTES = 10
"""As Pillow decodes it: indices, colours, BGR and a copy."""
_UNSPECIFIED_SAMPLE = 0
_PNG_SIGNATURE_BYTES = 8
_PLAIN_PNG = frozenset({"1", "L", "L;2", "L;4", "LA", "P", "P;1", "P;2", "P;4", "RGB", "RGBA"})


class HeaderError(Exception):
    """The text says what is wrong, without the file's name."""


@dataclass(frozen=True, slots=True)
class Header:
    """What decides how a picture is read.

    Attributes:
        format: file format.
        width, height: size as stored, in pixels.
        orientation: EXIF 1..8; anything else in the file counts as 1.
        decoder: what decodes it whole.
        extra_is_alpha: whether a band after the colours is alpha.
        whole_bytes: what decoding holds of the whole picture in memory, in bytes a pixel; 0 where rows are decoded one
            after the other.
        least_bytes: how long the file must be to hold all pixels, 0 where only decoding tells.
    """

    format: Format
    width: int
    height: int
    orientation: int
    decoder: Decoder
    extra_is_alpha: bool = True
    whole_bytes: float = 0
    least_bytes: int = 0


def read_header(file: BinaryIO) -> Header:
    """Read the header of the picture file `file`, which stands at its start.

    Raises:
        HeaderError: not a picture that can be read, damaged, or a PNG that ends before its end marker.
        OSError: the file cannot be read.
    """
    kind = _format_of(file.read(32))
    file.seek(0)
    if kind == "TIFF":
        return _tiff_header(file)
    image = open_with_pillow(kind, file)
    width, height = image.size
    if kind == "JPEG":
        decoder: Decoder = "turbojpeg" if image.mode in {"L", "RGB"} else "vips"
        held = _coefficient_bytes(image) if image.info.get("progressive") else 0
        return Header(kind, width, height, _exif_orientation(image), decoder, whole_bytes=held)
    if kind == "PNG":
        decoder = "pillow" if _is_plain_png(image) else "vips"
        held = (_PIXEL_BYTES if decoder == "pillow" else 2 * _PIXEL_BYTES) if image.info.get("interlace") else 0
        return Header(kind, width, height, _png_orientation(file, image), decoder, whole_bytes=held)
    if kind == "BMP":
        length = _end_of_rows(image)
        held = _BMP_BYTES if length is None else 0
        return Header(kind, width, height, 1, "pillow", whole_bytes=held, least_bytes=length or 0)
    return Header(kind, width, height, _exif_orientation(image), "pillow", whole_bytes=_WEBP_BYTES)


def cut_short(kind: Format) -> str:
    """The reason to give for a file that ends too early."""
    return f"the {kind} file is cut short: copy it again from where it came"


def open_with_pillow(kind: Format, file: BinaryIO) -> ImageFile.ImageFile:
    """Open without decoding, by the one plug-in meant: quicker than asking all, and under our limit on pixels.

    Raises:
        HeaderError: the header is damaged.
    """
    try:
        return _PLUGINS[kind](file)
    except Exception as error:  # Pillow's plug-ins raise anything on damaged headers
        raise HeaderError(f"the {kind} header is damaged or cut short ({_brief(error)})") from error


def _brief(error: Exception) -> str:
    return str(error).strip().splitlines()[0][:120] if str(error).strip() else type(error).__name__


def _format_of(magic: bytes) -> Format:
    if magic.startswith(b"\xff\xd8"):
        return "JPEG"
    if magic.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if magic[:4] in {b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"}:
        return "TIFF"
    if magic[:4] == b"RIFF" and magic[8:12] == b"WEBP":
        return "WebP"
    if magic.startswith(b"BM"):
        return "BMP"
    what = next((what for start, what in _FOREIGN.items() if magic.startswith(start)), None)
    if magic[4:8] == b"ftyp":
        what = "an AVIF" if magic[8:12] in {b"avif", b"avis"} else "a HEIC picture or a video"
    if what is not None:
        raise HeaderError(f"this is {what}; JPEG, PNG, TIFF, WebP and BMP can be read: convert it first")
    raise HeaderError("not a picture that can be read (JPEG, PNG, TIFF, WebP or BMP)")


def _exif_orientation(image: Image.Image) -> int:
    return _orientation_in(image.info.get("exif"))


def _orientation_in(exif: object) -> int:
    if not isinstance(exif, bytes) or not exif:
        return 1
    tags = Image.Exif()
    try:
        tags.load(exif)
        return _valid_orientation(tags.get(_ORIENTATION))
    except Exception:  # damaged EXIF takes nothing from the pixels
        return 1


def _valid_orientation(value: object) -> int:
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def _coefficient_bytes(image: ImageFile.ImageFile) -> float:
    """What libjpeg holds of a progressive JPEG until its last scan: 16 bits a sample, of which chroma has fewer."""
    assert isinstance(image, JpegImagePlugin.JpegImageFile)
    samplings = [(across, down) for _, across, down, _ in image.layer]
    full = max(across for across, _ in samplings) * max(down for _, down in samplings)
    return sum(2 * across * down for across, down in samplings) / max(1, full)


def _tiff_header(file: BinaryIO) -> Header:
    """By the tags alone: libvips decodes kinds of samples and numbers of bands of which Pillow has no notion."""
    start = file.read(8)
    if start.startswith(b"MM\0+"):
        raise HeaderError("it is a big-endian BigTIFF, which cannot be read: save it with the low byte first")
    try:
        if start[2] == _BIG_TIFF:
            start += file.read(8)
        tags = TiffImagePlugin.ImageFileDirectory_v2(start)
        file.seek(tags.next)
        tags.load(file)
        width, height = (_whole_numbers(tags[tag])[0] for tag in (_TIFF_WIDTH, _TIFF_HEIGHT))
        bits, kind = (max(_whole_numbers(tags.get(tag, 1))) for tag in (_TIFF_BITS, _TIFF_SAMPLE_FORMAT))
        extra = _whole_numbers(tags.get(_TIFF_EXTRA_SAMPLES, ()))
    except KeyError as missing:
        raise HeaderError(f"the TIFF header is damaged or cut short: it has no tag {missing}") from missing
    except Exception as error:  # Pillow raises anything on damaged headers
        raise HeaderError(f"the TIFF header is damaged or cut short ({_brief(error)})") from error
    if kind in _TIFF_NUMBERS or bits not in _TIFF_READABLE_BITS:
        raise HeaderError(
            f"its samples are {bits}-bit {_TIFF_NUMBERS.get(kind, '')}numbers, and unsigned whole numbers of 1, 2, 4, "
            "8 or 16 bits can be read: convert it to 8 or 16 bits a sample"
        )
    is_alpha = not extra or extra[0] != _UNSPECIFIED_SAMPLE
    return Header("TIFF", width, height, _valid_orientation(tags.get(_ORIENTATION)), "vips", is_alpha)


def _whole_numbers(value: Any) -> tuple[int, ...]:
    return tuple(int(number) for number in (value if isinstance(value, tuple) else (value,)))


def _end_of_rows(bmp: ImageFile.ImageFile) -> int | None:
    codec, _, offset, layout = bmp.tile[0]
    if codec != "raw" or not isinstance(layout, tuple):
        return None
    _, stride, _ = layout
    return int(offset + stride * bmp.height)


def _is_plain_png(image: ImageFile.ImageFile) -> bool:
    """8 bits or fewer, with no colour key (which Pillow compares at the wrong depth in some cases)."""
    rawmode = image.tile[0][3] if image.tile else None
    return rawmode in _PLAIN_PNG and ("transparency" not in image.info or image.mode == "P")


def _png_orientation(file: BinaryIO, image: ImageFile.ImageFile) -> int:
    exif: object = image.info.get("exif")
    for kind, length in _png_chunks(file):
        if kind == b"eXIf" and exif is None and length < 1 << 20:
            exif = file.read(length)
    return _orientation_in(exif)


def _png_chunks(file: BinaryIO) -> Iterator[tuple[bytes, int]]:
    """Type and length of each chunk, the file standing at its data; more may follow the end marker."""
    position = _PNG_SIGNATURE_BYTES
    while True:
        file.seek(position)
        head = file.read(8)
        if len(head) < 8:
            raise HeaderError(cut_short("PNG"))
        length, kind = struct.unpack(">I4s", head)
        if kind == b"IEND" and len(file.read(4)) == 4:
            return
        yield kind, length
        position += 12 + length
