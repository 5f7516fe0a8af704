"""Which pictures the given paths mean: files as given, folders with everything below them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from crackinspector.core.natural import natural_key

PICTURE_SUFFIXES = frozenset({".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".tif", ".tiff", ".webp", ".bmp", ".dib"})
"""What counts as a picture in a folder; a file that is given by name is taken whatever it is called."""
LITTER = frozenset({"thumbs.db", "ehthumbs.db", "ehthumbs_vista.db", "desktop.ini", "icon\r"})
"""Names, in small letters, of what Windows and macOS put into folders of pictures without hiding it by a dot."""


@dataclass(frozen=True, slots=True)
class FoundPicture:
    """One picture to read.

    Attributes:
        path: the file, below the path that was given. It may be missing or a folder that cannot be listed: opening it
            then gives the `PictureError` that belongs in its result line.
        root: the folder that was given, or the folder that holds the file that was given.
    """

    path: Path
    root: Path

    @property
    def relative(self) -> Path:
        """The path below the PATH that was given; for a file that was given, its name."""
        return self.path.relative_to(self.root) if self.path != self.root else Path(self.path.name)


def find_pictures(
    paths: Iterable[str | os.PathLike[str]],
    passed_over: Callable[[Path], None] = lambda path: None,
    left_alone: Callable[[Path], bool] = lambda folder: False,
) -> list[FoundPicture]:
    """List the pictures that `paths` mean, in an order that does not depend on the file system.

    Args:
        paths: files and folders.
        passed_over: told each file of a folder that is no picture by its suffix, once; not of hidden files, nor of
            what the desktop leaves in folders (`LITTER`), nor of a file that one of `paths` names.
        left_alone: asked of each folder before it is listed, those of `paths` included; neither it nor what is below
            it is looked into where the answer is yes.

    Files stay as given, even when their suffix is unknown or they do not exist, so that nothing that was asked for
    is dropped in silence. Folders are searched with all their subfolders: each folder's own pictures first, then its
    subfolders, both in natural order (`wall2` before `wall10`). Hidden entries below a folder are skipped, links are
    followed, loops of links end. A picture that several paths mean is listed once, where it came first.
    """
    found: dict[str, FoundPicture] = {}
    others: list[Path] = []
    visited: set[str] = set()
    for given in paths:
        path = Path(given)
        pictures: Iterable[FoundPicture] = [FoundPicture(path, path.parent)]
        if path.is_dir():
            pictures = _below(path, visited, others, left_alone)
        for picture in pictures:
            found.setdefault(_identity(picture.path), picture)
    for other in others:
        if _identity(other) not in found:
            passed_over(other)
    return list(found.values())


def _identity(path: Path) -> str:
    # the folder is resolved and the name is not: two links to one picture are two pictures, as their names may matter
    return os.path.join(os.path.realpath(path.parent), path.name)  # noqa: PTH118 - surrogate-safe and fast


def _below(
    root: Path, visited: set[str], others: list[Path], left_alone: Callable[[Path], bool]
) -> Iterator[FoundPicture]:
    """The pictures below a folder that was not visited yet; its other files are added to `others`."""
    # a stack and not recursion: folders can be nested deeper than Python's recursion limit
    waiting = [root]
    while waiting:
        current = waiting.pop()
        real = os.path.realpath(current)
        if real in visited:
            continue
        visited.add(real)
        if left_alone(current):
            continue
        try:
            with os.scandir(current) as listing:
                entries = [(entry.name, _leads_to_folder(entry)) for entry in listing if not entry.name.startswith(".")]
        except OSError:
            yield FoundPicture(current, root)
            continue
        entries.sort(key=lambda entry: natural_key(entry[0]))
        for name, is_folder in entries:
            if is_folder:
                continue
            if Path(name).suffix.lower() in PICTURE_SUFFIXES:
                yield FoundPicture(current / name, root)
            elif name.lower() not in LITTER:
                others.append(current / name)
        waiting.extend(current / name for name, is_folder in reversed(entries) if is_folder)


def _leads_to_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to itself
        return False
