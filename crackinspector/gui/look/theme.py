"""The two sets of colours. One accent; red belongs to the crack alone; calm states have no colour to speak of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtGui import QColor

from crackinspector.gui.look.metrics import Metrics


@dataclass(frozen=True, slots=True)
class Colours:
    """Colours by what they are for, as #rrggbb.

    Attributes:
        ground: behind everything, and around a picture that does not fill its place.
        panel, raised, pressed: a surface on the ground, a control on a surface, a control under the finger.
        line: borders and grooves.
        text, quiet: what is read first, and what stands beside it.
        accent, on_accent: what is chosen or can be moved, and text on it.
        alarm, on_alarm: a crack, and text on it.
        calm: the verdict that there is nothing to do.
        plate, on_plate: the plate below words that lie over the picture, and those words.
        plate_opacity: 0..1.
        stroke: factor on the width of lines and icons; sunlight takes the thin ones away.
    """

    ground: str
    panel: str
    raised: str
    pressed: str
    line: str
    text: str
    quiet: str
    accent: str
    on_accent: str
    alarm: str
    on_alarm: str
    calm: str
    plate: str
    on_plate: str
    plate_opacity: float
    stroke: float


DARK = Colours(
    ground="#0b0d10",
    panel="#14171c",
    raised="#1f242b",
    pressed="#2d343d",
    line="#3a424d",
    text="#f2f5f7",
    quiet="#aab4bf",
    accent="#45c4f5",
    on_accent="#03202d",
    alarm="#c9190e",
    on_alarm="#ffffff",
    calm="#cfdbd4",
    plate="#1d2229",
    on_plate="#f2f5f7",
    plate_opacity=0.86,
    stroke=1.0,
)
SUNLIGHT = Colours(
    ground="#f4f5f5",
    panel="#ffffff",
    raised="#e6e9eb",
    pressed="#ccd2d6",
    line="#4c555d",
    text="#000000",
    quiet="#2b3238",
    accent="#00506f",
    on_accent="#ffffff",
    alarm="#a30d04",
    on_alarm="#ffffff",
    calm="#11271b",
    plate="#ffffff",
    on_plate="#000000",
    plate_opacity=0.96,
    stroke=1.35,
)
THEMES: Mapping[str, Colours] = {"dark": DARK, "sunlight": SUNLIGHT}


@dataclass(frozen=True, slots=True)
class Look:
    """A theme at the sizes of one screen.

    Attributes:
        theme: one of `THEMES`, the value of the setting `interface.theme`.
        metrics: the sizes.
    """

    theme: str
    metrics: Metrics

    @property
    def colours(self) -> Colours:
        """The theme's colours."""
        return THEMES[self.theme]

    @property
    def dark(self) -> bool:
        """Whether the ground is dark."""
        return self.theme == "dark"

    def stroke(self, width: float) -> float:
        """A line of `width` device-independent pixels as heavy as this theme draws it."""
        return width * self.colours.stroke

    def plate(self) -> QColor:
        """The colour of plates over the picture, with its opacity."""
        colour = QColor(self.colours.plate)
        colour.setAlphaF(self.colours.plate_opacity)
        return colour
