"""`crackinspector library ...`: the options of each command; what they do is imported when one of them runs."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from crackinspector.core.errors import UsageError
from crackinspector.library.forms import FORMS
from crackinspector.survey import library_bin, library_compare
from crackinspector.survey.library_arguments import (
    add_debug,
    add_effort,
    add_filter,
    add_library,
    add_who,
    library_of,
    name,
    query_of,
    who_of,
)

IMPORT_NOTES = """\
Each picture gives a line once it is on the disk and cannot be lost any more: whether it was added, was there already
(present), or was there and is now complete (updated); what the model says; its path. With --json each line is an object
as of `analyze`, with the picture's `id` in the library and `status` besides.

A picture is known by its content: to import it again, under whatever name, changes nothing, and an import that was
stopped goes on where it was. Day folders of the live application keep what was detected then. Folders named positive,
negative and unknown give their pictures a tag, such as `labelled positive`; that is no verdict. `masks` beside `images`
are left alone. What was deleted from the library for good stays deleted, and is told, unless --again is given.

Archives (.zip, .tar, .tar.gz, .tgz) give their pictures and the live application's records. A manifest names pictures
below its own folder and says what is known of them, in the columns path, structure, element, inspection, taken, tags
(parted by semicolons), latitude, longitude; rows that are no good are told with their line, the others are imported.

exit status: 0 all pictures are in the library; 1 some could not be read, each has its line; 2 wrong usage, or a model
or library that cannot be used; 130 interrupted.
"""

ANALYZE_NOTES = """\
Each snapshot gives a line once what the model says of it is on the disk: whether its label is the same as before,
changed, or its first; those that this very model was the last to look at are present and not looked at again, so that
a run that was stopped goes on where it was. What earlier models said stays in the history, as do verdicts; findings are
those of the newest. With --json each line is an object: id, name, label, score, probabilities, regions, model, before
(the label until now), error, status.

