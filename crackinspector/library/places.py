"""Where snapshots and clips go when nobody says, and how much room is left there."""

from __future__ import annotations

import getpass
import os
import re
from pathlib import Path

from crackinspector.core.errors import StorageError
from crackinspector.core.settings import Settings

LOW_SPACE = 200_000_000
"""Bytes left below which a person is warned."""
_PICTURES = re.compile(r'^\s*XDG_PICTURES_DIR\s*=\s*"([^"]*)"', re.MULTILINE)


def keeping_folder(folder: str = "") -> Path:
    """The folder that the setting `keeping.folder` means; empty: `crackinspector` in the user's pictures, else at home.

    Raises:
        StorageError: nothing is set and the user has no home.
    """
    if folder:
        return Path(os.path.expanduser(folder)).absolute()  # noqa: PTH111 - a home that is unknown stays as written
    try:
        home = Path.home()
    except RuntimeError:
        raise StorageError(
            "this user has no home folder to keep snapshots in; choose a folder in the settings"
        ) from None
    return (_pictures(home) or home) / "crackinspector"


def library_folder(settings: Settings) -> Path:
    """The library where nobody names another: `library.folder`; empty: `library` in the folder of `keeping.folder`.

    Raises:
        StorageError: nothing is set and the user has no home.
    """
    if settings.library.folder:
        return keeping_folder(settings.library.folder)
    return keeping_folder(settings.keeping.folder) / "library"


def reviewer(settings: Settings) -> str:
    """Who decides where nobody says otherwise: `library.reviewer`, else the login name; empty if there is none."""
    if settings.library.reviewer:
        return settings.library.reviewer
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return ""


def _pictures(home: Path) -> Path | None:
    """The folder that the desktop calls the user's pictures, where it exists; xdg-user-dirs(5) says how it is told."""
    config = os.environ.get("XDG_CONFIG_HOME", "")
    # Relative ones are void by the standard.
    directories = (Path(config) if config.startswith("/") else home / ".config") / "user-dirs.dirs"
    try:
        found = _PICTURES.findall(directories.read_text(encoding="utf-8", errors="surrogateescape"))
    except OSError:
        return None
    if not found:
        return None
    pictures = Path(re.sub(r"^\$HOME(?=/|$)", lambda _: str(home), found[-1]))
    # The home folder itself is how a user says that there is none.
    return pictures if pictures.is_absolute() and pictures.is_dir() and pictures != home else None


def space_left(folder: Path) -> int | None:
    """Bytes that may still be written below a folder, or where it will be made; None where nobody can tell."""
    for existing in (folder, *folder.parents):
        try:
            at = os.statvfs(existing)
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError:
            return None
        return at.f_bavail * at.f_frsize if at.f_blocks else None
    return None
