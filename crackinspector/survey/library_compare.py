"""`crackinspector library compare`: its options; what it does is imported when it runs."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from crackinspector.survey.library_arguments import add_debug, add_library, library_of

NOTES = """\
A and B are names of snapshots, or beginnings of them that only one has: `library export --format csv` lists them. A is
the earlier one. Each crack is new, grown, repaired or unchanged; outside is what only one of the pictures shows, or
only one of the inspections looked at. What is below the model's threshold in one of them but above half of it is
faint, not gone. Lengths are along the crack's middle line, in pixels of B. What people rejected is left out, what they
drew is in.

exit status: 0 compared; 1 the pictures cannot be laid over each other for certain, so nothing is said of their cracks;
2 wrong usage, or a library, snapshot or picture that cannot be read.
"""


def add_parser(commands: Any) -> None:
    """Registers `compare` with the subparsers of `crackinspector library`; as `library_command.add_parsers` does."""
    parser = commands.add_parser(
        "compare",
        help="what became of each crack between two pictures of one place",
        description="Lays two pictures of one place over each other and tells what became of each crack.",
        epilog=NOTES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("before", metavar="A", help="the snapshot of the earlier inspection")
    parser.add_argument("after", metavar="B", help="the snapshot of the later one")
    add_library(parser, named=True)
    parser.add_argument(
        "--json", metavar="FILE", help="write a JSON object; - is standard output, in place of the text"
    )
    parser.add_argument("--overlay", metavar="FILE", type=Path, help="draw the changes on B, as a JPEG file")
    add_debug(parser)
    parser.set_defaults(run=_compare)


def _compare(options: argparse.Namespace) -> int:
    from crackinspector.survey.reinspection.telling import tell_comparison

    return tell_comparison(library_of(options), options.before, options.after, options.json, options.overlay)
