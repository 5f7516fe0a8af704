"""The help page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

import crackinspector
from crackinspector.core.labels import Label
from crackinspector.core.settings import Settings
from crackinspector.gui.actions import Actions
from crackinspector.gui.fields.row import rule_line
from crackinspector.gui.help.key_row import KeyRow
from crackinspector.gui.help.label_shape import LabelShape
from crackinspector.gui.labels import label_word
from crackinspector.gui.look import Dressed, current_look
from crackinspector.gui.settings.store import SettingsStore
from crackinspector.gui.widgets import PageFrame


@dataclass(frozen=True, slots=True)
class Places:
    """Where things are kept; None = nowhere now.

    Attributes:
        snapshots, settings, models, logs: folder of snapshots and clips, settings file, folder of the person's own
            models, folder of the logs.
        crash: report of the last crash.
    """

    snapshots: Path | None = None
    settings: Path | None = None
    models: Path | None = None
    logs: Path | None = None
    crash: Path | None = None


class HelpPage(Dressed, PageFrame):
    """What is on the screen, every action with its keys, files, version and licences. GUI thread only."""

    def __init__(
        self,
        actions: Actions,
        store: SettingsStore,
        places: Callable[[], Places] = Places,
        parent: QWidget | None = None,
    ) -> None:
        """`places` is asked whenever the page is shown."""
        super().__init__("", parent)
        self._actions, self._find_places = actions, places
        content = QWidget()
        self._column = QVBoxLayout(content)
        self._heads = [self._head(content) for _ in range(4)]
        self._screen, self._keys, self._files, self._about = (self._card(content) for _ in range(4))
        self._shapes: dict[Label, QLabel] = {}
        self._explained: list[QLabel] = []
        self._fill_screen()
        self._rows = {action_id: KeyRow(action_id, actions, store, self._keys) for action_id in actions}
        keys = QVBoxLayout(self._keys)
        keys.setContentsMargins(0, 0, 0, 0)
        keys.setSpacing(0)
        for position, row in enumerate(self._rows.values()):
            if position:
                keys.addWidget(rule_line(self._keys))
            keys.addWidget(row)
        self._places: dict[str, tuple[QLabel, QPushButton]] = {}
        self._paths: dict[str, Path] = {}
        self._fill_files()
        self._licences = self._words(self._about)
        QVBoxLayout(self._about).addWidget(self._licences)
        for head, card in zip(self._heads, (self._screen, self._keys, self._files, self._about), strict=True):
            self._column.addWidget(head)
            self._column.addWidget(card)
        self._column.addStretch(1)
        self.set_content(content)
        store.changed.connect(self._follow)
        self._retranslate()
        self._restyle()

    def row(self, action_id: str) -> KeyRow:
        """The row of an action."""
        return self._rows[action_id]

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Folders may be others now."""
        super().showEvent(event)
        self._show_places()

    def _fill_screen(self) -> None:
        grid = QGridLayout(self._screen)
        for line, label in enumerate((Label.POSITIVE, Label.NEGATIVE, Label.UNKNOWN)):
            self._shapes[label] = self._words(self._screen)
            grid.addWidget(LabelShape(label, self._screen), line, 0)
            grid.addWidget(self._shapes[label], line, 1)
        for line in range(5):
            words = self._words(self._screen)
            self._explained.append(words)
            grid.addWidget(words, len(Label) + line, 0, 1, 2)
        grid.setColumnStretch(1, 1)

    def _fill_files(self) -> None:
        grid = QGridLayout(self._files)
        for line, name in enumerate(("snapshots", "settings", "models", "logs", "crash")):
            words, button = self._words(self._files), QPushButton(self._files)
            button.setAutoDefault(False)
            button.setProperty("place", name)
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            button.clicked.connect(self._open)
            grid.addWidget(words, line, 0)
            grid.addWidget(button, line, 1)
            self._places[name] = (words, button)
        grid.setColumnStretch(0, 1)

    @Slot(object, str)
    def _follow(self, settings: Settings, key: str) -> None:
        if key in ("", "shortcuts"):
            self._actions.apply_shortcuts(settings.shortcuts)
            for row in self._rows.values():
                row.refresh()

    @Slot()
    def _open(self) -> None:
        path = self._paths.get(str(self.sender().property("place")))
        if path is None:
            return
        if not path.exists():
            path = next(folder for folder in path.parents if folder.exists())
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def _show_places(self) -> None:
        titles = {
            "snapshots": self.tr("Snapshots and clips"),
            "settings": self.tr("Settings"),
            "models": self.tr("Your own models"),
            "logs": self.tr("Logs"),
            "crash": self.tr("The last crash"),
        }
        places = self._find_places()
        for name, (words, button) in self._places.items():
            path: Path | None = getattr(places, name)
            words.setVisible(path is not None)
            button.setVisible(path is not None)
            button.setText(self.tr("Open"))
            button.setAccessibleName(f"{titles[name]}: {button.text()}")
            if path is not None:
                self._paths[name] = path
                words.setText(f"{titles[name]}\n{path}")
        shown = places != Places()
        self._heads[2].setVisible(shown)
        self._files.setVisible(shown)

    def _retranslate(self) -> None:
        self.set_title(self.tr("Help"))
        heads = (self.tr("On the screen"), self.tr("Keys"), self.tr("Files"), self.tr("About"))
        for head, text in zip(self._heads, heads, strict=True):
            head.setText(text)
        meanings = {
            Label.POSITIVE: self.tr("the model sees a crack; the heat map shows where, thin lines go around it"),
            Label.NEGATIVE: self.tr("a surface without a crack"),
            Label.UNKNOWN: self.tr("no wall, road or other surface to be inspected"),
        }
        for label, words in self._shapes.items():
            words.setText(f"{label_word(label)}: {meanings[label]}")
        explained = (
            self.tr("The percentage tells how sure the model is of that word."),
            self.tr("The heat map has the same colours for every picture: the scale is in the lower left corner."),
            self.tr("Crop, two fingers, the wheel or a double tap look closer. The model sees what you see."),
            self.tr("The graph shows pictures a second: taken, looked at and painted. Dropped ones were overtaken."),
            self.tr("Touch an action’s keys below and press another key to change them."),
        )
        for words, text in zip(self._explained, explained, strict=True):
            words.setText(text)
        for row in self._rows.values():
            row.refresh()
        self._licences.setText(
            self.tr(
                "crackinspector {version}, Apache-2.0.\n"
                "With Qt and PySide6 (LGPL-3.0), LiteRT and OpenCV (Apache-2.0), NumPy (BSD-3-Clause), "
                "pyqtgraph (MIT) and fonts under the SIL Open Font License.\n"
                "It helps to find cracks and does not replace an inspection by an engineer."
            ).format(version=crackinspector.__version__)
        )
        self._show_places()

    def _restyle(self) -> None:
        unit = current_look().metrics.unit
        self._column.setContentsMargins(0, 0, 0, 2 * unit)
        self._column.setSpacing(2 * unit)
        for card in (self._screen, self._files, self._about):
            layout = card.layout()
            if layout is not None:
                layout.setContentsMargins(3 * unit, 2 * unit, 3 * unit, 2 * unit)
                layout.setSpacing(round(1.5 * unit))

    def _head(self, content: QWidget) -> QLabel:
        head = QLabel(content)
        head.setProperty("role", "section")
        return head

    def _card(self, content: QWidget) -> QFrame:
        card = QFrame(content)
        card.setProperty("role", "card")
        return card

    def _words(self, parent: QWidget) -> QLabel:
        words = QLabel(parent)
        words.setWordWrap(True)
        words.setTextFormat(Qt.TextFormat.PlainText)
        return words
