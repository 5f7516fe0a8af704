"""The commands of crackinspector.

Only argparse is imported at the top: `--version` and `--help` answer at once, each command imports what it needs.
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import logging
import os
import re
import shlex
import signal
import sys
import threading
import traceback
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any, NoReturn

from crackinspector import __version__
from crackinspector.core.arguments import whole_number
from crackinspector.core.errors import CrackInspectorError, StorageError

if TYPE_CHECKING:
    from crackinspector.core.settings import Settings

EXIT_ERROR, EXIT_INTERRUPTED, EXIT_BROKEN_PIPE, EXIT_TERMINATED = 2, 130, 141, 143
EXTRA_PACKAGES = {
    "train": frozenset({"keras", "matplotlib", "tensorboard", "tensorflow"}),
    "gui": frozenset({"PySide6", "pyqtgraph", "shiboken6"}),
}
PURPOSES = {"train": "training needs", "gui": "the window needs"}

ANALYZE_NOTES = """\
Each picture gives a line: what it shows, how likely a crack is, its path. With --json each line is an object:
  path, width, height, label (negative, positive, unknown), score, probabilities, regions [{x, y, w, h, score}],
  model, error (null or what went wrong; the rest is then null)
--json FILE grows as FILE.partial and gets its name at the end.

Maps and overlays are named after the picture, below its folder relative to the PATH that was given:
survey/a/wall.jpg becomes DIR/a/wall.png for `analyze survey --maps DIR`. Where several pictures would get one name
(wall.jpg and wall.png, or two PATHs that hold the same name), the first in the order of the results keeps it, the
others become wall-2.png, wall-3.png and so on.

exit status: 0 all pictures were read; 1 some could not be read, each has its line; 2 wrong usage, or a model or
output that cannot be used; 130 interrupted.
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status; nothing but argparse's own exits leaves it as an exception."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):
            # Whatever the locale, a name that it cannot show must not end the program.
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    debug = "--debug" in arguments
    try:
        options, unknown = _parser(arguments).parse_known_args(arguments)
        if unknown:
            options.answers.error(f"unrecognized arguments: {' '.join(unknown)}")
        with _log_if(debug), _terminable():
            status = int(options.run(options))
        if sys.stdout is not None:
            sys.stdout.flush()
        return status
    except BrokenPipeError:
        _drop_stdout()
        return EXIT_BROKEN_PIPE
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except CrackInspectorError as error:
        return _fail(str(error), debug)
    except ModuleNotFoundError as error:
        package = (error.name or "").partition(".")[0]
        for extra, packages in EXTRA_PACKAGES.items():
            if package in packages:
                lack = f"{PURPOSES[extra]} packages that are not installed ({error.name})"
                return _fail(f"{lack}: {install_extra(extra)}", debug)
        return _fail(f"the installation is incomplete: {error}; install crackinspector again", debug)
    except Exception as error:
        hint = "" if debug else "; run it again with --debug and report what it prints"
        return _fail(f"unexpected error: {type(error).__name__}: {error}{hint}", debug)


def install_extra(extra: str) -> str:
    """The line that adds an extra to this installation: by its own interpreter, and from its checkout if it is one."""
    python = shlex.quote(sys.executable or "python3")
    checkout = Path(__file__).resolve().parents[1]
    if (checkout / "pyproject.toml").is_file():
        return f"{python} -m pip install -e {shlex.quote(f'{checkout}[{extra}]')}"
    return f"{python} -m pip install {shlex.quote(f'crackinspector[{extra}]')}"


def _fail(sentence: str, debug: bool) -> int:
    if sys.stderr is not None:
        with contextlib.suppress(OSError):
            if debug:
                traceback.print_exc()
            print(f"crackinspector: {sentence}", file=sys.stderr)
    _drop_stdout()
    return EXIT_ERROR


