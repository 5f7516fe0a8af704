"""Small labelled folders: generated surfaces, with and without generated cracks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

import crackinspector.training  # noqa: F401 - before TensorFlow, as its comment says
from crackinspector.sources import cracks

SIDE = 64


def surface(rng: np.random.Generator, tone: float, side: int = SIDE) -> NDArray[np.uint8]:
    shade = cv2.resize(rng.normal(tone, 10, (5, 5, 3)).astype(np.float32), (side, side), interpolation=cv2.INTER_CUBIC)
    return np.asarray(np.clip(shade + rng.normal(0, 5, (side, side, 1)), 0, 255), np.uint8)


def cracked(rng: np.random.Generator, image: NDArray[np.uint8]) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    shape = image.shape[0], image.shape[1]
    network = cracks.random_crack(rng, shape, 5.0)
    return cracks.paint(image, cracks.coverage(network, shape), 0.9, 0.5, rng), cracks.mask_of(network, shape)


def save(path: Path, image: NDArray[np.uint8]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    assert cv2.imwrite(str(path), image)


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sources `floor` and `wall` with 10 pictures of each label, and `masked` with 6 pictures and masks."""
    root = tmp_path_factory.mktemp("pictures")
    rng = np.random.default_rng(7)
    for source, tone in (("floor", 100), ("wall", 165)):
        for number in range(10):
            save(root / source / "negative" / f"{number:05d}.png", surface(rng, tone))
            save(root / source / "positive" / f"{number:05d}.png", cracked(rng, surface(rng, tone))[0])
            patches = rng.integers(0, 255, (5, 5, 3), dtype=np.uint8)
            everyday = cv2.resize(patches, (SIDE, SIDE), interpolation=cv2.INTER_NEAREST)
            save(root / source / "unknown" / f"{number:05d}.png", np.asarray(everyday, np.uint8))
    for number in range(6):
        image, mask = cracked(rng, surface(rng, 140, 2 * SIDE))
        save(root / "masked" / "train" / "images" / f"deck_{number}_0.png", image)
        save(root / "masked" / "train" / "masks" / f"deck_{number}_0.png", mask)
    return root


def small_backbone(backbone: Any, size: int, weights: Any, pooling: str | None = None) -> Any:
    """In place of `backbones.build`: two convolutions instead of a hundred, so that a test can train."""
    import keras
    from keras import layers

    image = keras.Input((size, size, 3))
    x = layers.Conv2D(8, 5, strides=2, padding="same", activation="relu", name="conv_1")(image)
    x = layers.BatchNormalization(name="bn_1")(x)
    x = layers.Conv2D(16, 3, strides=2, padding="same", activation="relu", name="conv_2")(x)
    return keras.Model(image, layers.BatchNormalization(name="bn_2")(x))


@pytest.fixture(scope="module")
def small_networks() -> Any:
    """Networks built in this module have the small backbone."""
    pytest.importorskip("tensorflow")
    from crackinspector.training import networks

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(networks, "build", small_backbone)
        yield
