"""Errors that are meant for people.

Every failure that a user can cause or mend is a `CrackInspectorError`: its text says what happened, to what, and what
to do. The command line prints that text alone; anything else that escapes is a defect and keeps its traceback.
"""

from __future__ import annotations


class CrackInspectorError(Exception):
    """Base class; `str(error)` is one sentence for the user."""


class ModelError(CrackInspectorError):
    """A model file or its card cannot be used."""


class PictureError(CrackInspectorError):
    """A picture cannot be read; the others go on."""


class UsageError(CrackInspectorError):
    """The command was given something that it cannot work with."""


class SourceError(CrackInspectorError):
    """A source of frames cannot be opened, or has ended for good."""


class StorageError(CrackInspectorError):
    """A snapshot, clip or setting could not be kept."""
