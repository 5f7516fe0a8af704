"""A snapshot's JSON file, the record of what was seen: written here, read back here, for years.

`format` counts upwards when a field changes its meaning; a new field alone does not change it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import crackinspector
from crackinspector.core.detection import Detection, Region, Timings
from crackinspector.core.errors import StorageError
from crackinspector.core.frame import WHOLE, Frame, View
from crackinspector.core.labels import Label
from crackinspector.core.settings import RULES, Settings
from crackinspector.core.text import printable, without_password

FORMAT = 1
# What the window looks like says nothing about a picture.
_LEFT_OUT = ("interface.",)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What is kept of a moment.

    Attributes:
        frame: the picture, whole and at full resolution.
        detection: of this very frame, or None if no model has looked at it.
        settings: those in force.
        view: the part of the frame that was on screen.
        steadied: the label that was shown, which is steadied over time; None if there was none.
        reason: who wanted it, such as "person" or "alarm".
    """

    frame: Frame
    detection: Detection | None
    settings: Settings
    view: View = WHOLE
    steadied: Label | None = None
    reason: str = "person"

    def __post_init__(self) -> None:
        if self.detection is not None and self.detection.frame_id != self.frame.id:
            raise ValueError(f"detection of frame {self.detection.frame_id} kept with frame {self.frame.id}")


@dataclass(frozen=True, slots=True)
class Kept:
    """A file beside the record: its name and the sha256 of its content, in hexadecimal."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Found:
    """What the model said of the frame; as in `core.detection.Detection`.

    Attributes:
        view: left, top, width and height in the frame's pixels of what the model saw, which is where the map lies.
    """

    view: tuple[int, int, int, int]
    label: Label
    score: float
    probabilities: Mapping[str, float]
    regions: tuple[Region, ...]
    threshold: float
    model: str
    model_sha256: str
    tiles: int
    timings: Timings


@dataclass(frozen=True, slots=True)
class Record:
    """A snapshot as its record tells it.

    Attributes:
        path: of the record.
        taken: the moment with the offset of local time there and then.
        frame_id, source, position, width, height: of the frame; its pixels are in `picture`.
        view: left, top, width and height of what was on screen, in the frame's pixels.
        found: None if no model has looked.
        steadied: the label that was shown.
        settings: key, such as "view.opacity" -> value, as they were; later programs may know other keys.
        cameras: of each source that has some, its rotation, mirror and controls.
        program: name and version.
        picture, map: the files beside the record; a map there is where something was `found`.
    """

    path: Path
    taken: datetime
    reason: str
    frame_id: int
    source: str
    position: str
    width: int
    height: int
    view: tuple[int, int, int, int]
    found: Found | None
    steadied: Label | None
    program: str
    picture: Kept
    map: Kept | None
    settings: Mapping[str, Any] = field(repr=False)
    cameras: Mapping[str, Any] = field(repr=False)


def record_of(snapshot: Snapshot, taken: datetime, picture: Kept, crack_map: Kept | None) -> bytes:
    """The record's content: readable ASCII JSON."""
    frame, detection = snapshot.frame, snapshot.detection
    size = frame.width, frame.height
    values = {
        "format": FORMAT,
        "kind": "snapshot",
        "program": f"crackinspector {crackinspector.__version__}",
        "taken": {"utc": _utc(taken), "local": taken.isoformat(timespec="milliseconds")},
        "reason": snapshot.reason,
        "frame": {
            "id": frame.id,
            "source": without_password(frame.source),
            "position": without_password(frame.position),
            "width": frame.width,
            "height": frame.height,
        },
        "view": _box(snapshot.view.pixels(*size)),
        "steadied": None if snapshot.steadied is None else snapshot.steadied.value,
        "detection": None
        if detection is None
        else {
            "view": _box(detection.view.pixels(*size)),
            "label": detection.label.value,
            "score": detection.score,
            "probabilities": dict(detection.probabilities),
            "regions": [{"x": r.x, "y": r.y, "w": r.w, "h": r.h, "score": r.score} for r in detection.regions],
            "threshold": detection.threshold,
            "model": {"name": detection.model, "sha256": detection.model_sha256},
            "tiles": detection.tiles,
            "seconds": {
                "prepare": detection.timings.prepare,
                "invoke": detection.timings.invoke,
                "finish": detection.timings.finish,
            },
        },
        "picture": {"file": picture.name, "sha256": picture.sha256},
        "map": None if crack_map is None else {"file": crack_map.name, "sha256": crack_map.sha256},
        **_settings(snapshot.settings),
    }
    return (json.dumps(values, indent=1, ensure_ascii=True) + "\n").encode("ascii")


