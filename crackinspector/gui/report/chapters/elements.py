"""The elements: each snapshot with picture, map, findings and verdicts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from crackinspector.core.text import printable
from crackinspector.gui.report.brief import Brief
from crackinspector.gui.report.chapters.common import subsection
from crackinspector.gui.report.parts import Mark, Part, text
from crackinspector.gui.report.picture_parts import Captions, Fact, small, twin
from crackinspector.gui.report.sheet import CAPTION, CELL, CHAPTER, MM, SECTION
from crackinspector.gui.report.tables import RIGHT, Cell, Column, table
from crackinspector.gui.report.wording import NONE, line
from crackinspector.library.events import Verdict
from crackinspector.library.report_facts import Element, Seen, Sized
from crackinspector.library.state import LABELLED, UNREVIEWED

_MOST_FINDINGS = 30
"""Of one snapshot; the smaller ones are counted."""
_COLUMNS = 4
_LONGEST_NOTE = 4000


def elements(brief: Brief) -> list[Part]:
    """The chapter: a page or more for each element."""
    return [part for element in brief.facts.elements for part in _element(brief, element)]


def _element(brief: Brief, element: Element) -> list[Part]:
    words = brief.words
    translate = words.translate
    title = words.element(element)
    mark = Mark(f"element {element.number}", f"{translate('report', 'Element')} {title}", 1)
    shown = [seen for seen in element.snapshots if seen.row.id in brief.pictured]
    full = [seen for seen in shown if seen.findings or seen.state.note or seen.state.judged.verdict == Verdict.UNSURE]
    parts: list[Part] = []
    if element.number == 1:
        title_of_all = translate("report", "Elements")
        parts += text(
            title_of_all, brief.width, CHAPTER, gap=0, keep=True, fresh=True, mark=Mark("elements", title_of_all)
        )
    parts += text(
        title,
        brief.width,
        SECTION,
        gap=4 * MM if element.number == 1 else 12 * MM,
        keep=True,
        fresh=element.number > 1 and bool(full),
        mark=mark,
    )
    parts += text(_in_short(brief, element), brief.width, CAPTION, gap=0.8 * MM, keep=True)
    for seen in full:
        parts += _snapshot(brief, element, seen)
    # What nobody found anything on needs no half page.
    plain = [seen for seen in shown if seen not in full]
    if plain:
        parts += subsection(brief, translate("report", "Snapshots without findings"), gap=7 * MM)
        for start in range(0, len(plain), _COLUMNS):
            row = [_small(brief, element, seen) for seen in plain[start : start + _COLUMNS]]
            parts.append(small(row, _COLUMNS, brief.width, _missing(brief)))
    rest = [seen for seen in element.snapshots if seen.row.id not in brief.pictured]
    if rest:
        parts += subsection(brief, translate("report", "Snapshots not shown with their picture"), gap=7 * MM)
        parts += _listed(brief, element, rest)
    return parts


def _in_short(brief: Brief, element: Element) -> str:
    words = brief.words
    translate = words.translate
    inspections = dict.fromkeys(words.place(seen.row.inspection) for seen in element.snapshots)
    told = [
        translate("report", "Inspection: {names}").format(names=words.some(list(inspections), 12)),
        translate("report", "snapshots: {count}").format(count=words.number(len(element.snapshots))),
        translate("report", "with crack: {count}").format(count=words.number(element.cracked)),
        translate("report", "findings not rejected: {count}").format(count=words.number(len(element.counted))),
    ]
    if element.longest is not None:
        name, size = words.finding(element, element.longest), words.size(element.longest)
        told.append(translate("report", "longest: {finding}, {size}").format(finding=name, size=size))
    return "  ·  ".join(told)


def _snapshot(brief: Brief, element: Element, seen: Seen) -> list[Part]:
    words, width = brief.words, brief.width
    translate = words.translate
    number = words.snapshot(element, seen)
    title = translate("report", "Snapshot {number}").format(number=number)
    parts = subsection(brief, f"{title}   {printable(seen.row.name)}"[:160], gap=7 * MM)
    parts += text(_origin(brief, seen), width, CAPTION, gap=0.3 * MM, keep=True)
    # The largest first, so that what is left out is the smallest; the table goes by number.
    chosen = sorted(sorted(seen.findings, key=lambda each: each.order)[-_MOST_FINDINGS:], key=lambda each: each.number)
    names = [words.finding(element, each) for each in chosen]
    captions = Captions(
        translate("report", "{number} as it was taken").format(number=number),
        translate("report", "{number} with crack map").format(number=number)
        if seen.row.map is not None
        else translate("report", "{number}: no model has looked at it").format(number=number),
        _missing(brief),
    )
    judged = seen.state.judged
    rows = [
        Fact(translate("report", "Model"), _said(brief, seen)),
        Fact(translate("report", "Verdict"), words.judged(judged, label=True), judged.verdict),
    ]
    tags = [printable(tag) for tag in seen.state.tags if not tag.startswith(LABELLED)]
    if tags:
        rows.append(Fact(translate("report", "Tags"), words.some(tags, 12)))
    note = line(seen.state.note)[:_LONGEST_NOTE]
    if note:
        rows.append(Fact(translate("report", "Note"), note))
    parts += twin(seen, chosen, names, captions, rows, width)
    parts[-1] = replace(parts[-1], keep=bool(chosen))
    if chosen:
        parts += _findings(brief, chosen, names)
        left = len(seen.findings) - len(chosen)
        if left:
            told = translate("report", "Findings that are smaller than these and not listed: {count}")
            parts += text(told.format(count=words.number(left)), width, CAPTION, gap=1 * MM)
    return parts


def _origin(brief: Brief, seen: Seen) -> str:
    words, row = brief.words, seen.row
    taken = words.moment(row.taken) if row.taken else words.translate("report", "time unknown")
    told = [taken, f"{words.number(row.width)} × {words.number(row.height)} px"]
    if row.source:
        told.append(printable(row.source)[:60])
    if row.latitude is not None and row.longitude is not None:
        told.append(f"{row.latitude:.5f}°, {row.longitude:.5f}°")
    told.append(f"sha256 {row.id[:16]}…")
    return "  ·  ".join(told)


def _said(brief: Brief, seen: Seen) -> str:
    said = _brief_said(brief, seen)
    return f"{said} ({printable(seen.row.model)})" if seen.row.model else said


def _findings(brief: Brief, chosen: Sequence[Sized], names: Sequence[str]) -> list[Part]:
    words = brief.words
    translate = words.translate
    pixels, millimetres = brief.measured
    columns = [
        Column(translate("report", "Finding"), 1.1),
        Column(translate("report", "Left, top (px)"), 1.6, RIGHT),
        Column(translate("report", "Width × height (px)"), 1.9, RIGHT),
    ]
    if pixels:
        columns.append(Column(translate("report", "Crack length, width (px)"), 1.7, RIGHT))
    if millimetres:
        columns.append(Column(translate("report", "Crack length, width (mm)"), 1.7, RIGHT))
    columns += [
        Column(translate("report", "Score"), 0.9, RIGHT),
        Column(translate("report", "By"), 1.1),
        Column(translate("report", "Verdict"), 4.2),
    ]
    rows: list[list[Cell | str]] = []
    for sized, name in zip(chosen, names, strict=True):
        found = sized.finding
        row: list[Cell | str] = [
            Cell(name, strong=True),
            f"{words.number(found.x)}, {words.number(found.y)}",
            f"{words.number(found.w)} × {words.number(found.h)}",
        ]
        if pixels:
            row.append(_two(brief, sized.length_px, sized.width_px))
        if millimetres:
            row.append(_two(brief, sized.length_mm, sized.width_mm))
        by = translate("report", "hand") if found.by_hand else translate("report", "model")
        if found.mask is not None and not found.by_hand:
            by = translate("report", "model, corrected by hand")
        score = NONE if found.by_hand else words.percent(found.score)
        rows.append([*row, score, by, Cell(words.judged(found.judged), found.judged.verdict)])
    return table(columns, rows, brief.width)


def _two(brief: Brief, length: float | None, width: float | None) -> str:
    shown = [NONE if value is None else brief.words.locale.toString(value, "f", 1) for value in (length, width)]
    return ", ".join(shown)


def _small(brief: Brief, element: Element, seen: Seen) -> tuple[Seen, str, str]:
    words = brief.words
    judged = seen.state.judged
    told = words.verdict(judged.verdict)
    if judged.verdict != UNREVIEWED:
        told = f"{told}, {words.person(judged.who)}, {words.moment(judged.at)[:10]}"
    return (
        seen,
        f"{words.snapshot(element, seen)}  {printable(seen.row.name)[:60]}",
        f"{_brief_said(brief, seen)}. {told}",
    )


def _brief_said(brief: Brief, seen: Seen) -> str:
    return brief.words.said(seen.row.label, seen.row.score)


def _listed(brief: Brief, element: Element, rest: Sequence[Seen]) -> list[Part]:
    words = brief.words
    translate = words.translate
    columns = [
        Column(translate("report", "Snapshot"), 1.2),
        Column(translate("report", "Picture"), 3),
        Column(translate("report", "Taken"), 2),
        Column(translate("report", "Model"), 2.2),
        Column(translate("report", "Findings"), 1.1, RIGHT),
        Column(translate("report", "Longest"), 1.3, RIGHT),
        Column(translate("report", "Verdict"), 3.6),
    ]
    rows: list[list[Cell | str]] = []
    for seen in rest:
        longest = max(seen.counted, key=lambda each: each.order, default=None)
        rows.append(
            [
                Cell(words.snapshot(element, seen), strong=True),
                printable(seen.row.name),
                words.moment(seen.row.taken) if seen.row.taken else NONE,
                _brief_said(brief, seen),
                words.number(len(seen.counted)),
                NONE if longest is None else words.size(longest),
                Cell(words.judged(seen.state.judged), seen.state.judged.verdict),
            ]
        )
    return table(columns, rows, brief.width, style=CELL)


def _missing(brief: Brief) -> str:
    return brief.words.translate("report", "The picture cannot be read; see what was not inspected.")
