"""Model cards: what a model file means, as JSON beside it.

A `.tflite` file tells the shapes and types of its tensors but not what they mean. The card `<stem>.json` beside
`<stem>.tflite` tells the labels, the range that pixels are mapped to, what the outputs hold, how the crack map is
calibrated, and where the training pictures came from. A model without a card is read by its tensors alone; see
`crackinspector.inference.model`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from crackinspector.core.errors import ModelError

FORMAT: Final = 1

RESIZE_METHODS: Final = ("area", "linear", "cubic", "nearest")
SCORE_ACTIVATIONS: Final = ("softmax", "sigmoid", "logits")
MAP_KINDS: Final = ("crack_probability", "crack_logit", "class_probability", "class_activation")
MAP_LAYOUTS: Final = ("NHWC", "NCHW")


@dataclass(frozen=True, slots=True)
class InputSpec:
    """How pictures are given to the model.

    Attributes:
        width, height: size of one tile in pixels as the model takes it, >= 1.
        low, high: the real values that the pixel values 0 and 255 become (channels in RGB order); `range` in JSON.
        tile_px: how many picture pixels one tile spans in width: the scale that the model was trained to see.
        resize: how a tile of another size is brought to `width` x `height`, one of `RESIZE_METHODS`.
    """

    width: int
    height: int
    low: float
    high: float
    tile_px: int
    resize: str = "area"


@dataclass(frozen=True, slots=True)
class MapSpec:
    """What the map output holds.

    Attributes:
        kind: `crack_probability` (one channel, 0..1), `crack_logit` (one channel, before a sigmoid),
            `class_activation` (one channel for each label, before a softmax) or `class_probability` (after it).
        layout: `NHWC` (channels last) or `NCHW` (channels first).
        gain, offset: the crack map is sigmoid(gain * logit(p) + offset), where p is the crack likelihood at a pixel,
            so that the mask is the crack map >= 0.5. Calibrated once for a model, never for a picture.
    """

    kind: str
    layout: str
    gain: float = 1.0
    offset: float = 0.0


@dataclass(frozen=True, slots=True)
class ModelCard:
    """What is known about one model.

    Attributes:
        name: short name; `version`, `description`, `limits`: free text.
        role: what the model is for: `classifier`, `classifier-light`, `segmentation`.
        sha256: hex digest of the `.tflite` file that the card describes.
        labels: the labels in the order of the scores output.
        crack_label: the one of `labels` that stands for a crack.
        input: see `InputSpec`.
        scores_activation: what the scores output holds: `softmax` or `sigmoid` (probabilities), `logits` (the softmax,
            or for a single value the sigmoid, is still to be applied), or None if there is no such output.
        map: see `MapSpec`; None if the model has no map output.
        decision: numbers that the decision about a whole picture depends on; see `crackinspector.inference.decision`.
        training_data: one mapping for each source: source, pictures, licence, origin.
        metrics: free mapping of source to figures.
        extra: keys of the JSON text that this version does not know; they are kept.
    """

    name: str
    role: str
    version: str
    sha256: str
    labels: tuple[str, ...]
    crack_label: str
    input: InputSpec
    scores_activation: str | None
    map: MapSpec | None
    description: str = ""
    decision: Mapping[str, float] = field(default_factory=dict)
    training_data: tuple[Mapping[str, Any], ...] = ()
    metrics: Mapping[str, Any] = field(default_factory=dict)
    limits: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def crack_index(self) -> int:
        """Position of the crack label in `labels`."""
        return self.labels.index(self.crack_label)

    def to_json(self) -> str:
        """Return the card as JSON text that `parse_card` reads back; the caller writes it beside the model."""
        scores = None if self.scores_activation is None else {"activation": self.scores_activation}
        crack_map = None
        if self.map is not None:
            crack_map = {
                "kind": self.map.kind,
                "layout": self.map.layout,
                "gain": self.map.gain,
                "offset": self.map.offset,
            }
        document = {
            "format": FORMAT,
            "name": self.name,
            "role": self.role,
            "version": self.version,
            "description": self.description,
            "sha256": self.sha256,
            "labels": list(self.labels),
            "crack_label": self.crack_label,
            "input": {
                "width": self.input.width,
                "height": self.input.height,
                "range": [self.input.low, self.input.high],
                "tile_px": self.input.tile_px,
                "resize": self.input.resize,
            },
            "outputs": {"scores": scores, "map": crack_map},
            "decision": dict(self.decision),
            "training_data": [dict(entry) for entry in self.training_data],
            "metrics": dict(self.metrics),
            "limits": self.limits,
            **self.extra,
        }
        return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def card_path(model_path: Path) -> Path:
    """Return where the card of a model file lies, whether or not it exists."""
    return model_path.with_suffix(".json")


def load_card(path: Path) -> ModelCard:
    """Read a card file.

    Raises:
        ModelError: the file cannot be read, is no JSON, or a key is missing or of the wrong type; the text names both
            the file and the key.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ModelError(f"The model card {path} cannot be read: {error}.") from error
    return parse_card(text, str(path))


