"""The source that is open: how it does, how it hangs, and what can be set on it."""

from __future__ import annotations

import dataclasses

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from crackinspector.core.settings import CameraSettings
from crackinspector.gui.fields.choices import Choices
from crackinspector.gui.fields.row import FieldRow, rule_line
from crackinspector.gui.fields.switch import Switch
from crackinspector.gui.labels import source_name, source_state_word
from crackinspector.gui.look import Dressed, current_look
from crackinspector.gui.sentences import translated
from crackinspector.gui.settings.store import SettingsStore
from crackinspector.gui.sources.control_row import ControlRow
from crackinspector.sources.source import SourceInfo
from crackinspector.sources.steady_feed import SourceStatus

_ROTATIONS = ("0", "90", "180", "270")


class CameraCard(Dressed, QFrame):
    """Changes `Settings.cameras` of the open source in the store. GUI thread only."""

    def __init__(self, store: SettingsStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._status: SourceStatus | None = None
        self._info: SourceInfo | None = None
        self.setProperty("role", "card")
        self._name, self._state = QLabel(self), QLabel(self)
        self._name.setProperty("role", "section")
        self._state.setProperty("role", "quiet")
        for label in (self._name, self._state):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._rotation = Choices({value: f"{value}°" for value in _ROTATIONS})
        self._rotation.edited.connect(self._rotate)
        self._mirror = Switch()
        self._mirror.edited.connect(self._flip)
        self._rows = [FieldRow(self._rotation, parent=self), FieldRow(self._mirror, parent=self)]
        self._controls: list[ControlRow] = []
        self._head = QVBoxLayout()
        self._head.addWidget(self._name)
        self._head.addWidget(self._state)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addLayout(self._head)
        for row in self._rows:
            self._column.addWidget(rule_line(self))
            self._column.addWidget(row)
        self._control_box = QVBoxLayout()
        self._control_box.setSpacing(0)
        self._column.addLayout(self._control_box)
        self._retranslate()
        self._restyle()
        self._enable(False)

    @Slot(object)
    def show_status(self, status: SourceStatus | None) -> None:
        """Follow the source; None = none was opened yet."""
        self._status = status
        info = status.info if status is not None else None
        if info != self._info:
            self._info = info
            self._make_controls(info)
            self._show_camera()
        self._say()

    @property
    def source_key(self) -> str:
        """Under which its settings are kept; empty while nothing is open."""
        return self._info.key if self._info is not None else ""

    def refresh(self) -> None:
        """Show what the store holds now."""
        self._show_camera()

    def _make_controls(self, info: SourceInfo | None) -> None:
        while self._control_box.count():
            item = self._control_box.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        self._controls = []
        for control in info.controls if info is not None else ():
            if not control.least < control.most:
                continue
            row = ControlRow(control, self)
            row.edited.connect(self._set_control)
            self._control_box.addWidget(rule_line(self))
            self._control_box.addWidget(row)
            self._controls.append(row)
        self._name_controls()

    def _show_camera(self) -> None:
        self._enable(bool(self.source_key))
        camera = self._store.camera(self.source_key)
        self._rotation.show_value(str(camera.rotation))
        self._mirror.show_value(camera.mirror)
        for row in self._controls:
            row.show_value(camera.controls.get(row.control.name))

    def _enable(self, enabled: bool) -> None:
        for row in self._rows:
            row.setEnabled(enabled)

    def _say(self) -> None:
        status, info = self._status, self._info
        if status is None:
            self._name.setText(self.tr("No source is open yet"))
            self._state.setText("")
            return
        self._name.setText(source_name(info.name) if info is not None else self.tr("No source is open yet"))
        parts = [source_state_word(status.state, info)]
        if info is not None and info.width and info.height:
            parts.append(f"{info.width} × {info.height}")
        if info is not None and info.fps:
            parts.append(self.tr("{fps} pictures a second").format(fps=f"{info.fps:g}"))
        self._state.setText(" · ".join(parts) + (f"\n{translated(status.sentence)}" if status.sentence else ""))

    def _name_controls(self) -> None:
        words = {
            "exposure": self.tr("Exposure"),
            "gain": self.tr("Gain"),
            "focus": self.tr("Focus"),
            "light": self.tr("Light"),
        }
        for row in self._controls:
            row.set_words(words.get(row.control.name, row.control.name), self.tr("Automatic"))

    def _retranslate(self) -> None:
        self._rows[0].set_words(self.tr("Rotation"), self.tr("Clockwise, for a camera that hangs on its side"))
        self._rows[1].set_words(self.tr("Mirror"), self.tr("Left and right exchanged"))
        self._name_controls()
        self._say()

    def _restyle(self) -> None:
        unit = current_look().metrics.unit
        self._head.setContentsMargins(3 * unit, 2 * unit, 3 * unit, 2 * unit)

    def _put(self, camera: CameraSettings) -> None:
        if self.source_key:
            self._store.set_camera(self.source_key, camera)

    @Slot(object)
    def _rotate(self, degrees: str) -> None:
        self._put(dataclasses.replace(self._store.camera(self.source_key), rotation=int(degrees)))

    @Slot(object)
    def _flip(self, mirror: bool) -> None:
        self._put(dataclasses.replace(self._store.camera(self.source_key), mirror=mirror))

    @Slot(str, object)
    def _set_control(self, name: str, value: float | None) -> None:
        camera = self._store.camera(self.source_key)
        controls = {known: old for known, old in camera.controls.items() if known != name}
        if value is not None:
            controls[name] = value
        self._put(dataclasses.replace(camera, controls=controls))
