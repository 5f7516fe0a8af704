"""What `crackinspector library stats` prints."""

from __future__ import annotations

import json
from pathlib import Path

from crackinspector.core.labels import Label
from crackinspector.core.text import printable
from crackinspector.library.agreement import Agreement, ModelAgreement, PeopleAgreement, agreement
from crackinspector.library.confusion import Confusion, Share
from crackinspector.library.store import Library
from crackinspector.survey.library_tell import tell
from crackinspector.survey.report import WORDS


def tell_agreement(folder: Path, as_json: bool) -> int:
    """Print how far models and people agree. Raises StorageError."""
    with Library(folder, write=False) as library:
        found = agreement(library)
        print(json.dumps(found.values()) if as_json else "\n".join(_lines(found)))
        tell(library.notices)
    return 0


def _lines(found: Agreement) -> list[str]:
    known = found.by_verdict + found.by_folder
    lines = [
        f"{known} snapshot{'' if known == 1 else 's'} of which people say what they show: {found.by_verdict} by "
        f"verdict, {found.by_folder} by labelled folder; unsure of {found.unsure}"
    ]
    for model in found.models:
        lines += ["", *_model(model)]
    for pair in found.people:
        lines += ["", *_pair(pair)]
    return lines


def _model(model: ModelAgreement) -> list[str]:
    confusion, findings = model.confusion, model.findings
    lines = [f"{printable(model.model)} ({printable(model.sha256)[:12] or 'unknown file'})"]
    if confusion.total:
        figures = [
            ("accuracy", confusion.accuracy),
            ("balanced", confusion.balanced),
            ("precision", confusion.precision),
            ("recall", confusion.recall),
            ("false alarms", confusion.false_alarms),
        ]
        lines += [f"  {name:<14}{_share(share)}" for name, share in figures]
        lines += [f"  {'kappa':<14}{_kappa(confusion)}", *_table(confusion, "people say", "the model says")]
        for name, part in model.structures if len(model.structures) > 1 else ():
            shown = f"recall {_short(part.recall)}, false alarms {_short(part.false_alarms)}"
            lines.append(
                f"  {printable(name) or 'no structure'}: {part.total}, accuracy {_short(part.accuracy)}, {shown}"
            )
    decided = f"{findings.confirmed} confirmed, {findings.rejected} rejected, {findings.unsure} unsure"
    lines.append(f"  findings      {decided}; confirmed {_share(findings.confirmed_share)}")
    return lines


def _pair(pair: PeopleAgreement) -> list[str]:
    names = f"{printable(pair.first)} and {printable(pair.second)}"
    return [
        f"{names}: {pair.confusion.total} decided by both, {pair.unsure} unsure",
        f"  {'agreement':<14}{_share(pair.confusion.accuracy)}",
        f"  {'kappa':<14}{_kappa(pair.confusion)}",
    ]


def _table(confusion: Confusion, true: str, said: str) -> list[str]:
    head = "".join(f"{WORDS[label]:>15}" for label in Label)
    rows = [f"  {WORDS[row]:<14}" + "".join(f"{confusion[column, row]:>15}" for column in Label) for row in Label]
    return [f"  {true} (down), {said} (across):", f"  {'':<14}{head}", *rows]


def _share(share: Share | None) -> str:
    return "-" if share is None else f"{_short(share)} ({share.low * 100:.1f} to {share.high * 100:.1f})"


def _short(share: Share | None) -> str:
    return "-" if share is None else f"{share.value * 100:.1f} %"


def _kappa(confusion: Confusion) -> str:
    return "-" if confusion.kappa is None else f"{confusion.kappa:.2f}"
