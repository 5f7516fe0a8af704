"""The panel beside the list, on a small screen in its place: the filter, what is picked for it, and small forms."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QScroller,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from crackinspector.core.text import printable
from crackinspector.gui.gallery.filter_form import FilterForm
from crackinspector.gui.gallery.filters import place_word, source_word, unrestricted
from crackinspector.gui.gallery.forms import PlaceForm, TagForm
from crackinspector.gui.gallery.pick_list import Name, PickList
from crackinspector.gui.gallery.words import counted
from crackinspector.gui.library.access import LibraryAccess
from crackinspector.gui.look import Dressed, current_look, icon
from crackinspector.library import queries
from crackinspector.library.queries import Query
from crackinspector.library.store import Library

_Places = list[tuple[str, str, str, int]]


class Side(Dressed, QWidget):
    """One of its pages at a time. GUI thread only.

    Signals:
        changed(object): the `Query` that the person wants.
        tagged(str, bool): a tag for the chosen, and whether it is put on.
        placed(object, object, object): structure, element and inspection of the chosen; None: as each has it.
        closed(): the person is done here.
    """

    changed = Signal(object)
    tagged = Signal(str, bool)
    placed = Signal(object, object, object)
    closed = Signal()

    def __init__(self, access: LibraryAccess, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._access = access
        self._picking = ""
        self._count = 0
        self._beside = False
        self._back, self._title = QToolButton(self), QLabel(self)
        self._back.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._back.clicked.connect(self.go_back)
        self._title.setProperty("role", "heading")
        self._clear = QToolButton(self)
        self._clear.clicked.connect(self._clear_all)
        self.filter = FilterForm(self)
        self.filter.changed.connect(self.changed)
        self.filter.picking.connect(self._pick)
        self._list = PickList(self)
        self._list.picked.connect(self._take_pick)
        self._tags = TagForm(self)
        self._tags.given.connect(self._take_tag)
        self._place = PlaceForm(self)
        self._place.given.connect(self._take_place)
        self._pages = QStackedWidget(self)
        self._forms: dict[QWidget, QScrollArea] = {form: _scrolling(form) for form in (self._tags, self._place)}
        for page in (self.filter, self._list, *self._forms.values()):
            self._pages.addWidget(page)
        self._show = QPushButton(self)
        self._show.setProperty("role", "primary")
        self._show.setAutoDefault(False)
        self._show.clicked.connect(self.closed)
        self._header = QHBoxLayout()
        for widget, share in ((self._back, 0), (self._title, 1), (self._clear, 0)):
            self._header.addWidget(widget, share)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._header)
        self._column.addWidget(self._pages, 1)
        self._column.addWidget(self._show)
        self._retranslate()
        self._restyle()

    @property
    def on_filter(self) -> bool:
        """Whether the filter is shown, and no form for the chosen."""
        return self._pages.currentWidget() in (self.filter, self._list)

    def set_beside(self, beside: bool) -> None:
        """Whether it lies beside the list, and not in its place."""
        self._beside = beside
        self._restyle()
        self._name()

    def show_query(self, query: Query) -> None:
        """Show what is asked for."""
        self.filter.show_query(query)
        self._name()

    def show_count(self, count: int) -> None:
        """How many snapshots fit."""
        self._count = count
        self._name()

    def show_filter(self) -> None:
        """The filter."""
        self._turn_to(self.filter)

    def show_tag_form(self) -> None:
        """Ask for a tag."""
        self._turn_to(self._forms[self._tags])
        self._tags.show_tags([])
        self._access.read(queries.tags, self._offer_tags, key="gallery names")

    def show_place_form(self, numbers: Sequence[int]) -> None:
        """Ask for a place of these snapshots."""
        self._turn_to(self._forms[self._place])
        self._place.begin()
        self._access.read(functools.partial(_places, numbers), self._offer_places, key="gallery names")

    def show_chosen(self, numbers: Sequence[int]) -> None:
        """Other snapshots are chosen, while a form for them may be open."""
        if self._pages.currentWidget() is self._forms[self._place]:
            self._access.read(functools.partial(_places, numbers), self._offer_places, key="gallery names")

    @Slot()
    def go_back(self) -> None:
        """From a list of names to the filter, from anything else to the snapshots."""
        if self._pages.currentWidget() is self._list or (self._beside and not self.on_filter):
            self._turn_to(self.filter)
        else:
            self._turn_to(self.filter)
            self.closed.emit()

    def _turn_to(self, page: QWidget) -> None:
        self._pages.setCurrentWidget(page)
        self._name()

    @Slot(str)
    def _pick(self, name: str) -> None:
        self._picking = name
        self._list.show_names([])
        self._turn_to(self._list)
        if name == "sources":
            self._access.read(queries.sources, self._offer_sources, key="gallery names")
        elif name == "tags":
            self._access.read(queries.tags, self._offer_filter_tags, key="gallery names")
        else:
            self._access.read(queries.places, self._offer_levels, key="gallery names")

    @Slot(object)
    def _offer_levels(self, places: _Places) -> None:
        level = ("structure", "element", "inspection").index(self._picking)
        query = self.filter.query
        wanted = (query.structure, query.element)[:level]
        found: Counter[str] = Counter()
        for *names, count in places:
            if all(want in (None, name) for want, name in zip(wanted, names, strict=False)):
                found[str(names[level])] += int(count)
        chosen = getattr(query, self._picking)
        self._list.show_names([Name(None, self.tr("Any")), *_names(found, place_word)], [chosen])

    @Slot(object)
    def _offer_sources(self, sources: list[tuple[str, int]]) -> None:
        names = _names(dict(sources), source_word)
        self._list.show_names([Name(None, self.tr("Any")), *names], self.filter.query.sources)

    @Slot(object)
    def _offer_filter_tags(self, tags: list[tuple[str, int]]) -> None:
        names = _names(dict(tags), printable)
        self._list.show_names([Name(None, self.tr("Any")), *names], self.filter.query.tags)

    @Slot(object)
    def _offer_tags(self, tags: list[tuple[str, int]]) -> None:
        self._tags.show_tags(_names(dict(tags), printable))

    @Slot(object)
    def _offer_places(self, found: tuple[list[tuple[str, str, str]], _Places]) -> None:
        self._place.show_places(*found)

    @Slot(object)
    def _take_pick(self, value: str | None) -> None:
        query, name = self.filter.query, self._picking
        if name in ("sources", "tags"):
            old: tuple[str, ...] = getattr(query, name)
            new = () if value is None else tuple(v for v in old if v != value) if value in old else (*old, value)
            query = replace(query, sources=new) if name == "sources" else replace(query, tags=new)
        elif name == "structure":
            query = replace(query, structure=value, element=None, inspection=None)
        elif name == "element":
            query = replace(query, element=value, inspection=None)
        else:
            query = replace(query, inspection=value)
        self._turn_to(self.filter)
        if query != self.filter.query:
            self.show_query(query)
            self.changed.emit(query)

    @Slot(str, bool)
    def _take_tag(self, name: str, on: bool) -> None:
        self.go_back()
        self.tagged.emit(name, on)

    @Slot(object, object, object)
    def _take_place(self, structure: str | None, element: str | None, inspection: str | None) -> None:
        self.go_back()
        self.placed.emit(structure, element, inspection)

    @Slot()
    def _clear_all(self) -> None:
        query = unrestricted(self.filter.query)
        if query != self.filter.query:
            self.show_query(query)
            self.changed.emit(query)

    def _name(self) -> None:
        page = self._pages.currentWidget()
        titles: dict[QWidget | None, str] = {
            self.filter: self.tr("Filter"),
            self._list: self.tr("Only this"),
            self._forms[self._tags]: self.tr("Tag"),
            self._forms[self._place]: self.tr("Place"),
        }
        self._title.setText(titles[page])
        on_form = page is self.filter
        self._back.setVisible(not (self._beside and on_form))
        self._clear.setVisible(on_form and self.filter.query != unrestricted(self.filter.query))
        self._show.setVisible(on_form and not self._beside)
        words = self.tr("Show 1 picture") if self._count == 1 else self.tr("Show {count} pictures")
        self._show.setText(words.format(count=counted(self._count)))

    def _retranslate(self) -> None:
        self._back.setText(self.tr("Back"))
        self._back.setAccessibleName(self.tr("Back"))
        self._clear.setText(self.tr("Clear all"))
        self._name()

    def _restyle(self) -> None:
        look = current_look()
        unit, side = look.metrics.unit, look.metrics.icon
        self._back.setIcon(icon("back", look))
        self._back.setIconSize(QSize(side, side))
        self._back.setMinimumSize(2 * look.metrics.touch_px, look.metrics.touch_px)
        self._header.setSpacing(2 * unit)
        around = 0 if self._beside else 2 * unit
        self._column.setContentsMargins(around, around, around, 2 * unit)
        self._column.setSpacing(unit)


def _places(numbers: Sequence[int], library: Library) -> tuple[list[tuple[str, str, str]], _Places]:
    return queries.places_of(library, numbers), queries.places(library)


def _scrolling(form: QWidget) -> QScrollArea:
    """The form where it may be lower than its content, as above the keyboard of a small screen."""
    area = QScrollArea()
    form.setObjectName("pageContent")
    area.setWidget(form)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    QScroller.grabGesture(area.viewport(), QScroller.ScrollerGestureType.TouchGesture)
    return area


def _names(found: Mapping[str, int], words: Callable[[str], str]) -> list[Name]:
    return [Name(value, words(value), count) for value, count in sorted(found.items())]
