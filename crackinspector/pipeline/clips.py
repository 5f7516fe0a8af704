"""Video clips that begin a few seconds before somebody, or the alarm, started them."""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from crackinspector.core.errors import StorageError
from crackinspector.core.frame import Frame
from crackinspector.core.settings import Settings
from crackinspector.library.places import keeping_folder
from crackinspector.pipeline.clip_file import ClipFile, recover_clips
from crackinspector.pipeline.clip_picture import Shot
from crackinspector.pipeline.clip_state import ClipPhase, ClipState

ALARM = "alarm"
AFTER_ALARM = 15.0
"""Seconds that a clip goes on after the last alarm; more than the usual pause between two alarms."""
MOST_BYTES = 256_000_000
"""Of pictures that are held at most: those from before a start and those that wait to be written."""
# How often a clip's end is looked for while no frames come.
_TICK = 0.25
_log = logging.getLogger(__name__)


@dataclass(slots=True, eq=False)
class _Clip:
    """A clip from its start to its last picture; guarded by the recorder's lock."""

    reason: str
    settings: Settings
    started: float
    until: float
    seconds: float = 0.0
    path: Path | None = None
    sentence: str = ""
    dropped: int = 0
    is_open: bool = True
    is_done: bool = False


class ClipRecorder:
    """Holds the last seconds, and writes clips.

    `run` belongs to a thread of its own, in which pictures are drawn, encoded and written. Any thread may call the
    rest, none of which waits for the disk.
    """

    def __init__(
        self,
        settings: Settings,
        on_state: Callable[[ClipState], None] = lambda state: None,
        *,
        folder: Path | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Hold nothing yet.

        Args:
            settings: for clips that are started from now on; see `configure`.
            on_state: called in `run`'s thread when phase, path or sentence have changed.
            folder: in which `run` first finishes what a killed program left there.
            clock: the time that `Frame.captured_at` is told in.
        """
        self._settings = settings
        self._on_state = on_state
        self._folder = folder
        self._clock = clock
        self._changed = threading.Condition()
        self._before: deque[Shot] = deque()
        self._waiting: deque[tuple[_Clip, Shot | None]] = deque()
        self._bytes = 0
        self._fps = 0
        self._began = 0.0
        self._place = -1
        self._clip: _Clip | None = None
        self._newest: _Clip | None = None
        self._deadline: float | None = None
        self._attention = False
        # Of `run`'s thread alone.
        self._file: ClipFile | None = None
        self._told = ClipState()

    def configure(self, settings: Settings) -> None:
        """Take other settings; a clip that is being recorded keeps its folder, speed and looks."""
        with self._changed:
            before, self._settings = self._settings, settings
            if not settings.keeping.clip_before or settings.keeping.clip_fps != before.keeping.clip_fps:
                self._forget(float("inf"))

    def offer(self, frame: Frame, show: Callable[[Shot], Shot] = lambda shot: shot) -> None:
        """Have a frame in a clip, or at hand for one; takes as many as the clip's speed says.

        Args:
            frame: the newest; must not be older than the one before.
            show: adds to a shot of the frame what is shown of it now; called for the frames that are taken.
        """
        with self._changed:
            keeping = self._settings.keeping
            fps = self._clip.settings.keeping.clip_fps if self._clip else keeping.clip_fps
            if fps != self._fps:
                self._fps, self._began, self._place = fps, frame.captured_at, -1
            place = round((frame.captured_at - self._began) * fps)
            if place <= self._place or self._deadline is not None:
                return
            self._place = place
            shot = show(Shot(place, frame))
            if self._clip is None:
                if keeping.clip_before:
                    self._hold(shot, keeping.clip_before)
            elif frame.captured_at >= self._clip.until:
                self._end()
            elif self._bytes + frame.image.nbytes > MOST_BYTES:
                self._clip.dropped += 1
            else:
                self._bytes += frame.image.nbytes
                self._waiting.append((self._clip, shot))
                self._changed.notify()

    def start(self, reason: str = "person") -> bool:
        """Begin a clip, or have the present one go on.

        A clip ends after the longest time of the settings. One that `ALARM` alone has started ends earlier,
        `AFTER_ALARM` seconds after the last alarm; a person's start makes it that person's.

        Returns:
            False after `stop`.
        """
        with self._changed:
            if self._deadline is not None:
                return False
            now, longest = self._clock(), self._settings.keeping.clip_longest
            if self._clip is None:
                self._clip = self._newest = _Clip(reason, self._settings, now, now)
                # A camera that has just come back holds pictures from before it went.
                self._forget(now - self._settings.keeping.clip_before)
                self._waiting.extend((self._clip, shot) for shot in self._before)
                self._before.clear()
                self._call()
            clip = self._clip
            if reason != ALARM:
                clip.reason = reason
            clip.until = clip.started + longest
            if clip.reason == ALARM:
                clip.until = min(clip.until, now + AFTER_ALARM)
            return True

    def end(self) -> None:
        """End the clip; does nothing without one."""
        with self._changed:
            self._end()

    @property
    def state(self) -> ClipState:
        """What it is doing now, and what became of the newest clip."""
        with self._changed:
            clip = self._newest
            if clip is None:
                return ClipState()
            if clip.is_open:
                phase, seconds = ClipPhase.RECORDING, self._clock() - clip.started
            else:
                phase, seconds = ClipPhase.FINISHING, clip.seconds
                if clip.is_done:
                    phase = ClipPhase.FAILED if clip.sentence else ClipPhase.IDLE
            return ClipState(phase, clip.reason, seconds, clip.path, clip.sentence, clip.dropped)

    def run(self) -> None:
        """Write clips until `stop`."""
        folder, self._folder = self._folder, None
        if folder is not None:
            for path in recover_clips(folder):
                _log.warning("finished a clip that an earlier run had begun: %s", path)
        while True:
            with self._changed:
                if not self._waiting and not self._attention and self._deadline is None:
                    self._changed.wait(_TICK if self._clip is not None else None)
                if self._clip is not None and self._clock() >= self._clip.until:
                    self._end()
                self._attention = False
                item = self._waiting.popleft() if self._waiting else None
                stopping = self._deadline is not None
                too_late = self._deadline is not None and time.monotonic() >= self._deadline
            if item is not None:
                self._write(*item, too_late)
            self._tell()
            if stopping and item is None:
                return

    def stop(self, within: float = 0.3) -> None:
        """End the clip and have `run` return once it is written. Returns at once.

        Args:
            within: seconds after which waiting pictures are left out; the file is finished in any case.
        """
        with self._changed:
            self._end()
            self._deadline = time.monotonic() + within
            self._call()

    def _call(self) -> None:
        self._attention = True
        self._changed.notify()

    def _hold(self, shot: Shot, seconds: float) -> None:
        self._before.append(shot)
        self._bytes += shot.frame.image.nbytes
        self._forget(shot.frame.captured_at - seconds)

    def _forget(self, earliest: float) -> None:
        """Let go of what is too old or too much of what is held for a start."""
        while self._before and (self._before[0].frame.captured_at < earliest or self._bytes > MOST_BYTES):
            self._bytes -= self._before.popleft().frame.image.nbytes

    def _end(self) -> None:
        clip, self._clip = self._clip, None
        if clip is not None:
            clip.is_open = False
            clip.seconds = min(self._clock(), clip.until) - clip.started
            self._waiting.append((clip, None))
            self._call()

    def _write(self, clip: _Clip, shot: Shot | None, too_late: bool) -> None:
        """Write the clip's next shot, or its end; in `run`'s thread, as is all that touches files."""
        try:
            if clip.is_done:
                return
            if shot is None:
                self._close(clip)
            elif too_late:
                clip.dropped += 1
            else:
                if self._file is None:
                    folder = keeping_folder(clip.settings.keeping.folder)
                    self._file = ClipFile(folder, clip.settings, clip.reason)
                self._file.add(shot)
        except Exception as error:
            with self._changed:
                if self._clip is clip:
                    self._end()
            self._close(clip, _sentence(error))
        finally:
            if shot is not None:
                with self._changed:
                    self._bytes -= shot.frame.image.nbytes

    def _close(self, clip: _Clip, sentence: str = "") -> None:
        """Finish the clip's file, whatever happened to it."""
        file, self._file = self._file, None
        try:
            if file is not None:
                file.finish()
        except Exception as error:
            sentence = sentence or _sentence(error)
        path = file.paths[-1] if file is not None and file.paths else None
        if path is None:
            sentence = sentence or "nothing was recorded, for no picture came; start again when there is one"
        elif sentence:
            sentence = f"{sentence}; what was recorded before is kept"
        with self._changed:
            clip.path, clip.sentence, clip.is_done = path, sentence, True

    def _tell(self) -> None:
        state = self.state
        if (state.phase, state.path, state.sentence) == (self._told.phase, self._told.path, self._told.sentence):
            return
        self._told = state
        try:
            self._on_state(state)
        except Exception:
            _log.exception("the receiver of the recorder's state failed")


def _sentence(error: Exception) -> str:
    if isinstance(error, StorageError):
        _log.warning("%s", error)
        return str(error)
    _log.error("recording has stopped", exc_info=error)
    return f"recording has stopped ({type(error).__name__}: {error}); the log has the details"
