"""The live pipeline without a window, for robots and vehicles: a line of JSON for each detection."""

from __future__ import annotations

import functools
import json
import logging
import queue
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final, Protocol

import cv2

from crackinspector.core.detection import Detection
from crackinspector.core.errors import ModelError, SourceError, StorageError, UsageError
from crackinspector.core.frame import Frame
from crackinspector.core.mailbox import Mailbox
from crackinspector.core.settings import Settings
from crackinspector.core.text import printable, without_password
from crackinspector.inference.shipped import resolve_model
from crackinspector.library.places import keeping_folder
from crackinspector.library.record import Snapshot
from crackinspector.pipeline.alarm import Alarm
from crackinspector.pipeline.alarm_clips import AlarmClips
from crackinspector.pipeline.camera_loop import CameraLoop
from crackinspector.pipeline.crash import CrashFile
from crackinspector.pipeline.ending_signals import ending_signals
from crackinspector.pipeline.inference_loop import Found, InferenceLoop
from crackinspector.pipeline.keeper import Keeper, Kept
from crackinspector.pipeline.lines import LineWriter
from crackinspector.pipeline.logs import Log
from crackinspector.pipeline.model_state import LookSettings, ModelPhase, ModelState
from crackinspector.pipeline.options import LiveOptions
from crackinspector.pipeline.rates import Rates
from crackinspector.pipeline.settings_file import load_settings, settings_path
from crackinspector.pipeline.stats import RunStats
from crackinspector.pipeline.steady import Steadier, Verdict
from crackinspector.pipeline.suspend import Suspend
from crackinspector.sources.catalogue import is_camera, open_source
from crackinspector.sources.source import SourceState
from crackinspector.sources.steady_feed import Feed, SourceStatus

EXIT_INCOMPLETE: Final = 1
RETRY_SECONDS: Final = 60.0
"""After so long a source that was given up is tried again: no person is there to do it."""
DRAIN_SECONDS: Final = 30.0
"""How long the last frame of a file may take: a slow device that looks closely needs its seconds."""
_END_SECONDS: Final = 0.8


def run_headless(options: LiveOptions) -> int:
    """Run until the time is up, the source is through, or SIGINT, SIGTERM or SIGHUP comes; the main thread calls it.

    Returns:
        The exit status: 0, 1 if lines were lost or no picture was looked at, or 128 and the signal's number.

    Raises:
        CrackInspectorError: wrong usage, no model to run with, or the output or statistics cannot be written.
        BrokenPipeError: nobody reads standard output any more.
    """
    cv2.setNumThreads(1)  # frames come one after the other; further threads would take processors from the model
    settings, problems = _settings(options)
    for problem in problems:
        _tell(problem)
    resolve_model(settings.detection.model)
    open_source(settings.source.name, settings.source)
    # what people are to know goes to standard error as sentences of its own
    with closing(Log(stderr=logging.CRITICAL)), closing(CrashFile()) as crashes:
        for report in crashes.reports:
            _tell(f"the last run crashed; what is known about it is in {printable(report.path)}")
        return _Headless(options, settings).run()


def _settings(options: LiveOptions) -> tuple[Settings, tuple[str, ...]]:
    if options.config is not None and not options.config.is_file():
        raise UsageError(f"there is no settings file {printable(options.config)}; leave --config out or mend the path")
    settings, problems = load_settings(options.config or settings_path(), named=options.config is not None)
    # A file that began again and again would fill the output with what is known.
    source = replace(settings.source, name=options.source or settings.source.name, repeat=False)
    settings = replace(settings, source=source)
    if options.model is not None:
        settings = replace(settings, detection=replace(settings.detection, model=options.model))
    if options.snapshots is not None:
        settings = replace(settings, alarm=replace(settings.alarm, snapshot=options.snapshots))
    return settings, problems


def _tell(sentence: str) -> None:
    with suppress(OSError, ValueError, AttributeError):
        print(f"crackinspector: {sentence}", file=sys.stderr, flush=True)


