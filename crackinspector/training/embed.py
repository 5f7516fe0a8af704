"""`train embed`: which backbone tells cracks best, before any of them is trained (seed 002).

Every backbone turns the pictures into embeddings once; they are cached on disk by content. A small head is trained on
them for each backbone, and the backbones are ranked by the head's F1, ties by size.
"""

from __future__ import annotations

import gc
import hashlib
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from crackinspector.core.errors import UsageError
from crackinspector.core.labels import Label
from crackinspector.training import report
from crackinspector.training.backbones import Backbone, Weights, backbone_named, backbones, build, find_weights
from crackinspector.training.classifier import MODEL_FILE
from crackinspector.training.crack_fit import CHECKPOINTS
from crackinspector.training.examples import Example, examples_of, in_order, load
from crackinspector.training.files import replace_with, write_json, write_text
from crackinspector.training.fitting import STATE_FILE
from crackinspector.training.metrics import f1, ratio
from crackinspector.training.options import TrainOptions
from crackinspector.training.prepare import prepare

log = logging.getLogger(__name__)

BATCH = 32
FLUSH = 512


@dataclass(frozen=True, slots=True)
class EmbedOptions:
    """What `train embed` is told beside `TrainOptions`.

    Attributes:
        cache: folder of embeddings; it may be shared by runs and removed at any time.
        names: backbones to try, or none for all that Keras offers.
        size: side of the square input in pixels.
        epochs: of each head.
        dropout: before the head's dense layer.
        limit: pictures of each share at most, evenly thinned, or None.
    """

    cache: Path
    names: Sequence[str] = ()
    size: int = 224
    epochs: int = 20
    dropout: float = 0.2
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Ranked:
    """One backbone's result; figures are of crack against the rest.

    Attributes:
        parameters: of the backbone without its top; ties are ranked by it.
        random: whether its weights were random, which says nothing about it.
    """

    name: str
    val_f1: float
    test_f1: float | None
    parameters: int
    dimensions: int
    weights: str
    random: bool = field(default=False)


class EmbeddingCache:
    """Embeddings by the SHA-256 of the pixels' source, for one backbone, input size and weights.

    Lies in `part-*.npz` files, each complete or absent, so that an interrupted run loses at most its last part.
    """

    def __init__(self, folder: Path, backbone: str, size: int, weights: Weights) -> None:
        """Reads what is there; damaged parts are left out and made again."""
        self._folder = folder / f"{backbone}-{size}-{weights.alpha}-{weights.identity[:16]}"
        self._known: dict[str, NDArray[np.float32]] = {}
        self._fresh: dict[str, NDArray[np.float32]] = {}
        for part in sorted(self._folder.glob("part-*.npz")):
            try:
                with part.open("rb") as stream, np.load(stream, allow_pickle=False) as archive:
                    self._known.update(zip(archive["keys"].tolist(), archive["values"], strict=True))
            # A damaged archive fails in ways of zipfile's and NumPy's own; its content can be made again.
            except Exception as error:
                log.warning("The embeddings in %s cannot be read (%s) and are made again.", part, error)

    def __contains__(self, key: str) -> bool:
        """Whether the embedding of `key` is known."""
        return key in self._known

    def __getitem__(self, key: str) -> NDArray[np.float32]:
        """The embedding, (dimensions,) float32."""
        return self._known[key]

    def add(self, key: str, value: NDArray[np.float32]) -> None:
        """Adds one; it is written with the next part."""
        self._known[key] = self._fresh[key] = value
        if len(self._fresh) >= FLUSH:
            self.flush()

    def flush(self) -> None:
        """Writes what is new as a part, named by its content."""
        if not self._fresh:
            return
        keys = np.array(list(self._fresh))
        values = np.stack(list(self._fresh.values()))
        name = hashlib.sha256("".join(self._fresh).encode()).hexdigest()[:16]
        path = self._folder / f"part-{name}.npz"

        def write(temporary: Path) -> None:
            with temporary.open("wb") as stream:
                np.savez(stream, keys=keys, values=values)

        replace_with(path, write)
        self._fresh = {}


