"""What the review says of verdicts and events, in the language of the application."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from crackinspector.core.labels import Label
from crackinspector.core.text import printable
from crackinspector.gui.gallery.marks import VERDICT_ICONS
from crackinspector.gui.gallery.words import found_word, verdict_name
from crackinspector.gui.labels import sureness_words
from crackinspector.library.events import Event, Kind, Verdict
from crackinspector.library.state import Judged, truth_of

BETWEEN = " \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK} "
"""Between the levels of a place."""
ICONS = {**VERDICT_ICONS, Verdict.WITHDRAWN: "undo"}
"""Of verdicts, the one that is taken back included."""


def stated(verdict: Verdict, label: Label | None) -> Label | None:
    """What a verdict on a label says that there is; None where it says nothing."""
    return truth_of(Judged(verdict, of=None if label is None else label.value))


def meaning(verdict: Verdict, label: Label | None) -> str:
    """What a verdict on a label says, in a few words."""
    translate = QCoreApplication.translate
    if verdict is Verdict.UNSURE:
        return translate("review", "look again later")
    truth = stated(verdict, label)
    if truth is Label.POSITIVE:
        return translate("review", "there is a crack")
    if truth is Label.NEGATIVE:
        return translate("review", "there is no crack")
    if label is not None:
        confirmed = verdict is Verdict.CONFIRMED
        return translate("review", "it is no surface") if confirmed else translate("review", "it is a surface")
    return translate("review", "nothing to judge")


def judged_words(verdict: str, of: str | None) -> str:
    """A verdict that holds, with what it says."""
    name = verdict_name(verdict)
    if verdict not in (Verdict.CONFIRMED, Verdict.REJECTED) or of not in set(Label):
        return name
    words = QCoreApplication.translate("review", "{verdict}: {meaning}")
    return words.format(verdict=name, meaning=meaning(Verdict(verdict), Label(of)))


def local_time(at: str) -> str:
    """A moment of an event by the clock of this place, to the minute."""
    try:
        return datetime.fromisoformat(at).astimezone().strftime("%Y-%m-%d %H:%M")
    except (ValueError, OSError, OverflowError):
        return at


def event_words(event: Event) -> tuple[str, str]:
    """What happened, and the reason that was given for it."""
    translate, body = QCoreApplication.translate, event.body
    match event.kind:
        case Kind.IMPORT:
            words = translate("review", "Brought in from {source}").format(source=printable(body["source"]))
            return (words, printable(body["name"]))
        case Kind.PLACE:
            place = BETWEEN.join(
                printable(body[level]) for level in ("structure", "element", "inspection") if body[level]
            )
            return translate("review", "Placed at {place}").format(place=place or "–"), ""
        case Kind.DETECTION:
            found = f"{found_word(body['label'])} {sureness_words(body['label'], float(body['score']))}".strip()
            words = translate("review", "{model} says: {found}")
            return words.format(model=printable(body["model"]["name"]), found=found), ""
        case Kind.VERDICT:
            return _verdict_words(event), printable(body["why"])
        case Kind.TAG:
            return translate("review", "Tag put on: {tag}").format(tag=printable(body["tag"])), ""
        case Kind.UNTAG:
            return translate("review", "Tag taken off: {tag}").format(tag=printable(body["tag"])), ""
        case Kind.NOTE:
            return translate("review", "Note: {text}").format(text=printable(body["text"]) or "–"), ""
        case Kind.EDIT:
            if body["finding"] is not None:
                return translate("review", "A finding was corrected by hand"), ""
            return translate("review", "Findings were drawn by hand"), ""
        case Kind.BIN:
            return translate("review", "Put into the bin"), ""
        case Kind.RESTORE:
            return translate("review", "Taken out of the bin"), ""
        case Kind.DELETE:
            return translate("review", "Deleted for good"), printable(body["why"])
    return translate("review", "{kind}, by a newer version").format(kind=event.kind), ""


def _verdict_words(event: Event) -> str:
    translate, body = QCoreApplication.translate, event.body
    if body["verdict"] == Verdict.WITHDRAWN:
        words = translate("review", "A verdict was taken back")
    else:
        words = judged_words(body["verdict"], body["of"])
    if body["finding"] is not None:
        words = translate("review", "{verdict}, on a finding").format(verdict=words)
    return words
