"""From the command line to an open window: what has to be there, which settings hold, what is told first."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import cv2
from PySide6.QtWidgets import QApplication

from crackinspector.core.errors import UsageError
from crackinspector.core.settings import Settings
from crackinspector.core.text import printable
from crackinspector.gui.app import Application
from crackinspector.gui.sentences import translated
from crackinspector.gui.window_state import WindowState
from crackinspector.inference.shipped import resolve_model
from crackinspector.library.layout import is_library
from crackinspector.library.places import library_folder, reviewer
from crackinspector.pipeline.crash import CrashFile, CrashReport
from crackinspector.pipeline.logs import Log
from crackinspector.pipeline.options import LiveOptions, ReviewOptions
from crackinspector.pipeline.settings_file import Saver, load_settings, settings_path
from crackinspector.pipeline.state_folder import state_folder
from crackinspector.sources.catalogue import open_source


def run_live(options: LiveOptions) -> int:
    """Open the window, and return the exit status once it is closed. The main thread's.

    Raises:
        CrackInspectorError: there is no screen, or the options cannot be met.
    """
    _require_screen()
    cv2.setNumThreads(1)  # as headless: further threads would take processors from the model
    path = options.config or settings_path()
    kept, problems = load_settings(path, named=options.config is not None)
    settings = with_options(kept, options)
    # What is asked for now has to be there; what was kept may be gone, and another choice is then made in the window.
    if options.source is not None:
        open_source(options.source, settings.source)
    if options.model is not None:
        resolve_model(options.model)
    qt = _qt()
    with closing(Log()), closing(CrashFile()) as crashes:
        save = Saver(path, kept, settings)
        application = Application(qt, settings, options, save=save, file=path, state=WindowState())
        _tell(application.say, [*problems, *application.window.actions_.refused], crashes)
        status = application.run()
    _leave_behind(status)
    return status


def run_review(options: ReviewOptions) -> int:
    """Open the reviewer's desk, and return the exit status once it is closed. The main thread's.

    Raises:
        CrackInspectorError: there is no screen, or no such library.
    """
    from crackinspector.gui.desk import Desk

    _require_screen()
    path = options.config or settings_path()
    kept, problems = load_settings(path, named=options.config is not None)
    folder = options.library or library_folder(kept)
    if not is_library(folder):
        raise UsageError(
            f"there is no library in {printable(folder)}; `crackinspector library import` makes one of pictures"
        )
    who = options.who or reviewer(kept)
    qt = _qt()
    with closing(Log()), closing(CrashFile()) as crashes:
        save, state = Saver(path, kept, kept), WindowState(state_folder() / "review.ini")
        desk = Desk(qt, kept, options, folder, who, save=save, state=state)
        _tell(desk.say, problems, crashes)
        status = desk.run()
    _leave_behind(status)
    return status


def _qt() -> QApplication:
    qt = QApplication.instance() or QApplication([sys.argv[0] if sys.argv else "crackinspector"])
    assert isinstance(qt, QApplication)
    qt.setApplicationName("crackinspector")
    qt.setDesktopFileName("crackinspector")
    return qt


def _tell(say: Callable[[str], None], problems: Sequence[str], crashes: CrashFile) -> None:
    """What was wrong with the settings, and that the last run crashed."""
    told = [*problems, *(_crash_sentence(report) for report in crashes.reports[-1:])]
    if told:
        say(" ".join(f"{translated(sentence).removesuffix('.')}." for sentence in told))


def _leave_behind(status: int) -> None:
    """End the process here if a thread that nobody waits for is still at work, such as one that loads a model.

    Python would end it within the library that it is in, and C++ answers that by aborting the process.
    """
    if any(thread.daemon and not isinstance(thread, threading._DummyThread) for thread in threading.enumerate()):
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError, AttributeError):
                stream.flush()
        os._exit(status)


def with_options(settings: Settings, options: LiveOptions) -> Settings:
    """The settings with what the command line says instead."""
    for key, value in _overrides(options).items():
        settings = settings.changed(key, value)
    return settings


def _overrides(options: LiveOptions) -> Mapping[str, Any]:
    given = {"source.name": options.source, "detection.model": options.model}
    return {key: value for key, value in given.items() if value is not None}


def _crash_sentence(report: CrashReport) -> str:
    return f"The program crashed when it ran last; what is known about it is in {report.path}."


def _require_screen() -> None:
    """Raise where Qt would abort the process for want of a screen."""
    screens = ("WAYLAND_DISPLAY", "DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform == "linux" and not any(os.environ.get(name) for name in screens) and not Path("/dev/dri").is_dir():
        raise UsageError(
            "there is no screen here (neither WAYLAND_DISPLAY nor DISPLAY is set); start it in a desktop session, "
            "use --headless, or set QT_QPA_PLATFORM=offscreen to draw into memory"
        )
