"""Pictures of a report's pages for docs/, of the library that the other pictures show.

python packaging/report_pages.py [--out docs/screenshots]
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from library_scene import LATER, STRUCTURE, make_library
from PIL import Image
from PySide6.QtGui import QGuiApplication, QImage

from crackinspector.gui.report.brief import Options
from crackinspector.gui.report.composing import composed
from crackinspector.gui.report.document import Document
from crackinspector.gui.report.preview import page_image
from crackinspector.library.report_facts import gather
from crackinspector.library.store import Library

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("en", "ko")
PAGES = {"cover": "cover", "summary": "summary", "element": "element 2", "gaps": "gaps"}
"""What a picture is called, and the mark on the page that it shows."""
WIDTH, QUALITY = 900, 88
DATE = "2026-11-21"


def main() -> int:
    """Make a library, and the pictures of a report of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "screenshots")
    options = parser.parse_args()
    app = QGuiApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as temporary:
        library, work = Path(temporary) / "library", Path(temporary) / "work"
        work.mkdir()
        make_library(library, work)
        for name in write_pages(library, options.out):
            print(name, flush=True)
    del app
    return 0


def write_pages(folder: Path, out: Path) -> list[str]:
    """Pictures of pages in every language, `report-<page>-<language>.webp`; returns their names."""
    out.mkdir(parents=True, exist_ok=True)
    with Library(folder, write=False) as library:
        facts = gather(library, STRUCTURE, LATER)
    names = []
    for language in LANGUAGES:
        document = composed(facts, Options(DATE, language=language, inspector="A. Kim"), folder)
        for page, mark in PAGES.items():
            names.append(f"report-{page}-{language}")
            _write(document, document.page_of(mark), out / f"{names[-1]}.webp")
    return names


def _write(document: Document, number: int, path: Path) -> None:
    image = page_image(document, number, WIDTH).convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    pixels = rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3)
    Image.fromarray(pixels).save(path, quality=QUALITY, method=6)


if __name__ == "__main__":
    sys.exit(main())