class _Loop(Protocol):
    """What has a thread of its own."""

    def run(self) -> None:
        """Runs until it is stopped."""


class _Headless:
    """One run. `_take` belongs to the inference thread, `run` to the main thread."""

    def __init__(self, options: LiveOptions, settings: Settings) -> None:
        self._options = options
        self._settings = settings
        # what happens elsewhere and the main thread deals with; a SimpleQueue may be put to by signal handlers
        self._events: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._status: int | None = None
        self._error: Exception | None = None
        self._retry_at: float | None = None
        self._ended_at: float | None = None
        self._ready = self._any_found = False
        self._threads: dict[_Loop, threading.Thread] = {}
        self._inbox: Mailbox[Frame] = Mailbox()
        self._outbox: Mailbox[Found] = Mailbox()
        self._rates = Rates()
        self._stats = RunStats(self._rates, headless=True)
        detection, alarm = settings.detection, settings.alarm
        self._steadier = Steadier(detection.delay, detection.threshold)
        self._alarm = Alarm(alarm.hold, alarm.pause)
        self._suspend = Suspend()
        self._lines = LineWriter(options.out, lambda error: self._later(self._output_failed, error))
        self._keeper = Keeper(keeping_folder(settings.keeping.folder) if alarm.snapshot else None)
        self._clips = AlarmClips(settings, _tell) if alarm.clip else None
        self._camera = CameraLoop(
            functools.partial(_open_feed, settings),
            (self._inbox,) if self._clips is None else (self._inbox, self._clips),
            self._rates,
            lambda: None,
            lambda status: self._later(self._source_changed, status),
        )
        self._inference = InferenceLoop(
            self._inbox,
            self._outbox,
            self._rates,
            self._take,
            lambda state: self._later(self._model_changed, state),
            look=LookSettings(
                threshold=detection.threshold,
                detail=detection.detail,
                most_fps=detection.most_fps,
                threads=detection.threads,
            ),
            model=detection.model,
        )

    def run(self) -> int:
        until = None if self._options.seconds is None else time.monotonic() + self._options.seconds
        with ending_signals(lambda number: self._later(self._end, 128 + number)):
            for loop in (self._inference, self._keeper, *(() if self._clips is None else (self._clips,))):
                self._start(loop)
            if is_camera(self._settings.source.name):
                self._start(self._camera)
            while self._status is None and (until is None or time.monotonic() < until):
                self._wait(until)
            self._stop()
        if self._options.stats is not None:
            self._stats.write(self._options.stats)
        if self._error is not None:
            raise self._error
        return self._status or self._outcome()

    def _outcome(self) -> int:
        """The exit status of a run that ended by itself; whoever started it may read nothing else."""
        if not self._any_found:
            _tell("no picture was looked at")
        return EXIT_INCOMPLETE if self._lines.lost or not self._any_found else 0

    def _start(self, loop: _Loop) -> None:
        if loop not in self._threads:
            self._threads[loop] = threading.Thread(target=loop.run, name=type(loop).__name__, daemon=True)
            self._threads[loop].start()

    def _wait(self, until: float | None) -> None:
        timeout = 0.5 if until is None else min(0.5, max(0.0, until - time.monotonic()))
        with suppress(queue.Empty):
            self._events.get(timeout=timeout)()
        now = time.monotonic()
        if self._retry_at is not None and now >= self._retry_at:
            self._retry_at = None
            self._camera.retry()
        if self._ended_at is not None and self._ready and self._status is None:
            if self._inbox.is_awaited:
                self._finish()
            elif now - self._ended_at >= DRAIN_SECONDS:
                _tell(f"the last picture was not looked at within {DRAIN_SECONDS:.0f} s")
                self._finish()

    def _finish(self) -> None:
        """The source is through."""
        self._status = 0
        if not self._any_found:
            name = printable(without_password(self._settings.source.name))
            self._error = SourceError(f"nothing in {name} could be looked at; check that it holds readable pictures")

    def _stop(self) -> None:
        deadline = time.monotonic() + _END_SECONDS
        self._camera.stop()
        self._inference.stop()
        self._keeper.stop(_END_SECONDS / 2)
        if self._clips is not None:
            self._clips.stop(_END_SECONDS / 2)
        for thread in self._threads.values():
            thread.join(max(0.0, deadline - time.monotonic()))
            if thread.is_alive():
                _tell(f"{thread.name} did not end in time and was left behind")
        if self._keeper.waiting:
            _tell(f"snapshots that were not kept: {self._keeper.waiting}")
        self._lines.close(max(0.1, deadline - time.monotonic()))
        if self._lines.lost:
            _tell(f"detections that could not be written: {self._lines.lost}")

    def _later(self, what: Callable[..., None], *arguments: Any) -> None:
        self._events.put(functools.partial(what, *arguments))

    def _end(self, status: int) -> None:
        self._status = status

    def _output_failed(self, error: Exception) -> None:
        if isinstance(error, StorageError):
            _tell(str(error))
            return
        self._error, self._status = error, 0

    def _source_changed(self, status: SourceStatus) -> None:
        if status.sentence and status.state is not SourceState.STARTING:
            _tell(f"source {status.state}: {status.sentence}")
        self._retry_at = time.monotonic() + RETRY_SECONDS if status.state is SourceState.FAILED else None
        if self._clips is not None and status.state is not SourceState.STREAMING:
            self._clips.forget()
        if status.state is SourceState.ENDED:
            self._ended_at = time.monotonic()

    def _model_changed(self, state: ModelState) -> None:
        if state.sentence:
            _tell(state.sentence)
        if state.phase is ModelPhase.FAILED:
            self._error, self._status = ModelError(state.sentence), 2
        was_ready, self._ready = self._ready, state.phase is ModelPhase.READY
        if self._ready and not was_ready:
            # a short file would be through before the model can look at it
            self._start(self._camera)
            if self._ended_at is not None:
                self._ended_at = time.monotonic()

    def _take(self) -> None:
        found = self._outbox.take()
        if found is None:
            return
        frame, detection = found
        if self._suspend.is_over():
            self._steadier.reset()
        now = time.monotonic()
        self._any_found = True
        self._stats.started()
        self._stats.warm()
        verdict = self._steadier.add(detection, now)
        self._lines.write(json.dumps(record(frame, detection, verdict, now - frame.captured_at)))
        if self._clips is not None:
            self._clips.show(detection, verdict)
        if self._alarm.update(verdict, now):
            if self._settings.alarm.snapshot:
                self._keep(frame, detection, verdict)
            if self._clips is not None:
                self._clips.alarm()

    def _keep(self, frame: Frame, detection: Detection, verdict: Verdict) -> None:
        snapshot = Snapshot(frame, detection, self._settings, detection.view, verdict.label, "alarm")
        if not self._keeper.keep(snapshot, lambda result: self._later(self._kept, result)):
            self._later(_tell, "an alarm's snapshot was not kept: too many wait for the disk")

    @staticmethod
    def _kept(result: Kept | StorageError) -> None:
        _tell(str(result) if isinstance(result, StorageError) else f"alarm: kept {printable(result.path)}")


def _open_feed(settings: Settings, stop: threading.Event) -> Feed:
    return Feed(lambda: open_source(settings.source.name, settings.source, stop), settings.cameras, stop)


def record(frame: Frame, detection: Detection, verdict: Verdict, latency: float) -> dict[str, Any]:
    """One line's object; `latency` in seconds from capture to result."""
    return {
        "frame": frame.id,
        "time": datetime.fromtimestamp(frame.taken_at, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "source": frame.source,
        "position": frame.position,
        "label": detection.label.value,
        "steady_label": verdict.label.value,
        "score": round(detection.score, 4),
        "probabilities": {name: round(p, 4) for name, p in detection.probabilities.items()},
        "regions": [{"x": r.x, "y": r.y, "w": r.w, "h": r.h, "score": r.score} for r in detection.regions],
        "model": detection.model,
        "latency_ms": round(1000 * latency, 1),
    }