def parse_card(text: str, origin: str) -> ModelCard:
    """Read a card from JSON text; `origin` names it in errors.

    Raises:
        ModelError: as for `load_card`.
    """
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ModelError(f"The model card {origin} is not valid JSON: {error}.") from error
    if not isinstance(document, dict):
        raise ModelError(f"The model card {origin} must hold a JSON object, not {type(document).__name__}.")
    return _Reader(origin).card(document)


class _Reader:
    """Reads typed values out of parsed JSON and names the file and the key when one is wrong."""

    def __init__(self, origin: str) -> None:
        self._origin = origin

    def card(self, document: dict[str, Any]) -> ModelCard:
        version = self._integer(document, "format", 1)
        if version != FORMAT:
            raise ModelError(
                f"The model card {self._origin} has format {version}; this version of crackinspector reads format "
                f"{FORMAT}. Update crackinspector, or use a model made for it."
            )
        labels = self._labels(document)
        crack_label = self._text(document, "crack_label")
        if crack_label not in labels:
            raise self._wrong("crack_label", f"must be one of the labels {', '.join(labels)}")
        outputs = self._mapping(document, "outputs")
        scores = self._scores(outputs)
        crack_map = self._map(outputs)
        if scores is None and crack_map is None:
            raise self._wrong("outputs", "names neither scores nor a map")
        known = {
            *("format", "name", "role", "version", "description", "sha256", "labels", "crack_label", "input"),
            *("outputs", "decision", "training_data", "metrics", "limits"),
        }
        return ModelCard(
            name=self._text(document, "name"),
            role=self._text(document, "role"),
            version=self._text(document, "version"),
            description=self._text(document, "description", default=""),
            sha256=self._text(document, "sha256").lower(),
            labels=labels,
            crack_label=crack_label,
            input=self._input(self._mapping(document, "input")),
            scores_activation=scores,
            map=crack_map,
            decision=self._numbers(document, "decision"),
            training_data=self._training_data(document),
            metrics=self._mapping(document, "metrics", default={}),
            limits=self._text(document, "limits", default=""),
            extra={key: value for key, value in document.items() if key not in known},
        )

    def _labels(self, document: Mapping[str, Any]) -> tuple[str, ...]:
        labels = self._get(document, "labels")
        if not isinstance(labels, list) or len(labels) < 2 or not all(isinstance(label, str) for label in labels):
            raise self._wrong("labels", "must be a list of at least two texts")
        if len(set(labels)) != len(labels):
            raise self._wrong("labels", "holds the same label twice")
        return tuple(labels)

    def _input(self, mapping: Mapping[str, Any]) -> InputSpec:
        limits = self._get(mapping, "range", "input.")
        if not isinstance(limits, list) or len(limits) != 2 or not all(_is_number(value) for value in limits):
            raise self._wrong("input.range", "must be two numbers: what the pixel values 0 and 255 become")
        if limits[0] == limits[1]:
            raise self._wrong("input.range", "holds the same number twice")
        return InputSpec(
            width=self._integer(mapping, "width", 1, "input."),
            height=self._integer(mapping, "height", 1, "input."),
            low=float(limits[0]),
            high=float(limits[1]),
            tile_px=self._integer(mapping, "tile_px", 1, "input."),
            resize=self._choice(mapping, "resize", RESIZE_METHODS, "input.", default="area"),
        )

    def _scores(self, outputs: Mapping[str, Any]) -> str | None:
        if outputs.get("scores") is None:
            return None
        return self._choice(self._mapping(outputs, "scores", "outputs."), "activation", SCORE_ACTIVATIONS, "scores.")

    def _map(self, outputs: Mapping[str, Any]) -> MapSpec | None:
        if outputs.get("map") is None:
            return None
        mapping = self._mapping(outputs, "map", "outputs.")
        return MapSpec(
            kind=self._choice(mapping, "kind", MAP_KINDS, "outputs.map."),
            layout=self._choice(mapping, "layout", MAP_LAYOUTS, "outputs.map."),
            gain=self._number(mapping, "gain", "outputs.map.", default=1.0),
            offset=self._number(mapping, "offset", "outputs.map.", default=0.0),
        )

    def _training_data(self, document: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
        entries = document.get("training_data", [])
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            raise self._wrong("training_data", "must be a list of objects")
        return tuple(entries)

    def _wrong(self, key: str, reason: str) -> ModelError:
        return ModelError(f'The model card {self._origin} cannot be used: "{key}" {reason}.')

    def _get(self, mapping: Mapping[str, Any], key: str, prefix: str = "") -> Any:
        if key not in mapping:
            raise self._wrong(prefix + key, "is missing")
        return mapping[key]

    def _text(self, mapping: Mapping[str, Any], key: str, default: str | None = None) -> str:
        value = self._get(mapping, key) if default is None else mapping.get(key, default)
        if not isinstance(value, str):
            raise self._wrong(key, "must be a text")
        return value

    def _integer(self, mapping: Mapping[str, Any], key: str, minimum: int, prefix: str = "") -> int:
        value = self._get(mapping, key, prefix)
        if not isinstance(value, int) or isinstance(value, bool) or value < minimum:
            raise self._wrong(prefix + key, f"must be a whole number, {minimum} or more")
        return value

    def _number(self, mapping: Mapping[str, Any], key: str, prefix: str, default: float) -> float:
        value = mapping.get(key, default)
        if not _is_number(value):
            raise self._wrong(prefix + key, "must be a number")
        return float(value)

    def _choice(
        self, mapping: Mapping[str, Any], key: str, choices: Sequence[str], prefix: str, default: str | None = None
    ) -> str:
        value = self._get(mapping, key, prefix) if default is None else mapping.get(key, default)
        if not isinstance(value, str) or value not in choices:
            raise self._wrong(prefix + key, f"must be one of {', '.join(choices)}")
        return value

    def _mapping(
        self, mapping: Mapping[str, Any], key: str, prefix: str = "", default: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        value = self._get(mapping, key, prefix) if default is None else mapping.get(key, default)
        if not isinstance(value, dict):
            raise self._wrong(prefix + key, "must be an object")
        return value

    def _numbers(self, mapping: Mapping[str, Any], key: str) -> dict[str, float]:
        values = self._mapping(mapping, key, default={})
        for name, value in values.items():
            if not _is_number(value):
                raise self._wrong(f"{key}.{name}", "must be a number")
        return {name: float(value) for name, value in values.items()}


def _is_number(value: object) -> bool:
    """Tell a finite number from anything else; JSON's true is an int in Python, and NaN is read as a float."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e30
