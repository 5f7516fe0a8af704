"""The source chooser."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from crackinspector.core.settings import Settings, SourceSettings
from crackinspector.core.text import without_password
from crackinspector.gui.background import Background
from crackinspector.gui.labels import source_name
from crackinspector.gui.look import Dressed, current_look, icon
from crackinspector.gui.sentences import translated
from crackinspector.gui.settings.store import SettingsStore
from crackinspector.gui.sources.camera_card import CameraCard
from crackinspector.gui.widgets import PageFrame
from crackinspector.gui.window_state import WindowState
from crackinspector.sources.catalogue import SourceChoice, list_sources, open_source
from crackinspector.sources.source import SourceState
from crackinspector.sources.steady_feed import SourceStatus

_ICONS = {"auto": "source", "camera": "source", "demo": "play", "file": "folder"}


class SourcesPage(Dressed, PageFrame):
    """Sets `source.name` in the store; cameras are looked for away from the GUI thread."""

    def __init__(
        self,
        store: SettingsStore,
        state: WindowState | None = None,
        find: Callable[[threading.Event], Sequence[SourceChoice]] = list_sources,
        parent: QWidget | None = None,
    ) -> None:
        """`state` keeps the folder of the last file; `find` lists what is there, until it is stopped."""
        super().__init__("", parent)
        self._store, self._state, self._find = store, state, find
        self._choices: list[SourceChoice] = []
        self._told = ""
        self._buttons: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._stop = threading.Event()
        self._search = Background("sources", self)
        self._search.finished.connect(self._found)
        self._search.failed.connect(self._say)
        self._check = Background("address", self)
        self._check.finished.connect(self._open_checked)
        self._check.failed.connect(self._refuse)
        self._refresh = QToolButton(self)
        self._refresh.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._refresh.clicked.connect(self.refresh)
        self.add_to_header(self._refresh)
        content = QWidget()
        self._column = QVBoxLayout(content)
        self._list = QVBoxLayout()
        self._column.addLayout(self._list)
        self._file, self._folder, self._open = QPushButton(content), QPushButton(content), QPushButton(content)
        self._address = QLineEdit(content)
        self._address.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._address.returnPressed.connect(self._open_address)
        self._file.clicked.connect(self._choose_file)
        self._folder.clicked.connect(self._choose_folder)
        self._open.clicked.connect(self._open_address)
        self._files, self._net = QHBoxLayout(), QHBoxLayout()
        for button in (self._file, self._folder):
            self._files.addWidget(button, 1)
        self._net.addWidget(self._address, 1)
        self._net.addWidget(self._open)
        self._column.addLayout(self._files)
        self._column.addLayout(self._net)
        self._message = QLabel(content)
        self._message.setProperty("role", "warning")
        self._message.setWordWrap(True)
        self._message.hide()
        self._column.addWidget(self._message)
        self.card = CameraCard(store, content)
        self._column.addWidget(self.card)
        self._column.addStretch(1)
        self.set_content(content)
        store.changed.connect(self._follow)
        self._list_again()
        self._retranslate()
        self._restyle()

    @Slot(object)
    def show_status(self, status: SourceStatus) -> None:
        """Follow the source that is open, or is being opened."""
        self.card.show_status(status)
        failed = status.state is SourceState.FAILED and status.sentence
        self._say(status.sentence if failed else "")

    @Slot()
    def refresh(self) -> None:
        """Look for cameras again."""
        self._refresh.setEnabled(False)
        self._stop.set()
        self._stop = threading.Event()
        self._search.start(functools.partial(self._find, self._stop))

    def open_source(self, name: str) -> None:
        """Take another source, as `--source` names it."""
        self._say("")
        self._store.set("source.name", name)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Cameras may have come and gone."""
        super().showEvent(event)
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Nobody waits for the search any more."""
        super().hideEvent(event)
        self._stop.set()
        self._search.forget()
        self._check.forget()

    @Slot(object)
    def _found(self, choices: Sequence[SourceChoice]) -> None:
        self._refresh.setEnabled(True)
        self._choices = list(choices)
        self._list_again()

    def _list_again(self) -> None:
        """One button for automatic, one for each source that is there, and one for a file or address in use."""
        current = self._store.current.source.name
        wanted = {"auto": "auto"} | {choice.key: choice.kind for choice in self._choices}
        wanted.setdefault(current, "file")
        if wanted != {key: str(button.property("kind")) for key, button in self._buttons.items()}:
            self._make_buttons(wanted)
        self._buttons[current].setChecked(True)
        self._name_buttons()
        self._draw_buttons()

    def _make_buttons(self, wanted: Mapping[str, str]) -> None:
        focused = next((key for key, button in self._buttons.items() if button.hasFocus()), "")
        for button in self._buttons.values():
            self._group.removeButton(button)
            self._list.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = {}
        for key, kind in wanted.items():
            button = QPushButton()
            button.setCheckable(True)
            button.setProperty("kind", kind)
            button.clicked.connect(self._picked)
            self._group.addButton(button)
            self._list.addWidget(button)
            self._buttons[key] = button
        if focused in self._buttons:
            self._buttons[focused].setFocus()

    def _name_buttons(self) -> None:
        names = {choice.key: choice.name for choice in self._choices}
        for key, button in self._buttons.items():
            if key == "auto":
                text = self.tr("Automatic: the first camera, else the demo wall")
            elif key == "demo":
                text = source_name(names.get(key, "Demo wall"))
            else:
                shown = without_password(key)
                name = names.get(key, shown)
                name = source_name(name)
                text = name if shown in name else f"{name} ({shown})"
            button.setText(text.replace("&", "&&"))
            button.setToolTip(text)

    def _draw_buttons(self) -> None:
        look = current_look()
        for button in self._buttons.values():
            kind = str(button.property("kind"))
            colour = look.colours.on_accent if button.isChecked() else ""
            button.setIcon(icon(_ICONS.get(kind, "source"), look, colour))
            button.setIconSize(QSize(look.metrics.icon, look.metrics.icon))
            button.setStyleSheet(
                f"QPushButton {{ text-align: left; padding: 0 {2 * look.metrics.unit}px; }}"
                f"QPushButton:checked {{ background: {look.colours.accent}; color: {look.colours.on_accent}; }}"
            )

    @Slot()
    def _picked(self) -> None:
        key = next(key for key, button in self._buttons.items() if button.isChecked())
        self._draw_buttons()
        self.open_source(key)

    @Slot(object, str)
    def _follow(self, settings: Settings, key: str) -> None:
        if key in ("", "source.name"):
            self._list_again()
        if not key or key.startswith("cameras."):
            self.card.refresh()

    @Slot(str)
    def _say(self, sentence: str) -> None:
        self._refresh.setEnabled(True)
        self._told = sentence
        self._message.setText(translated(sentence))
        self._message.setVisible(bool(sentence))

    @Slot()
    def _open_address(self) -> None:
        address = self._address.text().strip()
        if not address:
            return
        # a file is looked for, which can take its time
        self._check.start(functools.partial(_checked, address, self._store.current.source))

    @Slot(object)
    def _open_checked(self, name: str) -> None:
        self._address.clear()  # it may hold a password
        self.open_source(name)

    @Slot(str)
    def _refuse(self, sentence: str) -> None:
        name = self._address.text()
        if "/" not in name or "://" in name:
            sentence = self.tr("An address starts with rtsp:// or http://, for example rtsp://192.168.0.9/stream.")
        self._say(sentence)

    @Slot()
    def _choose_file(self) -> None:
        dialog = QFileDialog(self, self.tr("Picture or video"), self._last_folder())
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        self._show_dialog(dialog)

    @Slot()
    def _choose_folder(self) -> None:
        dialog = QFileDialog(self, self.tr("Folder of pictures"), self._last_folder())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        self._show_dialog(dialog)

    def _show_dialog(self, dialog: QFileDialog) -> None:
        dialog.fileSelected.connect(self._open_path)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def _open_path(self, path: str) -> None:
        if self._state is not None:
            self._state.folder = str(Path(path).parent)
        self.open_source(path)

    def _last_folder(self) -> str:
        return self._state.folder if self._state is not None else ""

    def _retranslate(self) -> None:
        self.set_title(self.tr("Source"))
        self._refresh.setText(self.tr("Look again"))
        self._file.setText(self.tr("Picture or video…"))
        self._folder.setText(self.tr("Folder…"))
        self._open.setText(self.tr("Open"))
        self._address.setPlaceholderText(self.tr("Address, such as rtsp://…"))
        self._address.setAccessibleName(self.tr("Address of a network camera"))
        self._name_buttons()
        self._message.setText(translated(self._told))

    def _restyle(self) -> None:
        look = current_look()
        unit, side = look.metrics.unit, QSize(look.metrics.icon, look.metrics.icon)
        self._column.setContentsMargins(0, 0, 0, 2 * unit)
        self._column.setSpacing(2 * unit)
        for layout in (self._list, self._files, self._net):
            layout.setSpacing(unit)
        for button, drawing in ((self._refresh, "retry"), (self._file, "snapshot"), (self._folder, "folder")):
            button.setIcon(icon(drawing, look))
            button.setIconSize(side)
        self._draw_buttons()


def _checked(name: str, settings: SourceSettings) -> str:
    """The name, if there can be such a source. Raises SourceError; not for the GUI thread."""
    open_source(name, settings)
    return name
