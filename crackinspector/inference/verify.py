"""A trial run of a model in a process of its own, once for each file.

Some damaged files bring the TensorFlow Lite runtime down with a segmentation fault, which no `except` catches. So a
model is built and invoked in a child process before this process touches it. The outcome is remembered by the file's
sha256 and the runtime's version in the user's cache folder, so that only the first use of a model pays for it.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import os
import re
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from crackinspector.core.errors import ModelError
from crackinspector.inference.modelfile import read_model_file
from crackinspector.inference.runtime import find_library, open_interpreter, read_inputs

_log = logging.getLogger(__name__)

# Signals that a process brings upon itself; any other came from outside and says nothing about the model.
_CRASHES = frozenset({signal.SIGSEGV, signal.SIGBUS, signal.SIGILL, signal.SIGFPE, signal.SIGABRT})
_TRIAL_VERSION: Final = 1  # raise it when the trial checks more, so that older outcomes are not believed
_TIMEOUT_SECONDS: Final = 60.0
_MEMORY_LIMIT: Final = 4 * 2**30
_TRIAL_SIDE: Final = 224  # for models that take pictures of any size
_NAME: Final = "<model>"  # stands for the file in remembered outcomes, which outlive its name


def verify_model(path: Path, *, timeout: float = _TIMEOUT_SECONDS) -> bytes:
    """Return the content of a model file that the runtime can run without harm. Any thread may call it.

    Use the content, not the file: the file can change.

    Args:
        path: a `.tflite` file.
        timeout: seconds that the trial may take, if one is needed.

    Raises:
        ModelError: the file is missing, of another kind, damaged, or needs an operator that the runtime lacks; or there
            is no runtime.
    """
    content = read_model_file(path)
    digest = hashlib.sha256(content).hexdigest()
    library = find_library().name
    remembered = _cache_file(digest, library)
    outcome = _recall(remembered)
    if outcome is None:
        outcome, lasting = _try_in_child(content, timeout)
        if lasting:
            _remember(remembered, outcome)
    if outcome:
        raise ModelError(outcome.replace(_NAME, str(path)))
    return content


def _try_in_child(content: bytes, timeout: float) -> tuple[str, bool]:
    """Return what is wrong, empty if nothing is; and whether that will be so again."""
    environment = dict(os.environ)
    environment["PYTHONPATH"] = os.pathsep.join(entry for entry in sys.path if entry)
    environment["OPENBLAS_NUM_THREADS"] = "1"  # each thread reserves address space, which is limited
    environment.pop("PYTHONFAULTHANDLER", None)
    # -P: the current folder may hold files that are named like modules.
    command = [sys.executable, "-P", "-m", "crackinspector.inference.verify"]
    try:
        child = subprocess.run(
            command, input=content, capture_output=True, timeout=timeout, env=environment, check=False
        )
    except subprocess.TimeoutExpired:
        return f"{_NAME} did not finish a first run within {timeout:.0f} seconds: it is damaged or too large.", False
    except OSError as error:
        return f"{_NAME} could not be tried: {error.strerror or error}.", False
    complaint = child.stderr.decode("utf-8", "replace").strip()
    if complaint:
        _log.debug("trial of a model: %s", complaint)
    if child.returncode < 0 and -child.returncode not in _CRASHES:
        return f"{_NAME} could not be tried: its process was killed, perhaps for want of memory.", False
    if child.returncode < 0:
        crash = signal.Signals(-child.returncode).name
        return f"{_NAME} is damaged: the runtime crashed on it ({crash}). Copy or export it again.", True
    try:
        return str(json.loads(child.stdout.splitlines()[-1])["error"]), True
    except (ValueError, LookupError, TypeError):
        last_line = complaint.splitlines()[-1] if complaint else f"exit status {child.returncode}"
        return f"{_NAME} could not be tried: {last_line}.", False


def _cache_file(digest: str, library: str) -> Path | None:
    """Return where an outcome is remembered, by the XDG base directory specification; None if there is no place."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    try:
        folder = Path(base) if Path(base).is_absolute() else Path.home() / ".cache"
    except RuntimeError:
        return None
    runtime = re.sub(r"[^\w.]+", "-", library)
    return folder / "crackinspector" / "models" / f"{digest}-{runtime}-{_TRIAL_VERSION}.json"


def _recall(remembered: Path | None) -> str | None:
    if remembered is None:
        return None
    try:
        outcome = json.loads(remembered.read_text(encoding="utf-8"))["error"]
    except (OSError, ValueError, LookupError, TypeError):
        return None
    return outcome if isinstance(outcome, str) else None


def _remember(remembered: Path | None, outcome: str) -> None:
    if remembered is None:
        return
    temporary = None
    try:
        remembered.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=remembered.parent, prefix=".", suffix=".tmp")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump({"error": outcome}, file)
        Path(temporary).replace(remembered)
    except OSError as error:
        _log.debug("the outcome of a model's trial cannot be kept: %s", error)
        if temporary is not None:
            with contextlib.suppress(OSError):
                Path(temporary).unlink(missing_ok=True)


def _trial(content: bytes) -> str:
    """Return why a model cannot be run, empty if it can. A damaged model may end the process."""
    find_library()  # its failure says nothing about the model, so it must not be taken for an outcome
    try:
        inputs = read_inputs(content, name=_NAME)
        free = len(inputs) == 1 and any(size < 0 for size in inputs[0].get("shape_signature", ())[1:])
        if not free:
            _invoke(open_interpreter(content, 1, name=_NAME).interpreter)
            return ""
        shape = [_TRIAL_SIDE if size < 0 else int(size) for size in inputs[0]["shape_signature"]]
        shape[0] = 1
        try:
            _invoke(open_interpreter(content, 1, name=_NAME, input_shape=shape).interpreter)
        except (ModelError, RuntimeError, ValueError):
            return ""  # another size may suit it; what counts here is that the runtime survives
    except ModelError as error:
        return str(error)
    except Exception as error:  # whatever the runtime throws at a file that it half understands
        return f"{_NAME} cannot be run: {' '.join(str(error).split())[:200].rstrip(' .')}. Copy or export it again."
    return ""


def _invoke(interpreter: Any) -> None:
    noise = np.random.default_rng(0)
    for strength in (0.0, 1.0, 0.5):
        for tensor in interpreter.get_input_details():
            interpreter.set_tensor(tensor["index"], _values(tensor, strength, noise))
        interpreter.invoke()
        for tensor in interpreter.get_output_details():
            interpreter.get_tensor(tensor["index"])


def _values(tensor: dict[str, Any], strength: float, noise: np.random.Generator) -> NDArray[Any]:
    values = noise.random(tensor["shape"]) * strength
    dtype = np.dtype(tensor["dtype"])
    if np.issubdtype(dtype, np.integer):
        limits = np.iinfo(dtype)
        values = limits.min + values * (float(limits.max) - float(limits.min))
    return np.asarray(values, dtype)


def _limit_resources() -> None:
    """Keep a damaged model from asking for all memory, and its crash from leaving a core file."""
    try:
        import resource
    except ImportError:  # not on Windows
        return
    for what, limit in ((resource.RLIMIT_AS, _MEMORY_LIMIT), (resource.RLIMIT_CORE, 0)):
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(what, (limit, limit))


def _child_main() -> None:
    """Try the model that comes on standard input; write what is wrong with it as JSON to standard output."""
    _limit_resources()
    sys.stdout.write(json.dumps({"error": _trial(sys.stdin.buffer.read())}) + "\n")


if __name__ == "__main__":
    _child_main()
