"""`crackinspector library bin ...`: what lies in the bin, taking it out, emptying it for good."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crackinspector.core.arguments import whole_number
from crackinspector.core.errors import UsageError
from crackinspector.core.text import printable
from crackinspector.survey.library_arguments import add_debug, add_library, add_who, library_of, who_of

if TYPE_CHECKING:
    from crackinspector.library.emptying import Binned

_NOTES = """\
What is deleted leaves its name with who deleted it, when and why, for ever: neither an import nor a merge brings it
back, unless --again is given to them. Pictures, maps, findings and verdicts are gone, but not from backups.
"""


def add_parser(commands: Any) -> None:
    """Registers `bin` with the subparsers of `crackinspector library`; as `library_command.add_parsers` does."""
    parser = commands.add_parser("bin", help="what lies in the bin, taking it out, emptying it")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    listing = commands.add_parser("list", help="what lies in the bin")
    listing.add_argument("--json", action="store_true", help="a JSON object a line: id, name, at, who, bytes")
    _add_common(listing)
    listing.set_defaults(run=_list, answers=listing)
    restore = commands.add_parser("restore", help="take snapshots out of the bin")
    restore.add_argument("names", metavar="ID", nargs="*", help="of a snapshot, or how it begins (8 digits or more)")
    restore.add_argument("--all", action="store_true", help="all that lie there")
    _add_common(restore, named=False)
    add_who(restore)
    restore.set_defaults(run=_restore, answers=restore)
    empty = commands.add_parser(
        "empty",
        help="delete what lies in the bin for good",
        description="Deletes what lies in the bin for good.",
        epilog=_NOTES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    empty.add_argument("--yes", action="store_true", help="do not ask")
    empty.add_argument("--why", metavar="TEXT", default="", help="the reason, which is kept")
    _add_common(empty)
    add_who(empty)
    empty.set_defaults(run=_empty, answers=empty)


def _add_common(parser: argparse.ArgumentParser, named: bool = True) -> None:
    add_library(parser, named)
    parser.add_argument(
        "--older-than", metavar="DAYS", type=whole_number(0), default=0, help="only what was put there so long ago"
    )
    add_debug(parser)


def _list(options: argparse.Namespace) -> int:
    from crackinspector.library.emptying import in_bin
    from crackinspector.library.store import Library

    with Library(library_of(options), write=False) as library:
        found = in_bin(library, timedelta(days=options.older_than))
    for each in found:
        if options.json:
            print(json.dumps({name: getattr(each, name) for name in ("id", "name", "at", "who", "bytes")}))
        else:
            print(f"{each.id}  {each.at[:10]}  {printable(each.who):<12}  {printable(each.name)}")
    if not options.json:
        print(_counted(found))
    return 0


def _restore(options: argparse.Namespace) -> int:
    from crackinspector.library.emptying import in_bin
    from crackinspector.library.store import Library
    from crackinspector.library.verdicts import put_into_bin

    if bool(options.names) == options.all:
        raise UsageError("give the ids of the snapshots to restore, or --all")
    with Library(library_of(options)) as library:
        found = in_bin(library, timedelta(days=options.older_than))
        chosen = found if options.all else [_named(name, found) for name in options.names]
        restored = put_into_bin(library, [each.id for each in chosen], who_of(options), away=False)
    print(f"{len(restored)} restored")
    return 0


def _named(name: str, found: Sequence[Binned]) -> Binned:
    fitting = [each for each in found if len(name) >= 8 and each.id.startswith(name.lower())]
    if len(fitting) != 1:
        raise UsageError(f"{printable(name)} names no single snapshot in the bin; `library bin list` lists them")
    return fitting[0]


def _empty(options: argparse.Namespace) -> int:
    from crackinspector.library.emptying import delete, in_bin
    from crackinspector.library.store import Library

    folder: Path = library_of(options)
    with Library(folder) as library:
        for notice in library.notices:
            print(f"crackinspector: {notice}", file=sys.stderr)
        found = in_bin(library, timedelta(days=options.older_than))
        if found and not options.yes and not _agreed(folder, found):
            print("nothing was deleted")
            return 1
        count = sum(1 for _ in delete(library, [each.id for each in found], who_of(options), options.why))
    print(f"{count} deleted for good")
    return 0


def _agreed(folder: Path, found: Sequence[Binned]) -> bool:
    if sys.stdin is None or not sys.stdin.isatty():
        raise UsageError(f"{_counted(found)}: give --yes to delete them for good, there is nobody to ask")
    return input(f"{printable(folder)}, {_counted(found)}: delete them for good? [y/N] ").strip().lower() in (
        "y",
        "yes",
    )


def _counted(found: Sequence[Binned]) -> str:
    size = _size(sum(each.bytes for each in found))
    return f"{len(found)} snapshot{'' if len(found) == 1 else 's'} in the bin, {size} of pictures"


def _size(count: int) -> str:
    if count < 1000:
        return f"{count} byte{'' if count == 1 else 's'}"
    return f"{count / 1e3:.1f} kB" if count < 999_950 else f"{count / 1e6:.1f} MB"
