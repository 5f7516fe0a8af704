"""Make the small models in this folder; needs TensorFlow, the tests do not.

Run it as `python tests/models/make_fixtures.py`. Every model computes the same thing with weights set by hand, in
another number format, layout, order or shape of outputs. Pixel values are taken as 0..1:

- three features at half size: how much darker than 0.45, how much brighter than 0.3, how colourful;
- a dense layer shared by the mean of the features (scores) and by each place (map), as in class activation maps;
- so light, grey pictures are negative, those with a dark line are positive, and colourful ones are unknown.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import flatbuffers
import keras
import numpy as np
import tensorflow as tf
from ai_edge_litert import schema_py_generated as schema
from keras import layers
from numpy.typing import NDArray

HERE = Path(__file__).resolve().parent
SIDE = 32
#                        dark  bright red-blue blue-red    -> negative, positive, unknown
DENSE = np.array([[0, 160, 0], [6, 0, 0], [0, 0, 30], [0, 0, 30]], np.float32)


def features(low: float, high: float, channels: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return kernel (2, 2, channels, 4) and bias (4,) for pixels that are given as low..high."""
    kernel = np.zeros((2, 2, 3, 4), np.float32)
    kernel[..., 0] = -1 / 12
    kernel[..., 1] = 1 / 12
    kernel[..., 0, 2] = kernel[..., 2, 3] = 1 / 4
    kernel[..., 2, 2] = kernel[..., 0, 3] = -1 / 4
    bias = np.array([0.45, -0.3, -0.1, -0.1], np.float32)
    if channels == 1:
        kernel = kernel.sum(axis=2, keepdims=True)
    kernel /= high - low
    return kernel, bias - low * kernel.sum(axis=(0, 1, 2))


def network(
    *,
    low: float = 0.0,
    high: float = 1.0,
    shape: tuple[int | None, int | None, int] = (SIDE, SIDE, 3),
    batch: int | None = 1,
    scores: str | None = "softmax",
    crack_map: str | None = "activation",
    layout: str = "NHWC",
    upsample: int = 1,
) -> keras.Model:
    """Return one form of the network.

    `scores` is softmax, logits, sigmoid or None; `crack_map` is activation, softmax, crack, logit or None.
    """
    kernel, bias = features(low, high, shape[2])
    picture = keras.Input(shape, batch_size=batch)
    conv = layers.Conv2D(4, 2, strides=2, activation="relu")
    found = conv(picture)
    conv.set_weights([kernel, bias])
    dense = layers.Dense(3, use_bias=False)
    local = dense(found)
    overall = dense(layers.GlobalAveragePooling2D()(found))
    dense.set_weights([DENSE])
    crack = layers.Dense(1)
    outputs = []
    if scores == "softmax":
        outputs.append(layers.Softmax()(overall))
    elif scores == "logits":
        outputs.append(overall)
    elif scores == "sigmoid":
        outputs.append(layers.Activation("sigmoid")(crack(overall)))
    if crack_map in ("crack", "logit"):
        local = crack(local)
    if layout == "NCHW":
        height, width, channels = local.shape[1:]
        local = layers.Permute((2, 1))(layers.Reshape((height * width, channels))(local))
        local = layers.Reshape((channels, height, width))(local)
    if upsample > 1:
        local = layers.UpSampling2D(
            upsample,
            interpolation="bilinear",
            data_format="channels_first" if layout == "NCHW" else "channels_last",
        )(local)
    if crack_map == "softmax":
        local = layers.Softmax(axis=-1)(local)
    elif crack_map == "crack":
        local = layers.Activation("sigmoid")(local)
    if crack_map:
        outputs.append(local)
    if crack.built:
        crack.set_weights([np.array([[-1], [1], [-0.5]], np.float32), np.array([0], np.float32)])
    return keras.Model(picture, outputs)


def pictures(count: int, height: int, width: int, channels: int, seed: int = 0) -> NDArray[np.float32]:
    """Return (count, height, width, channels) pictures 0..1 of every kind, for the quantisation's ranges."""
    rng = np.random.default_rng(seed)
    made = np.empty((count, height, width, 3), np.float32)
    for number in range(count):
        made[number] = rng.uniform(0.5, 0.95) + rng.normal(0, 0.03, (height, width, 1))
        if number % 3 == 1:
            column = rng.integers(2, width - 4)
            made[number, :, column : column + 3] = rng.uniform(0.02, 0.15)
        elif number % 3 == 2:
            made[number] = rng.random((1, 1, 3)) + rng.normal(0, 0.03, (height, width, 1))
    made[0], made[-1] = 0, 1  # the range ends, so that the input's scale spans all pixel values
    made = made.clip(0, 1)
    return made if channels == 3 else made.mean(axis=3, keepdims=True)


