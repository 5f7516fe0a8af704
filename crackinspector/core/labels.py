"""The three labels that a picture, frame or tile can have."""

from __future__ import annotations

from enum import StrEnum


class Label(StrEnum):
    """What a picture shows; the values are those of the JSON output and of training folders."""

    NEGATIVE = "negative"
    POSITIVE = "positive"
    UNKNOWN = "unknown"
