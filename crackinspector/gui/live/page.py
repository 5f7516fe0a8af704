"""The live page: the picture edge to edge, what must be seen on it over it, the panel beside or below."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QWidget

from crackinspector.core.settings import Settings
from crackinspector.gui.actions import Actions
from crackinspector.gui.live.gallery_button import GalleryButton
from crackinspector.gui.live.origin_plate import OriginPlate
from crackinspector.gui.live.panel import Panel
from crackinspector.gui.look import Dressed, current_look
from crackinspector.gui.widgets import Banner, FrameView, Legend, StateChip, ZoomChip

PORTRAIT_BELOW = 1.05
"""Width over height of the page from which on down the panel lies below the picture."""


class LivePage(Dressed, QWidget):
    """Shows; knows nothing of threads. `Session` feeds it.

    Attributes:
        picture, panel, banner, state, zoom, gallery: its parts.
    """

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.picture = FrameView(self)
        self.panel = Panel(actions, self)
        # Below the others over the picture, which stay within reach.
        self.banner = Banner(actions["retry"], self.picture)
        self.state = StateChip(self.picture)
        self.zoom = ZoomChip(self.picture)
        self._recording = StateChip(self.picture)
        self._recording.hide()
        self._legend = Legend(self.picture)
        self._origin = OriginPlate(self.picture)
        self.gallery = GalleryButton(actions["gallery"], self.picture)
        self._source, self._model = "", ""
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.setSpacing(0)
        self._columns.addWidget(self.picture, 1)
        self._columns.addWidget(self.panel)
        self._over = QGridLayout(self.picture)
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        top, bottom = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignBottom
        self._over.addWidget(self.banner, 0, 0, 3, 2)
        chips = QHBoxLayout()
        chips.addWidget(self.state)
        chips.addWidget(self._recording)
        self._over.addLayout(chips, 0, 0, left | top)
        self._over.addWidget(self.zoom, 0, 1, right | top)
        self._over.setRowStretch(1, 1)
        self._over.addWidget(self.gallery, 1, 0, left | bottom)
        self._over.addWidget(self._legend, 2, 0, left | bottom)
        self._over.addWidget(self._origin, 2, 1, right | bottom)
        self.zoom.zoom_in.connect(self.picture.zoom_in)
        self.zoom.zoom_out.connect(self.picture.zoom_out)
        self.zoom.reset.connect(self.picture.reset_view)
        self.picture.view_changed.connect(self._show_zoom)
        self._restyle()

    def apply(self, settings: Settings) -> None:
        """Show as the settings say."""
        view = settings.view
        self.picture.set_view_settings(view)
        self.picture.set_reduced_motion(settings.interface.reduced_motion)
        self._legend.show_scale(view.colour_map, view.opacity, settings.detection.threshold)
        self._legend.setVisible(view.legend and view.heat_map)
        self.panel.show_graph(view.graph)
        self.panel.opacity.set_value(view.opacity)
        self.panel.opacity.setEnabled(view.heat_map)
        self.panel.threshold.set_value(settings.detection.threshold)

    def show_source(self, name: str) -> None:
        """Say where the picture comes from."""
        self._source = name
        self._say_origin()

    def show_model(self, name: str) -> None:
        """Say what looks at it."""
        self._model = name
        self._say_origin()

    def show_recording(self, seconds: float | None) -> None:
        """Say that a clip is being recorded, and for how long it has been; None says nothing."""
        self._recording.setVisible(seconds is not None)
        if seconds is not None:
            self._recording.show_state("recording", f"{int(seconds) // 60}:{int(seconds) % 60:02}")

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Beside each other or below each other, by the page's own shape: a device may be turned while it runs."""
        super().resizeEvent(event)
        portrait = self.width() < PORTRAIT_BELOW * self.height()
        directions = QBoxLayout.Direction
        self._columns.setDirection(directions.TopToBottom if portrait else directions.LeftToRight)
        self.panel.arrange(portrait)

    def _say_origin(self) -> None:
        self._origin.show_origin(self._source, self._model)

    def _show_zoom(self) -> None:
        self.zoom.show_zoom(self.picture.zoom)

    def _restyle(self) -> None:
        unit = current_look().metrics.unit
        self._over.setContentsMargins(2 * unit, 2 * unit, 2 * unit, 2 * unit)
        self._over.setSpacing(unit)
