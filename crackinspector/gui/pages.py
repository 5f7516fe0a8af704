"""Which pages there are, and what each of them is given; they are made when they are first shown."""

from __future__ import annotations

import functools

from crackinspector.gui.live.more_page import MorePage
from crackinspector.gui.live.session import Session
from crackinspector.gui.settings.store import SettingsStore
from crackinspector.gui.window import Window
from crackinspector.gui.window_state import WindowState


def add_pages(window: Window, session: Session, store: SettingsStore, state: WindowState | None) -> None:
    """Make all pages known to the window."""
    window.add_page("more", functools.partial(MorePage, window.actions_))
