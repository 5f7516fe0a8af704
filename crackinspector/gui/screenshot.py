"""A window as a picture, for `--screenshot`."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from crackinspector.core.errors import UsageError


def write_picture(window: QWidget, path: Path) -> None:
    """Write what a window shows as a PNG, making the folder. Raises UsageError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"the screenshot cannot be written to {path}: {error.strerror}") from error
    if not window.grab().save(str(path), "PNG"):
        raise UsageError(f"the screenshot cannot be written to {path}; choose another folder")