def convert(model: keras.Model, number: str, low: float = 0.0, high: float = 1.0) -> bytes:
    """Return the model as TensorFlow Lite; `number`: float32, float16, int8, uint8."""
    converter = tf.lite.TFLiteConverter.from_keras_model(model)
    if number != "float32":
        converter.optimizations = [tf.lite.Optimize.DEFAULT]
    if number == "float16":
        converter.target_spec.supported_types = [tf.float16]
    if number in ("int8", "uint8"):
        _, height, width, channels = model.input_shape

        def representative() -> Iterator[list[NDArray[np.float32]]]:
            for picture in pictures(48, height or SIDE, width or SIDE, channels):
                yield [picture[np.newaxis] * (high - low) + low]

        converter.representative_dataset = representative
        converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
        converter.inference_input_type = converter.inference_output_type = tf.dtypes.as_dtype(number)
    content: bytes = converter.convert()
    return content


def edited(content: bytes, change: Callable[[Any], None]) -> bytes:
    """Return a model after a change to its flatbuffer's objects."""
    model = schema.ModelT.InitFromPackedBuf(content, 0)
    change(model)
    builder = flatbuffers.Builder(len(content) + 1024)
    builder.Finish(model.Pack(builder), b"TFL3")
    return bytes(builder.Output())


def ordered(content: bytes, *, map_first: bool) -> bytes:
    """Return a model with its two outputs in a given order; converters choose their own."""

    def change(model: Any) -> None:
        graph = model.subgraphs[0]
        by_rank = sorted(graph.outputs, key=lambda index: len(graph.tensors[index].shape))
        graph.outputs = by_rank[::-1] if map_first else by_rank

    return edited(content, change)


def with_custom_operator(content: bytes, name: str) -> bytes:
    """Return a model whose first operator is one that no runtime has."""

    def change(model: Any) -> None:
        code = model.operatorCodes[model.subgraphs[0].operators[0].opcodeIndex]
        code.builtinCode = schema.BuiltinOperator.CUSTOM
        code.deprecatedBuiltinCode = schema.BuiltinOperator.CUSTOM
        code.customCode = name.encode()

    return edited(content, change)


def main() -> None:
    """Write every model of this folder."""
    default = network()
    made = {f"{number}": convert(default, number) for number in ("float32", "float16", "int8", "uint8")}
    made["float32_map_first"] = ordered(made["float32"], map_first=True)
    made["int8_map_first"] = ordered(made["int8"], map_first=True)
    made["float32"], made["int8"] = (ordered(made[name], map_first=False) for name in ("float32", "int8"))
    for number in ("float32", "int8"):
        made[f"{number}_logits"] = convert(network(scores="logits"), number)
        made[f"{number}_nchw"] = convert(network(layout="NCHW"), number)
        made[f"{number}_map_softmax"] = convert(network(crack_map="softmax"), number)
        made[f"{number}_scores_only"] = convert(network(crack_map=None), number)
        made[f"{number}_sigmoid"] = convert(network(scores="sigmoid", crack_map="crack"), number)
        made[f"{number}_map_only"] = convert(network(scores=None, crack_map="crack"), number)
        made[f"{number}_range"] = convert(network(low=-1, high=1), number, -1, 1)
        made[f"{number}_grey"] = convert(network(shape=(SIDE, SIDE, 1)), number)
    made["float32_sigmoid_logits"] = convert(network(scores=None, crack_map="logit"), "float32")
    made["float32_any_size"] = convert(network(shape=(None, None, 3)), "float32")
    made["float32_batch4"] = convert(network(batch=4, crack_map=None), "float32")
    # What Edge Impulse exports in the form of the seed: [1, 160, 160, 3] in, [1, 3] and [1, 3, 160, 160] out.
    impulse = convert(network(shape=(160, 160, 3), layout="NCHW", upsample=2), "int8")
    made["edge_impulse"] = ordered(impulse, map_first=False)
    made["edge_impulse_map_first"] = ordered(impulse, map_first=True)
    made["custom_operator"] = with_custom_operator(made["float32"], "Mystery")
    made["flex_operator"] = with_custom_operator(made["float32"], "FlexErf")
    vector = keras.Input((10,), batch_size=1)
    made["not_for_pictures"] = convert(keras.Model(vector, layers.Dense(3)(vector)), "float32")
    thousand = keras.Input((SIDE, SIDE, 3), batch_size=1)
    pooled = layers.Dense(40)(layers.GlobalAveragePooling2D()(thousand))
    made["forty_labels"] = convert(keras.Model(thousand, pooled), "float32")
    for name, content in made.items():
        if len(content) > 60_000:
            raise SystemExit(f"{name} has {len(content)} bytes; fixtures stay below 60,000")
        (HERE / f"{name}.tflite").write_bytes(content)
        print(f"{name}: {len(content)} bytes")


if __name__ == "__main__":
    main()
