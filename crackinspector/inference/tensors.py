"""From pixels to the input tensor, and from output tensors to probabilities, for each number format models come in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from crackinspector.core.errors import ModelError
from crackinspector.inference.card import MapSpec

Detail = Mapping[str, Any]  # an entry of the interpreter's get_input_details or get_output_details

_FLOATS: Final = (np.float32, np.float16)
_INTEGERS: Final = (np.int8, np.uint8)
_LOGIT_LIMIT: Final = np.float32(30)  # sigmoid(30) is 1 in float32; keeps exp from overflowing
_LEAD_LIMIT: Final = np.float32(80)  # exp(80), and the sum of a few, still fit float32


def describe(detail: Detail) -> str:
    """Return a tensor's shape and type for an error's text, such as `int8 [1, 3, 160, 160]`."""
    return f"{np.dtype(detail['dtype']).name} [{', '.join(str(int(size)) for size in detail['shape'])}]"


def quantisation(detail: Detail, name: str) -> tuple[float, int] | None:
    """Return (scale, zero point) of an 8-bit tensor; None if it has none, or holds floats.

    Raises:
        ModelError: the tensor is of another type, or has more than one scale.
    """
    if detail["dtype"] in _FLOATS:
        return None
    if detail["dtype"] not in _INTEGERS:
        raise ModelError(
            f"{name} cannot be used: a tensor is {describe(detail)}; float32, float16, int8 and uint8 are supported."
        )
    if len(detail["quantization_parameters"]["scales"]) > 1:
        raise ModelError(f"{name} cannot be used: the tensor {describe(detail)} has a scale for each channel.")
    scale, zero_point = detail["quantization"]
    return (float(scale), int(zero_point)) if scale > 0 else None


def real_values(raw: NDArray[Any], scaling: tuple[float, int] | None) -> NDArray[np.float32]:
    """Return a tensor's values as float32, of the same shape."""
    values = raw.astype(np.float32)
    if scaling is not None:
        scale, zero_point = scaling
        values -= zero_point
        values *= np.float32(scale)
    return values


class TileFeed:
    """Turns RGB tiles into what the input tensor takes, by a table of 256 values or, where it will do, by a view."""

    def __init__(self, detail: Detail, limits: tuple[float, float] | None, name: str) -> None:
        """Prepare for one input tensor of shape (1, height, width, 3 or 1).

        Args:
            detail: the tensor.
            limits: real values that the pixel values 0 and 255 become; None = 0 and 1 for a float tensor, the whole
                integer range for an 8-bit one.
            name: what errors call the model.

        Raises:
            ModelError: the tensor does not take one picture at a time.
        """
        shape = [int(size) for size in detail["shape"]]
        if len(shape) != 4 or shape[0] != 1 or shape[3] not in (1, 3) or min(shape) < 1:
            raise ModelError(
                f"{name} cannot be used: its input is {describe(detail)}, not a picture "
                "[1, height, width, 3] or [1, height, width, 1]."
            )
        self.index = int(detail["index"])
        _, self.height, self.width, self._channels = shape
        self.limits = limits or _natural_limits(detail, name)
        self._table = _pixel_table(detail, limits, name)
        # int8 models that take pixel - 128 are the common case: flipping the top bit does it without a table.
        self._flips = self._table.dtype == np.int8 and bool((self._table == np.arange(-128, 128)).all())
        self._table_8bit = self._table.view(np.uint8) if self._table.itemsize == 1 else None
        self._dtype = np.dtype(detail["dtype"])

    def __call__(self, tile: NDArray[np.uint8]) -> NDArray[Any]:
        """Return (1, height, width, channels) of the tensor's type for a (height, width, 3) RGB tile."""
        pixels: NDArray[Any] = cv2.cvtColor(tile, cv2.COLOR_RGB2GRAY) if self._channels == 1 else tile
        values: NDArray[Any]
        if self._flips:
            values = np.bitwise_xor(pixels, 0x80).view(np.int8)
        elif self._table_8bit is not None:
            values = cv2.LUT(pixels, self._table_8bit).view(self._dtype)
        else:
            values = cv2.LUT(pixels, self._table).astype(self._dtype, copy=False)
        return cast(NDArray[Any], values.reshape(1, self.height, self.width, self._channels))


