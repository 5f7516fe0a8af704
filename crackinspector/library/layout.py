"""Where everything of a library lies: names made of digests alone, so that no name from elsewhere is ever a path.

library.json                     says that this folder is a library, and which (`library.identity`)
library.sqlite                   the index; may be lost at any time
library.lock                     held by whoever writes
records/ab/<sha256>.json         the record, or tombstone, of the snapshot whose picture has that sha256
pictures/ab/<sha256>.jpg         the picture as it came, byte for byte
maps/ab/<sha256>.png             a crack map or a mask by hand
incoming/<run>/                  what a program has not finished
backups/                         the index as it was before each migration
bin/                             what `check --repair` took out of the way
"""

from __future__ import annotations

import re
from pathlib import Path

MARKER, INDEX, LOCK = "library.json", "library.sqlite", "library.lock"
RECORDS, PICTURES, MAPS, INCOMING, BACKUPS, BIN = "records", "pictures", "maps", "incoming", "backups", "bin"
MAP_SUFFIX, RECORD_SUFFIX = ".png", ".json"
PICTURE_SUFFIXES = (".jpg", ".png", ".tif", ".webp", ".bmp")
ID = re.compile(r"[0-9a-f]{64}")
SHARD = re.compile(r"[0-9a-f]{2}")


def picture_path(library: Path, identifier: str, suffix: str) -> Path:
    """The picture of a snapshot."""
    return library / PICTURES / identifier[:2] / (identifier + suffix)


def map_path(library: Path, digest: str) -> Path:
    """A crack map or mask by its sha256."""
    return library / MAPS / digest[:2] / (digest + MAP_SUFFIX)


def record_path(library: Path, identifier: str) -> Path:
    """The record of a snapshot."""
    return library / RECORDS / identifier[:2] / (identifier + RECORD_SUFFIX)


def is_library(folder: Path) -> bool:
    """Whether the folder is a library, with its index or without."""
    return (folder / MARKER).is_file() or (folder / INDEX).is_file()
