from __future__ import annotations

import re
from pathlib import Path

import pytest

from crackinspector.core.errors import StorageError
from crackinspector.gui.report.document import LEAST_DPI, PRINT_DPI, Document
from crackinspector.gui.report.pdf_update import dated, spaced
from crackinspector.gui.report.writer import CancelledError, write_pdf
from tests.gui.report.conftest import Compose
from tests.gui.report.pdf import Pdf
from tests.library.full_disk import FullDisk


@pytest.fixture
def document(compose: Compose) -> Document:
    return compose(inspector="Ann Kim")


def test_it_is_a_pdf_with_text_that_can_be_searched_and_embedded_fonts(document: Document, tmp_path: Path) -> None:
    write_pdf(document, tmp_path / "report.pdf")
    pdf = Pdf(tmp_path / "report.pdf")
    assert len(pdf.pages) == document.count
    text = pdf.whole()
    for words in ("Inspection report", "Bridge 3", "Condition by element", "Ann Kim", "박지훈", "wet at its foot"):
        assert words in text
    assert "\t" not in text
    assert pdf.fonts()
    assert all(pdf.fonts().values())
    for page in range(2, document.count + 1):
        assert f"Page {page} of {document.count}" in pdf.text(page)


@pytest.mark.parametrize(("paper", "size"), [("A4", [0, 0, 595, 842]), ("Letter", [0, 0, 612, 792])])
def test_the_paper_is_what_was_asked_for(compose: Compose, tmp_path: Path, paper: str, size: list[float]) -> None:
    write_pdf(compose(paper=paper), tmp_path / "report.pdf")
    assert Pdf(tmp_path / "report.pdf").media_box() == size


def test_its_metadata_bookmarks_and_language_are_told(document: Document, tmp_path: Path) -> None:
    write_pdf(document, tmp_path / "report.pdf")
    pdf = Pdf(tmp_path / "report.pdf")
    assert pdf.information("Title") == "Inspection report: Bridge 3"
    assert pdf.information("Author") == "Ann Kim"
    assert pdf.information("Creator").startswith("crackinspector ")
    assert b"/CreationDate (D:20261121000000" in pdf.info
    assert b"/Lang <feff0065006e>" in pdf.root
    assert pdf.bookmarks() == [(mark.title, document.page_of(mark.key)) for mark in document.marks]
    assert ("Summary", 3) in pdf.bookmarks()
    links = re.findall(rb"/Subtype /Link.*?/Dest \[(\d+) 0 R", pdf.data)
    assert [pdf.page_numbers.index(int(link)) + 1 for link in links] == [
        document.page_of(mark.key) for mark in document.marks[2:]
    ]


def test_the_same_report_is_the_same_bytes(compose: Compose, tmp_path: Path) -> None:
    for name in ("one.pdf", "two.pdf"):
        write_pdf(compose(), tmp_path / name)
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()


def test_a_picture_that_cannot_be_read_is_told_once(document: Document, tmp_path: Path) -> None:
    (sentence,) = write_pdf(document, tmp_path / "report.pdf")
    assert sentence.startswith("cannot read ")
    assert "there is no such file" in sentence


def test_pictures_are_no_larger_than_they_are_printed(document: Document, tmp_path: Path) -> None:
    write_pdf(document, tmp_path / "report.pdf")
    # Twice 640 x 480 beside their maps, once on the cover; what is small is reduced.
    assert max(Pdf(tmp_path / "report.pdf").images()) == (640, 480)


def test_many_pictures_are_printed_more_coarsely(document: Document) -> None:
    def dpi(count: int) -> float:
        object.__setattr__(document.brief, "pictured", frozenset(map(str, range(count))))
        return document.print_dpi

    assert dpi(50) == PRINT_DPI
    assert LEAST_DPI < dpi(200) < PRINT_DPI
    assert dpi(100_000) == LEAST_DPI


def test_it_replaces_what_was_there_only_once_it_is_whole(document: Document, tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(b"before")
    seen = []
    write_pdf(document, path, lambda done, count: seen.append((done, count, path.read_bytes())))
    assert seen == [(number, document.count, b"before") for number in range(1, document.count + 1)]
    assert path.read_bytes().startswith(b"%PDF-")
    assert [each.name for each in tmp_path.glob("*report*")] + [each.name for each in tmp_path.glob(".*")] == [
        path.name
    ]


@pytest.mark.parametrize("room", [0, 4000, 30_000])
def test_a_full_disk_leaves_what_was_there(document: Document, tmp_path: Path, room: int) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(b"before")
    with FullDisk(room), pytest.raises(StorageError, match=r"No space left on device; free some space"):
        write_pdf(document, path)
    assert path.read_bytes() == b"before"
    assert list(tmp_path.glob(".*")) == []


def test_it_can_be_given_up(document: Document, tmp_path: Path) -> None:
    with pytest.raises(CancelledError):
        write_pdf(document, tmp_path / "report.pdf", stop=lambda: True)
    assert not list(tmp_path.glob("*.pdf"))
    assert not list(tmp_path.glob(".*"))


@pytest.mark.parametrize(
    ("where", "sentence"),
    [
        ("nowhere/report.pdf", "there is no folder .*nowhere; make it"),
        ("library/report.pdf", "lies in the library; choose another place"),
        (".", "it is a folder; give the name of a file in it"),
    ],
)
def test_where_it_cannot_be_written_is_told(document: Document, tmp_path: Path, where: str, sentence: str) -> None:
    with pytest.raises(StorageError, match=sentence):
        write_pdf(document, tmp_path / where)


def test_the_date_is_replaced_by_one_of_the_same_length() -> None:
    head = b"/CreationDate (D:20200101010101+01'00')\n/ModDate (D:20200101010101Z)"
    assert dated(head, "20261121101112") == b"/CreationDate (D:20261121101112+01'00')\n/ModDate (D:20261121101112Z)"


def test_glyphs_of_the_blank_stand_for_blanks() -> None:
    cmap = b"beginbfrange\n<0000> <0000> <0009>\n<0001> <0009> [<0048> <0009> <0031> ]\nendbfrange <0009>"
    assert (
        spaced(cmap) == b"beginbfrange\n<0000> <0000> <0020>\n<0001> <0009> [<0048> <0020> <0031> ]\nendbfrange <0009>"
    )
