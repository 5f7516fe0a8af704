"""The order in which people expect names: pier 2 before pier 10."""

from __future__ import annotations

import re


def natural_key(name: str) -> tuple[tuple[tuple[int, int | str], ...], str]:
    """Sort key in which runs of digits count as numbers and case does not matter; `name` itself breaks ties."""
    parts = (part for part in re.split(r"([0-9]+)", name.casefold()) if part)
    return tuple((0, int(part)) if part.isascii() and part.isdigit() else (1, part) for part in parts), name
