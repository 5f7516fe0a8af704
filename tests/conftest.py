"""What every test shares: no display, no traces in the user's folders, repeatable examples, and real pictures."""

from __future__ import annotations

import os
import signal
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent

# Before anything of the package or of Qt and TensorFlow is imported, since they read these once.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
_cache = tempfile.TemporaryDirectory(prefix="crackinspector-tests-")
os.environ["XDG_CACHE_HOME"] = _cache.name

# A shell's background jobs are started deaf to Ctrl-C, and so would be the programs that tests start and interrupt.
signal.signal(signal.SIGINT, signal.default_int_handler)

settings.register_profile("repeatable", derandomize=True, deadline=None, print_blob=True)
settings.load_profile("repeatable")


@pytest.fixture(scope="session")
def data_folder() -> Path:
    """The folder with `classification/` and `segmentation/`; tests that need it are skipped where it is missing."""
    folder = Path(os.environ.get("CRACKINSPECTOR_DATA", ROOT.parent / "shared" / "data"))
    if not (folder / "classification").is_dir():
        pytest.skip(f"no training pictures in {folder}; set CRACKINSPECTOR_DATA to their folder")
    return folder
