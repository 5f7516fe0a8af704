"""Buttons and actions that tell which of them was pressed by its name."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, QSignalMapper, SignalInstance
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton


def tell_names(
    buttons: Mapping[str, QAbstractButton] | Mapping[str, QAction], signal: SignalInstance, owner: QObject
) -> None:
    """Let `signal`, which takes a text, say the name of each of these that is pressed, as long as `owner` lives."""
    mapper = QSignalMapper(owner)
    for name, button in buttons.items():
        mapper.setMapping(button, name)
        pressed = button.triggered if isinstance(button, QAction) else button.clicked
        pressed.connect(mapper.map)
    mapper.mappedString.connect(signal)
