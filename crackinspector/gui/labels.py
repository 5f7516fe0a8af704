"""The words on screen for what the lower layers name in code: labels, source states and model phases."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from crackinspector.core.labels import Label, sureness
from crackinspector.core.text import percent
from crackinspector.gui.sentences import translated
from crackinspector.pipeline.model_state import ModelPhase
from crackinspector.sources.source import SourceInfo, SourceState


def label_word(label: Label | None) -> str:
    """The verdict in words of the current language; None is the time before the first one."""
    translate = QCoreApplication.translate
    match label:
        case Label.POSITIVE:
            return translate("labels", "Crack")
        case Label.NEGATIVE:
            return translate("labels", "No crack")
        case Label.UNKNOWN:
            return translate("labels", "Not a surface")
        case None:
            return translate("labels", "Looking…")


def sureness_words(label: str | None, score: float | None) -> str:
    """How sure a model is of its label, in per cent; empty where nothing was measured. `score`: crack likelihood."""
    if score is None or label not in set(Label):
        return ""
    sure = sureness(Label(label), score)
    return "" if sure is None else percent(sure)


def source_state_word(state: SourceState, info: SourceInfo | None = None) -> str:
    """A source's state in a word or two of the current language; `info` tells a camera from a file."""
    translate = QCoreApplication.translate
    match state:
        case SourceState.STARTING:
            return translate("labels", "Starting")
        case SourceState.STREAMING:
            if info is not None and not info.live:
                return translate("labels", "File")
            return translate("labels", "Live")
        case SourceState.STALLED:
            return translate("labels", "Stalled")
        case SourceState.OFFLINE:
            return translate("labels", "Offline")
        case SourceState.FAILED:
            return translate("labels", "Failed")
        case SourceState.ENDED:
            return translate("labels", "Ended")


def source_name(name: str) -> str:
    """A source's name as the screen says it: cameras keep theirs, what we call one follows the language."""
    return QCoreApplication.translate("labels", "Demo wall") if name == "Demo wall" else translated(name)


def model_phase_word(phase: ModelPhase) -> str:
    """The inference loop's phase in words of the current language."""
    translate = QCoreApplication.translate
    match phase:
        case ModelPhase.LOADING:
            return translate("labels", "Loading the model")
        case ModelPhase.READY:
            return translate("labels", "Model ready")
        case ModelPhase.FAILED:
            return translate("labels", "Model failed")
