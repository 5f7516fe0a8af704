"""Where the files that ship with the project lie: models, example pictures, icons; in the wheel or in the checkout."""

from __future__ import annotations

import importlib.resources
from pathlib import Path


def shipped_folder(name: str) -> Path:
    """The folder `models` or `resources`: inside the installed package, else at the top of the checkout."""
    package = importlib.resources.files("crackinspector")
    installed = Path(str(package / "_data" / name))
    return installed if installed.is_dir() else Path(str(package)).parent / name
