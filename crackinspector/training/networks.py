"""The network of seed 000: any backbone, and one dense layer that gives both the scores and the activation map.

The dense layer is applied to the pooled features for the scores and to every place of the last feature map for the
class activation map (Zhou et al. 2016, "Learning Deep Features for Discriminative Localization"), so that the map
needs no training of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import keras
import numpy as np
from keras import layers

from crackinspector.core.errors import UsageError
from crackinspector.training.backbones import Backbone, Weights, build

BASE_LAYER = "backbone"


@dataclass(frozen=True, slots=True)
class CamNetwork:
    """A network and what its input means.

    Attributes:
        model: (n, size, size, 3) float32 in `range` to {"scores": (n, labels) probabilities, "map": (n, h, w, labels)
            class activations, before a softmax}.
        range: the values that the pixel values 0 and 255 become.
    """

    model: Any
    range: tuple[float, float]


def cam_network(backbone: Backbone, size: int, labels: int, dropout: float, weights: Weights) -> CamNetwork:
    """Builds the network; nothing in it is frozen yet, but batch norm always runs on its stored statistics.

    Raises:
        UsageError: the backbone cannot be built at this size or with these weights.
    """
    base = build(backbone, size, weights)
    base.name = BASE_LAYER
    image = keras.Input((size, size, 3), name="image")
    span, x = backbone.preprocessing.range, image
    if span is None:
        # Channel order and means that a plain range cannot express stay in the network, as a frozen convolution.
        preprocessing = layers.Conv2D(3, 1, name="preprocessing", trainable=False)
        span, x = (0.0, 255.0), preprocessing(image)
        kernel = backbone.preprocessing.matrix.T.reshape(1, 1, 3, 3)
        preprocessing.set_weights([kernel.astype(np.float32), backbone.preprocessing.bias.astype(np.float32)])
    features = base(x, training=False)
    dense = layers.Dense(labels, name="label_weights")
    pooled = layers.Dropout(dropout, name="dropout")(layers.GlobalAveragePooling2D(name="pooled")(features))
    scores = layers.Softmax(name="probabilities")(dense(pooled))
    model = keras.Model(image, {"scores": scores, "map": dense(features)}, name="cam_network")
    return CamNetwork(model, span)


def set_trainable(model: Any, train_from: str | None, whole: bool = False) -> int:
    """Freezes the backbone but for the layers from `train_from` on (all of them if `whole`), and all batch norm.

    Returns:
        How many of the backbone's layers are trained.

    Raises:
        UsageError: the backbone has no layer of that name.
    """
    base = model.get_layer(BASE_LAYER)
    names = [layer.name for layer in base.layers]
    if train_from is not None and train_from not in names:
        close = [name for name in names if name.startswith(train_from)]
        if not close:
            raise UsageError(
                f"The backbone has no layer or block {train_from}; among its layers are {', '.join(names[::12])}."
            )
        train_from = close[0]
    base.trainable = True
    training, trained = whole, 0
    for layer in base.layers:
        training = training or layer.name == train_from
        layer.trainable = training and not isinstance(layer, layers.BatchNormalization)
        trained += bool(layer.trainable and layer.weights)
    return trained
