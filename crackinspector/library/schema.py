"""The index's tables and how an older program's become these."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from pathlib import Path

from crackinspector.core.errors import StorageError
from crackinspector.core.text import printable
from crackinspector.library.durable import make_folder, remove, sync_folder
from crackinspector.library.index import utf8
from crackinspector.library.layout import BACKUPS

APPLICATION_ID = 0x43724C62  # "CrLb"

_FIRST = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO meta VALUES ('changes', 0);

CREATE TABLE structures (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE elements (
    number INTEGER PRIMARY KEY,
    structure INTEGER NOT NULL REFERENCES structures,
    name TEXT NOT NULL,
    UNIQUE (structure, name)
);
CREATE TABLE inspections (
    number INTEGER PRIMARY KEY,
    element INTEGER NOT NULL REFERENCES elements,
    name TEXT NOT NULL,
    UNIQUE (element, name)
);
CREATE TABLE snapshots (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    inspection INTEGER NOT NULL REFERENCES inspections,
    suffix TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    taken TEXT,
    exif_taken TEXT,
    latitude REAL,
    longitude REAL,
    added TEXT NOT NULL,
    name TEXT NOT NULL,
    source TEXT NOT NULL,
    label TEXT,
    score REAL,
    model TEXT,
    model_sha256 TEXT,
    map TEXT,
    verdict TEXT NOT NULL,
    verdict_at TEXT NOT NULL,
    verdict_who TEXT NOT NULL,
    truth TEXT,
    findings INTEGER NOT NULL,
    note TEXT NOT NULL,
    binned INTEGER NOT NULL
);
-- What a gallery filters by lies in the index that it sorts by: no row is looked up that is not shown.
CREATE INDEX by_taken ON snapshots (binned, taken, number, label, score, verdict, source, inspection);
CREATE INDEX by_score ON snapshots (binned, score, number, label, verdict, taken, source, inspection);
CREATE INDEX by_added ON snapshots (binned, added, number, label, score, verdict, taken, source, inspection);
CREATE INDEX by_verdict ON snapshots (binned, verdict_at, number, verdict, label, score, taken, source, inspection);
CREATE INDEX by_inspection ON snapshots (inspection);
CREATE INDEX by_source ON snapshots (source);
CREATE INDEX by_map ON snapshots (map);

CREATE TABLE findings (
    number INTEGER PRIMARY KEY,
    snapshot INTEGER NOT NULL REFERENCES snapshots ON DELETE CASCADE,
    key TEXT NOT NULL,
    x INTEGER NOT NULL,
    y INTEGER NOT NULL,
    w INTEGER NOT NULL,
    h INTEGER NOT NULL,
    score REAL NOT NULL,
    by_hand INTEGER NOT NULL,
    mask TEXT,
    verdict TEXT NOT NULL,
    verdict_at TEXT NOT NULL,
    verdict_who TEXT NOT NULL,
    -- Measurements, where there are some: of the mask in pixels, and in millimetres once a scale is known.
    length_px REAL,
    width_px REAL,
    length_mm REAL,
    width_mm REAL,
    angle_degrees REAL,
    UNIQUE (snapshot, key)
);

CREATE TABLE events (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    snapshot INTEGER NOT NULL REFERENCES snapshots ON DELETE CASCADE,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (snapshot, id)
);
CREATE INDEX events_by_kind ON events (kind, at);

CREATE TABLE tags (
    snapshot INTEGER NOT NULL REFERENCES snapshots ON DELETE CASCADE,
    tag TEXT NOT NULL,
    PRIMARY KEY (tag, snapshot)
) WITHOUT ROWID;
CREATE INDEX tags_of ON tags (snapshot);

CREATE TABLE files (
    device INTEGER NOT NULL,
    inode INTEGER NOT NULL,
    size INTEGER NOT NULL,
    modified INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    snapshot INTEGER NOT NULL REFERENCES snapshots ON DELETE CASCADE,
    PRIMARY KEY (device, inode)
) WITHOUT ROWID;

CREATE VIRTUAL TABLE texts USING fts5 (
    name, source, place, tags, note, why, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);
"""

