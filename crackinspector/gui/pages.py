"""Which pages there are, and what each of them is given; each is made when it is first shown."""

from __future__ import annotations

import functools
from pathlib import Path

from crackinspector.core.errors import StorageError
from crackinspector.gui.help.page import HelpPage, Places
from crackinspector.gui.live.more_page import MorePage
from crackinspector.gui.live.session import Session
from crackinspector.gui.models.catalogue import models_folder
from crackinspector.gui.models.page import ModelsPage
from crackinspector.gui.settings.page import SettingsPage
from crackinspector.gui.settings.store import SettingsStore
from crackinspector.gui.sources.page import SourcesPage
from crackinspector.gui.window import Window
from crackinspector.gui.window_state import WindowState
from crackinspector.library.places import keeping_folder
from crackinspector.pipeline.crash import newest_report
from crackinspector.pipeline.state_folder import state_folder


def add_pages(
    window: Window, session: Session, store: SettingsStore, state: WindowState | None, settings: Path | None
) -> None:
    """Make all pages known to the window; `settings` is the file that they are kept in."""
    places = functools.partial(_places, store, settings)
    window.add_page("more", functools.partial(MorePage, window.actions_))
    window.add_page("settings", functools.partial(SettingsPage, store))
    window.add_page("models", functools.partial(_models, session, store, state))
    window.add_page("sources", functools.partial(_sources, session, store, state))
    window.add_page("help", functools.partial(HelpPage, window.actions_, store, places))


def _models(session: Session, store: SettingsStore, state: WindowState | None) -> ModelsPage:
    page = ModelsPage(store.current.detection.model, state)
    page.chosen.connect(session.choose_model)
    store.changed.connect(page.follow)
    session.model.connect(page.show_state)
    if session.model_now is not None:
        page.show_state(session.model_now)
    return page


def _sources(session: Session, store: SettingsStore, state: WindowState | None) -> SourcesPage:
    page = SourcesPage(store, state)
    session.status.connect(page.show_status)
    if session.status_now is not None:
        page.show_status(session.status_now)
    return page


def _places(store: SettingsStore, settings: Path | None) -> Places:
    return Places(
        snapshots=_keeping(store),
        settings=settings,
        models=models_folder(),
        logs=state_folder(),
        crash=newest_report(),
    )


def _keeping(store: SettingsStore) -> Path | None:
    try:
        return keeping_folder(store.current.keeping.folder)
    except StorageError:
        return None
