"""What the list is restricted to, as chips that are let go of by one tap."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QScroller, QSizePolicy, QToolButton, QWidget

from crackinspector.gui.gallery.filters import Restriction, restrictions, unrestricted
from crackinspector.gui.look import current_look, icon
from crackinspector.library.queries import Query


class ChipBar(QScrollArea):
    """A line of chips that a finger moves sideways; nothing where nothing is restricted. GUI thread only.

    Signals:
        changed(object): the `Query` without what was let go of.
    """

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._query = Query()
        self._found: list[Restriction] = []
        self._chips: list[QToolButton] = []
        self._holder = QWidget(self)
        self._holder.setObjectName("pageContent")
        self._row = QHBoxLayout(self._holder)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._all = self._chip()
        self._all.clicked.connect(self._clear)
        self._row.addWidget(self._all)
        self._row.addStretch(1)
        self.setWidget(self._holder)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        off = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setHorizontalScrollBarPolicy(off)
        self.setVerticalScrollBarPolicy(off)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        self._show()

    @property
    def count(self) -> int:
        """How many restrictions there are."""
        return len(self._chips)

    def show_query(self, query: Query) -> None:
        """Show what a query restricts."""
        if query != self._query:
            self._query = query
            self._show()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As high as its chips."""
        return QSize(0, current_look().metrics.touch_px)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As high as its chips."""
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow language and look."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.StyleChange):
            self._show()

    def _show(self) -> None:
        for chip in self._chips:
            self._row.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        look = current_look()
        found = self._found = restrictions(self._query)
        self._chips = [self._chip() for _ in found]
        for index, (chip, restriction) in enumerate(zip(self._chips, found, strict=True)):
            chip.setText(restriction.words.replace("&", "&&"))
            chip.setAccessibleName(self.tr("Clear {words}").format(words=restriction.words))
            chip.setToolTip(chip.accessibleName())
            chip.clicked.connect(self._let_go)
            self._row.insertWidget(index + 1, chip)
        self._all.setText(self.tr("Clear all"))
        self._all.setVisible(len(found) > 1)
        self._row.setSpacing(look.metrics.unit)
        for chip in (*self._chips, self._all):
            chip.setIcon(icon("close", look))
            side = look.metrics.normal
            chip.setIconSize(QSize(side, side))
            # Else they would be squeezed, and not moved.
            chip.setMinimumWidth(chip.sizeHint().width())
        self.setVisible(bool(found))
        self.updateGeometry()

    def _chip(self) -> QToolButton:
        chip = QToolButton(self._holder)
        chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        chip.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        return chip

    @Slot()
    def _let_go(self) -> None:
        chip = self.sender()
        if isinstance(chip, QToolButton) and chip in self._chips:
            self.changed.emit(self._found[self._chips.index(chip)].without)

    @Slot()
    def _clear(self) -> None:
        self.changed.emit(unrestricted(self._query))
