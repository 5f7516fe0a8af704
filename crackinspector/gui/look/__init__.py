"""How the application looks: colours, sizes from the screen's physical size, the typeface, icons and the style sheet.

`apply_look` puts a look on the application; widgets draw themselves with `current_look` and are told by Qt's
StyleChange event when it changes: `Dressed` is what most of them answer it with.
"""

from __future__ import annotations

from crackinspector.gui.look.dressed import Dressed
from crackinspector.gui.look.fonts import font, load_fonts
from crackinspector.gui.look.icons import icon, pixmap
from crackinspector.gui.look.metrics import Metrics
from crackinspector.gui.look.style import apply_look, current_look
from crackinspector.gui.look.theme import THEMES, Colours, Look

__all__ = [
    "THEMES",
    "Colours",
    "Dressed",
    "Look",
    "Metrics",
    "apply_look",
    "current_look",
    "font",
    "icon",
    "load_fonts",
    "pixmap",
]
