"""Many tasks on worker processes, results in the order of the tasks.

The standard pools do not fit: `ProcessPoolExecutor` gives up every task when one worker dies, `multiprocessing.Pool`
waits for ever for the result that a dead worker owed. Here each worker has its own pipe, so that the parent knows
which task died with it, reports that one and goes on with a fresh worker.
"""

from __future__ import annotations

import contextlib
import os
import signal
import threading
import traceback
from collections import deque
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field
from multiprocessing import get_context, parent_process, resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Any, Generic, TypeVar

from crackinspector.core.errors import CrackInspectorError

Task = TypeVar("Task")
Result = TypeVar("Result")
Handler = Callable[[Task], Result]

# Results that wait for an earlier, slower task; small, so that one huge picture does not stop the other workers.
MAX_AHEAD = 4096
MAX_FAILED_STARTS = 3
JOIN_SECONDS = 2.0


@dataclass(slots=True)
class _Worker:
    process: SpawnProcess
    pipe: Connection[Any, Any]
    ready: bool = False
    held: deque[int] = field(default_factory=deque)
    """Tasks handed over and not answered; the first is the one that runs."""


class Batch(Generic[Task, Result]):
    """One run of many tasks; iterate over `results()` once.

    Args:
        tasks: what to do, picklable.
        prepare: picklable; called once in each worker, returns the function that does one task. An exception from
            either ends the whole batch, so failures that concern one task belong into its result.
        workers: number of processes, >= 1.
        lost: makes the result of a task whose worker died; its text says how.
        discard: told the task and the process id of every task that a worker was stopped or killed in.
        done: called in this process after each finished task, in any order.
    """

    def __init__(
        self,
        tasks: Sequence[Task],
        prepare: Callable[[], Handler[Task, Result]],
        workers: int,
        lost: Callable[[Task, str], Result],
        discard: Callable[[Task, int], None] = lambda task, pid: None,
        done: Callable[[], None] = lambda: None,
    ) -> None:
        self._tasks = tasks
        self._prepare = prepare
        self._count = min(workers, len(tasks))
        self._lost = lost
        self._discard = discard
        self._done = done
        self._context = get_context("spawn")
        self._workers: dict[Connection[Any, Any], _Worker] = {}
        self._finished: dict[int, Result] = {}
        self._next = 0
        self._returned: deque[int] = deque()
        self._emitted = 0
        self._failed_starts = 0

    def results(self) -> Generator[Result, None, None]:
        """Yield one result for each task, in order. Closing the iterator, or an exception, stops every worker.

        Raises:
            CrackInspectorError: what a worker raised, or that workers die before they take a task.
        """
        orderly = False
        try:
            for _ in range(self._count):
                self._start()
            while self._emitted < len(self._tasks):
                for ready in wait(list(self._workers)):
                    assert isinstance(ready, Connection)
                    self._receive(self._workers[ready])
                self._hand_out()
                while self._emitted in self._finished:
                    yield self._finished.pop(self._emitted)
                    self._emitted += 1
                    self._hand_out()
            orderly = True
        finally:
            self._stop(orderly)

    def _start(self) -> None:
        ours, theirs = self._context.Pipe()
        # The tracker would otherwise be started below, and lift the mask on its way.
        resource_tracker.ensure_running()
        # Ctrl-C goes to the whole process group. A blocked signal is inherited: no worker prints a traceback of its
        # own, not even while it still imports; this process gets the signal as soon as the mask is lifted.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            process = self._context.Process(target=_serve, args=(theirs, self._prepare), daemon=True)
            process.start()
            self._workers[ours] = _Worker(process, ours)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
            theirs.close()

    def _receive(self, worker: _Worker) -> None:
        try:
            kind, value = worker.pipe.recv()
        except (EOFError, OSError):
            self._bury(worker)
            return
        if kind == "ready":
            worker.ready = True
            self._failed_starts = 0
        elif kind == "failed":
            raise value
        else:
            self._finish(worker.held.popleft(), value)

    def _finish(self, index: int, result: Result) -> None:
        self._finished[index] = result
        self._done()

    def _bury(self, worker: _Worker) -> None:
        """The worker is gone: its running task is lost, what it held besides goes to others."""
        del self._workers[worker.pipe]
        worker.pipe.close()
        worker.process.join()
        how = _how_it_ended(worker.process.exitcode)
        if worker.held:
            index = worker.held.popleft()
            self._discard(self._tasks[index], worker.process.pid or 0)
            self._finish(index, self._lost(self._tasks[index], how))
            self._returned.extend(worker.held)
        elif not worker.ready:
            self._failed_starts += 1
            if self._failed_starts >= MAX_FAILED_STARTS:
                raise CrackInspectorError(
                    f"worker processes {how} before they took a picture; --workers 1 --debug may show why"
                )
        if self._returned or self._next < len(self._tasks):
            self._start()

    def _hand_out(self) -> None:
        """Keep one task waiting behind each running one; not near the end, where it would wait behind a slow one."""
        for worker in self._workers.values():
            left = len(self._returned) + len(self._tasks) - self._next
            depth = 2 if left > 2 * self._count else 1
            while worker.ready and len(worker.held) < depth:
                if self._returned:
                    index = self._returned.popleft()
                elif self._next < len(self._tasks) and self._next - self._emitted < MAX_AHEAD:
                    index = self._next
                    self._next += 1
                else:
                    break
                try:
                    worker.pipe.send(self._tasks[index])
                except OSError:
                    # It died just now; its pipe says so at the next wait.
                    self._returned.appendleft(index)
                    break
                worker.held.append(index)

    def _stop(self, orderly: bool) -> None:
        for worker in self._workers.values():
            if orderly:
                # Closing its pipe ends an idle worker.
                worker.pipe.close()
            else:
                worker.process.terminate()
        for worker in self._workers.values():
            worker.process.join(JOIN_SECONDS)
            if worker.process.is_alive():
                worker.process.kill()
                worker.process.join()
            for index in worker.held:
                self._discard(self._tasks[index], worker.process.pid or 0)
            worker.pipe.close()
        self._workers.clear()


def _how_it_ended(exitcode: int | None) -> str:
    if exitcode is None or exitcode >= 0:
        return f"ended with exit code {exitcode}"
    try:
        name = signal.Signals(-exitcode).name
    except ValueError:
        name = f"signal {-exitcode}"
    hint = " (the machine may be out of memory)" if -exitcode == signal.SIGKILL else ""
    return f"ended by {name}{hint}"


def _serve(pipe: Connection[Any, Any], prepare: Callable[[], Handler[Task, Result]]) -> None:
    """A worker's life: ends when the parent closes the pipe, or is gone."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        try:
            handle = prepare()
        except Exception as error:
            pipe.send(("failed", _portable(error)))
            return
        pipe.send(("ready", None))
        while True:
            task = pipe.recv()
            try:
                result = handle(task)
            except Exception as error:
                pipe.send(("failed", _portable(error)))
                return
            pipe.send(("done", result))


def _end_with_parent() -> None:
    """A parent that was killed closes its pipe too, but a worker would look there only after its task."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _portable(error: Exception) -> CrackInspectorError:
    """The error as one that survives the way to the parent, with its traceback as a note."""
    if isinstance(error, CrackInspectorError):
        portable = error
    else:
        portable = CrackInspectorError(f"a worker failed unexpectedly: {type(error).__name__}: {error}")
    portable.add_note("".join(traceback.format_exception(error)))
    portable.__cause__ = portable.__context__ = None
    return portable
