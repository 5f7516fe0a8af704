"""A video file of single JPEG pictures (Motion JPEG in AVI) that survives whatever ends its program.

Why this format: every picture stands for itself, so nothing is smeared between pictures that will be looked at as
evidence, a file that was cut off plays up to the cut, and a Raspberry Pi encodes it beside the model. Windows plays it
as it is, and so do VLC, mpv, GStreamer and OpenCV. MP4 is unreadable until its last write, VP8 took twelve times the
processor time where it was tried, and OpenCV's wheels have no H.264 encoder.

Why not `cv2.VideoWriter`: it cannot say that a write failed, so that a full disk would go unnoticed, and it writes the
length and the index at the end only. Here every write is checked, and the length is brought up to date on the way.

Layout (Microsoft's "AVI RIFF File Reference"): RIFF 'AVI ' with LIST 'hdrl' (main header, one stream), LIST 'INFO',
LIST 'movi' with a chunk '00dc' for each picture, and 'idx1'. An empty chunk shows the picture before it once more.
"""

from __future__ import annotations

import contextlib
import os
import struct
from collections.abc import Mapping

from crackinspector.library.durable import write_all

LARGEST = 2_000_000_000
"""Bytes that a file may have: some players take its offsets for signed."""
_CHUNK = b"00dc"
_KEY_FRAME = 0x10
_HAS_INDEX = 0x10
_ENTRY = struct.Struct("<4sIII")
# Places in the header that are brought up to date, for the header below.
_RIFF_SIZE, _MAIN_FRAMES, _STREAM_FRAMES = 4, 48, 140


class AviWriter:
    """Appends pictures to a descriptor, which stays the caller's. Made by `begin`; belongs to one thread.

    Attributes:
        frames: how many are in the file, repeated ones included.
    """

    def __init__(self, descriptor: int, header_size: int) -> None:
        """Append to a file that so far is a header of that size, at whose end the descriptor stands."""
        self.frames = 0
        self._descriptor = descriptor
        self._movi = header_size - 4
        self._end = header_size
        self._index = bytearray()

    @property
    def size(self) -> int:
        """Bytes of the file, with the index that is to come."""
        return self._end + 8 + len(self._index)

    def add(self, jpeg: bytes) -> None:
        """Append a picture, a whole JPEG file; nothing to show the one before once more.

        Raises:
            OSError: the disk does not take it; the file ends with the picture before and can still be finished.
        """
        padding = b"\0" * (len(jpeg) % 2)
        try:
            write_all(self._descriptor, _CHUNK + struct.pack("<I", len(jpeg)) + jpeg + padding)
        except BaseException:
            self._cut()
            raise
        self._count(len(jpeg))

    def update(self) -> None:
        """Bring the header's length up to date and the file to the disk. Raises OSError."""
        self._write_lengths(self._end)
        os.fdatasync(self._descriptor)

    def finish(self) -> None:
        """Write the index and the final length; where the disk is full, the file goes without an index and plays too.

        Raises:
            OSError: not even the length can be written.
        """
        try:
            write_all(self._descriptor, b"idx1" + struct.pack("<I", len(self._index)) + self._index)
        except OSError:
            self._cut()
            self._write_lengths(self._end)
        else:
            self._write_lengths(self._end + 8 + len(self._index))

    def take_over(self, size: int) -> int:
        """Count what a file of that size holds already, and cut off what is half-written; returns the pictures."""
        pictures = 0
        while self._end + 8 <= size:
            name, length = struct.unpack("<4sI", os.pread(self._descriptor, 8, self._end))
            if name != _CHUNK or self._end + 8 + length + length % 2 > size:
                break
            self._count(length)
            pictures += bool(length)
        self._cut()
        return pictures

    def _count(self, length: int) -> None:
        self._index += _ENTRY.pack(_CHUNK, _KEY_FRAME if length else 0, self._end - self._movi, length)
        self._end += 8 + length + length % 2
        self.frames += 1

    def _write_lengths(self, end: int) -> None:
        for value, place in (
            (end - 8, _RIFF_SIZE),
            (self.frames, _MAIN_FRAMES),
            (self.frames, _STREAM_FRAMES),
            (self._end - self._movi, self._movi - 4),
        ):
            os.pwrite(self._descriptor, struct.pack("<I", value), place)

    def _cut(self) -> None:
        with contextlib.suppress(OSError):
            os.ftruncate(self._descriptor, self._end)
            os.lseek(self._descriptor, self._end, os.SEEK_SET)


def begin(descriptor: int, width: int, height: int, fps: int, info: Mapping[str, str]) -> AviWriter:
    """Begin a video.

    Args:
        descriptor: of an empty file, open for reading and writing.
        width, height: of every picture, in pixels.
        fps: pictures a second.
        info: texts about the video by their RIFF names, such as "ICRD" for its date and "ICMT" for a comment.

    Raises:
        OSError: the disk does not take it.
    """
    header = _header(width, height, fps, info)
    write_all(descriptor, header)
    return AviWriter(descriptor, len(header))


def repair(descriptor: int) -> int:
    """Finish the file of a killed program: cut what is half-written, write index and length.

    Args:
        descriptor: open for reading and writing.

    Returns:
        How many pictures it holds; 0 if it is none of these files or ends before its first picture.

    Raises:
        OSError: it cannot be read or written.
    """
    header = os.pread(descriptor, 65536, 0)
    # After texts of any length.
    movi = header.find(b"movi", _STREAM_FRAMES)
    if header[:4] != b"RIFF" or header[8:12] != b"AVI " or movi < 0:
        return 0
    writer = AviWriter(descriptor, movi + 4)
    pictures = writer.take_over(os.fstat(descriptor).st_size)
    if pictures:
        writer.finish()
        os.fsync(descriptor)
    return pictures


def _header(width: int, height: int, fps: int, info: Mapping[str, str]) -> bytes:
    largest = min(width * height * 3, 0xFFFFFFFF // fps)
    main = struct.pack(
        "<14I", 1_000_000 // fps, largest * fps, 0, _HAS_INDEX, 0, 0, 1, largest, width, height, *[0] * 4
    )
    stream = struct.pack(
        "<4s4sIHHIIIIIIII4H", b"vids", b"MJPG", 0, 0, 0, 0, 1, fps, 0, 0, largest, 0xFFFFFFFF, 0, 0, 0, width, height
    )
    picture = struct.pack("<IiiHH4sIiiII", 40, width, height, 1, 24, b"MJPG", largest, 0, 0, 0, 0)
    texts = b"".join(_chunk(name.encode("ascii"), _text(text)) for name, text in info.items())
    lists = _list(b"hdrl", _chunk(b"avih", main) + _list(b"strl", _chunk(b"strh", stream) + _chunk(b"strf", picture)))
    lists += _list(b"INFO", texts) + _list(b"movi", b"")
    return b"RIFF" + struct.pack("<I", 4 + len(lists)) + b"AVI " + lists


def _chunk(name: bytes, content: bytes) -> bytes:
    return name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)


def _list(name: bytes, content: bytes) -> bytes:
    return _chunk(b"LIST", name + content)


def _text(text: str) -> bytes:
    # Room is left in the 64 KiB in which `repair` looks for the pictures' beginning.
    return text.encode("utf-8", "replace")[:2000] + b"\0"
