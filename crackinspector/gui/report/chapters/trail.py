"""The audit trail: everything that the library knows to have happened to these snapshots."""

from __future__ import annotations

from collections.abc import Mapping

from crackinspector.core.text import printable
from crackinspector.gui.report.brief import Brief
from crackinspector.gui.report.chapters.common import chapter
from crackinspector.gui.report.parts import Part, text
from crackinspector.gui.report.sheet import TINY
from crackinspector.gui.report.tables import Column, table
from crackinspector.gui.report.wording import line
from crackinspector.library.events import Event, Kind, Verdict
from crackinspector.library.report_facts import Act

MOST_EVENTS = 5000


def trail(brief: Brief) -> list[Part]:
    """The appendix."""
    words, acts = brief.words, brief.facts.trail
    translate = words.translate
    parts = chapter(brief, "trail", translate("report", "Appendix: audit trail"))
    told = translate(
        "report",
        "All that the library knows to have happened to these snapshots, in order of time (UTC). Events: {count}. "
        "Nothing but deleting a snapshot for good takes events away: of one that was brought back since, what happened "
        "before is not known. Those in the bin are named by the beginning of their sha256.",
    ).format(count=words.number(len(acts)))
    left = len(acts) - MOST_EVENTS
    if left > 0:
        told += " " + translate(
            "report",
            "The earliest {count} are not listed here. `crackinspector library export --format json` writes all events "
            "of snapshots that are not in the bin.",
        ).format(count=words.number(left))
    parts += text(told, brief.width)
    names = {
        (seen.row.id, sized.finding.key): words.finding(element, sized)
        for element in brief.facts.elements
        for seen in element.snapshots
        for sized in seen.findings
    }
    numbers = {
        seen.row.id: words.snapshot(element, seen) for element in brief.facts.elements for seen in element.snapshots
    }
    columns = [
        Column(translate("report", "When (UTC)"), 1.9),
        Column(translate("report", "Who"), 1.4),
        Column(translate("report", "Snapshot"), 0.9),
        Column(translate("report", "What"), 6.6),
    ]
    rows = [
        [
            act.event.at[:19].replace("T", " "),
            words.person(act.event.who),
            numbers.get(act.id, act.id[:8]),
            happened(brief, act, names),
        ]
        for act in acts[-MOST_EVENTS:]
    ]
    return parts + table(columns, rows, brief.width, style=TINY)


def happened(brief: Brief, act: Act, names: Mapping[tuple[str, str], str]) -> str:
    """An event in words; `names`: what findings are called, by snapshot and key."""
    words, event = brief.words, act.event
    translate, body = words.translate, event.body
    match event.kind:
        case Kind.IMPORT:
            told = translate("report", "Imported as {name} from {source}")
            return told.format(name=printable(body["name"]), source=printable(body["source"]))
        case Kind.PLACE:
            where = " / ".join(words.place(body[level]) for level in ("structure", "element", "inspection"))
            return translate("report", "Placed at {place}").format(place=where)
        case Kind.DETECTION:
            told = translate("report", "{model} says: {label}, findings {count}")
            return told.format(
                model=printable(body["model"]["name"]),
                label=words.said(body["label"], body["score"]),
                count=words.number(len(body["regions"])),
            )
        case Kind.VERDICT:
            return _decided(brief, act, names)
        case Kind.TAG:
            return translate("report", "Tagged {tag}").format(tag=printable(body["tag"].strip()))
        case Kind.UNTAG:
            return translate("report", "Tag {tag} taken off").format(tag=printable(body["tag"].strip()))
        case Kind.NOTE:
            return translate("report", "Noted: {text}").format(text=line(body["text"])[:400])
        case Kind.EDIT if body["finding"] is not None:
            what = _of(brief, act, names)
            return translate("report", "{finding} corrected by hand").format(finding=what)
        case Kind.EDIT:
            told = translate("report", "Drawn by hand, findings {count}")
            return told.format(count=words.number(len(body["regions"])))
        case Kind.BIN:
            return translate("report", "Put into the bin")
        case Kind.DELETE:
            return translate("report", "Deleted for good")
        case Kind.RESTORE if body.get("undoes"):
            return translate("report", "Brought back after it was deleted")
        case Kind.RESTORE:
            return translate("report", "Taken out of the bin")
        case _:
            return printable(event.kind)


def _decided(brief: Brief, act: Act, names: Mapping[tuple[str, str], str]) -> str:
    words, event = brief.words, act.event
    translate, body = words.translate, event.body
    what = translate("report", "Snapshot") if body["finding"] is None else _of(brief, act, names)
    if body["verdict"] == Verdict.WITHDRAWN:
        told = translate("report", "{what}: verdict withdrawn").format(what=what)
    else:
        told = f"{what}: {words.verdict(body['verdict'])}"
        if body["finding"] is None and body.get("of") is not None:
            told = f"{told} ({words.label(body['of'])})"
    return f"{told}: {line(body['why'])[:400]}" if body["why"].strip() else told


def _of(brief: Brief, act: Act, names: Mapping[tuple[str, str], str]) -> str:
    translate = brief.words.translate
    name = names.get((act.id, _finding(act.event)))
    if name is None:
        return translate("report", "A finding of an earlier detection")
    return translate("report", "Finding {name}").format(name=name)


def _finding(event: Event) -> str:
    return str(event.body["finding"])
