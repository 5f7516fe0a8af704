"""How each kind of change is drawn and called: by colour, stroke and word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QColor, QPen

from crackinspector.gui.look import Look
from crackinspector.survey.reinspection.changes import Change, Kind

HALO = QColor(0, 0, 0, 170)


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line: its colour, its width in hairs of the look, and lengths of dash and gap in widths; none: unbroken."""

    colour: str
    width: float
    dashes: tuple[float, ...] = ()


# Red is a crack that was not there; the light ones are read on any wall because of the dark edge around them.
STROKES: Mapping[Kind, Stroke] = {
    Kind.NEW: Stroke("#ff4d42", 4.0),
    Kind.GROWN: Stroke("#ffb02e", 4.0, (5.0, 1.8)),
    Kind.REPAIRED: Stroke("#5cd68c", 3.2, (2.0, 2.2)),
    Kind.UNCHANGED: Stroke("#ffffff", 1.8),
    Kind.OUTSIDE: Stroke("#b9c2cc", 2.6, (0.2, 2.4)),
}


def pen(kind: Kind, look: Look, *, halo: bool = False) -> QPen:
    """A kind's pen, as wide on screen however large the picture is drawn; or that of the dark edge around it."""
    stroke = STROKES[kind]
    width = look.stroke(stroke.width)
    made = QPen(HALO if halo else QColor(stroke.colour), width + (look.stroke(2.5) if halo else 0))
    made.setCosmetic(True)
    made.setCapStyle(Qt.PenCapStyle.RoundCap if kind in (Kind.UNCHANGED, Kind.OUTSIDE) else Qt.PenCapStyle.FlatCap)
    made.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if stroke.dashes:
        share = width / made.widthF()
        made.setDashPattern([length * share for length in stroke.dashes])
    return made


def kind_word(kind: Kind) -> str:
    """A kind in a word of the current language."""
    translate = QCoreApplication.translate
    match kind:
        case Kind.NEW:
            return translate("changes", "New")
        case Kind.GROWN:
            return translate("changes", "Grown")
        case Kind.REPAIRED:
            return translate("changes", "Repaired")
        case Kind.UNCHANGED:
            return translate("changes", "Unchanged")
        case Kind.OUTSIDE:
            return translate("changes", "Outside")


def length_words(change: Change) -> str:
    """How long a crack was and is."""
    translate = QCoreApplication.translate
    before, after = round(change.length_before), round(change.length_after)
    if change.kind is Kind.GROWN or (change.kind is Kind.UNCHANGED and before != after):
        return translate("changes", "{before} → {after} px").format(before=before, after=after)
    return translate("changes", "{length} px").format(length=max(before, after))


def notes_of(change: Change) -> str:
    """What else is to be known of a change; empty mostly."""
    translate = QCoreApplication.translate
    notes = []
    if change.faint:
        notes.append(translate("changes", "faint in one"))
    if change.part and change.kind is not Kind.OUTSIDE:
        notes.append(translate("changes", "in part"))
    if change.astray:
        notes.append(
            translate("changes", "in the earlier one; not comparable there")
            if change.only_first
            else translate("changes", "in the later one; not comparable there")
        )
    elif change.kind is Kind.OUTSIDE:
        notes.append(
            translate("changes", "only the earlier one shows it")
            if change.only_first
            else translate("changes", "only the later one shows it")
        )
    return ", ".join(notes)
