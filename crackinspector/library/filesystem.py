"""What kind of file system a folder lies on: SQLite's shared-memory log needs one that this computer has to itself."""

from __future__ import annotations

import os
import re
from pathlib import Path

_NETWORK = frozenset(
    {
        "9p",
        "acfs",
        "afs",
        "beegfs",
        "ceph",
        "cifs",
        "coda",
        "davfs",
        "gfs2",
        "gpfs",
        "lustre",
        "ncpfs",
        "nfs",
        "nfs3",
        "nfs4",
    }
    | {"ocfs2", "orangefs", "panfs", "prl_fs", "pvfs2", "smb2", "smb3", "smbfs", "vboxsf", "virtiofs", "vmhgfs"}
)
# Those that keep their files on a disk of this computer; of any other program's file system nobody knows.
_LOCAL_FUSE = frozenset({"fuseblk", "fuse.exfat", "fuse.ntfs", "fuse.ntfs-3g", "fuse.ext2", "fuse.lklfuse", "fuse.zfs"})
_ESCAPE = re.compile(r"\\([0-7]{3})")


def file_system(folder: Path, mounts: Path = Path("/proc/self/mountinfo")) -> str:
    """The type, such as `ext4` or `nfs4`, of the file system that an existing folder lies on; empty if unknown."""
    real = Path(os.path.realpath(folder))
    try:
        lines = mounts.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return ""
    found, depth = "", -1
    for line in lines:
        before, separator, after = line.partition(" - ")
        parts = before.split(" ")
        if not separator or len(parts) < 5:
            continue
        point = Path(_ESCAPE.sub(lambda match: chr(int(match[1], 8)), parts[4]))
        # The later of two on one point lies over the earlier.
        if real.is_relative_to(point) and len(point.parts) >= depth:
            found, depth = after.split(" ")[0], len(point.parts)
    return found


def is_shared(kind: str) -> bool:
    """Whether other computers may write to a file system of this type at the same time."""
    return kind in _NETWORK or (kind.startswith("fuse") and kind not in _LOCAL_FUSE)
