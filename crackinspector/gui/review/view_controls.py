"""What lies over the picture: how strong the map is, where its outline is, and what is shown at all."""

from __future__ import annotations

import dataclasses

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from crackinspector.core.settings import RULES, ViewSettings
from crackinspector.gui.look import Dressed, current_look, icon
from crackinspector.gui.widgets import TouchSlider

_ICONS = {"heat": "heatmap", "outline": "outline", "findings": "crack", "swipe": "swipe"}


class ViewControls(Dressed, QWidget):
    """Two sliders and four switches. GUI thread only.

    Signals:
        changed(): something is to be shown in another way.

    Attributes:
        settings: for the picture view; all off while `hidden`.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = ViewSettings()
        self._hidden = False
        rule = RULES["detection.threshold"]
        self.opacity = TouchSlider("", self)
        self.threshold = TouchSlider("", self, least=rule.least, most=rule.most, step=0.01)
        self.opacity.set_value(self._settings.opacity)
        self.threshold.set_value(0.5)
        self._moved = False
        self._buttons = {name: QToolButton(self) for name in _ICONS}
        self._grid = QGridLayout()
        for place, (name, button) in enumerate(self._buttons.items()):
            button.setCheckable(True)
            button.setChecked(name in ("heat", "findings"))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.toggled.connect(self._toggled)
            self._grid.addWidget(button, place // 2, place % 2)
        self.opacity.changed.connect(self._slid)
        self.threshold.changed.connect(self._threshold_slid)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.opacity)
        self._column.addWidget(self.threshold)
        self._column.addLayout(self._grid)
        self._restyle()
        self._retranslate()

    @property
    def settings(self) -> ViewSettings:
        """What lies over the picture, but for its outline."""
        shown = not self._hidden
        return dataclasses.replace(
            self._settings,
            opacity=self.opacity.value,
            heat_map=shown and self._on("heat"),
            regions=shown and self._on("findings"),
        )

    @property
    def outline(self) -> float | None:
        """Where the map is outlined; None: nowhere."""
        return self.threshold.value if self._on("outline") and not self._hidden else None

    @property
    def swipe(self) -> bool:
        """Whether there is a line between before and after."""
        return self._on("swipe")

    def show_threshold(self, threshold: float) -> None:
        """The threshold of the model that has looked, until a person chooses another."""
        if not self._moved:
            self.threshold.set_value(threshold)

    def set_heat_settings(self, settings: ViewSettings) -> None:
        """The colours and the opacity that the person has chosen elsewhere."""
        self._settings = settings
        self.opacity.set_value(settings.opacity)
        self.changed.emit()

    @Slot()
    def hide_or_show(self) -> None:
        """Show the bare picture, or everything again."""
        self._hidden = not self._hidden
        self.changed.emit()

    def _on(self, name: str) -> bool:
        return self._buttons[name].isChecked()

    @Slot(bool)
    def _toggled(self, _: bool) -> None:
        self._hidden = False
        self.changed.emit()

    @Slot(float)
    def _slid(self, _: float) -> None:
        self.changed.emit()

    @Slot(float)
    def _threshold_slid(self, _: float) -> None:
        """Who moves it wants to see where it is."""
        self._moved = True
        if self._on("outline"):
            self.changed.emit()
        else:
            self._buttons["outline"].setChecked(True)

    def _restyle(self) -> None:
        look = current_look()
        self._column.setSpacing(look.metrics.unit)
        self._grid.setSpacing(look.metrics.unit)
        sheet = f"QToolButton {{ padding: 0 {look.metrics.unit}px; font-size: {look.metrics.small}px; }}"
        if sheet != self.styleSheet():  # setting it is a change of style again
            self.setStyleSheet(sheet)
        for name, button in self._buttons.items():
            button.setIcon(icon(_ICONS[name], look))
            button.setIconSize(QSize(look.metrics.icon, look.metrics.icon))

    def _retranslate(self) -> None:
        self.opacity.set_title(self.tr("Opacity"))
        self.threshold.set_title(self.tr("Outline from"))
        texts = {
            "heat": self.tr("Heat map"),
            "outline": self.tr("Outline"),
            "findings": self.tr("Findings"),
            "swipe": self.tr("Before/after"),
        }
        for name, button in self._buttons.items():
            button.setText(texts[name])
