"""What snapshots, clips and the settings file say, and what the window itself keeps as a sentence."""

from __future__ import annotations

from crackinspector.core.settings import QT_TRANSLATE_NOOP as _T

KEEPING: tuple[str, ...] = (
    _T("sentences", "cannot write {path}: {reason}; {remedy}"),
    _T("sentences", "this user has no home folder to keep snapshots in; choose a folder in the settings"),
    _T("sentences", "the record {path} cannot be read: {reason}; look for it elsewhere"),
    _T("sentences", "{path} was written by a newer crackinspector; update this one to read it"),
    _T("sentences", "{path} is not a snapshot's record, or is damaged; restore it from a copy"),
    _T("sentences", "the snapshot was not kept ({error}); the log has the details"),
    _T("sentences", "the snapshot was not kept, for the program was ending; wait for the word next time"),
    _T(
        "sentences",
        "recording has stopped, for less than {mb} MB are left in {folder}; free some space or choose another folder",
    ),
    _T("sentences", "nothing was recorded, for no picture came; start again when there is one"),
    _T("sentences", "{sentence}; what was recorded before is kept"),
    _T("sentences", "recording has stopped ({error}); the log has the details"),
    _T("sentences", "this user has no home folder to keep settings in; set XDG_CONFIG_HOME"),
    _T("sentences", "{path} cannot be read: {reason}"),
    _T("sentences", "{sentence}; the defaults are used"),
    _T("sentences", "{section} is not a table"),
    _T("sentences", "{path} has a section {section}, which is unknown; it is ignored"),
    _T("sentences", "{path} has a setting {key}, which is unknown; it is ignored"),
    _T("sentences", "in {path}, {key} = {value} is ignored: it {demand}"),
    _T("sentences", "in {path}, the settings of the camera {camera} are ignored: {fault}"),
    _T("sentences", "in {path}, the shortcut of {action} is ignored: it takes a text"),
    _T("sentences", "there is no setting {key}"),
    _T("sentences", "the setting {key} {demand}, got {value}"),
    _T("sentences", "Something went wrong{where} ({error}); the log has the details."),
    _T("sentences", "The program crashed when it ran last; what is known about it is in {path}."),
    _T("sentences", "{path} is damaged ({details}); {outcome}, the defaults are used"),
)