def _drop_stdout() -> None:
    """What standard output still buffers goes nowhere, or the interpreter would complain about it at its end."""
    try:
        sys.stdout.flush()
    except (OSError, ValueError, AttributeError):
        with contextlib.suppress(OSError, ValueError, AttributeError):
            null = os.open(os.devnull, os.O_WRONLY)
            os.dup2(null, sys.stdout.fileno())


@contextlib.contextmanager
def _log_if(debug: bool) -> Iterator[None]:
    """With --debug, what the package logs goes to standard error."""
    if not debug:
        yield
        return
    logger = logging.getLogger("crackinspector")
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(name)s: %(message)s"))
    before = logger.level
    logger.setLevel(logging.DEBUG)
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(before)


@contextlib.contextmanager
def _terminable() -> Iterator[None]:
    """SIGTERM ends the command by way of an exception, so that workers and unfinished files are cleared away."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, _terminate)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextlib.contextmanager
def _ended_at_once() -> Iterator[None]:
    """SIGTERM and SIGINT end the process by themselves until the window takes them over.

    Nothing is to be saved by then, and an exception that a handler raises inside Qt would be swallowed there.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, signal.SIG_DFL) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _terminate(number: int, frame: FrameType | None) -> NoReturn:
    raise SystemExit(EXIT_TERMINATED)


