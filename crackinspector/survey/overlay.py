"""Draws a picture with its crack map, regions and a caption: for people to look at.

The colours say the map's value on a fixed scale, 0..1, the same in every picture, so that two overlays can be compared.
INFERNO is perceptually uniform (van der Walt and Smith 2015) and its bright end stands out from grey and brick.
"""

from __future__ import annotations

import functools

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from crackinspector.core.detection import Analysis, Region
from crackinspector.core.labels import Label

MAX_SIDE = 4096
# Smaller pictures are drawn larger, so that the caption can be read.
MIN_SIDE = 720
JPEG_QUALITY = 90
MAX_BOXES = 200
MAX_TAGS = 12

LABEL_WORDS = {Label.POSITIVE: "CRACK", Label.NEGATIVE: "NO CRACK", Label.UNKNOWN: "NOT A SURFACE"}

_BAR = (21, 23, 27)
_TEXT = (236, 238, 241)
_QUIET = (150, 157, 166)
# Red is kept for the alarm; the shape beside the word says the same without colour.
_LABEL_COLOURS = {Label.POSITIVE: (255, 77, 66), Label.NEGATIVE: (92, 200, 132), Label.UNKNOWN: (150, 157, 166)}
_BOX = (255, 255, 255)
_HALO = (20, 20, 20)

_Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


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
    _blend_map(drawn, _shrunk_map(analysis.crack_map, width, height))
    unit = _unit(width, height)
    _draw_regions(drawn, analysis, unit)
    return np.concatenate([drawn, _caption(width, unit, analysis, model)])


def encode_overlay(overlay: NDArray[np.uint8]) -> bytes:
    """The overlay as a JPEG file's content."""
    return cv2.imencode(".jpg", overlay, [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])[1].tobytes()


def encode_png(crack_map: NDArray[np.uint8]) -> bytes:
    """A crack map, (h, w) uint8, as an 8-bit grey PNG file's content."""
    return cv2.imencode(".png", crack_map)[1].tobytes()


def _unit(width: int, height: int) -> float:
    """Scale of lines and letters: 1 for a picture of 720 px, growing more slowly than the picture does."""
    return float(max(1.0, (min(width, height * 1.6) / MIN_SIDE) ** 0.75))


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


@functools.cache
def _colours() -> NDArray[np.uint8]:
    """(256, 3) BGR for map values 0..255; starts above INFERNO's black, which would look like a stain."""
    values = np.linspace(64, 255, 256).round().astype(np.uint8)
    return cv2.applyColorMap(values[:, None], cv2.COLORMAP_INFERNO)[:, 0].astype(np.uint8)


@functools.cache
def _opacities() -> NDArray[np.float32]:
    """(256,) opacity for map values 0..255: nothing below 0.1, rising smoothly, the crack itself stays visible."""
    ramp = np.clip((np.arange(256) / 255 - 0.10) / 0.65, 0, 1)
    return (0.72 * ramp * ramp * (3 - 2 * ramp)).astype(np.float32)


def _blend_map(image: NDArray[np.uint8], levels: NDArray[np.uint8]) -> None:
    """Lay the map over the image in place, band by band: float copies of a whole large picture cost too much."""
    for top in range(0, len(image), 256):
        band = levels[top : top + 256]
        if not band.any():
            continue
        alpha = _opacities()[band][..., None]
        under = image[top : top + 256].astype(np.float32)
        image[top : top + 256] = np.rint(under + alpha * (_colours()[band] - under)).astype(np.uint8)


def _draw_regions(image: NDArray[np.uint8], analysis: Analysis, unit: float) -> None:
    height, width = image.shape[:2]
    scale_x, scale_y = width / analysis.width, height / analysis.height
    line = max(1, round(1.4 * unit))
    margin = round(3 * unit)
    corners = []
    for region in reversed(analysis.regions[:MAX_BOXES]):
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
    font = _font(13 * unit)
    text = f"{region.score * 100:.0f} %"
    box = font.getbbox(text)
    width, height = round(box[2] + 8 * unit), round(13 * unit * 1.45)
    left, top = min(left, image.shape[1] - width), top - height if top >= height else top
    if left < 0 or top + height > len(image):
        return
    plate = Image.new("RGB", (width, height), _BOX)
    ImageDraw.Draw(plate).text((width / 2, height / 2), text, fill=_HALO, font=font, anchor="mm")
    image[top : top + height, left : left + width] = np.asarray(plate)[..., ::-1]


