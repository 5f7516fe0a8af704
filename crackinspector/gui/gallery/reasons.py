"""Why a list is empty, and what to do about it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from crackinspector.gui.gallery.empty import EmptyState
from crackinspector.gui.sentences import spoken


def say_why_empty(
    empty: EmptyState, *, trouble: str, loaded: bool, restricted: bool, binned: bool, read_only: bool, taking: bool
) -> None:
    """Say it.

    Args:
        empty: where it is said.
        trouble: why the library cannot be opened, a sentence of the lower layers; empty if it can.
        loaded: whether any list has come yet.
        restricted: whether a filter is set.
        binned: whether it is the bin.
        read_only: whether nothing can be added.
        taking: whether snapshots are being taken in.
    """
    translate, say = QCoreApplication.translate, empty.show_words
    if trouble:
        title = translate("gallery", "The library cannot be opened")
        say("warning", title, spoken(trouble), translate("gallery", "Try again"), "retry")
    elif not loaded:
        say("gallery", translate("gallery", "Opening the library…"), "")
    elif restricted:
        words = translate("gallery", "No picture fits everything that the filter asks for.")
        say("filter", translate("gallery", "Nothing fits"), words, translate("gallery", "Clear all"), "close")
    elif binned:
        words = translate("gallery", "What is put into the bin waits here and can be restored.")
        say("bin", translate("gallery", "The bin is empty"), words, translate("gallery", "Leave the bin"), "back")
    elif taking:
        words = translate("gallery", "They are listed as they come.")
        say("gallery", translate("gallery", "Taking in the snapshots…"), words)
    else:
        words = translate("gallery", "Keep snapshots in the live view, or add pictures from a camera, drone or folder.")
        button = "" if read_only else translate("gallery", "Add pictures…")
        say("gallery", translate("gallery", "No pictures yet"), words, button, "plus")
