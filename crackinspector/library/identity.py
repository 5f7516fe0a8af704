"""What `library.json` says: which library this folder is, and whether it is only a backup of it."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crackinspector.library.durable import replace_file
from crackinspector.library.layout import MARKER

FORMAT = 1
KIND = "crackinspector library"
_MAX_BYTES = 65_536


@dataclass(frozen=True, slots=True)
class Identity:
    """Which library a folder is.

    Attributes:
        id: 32 hexadecimal digits; empty if an older program made it, or the file cannot be read. A backup has that of
            the library which it is of, and so has one that was restored from it.
        backup: whether `library.backup` made it.
    """

    id: str
    backup: bool = False


def new_identity() -> Identity:
    """Of a library that was not there before."""
    return Identity(secrets.token_hex(16))


def read_identity(library: Path) -> Identity:
    """What a library says of itself; nothing where it says nothing."""
    values = _values(library)
    identifier = values.get("id")
    return Identity(identifier if isinstance(identifier, str) else "", values.get("backup") is True)


def is_damaged(library: Path) -> bool:
    """Whether the file that says so is there and does not say that this is a library."""
    return (library / MARKER).exists() and _values(library).get("kind") != KIND


def write_identity(library: Path, identity: Identity) -> None:
    """Keep it, with what other programs have written there; for whoever holds the library's lock. Raises OSError."""
    values = {"kind": KIND, "format": FORMAT, **_values(library), "id": identity.id, "backup": identity.backup}
    replace_file(library / MARKER, (json.dumps(values) + "\n").encode("ascii"))


def _values(library: Path) -> dict[str, Any]:
    try:
        with (library / MARKER).open("rb") as file:
            values = json.loads(file.read(_MAX_BYTES))
    except (OSError, ValueError, RecursionError):
        return {}
    return values if isinstance(values, dict) else {}
