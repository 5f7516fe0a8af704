"""The one typeface, for Latin and Hangul; its figures are equally wide, so that numbers do not jump."""

from __future__ import annotations

import functools
import logging

from PySide6.QtGui import QFont, QFontDatabase

from crackinspector.core.shipped import shipped_folder

_log = logging.getLogger(__name__)
_FILES = ("CrackinspectorSans-Regular.otf", "CrackinspectorSans-SemiBold.otf")
_FALLBACKS = ("Inter", "Noto Sans", "Noto Sans CJK KR", "DejaVu Sans", "sans-serif")


@functools.cache
def load_fonts() -> str:
    """Make the typeface known to Qt and return its family; needs a QGuiApplication.

    A missing file is logged and replaced by what the system has: the window must come up all the same.
    """
    family = ""
    for name in _FILES:
        path = shipped_folder("resources") / "fonts" / name
        number = QFontDatabase.addApplicationFont(str(path)) if path.is_file() else -1
        if number < 0:
            _log.warning("the typeface %s cannot be loaded; the system's is used", path)
            continue
        family = family or QFontDatabase.applicationFontFamilies(number)[0]
    return family or _FALLBACKS[0]


def font(pixels: int, *, strong: bool = False) -> QFont:
    """The typeface at a height in pixels, semi-bold if strong."""
    made = QFont([load_fonts(), *_FALLBACKS])
    made.setPixelSize(max(1, pixels))
    made.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    return made
