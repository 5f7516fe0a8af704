"""The pages of a report below each other, painted as they come into sight."""

from __future__ import annotations

import functools
from collections import OrderedDict

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Slot
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QScroller, QWidget

from crackinspector.gui.background import Background
from crackinspector.gui.look import current_look
from crackinspector.gui.report.document import Document
from crackinspector.gui.report.sheet import PAPER, PER_INCH

_KEPT = 12
"""Pages whose pixels are kept."""
_ENLARGED = 2.0


def page_image(document: Document, number: int, width: int) -> QImage:
    """A page, from 1, as a picture that many pixels wide. Any thread."""
    sheet = document.brief.sheet
    scale = width / sheet.width
    image = QImage(width, max(1, round(sheet.height * scale)), QImage.Format.Format_RGB32)
    image.fill(QColor(PAPER))
    with QPainter(image) as painter:
        painter.setRenderHints(QPainter.RenderHint.TextAntialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.scale(scale, scale)
        document.paint(painter, number, document.pictures(scale * PER_INCH))
    return image


class Preview(QScrollArea):
    """Shows a document; a double tap enlarges. GUI thread only, which paints no page itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._sheets = _Sheets()
        self.setWidget(self._sheets)
        self._enlarged = False
        self._words = QLabel(self.viewport())
        self._words.setProperty("role", "quiet")
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._words.setWordWrap(True)
        self._words.hide()
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)

    @property
    def busy(self) -> bool:
        """Whether a page in sight is still to be painted."""
        return self._sheets.busy

    def show_document(self, document: Document | None) -> None:
        """Show another document, where the last one was scrolled to."""
        self._words.hide()
        self._sheets.show_document(document)
        self._fit()

    @property
    def words(self) -> str:
        """What is said in the place of pages."""
        return "" if self._words.isHidden() else self._words.text()

    def say(self, words: str) -> None:
        """Say something in the place of pages, in the language of the application."""
        self.show_document(None)
        self._words.setText(words)
        self._words.setVisible(bool(words))

    def wait(self, seconds: float) -> bool:
        """Wait until no page is being painted; whether it is so."""
        return self._sheets.wait(seconds)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Pages are as wide as there is room."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow the look."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Enlarge what was tapped, or show whole pages again."""
        at = event.position().toPoint() + self._scrolled()
        before = self._sheets.width()
        self._enlarged = not self._enlarged
        self._fit()
        scale = self._sheets.width() / max(1, before)
        self.horizontalScrollBar().setValue(round(at.x() * scale - self.viewport().width() / 2))
        self.verticalScrollBar().setValue(round(at.y() * scale - self.viewport().height() / 2))

    def _scrolled(self) -> QPoint:
        return QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def _fit(self) -> None:
        width = max(120, self.viewport().width())
        self._words.setGeometry(self.viewport().rect())
        before, at = self._sheets.height(), self.verticalScrollBar().value()
        self._sheets.set_width(round(width * _ENLARGED) if self._enlarged else width)
        self.verticalScrollBar().setValue(round(at * self._sheets.height() / max(1, before)))


class _Sheets(QWidget):
    """The sheets of paper."""

    def __init__(self) -> None:
        super().__init__()
        self._document: Document | None = None
        self._images: OrderedDict[int, QImage] = OrderedDict()
        self._asked = 0
        self._painter = Background("report pages", self)
        self._painter.finished.connect(self._painted)
        self._painter.failed.connect(self._not_painted)

    @property
    def busy(self) -> bool:
        return self._painter.busy

    def wait(self, seconds: float) -> bool:
        self._painter.forget()
        return self._painter.wait(seconds)

    def show_document(self, document: Document | None) -> None:
        self._painter.forget()
        self._document, self._asked = document, 0
        self._images.clear()
        self.set_width(self.width())

    def set_width(self, width: int) -> None:
        count = 0 if self._document is None else self._document.count
        size = QSize(width, count * (self._page_size(width).height() + self._gap))
        if size != self.size():
            self._images.clear()
            self.setFixedSize(size)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The sheets in sight; those without pixels yet are blank."""
        if self._document is None:
            return
        look, size = current_look(), self._page_size(self.width())
        with QPainter(self) as painter:
            for number in self._in_sight(event.rect()):
                box = QRect(QPoint(self._gap // 2, (number - 1) * (size.height() + self._gap)), size)
                image = self._images.get(number)
                if image is None:
                    painter.fillRect(box, QColor(PAPER))
                else:
                    painter.drawImage(box, image)
                painter.setPen(QPen(QColor(look.colours.line), 1))
                painter.drawRect(box.adjusted(0, 0, -1, -1))
        self._ask()

    @property
    def _gap(self) -> int:
        return 2 * current_look().metrics.unit

    def _page_size(self, width: int) -> QSize:
        across = max(1, width - self._gap)
        if self._document is None:
            return QSize(across, 0)
        sheet = self._document.brief.sheet
        return QSize(across, round(across * sheet.height / sheet.width))

    def _in_sight(self, rect: QRect) -> range:
        assert self._document is not None
        step = self._page_size(self.width()).height() + self._gap
        return range(max(1, rect.top() // step + 1), min(self._document.count, rect.bottom() // step + 1) + 1)

    def _ask(self) -> None:
        """Have the next page painted that is in sight, or just out of it."""
        if self._document is None or self._painter.busy:
            return
        seen = self._in_sight(self.visibleRegion().boundingRect())
        wanted = [*seen, *(number for number in (seen.stop,) if number <= self._document.count)]
        missing = [number for number in wanted if number not in self._images]
        if missing:
            width = round(self._page_size(self.width()).width() * self.devicePixelRatioF())
            self._asked = missing[0]
            self._painter.start(functools.partial(_numbered, self._document, missing[0], width))

    @Slot(object)
    def _painted(self, result: tuple[Document, int, QImage]) -> None:
        document, number, image = result
        if document is self._document:
            self._keep(number, image)
        self.update()

    @Slot(str)
    def _not_painted(self, sentence: str) -> None:
        """It stays blank; whoever saves the report is told why."""
        if self._asked:
            self._keep(self._asked, QImage())

    def _keep(self, number: int, image: QImage) -> None:
        self._images[number] = image
        while len(self._images) > _KEPT:
            seen = self._in_sight(self.visibleRegion().boundingRect())
            middle = (seen.start + seen.stop) / 2
            del self._images[max(self._images, key=lambda each: abs(each - middle))]


def _numbered(document: Document, number: int, width: int) -> tuple[Document, int, QImage]:
    return document, number, page_image(document, number, width)
