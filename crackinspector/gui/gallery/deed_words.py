"""What was done to many snapshots, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from crackinspector.core.text import printable
from crackinspector.gui.gallery.bulk import Deed
from crackinspector.gui.gallery.words import counted
from crackinspector.gui.sentences import translated
from crackinspector.library.events import Verdict

translate = QCoreApplication.translate


def deed_words(deed: Deed) -> str:
    """A finished deed as a sentence."""
    words = _done(deed)
    if deed.left_out:
        left = translate("gallery", "{count} left out: no model has looked at them.")
        left = left.format(count=counted(deed.left_out))
        words = f"{words} {left}" if deed.changed else left
    if not deed.failure:
        return words
    failure = translated(deed.failure)
    return f"{words} {failure}" if deed.changed or deed.left_out else failure


def progress_words(deed: Deed) -> str:
    """A deed that takes its time."""
    words = translate("gallery", "Writing: {done} of {total}…")
    return words.format(done=counted(deed.done), total=counted(deed.total))


def _done(deed: Deed) -> str:
    if not deed.changed:
        return translate("gallery", "Nothing had to be changed.")
    match deed.kind, deed.value:
        case "decide", Verdict.CONFIRMED:
            words = translate("gallery", "{count} confirmed.")
        case "decide", Verdict.REJECTED:
            words = translate("gallery", "{count} rejected.")
        case "decide", _:
            words = translate("gallery", "{count} marked as unsure.")
        case "tag", _:
            words = translate("gallery", "“{name}” put on {count}.")
        case "untag", _:
            words = translate("gallery", "“{name}” taken off {count}.")
        case "place", _:
            words = translate("gallery", "{count} have a new place.")
        case "bin", _:
            words = translate("gallery", "{count} put into the bin.")
        case "restore", _:
            words = translate("gallery", "{count} out of the bin again.")
        case _:
            words = translate("gallery", "Taken back for {count}.")
    return words.format(count=counted(deed.changed), name=printable(deed.value))
