"""A message that comes, says one thing and goes; an error stays until it is closed."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent, QColor, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from crackinspector.gui.look import font, pixmap
from crackinspector.gui.widgets.drawing import DrawnWidget


class Toast(DrawnWidget):
    """One message at a time; the newest replaces the last. Its window places it. GUI thread only."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon_name = "info"
        self._icon, self._thumbnail, self._words = QLabel(), QLabel(), QLabel()
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._close = QPushButton()
        self._close.clicked.connect(self.dismiss)
        self._layout = QHBoxLayout(self)
        for part in (self._thumbnail, self._icon):
            self._layout.addWidget(part)
        self._layout.addWidget(self._words, 1)
        self._layout.addWidget(self._close)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.dismiss)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()

    def show_message(
        self,
        text: str,
        icon: str = "info",
        *,
        thumbnail: QPixmap | None = None,
        error: bool = False,
        seconds: float | None = 4.0,
    ) -> None:
        """Show a message.

        Args:
            text: one sentence.
            icon: its name; an error has the warning's.
            thumbnail: a picture to show beside it.
            error: stays until it is closed.
            seconds: how long anything else stays; None until another message comes.
        """
        self._icon_name = "warning" if error else icon
        self._words.setText(text)
        self._thumbnail.setVisible(thumbnail is not None)
        if thumbnail is not None:
            side = self.look.metrics.touch_px
            smooth = Qt.TransformationMode.SmoothTransformation
            self._thumbnail.setPixmap(thumbnail.scaled(side * 2, side, Qt.AspectRatioMode.KeepAspectRatio, smooth))
        self._close.setVisible(error)
        self._arrange()
        self.setAccessibleName(text)
        self.show()
        self.raise_()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
        self._timer.stop()
        if not error and seconds is not None:
            self._timer.start(round(1000 * seconds))

    def pass_by(self) -> None:
        """Hide it now, unless it stays until it is closed."""
        if self._timer.isActive():
            self.dismiss()

    def dismiss(self) -> None:
        """Hide it now."""
        self._timer.stop()
        self.hide()

    def _arrange(self) -> None:
        colours, metrics = self.look.colours, self.look.metrics
        ratio = self.devicePixelRatioF()
        self._icon.setPixmap(pixmap(self._icon_name, metrics.icon, colours.text, colours.stroke, ratio))
        self._close.setIcon(pixmap("close", metrics.icon, colours.text, colours.stroke, ratio))
        self._close.setIconSize(self._icon.pixmap().deviceIndependentSize().toSize())
        self._close.setAccessibleName(self.tr("Close"))
        self._close.setFixedWidth(metrics.touch_px)
        self._words.setFont(font(metrics.normal))
        unit = metrics.unit
        self._layout.setContentsMargins(2 * unit, unit, 2 * unit, unit)
        self._layout.setSpacing(2 * unit)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """A plate with a rule at its left edge."""
        look = self.look
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(look.colours.line), look.stroke(1)))
            painter.setBrush(QColor(look.colours.panel))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), look.metrics.unit, look.metrics.unit)
