"""Findings corrected by hand: a mask that is painted over the picture, kept beside the model's."""

from __future__ import annotations

from crackinspector.gui.review.edit.bar import EditBar
from crackinspector.gui.review.edit.layer import EditLayer, Tool

__all__ = ["EditBar", "EditLayer", "Tool"]