def content_key(example: Example) -> str:
    """SHA-256 of the picture file's bytes and of the part that is taken of it."""
    digest = hashlib.sha256(example.record.path.read_bytes())
    digest.update(repr(example.box).encode())
    return digest.hexdigest()


def embed(options: TrainOptions, settings: EmbedOptions) -> list[Ranked]:
    """Ranks the backbones and writes `report.md`, `ranking.json` and a plot into `options.out`.

    Backbones whose embeddings are cached already cost only their head, so that an interrupted run goes on.

    Raises:
        UsageError: no pictures, unknown backbones, none that could be built, or `options.out` holds a training run,
            whose split and report have the same names.
        PictureError: a picture cannot be read.
    """
    if any((options.out / mark).exists() for mark in (MODEL_FILE, STATE_FILE, CHECKPOINTS)):
        raise UsageError(f"{options.out} holds a training run, which would lose its split; choose another --out.")
    chosen = [backbone_named(name) for name in settings.names] or list(backbones().values())
    prepared = prepare(options)
    shares = {name: _thinned(examples_of(prepared.split[name], 2), settings.limit) for name in ("train", "val", "test")}
    keys = {name: [content_key(example) for example in examples] for name, examples in shares.items()}
    ranked, failed = [], {}
    for backbone in chosen:
        try:
            ranked.append(_judge(backbone, shares, keys, options, settings))
        except UsageError as error:
            log.warning("%s is left out: %s", backbone.name, error)
            failed[backbone.name] = str(error)
        keras.backend.clear_session()
        gc.collect()
    if not ranked:
        raise UsageError("None of the backbones could be used: " + " ".join(failed.values()))
    ranked.sort(key=rank_key)
    _write(options.out, ranked, failed, prepared.report, settings)
    return ranked


def rank_key(item: Ranked) -> tuple[float, int, str]:
    """Best validation F1 first (to three digits, as reported), ties by size."""
    return -round(item.val_f1, 3), item.parameters, item.name


def _judge(
    backbone: Backbone,
    shares: Mapping[str, Sequence[Example]],
    keys: Mapping[str, Sequence[str]],
    options: TrainOptions,
    settings: EmbedOptions,
) -> Ranked:
    network, weights = _build(backbone, options.weights, settings.size)
    cache = EmbeddingCache(settings.cache, backbone.name, settings.size, weights)
    examples = {key: e for name in shares for key, e in zip(keys[name], shares[name], strict=True)}
    _fill(cache, network, backbone, examples, settings.size)
    vectors = {name: np.stack([cache[key] for key in keys[name]]) for name in shares if keys[name]}
    truth = {name: np.array([e.label is Label.POSITIVE for e in shares[name]], np.float32) for name in vectors}
    scores = _head(vectors, truth, options.seed, settings)
    return Ranked(
        backbone.name,
        scores["val"],
        scores.get("test"),
        int(network.count_params()),
        int(vectors["train"].shape[1]),
        str(weights),
        weights.origin is None,
    )


def _build(backbone: Backbone, choice: str, size: int) -> tuple[Any, Weights]:
    """The backbone with weights, or with random ones and a loud warning where none can be had."""
    weights = Weights(None, 1.0)
    try:
        weights = find_weights(choice, backbone, 1.0, size)
        if weights.origin is not None:
            return build(backbone, size, weights, pooling="avg"), weights
    except UsageError as error:
        log.warning("%s", error)
    log.warning(
        "RANDOM WEIGHTS for %s: its place in the ranking says nothing about the trained backbone.", backbone.name
    )
    keras.utils.set_random_seed(0)
    weights = Weights(None, 1.0)
    return build(backbone, size, weights, pooling="avg"), weights


