"""Step 5 of a removal: pictures and maps of snapshots whose tombstones are on the disk go.

All of it is for whoever holds the library's lock.
"""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

from crackinspector.library.known import known, readable
from crackinspector.library.layout import map_path, picture_path, record_path
from crackinspector.library.staging import sync_files
from crackinspector.library.state import state_of
from crackinspector.library.tombstones import Tombstone, both

_GROUP = 1000
_UNCLEARED = "SELECT id FROM deleted WHERE NOT cleared AND id > ? ORDER BY id LIMIT ?"
_SPOKEN_OF = """
SELECT json_extract(body, '$.map') FROM events WHERE kind = 'detection' AND json_extract(body, '$.map') IN wanted
UNION SELECT json_extract(body, '$.mask') FROM events WHERE kind = 'edit' AND json_extract(body, '$.mask') IN wanted
"""


def uncleared(connection: sqlite3.Connection) -> bool:
    """Whether files of deleted snapshots may still be there."""
    return connection.execute("SELECT 1 FROM deleted WHERE NOT cleared LIMIT 1").fetchone() is not None


def clear(connection: sqlite3.Connection, library: Path) -> None:
    """Remove the files of all deleted snapshots that no other snapshot speaks of. Raises OSError and sqlite3.Error.

    One whose tombstone does not lie among the records yet keeps its files: without the index it would be there again.
    """
    last = ""
    while rows := connection.execute(_UNCLEARED, (last, _GROUP)).fetchall():
        last = rows[-1][0]
        records = [readable(record_path(library, identifier)) for (identifier,) in rows]
        graves = [record for record in records if isinstance(record, Tombstone)]
        maps = {digest for grave in graves for digest in grave.maps}
        files = [picture_path(library, grave.id, grave.suffix) for grave in graves]
        files += [map_path(library, digest) for digest in sorted(maps - _spoken_of(connection, maps))]
        gone = [path for path in files if path.exists()]
        for path in gone:
            path.unlink(missing_ok=True)
        # Before the index forgets about them.
        sync_files({path.parent for path in gone})
        connection.executemany("UPDATE deleted SET cleared = 1 WHERE id = ?", [(grave.id,) for grave in graves])


def _spoken_of(connection: sqlite3.Connection, maps: set[str]) -> set[str]:
    """Those that events of snapshots that are there speak of: maps of different pictures may be the same."""
    if not maps:
        return set()
    statement = f"WITH wanted AS (SELECT value FROM json_each(?)) {_SPOKEN_OF}"
    return {digest for (digest,) in connection.execute(statement, (json.dumps(sorted(maps)),))}


def still_to_bury(connection: sqlite3.Connection, library: Path, grave: Tombstone) -> list[Tombstone]:
    """A removal that was not finished, unless somebody has taken the snapshot out of the bin since."""
    found = known(connection, library, grave.id)
    if isinstance(found, Tombstone):
        return [both(found, grave)]
    return [grave] if found is None or state_of(found.facts, found.events).binned else []
