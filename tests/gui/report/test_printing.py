from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter

from crackinspector.gui.report.printing import new_printer, print_pages, printers
from crackinspector.gui.report.writer import CancelledError
from tests.gui.report.conftest import Compose


def to_file(printer: QPrinter, path: Path) -> None:
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))


def test_all_pages_are_printed_on_the_paper_that_was_asked_for(compose: Compose, tmp_path: Path) -> None:
    document = compose(paper="Letter")
    printer = new_printer(document)
    to_file(printer, tmp_path / "printed.pdf")
    told: list[int] = []
    assert print_pages(document, printer, lambda done, count: told.append(done)) == document.count
    assert told == list(range(1, document.count + 1))
    pages = (tmp_path / "printed.pdf").read_bytes().count(b"/Type /Page\n")
    assert pages == document.count
    assert b"/MediaBox [0 0 612" in (tmp_path / "printed.pdf").read_bytes()


def test_a_range_of_pages_is_printed(compose: Compose, tmp_path: Path) -> None:
    document = compose()
    printer = new_printer(document)
    to_file(printer, tmp_path / "printed.pdf")
    printer.setFromTo(2, 3)
    assert print_pages(document, printer) == 2
    assert (tmp_path / "printed.pdf").read_bytes().count(b"/Type /Page\n") == 2


def test_printing_can_be_given_up(compose: Compose, tmp_path: Path) -> None:
    document = compose()
    printer = new_printer(document)
    to_file(printer, tmp_path / "printed.pdf")
    with pytest.raises(CancelledError):
        print_pages(document, printer, stop=lambda: True)


def test_the_printers_are_a_list_of_names(compose: Compose) -> None:
    assert all(isinstance(name, str) for name in printers())