def read_snapshot(path: Path) -> Record:
    """A snapshot's record, by the path of its picture, its map or the record itself. Reads no pixels.

    Raises:
        StorageError: it is missing, damaged, or of a newer program.
    """
    record = path.with_name(path.name.removesuffix(".map.png").removesuffix(".jpg").removesuffix(".json") + ".json")
    values = _values(record)
    try:
        frame, size = values["frame"], ("x", "y", "w", "h")
        return Record(
            path=record,
            taken=datetime.fromisoformat(values["taken"]["local"]),
            reason=str(values["reason"]),
            frame_id=int(frame["id"]),
            source=str(frame["source"]),
            position=str(frame["position"]),
            width=int(frame["width"]),
            height=int(frame["height"]),
            view=tuple(int(values["view"][side]) for side in size),  # type: ignore[arg-type]
            found=None if values["detection"] is None else _found(values["detection"]),
            steadied=None if values["steadied"] is None else Label(values["steadied"]),
            program=str(values["program"]),
            picture=_kept(values["picture"]),
            map=None if values["map"] is None else _kept(values["map"]),
            settings=dict(values["settings"]),
            cameras=dict(values["cameras"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise _damaged(record) from error


def read_kept(record: Path) -> Iterator[Kept]:
    """The files that a record speaks of. Raises StorageError as `read_snapshot` does."""
    values = _values(record)
    try:
        files = [_kept(values["picture"])]
        if values["map"] is not None:
            files.append(_kept(values["map"]))
    except (KeyError, TypeError, ValueError) as error:
        raise _damaged(record) from error
    return iter(files)


def _values(record: Path) -> dict[str, Any]:
    try:
        values = json.loads(record.read_bytes())
    except OSError as error:
        reason = error.strerror or str(error)
        raise StorageError(f"the record {printable(record)} cannot be read: {reason}; look for it elsewhere") from error
    except (ValueError, RecursionError) as error:
        raise _damaged(record) from error
    if not isinstance(values, dict) or values.get("kind") != "snapshot" or not isinstance(values.get("format"), int):
        raise _damaged(record)
    if values["format"] > FORMAT:
        raise StorageError(f"{printable(record)} was written by a newer crackinspector; update this one to read it")
    return values


def _damaged(record: Path) -> StorageError:
    return StorageError(f"{printable(record)} is not a snapshot's record, or is damaged; restore it from a copy")


def _found(values: Mapping[str, Any]) -> Found:
    seconds = values["seconds"]
    return Found(
        view=tuple(int(values["view"][side]) for side in ("x", "y", "w", "h")),  # type: ignore[arg-type]
        label=Label(values["label"]),
        score=float(values["score"]),
        probabilities={str(label): float(p) for label, p in values["probabilities"].items()},
        regions=tuple(
            Region(int(r["x"]), int(r["y"]), int(r["w"]), int(r["h"]), float(r["score"])) for r in values["regions"]
        ),
        threshold=float(values["threshold"]),
        model=str(values["model"]["name"]),
        model_sha256=str(values["model"]["sha256"]),
        tiles=int(values["tiles"]),
        timings=Timings(float(seconds["prepare"]), float(seconds["invoke"]), float(seconds["finish"])),
    )


def _kept(values: Mapping[str, Any]) -> Kept:
    name = str(values["file"])
    # A record that came from elsewhere must not lead out of its folder.
    if not name or name == ".." or name != Path(name).name or "\0" in name:
        raise ValueError(name)
    return Kept(name, str(values["sha256"]))


def _box(corners: tuple[int, int, int, int]) -> dict[str, int]:
    left, top, right, bottom = corners
    return {"x": left, "y": top, "w": right - left, "h": bottom - top}


def _utc(taken: datetime) -> str:
    return taken.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _settings(settings: Settings) -> dict[str, Any]:
    values = {key: settings.get(key) for key in RULES if not key.startswith(_LEFT_OUT)}
    return {
        "settings": {
            key: without_password(value) if isinstance(value, str) else value for key, value in values.items()
        },
        "cameras": {
            without_password(key): {
                "rotation": camera.rotation,
                "mirror": camera.mirror,
                "controls": dict(camera.controls),
            }
            for key, camera in settings.cameras.items()
        },
    }
