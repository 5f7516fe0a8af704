"""What a clip shows: the frame, the crack map over the part that the model saw, and a bar with what it said."""

from __future__ import annotations

import functools
from dataclasses import dataclass, replace
from datetime import datetime

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from crackinspector.core.colours import map_colours
from crackinspector.core.detection import Detection
from crackinspector.core.frame import Frame
from crackinspector.core.labels import Label, sureness
from crackinspector.core.settings import ViewSettings
from crackinspector.core.text import printable, whole_percent, without_password
from crackinspector.pipeline.freshness import WHOLE_SECONDS, strength
from crackinspector.pipeline.steady import Verdict
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


@dataclass(frozen=True, slots=True)
class Shot:
    """A frame of a clip, with what was known when it was taken.

    Attributes:
        place: ascending number of the picture that it is in a clip, at the clip's speed; gaps are time without a frame.
        frame: the picture.
        detection: the newest one at that time, which is of an earlier frame; None if there was none.
        verdict: as it was shown, steadied; None = the detection's own label and score.
        whole_until: age of the detection, in seconds before the frame, from which on it fades.
        moved: how far the picture has moved to the right and down since the detection's frame, in shares of its size;
            None where that is unknown, and an old detection is then not drawn.
    """

    place: int
    frame: Frame
    detection: Detection | None = None
    verdict: Verdict | None = None
    whole_until: float = WHOLE_SECONDS
    moved: tuple[float, float] | None = None


def draw_shot(shot: Shot, view: ViewSettings) -> NDArray[np.uint8]:
    """The shot with its overlay.

    Args:
        shot: what to draw.
        view: whether and how map and regions are drawn.

    Returns:
        (h + bar, w, 3) uint8 BGR, the bar below the frame; all shots of frames of one size have the same size.
    """
    frame = shot.frame
    drawn = frame.image.copy()
    unit = unit_of(frame.width, frame.height)
    detection, seen = shot.detection, _strength(shot)
    if detection is not None and seen:
        share_right, share_down = shot.moved or (0.0, 0.0)
        right, down = round(share_right * frame.width), round(share_down * frame.height)
        if view.heat_map:
            _blend(drawn, detection, (right, down), map_colours(view.colour_map), view.opacity * seen)
        if view.regions and seen == 1:
            regions = [replace(region, x=region.x + right, y=region.y + down) for region in detection.regions]
            draw_boxes(drawn, regions, (1.0, 1.0), unit)
    return np.concatenate([drawn, _bar(frame.width, unit, *_words(shot, seen))])


def _blend(
    drawn: NDArray[np.uint8], detection: Detection, moved: tuple[int, int], colours: NDArray[np.uint8], opacity: float
) -> None:
    """Lay the map over the part of the picture that the model saw, as far as that is still in the picture."""
    height, width = drawn.shape[:2]
    left, top, right, bottom = detection.view.pixels(width, height)
    levels = cv2.resize(detection.crack_map, (right - left, bottom - top), interpolation=cv2.INTER_LINEAR)
    left, top = left + moved[0], top + moved[1]
    x, y = max(0, left), max(0, top)
    levels = levels[y - top : height - top, x - left : width - left].astype(np.uint8, copy=False)
    if levels.size:
        seen = drawn[y : y + levels.shape[0], x : x + levels.shape[1]]
        blend_map(seen, np.ascontiguousarray(levels), colours, opacity)


def _strength(shot: Shot) -> float:
    if shot.detection is None:
        return 0.0
    age = shot.frame.captured_at - shot.detection.captured_at
    return strength(age, shot.whole_until if shot.moved is not None else WHOLE_SECONDS)


def _words(shot: Shot, seen: float) -> tuple[Label | None, str, str, str]:
    """Label, probability, time and the rest of the bar."""
    moment = f"{datetime.fromtimestamp(shot.frame.taken_at):%Y-%m-%d %H:%M:%S}"
    source = printable(without_password(shot.frame.source))
    if shot.detection is None or not seen:
        return None, "", moment, source
    said = shot.verdict or shot.detection
    sure = sureness(said.label, said.score)
    told = "" if sure is None else f"{whole_percent(sure)} %"
    return said.label, told, moment, f"{shot.detection.model}   ·   {source}"


# A few shots in a row have the same bar, and letters are what costs most about it.
@functools.lru_cache(maxsize=4)
def _bar(width: int, unit: float, label: Label | None, percent: str, moment: str, rest: str) -> NDArray[np.uint8]:
    """The bar as (h, width, 3) BGR: shape and word, probability, model and source, time.

    What does not fit is left out, from the least to the most important; the word always stays.
    """
    height = round(46 * unit)
    bar = Image.new("RGB", (width, height), BAR)
    draw = ImageDraw.Draw(bar)
    x, right, middle, gap = 14 * unit, width - 14 * unit, height / 2, 12 * unit
    large, small = font(21 * unit), font(14 * unit)
    if label is None:
        word, colour = "NOT LOOKED AT", QUIET
    else:
        word, colour = LABEL_WORDS[label], LABEL_COLOURS[label]
        draw_shape(draw, label, x, middle, 15 * unit)
        x += 24 * unit
    draw.text((x, middle), word, fill=colour, font=large, anchor="lm")
    x += draw.textlength(word, font=large) + gap
    if x + draw.textlength(percent, font=large) <= right:
        draw.text((x, middle), percent, fill=TEXT, font=large, anchor="lm")
    # Its widest text, so that what follows does not jump.
    x += draw.textlength("100 %", font=large) + gap
    if x + draw.textlength(moment, font=small) <= right:
        draw.text((right, middle + unit), moment, fill=TEXT, font=small, anchor="rm")
    right -= draw.textlength(moment, font=small) + gap
    if x + draw.textlength(rest, font=small) <= right:
        draw.text((x, middle + unit), rest, fill=QUIET, font=small, anchor="lm")
    return np.ascontiguousarray(np.asarray(bar)[..., ::-1])
