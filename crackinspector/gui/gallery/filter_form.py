"""The form in which a person says which snapshots they want to see, and in which order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QScroller,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from crackinspector.core.labels import Label
from crackinspector.core.text import printable
from crackinspector.gui.fields.choices import Choices
from crackinspector.gui.gallery.filters import PERIODS, day_of, period, period_of, place_word
from crackinspector.gui.gallery.marks import label_icon, verdict_icon
from crackinspector.gui.gallery.toggles import Toggles
from crackinspector.gui.gallery.words import LABELS, VERDICTS, found_word, verdict_name
from crackinspector.gui.look import Dressed, current_look, icon
from crackinspector.gui.widgets import TouchSlider
from crackinspector.gui.widgets.named import tell_names
from crackinspector.library.queries import Query, Sort

TYPING_MS = 250
"""So long after the last letter is looked for what was typed."""
_SORTS = {"taken": Sort.TAKEN, "added": Sort.ADDED, "name": Sort.NAME, "score": Sort.SCORE, "verdict": Sort.VERDICT}
PICKED = ("structure", "element", "inspection", "sources", "tags")
"""What is picked out of a list of what the library has; names of `Query`'s attributes."""


class FilterForm(Dressed, QScrollArea):
    """Shows a `Query` and changes it. GUI thread only.

    Signals:
        changed(object): the `Query` that the person wants.
        picking(str): a list is to be shown, for one of `PICKED`.
    """

    changed = Signal(object)
    picking = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._query = Query()
        content = QWidget(self)
        content.setObjectName("pageContent")
        self._column = QVBoxLayout(content)
        self._titles: dict[str, QLabel] = {}
        self._text = QLineEdit(content)
        self._text.setClearButtonEnabled(True)
        self._text.textChanged.connect(self._typed)
        self._typing = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._typing.timeout.connect(self._take_text)
        self._text.returnPressed.connect(self._take_text)
        self._column.addWidget(self._text)
        self._labels = Toggles(LABELS, content)
        self._labels.edited.connect(self._take_labels)
        self._add("labels", self._labels)
        self._verdicts = Toggles(VERDICTS, content)
        self._verdicts.edited.connect(self._take_verdicts)
        self._add("verdicts", self._verdicts)
        self._low, self._high = TouchSlider("", content), TouchSlider("", content)
        self._low.changed.connect(self._take_low)
        self._high.changed.connect(self._take_high)
        self._add("score", self._low, self._high)
        self._period = Choices(dict.fromkeys(PERIODS, ""), content)
        self._period.edited.connect(self._take_period)
        self._days = QWidget(content)
        self._day_row = QHBoxLayout(self._days)
        self._day_row.setContentsMargins(0, 0, 0, 0)
        self._since, self._until = QLineEdit(self._days), QLineEdit(self._days)
        for line in (self._since, self._until):
            line.setMaxLength(10)
            line.editingFinished.connect(self._take_days)
            self._day_row.addWidget(line)
        self._day_trouble = QLabel(content)
        self._day_trouble.setProperty("role", "warning")
        self._day_trouble.setWordWrap(True)
        self._day_trouble.hide()
        self._add("taken", self._period, self._days, self._day_trouble)
        self._picks = {name: QPushButton(content) for name in PICKED}
        for button in self._picks.values():
            button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
            button.setAutoDefault(False)
        tell_names(self._picks, self.picking, self)
        self._add("place", *(self._picks[name] for name in PICKED[:3]))
        self._add("more", *(self._picks[name] for name in PICKED[3:]))
        self._sort = Choices(dict.fromkeys(_SORTS, ""), content)
        self._sort.edited.connect(self._take_sort)
        self._way = QToolButton(content)
        self._way.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._way.clicked.connect(self._turn)
        self._add("sort", self._sort, self._way)
        self._column.addStretch(1)
        self.setWidget(content)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        self._retranslate()
        self._restyle()
        self.show_query(self._query)

    @property
    def query(self) -> Query:
        """What is shown."""
        return self._query

    def show_query(self, query: Query) -> None:
        """Show what a query restricts, without telling anyone."""
        self._query = query
        self._typing.stop()
        if self._text.text().strip() != query.text.strip():
            self._text.blockSignals(True)
            self._text.setText(query.text)
            self._text.blockSignals(False)
        self._labels.show_value(query.labels)
        self._verdicts.show_value(query.verdicts)
        self._low.set_value(query.score_from or 0.0)
        self._high.set_value(1.0 if query.score_to is None else query.score_to)
        self._period.show_value(period_of(query, date.today()))
        for line, value in ((self._since, query.since), (self._until, query.until)):
            line.setText(value or "")
        self._day_trouble.hide()
        self._sort.show_value(next(name for name, sort in _SORTS.items() if sort == query.sort))
        self._name_picks()
        self._name_way()

    def look_for_text(self) -> None:
        """Let the person type what to look for."""
        self._text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._text.selectAll()

    def _add(self, section: str, *widgets: QWidget) -> None:
        title = self._titles[section] = QLabel()
        title.setProperty("role", "section")
        self._column.addWidget(title)
        for widget in widgets:
            self._column.addWidget(widget)

    def _want(self, query: Query) -> None:
        if query != self._query:
            self.show_query(query)
            self.changed.emit(query)

    @Slot()
    def _typed(self) -> None:
        self._typing.start()

    @Slot()
    def _take_text(self) -> None:
        self._typing.stop()
        self._want(replace(self._query, text=self._text.text()))

    @Slot(object)
    def _take_labels(self, labels: tuple[str, ...]) -> None:
        self._want(replace(self._query, labels=labels))

    @Slot(object)
    def _take_verdicts(self, verdicts: tuple[str, ...]) -> None:
        self._want(replace(self._query, verdicts=verdicts))

    @Slot(float)
    def _take_low(self, value: float) -> None:
        high = self._query.score_to
        high = None if high is None or value <= high else value
        self._want(replace(self._query, score_from=value or None, score_to=high or self._query.score_to))

    @Slot(float)
    def _take_high(self, value: float) -> None:
        low = self._query.score_from
        low = value if low is not None and low > value else low
        self._want(replace(self._query, score_from=low or None, score_to=None if value >= 1 else value))

    @Slot(object)
    def _take_period(self, name: str) -> None:
        since, until = period(name, date.today())
        self._want(replace(self._query, since=since, until=until))

    @Slot()
    def _take_days(self) -> None:
        typed = self._since.text().strip(), self._until.text().strip()
        since, until = (day_of(text) if text else None for text in typed)
        refused = [text for text, day in zip(typed, (since, until), strict=True) if text and day is None]
        if refused:
            self._day_trouble.setText(
                self.tr("“{text}” is no date; write it as 2026, 2026-11 or 2026-11-30.").format(text=refused[0])
            )
            self._day_trouble.show()
            return
        self._day_trouble.hide()
        self._want(replace(self._query, since=since, until=until))

    @Slot(object)
    def _take_sort(self, name: str) -> None:
        self._want(replace(self._query, sort=_SORTS[name], descending=name != "name"))

    @Slot()
    def _turn(self) -> None:
        self._want(replace(self._query, descending=not self._query.descending))

    def _name_picks(self) -> None:
        query = self._query
        titles = {
            "structure": self.tr("Structure"),
            "element": self.tr("Element"),
            "inspection": self.tr("Inspection"),
            "sources": self.tr("Source"),
            "tags": self.tr("Tags"),
        }
        any_word = self.tr("any")
        for name, button in self._picks.items():
            value = getattr(query, name)
            if isinstance(value, tuple):
                words = ", ".join(printable(each) for each in value) or any_word
            else:
                words = any_word if value is None else place_word(value)
            text = f"{titles[name]}: {words}"
            # Long names would make the form wider than its place.
            short = text if len(text) <= 34 else text[:33] + "…"
            button.setText(short.replace("&", "&&"))
            button.setToolTip(text)
            button.setAccessibleName(text)
        self._picks["element"].setEnabled(query.structure is not None)
        self._picks["inspection"].setEnabled(query.structure is not None)

    def _name_way(self) -> None:
        down, sort = self._query.descending, self._query.sort
        if sort is Sort.NAME:
            words = self.tr("Z to A") if down else self.tr("A to Z")
        elif sort is Sort.SCORE:
            words = self.tr("Highest first") if down else self.tr("Lowest first")
        else:
            words = self.tr("Newest first") if down else self.tr("Oldest first")
        self._way.setText(words)
        self._way.setAccessibleName(words)
        self._way.setIcon(icon("descending" if down else "ascending", current_look()))

    def _name_toggles(self) -> None:
        look = current_look()
        self._labels.set_words(
            [found_word(label) for label in LABELS],
            [label_icon(Label(label) if label else None, look) for label in LABELS],
        )
        self._verdicts.set_words(
            [verdict_name(verdict) for verdict in VERDICTS], [verdict_icon(verdict, look) for verdict in VERDICTS]
        )

    def _retranslate(self) -> None:
        self._text.setPlaceholderText(self.tr("Name, place, tag, note…"))
        self._text.setAccessibleName(self.tr("Words to look for"))
        for name, words in (
            ("labels", self.tr("The model says")),
            ("verdicts", self.tr("People say")),
            ("score", self.tr("Crack likelihood")),
            ("taken", self.tr("Taken")),
            ("place", self.tr("Place")),
            ("more", self.tr("Source and tags")),
            ("sort", self.tr("Order")),
        ):
            self._titles[name].setText(words)
        self._name_toggles()
        self._labels.name(self.tr("The model says"))
        self._verdicts.name(self.tr("People say"))
        self._low.set_title(self.tr("At least"))
        self._high.set_title(self.tr("At most"))
        self._period.set_titles(
            {
                "any": self.tr("Any time"),
                "today": self.tr("Today"),
                "week": self.tr("7 days"),
                "month": self.tr("30 days"),
                "year": self.tr("1 year"),
            }
        )
        self._period.name(self.tr("Taken"))
        self._since.setPlaceholderText(self.tr("from"))
        self._until.setPlaceholderText(self.tr("to"))
        self._since.setAccessibleName(self.tr("Taken from"))
        self._until.setAccessibleName(self.tr("Taken to"))
        self._sort.set_titles(
            {
                "taken": self.tr("Taken"),
                "added": self.tr("Added"),
                "name": self.tr("Name"),
                "score": self.tr("Likelihood"),
                "verdict": self.tr("Decided"),
            }
        )
        self._sort.name(self.tr("Order"))
        self._name_picks()
        self._name_way()

    def _restyle(self) -> None:
        look = current_look()
        unit = look.metrics.unit
        self._column.setContentsMargins(0, 0, unit, 2 * unit)
        self._column.setSpacing(unit)
        self._day_row.setSpacing(unit)
        for title in self._titles.values():
            title.setContentsMargins(0, 2 * unit, 0, 0)
        sheet = f"QPushButton {{ text-align: left; padding: 0 {2 * unit}px; }}"
        for button in self._picks.values():
            button.setIcon(icon("right", look))
            if button.styleSheet() != sheet:
                button.setStyleSheet(sheet)
        self._name_toggles()
        self._name_way()
