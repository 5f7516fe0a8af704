"""One side of a comparison: a picture, and a plate on it that says which and lets another be chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QMenu, QSizePolicy, QVBoxLayout, QWidget

from crackinspector.core.text import printable
from crackinspector.gui.compare.compared_view import ComparedView
from crackinspector.gui.compare.finding import Found, moment
from crackinspector.gui.compare.marking import Side
from crackinspector.gui.gallery.words import short_name
from crackinspector.gui.look import current_look, font
from crackinspector.gui.widgets.drawing import draw_words
from crackinspector.library.events import Event
from crackinspector.library.queries import Row


class SidePane(QFrame):
    """GUI thread only.

    Signals:
        snapshot_chosen(int, int): this side, and the number of another snapshot.
        detection_chosen(int, str): this side, and the name of another detection's event.
        tapped(int, QPointF): this side, and a point of the picture in its pixels.

    Attributes:
        view: the picture.
    """

    snapshot_chosen = Signal(int, int)
    detection_chosen = Signal(int, str)
    tapped = Signal(int, QPointF)

    def __init__(self, side: Side, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._side = side
        self.view = ComparedView(self)
        self.view.tapped.connect(self._tapped)
        self._plate = SidePlate(self.view)
        self._plate.clicked.connect(self._choose)
        self._found: Found | None = None
        self._shown_detection = ""
        self._active = self._named = False
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.view)
        self.set_active(False)

    @property
    def plate(self) -> SidePlate:
        """What says which picture it is."""
        return self._plate

    def clear(self, message: str) -> None:
        """Show a sentence in the place of a picture."""
        self._found = None
        self.view.show_picture(None)
        self.view.set_message(message)
        self._plate.hide()

    def show_found(self, found: Found) -> None:
        """Say which snapshot this is and what has looked at it."""
        self._found = found
        chosen = found.subject.detection if found.subject is not None else None
        self._shown_detection = "" if chosen is None else chosen.id
        self._plate.set_words(title_of(found.row, named=self._named), details_of(found.row, chosen))
        self._plate.set_choosable(len(found.offered) > 1 or len(found.models) > 1)
        self._place()

    def set_named(self, named: bool) -> None:
        """Whether it is called by the picture's own name, since the other side is of the same inspection."""
        if named != self._named:
            self._named = named
            if self._found is not None:
                self.show_found(self._found)

    def set_active(self, active: bool) -> None:
        """Frame it as the one that is to be tapped next."""
        self._active = active
        look = current_look()
        line = round(look.stroke(3))
        self._column.setContentsMargins(line, line, line, line)
        self.setStyleSheet(f"SidePane {{ background: {look.colours.accent if active else look.colours.ground}; }}")

    def menu(self) -> QMenu:
        """What can be chosen here: snapshots of the element, and the models that have looked at this one."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        found = self._found
        if found is None:
            return menu
        for row in found.offered:
            words = "  ·  ".join(part for part in (title_of(row), moment(row)[:10], short_name(row)) if part)
            self._add(menu, words, row.number == found.row.number, ("snapshot", row.number))
        if len(found.models) > 1:
            menu.addSeparator()
            for event in found.models:
                words = f"{printable(event.body['model']['name'])}  ·  {event.at[:10]}"
                self._add(menu, words, event.id == self._shown_detection, ("detection", event.id))
        menu.triggered.connect(self._chosen)
        return menu

    @staticmethod
    def _add(menu: QMenu, words: str, on: bool, data: tuple[str, object]) -> None:
        action = QAction(words.replace("&", "&&"), menu, checkable=True, checked=on)
        action.setData(data)
        menu.addAction(action)

    @Slot()
    def _choose(self) -> None:
        self.menu().popup(self._plate.mapToGlobal(self._plate.rect().bottomLeft()))

    @Slot(QAction)
    def _chosen(self, action: QAction) -> None:
        kind, value = action.data()
        if kind == "snapshot":
            self.snapshot_chosen.emit(self._side, value)
        else:
            self.detection_chosen.emit(self._side, value)

    @Slot(QPointF)
    def _tapped(self, at: QPointF) -> None:
        self.tapped.emit(self._side, at)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """The plate is as wide as there is room."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        unit = current_look().metrics.unit
        size = self._plate.sizeHint()
        self._plate.setGeometry(unit, unit, min(size.width(), max(1, self.width() - 3 * unit)), size.height())
        self._plate.setVisible(self._found is not None)


class SidePlate(QAbstractButton):
    """Two lines on a plate over the picture."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = self._details = ""
        self._choosable = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.hide()

    @property
    def title(self) -> str:
        """The upper line."""
        return self._title

    def set_words(self, title: str, details: str) -> None:
        """Say these."""
        self._title, self._details = title, details
        self.setAccessibleName(f"{title}, {details}")
        self.updateGeometry()
        self.update()

    def set_choosable(self, choosable: bool) -> None:
        """Whether there is anything else to choose."""
        self._choosable = choosable
        self.setEnabled(choosable)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Words, and a mark that there is a list below."""
        look = current_look()
        colours, metrics = look.colours, look.metrics
        unit = metrics.unit
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(colours.accent), look.stroke(2)) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.pressed) if self.isDown() else look.plate())
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), unit, unit)
            words = QRectF(self.rect()).adjusted(2 * unit, 0, -2 * unit, 0)
            if self._choosable:
                reach = metrics.normal * 0.4
                middle = QPointF(words.right() - reach, words.center().y())
                painter.setPen(QPen(QColor(colours.on_plate), look.stroke(2)))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                corner = [(-reach, -reach / 2), (0.0, reach / 2), (reach, -reach / 2)]
                painter.drawPolyline(QPolygonF([middle + QPointF(x, y) for x, y in corner]))
                words.setRight(words.right() - 3 * reach)
            line = 1.35 * metrics.normal
            top = QRectF(words.left(), words.center().y() - line, words.width(), line)
            left = Qt.AlignmentFlag.AlignLeft
            draw_words(painter, top, self._title, font(metrics.normal, strong=True), colours.on_plate, left)
            draw_words(painter, top.translated(0, line), self._details, font(metrics.small), colours.on_plate, left)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As wide as its words, as high as a finger."""
        metrics = current_look().metrics
        title = QFontMetricsF(font(metrics.normal, strong=True)).horizontalAdvance(self._title)
        details = QFontMetricsF(font(metrics.small)).horizontalAdvance(self._details)
        mark = 1.4 * metrics.normal if self._choosable else 0
        return QSize(
            round(max(title, details) + mark + 4 * metrics.unit + 2),
            max(metrics.touch_px, round(2.7 * metrics.normal + 2 * metrics.unit)),
        )


def title_of(row: Row, *, named: bool = False) -> str:
    """What a snapshot is called in a comparison: its inspection, else or when `named` its own name."""
    name = short_name(row) or row.id[:12]
    return name if named else printable(row.inspection) or name


def details_of(row: Row, detection: Event | None) -> str:
    """When it was taken, and which model looked."""
    model = "" if detection is None else printable(detection.body["model"]["name"])
    return "  ·  ".join(part for part in ((row.taken or "")[:10], model) if part)


def titles_of(rows: Sequence[Row]) -> str:
    """Where snapshots belong: one place, or both."""
    places = dict.fromkeys(" / ".join(printable(name) for name in (row.structure, row.element) if name) for row in rows)
    return "  –  ".join(place for place in places if place)
