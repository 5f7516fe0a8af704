"""The settings page, made from the schema: a row of sections, and the settings of the one that is chosen."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QSize, Qt, Slot
from PySide6.QtWidgets import QFrame, QToolButton, QVBoxLayout, QWidget

from crackinspector.core.errors import UsageError
from crackinspector.core.settings import RULES, SECTIONS, Settings
from crackinspector.gui.fields.choices import Choices
from crackinspector.gui.fields.row import rule_line
from crackinspector.gui.look import Dressed, current_look, icon
from crackinspector.gui.settings.row import SettingRow
from crackinspector.gui.settings.store import SettingsStore
from crackinspector.gui.widgets import PageFrame


class SettingsPage(Dressed, PageFrame):
    """Changes the store at once and follows it. GUI thread only."""

    def __init__(self, store: SettingsStore, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._store = store
        self._reset = QToolButton(self)
        self._reset.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._reset.clicked.connect(self._reset_all)
        self.add_to_header(self._reset)
        content = QWidget()
        self._column = QVBoxLayout(content)
        self._sections = Choices(SECTIONS, content)
        self._sections.edited.connect(self.show_section)
        self._column.addWidget(self._sections)
        self._cards: dict[str, QFrame] = {}
        self._rows: dict[str, SettingRow] = {}
        self._column.addStretch(1)
        self.set_content(content)
        self._retranslate()
        self._restyle()
        self.show_section(next(iter(SECTIONS)))
        store.changed.connect(self._show)

    def row(self, key: str) -> SettingRow:
        """The row of a setting that is on the page."""
        if RULES[key].shown:
            self._card(key.partition(".")[0])
        return self._rows[key]

    @Slot(object)
    def show_section(self, section: str) -> None:
        """Show the settings of one of `SECTIONS`."""
        self._sections.show_value(section)
        self._card(section)
        for name, card in self._cards.items():
            card.setVisible(name == section)

    def _card(self, section: str) -> QFrame:
        """The settings of a section; made when it is first looked at, so that the page comes up at once."""
        if section in self._cards:
            return self._cards[section]
        card = QFrame()
        card.setProperty("role", "card")
        rows = QVBoxLayout(card)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        for key, rule in RULES.items():
            if key.partition(".")[0] != section or not rule.shown:
                continue
            if rows.count():
                rows.addWidget(rule_line(card))
            row = self._rows[key] = SettingRow(key, card)
            row.show_value(self._store.current.get(key))
            row.edited.connect(self._set)
            rows.addWidget(row)
        self._cards[section] = card
        card.hide()
        self._column.insertWidget(self._column.count() - 1, card)
        return card

    @Slot(str, object)
    def _set(self, key: str, value: object) -> None:
        try:
            self._store.set(key, value)
        except UsageError as error:
            self._rows[key].show_message(str(error))

    @Slot()
    def _reset_all(self) -> None:
        self._store.reset_page()

    @Slot(object, str)
    def _show(self, settings: Settings, key: str) -> None:
        for name, row in self._rows.items():
            if key in ("", name):
                row.show_value(settings.get(name))

    def _retranslate(self) -> None:
        self.set_title(self.tr("Settings"))
        self._reset.setText(self.tr("All to defaults"))
        self._reset.setToolTip(self.tr("Source, model and shortcuts stay as they are"))
        titles = {section: QCoreApplication.translate("settings", title) for section, title in SECTIONS.items()}
        self._sections.set_titles(titles)
        self._sections.name(self.tr("Section"))

    def _restyle(self) -> None:
        look = current_look()
        unit = look.metrics.unit
        self._column.setContentsMargins(0, 0, 0, 2 * unit)
        self._column.setSpacing(2 * unit)
        self._reset.setIcon(icon("retry", look))
        self._reset.setIconSize(QSize(look.metrics.icon, look.metrics.icon))
