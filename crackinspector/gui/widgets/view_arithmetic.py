"""Where a view lies in its frame and on screen: zoom, movement and letterbox, free of Qt's state.

A view has the frame's aspect: its width and height are the same share of the frame, 1 / zoom.
"""

from __future__ import annotations

from dataclasses import dataclass

from crackinspector.core.frame import View

MOST_ZOOM = 8.0
"""Of the live picture; other pictures have limits of their own."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels of some canvas: left and top edge, size."""

    x: float
    y: float
    w: float
    h: float


def zoom_of(view: View) -> float:
    """How many times larger than the whole frame the view is shown, >= 1."""
    return 1.0 / view.w


def view_around(x: float, y: float, zoom: float, most: float = MOST_ZOOM) -> View:
    """The view at a zoom whose middle is as near to the point (x, y), in shares of the frame, as the frame allows."""
    share = 1.0 / min(most, max(1.0, zoom))
    return _inside(x - share / 2, y - share / 2, share)


def zoomed(view: View, factor: float, x: float, y: float, most: float = MOST_ZOOM) -> View:
    """The view `factor` times nearer; the point (x, y) of the frame stays in its place unless an edge is in the way."""
    share = 1.0 / min(most, max(1.0, zoom_of(view) * factor))
    ratio = share / view.w
    return _inside(x - (x - view.x) * ratio, y - (y - view.y) * ratio, share)


def moved(view: View, dx: float, dy: float) -> View:
    """The view moved by shares of the frame, as far as the frame goes."""
    return _inside(view.x + dx, view.y + dy, view.w)


def letterbox(frame_width: int, frame_height: int, width: float, height: float) -> Box:
    """The largest place of the frame's aspect in the middle of a canvas, on whole pixels."""
    scale = min(width / frame_width, height / frame_height)
    w, h = max(1, round(frame_width * scale)), max(1, round(frame_height * scale))
    return Box((width - w) // 2, (height - h) // 2, w, h)


def placed(part: View, view: View, box: Box) -> Box:
    """Where a part of the frame lies when the view fills the box; it may reach over the box's edges."""
    scale_x, scale_y = box.w / view.w, box.h / view.h
    return Box(
        box.x + (part.x - view.x) * scale_x, box.y + (part.y - view.y) * scale_y, part.w * scale_x, part.h * scale_y
    )


def frame_point(x: float, y: float, view: View, box: Box) -> tuple[float, float]:
    """The point of the frame, in shares of it, that is shown at (x, y) of the canvas."""
    return view.x + (x - box.x) / box.w * view.w, view.y + (y - box.y) / box.h * view.h


def _inside(x: float, y: float, share: float) -> View:
    room = 1.0 - share
    return View(min(room, max(0.0, x)), min(room, max(0.0, y)), share, share)
