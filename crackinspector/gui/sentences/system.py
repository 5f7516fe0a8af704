"""What the system says, as `os.strerror` and `str(OSError)` put it; stands inside of others."""

from __future__ import annotations

from crackinspector.core.settings import QT_TRANSLATE_NOOP as _T

SYSTEM: tuple[str, ...] = (
    _T("sentences", "[Errno {number}] {reason}: {path}"),
    _T("sentences", "[Errno {number}] {reason}"),
    _T("sentences", "No space left on device"),
    _T("sentences", "Disk quota exceeded"),
    _T("sentences", "File too large"),
    _T("sentences", "Read-only file system"),
    _T("sentences", "Permission denied"),
    _T("sentences", "Operation not permitted"),
    _T("sentences", "No such file or directory"),
    _T("sentences", "File exists"),
    _T("sentences", "Not a directory"),
    _T("sentences", "Is a directory"),
    _T("sentences", "File name too long"),
    _T("sentences", "Too many open files"),
    _T("sentences", "Too many levels of symbolic links"),
    _T("sentences", "Input/output error"),
    _T("sentences", "No such device"),
    _T("sentences", "No such device or address"),
    _T("sentences", "Device or resource busy"),
    _T("sentences", "Connection timed out"),
    _T("sentences", "Connection refused"),
    _T("sentences", "Transport endpoint is not connected"),
    _T("sentences", "Stale file handle"),
    _T("sentences", "Host is down"),
    _T("sentences", "No route to host"),
    _T("sentences", "Network is unreachable"),
    _T("sentences", "Protocol error"),
    _T("sentences", "Broken pipe"),
    _T("sentences", "Cannot allocate memory"),
    _T("sentences", "Invalid argument"),
    _T("sentences", "Structure needs cleaning"),
)
