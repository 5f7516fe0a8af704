"""What overlays of pictures and video clips have in common: the crack map's colours, boxes, letters and shapes."""

from __future__ import annotations

import functools
from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from crackinspector.core.colours import map_opacity
from crackinspector.core.detection import Region
from crackinspector.core.labels import Label

MAX_BOXES = 200
MAX_TAGS = 12

LABEL_WORDS = {Label.POSITIVE: "CRACK", Label.NEGATIVE: "NO CRACK", Label.UNKNOWN: "NOT A SURFACE"}
BAR = (21, 23, 27)
TEXT = (236, 238, 241)
QUIET = (150, 157, 166)
# Red is kept for the alarm; the shape beside the word says the same without colour.
LABEL_COLOURS = {Label.POSITIVE: (255, 77, 66), Label.NEGATIVE: (92, 200, 132), Label.UNKNOWN: (150, 157, 166)}
_BOX = (255, 255, 255)
_HALO = (20, 20, 20)
_BAND = 128

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


def unit_of(width: int, height: int) -> float:
    """Scale of lines and letters: 1 for a picture of 720 px, growing more slowly than the picture does."""
    return float(max(1.0, (min(width, height * 1.6) / 720) ** 0.75))


def blend_map(image: NDArray[np.uint8], levels: NDArray[np.uint8], colours: NDArray[np.uint8], opacity: float) -> None:
    """Lay a crack map over a picture in place.

    Args:
        image: (h, w, 3) uint8 BGR.
        levels: (h, w) uint8, the map's values.
        colours: (256, 3) uint8 BGR by map value.
        opacity: 0..1, of the map's highest values.
    """
    if not opacity:
        return
    table = np.ascontiguousarray(colours)[None]
    over = (opacity * map_opacity())[None]
    visible = int(np.argmax(over[0] > 0))
    # Band by band: most of a map shows nothing, and float weights of a whole large picture cost too much memory.
    for top in range(0, len(image), _BAND):
        band = levels[top : top + _BAND]
        if band.max() < visible:
            continue
        under = image[top : top + _BAND]
        coloured = cv2.LUT(cv2.merge([band, band, band]), table)
        weights = cv2.LUT(band, over)
        image[top : top + _BAND] = cv2.blendLinear(under, coloured, 1 - weights, weights)


def draw_boxes(image: NDArray[np.uint8], regions: Sequence[Region], scale: tuple[float, float], unit: float) -> None:
    """Outline regions in place, the largest first with their scores.

    Args:
        image: (h, w, 3) uint8 BGR.
        regions: the largest first.
        scale: pixels of the image for each of the regions' pixels, across and down.
        unit: scale of lines and letters.
    """
    height, width = image.shape[:2]
    scale_x, scale_y = scale
    line = max(1, round(1.4 * unit))
    margin = round(3 * unit)
    corners = []
    for region in reversed(regions[:MAX_BOXES]):
        left = max(0, int(region.x * scale_x) - margin)
        top = max(0, int(region.y * scale_y) - margin)
        right = min(width - 1, round((region.x + region.w) * scale_x) + margin)
        bottom = min(height - 1, round((region.y + region.h) * scale_y) + margin)
        cv2.rectangle(image, (left, top), (right, bottom), _HALO, line + 2 * max(1, line // 2))
        cv2.rectangle(image, (left, top), (right, bottom), _BOX, line)
        corners.append((region, left, top))
    for region, left, top in corners[-MAX_TAGS:]:
        _draw_tag(image, region, left, top, unit)


def _draw_tag(image: NDArray[np.uint8], region: Region, left: int, top: int, unit: float) -> None:
    """The region's score as a small plate on the box's upper left corner, inside the picture."""
    letters = font(13 * unit)
    text = f"{region.score * 100:.0f} %"
    box = letters.getbbox(text)
    width, height = round(box[2] + 8 * unit), round(13 * unit * 1.45)
    left, top = min(left, image.shape[1] - width), top - height if top >= height else top
    if left < 0 or top + height > len(image):
        return
    plate = Image.new("RGB", (width, height), _BOX)
    ImageDraw.Draw(plate).text((width / 2, height / 2), text, fill=_HALO, font=letters, anchor="mm")
    image[top : top + height, left : left + width] = np.asarray(plate)[..., ::-1]


@functools.cache
def font(size: float) -> Font:
    """The letters of overlays at a size in pixels."""
    return ImageFont.load_default(size)


def draw_shape(draw: ImageDraw.ImageDraw, label: Label, x: float, middle: float, size: float) -> None:
    """The label's shape, `size` pixels wide, from `x` on and around the height `middle`."""
    colour, top, bottom = LABEL_COLOURS[label], middle - size / 2, middle + size / 2
    if label is Label.POSITIVE:
        draw.polygon([(x, bottom), (x + size / 2, top), (x + size, bottom)], fill=colour)
    elif label is Label.NEGATIVE:
        draw.ellipse([(x, top), (x + size, bottom)], fill=colour)
    else:
        draw.rectangle([(x, middle - size / 8), (x + size, middle + size / 8)], fill=colour)
