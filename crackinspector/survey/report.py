"""What a survey tells people: a line for each picture, a progress bar, a summary."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Mapping
from types import TracebackType
from typing import IO, Any

from tqdm import tqdm

from crackinspector.core.errors import UsageError
from crackinspector.core.labels import Label
from crackinspector.core.text import printable

# The bar is drawn often enough by the results themselves; a thread of its own could receive Ctrl-C in the main
# thread's place.
tqdm.monitor_interval = 0

_UNREADABLE = "unreadable"
WORDS: Mapping[str, str] = {
    Label.POSITIVE: "crack",
    Label.NEGATIVE: "no crack",
    Label.UNKNOWN: "not a surface",
    _UNREADABLE: "unreadable",
}
_COLOURS: Mapping[str, str] = {
    Label.POSITIVE: "\x1b[1;31m",
    Label.NEGATIVE: "\x1b[32m",
    Label.UNKNOWN: "\x1b[2m",
    _UNREADABLE: "\x1b[33m",
}
_WIDTH = max(map(len, WORDS.values()))
HEADER = f"{'result':<{_WIDTH}}  {'crack':>7}  picture"


def readable_line(record: Mapping[str, Any], colour: bool = False) -> str:
    """One record as an aligned line: word, crack likelihood in percent, path."""
    kind = _UNREADABLE if record["label"] is None else str(record["label"])
    word = f"{WORDS[kind]:<{_WIDTH}}"
    if colour:
        word = f"{_COLOURS[kind]}{word}\x1b[0m"
    if record["error"] is not None:
        return f"{word}  {'-':>7}  {_told(record)}"
    return f"{word}  {record['score'] * 100:5.1f} %  {printable(record['path'])}"


def _told(record: Mapping[str, Any]) -> str:
    """Path and error; most errors begin with the path already, and the column says that it cannot be read."""
    shown = printable(record["path"])
    return f"{shown}: {printable(record['error']).removeprefix(f'cannot read {shown}: ')}"


class Reporter:
    """Counts results and prints them; lines and progress bar do not tear each other.

    Args:
        total: number of pictures.
        lines: print a line for each picture on standard output.
        quiet: print nothing at all.

    The bar goes to standard error, and only where that is a terminal.
    """

    def __init__(self, total: int, lines: bool, quiet: bool) -> None:
        self._lines = lines and not quiet
        self._quiet = quiet
        self._counts: Counter[str] = Counter()
        self._has_header = False
        self._colour = _wants_colour(sys.stdout)
        visible = not quiet and sys.stderr is not None and sys.stderr.isatty()
        self._bar: tqdm[Any] = tqdm(
            total=total,
            unit=" pictures",
            file=sys.stderr,
            disable=not visible,
            dynamic_ncols=True,
            smoothing=0.05,
            leave=False,
            bar_format="{percentage:3.0f} % |{bar}| {n_fmt} of {total_fmt}, {rate_noinv_fmt}, {remaining} left",
        )

    def __enter__(self) -> Reporter:
        """Nothing to open; the bar is there from the start."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Take the bar off the terminal."""
        self._bar.close()

    def advance(self) -> None:
        """Move the bar: one more picture is done, whatever its place in the order."""
        self._bar.update()

    def result(self, record: Mapping[str, Any], trace: str | None = None) -> None:
        """Count the next picture in order, and print its line."""
        self._counts[_UNREADABLE if record["label"] is None else str(record["label"])] += 1
        if self._lines:
            if not self._has_header:
                # Not before, or it would stand above the sentence of a model that cannot be loaded.
                self._print(HEADER)
                self._has_header = True
            self._print(readable_line(record, self._colour))
        elif record["error"] is not None:
            self.note(_told(record))
        if trace is not None:
            self.note(trace)

    def line(self, text: str) -> None:
        """Print a line on standard output, where lines are asked for."""
        if self._lines:
            self._print(text)

    def note(self, text: str) -> None:
        """Print a line on standard error."""
        if not self._quiet and sys.stderr is not None:
            with self._bar.external_write_mode(file=sys.stderr):
                print(text, file=sys.stderr)

    def summary(self, seconds: float, passed_over: int = 0) -> None:
        """Print the closing line; on standard error where results do not go to standard output as text."""
        self.closing(summary_line(self._counts, seconds, passed_over))

    def closing(self, text: str) -> None:
        """Print a closing line where `summary` prints its own."""
        if self._lines:
            self._print(text)
        else:
            self.note(text)

    @property
    def unreadable(self) -> int:
        """How many pictures could not be read so far."""
        return self._counts[_UNREADABLE]

    def _print(self, line: str) -> None:
        if sys.stdout is None:
            return
        try:
            with self._bar.external_write_mode(file=sys.stdout):
                print(line, flush=True)
        except BrokenPipeError:
            raise
        except OSError as error:
            raise UsageError(f"cannot write to standard output: {error.strerror or error}") from error


def summary_line(counts: Mapping[str, int], seconds: float, passed_over: int = 0) -> str:
    """How many pictures of each kind, how many files of folders were none, and how long it took."""
    total = sum(counts.values())
    kinds = [
        f"{counts.get(Label.POSITIVE, 0)} cracked",
        f"{counts.get(Label.NEGATIVE, 0)} intact",
        f"{counts.get(Label.UNKNOWN, 0)} not a surface",
        f"{counts.get(_UNREADABLE, 0)} unreadable",
    ]
    rate = f", {total / seconds:.1f} per second" if seconds > 0 else ""
    others = f"; {other_files(passed_over)} passed over" if passed_over else ""
    return f"{total} picture{'' if total == 1 else 's'}: {', '.join(kinds)}{others}; {seconds:.1f} s{rate}"


def other_files(count: int) -> str:
    """Their number in words: `1 other file`, `3 other files`."""
    return f"{count} other file{'' if count == 1 else 's'}"


def _wants_colour(stream: IO[str] | None) -> bool:
    return (
        stream is not None
        and stream.isatty()
        and not os.environ.get("NO_COLOR")
        and os.environ.get("TERM", "dumb") != "dumb"
    )
