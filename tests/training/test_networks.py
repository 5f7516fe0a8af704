from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("tensorflow")

import keras

from crackinspector.core.errors import UsageError
from crackinspector.training.backbones import Weights, backbone_named
from crackinspector.training.networks import cam_network, set_trainable
from crackinspector.training.presets import ALL_LABELS, AUGMENTATIONS, PRESETS, TWO_LABELS

# Keras copies its variables in NumPy 1's manner.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")

NO_WEIGHTS = Weights(None, 0.25)


def test_phases_train_what_they_say_and_never_batch_norm() -> None:
    network = cam_network(backbone_named("mobilenetv2"), 32, 3, 0.2, Weights(None, 0.35))
    assert set_trainable(network.model, None) == 0
    assert [v.path.split("/")[0] for v in network.model.trainable_variables] == ["label_weights"] * 2
    set_trainable(network.model, "block_14")
    names = {v.path.split("/")[-2] for v in network.model.trainable_variables}
    assert "block_14_expand" in names
    assert "Conv_1" in names
    assert "block_13_project" not in names
    assert not any(name.lower().endswith("bn") for name in names)
    with pytest.raises(UsageError, match="no layer or block stem"):
        set_trainable(network.model, "stem")


def test_scores_and_map_share_their_weights() -> None:
    network = cam_network(backbone_named("MobileNet"), 64, 3, 0.2, NO_WEIGHTS)
    image = np.random.default_rng(0).uniform(-1, 1, (2, 64, 64, 3)).astype(np.float32)
    outputs = network.model(image, training=False)
    assert outputs["map"].shape == (2, 2, 2, 3)
    powers = np.exp(np.asarray(outputs["map"]).mean(axis=(1, 2)))
    np.testing.assert_allclose(outputs["scores"], powers / powers.sum(axis=1, keepdims=True), atol=1e-5)


def test_preprocessing_that_no_range_expresses_stays_in_the_network() -> None:
    network = cam_network(backbone_named("VGG16"), 32, 2, 0.0, Weights(None, 1.0))
    assert network.range == (0.0, 255.0)
    pixels = np.random.default_rng(0).uniform(0, 255, (1, 32, 32, 3)).astype(np.float32)
    inner = keras.Model(network.model.input, network.model.get_layer("preprocessing").output)
    expected = keras.applications.vgg16.preprocess_input(pixels.copy())
    np.testing.assert_allclose(inner(pixels), expected, atol=1e-3)


def test_presets_are_the_seeds() -> None:
    first, second, third = PRESETS["seed-000"], PRESETS["seed-002"], PRESETS["seed-004"]
    assert (first.backbone, first.alpha, first.size, first.tuned_rate) == ("MobileNetV2", 1.0, 160, 5e-4)
    assert (first.frozen_epochs, first.tuned_epochs, first.batch, first.labels) == (0, 5, 32, ALL_LABELS)
    # The last 12 layers of the seed's whole network: its five head layers and these of the backbone's end.
    base = keras.applications.MobileNetV2(input_shape=(32, 32, 3), include_top=False, weights=None)
    names = [layer.name for layer in base.layers]
    assert names[names.index(str(first.train_from)) :] == [
        *("block_16_project", "block_16_project_BN", "Conv_1", "Conv_1_bn", "out_relu")
    ]
    assert (second.backbone, second.alpha, second.size, second.dropout) == ("MobileNetV3Small", 0.75, 224, 0.2)
    assert (second.augment, second.labels, second.train_from) == (AUGMENTATIONS, TWO_LABELS, None)
    assert (third.backbone, third.frozen_epochs, third.tuned_epochs, third.patience) == ("MobileNetV2", 10, 10, 3)