def _natural_limits(detail: Detail, name: str) -> tuple[float, float]:
    """Return the real values that the pixel values 0 and 255 become if nothing is known but the tensor."""
    scaling = quantisation(detail, name)
    if scaling is None:
        return (0.0, 1.0)
    scale, zero_point = scaling
    integers = np.iinfo(detail["dtype"])
    return ((integers.min - zero_point) * scale, (integers.max - zero_point) * scale)


def _pixel_table(detail: Detail, limits: tuple[float, float] | None, name: str) -> NDArray[Any]:
    """Return 256 values, one for each pixel value: int8, uint8 or float32."""
    scaling = quantisation(detail, name)
    pixels = np.arange(256)
    if detail["dtype"] in _FLOATS:
        low, high = limits or _natural_limits(detail, name)
        return (low + (high - low) * (pixels / 255)).astype(np.float32)
    integers = np.iinfo(detail["dtype"])
    # Without a scale the integers have no real values: the model takes the pixels themselves.
    if limits is None or scaling is None:
        return (pixels + integers.min).astype(detail["dtype"])
    scale, zero_point = scaling
    real = limits[0] + (limits[1] - limits[0]) * (pixels / 255)
    steps: NDArray[np.float64] = np.rint(real / scale) + zero_point
    return np.asarray(np.clip(steps, integers.min, integers.max), detail["dtype"])


@dataclass(frozen=True, slots=True)
class MapShape:
    """Where rows, columns and channels lie in a map output.

    Attributes:
        layout: `NHWC` or `NCHW`.
        height, width, channels: the sizes.
    """

    layout: str
    height: int
    width: int
    channels: int


def map_shapes(shape: Sequence[int]) -> list[MapShape]:
    """Return the ways to read an output's shape as a map; empty if it is none (a vector, or of too high rank)."""
    sizes = [int(size) for size in shape]
    if len(sizes) == 2 or (len(sizes) == 3 and sizes[0] == 1):
        sizes = [1, *sizes[-2:], 1]
    elif len(sizes) == 3:
        sizes = [1, *sizes]
    if len(sizes) != 4 or sizes[0] != 1 or min(sizes) < 1 or sum(size > 1 for size in sizes) < 2:
        return []
    _, first, second, third = sizes
    return [MapShape("NHWC", first, second, third), MapShape("NCHW", second, third, first)]


class ScoresReader:
    """Turns the scores output into one probability for each label."""

    def __init__(self, detail: Detail, activation: str, labels: int, crack_index: int, name: str) -> None:
        """Prepare for an output with `labels` values, or with a single one that is the crack's (two labels only)."""
        self.index = int(detail["index"])
        self._scaling = quantisation(detail, name)
        self._activation = activation
        self._labels = labels
        self._crack_index = crack_index

    def __call__(self, raw: NDArray[Any]) -> NDArray[np.float32]:
        """Return (labels,) float32, 0..1, summing to 1, or NaN where the model gave no numbers."""
        values = real_values(raw.ravel(), self._scaling)
        if values.size == 1:
            crack = _sigmoid(values[np.newaxis])[0] if self._activation == "logits" else np.clip(values, 0, 1)
            scores = np.full(self._labels, 1 - crack[0], np.float32)
            scores[self._crack_index] = crack[0]
            return scores
        shares: NDArray[np.float32]
        shares = np.exp(values - values.max()) if self._activation == "logits" else np.maximum(values, 0)
        total = shares.sum(dtype=np.float32)
        return shares / total if total != 0 else np.full(self._labels, 1 / self._labels, np.float32)


