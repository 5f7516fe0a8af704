"""What certain fields hold."""

from __future__ import annotations

from collections.abc import Mapping

from crackinspector.core.settings import QT_TRANSLATE_NOOP as _T

PARTS: Mapping[str, tuple[str, ...]] = {
    "check": (
        _T("sentences", "check its plug and cable"),
        _T("sentences", "check the disk or network that it is on"),
    ),
    "ending": (
        _T("sentences", "by itself"),
        _T("sentences", "by the signal {signal}"),
        _T("sentences", "ended with exit code {number}"),
        _T("sentences", "ended by {signal}{hint}"),
    ),
    "remedy": (
        _T("sentences", "choose another place"),
        _T("sentences", "free some space or choose another place"),
        _T("sentences", "check the permissions or choose another place"),
        _T("sentences", "free some space"),
        _T("sentences", "check the disk and the permissions"),
    ),
    "deleted": (
        _T("sentences", "was deleted"),
        _T("sentences", "was deleted on {date}{by}{why}"),
    ),
    "by": (_T("sentences", " by {who}"),),
    "hint": (_T("sentences", " (the machine may be out of memory)"),),
    "demand": (
        _T("sentences", "takes true or false"),
        _T("sentences", "takes a {sort}"),
        _T("sentences", "takes {least} to {most}"),
        _T("sentences", "takes a text"),
        _T("sentences", "takes one of {choices}"),
        _T("sentences", "must be one of the labels {labels}"),
        _T("sentences", "names neither scores nor a map"),
        _T("sentences", "must be a list of at least two texts"),
        _T("sentences", "holds the same label twice"),
        _T("sentences", "must be two numbers: what the pixel values 0 and 255 become"),
        _T("sentences", "holds the same number twice"),
        _T("sentences", "must be a list of objects"),
        _T("sentences", "is missing"),
        _T("sentences", "must be a text"),
        _T("sentences", "must be a whole number, {least} or more"),
        _T("sentences", "must be a number"),
        _T("sentences", "must be one of {choices}"),
        _T("sentences", "must be an object"),
    ),
    "fault": (
        _T("sentences", "they take a table"),
        _T("sentences", "{names} is unknown"),
        _T("sentences", "rotation takes 0, 90, 180 or 270"),
        _T("sentences", "mirror takes true or false"),
        _T("sentences", "controls takes numbers"),
    ),
    "foreign": (
        _T("sentences", "a Git LFS pointer, not the file itself"),
        _T("sentences", "a Keras model in HDF5 format"),
        _T("sentences", "a gzip archive"),
        _T("sentences", "a picture"),
        _T("sentences", "an ONNX model"),
        _T("sentences", "a PyTorch model"),
        _T("sentences", "a TensorFlow graph"),
    ),
    "advice": (
        _T(
            "sentences",
            "Convert it with `crackinspector train export`, or choose the .tflite file that was made from it.",
        ),
        _T("sentences", "Fetch the file with: git lfs pull"),
        _T("sentences", "Unpack it first."),
        _T("sentences", "Give a .tflite file as the model."),
        _T("sentences", "Convert it to TensorFlow Lite first."),
    ),
    "damage": (
        _T("sentences", "its schema version is {version}, not {expected}"),
        _T("sentences", "it holds no network"),
        _T("sentences", "it is cut short, or parts of it were overwritten"),
    ),
    "operator": (
        _T("sentences", "the TensorFlow operator {name}, which needs full TensorFlow"),
        _T("sentences", "the operator {name}, which {runtime} does not have"),
    ),
    "where": (
        _T("sentences", " in {thread}"),
        _T("sentences", " inside"),
    ),
    "sort": (
        _T("sentences", "whole number"),
        _T("sentences", "number"),
    ),
    "change": (
        _T("sentences", "is gone"),
        _T("sentences", "or its card was replaced"),
    ),
    "care": (
        _T("sentences", "put it back before the next start"),
        _T("sentences", "choose it again to use the new one"),
    ),
    "outcome": (
        _T("sentences", "it was kept as {aside}"),
        _T("sentences", "it could not be moved out of the way ({reason})"),
    ),
    "sample": (
        _T("sentences", "complex "),
        _T("sentences", "floating-point "),
        _T("sentences", "signed "),
    ),
}
"""Name of a field -> the only texts that it can hold, besides nothing; all other fields can hold anything."""
