from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("tensorflow")

import keras

from crackinspector.training.crack_network import crack_network, deployed
from crackinspector.training.rounding import STEPS, nearest_in_effect, rounded


@settings(deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([1, 4, 9, 30]), st.floats(0, 20))
def test_never_worse_than_the_nearest_and_always_whole_steps(seed: int, n: int, brightness: float) -> None:
    rng = np.random.default_rng(seed)
    weights = rng.normal(0, 1, n)
    inputs = rng.normal(brightness, 1, (200, n))
    moments = inputs.T @ inputs / len(inputs)
    step = np.abs(weights).max() / STEPS
    chosen = nearest_in_effect(weights, moments)
    plain = np.round(weights / step) * step
    assert np.mean((inputs @ (chosen - weights)) ** 2) <= np.mean((inputs @ (plain - weights)) ** 2) + 1e-9
    whole = chosen / step
    assert np.abs(whole - np.round(whole)).max() < 1e-6
    # or the converter would take another step
    assert np.abs(np.round(whole)).max() == STEPS


def test_an_edge_filter_on_a_bright_wall_stays_blind_to_its_brightness() -> None:
    edge = np.array([1.0, -0.334, -0.334, -0.332, 0, 0, 0, 0, 0])
    inputs = 5 + np.random.default_rng(0).normal(0, 0.1, (500, 9))
    plain = np.round(edge * STEPS) / STEPS
    chosen = nearest_in_effect(edge, inputs.T @ inputs / len(inputs))
    assert abs(chosen.sum()) < abs(plain.sum()) / 2


def test_no_weights_stay_none() -> None:
    assert not nearest_in_effect(np.zeros(9), np.eye(9)).any()


def test_the_network_is_as_before_afterwards_and_hardly_another_one_meanwhile() -> None:
    network = deployed(crack_network(64), 64)
    pictures = [np.random.default_rng(i).uniform(-1, 1, (64, 64, 3)).astype(np.float32) for i in range(4)]
    before = [weights.copy() for weights in network.get_weights()]
    outputs = network(np.stack(pictures), training=False)
    with pytest.raises(ZeroDivisionError), rounded(network, pictures) as found:
        assert found
        changed = sum(not np.array_equal(a, b) for a, b in zip(before, network.get_weights(), strict=True))
        assert changed >= 6
        meanwhile = network(np.stack(pictures), training=False)
        assert np.allclose(outputs["map"], meanwhile["map"], atol=0.05)
        raise ZeroDivisionError
    assert all(np.array_equal(a, b) for a, b in zip(before, network.get_weights(), strict=True))


@pytest.mark.parametrize("name", ["plain", "MobileNetV3Small"])
def test_another_network_is_left_alone(name: str) -> None:
    if name == "plain":
        network = keras.Sequential([keras.Input((8, 8, 3)), keras.layers.Conv2D(2, 3)])
    else:
        network = keras.applications.MobileNetV3Small((32, 32, 3), include_top=False, weights=None)
    with rounded(network, []) as found:
        assert not found


def test_edge_filters_in_a_network_stay_blind_to_the_brightness_of_a_wall() -> None:
    """The layer's own output, against what rounding to the nearest makes of it."""
    encoder = keras.applications.MobileNetV2((64, 64, 3), include_top=False, weights=None)
    layer, norm = (encoder.get_layer(f"expanded_conv_depthwise{end}") for end in ("", "_BN"))
    rng = np.random.default_rng(0)
    (kernel,) = layer.get_weights()
    kernel = rng.normal(0, 1, kernel.shape).astype(np.float32)
    kernel -= kernel.mean(axis=(0, 1), keepdims=True)
    layer.set_weights([kernel])
    pictures = [rng.normal(0.7, 0.05, (64, 64, 3)).clip(-1, 1).astype(np.float32) for _ in range(6)]
    look = keras.Model(encoder.input, norm.output)
    stack = np.stack(pictures)
    wanted = np.asarray(look(stack, training=False))
    with rounded(encoder, pictures):
        chosen = np.asarray(look(stack, training=False)) - wanted
    step = np.abs(kernel).max(axis=(0, 1, 3), keepdims=True) / STEPS
    layer.set_weights([np.round(kernel / step) * step])
    plain = np.asarray(look(stack, training=False)) - wanted
    assert np.abs(chosen.mean(axis=(0, 1, 2))).max() < 1e-3 < np.abs(plain.mean(axis=(0, 1, 2))).max()
    assert np.mean(chosen**2) < 0.2 * np.mean(plain**2)
