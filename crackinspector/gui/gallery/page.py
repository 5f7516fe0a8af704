"""The gallery: all snapshots of a library, or those that are wanted of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from crackinspector.gui.actions import Actions
from crackinspector.gui.gallery.action_bar import ActionBar
from crackinspector.gui.gallery.beside import Beside
from crackinspector.gui.gallery.bulk import Bulk, Deed
from crackinspector.gui.gallery.chip_bar import ChipBar
from crackinspector.gui.gallery.deed_words import deed_words, progress_words
from crackinspector.gui.gallery.empty import EmptyState
from crackinspector.gui.gallery.exporter import Exporter
from crackinspector.gui.gallery.header import Header
from crackinspector.gui.gallery.model import GalleryModel
from crackinspector.gui.gallery.reasons import say_why_empty
from crackinspector.gui.gallery.side import Side
from crackinspector.gui.gallery.thumbnail_cache import ThumbnailCache, cache_folder
from crackinspector.gui.gallery.thumbnails import Thumbnails
from crackinspector.gui.gallery.undo_bar import UndoBar
from crackinspector.gui.gallery.view import MOST_DRAGGED, SnapshotView
from crackinspector.gui.gallery.words import counted
from crackinspector.gui.library.access import LibraryAccess
from crackinspector.gui.look import Dressed, current_look
from crackinspector.gui.sentences import spoken
from crackinspector.library.events import Verdict
from crackinspector.library.queries import Query

_SETTLED_MS = 150
_VERDICT_KEYS = {Qt.Key.Key_C: Verdict.CONFIRMED, Qt.Key.Key_R: Verdict.REJECTED, Qt.Key.Key_U: Verdict.UNSURE}


class GalleryPage(Dressed, QWidget):
    """Grid, filter, and what is done to many at once. GUI thread only.

    Signals:
        back(): the person wants to go back.
        opened(list, int): the numbers of all snapshots of the list in their order, and the index of the one to review.
        compare(list): the numbers of two snapshots.
        another_model(list): the numbers of snapshots that another model is to look at.
        report(str): a report is wanted on this structure; empty: the person has not said which.
        agreement(): model against people is to be shown.
        add_pictures(): pictures are to be brought in.
    """

    back = Signal()
    opened = Signal(list, int)
    compare = Signal(list)
    another_model = Signal(list)
    report = Signal(str)
    agreement = Signal()
    add_pictures = Signal()

    def __init__(self, access: LibraryAccess, actions: Actions | None = None, parent: QWidget | None = None) -> None:
        """Without `actions` the gallery is where the program begins, and has no way back."""
        super().__init__(parent)
        self._access = access
        folder = cache_folder()
        self.model = GalleryModel(access, self)
        self.thumbnails = Thumbnails(None if folder is None else ThumbnailCache(folder), self)
        self.thumbnails.set_with_map(True)
        self._bulk = Bulk(access, self)
        self._taking = self._taken = False
        self._exporter = Exporter(access.folder, self)
        self.view = SnapshotView(self.model, self.thumbnails, self)
        self._header = Header(self)
        self._header.set_back(actions is not None)
        self._header.set_map(True)
        self._notice = QLabel(self)
        self._notice.setProperty("role", "warning")
        self._notice.setWordWrap(True)
        self._chips = ChipBar(self)
        self._empty = EmptyState(self)
        self._list = QStackedWidget(self)
        self._list.addWidget(self.view)
        self._list.addWidget(self._empty)
        self._bar = ActionBar(self)
        self._words = UndoBar(self._list)
        self.side = Side(access, self)
        self._settled = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._settled.timeout.connect(self._fetch_chosen)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.view)
        self._retranslate()
        self._restyle()
        self.model.set_query(Query())

    @property
    def query(self) -> Query:
        """What is shown."""
        return self.model.query

    def add_to_menu(self, actions: Sequence[QAction]) -> None:
        """Put what the window itself can do into the menu."""
        self._header.add_to_menu(actions)

    @Slot(object)
    def show_query(self, query: Query) -> None:
        """Show other snapshots, or in another order."""
        if query.binned != self.query.binned:
            self.view.clearSelection()
            self._stop_choosing()
            # It was said of what is not shown any more, and would lie over what is.
            self._words.hide()
        self.model.set_query(query)
        self.side.show_query(query)
        self._chips.show_query(query)
        self._show_state()

    @Slot()
    def show_binned(self, on: bool = True) -> None:
        """Show the bin, or leave it."""
        self.show_query(replace(Query(), binned=on, sort=self.query.sort, descending=self.query.descending))

    @Slot()
    def reload(self) -> None:
        """Ask again for everything, and look again for pictures that could not be read."""
        self.thumbnails.try_again()
        self.model.reload()

    def set_taking(self, on: bool) -> None:
        """Say that snapshots are being taken into the library; once no more come, until they are in the list."""
        self._taken = not on and self._taking
        self._taking = self._taking or on
        if self._taken:
            self.model.reload()
        self._show_state()

    def stop(self, seconds: float = 1.0) -> bool:
        """Make no more thumbnails and end exports; whether what was at work has ended."""
        return all([self.thumbnails.stop(seconds), self._exporter.stop(seconds)])

    def unfinished(self) -> tuple[str, ...]:
        """Sentences of what `stop` has ended before it was whole."""
        return self._exporter.unfinished()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Pictures that were missing may be back."""
        super().showEvent(event)
        self.thumbnails.try_again()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Nobody waits for thumbnails any more."""
        super().hideEvent(event)
        self.thumbnails.want([])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """In the list, the keys of decisions are for the chosen, whatever else they do in the window."""
        override = event.type() == QEvent.Type.ShortcutOverride
        if watched is self.view and override and isinstance(event, QKeyEvent) and self._is_for_chosen(event):
            event.accept()
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """C, R, U and Delete for the chosen; Ctrl+F to look for something; Ctrl+Z takes back; Esc leaves."""
        key, control = Qt.Key(event.key()), event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if key in _VERDICT_KEYS and not control:
            self._do(_VERDICT_KEYS[key].value)
        elif key == Qt.Key.Key_Delete:
            self._do("bin")
        elif key == Qt.Key.Key_F and control:
            self._pages.open_panel()
            self.side.show_filter()
            self.side.filter.look_for_text()
        elif key == Qt.Key.Key_Z and control:
            self._bulk.undo()
        elif key in (Qt.Key.Key_Escape, Qt.Key.Key_Back):
            self._leave()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        main = QWidget(self)
        column = self._column = QVBoxLayout(main)
        for widget in (self._header, self._notice, self._chips):
            column.addWidget(widget)
        self._middle = QHBoxLayout()
        self._middle.addWidget(self._list, 1)
        column.addLayout(self._middle, 1)
        column.addWidget(self._bar)
        main.setFocusProxy(self.view)
        self._pages = Beside(main, self._middle, self.side, self)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._pages)

    def _connect(self) -> None:
        self._header.back.connect(self._leave)
        self._header.wanted.connect(self._turn_to)
        self._header.export_wanted.connect(self._export)
        self._exporter.said.connect(self._say)
        self._exporter.failed.connect(self._fail)
        self._chips.changed.connect(self.show_query)
        self.side.changed.connect(self.show_query)
        self.side.tagged.connect(self._tag)
        self.side.placed.connect(self._place)
        self.side.closed.connect(self._pages.close_panel)
        self._pages.turned.connect(self._show_state)
        self.view.opened.connect(self._open)
        self.view.held.connect(self._hold)
        self.view.chosen_changed.connect(self._choose)
        self.view.too_many.connect(self._refuse_drag)
        self.view.installEventFilter(self)
        self._bar.wanted.connect(self._do)
        self._words.undo.connect(self._bulk.undo)
        self._bulk.progressed.connect(self._tell_progress)
        self._bulk.finished.connect(self._tell)
        self._empty.pressed.connect(self._remedy)
        self.model.listed.connect(self._take_list)
        self.model.failed.connect(self._fail)
        self._access.opened.connect(self._show_state)
        self._access.failed.connect(self._show_state)

    @Slot(int)
    def _open(self, position: int) -> None:
        self.opened.emit(self.model.numbers.tolist(), position)

    @Slot(int)
    def _hold(self, position: int) -> None:
        """A finger that stays on a snapshot chooses it; from then on, taps choose."""
        if not self.view.choosing:
            self._start_choosing()
        index = self.model.index(position)
        self.view.selectionModel().setCurrentIndex(index, self.view.selectionModel().SelectionFlag.Select)

    @Slot(str)
    def _turn_to(self, name: str) -> None:
        match name:
            case "filter":
                self._pages.toggle_filter()
            case "map":
                self.thumbnails.set_with_map(not self.thumbnails.with_map)
                self.view.redraw()
            case "choose":
                self._start_choosing()
            case "all":
                self.view.selectAll()
            case "bin":
                self.show_binned(not self.query.binned)
            case "report":
                self.report.emit(self._structure())
            case "agreement":
                self.agreement.emit()
            case "add":
                self.add_pictures.emit()

    @Slot(str)
    def _export(self, form: str) -> None:
        self._exporter.ask(self.query, form, self)

    @Slot()
    def _leave(self) -> None:
        """One step back: from choosing, from a form, from the bin, from the gallery."""
        if self.view.choosing:
            self._stop_choosing()
        elif self._pages.instead:
            self.side.go_back()
        elif self.query.binned:
            self.show_binned(False)
        else:
            self.back.emit()

    @Slot(str)
    def _do(self, name: str) -> None:
        numbers = self.view.chosen
        binned = self.query.binned
        if not numbers or (self._access.read_only and name != "compare"):
            return
        match name:
            case "tag":
                self._pages.open_panel()
                self.side.show_tag_form()
            case "place":
                self._pages.open_panel()
                self.side.show_place_form(numbers)
            case "compare":
                self.compare.emit(numbers)
            case "model":
                self.another_model.emit(numbers)
            case "bin" | "restore":
                if binned == (name == "restore"):
                    self._bulk.put_into_bin(numbers, away=not binned)
                    self._stop_choosing()
            case _:
                rows = [row for number in numbers if (row := self.model.row_of(number)) is not None]
                self._bulk.decide(numbers, Verdict(name), {row.number: row.label for row in rows})

    @Slot(str, bool)
    def _tag(self, name: str, on: bool) -> None:
        self._bulk.tag(self.view.chosen, name, on)

    @Slot(object, object, object)
    def _place(self, structure: str | None, element: str | None, inspection: str | None) -> None:
        self._bulk.place(self.view.chosen, structure, element, inspection)

    @Slot()
    def _remedy(self) -> None:
        """The button in the place of an empty list."""
        if self._access.trouble:
            self._access.retry()
            self.model.reload()
        elif self._chips.count:
            self.side.filter.show_query(self.query)
            self.show_query(replace(Query(), binned=self.query.binned))
        elif self.query.binned:
            self.show_binned(False)
        else:
            self.add_pictures.emit()
        self._show_state()

    def _start_choosing(self) -> None:
        self.view.set_choosing(True)
        self._show_state()

    def _stop_choosing(self) -> None:
        if self.view.choosing:
            self.view.set_choosing(False)
            self._show_state()

    @Slot(str)
    def _say(self, words: str, *, undo: bool = False, stays: bool = False) -> None:
        self._words.show_words(words, undo=undo, stays=stays)

    @Slot(object)
    def _tell(self, deed: Deed) -> None:
        self._say(deed_words(deed), undo=deed.can_be_undone, stays=bool(deed.failure))

    @Slot(object)
    def _tell_progress(self, deed: Deed) -> None:
        self._say(progress_words(deed), stays=True)

    @Slot()
    def _refuse_drag(self) -> None:
        words = self.tr("No more than {count} pictures can be dragged out at once; export the list instead.")
        self._say(words.format(count=counted(MOST_DRAGGED)))

    @Slot(str)
    def _fail(self, sentence: str) -> None:
        self._say(spoken(sentence), stays=True)

    @Slot()
    def _choose(self) -> None:
        self._settled.start()
        self._show_state()

    @Slot()
    def _fetch_chosen(self) -> None:
        """What may be dragged out has to be known by then; a form for the chosen is for these now."""
        self.side.show_chosen(self.view.chosen)
        if 0 < self.view.chosen_count <= MOST_DRAGGED:
            self.model.fetch(self.view.chosen)

    @Slot()
    def _take_list(self) -> None:
        if self._taken:
            self._taking = self._taken = False
        self._show_state()

    @Slot()
    def _show_state(self) -> None:
        total = len(self.model.numbers) if self.model.loaded else None
        read_only = self._access.state is not None and self._access.read_only
        chosen, binned = self.view.chosen_count, self.query.binned
        self._header.show_state(
            choosing=self.view.choosing,
            chosen=chosen,
            binned=binned,
            total=total,
            restrictions=self._chips.count,
            read_only=read_only,
            taking=self._taking,
        )
        self._bar.show_state(chosen, binned=binned, read_only=read_only, wide=self._pages.wide)
        self._bar.setVisible(self.view.choosing or (self._pages.wide and bool(total)))
        self._notice.setVisible(read_only)
        self._chips.setVisible(bool(self._chips.count) and not (self.view.choosing and not self._pages.wide))
        if total is not None:
            self.side.show_count(total)
        if total is not None and self.model.pending and not self._access.trouble:
            # What is shown stays until the answer is there, instead of flickering.
            return
        empty = not total or bool(self._access.trouble)
        if empty:
            say_why_empty(
                self._empty,
                trouble=self._access.trouble,
                loaded=total is not None,
                restricted=bool(self._chips.count),
                binned=binned,
                read_only=read_only,
                taking=self._taking,
            )
        was_empty = self._list.currentWidget() is self._empty
        self._list.setCurrentWidget(self._empty if empty else self.view)
        if was_empty and not empty and not self.side.isAncestorOf(QApplication.focusWidget() or self):
            # It could not have the focus while it was not there.
            self.view.setFocus()

    def _structure(self) -> str:
        """What a report would be on: what is filtered by, or where the first of the chosen belongs."""
        if self.query.structure is not None:
            return self.query.structure
        chosen = self.view.chosen[:1]
        position = self.view.position
        row = self.model.row_of(chosen[0]) if chosen else None
        if row is None and position is not None:
            row = self.model.row_at(position)
        return "" if row is None else row.structure

    def _is_for_chosen(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if event.modifiers() not in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier):
            return False
        if key == Qt.Key.Key_Escape:
            return self.view.choosing or self.query.binned
        return (key in _VERDICT_KEYS or key == Qt.Key.Key_Delete) and self.view.chosen_count > 0

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Gallery"))
        self.view.setAccessibleName(self.tr("Pictures"))
        self._notice.setText(self.tr("This library can only be read: nothing can be decided or changed here."))
        self._show_state()

    def _restyle(self) -> None:
        unit = current_look().metrics.unit
        self._column.setContentsMargins(2 * unit, 2 * unit, 2 * unit, 0)
        self._column.setSpacing(unit)
        self._middle.setSpacing(2 * unit)
        # What is less than two fingers high is no list; its pages must not ask for more than there is.
        self._list.setMinimumSize(1, 2 * current_look().metrics.touch_px)
        self._pages.arrange()
