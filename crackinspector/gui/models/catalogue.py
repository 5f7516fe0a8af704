"""Which models there are to choose from, read from their files and cards; slow disks make it slow."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from crackinspector.core.errors import CrackInspectorError
from crackinspector.core.settings import QT_TRANSLATE_NOOP as _T
from crackinspector.inference.card import ModelCard, card_path, load_card
from crackinspector.inference.shipped import SHIPPED_MODELS, resolve_model

ROLES: Mapping[str, str] = {
    "classifier": _T("models", "Sees fine cracks; the one for most devices."),
    "classifier-light": _T("models", "Coarser, with less than half the work: for slow devices."),
}
"""What each shipped model is for, in English source texts of the context "models"."""


@dataclass(frozen=True, slots=True)
class ModelEntry:
    """One model that can be chosen.

    Attributes:
        choice: what the setting `detection.model` calls it: a shipped role, or a path.
        path: its file.
        shipped: whether it came with the program, so that it is known to run.
        size: of the file in bytes.
        card: what its card says; None if it has none.
        problem: a sentence about why it cannot be used; empty if nothing is known against it.
    """

    choice: str
    path: Path
    shipped: bool
    size: int = 0
    card: ModelCard | None = field(default=None, repr=False)
    problem: str = ""


@dataclass(frozen=True, slots=True)
class SourceFigures:
    """How a model did on the held-out pictures of one source of training pictures.

    Attributes:
        source: its name.
        cracked, crack_free: how many pictures of either kind.
        recall: share of the cracked ones that were found, 0..1; None if there were none.
        false_alarms: share of the others that were called cracked, 0..1; None if there were none.
    """

    source: str
    cracked: int
    crack_free: int
    recall: float | None
    false_alarms: float | None


def models_folder() -> Path:
    """The user's own models, by the XDG base directory specification; it need not exist."""
    base = Path(os.environ.get("XDG_DATA_HOME", ""))
    return (base if base.is_absolute() else Path.home() / ".local" / "share") / "crackinspector" / "models"


def list_models(more: Iterable[str] = ()) -> list[ModelEntry]:
    """The shipped models, those in the user's folder, and `more`: files that were chosen before. Any thread."""
    entries = [_shipped(role) for role in SHIPPED_MODELS]
    seen = {entry.path for entry in entries}
    try:
        own = sorted(models_folder().glob("*.tflite"))
    except OSError:
        own = []
    for path in (*own, *(Path(text) for text in more if text not in SHIPPED_MODELS)):
        path = Path(os.path.abspath(path))  # noqa: PTH100 - a link stays what the person called it
        if path not in seen:
            seen.add(path)
            entries.append(read_entry(path))
    return entries


def read_entry(path: Path, choice: str = "", shipped: bool = False) -> ModelEntry:
    """What a model file and its card say, without running it. Any thread."""
    entry = ModelEntry(choice or str(path), path, shipped)
    try:
        content = path.read_bytes()
    except OSError as error:
        problem = f"The model {path} cannot be read: {error.strerror or error}. Remove it, or copy it again."
        return ModelEntry(entry.choice, path, shipped, problem=problem)
    try:
        card = load_card(card_path(path)) if card_path(path).is_file() else None
    except CrackInspectorError as error:
        return ModelEntry(entry.choice, path, shipped, len(content), problem=str(error))
    problem = ""
    if card is not None and card.sha256 != hashlib.sha256(content).hexdigest():
        problem = f"{path} is not the model that its card describes. Restore the pair, or remove the card."
    return ModelEntry(entry.choice, path, shipped, len(content), card, problem)


def figures(card: ModelCard) -> list[SourceFigures]:
    """The table of figures in a card, by source; empty if it holds none in a form that is known here."""
    for part in card.metrics.values():
        sources = part.get("sources") if isinstance(part, Mapping) else None
        if isinstance(sources, Mapping):
            rows = [_row(str(name), row) for name, row in sources.items() if isinstance(row, Mapping)]
            return [row for row in rows if row.recall is not None or row.false_alarms is not None]
    return []


def overall(card: ModelCard) -> tuple[float | None, float | None]:
    """Share of all cracked held-out pictures that were found, and of all others that were called cracked."""
    table = figures(card)
    recalls = [(row.recall, row.cracked) for row in table if row.recall is not None]
    alarms = [(row.false_alarms, row.crack_free) for row in table if row.false_alarms is not None]
    return _mean(recalls), _mean(alarms)


def _mean(shares: list[tuple[float, int]]) -> float | None:
    count = sum(weight for _, weight in shares)
    return sum(share * weight for share, weight in shares) / count if count else None


def _row(name: str, row: Mapping[str, object]) -> SourceFigures:
    def number(key: str) -> float | None:
        value = row.get(key)
        return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None

    cracked, crack_free = int(number("cracked") or 0), int(number("crack_free") or 0)
    return SourceFigures(name, cracked, crack_free, number("recall"), number("false_alarms"))


def _shipped(role: str) -> ModelEntry:
    try:
        return read_entry(resolve_model(role), role, True)
    except CrackInspectorError as error:
        return ModelEntry(role, Path(f"{role}.tflite"), True, problem=str(error))
