"""Model files before any runtime sees them: is this a TensorFlow Lite model at all, and is it all there?

A `.tflite` file is a FlatBuffer (https://flatbuffers.dev/internals/) with the identifier `TFL3`, laid out by
TensorFlow Lite's `schema.fbs`. Only its coarse structure is followed here, enough to tell a file that was cut short or
is something else. Finer damage is left to the trial in `crackinspector.inference.verify`.
"""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Final

from crackinspector.core.errors import ModelError

_IDENTIFIER: Final = b"TFL3"
_SCHEMA_VERSION: Final = 3
_LARGEST: Final = 2**31 - 1  # FlatBuffers' offsets reach no further

# Field numbers in schema.fbs: table Model and table Buffer.
_VERSION, _SUBGRAPHS, _BUFFERS = 0, 2, 4
_BUFFER_DATA: Final = 0

_HOW_TO_EXPORT: Final = (
    "Convert it with `crackinspector train export`, or choose the .tflite file that was made from it."
)

# What a file is, by its first bytes, and what to do about it.
_FOREIGN: Final = (
    (b"version https://git-lfs", "a Git LFS pointer, not the file itself", "Fetch the file with: git lfs pull"),
    (b"\x89HDF\r\n\x1a\n", "a Keras model in HDF5 format", _HOW_TO_EXPORT),
    (b"\x1f\x8b", "a gzip archive", "Unpack it first."),
    (b"\x89PNG", "a picture", "Give a .tflite file as the model."),
    (b"\xff\xd8\xff", "a picture", "Give a .tflite file as the model."),
)
_SUFFIXES: Final = {
    ".onnx": ("an ONNX model", "Convert it to TensorFlow Lite first."),
    ".pt": ("a PyTorch model", "Convert it to TensorFlow Lite first."),
    ".pth": ("a PyTorch model", "Convert it to TensorFlow Lite first."),
    ".pb": ("a TensorFlow graph", _HOW_TO_EXPORT),
}


def read_model_file(path: Path) -> bytes:
    """Return the content of a `.tflite` file, after a look at its identifier and coarse structure.

    Raises:
        ModelError: the file is missing, unreadable, empty, of another kind (which is named) or cut short.
    """
    try:
        if path.is_dir():
            raise ModelError(f"{path} is a folder, not a model. Give a .tflite file in it.")
        with path.open("rb") as file:
            head = file.read(4096)
            _check_head(path, head)
            content = head + file.read(_LARGEST + 1 - len(head))
    except FileNotFoundError:
        raise ModelError(f"There is no model file {path}.") from None
    except (OSError, ValueError) as error:
        raise ModelError(
            f"The model file {path} cannot be read: {getattr(error, 'strerror', None) or error}."
        ) from error
    if len(content) > _LARGEST:
        raise ModelError(f"{path} is not a TensorFlow Lite model: it is larger than 2 GB.")
    try:
        _check_structure(content)
    except _DamageError as damage:
        raise ModelError(f"{path} is damaged: {damage}. Copy or export it again.") from None
    return content


def _check_head(path: Path, head: bytes) -> None:
    if not head:
        raise ModelError(f"{path} is empty. Copy or export the model again.")
    if head[4:8] == _IDENTIFIER:
        return
    for start, kind, advice in _FOREIGN:
        if head.startswith(start):
            raise ModelError(f"{path} is {kind}. {advice}")
    if head.lstrip()[:14].lower().startswith((b"<!doctype html", b"<html", b"<head")):
        raise ModelError(f"{path} is a web page, perhaps a download that failed. Download the model file itself.")
    if head.startswith(b"PK\x03\x04"):
        if path.suffix == ".keras" or b"metadata.json" in head or b"model.weights.h5" in head:
            raise ModelError(f"{path} is a Keras model. {_HOW_TO_EXPORT}")
        raise ModelError(f"{path} is a zip archive. Unpack it and give the .tflite file in it.")
    if path.suffix.lower() in _SUFFIXES:
        kind, advice = _SUFFIXES[path.suffix.lower()]
        raise ModelError(f"{path} is {kind}. {advice}")
    raise ModelError(f"{path} is not a TensorFlow Lite model: its identifier TFL3 is missing. Give a .tflite file.")


class _DamageError(Exception):
    """The text says what is wrong with the structure."""


def _check_structure(content: bytes) -> None:
    """Follow the offsets to the version, the subgraphs and every constant buffer.

    Raises:
        _DamageError: one of them is missing or lies outside the content.
    """
    reader = _Reader(content)
    model = reader.offset(0)
    version_at = reader.field(model, _VERSION)
    version = reader.number("<I", version_at) if version_at else 0
    if version != _SCHEMA_VERSION:
        raise _DamageError(f"its schema version is {version}, not {_SCHEMA_VERSION}")
    if not reader.tables(model, _SUBGRAPHS):
        raise _DamageError("it holds no network")
    for buffer in reader.tables(model, _BUFFERS):
        data_at = reader.field(buffer, _BUFFER_DATA)
        if data_at:
            start = reader.offset(data_at)
            reader.span(start + 4, reader.number("<I", start))


class _Reader:
    """Reads a FlatBuffer's numbers and refuses to leave it."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def span(self, start: int, size: int) -> None:
        """Check that `size` bytes at `start` are there."""
        if start < 0 or start + size > len(self._content):
            raise _DamageError("it is cut short, or parts of it were overwritten")

    def number(self, layout: str, at: int) -> int:
        self.span(at, struct.calcsize(layout))
        return int(struct.unpack_from(layout, self._content, at)[0])

    def offset(self, at: int) -> int:
        """Return the position that the offset at `at` points to."""
        return at + self.number("<I", at)

    def field(self, table: int, number: int) -> int:
        """Return the position of a table's field, or 0 if the table does not have it."""
        lookup = table - self.number("<i", table)
        size = self.number("<H", lookup)
        entry = 4 + 2 * number
        distance = self.number("<H", lookup + entry) if entry + 2 <= size else 0
        return table + distance if distance else 0

    def tables(self, table: int, number: int) -> list[int]:
        """Return the positions of the tables in a field that is a vector of tables."""
        at = self.field(table, number)
        if not at:
            return []
        start = self.offset(at)
        count = self.number("<I", start)
        self.span(start + 4, 4 * count)
        return [self.offset(start + 4 + 4 * position) for position in range(count)]
