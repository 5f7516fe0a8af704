"""What was not inspected, and why: a report that leaves this out says more than is known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from crackinspector.core.labels import Label
from crackinspector.core.text import printable
from crackinspector.gui.report.brief import Brief
from crackinspector.gui.report.chapters.common import chapter
from crackinspector.gui.report.parts import Part, text
from crackinspector.gui.report.tables import RIGHT, Cell, Column, table
from crackinspector.library.events import Verdict
from crackinspector.library.report_facts import Element, Seen
from crackinspector.library.state import UNREVIEWED

_MOST_NAMES, _MOST_ELEMENTS = 8, 15


def gaps(brief: Brief) -> list[Part]:
    """The chapter."""
    translate = brief.words.translate
    parts = chapter(brief, "gaps", translate("report", "Not inspected, and why"))
    parts += text(
        translate(
            "report",
            "Only what is in the library can be told of. Surfaces that nobody took a picture of appear nowhere in this "
            "report, and the library cannot know of them. Of what it knows, this was not inspected, or not to the end:",
        ),
        brief.width,
    )
    rows = _rows(brief)
    if not rows:
        told = translate(
            "report",
            "Nothing: every element has snapshots, a model has looked at every one, a person has decided on it, and "
            "every picture is there.",
        )
        return parts + text(told, brief.width)
    columns = [
        Column(translate("report", "What"), 2.2),
        Column(translate("report", "Number"), 0.9, RIGHT),
        Column(translate("report", "Why"), 4),
        Column(translate("report", "Which"), 4),
    ]
    return parts + table(columns, rows, brief.width)


def _rows(brief: Brief) -> list[list[Cell | str]]:
    words, facts = brief.words, brief.facts
    translate = words.translate
    rows: list[list[Cell | str]] = []

    def add(what: str, count: int, why: str, which: str) -> None:
        if count:
            rows.append([Cell(what, strong=True), words.number(count), why, which])

    inspection = facts.inspection if facts.inspection is not None else facts.inspections[-1]
    add(
        translate("report", "Elements without a snapshot"),
        len(facts.absent),
        translate("report", "They have snapshots of other inspections, none of {inspection}.").format(
            inspection=words.place(inspection)
        ),
        words.some([words.place(name) for name in facts.absent], _MOST_ELEMENTS),
    )
    for what, why, belongs in (
        (
            translate("report", "Not looked at by a model"),
            translate("report", "They were imported without analysis, or the analysis failed."),
            lambda seen: seen.row.label is None,
        ),
        (
            translate("report", "Unreviewed"),
            translate("report", "No person has decided on them: what is said of them is the model's word alone."),
            lambda seen: seen.state.judged.verdict == UNREVIEWED,
        ),
        (
            translate("report", "Unsure"),
            translate("report", "A person has looked and could not decide; look at the place itself."),
            lambda seen: seen.state.judged.verdict == Verdict.UNSURE,
        ),
        (
            translate("report", "Not a surface"),
            translate("report", "The model does not take them for a surface that it knows: nothing was searched for."),
            lambda seen: seen.row.label == Label.UNKNOWN,
        ),
        (
            translate("report", "Picture missing"),
            translate("report", "The file is not on the disk any more: what is said of it cannot be checked."),
            lambda seen: seen.missing,
        ),
    ):
        some = _those(brief, belongs)
        add(what, len(some), why, _which(brief, some))
    binned = Counter(words.place(element) for element, _ in facts.binned)
    names = [printable(name) for _, name in facts.binned]
    add(
        translate("report", "In the bin"),
        len(facts.binned),
        translate("report", "A person has put them there. They count nowhere in this report."),
        words.some(names, _MOST_NAMES) if len(names) <= _MOST_NAMES else _counts(brief, binned),
    )
    add(
        translate("report", "Deleted for good"),
        facts.deleted,
        translate("report", "They were removed from this library; where they belonged to is not known any more."),
        translate("report", "anywhere in the library"),
    )
    hidden = _those(brief, lambda seen: seen.row.id not in brief.pictured)
    add(
        translate("report", "Not shown here"),
        len(hidden),
        translate(
            "report", "They count in every figure, but their pictures are left out: this report shows {most}."
        ).format(most=words.number(brief.options.most_pictures)),
        _which(brief, hidden),
    )
    return rows


def _those(brief: Brief, belongs: Callable[[Seen], bool]) -> list[tuple[Element, Seen]]:
    return [(element, seen) for element in brief.facts.elements for seen in element.snapshots if belongs(seen)]


def _which(brief: Brief, some: Iterable[tuple[Element, Seen]]) -> str:
    """A few by their numbers, many by how many there are of each element."""
    words, each = brief.words, list(some)
    if len(each) <= _MOST_NAMES:
        return ", ".join(words.snapshot(element, seen) for element, seen in each)
    return _counts(brief, Counter(words.place(element.name) for element, _ in each))


def _counts(brief: Brief, counts: Counter[str]) -> str:
    words = brief.words
    return words.some([f"{name} ({words.number(count)})" for name, count in counts.items()], _MOST_ELEMENTS)
