"""What almost every widget does when the language or the look changes: say its words again, measure again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget as _Widget
else:  # it must not be one: it stands before any kind of QWidget
    _Widget = object


class Dressed(_Widget):
    """Stands before the QWidget in a class's bases. GUI thread only.

    Qt may send either event while a constructor still runs, from the first style sheet that it sets on the widget.
    Who sets one in `_restyle` compares it first: that is a change of style again.
    """

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow language and look."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() == QEvent.Type.StyleChange:
            self._restyle()

    def _retranslate(self) -> None:
        """Say the widget's own words in the language of the application."""

    def _restyle(self) -> None:
        """Take the sizes, colours and icons of the application's look."""
