"""What several of the library's commands take, and what it means."""

from __future__ import annotations

import argparse
import contextlib
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from crackinspector.core.arguments import whole_number
from crackinspector.core.errors import UsageError
from crackinspector.core.labels import Label
from crackinspector.core.text import printable

if TYPE_CHECKING:
    from crackinspector.library.queries import Query

VERDICTS = ("unreviewed", "confirmed", "rejected", "unsure")


def add_library(parser: argparse.ArgumentParser, named: bool = False) -> None:
    """`--library`, and with `named` the folder alone as well."""
    text = "folder of the library (default: as in the settings, where the live application has it)"
    if named:
        parser.add_argument("folder", metavar="DIR", nargs="?", type=Path, help="the same as --library")
    parser.add_argument("--library", metavar="DIR", type=Path, help=text)


def library_of(options: argparse.Namespace) -> Path:
    """The library that is meant.

    `options.settings` gives the user's settings, which are read where they are needed alone.

    Raises:
        UsageError: two are named.
        StorageError: nobody says which and there is no home to look in.
    """
    named = getattr(options, "folder", None)
    if named is not None and options.library is not None:
        raise UsageError(f"there are two libraries, {printable(named)} and {printable(options.library)}; leave one out")
    folder = options.library or named
    if folder is not None:
        return Path(folder)
    from crackinspector.library.places import library_folder

    return library_folder(options.settings())


def who_of(options: argparse.Namespace) -> str:
    """The person who is meant."""
    if options.who is not None:
        return str(options.who)
    from crackinspector.library.places import reviewer

    return reviewer(options.settings())


def add_filter(parser: argparse.ArgumentParser) -> None:
    """Which snapshots; `query_of` reads it."""
    for level in ("structure", "element", "inspection"):
        parser.add_argument(f"--{level}", metavar="NAME", help=f"of this {level}")
    parser.add_argument("--label", action="append", default=[], choices=[*Label], help="of the model; repeatable")
    parser.add_argument("--verdict", action="append", default=[], choices=VERDICTS, help="of people; repeatable")
    parser.add_argument("--tag", action="append", default=[], metavar="NAME", help="with this tag; repeatable")
    parser.add_argument("--source", action="append", default=[], metavar="NAME", help="from there; repeatable")
    parser.add_argument("--since", metavar="DATE", type=day, help="taken then or later, such as 2026-11-21 or 2026-11")
    parser.add_argument("--until", metavar="DATE", type=day, help="taken then or earlier")
    parser.add_argument("--text", metavar="WORDS", default="", help="with words that begin like these")


def query_of(options: argparse.Namespace) -> Query:
    """What `add_filter` registered, as a query."""
    from crackinspector.library.queries import Query

    return Query(
        labels=tuple(options.label),
        verdicts=tuple(options.verdict),
        since=options.since,
        until=options.until,
        structure=options.structure,
        element=options.element,
        inspection=options.inspection,
        sources=tuple(options.source),
        tags=tuple(options.tag),
        text=options.text,
        descending=False,
    )


def add_effort(parser: argparse.ArgumentParser) -> None:
    """How many processes and threads, and how much is told."""
    parser.add_argument("--workers", metavar="N", type=whole_number(1), help="processes (default: one for each core)")
    parser.add_argument("--threads", metavar="N", type=whole_number(1), help="threads in each (default: 1)")
    parser.add_argument("--quiet", action="store_true", help="no lines, progress or summary; only what ends the run")


def add_who(parser: argparse.ArgumentParser) -> None:
    """The person; `who_of` reads it."""
    text = "who does this (default: the reviewer of the settings, else the login name)"
    parser.add_argument("--who", metavar="NAME", type=name, help=text)


def add_debug(parser: argparse.ArgumentParser) -> None:
    """`--debug`."""
    parser.add_argument("--debug", action="store_true", help="show tracebacks and what the libraries say")


def name(text: str) -> str:
    """A name of one line. Raises argparse.ArgumentTypeError."""
    if len(text) > 200 or any(ord(character) < 32 for character in text):
        raise argparse.ArgumentTypeError("takes a name of one line with at most 200 characters")
    return text.strip()


def day(text: str) -> str:
    """A year, month, day or moment of local time as ISO 8601 writes it. Raises argparse.ArgumentTypeError."""
    for form in ("%Y", "%Y-%m", "%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"):
        with contextlib.suppress(ValueError):
            # Dates are compared as text, so that 2026-3 is none.
            if datetime.strptime(text, form).strftime(form) == text:
                return text
    raise argparse.ArgumentTypeError(f"{text!r} is not a date; write it like 2026-11-21, 2026-11 or 2026")
