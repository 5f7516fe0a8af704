"""Shows the same part of two pictures: whoever moves one moves the other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QObject, Slot

from crackinspector.core.frame import WHOLE, View
from crackinspector.gui.review.picture_view import PictureView
from crackinspector.gui.widgets.view_arithmetic import letterbox
from crackinspector.survey.reinspection.homography import Homography, moved, scale_at


@dataclass(frozen=True, slots=True)
class Place:
    """A picture in a widget: its width and height in its own pixels, and those of the widget in any unit."""

    picture: tuple[int, int]
    room: tuple[float, float]


def linked_view(view: View, here: Place, there: Place, homography: Homography | None) -> View:
    """The part of the other picture that shows the same at the same size on screen.

    Args:
        view: the part of this picture.
        here, there: this picture and the other.
        homography: from this picture's pixels to the other's; None: the same share of both is shown.
    """
    if homography is None or view == WHOLE:
        return view
    width, height = here.picture
    middle = np.array([[(view.x + view.w / 2) * width, (view.y + view.h / 2) * height]])
    x, y = moved(middle, homography)[0]
    scale = scale_at(middle[0], homography)
    if not np.isfinite([x, y, scale]).all() or scale <= 0:
        return view
    box, other = letterbox(*here.picture, *here.room), letterbox(*there.picture, *there.room)
    share = view.w * width / box.w * scale * other.w / there.picture[0]
    x, y = x / there.picture[0], y / there.picture[1]
    return View(float(x - share / 2), float(y - share / 2), share, share)


class Linker(QObject):
    """Ties the views of two pictures together. GUI thread only.

    Attributes:
        homography: from the first picture's pixels to the second's; None: they are tied by proportion.
        tied: whether they are tied at all.
    """

    def __init__(self, first: PictureView, second: PictureView, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._views = (first, second)
        self._moving = False
        self.homography: Homography | None = None
        self.tied = True
        first.view_changed.connect(self._first_moved)
        second.view_changed.connect(self._second_moved)

    def follow(self, leader: int) -> None:
        """Show in the other picture what one of them (0 or 1) shows."""
        led, other = self._views[leader], self._views[1 - leader]
        size, other_size = led.frame_size(), other.frame_size()
        if self._moving or not self.tied or size is None or other_size is None:
            return
        way = self.homography
        if way is not None and leader == 1:
            way = np.linalg.inv(way)
        here, there = Place(size, (led.width(), led.height())), Place(other_size, (other.width(), other.height()))
        self._moving = True
        other.set_view(linked_view(led.view, here, there, way))
        self._moving = False

    @Slot()
    def _first_moved(self) -> None:
        self.follow(0)

    @Slot()
    def _second_moved(self) -> None:
        self.follow(1)
