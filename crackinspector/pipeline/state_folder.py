"""Where the program keeps its log and crash files, which a person may delete at any time."""

from __future__ import annotations

import os
from pathlib import Path


def state_folder() -> Path:
    """The program's folder for state by the XDG Base Directory Specification; it may not be there yet."""
    base = os.environ.get("XDG_STATE_HOME", "")
    # Relative ones are void by the standard. An unknown home leaves "~", which is no worse than any other place.
    home = base if os.path.isabs(base) else os.path.expanduser("~/.local/state")  # noqa: PTH111, PTH117
    return Path(home) / "crackinspector"
