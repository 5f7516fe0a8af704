"""What models, their cards and the runtime say."""

# ruff: noqa: E501 - a template on one line is found by searching for it

from __future__ import annotations

from crackinspector.core.settings import QT_TRANSLATE_NOOP as _T

MODELS: tuple[str, ...] = (
    _T("sentences", "The model card {path} cannot be read: {reason}."),
    _T("sentences", "The model card {path} is not valid JSON: {reason}."),
    _T("sentences", "The model card {path} must hold a JSON object, not {kind}."),
    _T(
        "sentences",
        "The model card {path} has format {version}; this version of crackinspector reads format {format}. Update crackinspector, or use a model made for it.",
    ),
    _T("sentences", 'The model card {path} cannot be used: "{key}" {demand}.'),
    _T("sentences", "{path} could not be tried: the trial ended without an answer. Try again."),
    _T(
        "sentences",
        "{path} is not the model that its card {card} describes: the sha256 is {sha256}…, the card says {expected}…. Restore the pair, or remove the card to use the model without it.",
    ),
    _T("sentences", "{path} gives values that are not numbers: it is damaged or was exported wrongly."),
    _T("sentences", "{path} is a folder, not a model. Give a .tflite file in it."),
    _T("sentences", "There is no model file {path}."),
    _T("sentences", "The model file {path} cannot be read: {reason}."),
    _T("sentences", "{path} is not a TensorFlow Lite model: it is larger than 2 GB."),
    _T("sentences", "{path} is damaged: {damage}. Copy or export it again."),
    _T("sentences", "{path} is empty. Copy or export the model again."),
    _T("sentences", "{path} is {foreign}. {advice}"),
    _T("sentences", "{path} is a web page, perhaps a download that failed. Download the model file itself."),
    _T("sentences", "{path} is a Keras model. {advice}"),
    _T("sentences", "{path} is a zip archive. Unpack it and give the .tflite file in it."),
    _T("sentences", "{path} is not a TensorFlow Lite model: its identifier TFL3 is missing. Give a .tflite file."),
    _T("sentences", "{path} cannot be used: it has {count} inputs; a model for pictures has one."),
    _T(
        "sentences",
        "{path} does not fit its card: the card says an input of {width} x {height} pixels, the model has {input}.",
    ),
    _T("sentences", "{path} takes pictures of any size; a card beside it must say at which size it works best."),
    _T(
        "sentences",
        "{path} cannot be used: it has no output that holds one value for each label, and no map; it has {outputs}. Give it a card if its labels are not negative, positive and unknown.",
    ),
    _T("sentences", "{path} cannot be used: several outputs could be the scores: {outputs}."),
    _T(
        "sentences",
        "{path} does not fit its card: no output holds {count} values, one for each label; it has {outputs}.",
    ),
    _T("sentences", "{path} cannot be used: several outputs could be the map: {outputs}."),
    _T("sentences", "{path} does not fit its card: no output is the map that it tells of; it has {outputs}."),
    _T("sentences", "{path} failed while running on {runtime}: {reason}"),
    _T(
        "sentences",
        "No TensorFlow Lite runtime works on this machine: {reasons}. Install one with: pip install ai-edge-litert",
    ),
    _T(
        "sentences",
        "{path} cannot be used: it needs {operator}. Export the model with TensorFlow Lite's own operators only.",
    ),
    _T("sentences", "{path} is damaged: its structure is broken. Copy or export it again."),
    _T(
        "sentences",
        "{path} is damaged or of a kind that {runtime} cannot run ({details}). Export it again, or use another one.",
    ),
    _T("sentences", "{path} cannot be used: a tensor is {tensor}; float32, float16, int8 and uint8 are supported."),
    _T("sentences", "{path} cannot be used: the tensor {tensor} has a scale for each channel."),
    _T(
        "sentences",
        "{path} cannot be used: its input is {tensor}, not a picture [1, height, width, 3] or [1, height, width, 1].",
    ),
    _T("sentences", "{path} did not finish a first run within {seconds} seconds: it is damaged or too large."),
    _T("sentences", "{path} could not be tried: {reason}."),
    _T("sentences", "{path} could not be tried: its process was killed, perhaps for want of memory."),
    _T("sentences", "{path} is damaged: the runtime crashed on it ({crash}). Copy or export it again."),
    _T("sentences", "{path} cannot be run: {reason}. Copy or export it again."),
    _T("sentences", "the model {model} is missing from this installation ({path}); install crackinspector again"),
    _T("sentences", "no {model} model is shipped yet; choose one of {names}, or a .tflite file"),
    _T("sentences", "{model} is a folder; --model takes a .tflite file or one of {names}"),
    _T("sentences", "there is no model {model}: neither a file of that path nor a shipped model ({names})"),
    _T("sentences", "{sentence}; {name} stays in use."),
    _T("sentences", "A frame could not be looked at, the model was loaded again: {reason}"),
    _T("sentences", "Detection was stopped after too many failures; choose the model again or another one: {reason}"),
    _T("sentences", "{name} failed unexpectedly ({error}); the log has the details."),
    _T("sentences", "The model {path} cannot be read: {reason}. Remove it, or copy it again."),
    _T("sentences", "{path} is not the model that its card describes. Restore the pair, or remove the card."),
    _T("sentences", "{path} did not finish its trial in {seconds} seconds: it is too large."),
    _T("sentences", "{count} thread"),
    _T("sentences", "{count} threads"),
    _T("sentences", "{path} {change}; what was loaded stays in use, {care}."),
)
