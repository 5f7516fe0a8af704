"""Examples that a classifier is fed with: whole pictures, and parts of pictures with a mask."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from crackinspector.core.errors import UsageError
from crackinspector.core.labels import Label
from crackinspector.training.dataset import Record, read_mask, read_picture

MIN_CRACK_SHARE = 0.001
"""A part with fewer crack pixels than this, but some, is neither clearly cracked nor intact, and is left out."""

BRIGHTNESS, CONTRAST, HUE, SATURATION = 0.15, 0.2, 0.04, 0.2
_PREFETCH = 64


@dataclass(frozen=True, slots=True)
class Example:
    """A picture, or the part `box` (left, top, width, height in pixels) of it, with its label."""

    record: Record
    label: Label
    box: tuple[int, int, int, int] | None = None


def examples_of(records: Iterable[Record], crops: int) -> list[Example]:
    """Whole pictures, and crops x crops parts of each picture with a mask, labelled by their part of the mask.

    Raises:
        PictureError: a mask cannot be read.
    """
    found = []
    for record in records:
        if record.mask is None or crops < 2:
            found.append(Example(record, record.label))
            continue
        mask = read_mask(record.mask)
        height, width = mask.shape
        rows, columns = np.linspace(0, height, crops + 1).astype(int), np.linspace(0, width, crops + 1).astype(int)
        for (top, bottom), (left, right) in itertools.product(itertools.pairwise(rows), itertools.pairwise(columns)):
            share = float(mask[top:bottom, left:right].mean())
            if share == 0 or share >= MIN_CRACK_SHARE:
                label = Label.POSITIVE if share else Label.NEGATIVE
                found.append(Example(record, label, (int(left), int(top), int(right - left), int(bottom - top))))
    return found


def class_weights(examples: Sequence[Example], labels: Sequence[Label]) -> dict[int, float]:
    """A weight for each label, so that all labels count alike; their mean over the examples is 1.

    Raises:
        UsageError: a label has no example.
    """
    counts = Counter(example.label for example in examples)
    missing = [str(label) for label in labels if not counts[label]]
    if missing:
        raise UsageError(f"There is nothing to train on for {', '.join(missing)}; add pictures or choose other labels.")
    return {i: len(examples) / (len(labels) * counts[label]) for i, label in enumerate(labels)}


def load(example: Example, size: int) -> NDArray[np.uint8]:
    """The example as (size, size, 3) uint8 RGB: squeezed to the square, never cut.

    Raises:
        PictureError: the picture cannot be read.
    """
    picture = read_picture(example.record.path)
    if example.box is not None:
        left, top, width, height = example.box
        picture = picture[top : top + height, left : left + width]
    return to_square(picture, size)


def to_square(rgb: NDArray[np.uint8], size: int) -> NDArray[np.uint8]:
    """The picture squeezed to (size, size, 3); shrunk by area so that thin cracks are averaged, not skipped."""
    height, width = rgb.shape[:2]
    method = cv2.INTER_AREA if min(height, width) >= size else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(rgb, (size, size), interpolation=method), np.uint8)


def pixels_to_input(pixels: Any, span: tuple[float, float]) -> Any:
    """Pixel values 0..255 (array or tensor, float32) to what the network takes, where 0 and 255 become `span`."""
    low, high = span
    return pixels * ((high - low) / 255) + low


def train_batches(
    examples: Sequence[Example],
    labels: Sequence[Label],
    size: int,
    span: tuple[float, float],
    batch: int,
    augment: Sequence[str],
    seed: tuple[int, int],
    limit: int | None = None,
) -> tf.data.Dataset:
    """One epoch of shuffled, augmented (pictures, label indices, weights); the same `seed` gives the same epoch.

    Args:
        seed: the run's seed and the epoch.
        limit: batches at most, or None.
    """
    order = np.random.default_rng(seed).permutation(len(examples))
    if limit is not None:
        order = order[: limit * batch]
    weights = class_weights(examples, labels)
    chosen = [examples[i] for i in order]

    def augmented(number: Any, picture: Any, label: Any, weight: Any) -> Any:
        start = tf.stack([tf.constant(seed[0] * 100_003 + seed[1], tf.int32), number])
        return pixels_to_input(_augment(picture, augment, start), span), label, weight

    data = _dataset(chosen, labels, size, weights)
    return data.map(augmented, num_parallel_calls=2, deterministic=True).batch(batch).prefetch(2)


def plain_batches(
    examples: Sequence[Example], labels: Sequence[Label], size: int, span: tuple[float, float], batch: int
) -> tf.data.Dataset:
    """The examples in their order, without augmentation, weighted so that all present labels count alike."""
    present = [label for label in labels if any(example.label == label for example in examples)]
    by_label = class_weights(examples, present)
    weights = {labels.index(label): by_label[i] for i, label in enumerate(present)}

    def plain(number: Any, picture: Any, label: Any, weight: Any) -> Any:
        return pixels_to_input(tf.cast(picture, tf.float32), span), label, weight

    data = _dataset(examples, labels, size, weights)
    return data.map(plain, num_parallel_calls=2, deterministic=True).batch(batch).prefetch(2)


def in_order(items: Sequence[Any], work: Callable[[Any], Any], threads: int = 2) -> Iterator[Any]:
    """`work` on every item by threads, results in order, never more than a few dozen ahead of the reader."""
    with ThreadPoolExecutor(threads) as pool:
        waiting = [pool.submit(work, item) for item in items[:_PREFETCH]]
        for item in [*items[_PREFETCH:], *[None] * min(_PREFETCH, len(items))]:
            yield waiting.pop(0).result()
            if item is not None:
                waiting.append(pool.submit(work, item))


def _dataset(
    examples: Sequence[Example], labels: Sequence[Label], size: int, weights: dict[int, float]
) -> tf.data.Dataset:
    def rows() -> Iterator[tuple[int, NDArray[np.uint8], int, float]]:
        pictures = in_order(examples, lambda example: load(example, size))
        for number, (example, picture) in enumerate(zip(examples, pictures, strict=True)):
            index = labels.index(example.label)
            yield number, picture, index, weights[index]

    signature = (
        tf.TensorSpec((), tf.int32),
        tf.TensorSpec((size, size, 3), tf.uint8),
        tf.TensorSpec((), tf.int32),
        tf.TensorSpec((), tf.float32),
    )
    return tf.data.Dataset.from_generator(rows, output_signature=signature).apply(
        tf.data.experimental.assert_cardinality(len(examples))
    )


def _augment(picture: Any, kinds: Sequence[str], seed: Any) -> Any:
    """Augments one (size, size, 3) uint8 picture; returns float32, 0..255. Never moves or cuts anything."""
    seeds = tf.random.split(seed, len(kinds) + 1)
    image = tf.cast(picture, tf.float32) / 255
    for i, kind in enumerate(kinds):
        if kind == "brightness":
            image = tf.image.stateless_random_brightness(image, BRIGHTNESS, seeds[i])
        elif kind == "contrast":
            image = tf.image.stateless_random_contrast(image, 1 - CONTRAST, 1 + CONTRAST, seeds[i])
        elif kind == "hue":
            image = tf.image.stateless_random_hue(tf.clip_by_value(image, 0, 1), HUE, seeds[i])
        elif kind == "saturation":
            image = tf.image.stateless_random_saturation(
                tf.clip_by_value(image, 0, 1), 1 - SATURATION, 1 + SATURATION, seeds[i]
            )
        elif kind == "flip_left_right":
            image = tf.image.stateless_random_flip_left_right(image, seeds[i])
        elif kind == "flip_up_down":
            image = tf.image.stateless_random_flip_up_down(image, seeds[i])
        else:
            raise ValueError(f"unknown augmentation {kind}")
    return tf.clip_by_value(image, 0, 1) * 255
