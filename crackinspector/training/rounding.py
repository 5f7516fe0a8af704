"""Rounding an encoder's first weights for int8 so that what the layers give errs least.

The converter rounds each weight to the nearest of 255 steps. MobileNetV2's first depthwise layer has kernels whose
weights nearly cancel, that is edge filters, followed by batch norms that amplify up to thirtyfold: rounded one by one
they no longer cancel, and the brightness of the wall drowns a hairline. Here weights are rounded together, up or down,
so that the layer's mean squared error on sample pictures is least (Nagel et al. 2020, "Up or Down? Adaptive Rounding
for Post-Training Quantization", solved by coordinate descent), and the mean of what is left goes into the batch norm
(Nagel et al. 2019, "Data-Free Quantization Through Weight Equalization and Bias Correction", 4.2). The weights stay
multiples of the converter's own step, which then has nothing left to round.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

LAYERS = (("depthwise", "depthwise_BN"), ("project", "project_BN"))
BLOCKS = ("expanded_conv", "block_1", "block_2")
"""The blocks of MobileNetV2 at a half and a quarter of the input's size; the later ones gained nothing."""
STEPS = 127
PATCHES = 60_000
PICTURES = 100
PAIRED = 9
"""Up to so many weights of a channel are moved in pairs too; a 3 x 3 kernel has as many."""
SMALLEST_GAIN = 1e-14


@contextmanager
def rounded(model: Any, pictures: Sequence[NDArray[np.float32]]) -> Iterator[bool]:
    """Has a network's first weights rounded for int8 while it lasts, and puts them back.

    Args:
        model: a network that holds a MobileNetV2 encoder; any other is left as it is.
        pictures: (h, w, 3) or (1, h, w, 3) float32 at the network's input size; `PICTURES` of them are looked at.

    Yields:
        Whether there was such an encoder.
    """
    encoder = _encoder(model)
    if encoder is None:
        yield False
        return
    before = encoder.get_weights()
    shape = encoder.input.shape[1:]
    samples = np.stack([np.reshape(picture, shape) for picture in pictures[:PICTURES]])
    try:
        for block in BLOCKS:
            for layer, norm in LAYERS:
                _round(encoder, encoder.get_layer(f"{block}_{layer}"), encoder.get_layer(f"{block}_{norm}"), samples)
        yield True
    finally:
        encoder.set_weights(before)


def _encoder(model: Any) -> Any:
    # MobileNetV3 names some of them alike
    needed = {f"{block}_{name}" for block in BLOCKS for layer in LAYERS for name in layer}
    if needed <= {layer.name for layer in model.layers}:
        return model
    inner = (_encoder(layer) for layer in model.layers if isinstance(layer, keras.Model))
    return next((found for found in inner if found is not None), None)


def _round(encoder: Any, layer: Any, norm: Any, samples: NDArray[np.float32]) -> None:
    patches = _patches(encoder, layer, samples)
    (kernel,) = layer.get_weights()
    gamma, beta, mean, variance = norm.get_weights()
    # one row of weights for each output channel
    rows = np.moveaxis(kernel, 2 if isinstance(layer, keras.layers.DepthwiseConv2D) else 3, 0)
    for channel, weights in enumerate(rows):
        seen = (patches[..., channel] if patches.ndim == 3 else patches).astype(np.float64)
        wanted = weights.ravel().astype(np.float64)
        chosen = nearest_in_effect(wanted, seen.T @ seen / len(seen))
        mean[channel] += seen.mean(axis=0) @ (chosen - wanted)
        rows[channel] = chosen.reshape(weights.shape)
    layer.set_weights([kernel])
    norm.set_weights([gamma, beta, mean, variance])


def nearest_in_effect(weights: NDArray[np.float64], moments: NDArray[np.float64]) -> NDArray[np.float64]:
    """Multiples of the largest weight / 127 that stand in for the weights with the least mean squared effect.

    Args:
        weights: (n,) of one output channel.
        moments: (n, n), the mean of x x' over the inputs x that the weights are applied to.

    Returns:
        (n,) float64; its mean squared effect x' (result - weights) is never above that of rounding to the nearest.
    """
    largest = np.abs(weights).max()
    if largest == 0:
        return weights.copy()
    step = largest / STEPS
    whole = np.clip(np.round(weights / step), -STEPS, STEPS)
    slope = moments @ (whole * step - weights)
    # the largest stays, for the step is the converter's only as long as it is 127 of them
    free = [i for i in range(len(weights)) if i != np.argmax(np.abs(weights))]
    singles = [(i,) for i in free]
    pairs = [(i, j) for i in free for j in free if j < i] if len(weights) <= PAIRED else []
    moves = np.zeros((2 * len(singles) + 4 * len(pairs), len(weights)))
    row = 0
    for places in (*singles, *pairs):
        for signs in ((1,), (-1,)) if len(places) == 1 else ((1, -1), (-1, 1), (1, 1), (-1, -1)):
            moves[row, list(places)] = signs
            row += 1
    # what a move costs by itself, wherever it starts
    own = step**2 / 2 * np.einsum("ij,jk,ik->i", moves, moments, moves)
    while True:
        gains = own + step * (moves @ slope)
        gains[(np.abs(whole + moves) > STEPS).any(axis=1)] = np.inf
        best = int(np.argmin(gains)) if free else -1
        if best < 0 or gains[best] > -SMALLEST_GAIN:
            return np.asarray(whole * step)
        whole = whole + moves[best]
        slope = slope + moments @ moves[best] * step


def _patches(encoder: Any, layer: Any, samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """What the layer's weights are applied to: (m, 9, channels) for a depthwise layer, (m, channels) for a 1 x 1."""
    look = keras.Model(encoder.input, layer.input)
    found = []
    depthwise = isinstance(layer, keras.layers.DepthwiseConv2D)
    rng = np.random.default_rng(0)
    for sample in samples:
        inputs = look(sample[None], training=False)
        channels = inputs.shape[-1]
        if depthwise:
            (high, wide), strides = layer.kernel_size, layer.strides
            padding = layer.padding.upper()
            cut = tf.image.extract_patches(inputs, [1, high, wide, 1], [1, *strides, 1], [1, 1, 1, 1], padding)
            patches = np.reshape(cut, (-1, high * wide, channels))
        else:
            patches = np.reshape(inputs, (-1, channels))
        found.append(patches[rng.permutation(len(patches))[: PATCHES // len(samples)]])
    return np.concatenate(found)