def _fill(cache: EmbeddingCache, network: Any, backbone: Backbone, examples: Mapping[str, Example], size: int) -> None:
    missing = [(key, example) for key, example in examples.items() if key not in cache]
    pictures = in_order(missing, lambda item: load(item[1], size))
    matrix, bias = backbone.preprocessing.matrix.astype(np.float32), backbone.preprocessing.bias.astype(np.float32)
    with tqdm(
        total=len(missing), desc=backbone.name, unit="picture", leave=False, disable=None if missing else True
    ) as bar:
        for start in range(0, len(missing), BATCH):
            chunk = missing[start : start + BATCH]
            pixels = np.stack([next(pictures) for _ in chunk]).astype(np.float32)
            values = np.asarray(network(pixels @ matrix.T + bias, training=False), np.float32)
            for (key, _), value in zip(chunk, values, strict=True):
                cache.add(key, value)
            bar.update(len(chunk))
    cache.flush()


def _head(
    vectors: Mapping[str, NDArray[np.float32]],
    truth: Mapping[str, NDArray[np.float32]],
    seed: int,
    settings: EmbedOptions,
) -> dict[str, float]:
    """F1 by share of a dropout and a dense layer, at the epoch with the best validation F1."""
    keras.utils.set_random_seed(seed)
    # Backbones differ in the scale of their features by orders of magnitude; one learning rate must fit all.
    mean, spread = vectors["train"].mean(axis=0), vectors["train"].std(axis=0) + 1e-3
    inputs = {name: (values - mean) / spread for name, values in vectors.items()}
    head = keras.Sequential(
        [
            keras.Input((inputs["train"].shape[1],)),
            keras.layers.Dropout(settings.dropout),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
    head.compile(keras.optimizers.Adam(1e-3), "binary_crossentropy")
    positive = float(truth["train"].mean())
    weights = {0: 0.5 / max(1 - positive, 1e-6), 1: 0.5 / max(positive, 1e-6)}
    best: dict[str, float] = {}
    for _ in range(settings.epochs):
        head.fit(inputs["train"], truth["train"], batch_size=BATCH, class_weight=weights, verbose=0)
        now = {name: _f1(head, values, truth[name]) for name, values in inputs.items() if name != "train"}
        if not best or now["val"] > best["val"]:
            best = now
    return best


def _f1(head: Any, inputs: NDArray[np.float32], truth: NDArray[np.float32]) -> float:
    said = np.asarray(head(inputs, training=False))[:, 0] >= 0.5
    hits = float((said & (truth > 0)).sum())
    return f1(ratio(hits, float(said.sum())), ratio(hits, float(truth.sum())))


def _thinned(examples: Sequence[Example], limit: int | None) -> list[Example]:
    if limit is None or len(examples) <= limit:
        return list(examples)
    return [examples[i * len(examples) // limit] for i in range(limit)]


def _write(
    out: Path, ranked: Sequence[Ranked], failed: Mapping[str, str], preparation: str, settings: EmbedOptions
) -> None:
    rows = [
        [i, r.name, r.val_f1, r.test_f1, f"{r.parameters / 1e6:.2f} M", r.dimensions, r.weights]
        for i, r in enumerate(ranked, 1)
    ]
    header = ["rank", "backbone", "validation F1", "test F1", "parameters", "dimensions", "weights"]
    parts = ["# Backbones by their embeddings\n", preparation, ""]
    if any(r.random for r in ranked):
        names = ", ".join(r.name for r in ranked if r.random)
        parts += [f"**Random weights**, so their figures say nothing about the trained backbone: {names}.\n"]
    parts += [
        f"Pictures squeezed to {settings.size} px; head of dropout {settings.dropout} and one dense layer, "
        f"{settings.epochs} epochs, the one with the best validation F1.\n",
        report.table(header, rows),
        "\n![Ranking](ranking.png)\n",
    ]
    parts += [f"- {name} was left out: {reason}" for name, reason in failed.items()]
    report.plot_ranking(out / "ranking.png", [r.name for r in ranked], [r.val_f1 for r in ranked], "validation F1")
    write_json(out / "ranking.json", [{"name": r.name, "val_f1": r.val_f1, "test_f1": r.test_f1} for r in ranked])
    write_text(out / "report.md", "\n".join(parts) + "\n")
