"""The TensorFlow Lite runtime: which one is installed, how it is opened, how many threads suit a model.

LiteRT (`ai-edge-litert`) comes first, `tflite-runtime` is the fallback for systems that have no LiteRT wheel. An import
that succeeds proves nothing: `tflite-runtime` imports next to NumPy 2 and fails as soon as an interpreter is built. So
a runtime counts as usable only after it has computed a tiny model correctly.
"""

from __future__ import annotations

import base64
import contextlib
import functools
import importlib
import importlib.metadata
import logging
import os
import re
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from crackinspector.core.errors import ModelError

_log = logging.getLogger(__name__)

# Module, distribution, and the name that people know, in the order of preference.
_LIBRARIES: Final = (
    ("ai_edge_litert.interpreter", "ai-edge-litert", "LiteRT"),
    ("tflite_runtime.interpreter", "tflite-runtime", "tflite-runtime"),
)

# A complete model of 288 bytes: one float32, added to itself.
_DOUBLING_MODEL: Final = base64.b85decode(
    "7ytkOR7OlQ000gE7yuLi5C9AS2mk~C4gdfE6aWAK8~^|SAOHXW=l}o!0{{R30RR911ONa4ApigW00000000000RR915C8xG3;+}W5C9AS2mk~C3;+"
    "NC5C8xGPyhe`Q~&?~SO5S30RR916aWAK000gE6aWAK5C9AS3jhQF4gdfE5C8xG0000B3;+NC5C8xGfdBvh0RR910RR910ssI200000000000RR91"
    "0RR910RR91000000ssI2FaQ7m1ONa4<p2Nw2mk;83;+NC0RR91c>n+a0RR910RR913;+xO2mk;8000C43;+NC2mk;83;+NC0RR91cmMzZ0RR910R"
    "R910RR912mk;81ONm81ONa4"
)

_MEASURING_SECONDS: Final = 0.4
_WORTH_MORE_THREADS: Final = 0.93  # more threads must save this much, else they only take cores from other work

_stderr_lock = threading.Lock()


