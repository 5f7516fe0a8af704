"""What chapters have in common."""

from __future__ import annotations

from crackinspector.gui.report.brief import Brief
from crackinspector.gui.report.parts import Mark, Part, text
from crackinspector.gui.report.sheet import CHAPTER, MM, SECTION, SUBSECTION


def chapter(brief: Brief, key: str, title: str) -> list[Part]:
    """The heading of a chapter, on a new page."""
    return text(title, brief.width, CHAPTER, gap=0, keep=True, fresh=True, mark=Mark(key, title))


def section(brief: Brief, title: str) -> list[Part]:
    """The heading of a section."""
    return text(title, brief.width, SECTION, gap=6 * MM, keep=True)


def subsection(brief: Brief, title: str, *, gap: float = 4.5 * MM) -> list[Part]:
    """The heading of what is in a section."""
    return text(title, brief.width, SUBSECTION, gap=gap, keep=True)
