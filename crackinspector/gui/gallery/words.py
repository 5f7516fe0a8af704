"""What the gallery calls labels, verdicts and snapshots, in the language of the application."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from crackinspector.core.labels import Label
from crackinspector.core.text import printable
from crackinspector.gui.labels import label_word, sureness_words
from crackinspector.library.events import Verdict
from crackinspector.library.queries import UNSEEN, Row
from crackinspector.library.state import UNREVIEWED

LABELS = (Label.POSITIVE, Label.NEGATIVE, Label.UNKNOWN, UNSEEN)
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


def row_words(row: Row) -> str:
    """A snapshot in words: for tooltips and screen readers."""
    found = f"{found_word(row.label)} {sureness_words(row.label, row.score)}".strip()
    parts = [printable(row.name), found, verdict_name(row.verdict)]
    if row.findings:
        parts.append(findings_words(row.findings))
    place = " / ".join(printable(name) for name in (row.structure, row.element, row.inspection) if name)
    parts += [part for part in (place, (row.taken or "").replace("T", " ")[:16]) if part]
    return ", ".join(parts)