class Interpreter(Protocol):
    """The part of the runtimes' `Interpreter` that is used here; neither package carries usable types."""

    def allocate_tensors(self) -> None: ...
    def get_input_details(self) -> list[dict[str, Any]]: ...
    def get_output_details(self) -> list[dict[str, Any]]: ...
    def resize_tensor_input(self, input_index: int, tensor_size: Sequence[int], strict: bool = ...) -> None: ...
    def set_tensor(self, tensor_index: int, value: NDArray[Any]) -> None: ...
    def get_tensor(self, tensor_index: int) -> NDArray[Any]: ...
    def invoke(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Library:
    """An installed runtime that has been seen to compute.

    Attributes:
        name: with its version, such as `LiteRT 2.3.0`.
        build: the class to make interpreters of.
    """

    name: str
    build: Any = field(repr=False)


@dataclass(frozen=True, slots=True)
class Runtime:
    """An interpreter that holds one model, ready to be invoked. It may be used by one thread at a time only.

    Attributes:
        interpreter: tensors are allocated.
        runtime_name: such as `LiteRT 2.3.0`.
        delegate: `XNNPACK` if it runs at least a part of the model, else `none`.
        threads: how many threads one invoke uses.
        name: what errors call the model.
    """

    interpreter: Interpreter = field(repr=False)
    runtime_name: str
    delegate: str
    threads: int
    name: str

    def invoke(self, input_index: int, values: NDArray[Any]) -> None:
        """Run the model once on the values of one input tensor.

        Raises:
            ModelError: the runtime fails.
        """
        try:
            self.interpreter.set_tensor(input_index, values)
            self.interpreter.invoke()
        except (RuntimeError, ValueError) as error:
            raise ModelError(f"{self.name} failed while running on {self.runtime_name}: {error}") from error


@functools.cache
def find_library() -> Library:
    """Return the first runtime that can build and run an interpreter. Any thread may call it.

    Raises:
        ModelError: none can; the text gives each one's reason.
    """
    reasons = []
    for module_name, distribution, title in _LIBRARIES:
        try:
            build = importlib.import_module(module_name).Interpreter
            name = f"{title} {importlib.metadata.version(distribution)}"
            with quiet_stderr(everything=True):
                _prove(build)
        except ModuleNotFoundError as error:
            if error.name != module_name.partition(".")[0]:
                reasons.append(f"{distribution} lacks the module {error.name}")
            else:
                reasons.append(f"{distribution} is not installed")
        except Exception as error:  # whatever a broken installation throws: SystemError, ImportError, RuntimeError
            reason = error.__cause__ or error
            reasons.append(f"{distribution} does not work here ({type(reason).__name__}: {reason})")
        else:
            _log.info("Models run on %s.", name)
            return Library(name, build)
    raise ModelError(
        f"No TensorFlow Lite runtime works on this machine: {'; '.join(reasons)}. "
        "Install one with: pip install ai-edge-litert"
    )


def _prove(build: Any) -> None:
    interpreter = build(model_content=_DOUBLING_MODEL, num_threads=1)
    interpreter.allocate_tensors()
    interpreter.set_tensor(interpreter.get_input_details()[0]["index"], np.array([21], np.float32))
    interpreter.invoke()
    answer = float(interpreter.get_tensor(interpreter.get_output_details()[0]["index"])[0])
    if answer != 42:
        raise RuntimeError(f"it computes 21 + 21 = {answer:g}")


def open_interpreter(
    model: Path | bytes,
    threads: int | None = None,
    *,
    name: str | None = None,
    input_shape: Sequence[int] | None = None,
    log_level: int = logging.INFO,
) -> Runtime:
    """Open a model with the XNNPACK delegate where it applies.

    The file should have passed `verify_model`: a damaged one can bring down the process.

    Args:
        model: a `.tflite` file, or its content (which later changes to the file cannot touch).
        threads: threads for one invoke; None = let `choose_threads` measure.
        name: what errors call the model; the path if None.
        input_shape: shape to give the first input before tensors are allocated; None = as the model says.
        log_level: level at which the runtime, delegate and threads are logged.

    Raises:
        ModelError: the runtime refuses the model; the text names the operator if that is why.
    """
    name = name or ("the model" if isinstance(model, bytes) else str(model))
    library = find_library()
    if threads is None:
        threads = choose_threads(model, name=name, input_shape=input_shape)
    try:
        with quiet_stderr() as said:
            interpreter = _build(library, model, threads)
            if input_shape is not None:
                interpreter.resize_tensor_input(interpreter.get_input_details()[0]["index"], list(input_shape))
            interpreter.allocate_tensors()
    except (ValueError, RuntimeError, OSError) as error:
        raise ModelError(_refusal(name, library.name, f"{error} {' '.join(said)}")) from error
    delegate = "XNNPACK" if _uses_delegate(interpreter, said) else "none"
    _log.log(log_level, "%s runs on %s, delegate %s, threads %d.", name, library.name, delegate, threads)
    return Runtime(interpreter, library.name, delegate, threads, name)


def read_inputs(model: Path | bytes, *, name: str | None = None) -> list[dict[str, Any]]:
    """Return the input tensors' details as the model says them, with nothing allocated.

    A model that takes pictures of any size may not be runnable before its input has been given a size.

    Raises:
        ModelError: the runtime refuses the model.
    """
    library = find_library()
    try:
        with quiet_stderr() as said:
            return _build(library, model, 1).get_input_details()
    except (ValueError, RuntimeError, OSError) as error:
        name = name or ("the model" if isinstance(model, bytes) else str(model))
        raise ModelError(_refusal(name, library.name, f"{error} {' '.join(said)}")) from error


def _build(library: Library, model: Path | bytes, threads: int) -> Interpreter:
    content = {"model_content": model} if isinstance(model, bytes) else {"model_path": str(model)}
    interpreter: Interpreter = library.build(num_threads=threads, **content)
    return interpreter


def _uses_delegate(interpreter: Any, said: Sequence[str]) -> bool:
    # Both runtimes list the nodes as they will be executed, though only by a private method; what they print is the
    # fallback, and is weaker: it says that the delegate was made, not that it took any node.
    try:
        return any(node["op_name"] == "DELEGATE" for node in interpreter._get_ops_details())
    except (AttributeError, KeyError, TypeError, ValueError):
        return any("XNNPACK" in line for line in said)


_UNSUPPORTED: Final = (
    re.compile(r"unresolved custom op: *(?P<name>[\w:/-]+)"),
    re.compile(r"Didn't find op for builtin opcode '(?P<name>\w+' version '\d+)'"),
    re.compile(r"\((?P<name>Flex\w+)\)"),
)


def _refusal(name: str, library: str, text: str) -> str:
    for pattern in _UNSUPPORTED:
        if found := pattern.search(text):
            operator = found["name"].replace("' version '", " in version ")
            if operator.startswith("Flex"):
                why = f"the TensorFlow operator {operator.removeprefix('Flex')}, which needs full TensorFlow"
            else:
                why = f"the operator {operator}, which {library} does not have"
            return f"{name} cannot be used: it needs {why}. Export the model with TensorFlow Lite's own operators only."
    if "valid Flatbuffer" in text:
        return f"{name} is damaged: its structure is broken. Copy or export it again."
    detail = " ".join(text.split())[:200].rstrip(" .")
    return f"{name} is damaged or of a kind that {library} cannot run ({detail}). Export it again, or use another one."


def choose_threads(
    model: Path | bytes, *, name: str | None = None, input_shape: Sequence[int] | None = None, spare: int = 0
) -> int:
    """Return the number of threads at which this model runs fastest on this machine, measured in about 0.4 seconds.

    Tries 1, 2, 4, ... up to the processors that this process may use, less `spare` that are left to other work. More
    threads are taken only if they save at least 7 % of the time. A model too slow to be measured in that time is
    measured by one invoke each.

    Raises:
        ModelError: as for `open_interpreter`.
    """
    processors = max(1, usable_processors() - spare)
    candidates = [2**power for power in range(processors.bit_length()) if 2**power < processors] + [processors]
    if len(candidates) == 1:
        return 1
    deadline = time.perf_counter() + _MEASURING_SECONDS
    best_threads, best_seconds = 1, float("inf")
    for position, threads in enumerate(candidates):
        if position and time.perf_counter() > deadline:
            break
        runtime = open_interpreter(model, threads, name=name, input_shape=input_shape, log_level=logging.DEBUG)
        share = max(0.0, deadline - time.perf_counter()) / (len(candidates) - position)
        seconds = _invoke_seconds(runtime.interpreter, share)
        _log.debug("%s: %.2f ms with %d threads", name or model, seconds * 1e3, threads)
        if seconds < best_seconds * _WORTH_MORE_THREADS:
            best_threads, best_seconds = threads, seconds
    return best_threads


def usable_processors() -> int:
    """Return how many processors this process may use, which containers and `taskset` can make fewer than there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _invoke_seconds(interpreter: Interpreter, budget: float) -> float:
    """Return the shortest of several invokes on an empty input; the first, which warms caches, counts if alone."""
    for tensor in interpreter.get_input_details():
        interpreter.set_tensor(tensor["index"], np.zeros(tensor["shape"], tensor["dtype"]))
    deadline = time.perf_counter() + budget
    times: list[float] = []
    while len(times) < 2 or time.perf_counter() < deadline:
        start = time.perf_counter()
        interpreter.invoke()
        times.append(time.perf_counter() - start)
        if len(times) == 1 and times[0] > budget:
            break
    return min(times)


@contextlib.contextmanager
def quiet_stderr(*, everything: bool = False) -> Iterator[list[str]]:
    """Keep what the runtime's C++ code prints off the terminal; yield the list that receives its lines at the end.

    The file descriptor 2 belongs to the whole process, so this is kept to the moments in which interpreters are built,
    and lines that are not the runtime's (another thread may print) are passed on afterwards, unless `everything` is
    kept: NumPy writes a page to stderr when a module that was built for its version 1 is tried. If there is no such
    descriptor, as under a window system's launcher, nothing is redirected.
    """
    lines: list[str] = []
    with _stderr_lock, contextlib.ExitStack() as stack:
        try:
            saved = os.dup(2)
        except OSError:
            yield lines
            return
        stack.callback(os.close, saved)
        try:
            catcher = stack.enter_context(tempfile.TemporaryFile())
        except OSError:
            yield lines
            return
        _flush_stderr()
        os.dup2(catcher.fileno(), 2)
        try:
            yield lines
        finally:
            _flush_stderr()
            os.dup2(saved, 2)
            catcher.seek(0)
            text = catcher.read().decode("utf-8", "replace")
            lines.extend(line for line in text.splitlines() if everything or _is_runtimes(line))
            for line in lines:
                _log.debug("runtime: %s", line)
            foreign = "".join(line for line in text.splitlines(keepends=True) if not _is_runtimes(line))
            if foreign and not everything:
                os.write(2, foreign.encode("utf-8", "replace"))


def _is_runtimes(line: str) -> bool:
    # TensorFlow Lite's logger writes "INFO: ", abseil's "I0000 00:00:17..." or "WARNING: All log messages before ...".
    return re.match(r"(VERBOSE|INFO|WARNING|ERROR): |[IWEF]\d{4} \d\d:\d\d:\d\d", line) is not None


def _flush_stderr() -> None:
    with contextlib.suppress(OSError, ValueError, AttributeError):
        sys.stderr.flush()
