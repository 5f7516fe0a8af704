"""What a report is to be, and what its chapters are composed from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtGui import QImage

from crackinspector.core.labels import Label
from crackinspector.gui.report.sheet import Sheet
from crackinspector.gui.report.wording import Wording
from crackinspector.inference.card import ModelCard
from crackinspector.library.events import Verdict
from crackinspector.library.report_facts import Element, ReportFacts, Seen
from crackinspector.library.state import UNREVIEWED

MOST_PICTURES = 200


@dataclass(frozen=True, slots=True)
class Options:
    """What a person wants.

    Attributes:
        date: of the report, as ISO 8601.
        paper: one of `sheet.PAPERS`.
        language: one of `gui.i18n.LANGUAGES`.
        title: on the cover; empty: "Inspection report".
        inspector: who answers for it; empty: nobody is named.
        logo: a picture for the cover.
        most_pictures: how many snapshots are shown with their picture, at most.
    """

    date: str
    paper: str = "A4"
    language: str = "en"
    title: str = ""
    inspector: str = ""
    logo: Path | None = None
    most_pictures: int = MOST_PICTURES


@dataclass(frozen=True, slots=True)
class Brief:
    """What chapters are composed from.

    Attributes:
        facts: of the structure.
        options: what is wanted.
        folder: of the library.
        cards: sha256 of a model -> its card, of those that are there.
        logo: read, or None.
        words: of the report's language.
        sheet: the paper.
        pictured: names of the snapshots that are shown with their picture.
    """

    facts: ReportFacts
    options: Options
    folder: Path
    cards: Mapping[str, ModelCard]
    logo: QImage | None
    words: Wording
    sheet: Sheet
    pictured: frozenset[str] = field(repr=False)

    @classmethod
    def of(
        cls,
        facts: ReportFacts,
        options: Options,
        folder: Path,
        cards: Mapping[str, ModelCard],
        logo: QImage | None = None,
    ) -> Brief:
        """The brief, with the snapshots chosen that are to be shown."""
        shown = sorted(facts.snapshots, key=_importance)[: options.most_pictures]
        pictured = frozenset(seen.row.id for seen in shown)
        words, sheet = Wording(options.language), Sheet.of(options.paper)
        return cls(facts, options, folder, cards, logo, words, sheet, pictured)

    @property
    def width(self) -> float:
        """Of the body, in units."""
        return self.sheet.body.width()

    @property
    def title(self) -> str:
        """On the cover."""
        return self.options.title.strip() or self.words.translate("report", "Inspection report")

    @property
    def cover_picture(self) -> tuple[Element, Seen] | None:
        """The snapshot that tells most: with the longest crack that was confirmed, else with the longest."""
        each = [(element, seen) for element in self.facts.elements for seen in element.snapshots if not seen.missing]
        return min(each, key=lambda pair: _importance(pair[1]), default=None)

    @property
    def measured(self) -> tuple[bool, bool]:
        """Whether any finding was measured in pixels, and in millimetres."""
        found = [each for seen in self.facts.snapshots for each in seen.findings]
        return (
            any(each.length_px is not None or each.width_px is not None for each in found),
            any(each.length_mm is not None or each.width_mm is not None for each in found),
        )


def _importance(seen: Seen) -> tuple[int, float, float]:
    """What sorts the most important snapshots first: cracks that people confirmed, doubts, what the model found."""
    longest = max((each.order for each in seen.counted), default=(0.0, 0.0))
    if seen.outcome is Label.POSITIVE:
        rank = 0
    elif seen.state.judged.verdict == Verdict.UNSURE:
        rank = 1
    elif seen.row.label == Label.POSITIVE and seen.state.judged.verdict == UNREVIEWED:
        rank = 2
    else:
        rank = 3
    return rank, -longest[0], -longest[1]
