"""Fits the crack network to labels everywhere and on masks where they exist."""

from __future__ import annotations

import hashlib
import json
import math
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import keras
import tensorflow as tf
from tqdm import tqdm

from crackinspector.core.errors import UsageError
from crackinspector.training.crack_network import crack_network
from crackinspector.training.dataset import Record
from crackinspector.training.files import write_json
from crackinspector.training.sampling import Batch, Sampler

CHECKPOINTS = "checkpoints"
FINGERPRINT_FILE = "fingerprint.json"
CHECKPOINT_EVERY = 200
SETTLING_BATCHES = 80
SETTLING_MOMENTUM = 0.95


@dataclass(frozen=True, slots=True)
class Schedule:
    """How a crack network is trained.

    Attributes:
        size: side of the network's input in pixels; `tile` picture pixels on either side are seen through it.
        batches: optimiser steps in all.
        coarse: share of the steps at `coarse_size`; the rest run at `size`.
        rate: peak learning rate, after a warm-up of 3 % and before a cosine fall to 2 % of it.
    """

    size: int = 256
    tile: int = 256
    coarse_size: int = 192
    coarse: float = 0.6
    batches: int = 3600
    batch: int = 32
    rate: float = 1.2e-3
    seed: int = 1


def rate_at(schedule: Schedule, step: int) -> float:
    """Learning rate of a step."""
    warm = max(1, round(0.03 * schedule.batches))
    if step < warm:
        return schedule.rate * (step + 1) / warm
    done = (step - warm) / max(1, schedule.batches - warm)
    return schedule.rate * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * min(1.0, done))))


def loss(outputs: dict[str, tf.Tensor], batch: dict[str, tf.Tensor]) -> dict[str, tf.Tensor]:
    """Label cross-entropy; pixel cross-entropy and Dice where pixels are known; one strong pixel where they are not.

    The last is multiple-instance learning: the mean of the 64 likeliest pixels of a cracked picture counts as one
    prediction that has to be crack.
    """
    onehot = tf.one_hot(batch["labels"], 3) * 0.96 + 0.04 / 3
    label = tf.nn.softmax_cross_entropy_with_logits(labels=onehot, logits=outputs["scores"])
    label = tf.reduce_sum(label * batch["label_weights"]) / (tf.reduce_sum(batch["label_weights"]) + 1e-6)

    logits, truth = outputs["map"][..., 0], batch["masks"][..., 0]
    weight = batch["mask_weights"][:, None, None]
    pixel = tf.nn.sigmoid_cross_entropy_with_logits(labels=truth, logits=logits) * (1.0 + 4.0 * truth)
    known = tf.reduce_sum(batch["mask_weights"]) + 1e-6
    pixel = tf.reduce_sum(tf.reduce_mean(pixel * weight, axis=(1, 2))) / known

    crack = tf.sigmoid(logits)
    cracked = tf.cast(tf.reduce_sum(truth, axis=(1, 2)) > 5.0, tf.float32) * batch["mask_weights"]
    overlap = tf.reduce_sum(crack * truth, axis=(1, 2))
    total = tf.reduce_sum(crack + truth, axis=(1, 2))
    dice = 1.0 - (2.0 * overlap + 1.0) / (total + 1.0)
    dice = tf.reduce_sum(dice * cracked) / (tf.reduce_sum(cracked) + 1e-6)

    flat = tf.reshape(crack, (tf.shape(crack)[0], -1))
    strongest = tf.reduce_mean(tf.math.top_k(flat, 64).values, axis=1)
    blind = (1.0 - batch["mask_weights"]) * tf.cast(tf.equal(batch["labels"], 1), tf.float32)
    somewhere = tf.reduce_sum(-tf.math.log(strongest + 1e-4) * blind) / (tf.reduce_sum(blind) + 1e-6)
    return {"label": label, "pixel": 6.0 * pixel, "dice": dice, "somewhere": 0.1 * somewhere}


def _tensors(batch: Batch) -> dict[str, tf.Tensor]:
    images = tf.cast(batch.images, tf.float32) / 127.5 - 1.0
    return {
        "images": images,
        "labels": tf.constant(batch.labels),
        "label_weights": tf.constant(batch.label_weights),
        "masks": tf.constant(batch.masks),
        "mask_weights": tf.constant(batch.mask_weights),
    }


