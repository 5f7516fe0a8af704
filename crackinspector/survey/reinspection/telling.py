"""What `crackinspector library compare` prints, writes and draws."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from crackinspector.core.text import printable
from crackinspector.library.store import Library
from crackinspector.survey.library_tell import tell
from crackinspector.survey.output import cannot_write, write_atomic
from crackinspector.survey.overlay import encode_overlay
from crackinspector.survey.reinspection.changes import Change, Kind
from crackinspector.survey.reinspection.comparing import Comparison, compare, snapshot_called
from crackinspector.survey.reinspection.drawing import draw_changes
from crackinspector.survey.reinspection.inspected import Subject, subject

EXIT_NOT_ALIGNED = 1


def tell_comparison(folder: Path, before: str, after: str, json_to: str | None, overlay: Path | None) -> int:
    """Compare two snapshots, print what became of the cracks and return the exit status.

    Args:
        folder: of the library.
        before, after: names of snapshots, or their beginnings.
        json_to: a file for the JSON object; "-" prints it in place of the text.
        overlay: a file for the drawing; it is not written if the pictures cannot be laid over each other.

    Raises:
        CrackInspectorError: something cannot be read or written.
    """
    with Library(folder, write=False) as library:
        tell(library.notices)
        first, second = (subject(library, snapshot_called(library, name)) for name in (before, after))
    found = compare(first, second)
    if json_to == "-":
        print(json.dumps(_values(found), allow_nan=False))
    else:
        for line in _lines(found):
            print(line)
        if json_to is not None:
            _write(Path(json_to), json.dumps(_values(found), allow_nan=False).encode() + b"\n")
    if overlay is not None and found.changes is not None:
        size = second.row.width, second.row.height
        _write(overlay, encode_overlay(draw_changes(found.image, size, found.changes)))
    if found.changes is None:
        print(f"crackinspector: {found.alignment.sentence}", file=sys.stderr)
        return EXIT_NOT_ALIGNED
    return 0


def _write(path: Path, content: bytes) -> None:
    try:
        write_atomic(path, content)
    except OSError as error:
        raise cannot_write(path, error) from error


def _lines(found: Comparison) -> Iterator[str]:
    for name, each in (("before", found.before), ("after", found.after)):
        row = each.row
        facts = [
            row.id[:12],
            printable(row.name),
            row.inspection,
            (row.taken or "")[:10],
            each.detection.body["model"]["name"],
        ]
        yield f"{name:<10} {'  '.join(printable(fact) for fact in facts if fact)}"
    if found.models_differ:
        yield "           two models looked: differences may be theirs"
    if found.changes is None:
        return
    alignment = found.alignment
    exact, share = max(0.1, alignment.rms_px), found.changes.compared
    yield f"{'aligned':<10} to {exact:.1f} px, {share:.0%} of the later picture compared"
    for change in found.changes.cracks:
        yield _line(change)
    yield ", ".join(f"{found.changes.count(kind)} {kind.value}" for kind in Kind)


def _line(change: Change) -> str:
    x, y, w, h = change.box
    lengths = f"{change.length_after:.0f} px"
    if change.kind in (Kind.GROWN, Kind.UNCHANGED):
        lengths = f"{change.length_before:.0f} -> {change.length_after:.0f} px"
    elif change.length_before:
        lengths = f"{change.length_before:.0f} px"
    notes = [
        *(["in part"] if change.part else []),
        *(["faint in one of them"] if change.faint else []),
        *(["only the earlier one shows it"] if change.only_first and not change.astray else []),
        *(["in the earlier one"] if change.only_first and change.astray else []),
        *(["not comparable there"] if change.astray else []),
    ]
    return f"{change.kind.value:<10} {lengths:<18} at {x},{y} {w}x{h}{'  ' if notes else ''}{', '.join(notes)}"


def _values(found: Comparison) -> dict[str, Any]:
    alignment = found.alignment
    homography = None if alignment.homography is None else alignment.homography.tolist()
    values: dict[str, Any] = {
        "before": _snapshot(found.before),
        "after": _snapshot(found.after),
        "alignment": {
            "trusted": alignment.trusted,
            "reasons": list(alignment.reasons),
            "homography": homography,
            "rms_px": alignment.rms_px,
            "overlap": alignment.overlap,
            "pairs": alignment.pairs,
            "share": alignment.share,
            "spread": alignment.spread,
            "patches": alignment.patches,
            "agreeing": alignment.agreeing,
        },
        "changes": None,
    }
    if found.changes is not None:
        values["compared"] = found.changes.compared
        values["tolerance_px"] = found.changes.tolerance_px
        values["counts"] = {kind.value: found.changes.count(kind) for kind in Kind}
        values["changes"] = [_change(change) for change in found.changes.cracks]
    return values


def _snapshot(each: Subject) -> dict[str, Any]:
    row, model = each.row, each.detection.body["model"]
    return {
        "id": row.id,
        "name": row.name,
        "structure": row.structure,
        "element": row.element,
        "inspection": row.inspection,
        "taken": row.taken,
        "model": {"name": model["name"], "sha256": model["sha256"]},
    }


def _change(change: Change) -> dict[str, Any]:
    x, y, w, h = change.box
    return {
        "change": change.kind.value,
        "box": {"x": x, "y": y, "w": w, "h": h},
        "box_in": "before" if change.only_first else "after",
        "length_before": round(change.length_before, 1),
        "length_after": round(change.length_after, 1),
        "faint": change.faint,
        "part": change.part,
        "astray": change.astray,
    }
