"""Reads the pictures and crack maps that a library keeps, and makes sure that they are what was kept."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import IO

import cv2
import numpy as np
from numpy.typing import NDArray

from crackinspector.core.errors import PictureError
from crackinspector.core.text import printable
from crackinspector.library.durable import remove
from crackinspector.library.layout import map_path
from crackinspector.library.queries import Row

_BLOCK = 1 << 20


def read_map(folder: Path, digest: str) -> NDArray[np.uint8]:
    """A crack map or a mask by hand, (h, w) uint8. Raises PictureError: it is gone or damaged."""
    path = map_path(folder, digest)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise PictureError(
            f"the crack map {printable(path)} cannot be read: {error.strerror or error}; restore it from a backup"
        ) from error
    # Checked before it is decoded: what was never kept here may be anything.
    whole = hashlib.sha256(content).hexdigest() == digest
    crack_map = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_GRAYSCALE) if whole else None
    if crack_map is None:
        raise PictureError(f"the crack map {printable(path)} is damaged; restore it from a backup")
    return np.asarray(crack_map, np.uint8)


def copy_picture(row: Row, to: Path) -> None:
    """Copy a snapshot's picture; on failure there is nothing at `to`.

    Raises:
        PictureError: it is gone, cannot be read, or is another one than was kept.
        OSError: the copy cannot be written.
    """
    name = printable(row.name or row.picture.name)
    digest = hashlib.sha256()
    try:
        source = row.picture.open("rb")
    except FileNotFoundError as error:
        raise PictureError(
            f"the picture {name} is gone from the library; restore {printable(row.picture)} from a backup"
        ) from error
    except OSError as error:
        raise _unreadable(row, error) from error
    try:
        with source, to.open("wb") as copy:
            while block := _block(row, source):
                digest.update(block)
                copy.write(block)
        if digest.hexdigest() != row.id:
            raise PictureError(
                f"the picture {name} has changed since it was kept; restore {printable(row.picture)} from a backup"
            )
    except BaseException:
        remove(to)
        raise


def _block(row: Row, source: IO[bytes]) -> bytes:
    try:
        return source.read(_BLOCK)
    except OSError as error:
        raise _unreadable(row, error) from error


def _unreadable(row: Row, error: OSError) -> PictureError:
    name = printable(row.name or row.picture.name)
    return PictureError(f"the picture {name} cannot be read: {error.strerror or error}; check {printable(row.picture)}")
