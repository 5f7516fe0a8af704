"""Writes a report as a PDF: page by page, whole or not at all."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QUuid
from PySide6.QtGui import QPainter, QPdfWriter

import crackinspector
from crackinspector.core.errors import StorageError
from crackinspector.core.text import printable
from crackinspector.gui.report.document import Document
from crackinspector.gui.report.pdf_update import Bookmark, Link, dated, spaced, update, xmp
from crackinspector.gui.report.sheet import PER_INCH, PT
from crackinspector.library.durable import remove, storage_error, sync_folder, write_all

CREATOR = f"crackinspector {crackinspector.__version__}"


class CancelledError(Exception):
    """Nobody wants the report any more; nothing was written."""


def write_pdf(
    document: Document,
    path: Path,
    told: Callable[[int, int], None] = lambda done, count: None,
    stop: Callable[[], bool] = lambda: False,
) -> list[str]:
    """Write a report; a file of that name is replaced once the new one is on the disk. Any thread.

    Args:
        document: the report.
        path: the file; its folder is there.
        told: called with each page that is done, and how many there are.
        stop: asked before each page whether to give it up.

    Returns:
        A sentence for each picture that could not be read; the report says so in its place.

    Raises:
        StorageError: it cannot be written; what was there stays as it is.
        CancelledError: it was to stop.
    """
    path = path.absolute()
    library = document.brief.folder
    if path.resolve().is_relative_to(library.resolve()):
        raise StorageError(f"{printable(path)} lies in the library; choose another place")
    if path.is_dir():
        raise StorageError(f"cannot write {printable(path)}: it is a folder; give the name of a file in it")
    if not path.parent.is_dir():
        raise StorageError(
            f"cannot write {printable(path)}: there is no folder {printable(path.parent)}; make it, "
            "or choose another place"
        )
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        descriptor = os.open(part, os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o666)
        try:
            troubles = _write_pages(document, descriptor, told, stop)
            with open(descriptor, "rb", closefd=False) as file:
                end = _end(document, file)
            os.lseek(descriptor, 0, os.SEEK_END)
            write_all(descriptor, end)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        part.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise storage_error(path, error) from error
    finally:
        remove(part)
    return troubles


def _write_pages(
    document: Document, descriptor: int, told: Callable[[int, int], None], stop: Callable[[], bool]
) -> list[str]:
    brief, buffer = document.brief, QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(PER_INCH)
    writer.setPageSize(brief.sheet.page_size)
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    writer.setTitle(_title(document))
    writer.setCreator(CREATOR)
    date = brief.options.date
    writer.setDocumentXmpMetadata(
        xmp(_title(document), printable(brief.options.inspector), CREATOR, brief.words.language, date)
    )
    # The same report has the same name.
    writer.setDocumentId(QUuid(str(uuid.uuid5(uuid.NAMESPACE_OID, f"{brief.facts.fingerprint} {date}"))))
    pictures = document.pictures(document.print_dpi)
    moment = "".join(filter(str.isdigit, date))[:14].ljust(14, "0")

    def flush(first: bool = False) -> None:
        content = bytes(buffer.data().data())
        buffer.close()
        buffer.setData(b"")
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        write_all(descriptor, spaced(dated(content, moment) if first else content))

    painter = QPainter(writer)
    try:
        for number in range(1, document.count + 1):
            if stop():
                raise CancelledError
            if number > 1:
                writer.newPage()
                flush(number == 2)
            document.paint(painter, number, pictures)
            told(number, document.count)
    finally:
        painter.end()
    flush(document.count == 1)
    return list(pictures.troubles.values())


def _end(document: Document, file: BinaryIO) -> bytes:
    sheet = document.brief.sheet
    marks = document.marks
    bookmarks = [
        Bookmark(
            mark.title, mark.level, document.page_of(mark.key), (sheet.height - document.top_of(mark.key)) / PT + 6
        )
        for mark in marks
    ]
    numbers = {mark.key: number for number, mark in enumerate(marks)}
    links = [
        Link(
            page,
            box.left() / PT,
            (sheet.height - box.bottom()) / PT,
            box.right() / PT,
            (sheet.height - box.top()) / PT,
            numbers[key],
        )
        for page, box, key in document.links()
    ]
    information = {
        "Title": _title(document),
        "Author": printable(document.brief.options.inspector.strip()),
        "Creator": CREATOR,
        "Producer": "Qt",
    }
    return update(file, bookmarks, links, document.brief.words.language, information)


def _title(document: Document) -> str:
    brief = document.brief
    return f"{printable(brief.title)}: {brief.words.place(brief.facts.structure)}"