_SECOND = """
CREATE INDEX by_name ON snapshots (
    binned, name COLLATE NOCASE, number, label, score, verdict, taken, source, inspection
);
-- What is counted, already in its groups.
CREATE INDEX by_label ON snapshots (binned, label, verdict, findings);

-- What was removed for good: the tombstone as it stands among the records, and whether its files are gone by now.
CREATE TABLE deleted (id TEXT PRIMARY KEY, record TEXT NOT NULL, cleared INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX uncleared ON deleted (id) WHERE NOT cleared;

-- What the picture says itself, beside what holds.
ALTER TABLE snapshots ADD COLUMN exif_latitude REAL;
ALTER TABLE snapshots ADD COLUMN exif_longitude REAL;
UPDATE snapshots SET exif_latitude = latitude, exif_longitude = longitude;

-- The files that they were imported from: a folder that is looked through again and again is not read for them.
CREATE TABLE deleted_files (
    device INTEGER NOT NULL,
    inode INTEGER NOT NULL,
    size INTEGER NOT NULL,
    modified INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    id TEXT NOT NULL REFERENCES deleted ON DELETE CASCADE,
    PRIMARY KEY (device, inode)
) WITHOUT ROWID;
CREATE INDEX deleted_files_of ON deleted_files (id);

-- What each model said last of each snapshot, whoever has looked since.
CREATE TABLE models (number INTEGER PRIMARY KEY, name TEXT NOT NULL, sha256 TEXT NOT NULL, UNIQUE (name, sha256));
CREATE TABLE said (
    model INTEGER NOT NULL REFERENCES models,
    snapshot INTEGER NOT NULL REFERENCES snapshots ON DELETE CASCADE,
    label TEXT NOT NULL,
    PRIMARY KEY (model, snapshot)
) WITHOUT ROWID;
CREATE INDEX said_of ON said (snapshot, model, label);
INSERT OR IGNORE INTO models (name, sha256)
    SELECT model_part(body, 'name'), model_part(body, 'sha256') FROM events WHERE kind = 'detection';
INSERT OR REPLACE INTO said (model, snapshot, label)
    SELECT m.number, e.snapshot, json_extract(e.body, '$.label') FROM events e
    JOIN models m ON m.name = model_part(e.body, 'name') AND m.sha256 = model_part(e.body, 'sha256')
    WHERE e.kind = 'detection' ORDER BY e.at, e.id;

-- What people say, and which people, without a look at the rows themselves.
CREATE INDEX by_truth ON snapshots (binned, truth, verdict, inspection);
CREATE INDEX verdicts_of ON events (snapshot, kind, who) WHERE kind = 'verdict';
"""

MIGRATIONS: tuple[str, ...] = (_FIRST, _SECOND)
"""The script that leads from each version to the next; version 0 is an empty file."""


def migrate(connection: sqlite3.Connection, library: Path, migrations: tuple[str, ...] = MIGRATIONS) -> list[str]:
    """Bring the index to this program's version, each step whole or not at all, after a backup.

    Returns:
        A sentence for each step that changed an index that was there before.

    Raises:
        StorageError: a newer program wrote it.
        sqlite3.Error, OSError: it cannot be done; the index is as it was.
    """
    told = []
    connection.create_function("model_part", 2, _model_part, deterministic=True)
    version = version_of(connection)
    if version > len(migrations):
        raise StorageError(f"{printable(library)} was written by a newer crackinspector; update this one to open it")
    for number in range(version, len(migrations)):
        if version:
            kept = back_up(connection, library, number)
            told.append(f"the index was brought to version {number + 1}; as it was, it is kept in {printable(kept)}")
        # Statement by statement: executescript would commit before it begins.
        connection.execute("BEGIN EXCLUSIVE")
        try:
            # Another program may have done it in the meantime.
            if version_of(connection) == number:
                for statement in statements(migrations[number]):
                    connection.execute(statement)
                connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                connection.execute(f"PRAGMA user_version = {number + 1}")
            connection.execute("COMMIT")
        except BaseException:
            with contextlib.suppress(sqlite3.Error):
                connection.execute("ROLLBACK")
            raise
    return told


def version_of(connection: sqlite3.Connection) -> int:
    """How many migrations the index has seen; 0 for an empty file."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def statements(script: str) -> list[str]:
    """The statements of a script."""
    found, current = [], ""
    for line in script.splitlines(keepends=True):
        current += line
        if sqlite3.complete_statement(current):
            found.append(current.strip())
            current = ""
    return found


def _model_part(body: str, name: str) -> str:
    """What a detection's body says of its model; SQLite's own function would hand out what is not UTF-8."""
    return utf8(str(json.loads(body)["model"][name]))


def back_up(connection: sqlite3.Connection, library: Path, version: int) -> Path:
    """Keep the index as it is, on the disk, in the library's folder of backups. Raises sqlite3.Error and OSError."""
    folder = library / BACKUPS
    make_folder(folder)
    path = folder / f"library-{version}.sqlite"
    part = path.with_name(f".{path.name}.part")
    remove(part)
    with contextlib.closing(sqlite3.connect(part)) as target:
        # A file that needs nothing beside it.
        target.execute("PRAGMA journal_mode = DELETE")
        target.execute("PRAGMA synchronous = FULL")
        connection.backup(target)
    part.replace(path)
    sync_folder(folder)
    return path
