"""Draws a picture with its crack map, regions and a caption: for people to look at.

The colours say the map's value on a fixed scale, 0..1, the same in every picture, so that two overlays can be compared.
INFERNO is perceptually uniform (van der Walt and Smith 2015) and its bright end stands out from grey and brick.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from crackinspector.core.colours import map_colours, map_opacity
from crackinspector.core.detection import Analysis
from crackinspector.survey.drawing import (
    BAR,
    LABEL_COLOURS,
    LABEL_WORDS,
    QUIET,
    TEXT,
    blend_map,
    draw_boxes,
    draw_shape,
    font,
    unit_of,
)

MAX_SIDE = 4096
# Smaller pictures are drawn larger, so that the caption can be read.
MIN_SIDE = 720
JPEG_QUALITY = 90
COLOURS = map_colours("inferno")
OPACITY = 0.72


def overlay_size(width: int, height: int) -> tuple[int, int]:
    """Size in pixels (width, height) at which a picture of this size is drawn, without the caption bar."""
    longest = max(width, height)
    scale = min(1.0, MAX_SIDE / longest) if longest >= MIN_SIDE else MIN_SIDE / longest
    return max(1, round(width * scale)), max(1, round(height * scale))


def draw_overlay(image: NDArray[np.uint8], analysis: Analysis, model: str) -> NDArray[np.uint8]:
    """The overlay of one picture.

    Args:
        image: (h, w, 3) uint8 BGR, upright; the whole picture at any scale.
        analysis: what was found, in pixels of the full picture.
        model: the model's name, for the caption.

    Returns:
        (height + caption, width, 3) uint8 BGR, with height and width as `overlay_size` says.
    """
    width, height = overlay_size(analysis.width, analysis.height)
    drawn = _resized(image, width, height)
    blend_map(drawn, _shrunk_map(analysis.crack_map, width, height), COLOURS, OPACITY)
    unit = unit_of(width, height)
    draw_boxes(drawn, analysis.regions, (width / analysis.width, height / analysis.height), unit)
    return np.concatenate([drawn, _caption(width, unit, analysis, model)])


def encode_overlay(overlay: NDArray[np.uint8]) -> bytes:
    """The overlay as a JPEG file's content."""
    return cv2.imencode(".jpg", overlay, [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])[1].tobytes()


def encode_png(crack_map: NDArray[np.uint8]) -> bytes:
    """A crack map, (h, w) uint8, as an 8-bit grey PNG file's content."""
    return cv2.imencode(".png", crack_map)[1].tobytes()


def shrunk(crack_map: NDArray[np.uint8], times: int) -> NDArray[np.uint8]:
    """A crack map, (h, w) uint8, so many times smaller, each pixel the mean of those that it stands for."""
    if times == 1:
        return crack_map
    size = -(-crack_map.shape[1] // times), -(-crack_map.shape[0] // times)
    return cv2.resize(crack_map, size, interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False)


def _resized(image: NDArray[np.uint8], width: int, height: int) -> NDArray[np.uint8]:
    if image.shape[:2] == (height, width):
        return image.copy()
    how = cv2.INTER_AREA if image.shape[1] > width else cv2.INTER_CUBIC
    return cv2.resize(image, (width, height), interpolation=how).astype(np.uint8, copy=False)


def _shrunk_map(crack_map: NDArray[np.uint8], width: int, height: int) -> NDArray[np.uint8]:
    """The map at the overlay's size; the largest value survives, or hairlines would fade out of large pictures."""
    factor = int(np.ceil(crack_map.shape[1] / width))
    if factor > 1:
        pad_h, pad_w = -crack_map.shape[0] % factor, -crack_map.shape[1] % factor
        rows = range(0, crack_map.shape[0] + pad_h, factor)
        columns = np.arange(0, crack_map.shape[1] + pad_w, factor)
        # Row by row of the result: a map of 20,000 x 20,000 pixels is not copied as a whole.
        crack_map = np.stack([np.maximum.reduceat(crack_map[r : r + factor].max(axis=0), columns) for r in rows])
    how = cv2.INTER_LINEAR if factor == 1 else cv2.INTER_AREA
    return cv2.resize(crack_map, (width, height), interpolation=how).astype(np.uint8, copy=False)


def _caption(width: int, unit: float, analysis: Analysis, model: str) -> NDArray[np.uint8]:
    """The bar below the picture as (h, width, 3) BGR: word and shape, score, what was found, model, colour scale.

    What does not fit is left out from the least to the most important; the word always stays.
    """
    narrow = width < 520 * unit
    row = round(46 * unit)
    bar = Image.new("RGB", (width, row * (2 if narrow else 1)), BAR)
    draw = ImageDraw.Draw(bar)
    pad, gap = 14 * unit, 12 * unit
    middle = row / 2
    colour = LABEL_COLOURS[analysis.label]
    draw_shape(draw, analysis.label, pad, middle, 15 * unit)
    x = pad + 15 * unit + 9 * unit
    word = LABEL_WORDS[analysis.label]
    draw.text((x, middle), word, fill=colour, font=font(21 * unit), anchor="lm")
    x += draw.textlength(word, font=font(21 * unit)) + gap
    right = width - pad
    score = f"{analysis.score * 100:.1f} %"
    length = draw.textlength(score, font=font(21 * unit))
    if x + length <= right:
        draw.text((x, middle), score, fill=TEXT, font=font(21 * unit), anchor="lm")
    x += length + gap / 2
    meaning = "crack likelihood"
    length = draw.textlength(meaning, font=font(14 * unit))
    if x + length <= right:
        draw.text((x, middle + unit), meaning, fill=QUIET, font=font(14 * unit), anchor="lm")
    x += length + gap
    if narrow:
        x, middle = pad, row * 1.45
    legend = 150 * unit
    if x + legend <= right:
        _draw_legend(draw, right - legend, middle, legend, unit)
        right -= legend + 1.5 * gap
    count = len(analysis.regions)
    details = [model, f"{count} region{'' if count == 1 else 's'}", f"{analysis.width} x {analysis.height} px"]
    start = x if narrow else x + 1.5 * gap
    while details:
        text = "   ·   ".join(details)
        if start + draw.textlength(text, font=font(14 * unit)) <= right:
            draw.text((start, middle + unit), text, fill=QUIET, font=font(14 * unit), anchor="lm")
            break
        details.pop()
    return np.asarray(bar)[..., ::-1]


def _draw_legend(draw: ImageDraw.ImageDraw, left: float, middle: float, width: float, unit: float) -> None:
    """The colour scale from 0 to 1 as it looks over mid-grey, with a tick where the mask begins."""
    letters = font(13 * unit)
    inner_left, inner_right = round(left + 14 * unit), round(left + width - 14 * unit)
    top, bottom = round(middle - 5 * unit), round(middle + 5 * unit)
    draw.text((inner_left - 5 * unit, middle), "0", fill=QUIET, font=letters, anchor="rm")
    draw.text((inner_right + 5 * unit, middle), "1", fill=QUIET, font=letters, anchor="lm")
    for x in range(inner_left, inner_right):
        level = round(255 * (x - inner_left) / max(1, inner_right - inner_left - 1))
        mixed = 128 + OPACITY * map_opacity()[level] * (COLOURS[level].astype(np.float32) - 128)
        blue, green, red = (round(float(v)) for v in mixed)
        draw.line([(x, top), (x, bottom)], fill=(red, green, blue))
    half = (inner_left + inner_right) / 2
    draw.line([(half, top - 4 * unit), (half, bottom + 4 * unit)], fill=TEXT, width=max(1, round(unit)))
