"""Which tensor of a model is what: found by shapes, scales and the card, never by the order of the outputs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from crackinspector.core.errors import ModelError
from crackinspector.core.labels import Label
from crackinspector.inference.card import InputSpec, MapSpec, ModelCard
from crackinspector.inference.runtime import Runtime
from crackinspector.inference.tensors import (
    Detail,
    MapReader,
    MapShape,
    ScoresReader,
    TileFeed,
    describe,
    map_shapes,
    quantisation,
    real_values,
)

# Labels of a model without a card; the order is the alphabet's, which is how training tools number folders.
_LABELS: Final = (str(Label.NEGATIVE), str(Label.POSITIVE), str(Label.UNKNOWN))


def needed_input_shape(inputs: list[dict[str, Any]], card: ModelCard | None, name: str) -> tuple[int, ...] | None:
    """Return the shape that the input must be brought to, or None if it has the right one."""
    if len(inputs) != 1:
        raise ModelError(f"{name} cannot be used: it has {len(inputs)} inputs; a model for pictures has one.")
    shape = tuple(int(size) for size in inputs[0]["shape"])
    if len(shape) != 4:
        return None  # no picture; `TileFeed` says so
    signature = inputs[0].get("shape_signature", shape)
    free = len(signature) == 4 and (signature[1] < 0 or signature[2] < 0)
    if card is not None:
        wanted = (1, card.input.height, card.input.width, shape[3])
        if wanted[1:3] != shape[1:3] and not free:
            raise ModelError(
                f"{name} does not fit its card: the card says an input of {card.input.width} x {card.input.height} "
                f"pixels, the model has {describe(inputs[0])}."
            )
    elif free:
        raise ModelError(f"{name} takes pictures of any size; a card beside it must say at which size it works best.")
    else:
        wanted = (1, *shape[1:])
    return None if wanted == shape else wanted


@dataclass(frozen=True, slots=True)
class Roles:
    """Which tensor is what.

    Attributes:
        feed: turns tiles into the input tensor's values.
        labels: in the order of the scores.
        scores, map: the output tensors, each None if there is none.
        activation: what `scores` holds, as `ModelCard.scores_activation`.
        map_shape: how `map` is laid out.
        map_kind: what `map` holds, as `MapSpec.kind`.
    """

    feed: TileFeed
    labels: tuple[str, ...]
    scores: Detail | None
    activation: str | None
    map: Detail | None
    map_shape: MapShape | None
    map_kind: str | None

    @classmethod
    def find(cls, runtime: Runtime, card: ModelCard | None, name: str) -> Roles:
        """Find what the tensors are, by the card or, without one, by their shapes, scales and a few answers.

        Raises:
            ModelError: they are not those of a model for pictures, or do not fit the card.
        """
        inputs = runtime.interpreter.get_input_details()
        limits = None if card is None else (card.input.low, card.input.high)
        feed = TileFeed(inputs[0], limits, name)
        # The outputs of a model for any size have their sizes only after a run.
        runtime.invoke(feed.index, feed(np.zeros((feed.height, feed.width, 3), np.uint8)))
        outputs = runtime.interpreter.get_output_details()
        scores = _find_scores(outputs, card, name)
        crack_map, shape = _find_map(outputs, scores, card, feed, name)
        if scores is None and crack_map is None:
            raise ModelError(
                f"{name} cannot be used: it has no output that holds one value for each label, and no map; it has "
                f"{_list(outputs)}. Give it a card if its labels are not negative, positive and unknown."
            )
        if card is not None:
            kind = None if card.map is None or crack_map is None else card.map.kind
            return cls(feed, card.labels, scores, card.scores_activation, crack_map, shape, kind)
        count = int(np.prod(scores["shape"])) if scores is not None else (shape.channels if shape else 1)
        labels = _LABELS[: max(count, 2)]
        answers = _probe(runtime, feed, [detail for detail in (scores, crack_map) if detail is not None], name)
        activation = None
        if scores is not None:
            activation = _activation(scores, answers[scores["index"]], -1, name)
        kind = None
        if crack_map is not None and shape is not None:
            axis = 1 if shape.layout == "NCHW" else 3
            several = answers[crack_map["index"]].reshape(-1, *_map_sizes(shape))
            inside = _activation(crack_map, several, axis, name) != "logits"
            subject = "class" if shape.channels > 1 else "crack"
            kind = f"{subject}_probability" if inside else ("class_activation" if subject == "class" else "crack_logit")
        return cls(feed, labels, scores, activation, crack_map, shape, kind)

    def derive_card(self, name: str, sha256: str) -> ModelCard:
        """Return a card that says what the tensors say."""
        spec = None
        if self.map_shape is not None and self.map_kind is not None:
            spec = MapSpec(self.map_kind, self.map_shape.layout)
        return ModelCard(
            name=name,
            role="segmentation" if self.scores is None else "classifier",
            version="",
            sha256=sha256,
            labels=self.labels,
            crack_label=_LABELS[1],
            input=InputSpec(self.feed.width, self.feed.height, *self.feed.limits, tile_px=self.feed.width),
            scores_activation=self.activation,
            map=spec,
        )

    def scores_reader(self, card: ModelCard, name: str) -> ScoresReader | None:
        """Return what reads the scores output, or None if there is none."""
        if self.scores is None or self.activation is None:
            return None
        return ScoresReader(self.scores, self.activation, len(card.labels), card.crack_index, name)

    def map_reader(self, card: ModelCard, name: str) -> MapReader | None:
        """Return what reads the map output, or None if there is none."""
        if self.map is None or self.map_shape is None or card.map is None:
            return None
        return MapReader(
            self.map, self.map_shape, replace(card.map, layout=self.map_shape.layout), card.crack_index, name
        )


def _sizes(detail: Detail) -> list[int]:
    return [int(size) for size in detail["shape"] if size != 1]


def _list(outputs: Sequence[Detail]) -> str:
    return ", ".join(describe(output) for output in outputs) or "no output"


def _find_scores(outputs: Sequence[Detail], card: ModelCard | None, name: str) -> Detail | None:
    if card is not None and card.scores_activation is None:
        return None
    accepted: list[list[int]] = [[2], [3], []] if card is None else [[len(card.labels)]]
    if card is not None and len(card.labels) == 2:
        accepted.append([])
    found = [output for output in outputs if _sizes(output) in accepted]
    # A map that was pooled to one point has the same sizes as the scores, and more dimensions.
    lowest = min((len(output["shape"]) for output in found), default=0)
    found = [output for output in found if len(output["shape"]) == lowest]
    if len(found) > 1:
        raise ModelError(f"{name} cannot be used: several outputs could be the scores: {_list(found)}.")
    if not found and card is not None:
        raise ModelError(
            f"{name} does not fit its card: no output holds {len(card.labels)} values, one for each label; it has "
            f"{_list(outputs)}."
        )
    return found[0] if found else None


def _find_map(
    outputs: Sequence[Detail], scores: Detail | None, card: ModelCard | None, feed: TileFeed, name: str
) -> tuple[Detail, MapShape] | tuple[None, None]:
    if card is not None and card.map is None:
        return None, None
    if card is not None and card.map is not None:
        channels: tuple[int, ...] = (1,) if card.map.kind.startswith("crack") else (len(card.labels),)
        layouts: tuple[str, ...] = (card.map.layout,)
    else:
        channels = (1, 2, 3) if scores is None else (1, max(2, int(np.prod(scores["shape"]))))
        layouts = ("NHWC", "NCHW")
    found = []
    for output in outputs:
        if output is scores:
            continue
        fitting = [shape for shape in map_shapes(output["shape"]) if shape.channels in channels]
        fitting = [shape for shape in fitting if shape.layout in layouts or shape.channels == 1]
        if fitting:
            # Of two readings the one shaped like the picture; channels last if they are alike.
            found.append((output, min(fitting, key=lambda shape: _distortion(shape, feed))))
    if len(found) > 1:
        raise ModelError(
            f"{name} cannot be used: several outputs could be the map: {_list([output for output, _ in found])}."
        )
    if not found and card is not None:
        raise ModelError(
            f"{name} does not fit its card: no output is the map that it tells of; it has {_list(outputs)}."
        )
    return found[0] if found else (None, None)


def _distortion(shape: MapShape, feed: TileFeed) -> float:
    return abs(float(np.log(shape.width / shape.height) - np.log(feed.width / feed.height)))


def _map_sizes(shape: MapShape) -> tuple[int, int, int]:
    if shape.layout == "NCHW":
        return shape.channels, shape.height, shape.width
    return shape.height, shape.width, shape.channels


def _probe(runtime: Runtime, feed: TileFeed, outputs: Sequence[Detail], name: str) -> dict[int, NDArray[np.float32]]:
    """Return each output's real values, stacked, for a few made-up pictures."""
    size = (feed.height, feed.width, 3)
    noise = np.random.default_rng(0)
    across = np.linspace(0, 255, feed.width).astype(np.uint8)
    down = np.linspace(0, 255, feed.height).astype(np.uint8)
    pictures = [np.full(size, grey, np.uint8) for grey in (0, 128, 255)]
    pictures += [np.tile(across[np.newaxis, :, np.newaxis], (feed.height, 1, 3))]
    pictures += [np.tile(down[:, np.newaxis, np.newaxis], (1, feed.width, 3))]
    pictures += [noise.integers(0, 256, size, np.uint8)]
    answers: dict[int, list[NDArray[np.float32]]] = {output["index"]: [] for output in outputs}
    for picture in pictures:
        runtime.invoke(feed.index, feed(picture))
        for output in outputs:
            raw = runtime.interpreter.get_tensor(output["index"])
            answers[output["index"]].append(real_values(raw, quantisation(output, name)))
    return {index: np.stack(values) for index, values in answers.items()}


def _activation(detail: Detail, answers: NDArray[np.float32], axis: int, name: str) -> str:
    """Return `softmax`, `sigmoid` or `logits` for values whose labels or channels lie along an axis."""
    scaling = quantisation(detail, name)
    single = answers.shape[axis] == 1
    if scaling is not None:
        # TensorFlow Lite's specification fixes the output of SOFTMAX and LOGISTIC at 1/256 over the whole range.
        inside = abs(scaling[0] * 256 - 1) < 1e-3 and scaling[1] == np.iinfo(detail["dtype"]).min
        return ("sigmoid" if single else "softmax") if inside else "logits"
    if answers.min() < 0 or answers.max() > 1.001:
        return "logits"
    if single:
        return "sigmoid"
    return "softmax" if np.abs(answers.sum(axis=axis) - 1).max() < 0.02 else "logits"
