"""What there is to import: pictures, day folders of the live application, labelled folders, archives, manifests."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from crackinspector.core.errors import UsageError
from crackinspector.core.labels import Label
from crackinspector.core.text import printable
from crackinspector.library.layout import is_library
from crackinspector.survey.library_archive import Refused, is_archive, unpack
from crackinspector.survey.library_manifest import Told, read_manifest

MASKS, IMAGES = "masks", "images"
_LIVE_MAP = ".map.png"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class ImportTask:
    """A picture to be imported.

    Attributes:
        path: the file.
        name: below the PATH that was given.
        source: what it is called where it came from, if it is not the live application's: the folder's name.
        label: that of the folder it lies in, if that is named after one.
        record: a JSON file of the same name that may be the live application's record, or None.
        told: what a manifest says of it.
        shown: what the file is called to people if it is a copy of ours, which goes when it is imported; else None.
    """

    path: Path
    name: str
    source: str
    label: Label | None = None
    record: Path | None = None
    told: Told = field(default_factory=Told)
    shown: Path | None = None

    @property
    def called(self) -> Path:
        """The file as people know it."""
        return self.shown or self.path


@dataclass(slots=True)
class Planned:
    """What is to be done.

    Attributes:
        tasks: the pictures.
        passed_over: how many other files there are.
        refused: what was asked for and is not to be had.
    """

    tasks: list[ImportTask] = field(default_factory=list)
    passed_over: int = 0
    refused: list[Refused] = field(default_factory=list)


def plan(paths: Sequence[str], manifest: Path | None, library: Path) -> tuple[Planned, list[str]]:
    """What is to be imported, and the archives among the paths, which are unpacked first (`plan_archives`).

    Raises:
        UsageError: there is nothing to import, or the manifest is none.
    """
    if not paths and manifest is None:
        raise UsageError("there is nothing to import; give pictures, folders, archives or a --manifest")
    archives = [path for path in paths if is_archive(path)]
    others = [path for path in paths if not is_archive(path)]
    planned = Planned(*plan_import(others, library)) if others else Planned()
    if manifest is not None:
        listed = plan_manifest(manifest, library)
        named = {os.path.realpath(task.path) for task in listed.tasks}
        # What the manifest says of a picture holds, whatever else led to it.
        rest = [task for task in planned.tasks if os.path.realpath(task.path) not in named]
        planned = Planned([*listed.tasks, *rest], planned.passed_over, listed.refused)
    return planned, archives


def plan_archives(paths: Sequence[str], folder: Path) -> Planned:
    """Unpack archives into a folder of ours and list the pictures. Raises StorageError."""
    planned = Planned()
    for number, path in enumerate(paths):
        archive, to = Path(path), folder / f"unpacked-{number}"
        unpacked = unpack(archive, to)
        planned.refused += unpacked.refused
        planned.passed_over += unpacked.passed_over
        tasks, _ = _tasks([os.fspath(to)], {Path(os.path.realpath(to)): False}) if to.is_dir() else ([], 0)
        planned.tasks += [
            replace(
                task,
                shown=archive / task.path.relative_to(to),
                # A picture that lies at the top comes from what the archive is called.
                source=archive.name if task.source == to.name else task.source,
            )
            for task in tasks
        ]
        if not tasks and not unpacked.refused:
            sentence = f"there are no pictures to import in {printable(archive)}"
            planned.refused.append(Refused(archive, sentence, "archive"))
    return planned


def plan_manifest(path: Path, library: Path) -> Planned:
    """List the pictures that a manifest names. Raises UsageError."""
    rows, refused = read_manifest(path)
    tasks, _ = _tasks([os.fspath(file) for file, _, _ in rows], {Path(os.path.realpath(library)): True})
    by_path = {task.path: task for task in tasks}
    planned = Planned(refused=refused)
    for file, called, told in rows:
        if (task := by_path.get(file)) is not None:
            planned.tasks.append(replace(task, name=called, told=told))
        else:
            reason = "is a crack map or a mask, or lies in a library"
            planned.refused.append(Refused(file, f"{printable(path)}: {printable(called)} {reason}", "row"))
    return planned


def plan_import(paths: Sequence[str], library: Path) -> tuple[list[ImportTask], int]:
    """List the pictures, and how many other files were passed over.

    Crack maps beside the live application's snapshots and `masks` beside `images` are no pictures of a wall; what lies
    in the library itself, or in another, is left alone: `library merge` is for that.

    Raises:
        UsageError: there are no pictures.
    """
    tasks, passed_over = _tasks(paths, {Path(os.path.realpath(library)): True})
    if not tasks:
        raise UsageError(f"there are no pictures to import in {', '.join(printable(path) for path in paths)}")
    return tasks, passed_over


def _tasks(paths: Sequence[str], libraries: dict[Path, bool]) -> tuple[list[ImportTask], int]:
    """As `plan_import`; `libraries` knows of folders whether they are one."""
    from crackinspector.sources.finding import find_pictures

    def in_library(folder: Path) -> bool:
        return _in_library(Path(os.path.realpath(folder)), libraries)

    others: list[Path] = []
    listings: dict[Path, frozenset[str]] = {}
    tasks = []
    # A library may hold a hundred thousand pictures, and lie where the live application keeps its own.
    for found in find_pictures(paths, others.append, in_library):
        path = found.path
        names = _listed(path.parent, listings)
        if path.name.endswith(_LIVE_MAP) and path.name.removesuffix(_LIVE_MAP) + ".json" in names:
            continue
        if path.parent.name == MASKS and IMAGES in _listed(path.parent.parent, listings):
            continue
        if in_library(path.parent):
            continue
        folder = path.parent
        label = Label(folder.name.lower()) if folder.name.lower() in set(Label) and folder != found.root else None
        source = (folder.parent if label is not None else folder).resolve().name
        record = path.with_suffix(".json") if path.stem + ".json" in names else None
        name = os.fspath(found.relative)
        if record is not None and found.relative.name == name and _DAY.fullmatch(folder.name):
            # As it would be called if the folder of all days were given.
            name = f"{folder.name}/{name}"
        tasks.append(ImportTask(path, name, source, label, record))
    return tasks, len(others)


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
