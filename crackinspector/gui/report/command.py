"""`crackinspector report`: from a library to a PDF, without a screen."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from tqdm import tqdm

from crackinspector.core.text import printable
from crackinspector.gui.i18n import chosen_language
from crackinspector.gui.report.brief import Options
from crackinspector.gui.report.composing import composed
from crackinspector.gui.report.writer import write_pdf
from crackinspector.library.report_facts import gather
from crackinspector.library.store import Library


@dataclass(frozen=True, slots=True)
class ReportRun:
    """What the command line asks for.

    Attributes:
        library: its folder.
        structure: the one to report on.
        inspection: of it, or None for all.
        out: the PDF.
        options: `language` may be "auto".
        quiet: no progress and no summary.
    """

    library: Path
    structure: str
    inspection: str | None
    out: Path
    options: Options
    quiet: bool = False


def run_report(run: ReportRun) -> int:
    """Write the report and return the exit status. The main thread's.

    Raises:
        CrackInspectorError: there is nothing to report, or it cannot be written.
    """
    # Nothing is shown, so that no screen is needed; whoever has set the variable knows better.
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    qt = QGuiApplication.instance() or QGuiApplication([sys.argv[0] if sys.argv else "crackinspector"])
    qt.setApplicationName("crackinspector")
    options = replace(run.options, language=chosen_language(run.options.language))
    with Library(run.library, write=False) as library:
        facts, folder = gather(library, run.structure, run.inspection), library.folder
        for notice in library.notices:
            print(f"crackinspector: {notice}", file=sys.stderr)
    document = composed(facts, options, folder)
    # No thread of its own that watches over it.
    tqdm.monitor_interval = 0
    # None: where standard error is no terminal there is no bar.
    with tqdm(total=document.count, unit="page", disable=True if run.quiet else None, leave=False) as bar:

        def tell(done: int, count: int) -> None:
            bar.update(done - bar.n)

        troubles = write_pdf(document, run.out, tell)
    for sentence in troubles:
        print(f"crackinspector: {sentence}", file=sys.stderr)
    if not run.quiet:
        print(f"{printable(run.out)}: {document.count} pages, {len(facts.snapshots)} snapshots")
    return 1 if troubles else 0
