"""Where cells lie in a grid or a strip: arithmetic, so that a list of 100,000 costs no more than one of a hundred."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize


@dataclass(frozen=True, slots=True)
class Cells:
    """Cells of one size in rows of one length, or, lying, in a single row.

    Attributes:
        count: how many.
        columns: in a row; 1 where they lie, for then they are counted along the strip.
        cell: size of one in pixels.
        gap: between them, and around all.
        left: what is free at the left of the first column.
        lying: whether it is a strip that scrolls sideways.
    """

    count: int
    columns: int
    cell: QSize
    gap: int
    left: int
    lying: bool

    @classmethod
    def grid(cls, count: int, width: int, least: int, gap: int, foot: int) -> Cells:
        """As many columns as fit into a width.

        Args:
            count: how many cells.
            width: in pixels.
            least: width of a cell; they grow until the row is full.
            gap: between them.
            foot: height of what stands below the picture, whose sides are as 4 to 3.
        """
        columns = max(1, (width - gap) // (least + gap))
        across = max(1, (width - gap) // columns - gap)
        used = columns * (across + gap) + gap
        return cls(count, columns, QSize(across, round(across * 0.75) + foot), gap, (width - used) // 2, False)

    @classmethod
    def strip(cls, count: int, height: int, gap: int, foot: int) -> Cells:
        """One row as high as there is room."""
        down = max(foot + 3, height - 2 * gap)
        return cls(count, 1, QSize(round((down - foot) / 0.75), down), gap, 0, True)

    @property
    def step(self) -> int:
        """From one row, or lying from one cell, to the next, in pixels."""
        return (self.cell.width() if self.lying else self.cell.height()) + self.gap

    @property
    def length(self) -> int:
        """Of everything, in the direction that it scrolls in."""
        return -(-self.count // self.columns) * self.step + self.gap

    def place(self, position: int) -> QRect:
        """Of a cell, before anything is scrolled."""
        row, column = divmod(position, self.columns)
        along = self.gap + row * self.step
        if self.lying:
            return QRect(QPoint(along, self.gap), self.cell)
        return QRect(QPoint(self.left + self.gap + column * (self.cell.width() + self.gap), along), self.cell)

    def at(self, x: int, y: int) -> int | None:
        """The cell at a point, before anything is scrolled; None between them and outside."""
        along, across = (x, y) if self.lying else (y, x - self.left)
        row = (along - self.gap) // self.step
        column = 0 if self.lying else (across - self.gap) // (self.cell.width() + self.gap)
        position = row * self.columns + column
        if row < 0 or not 0 <= column < self.columns or position >= self.count:
            return None
        return position if self.place(position).contains(x, y) else None

    def between(self, low: int, high: int) -> range:
        """The cells that a stretch of the direction of scrolling touches."""
        first = max(0, (low - self.gap) // self.step) * self.columns
        last = max(0, math.ceil((high - self.gap) / self.step)) * self.columns
        return range(min(first, self.count), min(last, self.count))