def fit(
    records: Sequence[Record],
    out: Path,
    schedule: Schedule,
    weights: Path | None,
    resume: bool = False,
) -> keras.Model:
    """Trains and returns the network with averaged weights, which also lie in `out/network.weights.h5`.

    A checkpoint is written every 200 steps; with `resume` training goes on from the last one. The learning curve is
    in `out/curve.jsonl` and, for TensorBoard, in `out/logs`.

    Raises:
        UsageError: there is a run in `out` already and `resume` is not set, or it was begun with another schedule,
            weight file or other pictures. More batches than before lengthen a run.
    """
    out.mkdir(parents=True, exist_ok=True)
    fingerprint = _fingerprint(records, schedule, weights)
    if resume and (out / CHECKPOINTS / "checkpoint").exists():
        _refuse_other(out / FINGERPRINT_FILE, fingerprint)
    keras.utils.set_random_seed(schedule.seed)
    model = crack_network(None, weights)
    optimizer = keras.optimizers.AdamW(
        schedule.rate, weight_decay=1e-4, global_clipnorm=1.0, use_ema=True, ema_momentum=0.995
    )
    optimizer.build(model.trainable_variables)
    checkpoint = tf.train.Checkpoint(model=model, optimizer=optimizer, step=tf.Variable(0, dtype=tf.int64))
    manager = tf.train.CheckpointManager(checkpoint, str(out / CHECKPOINTS), max_to_keep=1)
    if manager.latest_checkpoint and not resume:
        raise UsageError(f"{out} holds a training run; add --resume to go on with it, or give another folder.")
    if manager.latest_checkpoint:
        checkpoint.restore(manager.latest_checkpoint).assert_existing_objects_matched()
    finished = out / "network.weights.h5"
    if resume and finished.exists() and int(checkpoint.step) >= schedule.batches:
        model.load_weights(finished)
        return model
    write_json(out / "schedule.json", asdict(schedule))
    write_json(out / FINGERPRINT_FILE, fingerprint)

    @tf.function(reduce_retracing=True, autograph=False)
    def step(batch: dict[str, tf.Tensor]) -> dict[str, tf.Tensor]:
        with tf.GradientTape() as tape:
            outputs = model(batch["images"], training=True)
            parts = loss(outputs, batch)
            total = tf.add_n(list(parts.values()))
        gradients = tape.gradient(total, model.trainable_variables)
        optimizer.apply(gradients, model.trainable_variables)
        right = tf.cast(tf.equal(tf.argmax(outputs["scores"], 1, tf.int32), batch["labels"]), tf.float32)
        return {**parts, "right": tf.reduce_mean(right)}

    writer = tf.summary.create_file_writer(str(out / "logs"))
    switch = round(schedule.coarse * schedule.batches)
    zoom = schedule.tile / schedule.size
    begun, number = time.monotonic(), int(checkpoint.step)
    sums: dict[str, float] = {}
    summed = 0
    first = number
    bar = tqdm(total=schedule.batches, initial=number, unit="batch", disable=None)
    while number < schedule.batches:
        size = schedule.coarse_size if number < switch else schedule.size
        until = switch if number < switch else schedule.batches
        sampler = Sampler(records, size, schedule.batch, schedule.seed, zoom)
        for batch in sampler.batches(number):
            optimizer.learning_rate.assign(rate_at(schedule, number))
            for name, value in step(_tensors(batch)).items():
                sums[name] = sums.get(name, 0.0) + float(value)
            number += 1
            summed += 1
            if number % 50 == 0:
                speed = (number - first) * schedule.batch / (time.monotonic() - begun)
                line: dict[str, Any] = {name: round(value / summed, 4) for name, value in sums.items()}
                with writer.as_default(number):
                    for name, value in line.items():
                        tf.summary.scalar(name, value)
                with (out / "curve.jsonl").open("a") as curve:
                    curve.write(json.dumps({"step": number, **line, "pictures_per_s": round(speed, 1)}) + "\n")
                bar.set_postfix(line)
                sums, summed = {}, 0
            bar.update()
            if number % CHECKPOINT_EVERY == 0 or number == schedule.batches:
                checkpoint.step.assign(number)
                manager.save()
            if number == until:
                break
    bar.close()
    optimizer.finalize_variable_values(model.trainable_variables)
    settle_batch_norm(model, Sampler(records, schedule.size, schedule.batch, schedule.seed + 1, zoom))
    model.save_weights(finished)
    return model


def _fingerprint(records: Sequence[Record], schedule: Schedule, weights: Path | None) -> dict[str, Any]:
    """What makes two trainings the same one, as JSON holds it."""
    pictures = hashlib.sha256()
    for record in records:
        pictures.update(json.dumps([*record.key, record.path.name, str(record.label), bool(record.mask)]).encode())
    found = {
        "schedule": asdict(schedule),
        "pictures": pictures.hexdigest(),
        "weights": weights.name if weights else None,
    }
    return dict(json.loads(json.dumps(found)))


def _refuse_other(path: Path, fingerprint: dict[str, Any]) -> None:
    try:
        before = dict(json.loads(path.read_text(encoding="utf-8")))
        batches = int(before["schedule"].pop("batches"))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(f"{path} cannot be read ({error!r}); remove the folder and begin anew.") from error
    now = {**fingerprint, "schedule": {k: v for k, v in fingerprint["schedule"].items() if k != "batches"}}
    other = [name for name, value in now.items() if before.get(name) != value]
    if fingerprint["schedule"]["batches"] < batches:
        other.append("number of batches (it may only grow)")
    if other:
        raise UsageError(
            f"The run in {path.parent} was begun with another {', '.join(other)}; go on with the same command, or "
            f"choose another --out."
        )


def settle_batch_norm(model: keras.Model, sampler: Sampler) -> None:
    """Measures the batch norms' statistics anew for the averaged weights, which never saw a batch while training.

    Without this the label head is off by far (Izmailov et al. 2018, "Averaging Weights Leads to Wider Optima", 3.2).
    """
    for layer in model.layers:
        if isinstance(layer, keras.layers.BatchNormalization):
            layer.momentum = SETTLING_MOMENTUM

    @tf.function(autograph=False)
    def look(images: tf.Tensor) -> tf.Tensor:
        return model(images, training=True)["scores"]

    for number in range(SETTLING_BATCHES):
        look(_tensors(sampler.batch(number))["images"])
