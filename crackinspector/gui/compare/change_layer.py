"""The changes over the later picture."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, Slot
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF, QTransform
from PySide6.QtWidgets import QWidget

from crackinspector.gui.compare.strokes import HALO, pen
from crackinspector.gui.look import current_look
from crackinspector.gui.review.picture_view import PictureView
from crackinspector.survey.reinspection.changes import Change, Kind

_ORDER = (Kind.OUTSIDE, Kind.UNCHANGED, Kind.REPAIRED, Kind.GROWN, Kind.NEW)


class ChangeLayer(QWidget):
    """Lies over a view and moves with it; touches go through. GUI thread only."""

    def __init__(self, view: PictureView) -> None:
        super().__init__(view)
        self._view = view
        self._changes: Sequence[Change] = ()
        self._paths: dict[Kind, QPainterPath] = {}
        self._chosen: Change | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        view.installEventFilter(self)
        view.view_changed.connect(self._follow)
        self.resize(view.size())
        # Below the words that lie over the picture as well.
        self.lower()
        self.hide()

    def show_changes(self, changes: Sequence[Change]) -> None:
        """Draw these; those that lie in the earlier picture alone are left out."""
        self._changes = [change for change in changes if not change.only_first]
        self._paths = {kind: QPainterPath() for kind in _ORDER}
        for change in self._changes:
            for stretch in change.stretches:
                # A pixel's middle is half a pixel from its corner, where Qt counts from.
                points = (stretch.course + np.float64(0.5)).tolist()
                self._paths[stretch.kind].addPolygon(QPolygonF([QPointF(*point) for point in points]))
        self._chosen = None
        self.update()

    def choose(self, change: Change | None) -> None:
        """Mark one of them."""
        self._chosen = change
        self.update()

    def at(self, point: QPointF, reach: float) -> Change | None:
        """The change whose line comes nearest to a point of the picture, within a reach in its pixels."""
        here = np.array([point.x(), point.y()])
        nearest, best = None, reach
        for change in self._changes:
            for stretch in change.stretches:
                distance = _distance(here, stretch.course)
                if distance < best:
                    nearest, best = change, distance
        return nearest

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The lines, the important ones last, and a frame around the chosen one."""
        if self._view.frame_size() is None:
            return
        look = current_look()
        origin, unit = self._view.to_widget(QPointF(0, 0)), self._view.to_widget(QPointF(1000, 1000))
        across, down = (unit.x() - origin.x()) / 1000, (unit.y() - origin.y()) / 1000
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.save()
            painter.setTransform(QTransform(across, 0, 0, down, origin.x(), origin.y()), True)
            for halo in (True, False):
                for kind in _ORDER:
                    painter.strokePath(self._paths.get(kind, QPainterPath()), pen(kind, look, halo=halo))
            painter.restore()
            if self._chosen is not None and not self._chosen.only_first:
                x, y, w, h = self._chosen.box
                pad = 2.5 * look.metrics.unit
                frame = QRectF(origin.x() + x * across, origin.y() + y * down, w * across, h * down)
                frame.adjust(-pad, -pad, pad, pad)
                for colour, width in ((HALO, 4.5), (QColor(look.colours.accent), 2.5)):
                    painter.setPen(QPen(colour, look.stroke(width)))
                    painter.drawRoundedRect(frame, look.metrics.unit, look.metrics.unit)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """As large as the view."""
        if watched is self._view and event.type() == QEvent.Type.Resize:
            self.resize(self._view.size())
        return super().eventFilter(watched, event)

    @Slot()
    def _follow(self) -> None:
        self.update()


def _distance(point: np.ndarray, course: np.ndarray) -> float:
    """From a point (2,) to a polyline (n, 2)."""
    start, along = course[:-1], np.diff(course, axis=0)
    share = np.clip(((point - start) * along).sum(axis=1) / np.maximum((along * along).sum(axis=1), 1e-9), 0, 1)
    return float(np.hypot(*(start + share[:, None] * along - point).T).min())
