"""What the commands about a library print."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from crackinspector.core.text import printable
from crackinspector.library.queries import Info, info
from crackinspector.library.store import Library


def tell_info(folder: Path, as_json: bool) -> int:
    """Print what a library holds. Raises StorageError."""
    with Library(folder, write=False) as library:
        held = info(library)
        if as_json:
            print(json.dumps(held.values()))
        else:
            print(_readable(folder, held))
        tell(library.notices)
    return 0


def tell(notices: list[str]) -> None:
    """Print what a person should know on standard error."""
    for notice in notices:
        if sys.stderr is not None:
            print(f"crackinspector: {notice}", file=sys.stderr)


def _readable(folder: Path, held: Info) -> str:
    labels = ", ".join(f"{count} {label}" for label, count in held.labels.items()) or "none"
    decided = ", ".join(f"{count} {verdict}" for verdict, count in held.decided.items()) or "none"
    return "\n".join(
        (
            f"{printable(folder)}",
            f"snapshots   {held.snapshots} ({labels})",
            f"findings    {held.findings}",
            f"verdicts    {held.verdicts}; snapshots: {decided}",
            f"structures  {held.structures}",
            f"in the bin  {held.binned}",
            f"bytes       {held.bytes}",
        )
    )
