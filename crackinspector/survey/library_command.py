"""`crackinspector library ...`: the options of each command; what they do is imported when one of them runs."""

from __future__ import annotations

import argparse
import getpass
from pathlib import Path
from typing import Any

from crackinspector.core.arguments import whole_number

IMPORT_NOTES = """\
Each picture gives a line once it is on the disk and cannot be lost any more: whether it was added, was there already
(present), or was there and is now complete (updated); what the model says; its path. With --json each line is an object
as of `analyze`, with the picture's `id` in the library and `status` besides.

A picture is known by its content: to import it again, under whatever name, changes nothing, and an import that was
stopped goes on where it was. Day folders of the live application keep what was detected then. Folders named positive,
negative and unknown give their pictures a tag, such as `labelled positive`; that is no verdict. `masks` beside `images`
are left alone.

exit status: 0 all pictures are in the library; 1 some could not be read, each has its line; 2 wrong usage, or a model
or library that cannot be used; 130 interrupted.
"""


def add_parsers(commands: Any) -> None:
    """Registers the commands with the subparsers of `crackinspector library`.

    Each sets `run` to a function from the parsed options to the exit status; its failures are `CrackInspectorError`s.
    """
    _add_import(commands)
    _add_info(commands)


def _add_import(commands: Any) -> None:
    parser = commands.add_parser(
        "import",
        help="look at pictures and add them to a library",
        description="Looks at pictures and adds them to a library.",
        epilog=IMPORT_NOTES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("paths", metavar="PATH", nargs="+", help="a picture, or a folder with all its subfolders")
    _add_library(parser)
    for level, example in (("structure", "a bridge"), ("element", "its pier 3"), ("inspection", "2026 autumn")):
        parser.add_argument(f"--{level}", metavar="NAME", default="", type=_name, help=f"they belong to: {example}")
    parser.add_argument("--model", metavar="NAME|FILE", default="classifier", help="as for analyze (classifier)")
    parser.add_argument("--no-analyse", "--no-analyze", action="store_true", help="add them without looking at them")
    parser.add_argument("--json", metavar="FILE", help="write one JSON object a line; - is standard output")
    _add_who(parser)
    parser.add_argument("--workers", metavar="N", type=whole_number(1), help="processes (default: one for each core)")
    parser.add_argument("--threads", metavar="N", type=whole_number(1), help="threads in each (default: 1)")
    parser.add_argument("--quiet", action="store_true", help="no lines, progress or summary; only what ends the run")
    _add_debug(parser)
    parser.set_defaults(run=_import)


def _import(options: argparse.Namespace) -> int:
    from crackinspector.survey.library_import import ImportOptions, import_pictures

    return import_pictures(
        ImportOptions(
            tuple(options.paths),
            _library(options),
            options.structure,
            options.element,
            options.inspection,
            options.who,
            None if options.no_analyse else options.model,
            options.json,
            options.workers,
            options.threads,
            options.debug,
            options.quiet,
        )
    )


def _add_info(commands: Any) -> None:
    parser = commands.add_parser("info", help="what a library holds")
    _add_library(parser, named=True)
    parser.add_argument("--json", action="store_true", help="as a JSON object")
    _add_debug(parser)
    parser.set_defaults(run=_info)


def _info(options: argparse.Namespace) -> int:
    from crackinspector.survey.library_tell import tell_info

    return tell_info(_library(options), options.json)


def _add_library(parser: argparse.ArgumentParser, named: bool = False) -> None:
    """`--library`, and with `named` the folder alone as well."""
    text = "folder of the library (default: `library` in the folder where the live application keeps snapshots)"
    if named:
        parser.add_argument("folder", metavar="DIR", nargs="?", type=Path, help="the same as --library")
    parser.add_argument("--library", metavar="DIR", type=Path, help=text)


def _library(options: argparse.Namespace) -> Path:
    folder = options.library or getattr(options, "folder", None)
    if folder is not None:
        return Path(folder)
    from crackinspector.library.places import keeping_folder

    return keeping_folder() / "library"


def _add_who(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--who", metavar="NAME", default=_user(), type=_name, help="who does this (the user's name)")


def _add_debug(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--debug", action="store_true", help="show tracebacks and what the libraries say")


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return ""


def _name(text: str) -> str:
    if len(text) > 200 or any(ord(character) < 32 for character in text):
        raise argparse.ArgumentTypeError("takes a name of one line with at most 200 characters")
    return text.strip()
