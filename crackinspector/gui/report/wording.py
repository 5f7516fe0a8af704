"""The words of a report, in its own language: which need not be that of the window it is made in."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from PySide6.QtCore import QLocale, QTranslator

from crackinspector.core.labels import Label, sureness
from crackinspector.core.shipped import shipped_folder
from crackinspector.core.text import percent, printable
from crackinspector.library import state
from crackinspector.library.events import Verdict
from crackinspector.library.report_facts import Element, ReportFacts, Seen, Sized
from crackinspector.library.state import UNREVIEWED, Judged

_log = logging.getLogger(__name__)
NONE = "–"


class Wording:
    """Translates without being installed, so that a report leaves the window's language alone. Any thread."""

    def __init__(self, language: str) -> None:
        """`language`: one of `gui.i18n.LANGUAGES`."""
        self.language = language
        self.locale = QLocale(language)
        self._translator = QTranslator()
        if language != "en":
            folder = shipped_folder("resources") / "translations"
            if not self._translator.load(f"crackinspector_{language}", str(folder)):
                _log.warning("there is no translation %s in %s; the report is in English", language, folder)

    def translate(self, context: str, text: str) -> str:
        """The text in the report's language; as it is where there is no translation."""
        return self._translator.translate(context, text) or text

    def number(self, value: int) -> str:
        """A whole number with its thousands apart."""
        return self.locale.toString(value)

    def percent(self, share: float) -> str:
        """A share of 0..1 as a percentage."""
        return percent(share)

    def moment(self, at: str) -> str:
        """A moment in ISO 8601 to the minute; `UTC` is told where it is."""
        shown = printable(at[:16].replace("T", " "))
        return f"{shown} UTC" if at.endswith("Z") or at.endswith("+00:00") else shown

    def place(self, name: str) -> str:
        """A structure's, an element's or an inspection's name."""
        return printable(name) if name else self.translate("report", "(no name)")

    def element(self, element: Element) -> str:
        """An element with its number in the report."""
        return f"{element.number}  {self.place(element.name)}"

    def snapshot(self, element: Element, seen: Seen) -> str:
        """A snapshot's number in the report."""
        return f"{element.number}-{seen.number}"

    def finding(self, element: Element, sized: Sized) -> str:
        """A finding's number in the report."""
        return f"{element.number}.{sized.number}"

    def inspections(self, facts: ReportFacts) -> str:
        """The inspections that are told of."""
        return ", ".join(self.place(name) for name in facts.inspections)

    def period(self, facts: ReportFacts) -> str:
        """When the pictures were taken."""
        if facts.first is None or facts.last is None:
            return self.translate("report", "unknown")
        first, last = printable(facts.first[:10]), printable(facts.last[:10])
        return first if first == last else f"{first} – {last}"

    def size(self, sized: Sized) -> str:
        """How long a finding is: in millimetres if that was measured, else in pixels."""
        if sized.length_mm is not None:
            return f"{self.locale.toString(sized.length_mm, 'f', 1)} mm"
        if sized.length_px is not None:
            return f"{self.number(round(sized.length_px))} px"
        return f"{self.number(sized.extent)} px"

    def label(self, label: str | None) -> str:
        """What a model says of a picture."""
        match label:
            case Label.POSITIVE:
                return self.translate("report", "Crack")
            case Label.NEGATIVE:
                return self.translate("report", "No crack")
            case Label.UNKNOWN:
                return self.translate("report", "Not a surface")
            case _:
                return self.translate("report", "Not looked at")

    def said(self, label: str | None, score: float | None) -> str:
        """What a model says of a picture and how sure it is of that; `score`: crack likelihood."""
        sure = None if label not in set(Label) or score is None else sureness(Label(label), score)
        return self.label(label) if sure is None else f"{self.label(label)}, {self.percent(sure)}"

    def verdict(self, verdict: str) -> str:
        """What a person decided."""
        match verdict:
            case Verdict.CONFIRMED:
                return self.translate("report", "Confirmed")
            case Verdict.REJECTED:
                return self.translate("report", "Rejected")
            case Verdict.UNSURE:
                return self.translate("report", "Unsure")
            case Verdict.WITHDRAWN:
                return self.translate("report", "Withdrawn")
            case state.UNREVIEWED:
                return self.translate("report", "Unreviewed")
            case _:
                return printable(verdict)

    def judged(self, judged: Judged, *, label: bool = False) -> str:
        """A verdict with who, when and why; with `label` also what was judged."""
        told = self.verdict(judged.verdict)
        if judged.verdict == UNREVIEWED:
            return told
        if label and judged.of is not None:
            told = f"{told} ({self.label(judged.of)})"
        told = f"{told}, {self.person(judged.who)}, {self.moment(judged.at)}"
        return f"{told}: {line(judged.why)}" if judged.why.strip() else told

    def person(self, who: str) -> str:
        """Who did something."""
        return printable(who) if who.strip() else self.translate("report", "(nobody named)")

    def some(self, names: Sequence[str], most: int) -> str:
        """The first of many names, and how many more there are."""
        told = ", ".join(names[:most])
        if len(names) <= most:
            return told
        return self.translate("report", "{names} and {count} more").format(
            names=told, count=self.number(len(names) - most)
        )


def line(text: str) -> str:
    """A text of any lines as one line that can be printed."""
    return printable(" ".join(text.split()))
