"""Numbers on the command line; without these, argparse would name the function that refused one, not what is taken."""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable


def whole_number(least: int) -> Callable[[str], int]:
    """A `type` for argparse: whole numbers from `least` on."""

    def read(text: str) -> int:
        try:
            value: int | None = int(text)
        except ValueError:
            value = None
        if value is None or value < least:
            raise argparse.ArgumentTypeError(f"takes a whole number from {least} on, got {text!r}")
        return value

    return read


def number(least: float, most: float = math.inf, *, itself: bool = True) -> Callable[[str], float]:
    """A `type` for argparse: finite numbers from `least` to `most`; `least` itself only if `itself`."""

    def read(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        # nan is in no range
        if not least <= value <= most or math.isinf(value) or (value == least and not itself):
            bound = f"{'from' if itself else 'above'} {least:g}{'' if math.isinf(most) else f' to {most:g}'}"
            raise argparse.ArgumentTypeError(f"takes a number {bound}, got {text!r}")
        return value

    return read