exit status: 0 all were looked at; 1 some could not be read, each has its line; 2 wrong usage, or a model or library
that cannot be used; 130 interrupted.
"""


def add_parsers(commands: Any) -> None:
    """Registers the commands with the subparsers of `crackinspector library`.

    Each sets `run` to a function from the parsed options to the exit status; its failures are `CrackInspectorError`s.
    """
    _add_import(commands)
    _add_analyze(commands)
    _add_info(commands)
    _add_stats(commands)
    _add_check(commands)
    _add_export(commands)
    _add_backup(commands)
    _add_merge(commands)
    library_compare.add_parser(commands)
    library_bin.add_parser(commands)


def _add_import(commands: Any) -> None:
    parser = commands.add_parser(
        "import",
        help="look at pictures and add them to a library",
        description="Looks at pictures and adds them to a library.",
        epilog=IMPORT_NOTES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "paths", metavar="PATH", nargs="*", help="a picture, a folder with all its subfolders, or an archive"
    )
    parser.add_argument("--manifest", metavar="FILE", type=Path, help="a table of pictures: .csv or .jsonl, see below")
    add_library(parser)
    for level, example in (("structure", "a bridge"), ("element", "its pier 3"), ("inspection", "2026 autumn")):
        parser.add_argument(f"--{level}", metavar="NAME", default="", type=name, help=f"they belong to: {example}")
    parser.add_argument("--model", metavar="NAME|FILE", default="classifier", help="as for analyze (classifier)")
    parser.add_argument("--no-analyse", "--no-analyze", action="store_true", help="add them without looking at them")
    parser.add_argument("--json", metavar="FILE", help="write one JSON object a line; - is standard output")
    _add_again(parser)
    add_who(parser)
    add_effort(parser)
    add_debug(parser)
    parser.set_defaults(run=_import)


def _import(options: argparse.Namespace) -> int:
    from crackinspector.survey.library_import import ImportOptions, import_pictures

    return import_pictures(
        ImportOptions(
            paths=tuple(options.paths),
            library=library_of(options),
            structure=options.structure,
            element=options.element,
            inspection=options.inspection,
            who=who_of(options),
            model=None if options.no_analyse else options.model,
            json=options.json,
            workers=options.workers,
            threads=options.threads,
            debug=options.debug,
            quiet=options.quiet,
            again=options.again,
            manifest=options.manifest,
        )
    )


def _add_again(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--again", action="store_true", help="bring back what was deleted from the library for good")


def _add_analyze(commands: Any) -> None:
    parser = commands.add_parser(
        "analyze",
        help="look at a library's snapshots with a model, once more or for the first time",
        description="Looks at those snapshots that fit all that is asked for, none of the bin, with a model.",
        epilog=ANALYZE_NOTES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_library(parser, named=True)
    parser.add_argument("--model", metavar="NAME|FILE", default="classifier", help="as for analyze (classifier)")
    add_filter(parser)
    parser.add_argument("--snapshots", metavar="FILE", help="those named there, an id a line; - is standard input")
    parser.add_argument("--json", metavar="FILE", help="write one JSON object a line; - is standard output")
    add_who(parser)
    add_effort(parser)
    add_debug(parser)
    parser.set_defaults(run=_analyze)


def _analyze(options: argparse.Namespace) -> int:
    from crackinspector.survey.library_analyze import AnalyzeOptions, analyze_snapshots

    return analyze_snapshots(
        AnalyzeOptions(
            library_of(options),
            query_of(options),
            options.snapshots,
            options.model,
            who_of(options),
            options.json,
            options.workers,
            options.threads,
            options.debug,
            options.quiet,
        )
    )


def _add_info(commands: Any) -> None:
    parser = commands.add_parser("info", help="what a library holds")
    add_library(parser, named=True)
    parser.add_argument("--json", action="store_true", help="as a JSON object")
    add_debug(parser)
    parser.set_defaults(run=_info)


def _info(options: argparse.Namespace) -> int:
    from crackinspector.survey.library_tell import tell_info

    return tell_info(library_of(options), options.json)


def _add_stats(commands: Any) -> None:
    parser = commands.add_parser(
        "stats",
        help="how far models and people agree",
        description="Holds every model against what people say, by their verdicts or by the labelled folders that "
        "pictures came from, and people who decided on the same snapshots against each other. Behind a share stands "
        "its 95 % interval.",
    )
    add_library(parser, named=True)
    parser.add_argument("--json", action="store_true", help="as a JSON object, with each structure by itself")
    add_debug(parser)
    parser.set_defaults(run=_stats)


def _stats(options: argparse.Namespace) -> int:
    from crackinspector.survey.library_agreement import tell_agreement

    return tell_agreement(library_of(options), options.json)


def _add_check(commands: Any) -> None:
    parser = commands.add_parser(
        "check",
        help="whether a library is whole",
        description="Reads all of a library: every row has its file, every file its row, every name its content.",
        epilog="exit status: 0 all is well, or was mended; 1 something is not; 2 it cannot be read, or is no library",
    )
    add_library(parser, named=True)
    parser.add_argument("--repair", action="store_true", help="mend what can be mended; nothing is removed")
    add_debug(parser)
    parser.set_defaults(run=_check)


def _check(options: argparse.Namespace) -> int:
    from crackinspector.survey.library_tell import tell_check

    return tell_check(library_of(options), options.repair)


def _add_export(commands: Any) -> None:
    parser = commands.add_parser(
        "export",
        help="write what a library holds for other programs",
        description="Writes snapshots for other programs: those that fit all that is asked for, none of the bin.",
        epilog="coco, yolo and folders are folders with copies of the pictures. Findings that were rejected are left "
        "out there, and folders hold the pictures that people have decided on, alone.",
    )
    add_library(parser, named=True)
    parser.add_argument("--format", required=True, choices=FORMS, dest="form", help="the form")
    parser.add_argument(
        "--out", "-o", metavar="PATH", type=Path, required=True, help="a file, or an empty or new folder"
    )
    add_filter(parser)
    add_debug(parser)
    parser.set_defaults(run=_export)


def _export(options: argparse.Namespace) -> int:
    from crackinspector.survey.library_tell import tell_export

    return tell_export(library_of(options), query_of(options), options.form, options.out)


def _add_backup(commands: Any) -> None:
    parser = commands.add_parser(
        "backup",
        help="copy a library while it is in use",
        description="Copies a library as it is at this moment; others may go on writing to it.",
        epilog="`library backup PATH --library DIR` is the same. exit status: 0 all was copied; 1 something could not "
        "be read, and is told; 2 nothing can be written",
    )
    add_library(parser, named=True)
    parser.add_argument(
        "--out", "-o", metavar="PATH", type=Path, help="an empty or new folder, or that of an earlier backup of it"
    )
    add_debug(parser)
    parser.set_defaults(run=_backup)


def _backup(options: argparse.Namespace) -> int:
    from crackinspector.survey.library_tell import tell_backup

    if options.out is None:
        if options.folder is None:
            raise UsageError("give the folder that the backup goes to with --out")
        # As it was told at first: the folder that the backup goes to alone, and the library with --library.
        options.folder, options.out = None, options.folder
    return tell_backup(library_of(options), options.out)


def _add_merge(commands: Any) -> None:
    parser = commands.add_parser(
        "merge",
        help="take everything of another library into this one",
        description="Takes everything of another library in, which stays as it is: no picture twice, histories united.",
        epilog="exit status: 0 all was taken in; 1 something was left out, and is told; 2 it cannot be done",
    )
    parser.add_argument("other", metavar="OTHER", type=Path, help="the other library's folder")
    add_library(parser, named=True)
    _add_again(parser)
    add_who(parser)
    add_debug(parser)
    parser.set_defaults(run=_merge)


def _merge(options: argparse.Namespace) -> int:
    from crackinspector.survey.library_tell import tell_merge

    return tell_merge(library_of(options), options.other, who_of(options) if options.again else None)
