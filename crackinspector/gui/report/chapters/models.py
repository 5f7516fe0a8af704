"""The models: what they are, and the figures of their cards."""

from __future__ import annotations

from dataclasses import replace

from crackinspector.core.text import printable
from crackinspector.gui.models.catalogue import figures, overall
from crackinspector.gui.report.brief import Brief
from crackinspector.gui.report.chapters.common import chapter, section
from crackinspector.gui.report.parts import Part, pair, text
from crackinspector.gui.report.sheet import BODY
from crackinspector.gui.report.tables import RIGHT, Column, table
from crackinspector.gui.report.wording import NONE
from crackinspector.inference.card import ModelCard
from crackinspector.library.report_facts import ModelUse


def models(brief: Brief) -> list[Part]:
    """The chapter."""
    translate = brief.words.translate
    parts = chapter(brief, "models", translate("report", "Models"))
    if not brief.facts.models:
        return parts + text(translate("report", "No model has looked at any of these snapshots."), brief.width)
    parts += text(
        translate(
            "report",
            "A model gives every picture a crack likelihood and a map of where it sees cracks. Its figures below are "
            "those of its card: how it did on pictures of its makers that it was not trained on. On other surfaces, "
            "in other light, it may do worse.",
        ),
        brief.width,
    )
    for used in brief.facts.models:
        parts += _model(brief, used)
    return parts


def _model(brief: Brief, used: ModelUse) -> list[Part]:
    words, card = brief.words, brief.cards.get(used.sha256)
    translate = words.translate
    rows = [
        (translate("report", "Snapshots"), words.number(used.snapshots)),
        ("sha256", printable(used.sha256) or translate("report", "unknown")),
    ]
    if card is None:
        told = translate(
            "report",
            "The card of this model is not there; nothing is known of how it does. Its file is named by sha256.",
        )
        rows.append((translate("report", "Figures"), told))
    else:
        rows += _card(brief, card)
    parts = section(brief, printable(used.name) or translate("report", "(no name)"))
    parts += [pair(name, value, brief.width, 0.22, BODY) for name, value in rows]
    parts[-1] = replace(parts[-1], keep=False)
    return parts + (_figures(brief, card) if card is not None else [])


def _card(brief: Brief, card: ModelCard) -> list[tuple[str, str]]:
    words = brief.words
    translate = words.translate
    rows = [
        (translate("report", "Version"), printable(card.version)),
        (translate("report", "Network"), printable(card.description)),
        (translate("report", "Input"), f"{card.input.width} × {card.input.height} px"),
    ]
    found, alarms = overall(card)
    if found is not None:
        rows.append((translate("report", "Cracks found"), words.percent(found)))
    if alarms is not None:
        rows.append((translate("report", "False alarms"), words.percent(alarms)))
    rows.append((translate("report", "Limits"), printable(card.limits)))
    sources = [
        f"{printable(str(data.get('source', ''))).replace('_', ' ')} ({data.get('pictures', '')})"
        for data in card.training_data
    ]
    rows.append((translate("report", "Trained on"), ", ".join(sources)))
    return [row for row in rows if row[1]]


def _figures(brief: Brief, card: ModelCard) -> list[Part]:
    words = brief.words
    translate = words.translate
    found = figures(card)
    if not found:
        return []
    columns = [
        Column(translate("report", "Held-out pictures of"), 3),
        Column(translate("report", "With cracks"), 1.5, RIGHT),
        Column(translate("report", "Cracks found"), 1.6, RIGHT),
        Column(translate("report", "Without cracks"), 1.6, RIGHT),
        Column(translate("report", "False alarms"), 1.6, RIGHT),
    ]
    rows = [
        [
            printable(row.source.replace("_", " ")),
            words.number(row.cracked) if row.cracked else NONE,
            NONE if row.recall is None else words.percent(row.recall),
            words.number(row.crack_free) if row.crack_free else NONE,
            NONE if row.false_alarms is None else words.percent(row.false_alarms),
        ]
        for row in found
    ]
    return table(columns, rows, brief.width)
