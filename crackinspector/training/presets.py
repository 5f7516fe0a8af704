"""Named recipes: what the seeds trained, as options of `train classifier`.

Each says in `differs` what is not as in its seed, so that nobody compares figures that do not belong together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from crackinspector.core.labels import Label

ALL_LABELS = (Label.NEGATIVE, Label.POSITIVE, Label.UNKNOWN)
TWO_LABELS = (Label.NEGATIVE, Label.POSITIVE)
AUGMENTATIONS = ("brightness", "contrast", "hue", "saturation", "flip_left_right", "flip_up_down")


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a classifier with an activation map is trained.

    Attributes:
        backbone: name in `keras.applications`; `alpha`: its width; `size`: side of the square input in pixels.
        labels: those that it tells apart; pictures of other labels are left out.
        dropout: share of the pooled features dropped while training, 0..1.
        augment: any of `AUGMENTATIONS`; there is no zoom, which could cut the crack out of a positive picture.
        frozen_epochs: epochs with a frozen backbone at `rate`.
        tuned_epochs: epochs after them, with the backbone trained from the layer `train_from` on (None: all of it)
            at `tuned_rate`. Batch norm stays frozen.
        patience: epochs without a better validation loss after which a phase ends.
        batch: pictures in a step.
        crops: pictures with a mask are cut into crops x crops parts, each labelled by its own part of the mask; 1
            takes them whole.
        differs: what is not as in the recipe's origin.
    """

    backbone: str = "MobileNetV2"
    alpha: float = 1.0
    size: int = 160
    labels: tuple[Label, ...] = ALL_LABELS
    dropout: float = 0.2
    augment: tuple[str, ...] = AUGMENTATIONS
    frozen_epochs: int = 3
    rate: float = 1e-3
    tuned_epochs: int = 12
    tuned_rate: float = 1e-4
    train_from: str | None = "block_6_expand"
    patience: int = 3
    batch: int = 32
    crops: int = 2
    differs: str = ""


PRESETS: Mapping[str, Recipe] = MappingProxyType(
    {
        "default": Recipe(),
        "seed-000": Recipe(
            dropout=0.0,
            augment=(),
            frozen_epochs=0,
            tuned_epochs=5,
            tuned_rate=5e-4,
            # The last 12 layers of the seed's network, heads included, begin here.
            train_from="block_16_project",
            differs="split by blocks instead of at random; batch norm frozen; early stopping; the map is 5x5 and not "
            "enlarged in the network.",
        ),
        "seed-002": Recipe(
            backbone="MobileNetV3Small",
            alpha=0.75,
            size=224,
            labels=TWO_LABELS,
            frozen_epochs=20,
            tuned_epochs=20,
            tuned_rate=1e-5,
            train_from=None,
            differs="the seed names neither epochs nor rates of its two phases; softmax over two labels instead of "
            "one sigmoid.",
        ),
        "seed-004": Recipe(
            labels=TWO_LABELS,
            augment=("flip_left_right", "flip_up_down"),
            frozen_epochs=10,
            rate=1e-4,
            tuned_epochs=10,
            tuned_rate=1e-5,
            train_from="block_11_expand",
            differs="the seed names neither rates nor the layer that it tunes from (here those of the TensorFlow "
            "transfer learning tutorial that it follows); its augmentation is only shown, read here as flips.",
        ),
    }
)
