"""The crack network: one MobileNetV2 encoder, a label head and a pixel head.

The pixel head works at a quarter of the input's size and writes a map of half that size by depth-to-space (sub-pixel
convolution; Shi et al. 2016, "Real-Time Single Image and Video Super-Resolution"): a decoder stage at half size would
cost more than all the others together. The label head reads the encoder's pooled features and the strongest evidence
that the pixel head found anywhere, so that a hairline in a corner is not averaged away.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import keras
import tensorflow as tf
from keras import layers

SKIPS = ("block_13_expand_relu", "block_6_expand_relu", "block_3_expand_relu")
STEM = "expanded_conv_project_BN"


@keras.saving.register_keras_serializable("crackinspector")
class DepthToSpace(layers.Layer):  # type: ignore[misc]
    """(n, h, w, 4) to (n, 2h, 2w, 1)."""

    def call(self, inputs: tf.Tensor) -> tf.Tensor:
        return tf.nn.depth_to_space(inputs, 2)

    def compute_output_shape(self, input_shape: tuple[int | None, ...]) -> tuple[int | None, ...]:
        batch, height, width, _ = input_shape
        return batch, None if height is None else 2 * height, None if width is None else 2 * width, 1


@keras.saving.register_keras_serializable("crackinspector")
class Double(layers.Layer):  # type: ignore[misc]
    """(n, h, w, c) to (n, 2h, 2w, c), bilinear; unlike `UpSampling2D` also where h and w are not known beforehand."""

    def call(self, inputs: tf.Tensor) -> tf.Tensor:
        height, width = inputs.shape[1:3]
        if height is None or width is None:
            dynamic = tf.shape(inputs)
            height, width = dynamic[1], dynamic[2]
        return tf.image.resize(inputs, (2 * height, 2 * width))

    def compute_output_shape(self, input_shape: tuple[int | None, ...]) -> tuple[int | None, ...]:
        batch, height, width, channels = input_shape
        return batch, None if height is None else 2 * height, None if width is None else 2 * width, channels


@dataclass(frozen=True, slots=True)
class Shape:
    """The size of a crack network.

    Attributes:
        deep: the whole encoder (stride 32), or only up to block 13's expansion (stride 16).
        channels: of the decoder's stages, coarse to fine.
        stem: channels of the shortcut from the half-size stem, 0 for none.
    """

    deep: bool = True
    channels: tuple[int, ...] = (64, 48, 32, 24)
    stem: int = 16


STANDARD = Shape()
LIGHT = Shape(deep=False, channels=(48, 32, 24), stem=0)


def _unit(x: Any, channels: int, name: str) -> Any:
    x = layers.DepthwiseConv2D(3, padding="same", use_bias=False, name=f"{name}_depthwise")(x)
    x = layers.Conv2D(channels, 1, use_bias=False, name=f"{name}_pointwise")(x)
    x = layers.BatchNormalization(momentum=0.98, name=f"{name}_bn")(x)
    return layers.ReLU(6.0, name=f"{name}_relu")(x)


def _project(x: Any, channels: int, name: str, **options: Any) -> Any:
    x = layers.Conv2D(channels, use_bias=False, name=f"{name}_conv", **{"kernel_size": 1, **options})(x)
    x = layers.BatchNormalization(momentum=0.98, name=f"{name}_bn")(x)
    return layers.ReLU(6.0, name=f"{name}_relu")(x)


def crack_network(
    shape: Shape = STANDARD, size: int | None = None, weights: Path | None = None, train_from: str = "block_3_expand"
) -> keras.Model:
    """Builds the network.

    Args:
        size: side of the square input, or None for any multiple of 32.
        weights: a MobileNetV2 1.0 `notop` weight file; random weights without one.
        train_from: the first encoder layer that is trained; batch norm in the encoder stays frozen throughout.

    Returns:
        A model from (n, size, size, 3) float32 in -1..1 to {"scores": (n, 3) logits, "map": (n, size/2, size/2, 1)
        logits of crack}.
    """
    encoder = keras.applications.MobileNetV2(
        input_shape=(size, size, 3), include_top=False, weights=str(weights) if weights else None
    )
    trained = False
    for layer in encoder.layers:
        trained = trained or layer.name == train_from
        layer.trainable = trained and not isinstance(layer, layers.BatchNormalization)
    names = [*SKIPS, STEM]
    top_name = "out_relu" if shape.deep else SKIPS[0]
    features = keras.Model(encoder.input, [encoder.get_layer(n).output for n in [top_name, *names]], name="encoder")
    image = keras.Input((size, size, 3), name="image")
    top, *taps = features(image, training=False)
    stem = taps.pop()
    if not shape.deep:
        taps.pop(0)

    x = _project(top, shape.channels[0], "top")
    evidence = None
    for stage, (tap, channels) in enumerate(zip(taps, shape.channels[1:], strict=True)):
        x = Double(name=f"up{stage}")(x)
        joined = [x, _project(tap, channels, f"skip{stage}")]
        last = stage == len(taps) - 1
        if last and shape.stem:
            joined.append(_project(stem, shape.stem, "stem", kernel_size=3, strides=2, padding="same"))
        x = _unit(layers.Concatenate(name=f"join{stage}")(joined), channels, f"decode{stage}")
        if stage == len(taps) - 2:
            evidence = layers.GlobalMaxPooling2D(name="evidence")(_unit(x, 24, "evidence"))
    x = layers.DepthwiseConv2D(3, padding="same", name="final_depthwise")(x)
    crack = DepthToSpace(name="map")(layers.Conv2D(4, 1, name="final")(x))

    pooled = layers.GlobalAveragePooling2D(name="pooled")(top)
    pooled = layers.Dropout(0.2, name="dropout")(pooled)
    scores = layers.Dense(3, name="scores")(layers.Concatenate(name="traits")([pooled, evidence]))
    return keras.Model(image, {"scores": scores, "map": crack}, name="crack_network")


def deployed(model: keras.Model, shape: Shape, size: int) -> keras.Model:
    """The same network at a fixed input size that ends in probabilities: softmax scores and sigmoid map."""
    fixed = crack_network(shape, size)
    fixed.set_weights(model.get_weights())
    outputs = fixed.output
    return keras.Model(
        fixed.input,
        {
            "scores": layers.Softmax(name="probabilities")(outputs["scores"]),
            "map": layers.Activation("sigmoid", name="crack_map")(outputs["map"]),
        },
        name="deployed",
    )
