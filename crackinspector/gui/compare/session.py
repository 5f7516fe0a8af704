"""Brings two snapshots together: reads, decodes, lays over each other, compares; the window waits for none of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from crackinspector.core.detection import Detection
from crackinspector.gui.background import Background
from crackinspector.gui.compare.comparing import Compared, compared
from crackinspector.gui.compare.finding import Found, Wanted, find_sides
from crackinspector.gui.library.access import LibraryAccess
from crackinspector.gui.review.loaded import Loaded
from crackinspector.gui.review.loader import PictureLoader
from crackinspector.library.store import Library
from crackinspector.survey.reinspection.alignment import Alignment


class ComparisonSession(QObject):
    """GUI thread only.

    Signals:
        found(int): there is something new to a side: its facts, its picture, or why there is none.
        finished(): the comparison is there.
        failed(str): why it is not; a sentence.
    """

    found = Signal(int)
    finished = Signal()
    failed = Signal(str)

    def __init__(self, access: LibraryAccess, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._access = access
        self._wanted: tuple[Wanted, Wanted] | tuple[()] = ()
        self._asked = 0
        self._begun: object = None
        self._alignments: dict[tuple[str, str], Alignment] = {}
        self.sides: list[Found | None] = [None, None]
        self.troubles = ["", ""]
        self.result: Compared | None = None
        self._loader = PictureLoader(access, parent=self)
        self._loader.loaded.connect(self._take_picture)
        self._loader.failed.connect(self._take_trouble)
        self._work = Background("comparison", self)
        self._work.finished.connect(self._take_result)
        self._work.failed.connect(self.failed)
        access.changed.connect(self._ask)

    @property
    def wanted(self) -> tuple[Wanted, Wanted] | tuple[()]:
        """The two sides; empty before the first."""
        return self._wanted

    def compare(self, left: Wanted, right: Wanted) -> None:
        """Compare these from now on."""
        self.clear()
        self._wanted = (left, right)
        self._loader.want([left.number, right.number])
        self._ask()

    def clear(self) -> None:
        """Compare nothing."""
        self._wanted = ()
        self._asked += 1
        self.sides, self.troubles, self.result, self._begun = [None, None], ["", ""], None, None
        self._work.forget()

    def rest(self) -> None:
        """Nobody looks for now: keep no more than the two pictures."""
        self._loader.rest([wanted.number for wanted in self._wanted])

    def align_by_hand(self, alignment: Alignment) -> None:
        """Take a person's word for how these two pictures lie over each other."""
        key = self._key()
        if key is not None:
            self._alignments[key] = alignment
            self._begun = None
            self._begin()

    def picture(self, side: int) -> Loaded | None:
        """The snapshot of a side, decoded."""
        return self._loader.get(self._wanted[side].number) if self._wanted else None

    def detection(self, side: int) -> Detection | None:
        """What is shown over it: the detection that was chosen, else the newest."""
        found, picture = self.sides[side], self.picture(side)
        if found is not None and found.detection is not None:
            return found.detection
        return None if picture is None else picture.detection

    @property
    def models_differ(self) -> bool:
        """Whether two models looked."""
        models = [
            None if each is None or each.subject is None else each.subject.detection.body["model"]
            for each in self.sides
        ]
        return bool(models[0] != models[1])

    def stop(self, seconds: float = 2.0) -> bool:
        """Begin nothing more; whether what runs has ended within that time."""
        self._work.forget()
        return self._loader.stop(seconds) & self._work.wait(seconds)

    @Slot()
    def _ask(self) -> None:
        if not self._wanted:
            return
        self._asked += 1
        self._access.read(
            partial(_find, self._asked, self._wanted, self._access.folder),
            self._take_found,
            self._refuse,
            key=f"{id(self)} sides",
        )

    @Slot(object)
    def _take_found(self, answer: tuple[int, Sequence[Found | None]]) -> None:
        asked, sides = answer
        if asked != self._asked:
            return
        self.sides = list(sides)
        for side in (0, 1):
            if self.sides[side] is None:
                self.troubles[side] = self.tr("This snapshot is not in the library any more.")
            self.found.emit(side)
        self._begin()

    @Slot(str)
    def _refuse(self, sentence: str) -> None:
        self.failed.emit(sentence)

    @Slot(object)
    def _take_picture(self, loaded: Loaded) -> None:
        for side, wanted in enumerate(self._wanted):
            if wanted.number == loaded.row.number:
                self.found.emit(side)
        self._begin()

    @Slot(int, str)
    def _take_trouble(self, number: int, sentence: str) -> None:
        for side, wanted in enumerate(self._wanted):
            if wanted.number == number:
                self.troubles[side] = sentence
                self.found.emit(side)

    def _key(self) -> tuple[str, str] | None:
        first, second = self.sides
        return None if first is None or second is None else (first.row.id, second.row.id)

    def _begin(self) -> None:
        """Compare, once both sides are there and if that was not done with the same already."""
        if not self._wanted:
            return
        first, second = self.picture(0), self.picture(1)
        left, right = self.sides
        key = self._key()
        if first is None or second is None or left is None or right is None or key is None:
            return
        shown = [each.subject and each.subject.detection.id for each in (left, right)]
        begun = (first.row.id, second.row.id, left.sidecar, right.sidecar, shown)
        if begun == self._begun:
            return
        self._begun = begun
        found = None
        if left.subject is not None and right.subject is not None and key[0] != key[1]:
            found = left.subject.inspected, right.subject.inspected
        maps = self.detection(0), self.detection(1)
        self._work.start(partial(_work, key, first, second, maps, found, self._alignments.get(key)))

    @Slot(object)
    def _take_result(self, answer: tuple[tuple[str, str], Compared]) -> None:
        key, result = answer
        self._alignments[key] = result.alignment
        if key == self._key():
            self.result = result
            self.finished.emit()


def _find(asked: int, wanted: tuple[Wanted, Wanted], folder: Path, library: Library) -> tuple[int, list[Found | None]]:
    """Called in the library's reading thread."""
    return asked, find_sides(library, folder, wanted)


def _work(key: tuple[str, str], *of: object) -> tuple[tuple[str, str], Compared]:
    """Called in the thread of the comparison."""
    return key, compared(*of)  # type: ignore[arg-type]
