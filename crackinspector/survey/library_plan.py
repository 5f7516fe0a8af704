"""What there is to import: pictures, the live application's day folders, folders of labelled pictures."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from crackinspector.core.errors import UsageError
from crackinspector.core.labels import Label
from crackinspector.core.text import printable
from crackinspector.library.layout import is_library

MASKS, IMAGES = "masks", "images"
_LIVE_MAP = ".map.png"


@dataclass(frozen=True, slots=True)
class ImportTask:
    """A picture to be imported.

    Attributes:
        path: the file.
        name: below the PATH that was given.
        source: what it is called where it came from, if it is not the live application's: the folder's name.
        label: that of the folder it lies in, if that is named after one.
        record: a JSON file of the same name that may be the live application's record, or None.
    """

    path: Path
    name: str
    source: str
    label: Label | None = None
    record: Path | None = None


def plan_import(paths: Sequence[str], library: Path) -> tuple[list[ImportTask], int]:
    """List the pictures, and how many other files were passed over.

    Crack maps beside the live application's snapshots and `masks` beside `images` are no pictures of a wall; what lies
    in the library itself, or in another, is left alone: `library merge` is for that.

    Raises:
        UsageError: there are no pictures.
    """
    from crackinspector.sources.finding import find_pictures

    others: list[Path] = []
    listings: dict[Path, frozenset[str]] = {}
    libraries: dict[Path, bool] = {Path(os.path.realpath(library)): True}
    tasks = []
    for found in find_pictures(paths, others.append):
        path = found.path
        names = _listed(path.parent, listings)
        if path.name.endswith(_LIVE_MAP) and path.name.removesuffix(_LIVE_MAP) + ".json" in names:
            continue
        if path.parent.name == MASKS and IMAGES in _listed(path.parent.parent, listings):
            continue
        if _in_library(Path(os.path.realpath(path.parent)), libraries):
            continue
        folder = path.parent
        label = Label(folder.name.lower()) if folder.name.lower() in set(Label) and folder != found.root else None
        source = (folder.parent if label is not None else folder).resolve().name
        record = path.with_suffix(".json") if path.stem + ".json" in names else None
        tasks.append(ImportTask(path, os.fspath(found.relative), source, label, record))
    if not tasks:
        raise UsageError(f"there are no pictures to import in {', '.join(printable(path) for path in paths)}")
    return tasks, sum(not _in_library(Path(os.path.realpath(other.parent)), libraries) for other in others)


def _listed(folder: Path, listings: dict[Path, frozenset[str]]) -> frozenset[str]:
    if folder not in listings:
        try:
            listings[folder] = frozenset(path.name for path in folder.iterdir())
        except OSError:
            listings[folder] = frozenset()
    return listings[folder]


def _in_library(folder: Path, libraries: dict[Path, bool]) -> bool:
    """Whether a resolved folder is a library or lies in one."""
    if folder not in libraries:
        parent = folder.parent
        libraries[folder] = (parent != folder and _in_library(parent, libraries)) or is_library(folder)
    return libraries[folder]
