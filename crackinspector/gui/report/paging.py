"""Lays parts onto pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from crackinspector.gui.report.parts import Part


@dataclass(frozen=True, slots=True)
class Placed:
    """A part and how far below the top of the page's body it begins."""

    part: Part
    top: float


Page = list[Placed]


def paged(parts: Iterable[Part], height: float) -> list[Page]:
    """Lay parts below each other onto pages whose body has that height.

    A part that is to stay with the next goes to the next page with it; a part that is higher than a page has a page of
    its own, beyond whose foot it reaches.
    """
    chain = list(parts)
    pages: list[Page] = []
    used = height
    for index, part in enumerate(chain):
        gap = part.gap if used else 0.0
        # Within a chain there is room for all of it, or it is longer than a page and broken where the page ends.
        begun = index > 0 and chain[index - 1].keep
        needed = part.height if begun else _needed(chain, index, height)
        if not pages or part.fresh or (used and used + gap + needed > height):
            pages.append([])
            used = gap = 0.0
            if part.head is not None:
                pages[-1].append(Placed(part.head, 0.0))
                used = part.head.height
        pages[-1].append(Placed(part, used + gap))
        used += gap + part.height
    return pages


def _needed(chain: Sequence[Part], index: int, height: float) -> float:
    """The room for a part and those that it is kept with, as far as they fit onto one page at all."""
    total = chain[index].height
    while chain[index].keep and index + 1 < len(chain) and not chain[index + 1].fresh:
        index += 1
        more = total + chain[index].gap + chain[index].height
        if more > height:
            break
        total = more
    return total
