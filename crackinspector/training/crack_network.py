"""The crack network: one MobileNetV2 encoder, a label head and a pixel head.

The encoder ends with the expansion of block 13: what comes after it, at a thirty-second of the input's size, is another
third of the work and gained nothing on walls left out (docs/decisions/one-network-two-heads.md).

The pixel head works at a quarter of the input's size and writes a map of half that size by depth-to-space (sub-pixel
convolution; Shi et al. 2016, "Real-Time Single Image and Video Super-Resolution"): a decoder stage at half size would
cost more than all the others together. The label head reads the encoder's pooled features and the strongest evidence
that the pixel head found anywhere, so that a hairline in a corner is not averaged away.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import keras
import tensorflow as tf
from keras import layers

TAPS = ("block_13_expand_relu", "block_6_expand_relu", "block_3_expand_relu")
"""Where the encoder is read, coarse to fine: at a sixteenth, an eighth and a quarter of the input's size."""
CHANNELS = (48, 32, 24)
"""Of the pixel head at each of them."""


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


def _unit(x: Any, channels: int, name: str) -> Any:
    x = layers.DepthwiseConv2D(3, padding="same", use_bias=False, name=f"{name}_depthwise")(x)
    x = layers.Conv2D(channels, 1, use_bias=False, name=f"{name}_pointwise")(x)
    x = layers.BatchNormalization(momentum=0.98, name=f"{name}_bn")(x)
    return layers.ReLU(6.0, name=f"{name}_relu")(x)


def _project(x: Any, channels: int, name: str) -> Any:
    x = layers.Conv2D(channels, 1, use_bias=False, name=f"{name}_conv")(x)
    x = layers.BatchNormalization(momentum=0.98, name=f"{name}_bn")(x)
    return layers.ReLU(6.0, name=f"{name}_relu")(x)


def _joined(x: Any, tap: Any, channels: int, stage: int) -> Any:
    """A decoder stage: twice the size, joined with what the encoder saw at that size."""
    x = Double(name=f"up{stage}")(x)
    x = layers.Concatenate(name=f"join{stage}")([x, _project(tap, channels, f"skip{stage}")])
    return _unit(x, channels, f"decode{stage}")


def crack_network(
    size: int | None = None, weights: Path | None = None, train_from: str = "block_3_expand"
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
    features = keras.Model(encoder.input, [encoder.get_layer(name).output for name in TAPS], name="encoder")
    image = keras.Input((size, size, 3), name="image")
    top, middle, fine = features(image, training=False)

    x = _project(top, CHANNELS[0], "top")
    x = _joined(x, middle, CHANNELS[1], 0)
    evidence = layers.GlobalMaxPooling2D(name="evidence")(_unit(x, 24, "evidence"))
    x = _joined(x, fine, CHANNELS[2], 1)
    x = layers.DepthwiseConv2D(3, padding="same", name="final_depthwise")(x)
    crack = DepthToSpace(name="map")(layers.Conv2D(4, 1, name="final")(x))

    pooled = layers.GlobalAveragePooling2D(name="pooled")(top)
    pooled = layers.Dropout(0.2, name="dropout")(pooled)
    scores = layers.Dense(3, name="scores")(layers.Concatenate(name="traits")([pooled, evidence]))
    return keras.Model(image, {"scores": scores, "map": crack}, name="crack_network")


def deployed(model: keras.Model, size: int) -> keras.Model:
    """The same network at a fixed input size that ends in probabilities: softmax scores and sigmoid map."""
    fixed = crack_network(size)
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
