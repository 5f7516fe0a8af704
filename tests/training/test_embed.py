from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("tensorflow")

import keras

from crackinspector.core.errors import UsageError
from crackinspector.training import embed as embedding
from crackinspector.training.backbones import Weights, backbone_named, backbones, find_weights
from crackinspector.training.embed import EmbeddingCache, EmbedOptions, Ranked, embed, rank_key
from crackinspector.training.options import TrainOptions
from crackinspector.training.splits import Plan

# Keras copies its variables in NumPy 1's manner.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")


def test_all_backbones_of_keras_are_found_with_their_preprocessing() -> None:
    found = backbones()
    assert {"MobileNetV2", "MobileNetV3Small", "ResNet50V2", "ConvNeXtTiny", "EfficientNetV2S", "Xception"} <= set(
        found
    )
    assert len(found) >= 38
    pixels = np.random.default_rng(0).uniform(0, 255, (2, 3, 3, 3)).astype(np.float32)
    for backbone in found.values():
        expected = sys.modules[backbone.build.__module__].preprocess_input(pixels.copy())
        here = pixels @ backbone.preprocessing.matrix.T + backbone.preprocessing.bias
        np.testing.assert_allclose(here, expected, atol=1e-3, err_msg=backbone.name)
    spans = {name: found[name].preprocessing.range for name in ("MobileNetV2", "MobileNetV3Small", "ResNet50")}
    assert spans == {"MobileNetV2": (-1, 1), "MobileNetV3Small": (0, 255), "ResNet50": None}
    assert found["MobileNet"].widths
    assert not found["Xception"].widths


def test_weights_are_found_by_name_width_and_nearest_size(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    for name in (
        "mobilenet_v2_1.0_160_imagenet_notop.weights.h5",
        "mobilenet_v2_1.0_224_imagenet_notop.weights.h5",
        "mobilenet_v2_0.5_224_imagenet_notop.weights.h5",
        "mobilenet_v3_small_1.0_224_imagenet_notop.weights.h5",
    ):
        (tmp_path / name).touch()
    v2, small = backbone_named("MobileNetV2"), backbone_named("mobilenetv3small")
    assert str(find_weights(tmp_path, v2, 1.0, 192)) == "mobilenet_v2_1.0_160_imagenet_notop.weights.h5"
    assert str(find_weights(tmp_path, v2, 1.0, 200)) == "mobilenet_v2_1.0_224_imagenet_notop.weights.h5"
    assert find_weights(tmp_path, v2, 0.5, 160).alpha == 0.5
    assert not caplog.records
    assert find_weights(tmp_path, small, 0.75, 224).alpha == 1.0
    assert "no weights for MobileNetV3Small of width 0.75" in caplog.text
    assert find_weights("none", small, 0.75, 224) == Weights(None, 0.75)
    with pytest.raises(UsageError, match=r"expected a file such as vgg16_1\.0_224"):
        find_weights(tmp_path, backbone_named("VGG16"), 1.0, 224)
    with pytest.raises(UsageError, match="no weights at"):
        find_weights(tmp_path / "missing", v2, 1.0, 224)
    with pytest.raises(UsageError, match="no backbone ResNet1"):
        backbone_named("ResNet1")


def test_ranking_is_by_f1_and_ties_by_size() -> None:
    def ranked(name: str, f1: float, parameters: int) -> Ranked:
        return Ranked(name, f1, None, parameters, 8, "", False)

    items = [ranked("large", 0.98, 9), ranked("small", 0.98, 2), ranked("best", 0.99, 99), ranked("worst", 0.5, 1)]
    assert [item.name for item in sorted(items, key=rank_key)] == ["best", "small", "large", "worst"]


def test_the_cache_is_keyed_by_everything_and_survives_damage(tmp_path: Path) -> None:
    cache = EmbeddingCache(tmp_path, "A", 64, Weights(None, 1.0))
    cache.add("one", np.arange(3, dtype=np.float32))
    cache.flush()
    cache.add("two", np.ones(3, np.float32))
    cache.flush()
    again = EmbeddingCache(tmp_path, "A", 64, Weights(None, 1.0))
    assert again["one"].tolist() == [0, 1, 2]
    assert "two" in again
    for name, size, weights in (
        ("B", 64, Weights(None, 1.0)),
        ("A", 96, Weights(None, 1.0)),
        ("A", 64, Weights("imagenet", 1.0)),
        ("A", 64, Weights(None, 0.5)),
    ):
        assert "one" not in EmbeddingCache(tmp_path, name, size, weights)
    part = sorted(tmp_path.rglob("part-*.npz"))[0]
    part.write_bytes(part.read_bytes()[:40])
    damaged = EmbeddingCache(tmp_path, "A", 64, Weights(None, 1.0))
    assert ("one" in damaged) != ("two" in damaged)


@pytest.mark.parametrize("mark", ["model.keras", "state.npz", "checkpoints/checkpoint"])
def test_embed_leaves_a_training_run_alone(pictures: Path, tmp_path: Path, mark: str) -> None:
    (tmp_path / mark).parent.mkdir(exist_ok=True)
    (tmp_path / mark).touch()
    for name in ("split.csv", "report.md"):
        (tmp_path / name).write_text("of the run")
    with pytest.raises(UsageError, match="holds a training run"):
        embed(TrainOptions((pictures,), tmp_path, "embed"), EmbedOptions(tmp_path / "cache", ("MobileNet",)))
    assert {(tmp_path / name).read_text() for name in ("split.csv", "report.md")} == {"of the run"}


def test_embed_ranks_warns_and_makes_no_embedding_twice(
    pictures: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def built(backbone: Any, size: int, weights: Weights, pooling: str | None = None) -> Any:
        if weights.origin == "imagenet":
            raise UsageError("no network here")
        image = keras.Input((size, size, 3))
        filters = 4 if backbone.name == "MobileNet" else 8
        return keras.Model(image, keras.layers.GlobalMaxPooling2D()(keras.layers.Conv2D(filters, 5)(image)))

    monkeypatch.setattr(embedding, "build", built)
    options = TrainOptions((pictures,), tmp_path / "out", "embed", plan=Plan(blocks=5))
    settings = EmbedOptions(tmp_path / "cache", ("MobileNet", "Xception"), size=32, epochs=2, limit=24)
    first = embed(options, settings)
    assert {item.name for item in first} == {"MobileNet", "Xception"}
    assert all(item.random for item in first)
    assert {item.dimensions for item in first} == {4, 8}
    assert caplog.text.count("RANDOM WEIGHTS") == 2
    text = (tmp_path / "out" / "report.md").read_text()
    assert "**Random weights**" in text
    assert (tmp_path / "out" / "ranking.png").stat().st_size > 1000
    assert len(json.loads((tmp_path / "out" / "ranking.json").read_text())) == 2

    def refuse(item: Any, size: int) -> Any:
        raise AssertionError("an embedding is made twice")

    monkeypatch.setattr(embedding, "load", refuse)
    assert embed(options, settings) == first
