"""Which part of one picture goes with a part of another."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from crackinspector.core.frame import WHOLE, View
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