class MapReader:
    """Turns the map output into a crack map by the card's fixed calibration."""

    def __init__(self, detail: Detail, shape: MapShape, spec: MapSpec, crack_index: int, name: str) -> None:
        """Prepare for an output whose channels are one for each label, or a single one that is the crack's."""
        self.index = int(detail["index"])
        self.shape = shape
        self._spec = spec
        self._crack_index = crack_index
        self._scaling = quantisation(detail, name)
        self._table: NDArray[np.float32] | None = None
        if shape.channels == 1 and detail["dtype"] in _INTEGERS:
            every = np.arange(256, dtype=np.uint8).view(detail["dtype"])
            self._table = self._crack_map([every[np.newaxis]]).ravel()

    def __call__(self, raw: NDArray[Any]) -> NDArray[np.float32]:
        """Return (height, width) float32, crack likelihood 0..1, or NaN where the model gave no numbers."""
        shape = self.shape
        if self._table is not None:
            codes = raw.view(np.uint8).reshape(shape.height, shape.width)
            return np.asarray(cv2.LUT(codes, self._table), np.float32)
        values = raw.astype(np.float32) if raw.dtype == np.float16 else raw
        if shape.layout == "NCHW" or shape.channels == 1:
            return self._crack_map(list(values.reshape(shape.channels, shape.height, shape.width)))
        return self._crack_map(cv2.split(values.reshape(shape.height, shape.width, shape.channels)))

    # OpenCV's exp and log are vectorised on ARM too, NumPy's only on x86; hence OpenCV below.

    def _crack_map(self, channels: Sequence[NDArray[Any]]) -> NDArray[np.float32]:
        """Return the crack map (height, width) for channels of the same size, as the model gives them."""
        kind, gain, offset = self._spec.kind, self._spec.gain, self._spec.offset
        crack = channels[self._crack_index if len(channels) > 1 else 0]
        if kind == "class_activation" and len(channels) > 1:
            odds = self._odds_against(crack, [channel for channel in channels if channel is not crack])
            if gain != 1 or offset != 0:
                odds = _array(cv2.exp(cv2.log(odds) * np.float32(gain) - np.float32(offset)))
            return _array(1 / (odds + np.float32(1)))
        likelihood = real_values(crack, self._scaling)
        if kind in ("class_activation", "crack_logit"):
            return _sigmoid(likelihood * np.float32(gain) + np.float32(offset))
        if kind == "class_probability" and len(channels) > 1:
            total = np.zeros(crack.shape, np.float32)
            for channel in channels:
                total += real_values(channel, self._scaling)
            likelihood /= np.maximum(total, np.float32(1e-12))
        if gain == 1 and offset == 0:
            return _array(np.clip(likelihood, 0, 1))
        likelihood = np.clip(likelihood, np.float32(1e-6), np.float32(1 - 1e-6))
        logit = _array(cv2.log(likelihood / (1 - likelihood)))
        return _sigmoid(logit * np.float32(gain) + np.float32(offset))

    def _odds_against(self, crack: NDArray[Any], others: Sequence[NDArray[Any]]) -> NDArray[np.float32]:
        """Return (1 - p) / p of the softmax, without the loss of precision of going through a p close to 1."""
        scale = 1.0 if self._scaling is None else self._scaling[0]
        odds = np.zeros(crack.shape, np.float32)
        for other in others:
            lead = _array(cv2.subtract(other, crack, dtype=cv2.CV_32F)) * np.float32(scale)
            odds += _array(cv2.exp(np.clip(lead, -_LEAD_LIMIT, _LEAD_LIMIT)))
        return odds


def _sigmoid(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return 1 / (1 + exp(-values)) for (rows, columns)."""
    return _array(1 / (_array(cv2.exp(-np.clip(values, -_LOGIT_LIMIT, _LOGIT_LIMIT))) + np.float32(1)))


def _array(values: Any) -> NDArray[np.float32]:
    # OpenCV's annotations allow every type of number for what it returns.
    return np.asarray(values, np.float32)