@functools.cache
def _font(size: float) -> _Font:
    return ImageFont.load_default(size)


def _caption(width: int, unit: float, analysis: Analysis, model: str) -> NDArray[np.uint8]:
    """The bar below the picture as (h, width, 3) BGR: word and shape, score, what was found, model, colour scale.

    What does not fit is left out from the least to the most important; the word always stays.
    """
    narrow = width < 520 * unit
    row = round(46 * unit)
    bar = Image.new("RGB", (width, row * (2 if narrow else 1)), _BAR)
    draw = ImageDraw.Draw(bar)
    pad, gap = 14 * unit, 12 * unit
    middle = row / 2
    colour = _LABEL_COLOURS[analysis.label]
    _draw_shape(draw, analysis.label, pad, middle, 15 * unit)
    x = pad + 15 * unit + 9 * unit
    word = LABEL_WORDS[analysis.label]
    draw.text((x, middle), word, fill=colour, font=_font(21 * unit), anchor="lm")
    x += draw.textlength(word, font=_font(21 * unit)) + gap
    right = width - pad
    score = f"{analysis.score * 100:.1f} %"
    length = draw.textlength(score, font=_font(21 * unit))
    if x + length <= right:
        draw.text((x, middle), score, fill=_TEXT, font=_font(21 * unit), anchor="lm")
    x += length + gap / 2
    meaning = "crack likelihood"
    length = draw.textlength(meaning, font=_font(14 * unit))
    if x + length <= right:
        draw.text((x, middle + unit), meaning, fill=_QUIET, font=_font(14 * unit), anchor="lm")
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
        if start + draw.textlength(text, font=_font(14 * unit)) <= right:
            draw.text((start, middle + unit), text, fill=_QUIET, font=_font(14 * unit), anchor="lm")
            break
        details.pop()
    return np.asarray(bar)[..., ::-1]


def _draw_shape(draw: ImageDraw.ImageDraw, label: Label, x: float, middle: float, size: float) -> None:
    colour, top, bottom = _LABEL_COLOURS[label], middle - size / 2, middle + size / 2
    if label is Label.POSITIVE:
        draw.polygon([(x, bottom), (x + size / 2, top), (x + size, bottom)], fill=colour)
    elif label is Label.NEGATIVE:
        draw.ellipse([(x, top), (x + size, bottom)], fill=colour)
    else:
        draw.rectangle([(x, middle - size / 8), (x + size, middle + size / 8)], fill=colour)


def _draw_legend(draw: ImageDraw.ImageDraw, left: float, middle: float, width: float, unit: float) -> None:
    """The colour scale from 0 to 1 as it looks over mid-grey, with a tick where the mask begins."""
    font = _font(13 * unit)
    inner_left, inner_right = round(left + 14 * unit), round(left + width - 14 * unit)
    top, bottom = round(middle - 5 * unit), round(middle + 5 * unit)
    draw.text((inner_left - 5 * unit, middle), "0", fill=_QUIET, font=font, anchor="rm")
    draw.text((inner_right + 5 * unit, middle), "1", fill=_QUIET, font=font, anchor="lm")
    for x in range(inner_left, inner_right):
        level = round(255 * (x - inner_left) / max(1, inner_right - inner_left - 1))
        mixed = 128 + _opacities()[level] * (_colours()[level].astype(np.float32) - 128)
        blue, green, red = (round(float(v)) for v in mixed)
        draw.line([(x, top), (x, bottom)], fill=(red, green, blue))
    half = (inner_left + inner_right) / 2
    draw.line([(half, top - 4 * unit), (half, bottom + 4 * unit)], fill=_TEXT, width=max(1, round(unit)))