def _parser(arguments: Sequence[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="crackinspector",
        description="Finds, localises and documents cracks in concrete and masonry surfaces.",
        epilog="Without a command the live application opens: crackinspector live.",
    )
    parser.add_argument("--version", action="version", version=f"crackinspector {__version__}")
    parser.set_defaults(run=_live, answers=parser)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    _add_live(commands)
    _add_analyze(commands)
    _add_demo(commands)
    _add_demo_wall(commands)
    _add_train(commands, wanted=arguments[:1] == ["train"])
    _add_library(commands)
    _add_review(commands)
    _add_report(commands)
    _answer_for_themselves(commands)
    return parser


def _answer_for_themselves(commands: Any) -> None:
    """What a command does not know is told with its own usage; argparse would print that of the whole program."""
    for parser in commands.choices.values():
        parser.set_defaults(answers=parser)


def _add_live(commands: Any) -> None:
    from crackinspector.pipeline import command_line

    parser = commands.add_parser(
        "live",
        help="find cracks in what a camera sees",
        description="Opens the live application: a crack finder that paints every frame of a camera.",
        epilog=command_line.NOTES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command_line.add_arguments(parser, _size)
    _add_debug(parser)
    parser.set_defaults(run=_live)


def _live(options: argparse.Namespace) -> int:
    from crackinspector.pipeline.command_line import live_options

    wanted = live_options(options)
    if vars(options).get("headless"):
        from crackinspector.pipeline.headless import run_headless

        return run_headless(wanted)
    with _ended_at_once():
        from crackinspector.gui.startup import run_live

        return run_live(wanted)


def _add_analyze(commands: Any) -> None:
    parser = commands.add_parser(
        "analyze",
        help="find cracks in pictures and folders of pictures",
        description="Finds cracks in pictures.",
        epilog=ANALYZE_NOTES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("paths", metavar="PATH", nargs="+", help="a picture, or a folder with all its subfolders")
    _add_model(parser)
    parser.add_argument("--json", metavar="FILE", help="write one JSON object a line; - is standard output")
    parser.add_argument("--maps", metavar="DIR", type=Path, help="write crack maps: 8-bit grey PNG, mask is >= 128")
    parser.add_argument("--overlays", metavar="DIR", type=Path, help="write JPEGs with the crack map over the picture")
    parser.add_argument("--workers", metavar="N", type=whole_number(1), help="processes (default: one for each core)")
    parser.add_argument(
        "--threads", metavar="N", type=whole_number(1), help="threads in each (default: 1, or measured for one process)"
    )
    parser.add_argument("--quiet", action="store_true", help="no lines, progress or summary; only what ends the run")
    _add_debug(parser)
    parser.set_defaults(run=_analyze)


def _analyze(options: argparse.Namespace) -> int:
    from crackinspector.survey.analyze import AnalyzeOptions, analyze

    return analyze(
        AnalyzeOptions(
            tuple(options.paths),
            options.model,
            options.json,
            options.maps,
            options.overlays,
            options.workers,
            options.threads,
            options.debug,
            options.quiet,
        )
    )


def _add_demo(commands: Any) -> None:
    parser = commands.add_parser("demo", help="analyse generated walls and the example pictures")
    parser.add_argument(
        "--out", metavar="DIR", type=Path, default=Path("out/demo"), help="where walls, maps and overlays go (out/demo)"
    )
    _add_model(parser)
    _add_debug(parser)
    parser.set_defaults(run=_demo)


def _demo(options: argparse.Namespace) -> int:
    from crackinspector.survey.demo import demo

    return demo(options.out, options.model, options.debug)


def _add_demo_wall(commands: Any) -> None:
    parser = commands.add_parser("demo-wall", help="generate a picture of a wall with known cracks")
    parser.add_argument(
        "--seed", metavar="N", type=whole_number(0), default=0, help="the same seed and size give the same wall"
    )
    parser.add_argument("--size", metavar="WxH", type=_size, default=(1280, 720), help="in pixels (1280x720)")
    parser.add_argument("--cracks", metavar="N", type=whole_number(0), help="how many cracks, 0 for an intact wall")
    parser.add_argument("--out", metavar="FILE", type=Path, required=True, help="the picture: .jpg, .png, .tif, ...")
    parser.add_argument("--mask", metavar="FILE", type=Path, help="its cracks: .png, 255 = crack")
    _add_debug(parser)
    parser.set_defaults(run=_demo_wall)


def _demo_wall(options: argparse.Namespace) -> int:
    from crackinspector.survey.demo import write_demo_wall

    write_demo_wall(options.seed, options.size, options.cracks, options.out, options.mask)
    return 0


def _add_train(commands: Any, wanted: bool) -> None:
    parser = commands.add_parser("train", help="train, evaluate and export models (needs the extra `train`)")
    if wanted:
        from crackinspector.training.commands import add_parsers

        commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
        add_parsers(commands)
        _answer_for_themselves(commands)


def _add_library(commands: Any) -> None:
    from crackinspector.survey.library_command import add_parsers

    parser = commands.add_parser("library", help="keep pictures, what was found on them and what people decided")
    parser.set_defaults(settings=functools.cache(_settings))
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    add_parsers(commands)
    _answer_for_themselves(commands)


def _settings() -> Settings:
    """The user's settings; what cannot be used of them is told. The library's own options need none."""
    from crackinspector.core.settings import Settings
    from crackinspector.pipeline.settings_file import load_settings, settings_path

    try:
        path = settings_path()
    except StorageError:
        return Settings()
    settings, problems = load_settings(path)
    for problem in problems:
        if sys.stderr is not None:
            print(f"crackinspector: {problem}", file=sys.stderr)
    return settings


def _add_review(commands: Any) -> None:
    from crackinspector.core.arguments import number

    parser = commands.add_parser(
        "review",
        help="decide on the pictures of a library",
        description="Opens a library at a desk: gallery, review, comparison, report.",
        epilog="exit status: 0 closed; 2 wrong usage, no such library, or the last verdicts could not be written",
    )
    parser.add_argument(
        "library", metavar="LIBRARY", nargs="?", type=Path, help="its folder (default: as in the settings)"
    )
    parser.add_argument("--who", metavar="NAME", help="the name beside your verdicts (default: as in the settings)")
    parser.add_argument("--config", metavar="FILE", type=Path, help="settings file to use instead of your own")
    parser.add_argument("--size", metavar="WxH", type=_size, help="size of the window")
    parser.add_argument("--fullscreen", action="store_true", help="over everything, without a frame")
    parser.add_argument("--seconds", metavar="N", type=number(0, itself=False), help="end after so many seconds")
    parser.add_argument("--screenshot", metavar="FILE", type=Path, help="write the window as a PNG at the end")
    _add_debug(parser)
    parser.set_defaults(run=_review)


def _review(options: argparse.Namespace) -> int:
    from crackinspector.pipeline.command_line import window_size
    from crackinspector.pipeline.options import ReviewOptions

    names = ("library", "who", "seconds", "screenshot", "fullscreen", "config")
    wanted = ReviewOptions(size=window_size(options.size), **{name: getattr(options, name) for name in names})
    with _ended_at_once():
        from crackinspector.gui.startup import run_review

        return run_review(wanted)


def _add_report(commands: Any) -> None:
    parser = commands.add_parser(
        "report",
        help="write a report of a structure as a PDF",
        description="Writes what a library knows of a structure as a PDF: findings, verdicts, what was not inspected.",
        epilog="exit status: 0 the report is written; 1 it is written, and says which pictures could not be read; "
        "2 wrong usage, no such structure or nothing to report, or a file that cannot be written; 130 interrupted. "
        "A file that is there already is replaced once the new one is whole.",
    )
    parser.add_argument("library", metavar="LIBRARY", type=Path, help="the library's folder")
    parser.add_argument("--structure", metavar="NAME", required=True, help="what to report on")
    parser.add_argument("-o", "--out", metavar="FILE", type=Path, required=True, help="the PDF")
    parser.add_argument("--inspection", metavar="NAME", help="this inspection alone (all of them)")
    parser.add_argument("--paper", choices=("A4", "Letter"), default="A4", help="size of the pages (A4)")
    parser.add_argument("--language", choices=("en", "ko"), default="auto", help="of the report (the system's)")
    parser.add_argument("--title", metavar="TEXT", type=_line, default="", help="on the cover (Inspection report)")
    parser.add_argument("--inspector", metavar="NAME", type=_line, default="", help="who answers for the report")
    parser.add_argument("--logo", metavar="FILE", type=Path, help="a picture for the cover")
    parser.add_argument(
        "--most-pictures",
        metavar="N",
        type=whole_number(0),
        default=200,
        help="snapshots shown with their picture, the most important first; the others are listed (200)",
    )
    parser.add_argument("--date", metavar="DATE", type=_date, help="of the report, such as 2026-11-21 (now)")
    parser.add_argument("--quiet", action="store_true", help="no progress or summary; only what ends the run")
    _add_debug(parser)
    parser.set_defaults(run=_report)


def _report(options: argparse.Namespace) -> int:
    from datetime import datetime

    # In a PDF fonts stand in the order of a hash; before Qt is loaded, so that the same report becomes the same bytes.
    os.environ.setdefault("QT_HASH_SEED", "0")
    from crackinspector.gui.report.brief import Options
    from crackinspector.gui.report.command import ReportRun, run_report

    wanted = Options(
        options.date or datetime.now().isoformat(timespec="seconds"),
        options.paper,
        options.language,
        options.title,
        options.inspector,
        options.logo,
        options.most_pictures,
    )
    run = ReportRun(options.library, options.structure, options.inspection, options.out, wanted, options.quiet)
    return run_report(run)


def _add_model(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--model",
        metavar="NAME|FILE",
        default="classifier",
        help="classifier (default), classifier-light, or a .tflite file",
    )


def _add_debug(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--debug", action="store_true", help="show tracebacks and what the libraries say")


def _line(text: str) -> str:
    if len(text) > 200 or any(ord(character) < 32 for character in text):
        raise argparse.ArgumentTypeError("takes one line of at most 200 characters")
    return text.strip()


def _date(text: str) -> str:
    from datetime import datetime

    try:
        datetime.strptime(text, "%Y-%m-%d")
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date; write it like 2026-11-21") from None
    return text


def _size(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"(\d+)[x×](\d+)", text)
    if match is None:
        raise argparse.ArgumentTypeError(f"{text!r} is not a size; write it like 1280x720")
    return int(match[1]), int(match[2])
