"""Prints a report on paper, where there is a printer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QPainter

from crackinspector.core.errors import StorageError
from crackinspector.gui.report.document import Document
from crackinspector.gui.report.sheet import PER_INCH
from crackinspector.gui.report.writer import CancelledError

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter


def printers() -> list[str]:
    """The names of the printers; asks the system for them, which may take its time. Any thread."""
    try:
        # Some distributions have it in a package of its own.
        from PySide6.QtPrintSupport import QPrinterInfo
    except ImportError:
        return []
    return list(QPrinterInfo.availablePrinterNames())


def new_printer(document: Document) -> QPrinter:
    """A printer with the document's paper and pages. GUI thread."""
    from PySide6.QtPrintSupport import QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageSize(document.brief.sheet.page_size)
    printer.setFullPage(True)
    printer.setPageMargins(QMarginsF(0, 0, 0, 0))
    printer.setDocName(document.brief.title)
    printer.setFromTo(1, document.count)
    return printer


def print_pages(
    document: Document,
    printer: QPrinter,
    told: Callable[[int, int], None] = lambda done, count: None,
    stop: Callable[[], bool] = lambda: False,
) -> int:
    """Print the pages that the printer is set to; returns how many. Any thread.

    Raises:
        StorageError: the printer does not take them.
        CancelledError: it was to stop; the pages before were printed.
    """
    first = max(1, printer.fromPage() or 1)
    last = min(document.count, printer.toPage() or document.count)
    painter = QPainter()
    if not painter.begin(printer):
        raise StorageError("the printer does not take anything; see whether it is on and has paper, and try again")
    try:
        scale = printer.resolution() / PER_INCH
        pictures = document.pictures(document.print_dpi)
        for number in range(first, last + 1):
            if stop():
                printer.abort()
                raise CancelledError
            if number > first and not printer.newPage():
                raise StorageError("the printer has stopped; see whether it has paper, and try again")
            painter.resetTransform()
            painter.scale(scale, scale)
            document.paint(painter, number, pictures)
            told(number - first + 1, last - first + 1)
    finally:
        painter.end()
    return last - first + 1
