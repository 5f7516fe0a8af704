"""What the gallery calls labels, verdicts and snapshots, in the language of the application."""

from __future__ import annotations

import re

from PySide6.QtCore import QCoreApplication, Qt

from crackinspector.core.labels import Label
from crackinspector.core.text import printable
from crackinspector.gui.labels import label_word, sureness_words
from crackinspector.library.events import Verdict
from crackinspector.library.queries import UNSEEN, Row
from crackinspector.library.state import UNREVIEWED

LABELS = (Label.POSITIVE, Label.NEGATIVE, Label.UNKNOWN, UNSEEN)
_KEPT = re.compile(r"(?:(?:.*/)?\d{4}-\d\d-\d\d/)?(?P<name>\d{6}-\d{3}_[^/]*)")
"""The name of a snapshot of the live application, in the folder of its day."""
VERDICTS = (UNREVIEWED, Verdict.CONFIRMED, Verdict.REJECTED, Verdict.UNSURE)


def snapshot_label(row: Row) -> Label | None:
    """The model's label, None if no model has looked."""
    return Label(row.label) if row.label in set(Label) else None


def found_word(label: str | None) -> str:
    """A label of a snapshot in a word or two; empty or None: no model has looked."""
    if not label:
        return QCoreApplication.translate("gallery", "Not analysed")
    return label_word(Label(label)) if label in set(Label) else printable(label)


def verdict_name(verdict: str) -> str:
    """What a person decided, in a word."""
    translate = QCoreApplication.translate
    match verdict:
        case Verdict.CONFIRMED:
            return translate("gallery", "Confirmed")
        case Verdict.REJECTED:
            return translate("gallery", "Rejected")
        case Verdict.UNSURE:
            return translate("gallery", "Unsure")
    return translate("gallery", "Unreviewed")


def findings_words(count: int) -> str:
    """How many cracks were found."""
    if count == 1:
        return QCoreApplication.translate("gallery", "1 finding")
    return QCoreApplication.translate("gallery", "{count} findings").format(count=count)


def counted(count: int) -> str:
    """A number as the screen writes it, with its thousands set apart."""
    return f"{count:,}".replace(",", "\N{NARROW NO-BREAK SPACE}") if count >= 10_000 else str(count)


def short_name(row: Row) -> str:
    """Its name; of a snapshot of the live application without the folder of its day."""
    kept = _KEPT.fullmatch(row.name)
    return printable(row.name if kept is None else kept["name"])


def foot_words(row: Row) -> tuple[str, Qt.TextElideMode]:
    """What tells a snapshot from those beside it, and which part of that can best be done without.

    Names of one camera differ at their ends; those of the live application are times, which is what it is told by.
    """
    if row.taken is None or _KEPT.fullmatch(row.name) is None:
        return short_name(row), Qt.TextElideMode.ElideMiddle
    return f"{row.taken[11:19]}  {row.taken[:10]}", Qt.TextElideMode.ElideRight


def row_words(row: Row) -> str:
    """A snapshot in words: for tooltips and screen readers."""
    found = f"{found_word(row.label)} {sureness_words(row.label, row.score)}".strip()
    parts = [short_name(row), found, verdict_name(row.verdict)]
    if row.findings:
        parts.append(findings_words(row.findings))
    place = " / ".join(printable(name) for name in (row.structure, row.element, row.inspection) if name)
    parts += [part for part in (place, (row.taken or "").replace("T", " ")[:19]) if part]
    return ", ".join(parts)
