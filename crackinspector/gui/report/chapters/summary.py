"""The summary: what was looked at, what was found, what people decided."""

from __future__ import annotations

from crackinspector.core.text import printable
from crackinspector.gui.report.brief import Brief
from crackinspector.gui.report.chapters.common import chapter, section
from crackinspector.gui.report.parts import Part, text
from crackinspector.gui.report.sheet import CAPTION, MM
from crackinspector.gui.report.tables import RIGHT, Cell, Column, table
from crackinspector.gui.report.tiles import tiles
from crackinspector.gui.report.wording import NONE, Wording
from crackinspector.library.events import Verdict
from crackinspector.library.report_facts import Element, Seen, Sized
from crackinspector.library.state import UNREVIEWED

_LONGEST = 10
_VERDICTS = (Verdict.CONFIRMED, Verdict.REJECTED, Verdict.UNSURE, UNREVIEWED)


def summary(brief: Brief) -> list[Part]:
    """The chapter."""
    words, facts = brief.words, brief.facts
    translate = words.translate
    parts = chapter(brief, "summary", translate("report", "Summary"))
    elements, snapshots = facts.elements, facts.snapshots
    findings = sum(len(element.counted) for element in elements)
    cracked = sum(element.cracked for element in elements)
    left = sum(element.verdicts.get(UNREVIEWED, 0) for element in elements)
    parts.append(
        tiles(
            (
                (words.number(len(elements)), translate("report", "elements"), False),
                (words.number(len(snapshots)), translate("report", "snapshots"), False),
                (words.number(cracked), translate("report", "with a crack, by people"), cracked > 0),
                (words.number(findings), translate("report", "findings not rejected"), False),
                (
                    words.size(facts.longest[1]) if facts.longest else NONE,
                    translate("report", "longest finding"),
                    False,
                ),
                (words.number(left), translate("report", "not reviewed"), False),
            ),
            brief.width,
            4 * MM,
        )
    )
    parts += text(_sentence(brief, left), brief.width, gap=5 * MM)
    parts += section(brief, translate("report", "Condition by element"))
    parts += _condition(brief)
    parts += text(
        translate(
            "report",
            "Confirmed and rejected count verdicts on what the model said of a snapshot; with crack are the snapshots "
            "that show one by these verdicts. Findings and lengths leave out what was rejected.",
        ),
        brief.width,
        CAPTION,
        gap=1.5 * MM,
    )
    return parts + _longest(brief) + _people(brief)


def _sentence(brief: Brief, left: int) -> str:
    words, facts = brief.words, brief.facts
    translate = words.translate
    told = translate("report", "This report tells of {structure}, inspection {inspection}.").format(
        structure=words.place(facts.structure),
        inspection=words.some([words.place(name) for name in facts.inspections], 12),
    )
    if facts.first is not None:
        told += " " + translate("report", "Its pictures were taken {period}.").format(period=words.period(facts))
    if left:
        return f"{told} " + translate(
            "report",
            "Not all of it has been reviewed by a person: what the model alone says is no verdict, and the chapter on "
            "what was not inspected lists what is open.",
        )
    return f"{told} " + translate("report", "Every snapshot was reviewed by a person.")


def _condition(brief: Brief) -> list[Part]:
    words, elements = brief.words, brief.facts.elements
    translate = words.translate
    columns = [
        Column(translate("report", "Element"), 3.3),
        Column(translate("report", "Snapshots"), 1.5, RIGHT),
        Column(translate("report", "Confirmed"), 1.5, RIGHT),
        Column(translate("report", "Rejected"), 1.4, RIGHT),
        Column(translate("report", "Unsure"), 1.3, RIGHT),
        Column(translate("report", "Unreviewed"), 1.65, RIGHT),
        Column(translate("report", "With crack"), 1.5, RIGHT),
        Column(translate("report", "Findings"), 1.4, RIGHT),
        Column(translate("report", "Longest"), 1.8, RIGHT),
    ]
    rows = [_row(words, element) for element in elements]
    if len(elements) > 1:
        longest = brief.facts.longest
        rows.append(
            [
                Cell(translate("report", "All elements"), strong=True),
                words.number(len(brief.facts.snapshots)),
                *(words.number(sum(each.verdicts.get(verdict, 0) for each in elements)) for verdict in _VERDICTS),
                words.number(sum(each.cracked for each in elements)),
                words.number(sum(len(each.counted) for each in elements)),
                NONE if longest is None else words.size(longest[1]),
            ]
        )
    return table(columns, rows, brief.width, total=len(elements) > 1)


def _row(words: Wording, element: Element) -> list[Cell | str]:
    return [
        Cell(words.element(element), strong=True),
        words.number(len(element.snapshots)),
        *(words.number(element.verdicts.get(verdict, 0)) for verdict in _VERDICTS),
        words.number(element.cracked),
        words.number(len(element.counted)),
        NONE if element.longest is None else words.size(element.longest),
    ]


def _longest(brief: Brief) -> list[Part]:
    words = brief.words
    translate = words.translate
    each: list[tuple[Element, Seen, Sized]] = [
        (element, seen, sized)
        for element in brief.facts.elements
        for seen in element.snapshots
        for sized in seen.counted
    ]
    if not each:
        return []
    each.sort(key=lambda found: found[2].order, reverse=True)
    columns = [
        Column(translate("report", "Finding"), 1),
        Column(translate("report", "Element"), 2.6),
        Column(translate("report", "Snapshot"), 1.2),
        Column(translate("report", "Length"), 1.2, RIGHT),
        Column(translate("report", "Verdict on the finding"), 2.6),
        Column(translate("report", "Verdict on the snapshot"), 2.6),
    ]
    rows: list[list[Cell | str]] = [
        [
            Cell(words.finding(element, sized), strong=True),
            words.place(element.name),
            words.snapshot(element, seen),
            words.size(sized),
            Cell(words.verdict(sized.finding.judged.verdict), sized.finding.judged.verdict),
            Cell(words.verdict(seen.state.judged.verdict), seen.state.judged.verdict),
        ]
        for element, seen, sized in each[:_LONGEST]
    ]
    return section(brief, translate("report", "Longest findings")) + table(columns, rows, brief.width)


def _people(brief: Brief) -> list[Part]:
    words, people = brief.words, brief.facts.people
    translate = words.translate
    title = section(brief, translate("report", "Who decided"))
    if not people:
        return title + text(translate("report", "Nobody has decided on anything yet."), brief.width)
    columns = [Column(translate("report", "Person"), 4), Column(translate("report", "Verdicts that hold"), 2, RIGHT)]
    rows = [[printable(words.person(who)), words.number(count)] for who, count in people.items()]
    return title + table(columns, rows, brief.width * 0.55)
