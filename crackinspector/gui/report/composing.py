"""From the facts of a library to a document: reads what else a report needs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from crackinspector.core.errors import PictureError
from crackinspector.core.text import printable
from crackinspector.gui.models.catalogue import list_models
from crackinspector.gui.report.brief import Brief, Options
from crackinspector.gui.report.document import Document
from crackinspector.inference.card import ModelCard
from crackinspector.library.report_facts import ReportFacts

_LOGO = QSize(1600, 800)


def composed(facts: ReportFacts, options: Options, folder: Path) -> Document:
    """The report of these facts from the library in `folder`. Any thread; takes a moment.

    Raises:
        PictureError: the logo cannot be read.
    """
    logo = None if options.logo is None else read_logo(options.logo)
    return Document(Brief.of(facts, options, folder, known_cards(), logo))


def known_cards() -> Mapping[str, ModelCard]:
    """sha256 of a model -> its card: of the shipped models and of the user's own."""
    return {entry.card.sha256: entry.card for entry in list_models() if entry.card is not None}


def read_logo(path: Path) -> QImage:
    """A logo, no larger than it can be printed. Raises PictureError."""
    reader = QImageReader(str(path))
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and (size.width() > _LOGO.width() or size.height() > _LOGO.height()):
        reader.setScaledSize(size.scaled(_LOGO, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull():
        reason = reader.errorString() or "it is not a picture"
        raise PictureError(f"cannot read the logo {printable(path)}: {reason}; choose another picture")
    return image
