"""Sizes that fit fingers and eyes: from the screen's physical size, not from a number of pixels.

All pixels here are Qt's device-independent pixels.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtGui import QScreen

from crackinspector.core.settings import InterfaceSettings

_MM_PER_INCH = 25.4
# Screens report anything from nothing to a television's size; beyond these no panel that shows windows is made.
_LEAST_PPI, _MOST_PPI = 60.0, 600.0
# Height of the normal type in mm: a hand-held screen is read at 35 cm, a monitor at 60 cm.
_HELD_TYPE, _HELD_DIAGONAL = 2.1, 180.0
_DESK_TYPE, _DESK_DIAGONAL = 3.6, 400.0
_LEAST_TYPE = 14


@dataclass(frozen=True, slots=True)
class Metrics:
    """Sizes in device-independent pixels.

    Attributes:
        px_per_mm: pixels in a millimetre of the screen.
        touch_px: least width and height of what a finger is to hit.
        unit: of all spacings, which are whole multiples of it.
        small, normal, large, display: heights of type: notes, words, headings, the verdict.
        icon: side of an icon on a button.
    """

    px_per_mm: float
    touch_px: int
    unit: int
    small: int
    normal: int
    large: int
    display: int
    icon: int

    @classmethod
    def of(cls, px_per_mm: float, diagonal_mm: float, short_side: int, touch_mm: float = 9.0) -> Metrics:
        """Sizes for a screen.

        Args:
            px_per_mm: device-independent pixels in a millimetre.
            diagonal_mm: of the screen; larger ones stand further away.
            short_side: of the screen in device-independent pixels; type grows no larger than fits there.
            touch_mm: least side of what a finger is to hit.
        """
        away = (diagonal_mm - _HELD_DIAGONAL) / (_DESK_DIAGONAL - _HELD_DIAGONAL)
        type_mm = _HELD_TYPE + (_DESK_TYPE - _HELD_TYPE) * min(1.0, max(0.0, away))
        normal = max(_LEAST_TYPE, min(round(type_mm * px_per_mm), short_side // 26))
        return cls(
            px_per_mm=px_per_mm,
            touch_px=max(24, min(round(touch_mm * px_per_mm), short_side // 5)),
            unit=max(4, round(normal / 3)),
            small=max(12, round(normal * 0.84)),
            normal=normal,
            large=round(normal * 1.3),
            display=min(round(normal * 3.2), short_side // 15),
            icon=round(normal * 1.7),
        )

    @classmethod
    def for_screen(cls, screen: QScreen, interface: InterfaceSettings) -> Metrics:
        """Sizes for this screen; the setting `interface.pixels_per_inch` is believed before the screen is."""
        size = screen.geometry().size()
        ratio = screen.devicePixelRatio()
        pixels = math.hypot(size.width(), size.height())
        if interface.pixels_per_inch:
            ppi = interface.pixels_per_inch / ratio
        else:
            # By the diagonal: a rotated screen often reports its physical size unrotated.
            inches = math.hypot(screen.physicalSize().width(), screen.physicalSize().height()) / _MM_PER_INCH
            ppi = pixels / inches if inches > 0 else 0.0
            if not _LEAST_PPI <= ppi * ratio <= _MOST_PPI:
                ppi = screen.logicalDotsPerInch()
        px_per_mm = ppi / _MM_PER_INCH
        short_side = min(size.width(), size.height())
        return cls.of(px_per_mm, pixels / px_per_mm, short_side, interface.touch_mm)
