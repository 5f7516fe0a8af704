"""All templates of the context "sentences"."""

from __future__ import annotations

from crackinspector.gui.sentences.inside import INSIDE
from crackinspector.gui.sentences.keeping import KEEPING
from crackinspector.gui.sentences.library import BRINGING_IN, COMPARING, LIBRARY, RECORDS
from crackinspector.gui.sentences.models import MODELS
from crackinspector.gui.sentences.parts import PARTS
from crackinspector.gui.sentences.sources import CAMERAS, PICTURE_FILES
from crackinspector.gui.sentences.system import SYSTEM

__all__ = ["PARTS", "SENTENCES", "SYSTEM"]

SENTENCES: tuple[str, ...] = (
    *CAMERAS,
    *PICTURE_FILES,
    *MODELS,
    *KEEPING,
    *LIBRARY,
    *BRINGING_IN,
    *COMPARING,
    *RECORDS,
    *INSIDE,
)
"""Whole sentences and clauses, and what may stand in their fields among other things."""
