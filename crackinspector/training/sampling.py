"""Training samples for the crack network: one encoder, a label head and a pixel head.

Labels are known for every picture, masks for some. What each kind of picture teaches:

- with a mask: a crop at any scale; its label follows from the mask, its pixels are the truth;
- intact or no surface at all: a crop at any scale; every pixel is known to be no crack. Some get a generated crack
  (then they are positive, with exact truth), some get lines that are none;
- cracked, without a mask: the whole picture or a wider view, never a crop that could miss the crack; its pixels teach
  only that somewhere there is one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from crackinspector.core.labels import Label
from crackinspector.sources import cracks
from crackinspector.training import augment
from crackinspector.training.dataset import Record, read_mask, read_picture
from crackinspector.training.picture_cache import PictureCache

LABELS = (Label.NEGATIVE, Label.POSITIVE, Label.UNKNOWN)
MAP_STRIDE = 2
SLIVER_PX = 40
"""Fewer crack pixels than this in a crop leave its label open."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Samples for one step.

    Attributes:
        images: (n, size, size, 3) uint8 RGB.
        labels: (n,) int32 index into `LABELS`.
        label_weights: (n,) float32, 0 where the label is open.
        masks: (n, size / 2, size / 2, 1) float32 share of crack, 0..1.
        mask_weights: (n,) float32, 0 where the pixels are not known.
    """

    images: NDArray[np.uint8]
    labels: NDArray[np.int32]
    label_weights: NDArray[np.float32]
    masks: NDArray[np.float32]
    mask_weights: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Mixture:
    """How often each kind of sample is drawn; the shares add up to 1."""

    masked: float = 0.38
    labelled_cracks: float = 0.2
    intact: float = 0.28
    elsewhere: float = 0.14
    generated: float = 0.35
    """Share of the intact samples that get a generated crack."""
    decoy: float = 0.2
    """Share of the intact samples that get lines which are no cracks."""
    unpainted: frozenset[str] = frozenset({"brick"})
    """Sources that get no generated cracks: brickwork counts as intact with gaps and fine cracks of its own, and a
    painted crack that is no worse would teach the reverse."""


CACHE = PictureCache(3 << 30)
"""Enough for all of a few thousand small pictures; of large photographs it holds the latest."""


def _picture(path: Path, short_side: int | None = None) -> NDArray[np.uint8]:
    """A picture, reduced to `short_side` pixels if it is larger."""

    def load() -> NDArray[np.uint8]:
        image = read_picture(path)
        height, width = image.shape[:2]
        if short_side is None or min(height, width) <= short_side:
            return image
        scale = short_side / min(height, width)
        size = round(width * scale), round(height * scale)
        return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)

    return CACHE.get((path, short_side), load)


def _mask(path: Path) -> NDArray[np.uint8]:
    return CACHE.get(path, lambda: read_mask(path).astype(np.uint8) * np.uint8(255))


class Sampler:
    """Draws batches; batch `k` of a seed is always the same, whatever was drawn before.

    Within a kind a source is drawn by the fourth root of its size, so that a large one does not drown a small
    one. Safe to call from several threads.
    """

    def __init__(
        self,
        records: Sequence[Record],
        size: int,
        batch: int,
        seed: int,
        zoom: float = 1.0,
        mixture: Mixture | None = None,
    ) -> None:
        """Sorts the records by what they can teach.

        Args:
            size: side of the samples in pixels.
            zoom: picture pixels for each sample pixel that crops are scaled around.
        """
        self._size, self._batch, self._seed, self._zoom = size, batch, seed, zoom
        self._mixture = mixture or Mixture()
        kinds: dict[str, dict[str, list[Record]]] = {"masked": {}, "cracked": {}, "intact": {}, "elsewhere": {}}
        for record in records:
            kinds[_kind(record)].setdefault(record.source, []).append(record)
        self._kinds = kinds
        mix = self._mixture
        shares = {
            "masked": mix.masked,
            "cracked": mix.labelled_cracks,
            "intact": mix.intact,
            "elsewhere": mix.elsewhere,
        }
        present = {kind: share for kind, share in shares.items() if kinds[kind]}
        self._names = list(present)
        self._shares = np.array(list(present.values())) / sum(present.values())

    def batches(self, start: int = 0, threads: int = 2) -> Iterator[Batch]:
        """Batches from number `start` on, without end, prepared ahead in background threads."""
        with ThreadPoolExecutor(threads) as pool:
            pending = []
            for number in count(start):
                pending.append(pool.submit(self.batch, number))
                if len(pending) > 2 * threads:
                    yield pending.pop(0).result()

    def batch(self, number: int) -> Batch:
        """Batch `number`."""
        samples = [self._sample(np.random.default_rng((self._seed, number, i))) for i in range(self._batch)]
        images, labels, label_weights, masks, mask_weights = zip(*samples, strict=True)
        return Batch(
            np.stack(images),
            np.array(labels, np.int32),
            np.array(label_weights, np.float32),
            np.stack(masks)[..., None],
            np.array(mask_weights, np.float32),
        )

    def _sample(self, rng: np.random.Generator) -> tuple[NDArray[np.uint8], int, float, NDArray[np.float32], float]:
        kind = self._names[int(rng.choice(len(self._names), p=self._shares))]
        record = _draw(self._kinds[kind], rng)
        image, mask = self._look(record, kind, rng)
        label, label_weight, mask_weight = LABELS.index(record.label), 1.0, 1.0
        if kind == "masked":
            assert mask is not None
            cracked = int(np.count_nonzero(mask >= 128))
            label = LABELS.index(Label.POSITIVE if cracked else Label.NEGATIVE)
            label_weight = float(cracked == 0 or cracked >= SLIVER_PX)
        elif kind == "cracked":
            mask_weight = 0.0
        elif kind == "intact":
            roll = rng.random()
            if roll < self._mixture.generated and record.source not in self._mixture.unpainted:
                image, mask = _with_crack(image, rng)
                label = LABELS.index(Label.POSITIVE)
            elif self._mixture.generated <= roll < self._mixture.generated + self._mixture.decoy:
                image = augment.decoys(image, rng)
        image = augment.colour(image, rng)
        if rng.random() < 0.25:
            image = augment.shadow(image, rng)
        image = augment.lens(image, rng)
        small = self._size // MAP_STRIDE
        target = np.zeros((small, small), np.float32)
        if mask is not None:
            target += np.asarray(cv2.resize(mask, (small, small), interpolation=cv2.INTER_AREA)) / np.float32(255)
        return image, label, label_weight, target, mask_weight

    def _look(
        self, record: Record, kind: str, rng: np.random.Generator
    ) -> tuple[NDArray[np.uint8], NDArray[np.uint8] | None]:
        # such a picture is always shrunk to the sample's size as a whole; the others are cropped at full sharpness
        image = _picture(record.path, round(4 * self._size * self._zoom) if kind == "cracked" else None)
        mask = _mask(record.mask) if record.mask is not None else None
        height, width = image.shape[:2]
        quarters = int(rng.integers(4))
        if kind == "cracked" or rng.random() < 0.3:
            wider = np.exp(rng.uniform(0, np.log(1.9))) if rng.random() < 0.5 else 1.0
            tilt = 0.0 if wider == 1.0 else rng.normal(0, 0.12)
            span = (width * wider, height * wider)
            slack = (wider - 1) * rng.uniform(-0.5, 0.5, 2)
            if kind == "cracked":
                most = _tilt_within(width, height, wider, slack)
                tilt = float(np.clip(tilt, -most, most))
            centre = (width * (0.5 + slack[0]), height * (0.5 + slack[1]))
        else:
            tilt = rng.normal(0, 0.15)
            side = self._size * self._zoom / np.exp(rng.uniform(np.log(0.5), np.log(2.2)))
            side = min(side, 1.6 * min(width, height))
            stretch = np.exp(rng.normal(0, 0.12))
            span = (side * stretch, side / stretch)
            centre = (_place(width, span[0], rng), _place(height, span[1], rng))
        if quarters % 2:
            span = (span[1], span[0])
        angle = quarters * np.pi / 2 + tilt
        return augment.view(image, mask, centre, span, angle, self._size, bool(rng.integers(2)))


def _tilt_within(width: int, height: int, wider: float, slack: NDArray[np.float64]) -> float:
    """How far, in radians, a view may tilt before it cuts a corner of the picture.

    The view is `wider` times the picture's size, its centre off by `slack` of it. A corner of the picture lies (0.5 +
    slack) of its size from the view's centre; a tilt moves it by at most that much of the other side.
    """
    margin = (wider - 1) / 2 - np.abs(slack)
    reach = 0.5 + np.abs(slack)
    return float(max(0.0, min(margin[0] * width / (reach[1] * height), margin[1] * height / (reach[0] * width))))


def _place(extent: int, span: float, rng: np.random.Generator) -> float:
    return float(rng.uniform(min(span, extent) / 2, extent - min(span, extent) / 2))


def _kind(record: Record) -> str:
    if record.label is Label.UNKNOWN:
        return "elsewhere"
    if record.mask is not None and record.label is Label.POSITIVE:
        return "masked"
    return "cracked" if record.label is Label.POSITIVE else "intact"


def _draw(by_source: Mapping[str, list[Record]], rng: np.random.Generator) -> Record:
    sources = list(by_source.values())
    shares = np.array([len(records) for records in sources]) ** 0.25
    records = sources[int(rng.choice(len(sources), p=shares / shares.sum()))]
    return records[int(rng.integers(len(records)))]


def _with_crack(image: NDArray[np.uint8], rng: np.random.Generator) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    shape = image.shape[0], image.shape[1]
    width = float(np.exp(rng.uniform(np.log(0.8), np.log(6.0))))
    network = cracks.random_crack(rng, shape, width, roughness=float(rng.uniform(0.04, 0.22)))
    darkness = float(rng.uniform(0.55 if width < 1.5 else 0.3, 0.95))
    painted = cracks.paint(image, cracks.coverage(network, shape), darkness, float(rng.uniform(0.3, 1.1)), rng)
    return painted, cracks.mask_of(network, shape, margin=1.0)
