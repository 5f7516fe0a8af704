"""The two phases of a classifier's training: with a frozen backbone, then fine-tuned from a named block on."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import keras
import tensorflow as tf

from crackinspector.core.errors import UsageError
from crackinspector.training.backbones import Weights, backbone_named
from crackinspector.training.examples import Example, plain_batches, train_batches
from crackinspector.training.files import replace_with, write_json
from crackinspector.training.networks import CamNetwork, cam_network, set_trainable
from crackinspector.training.presets import Recipe
from crackinspector.training.state import RunState, load_state, restore, save_state

STATE_FILE, BEST_FILE = "state.npz", "best.weights.h5"


@dataclass(frozen=True, slots=True)
class Fit:
    """A trained network with its best weights, and how it came to them."""

    network: CamNetwork
    history: tuple[dict[str, Any], ...]


def fit(
    train: Sequence[Example],
    val: Sequence[Example],
    recipe: Recipe,
    out: Path,
    weights: Weights,
    seed: int,
    batches: int | None = None,
    resume: bool = False,
) -> Fit:
    """Trains a network; `out` then holds its state, best weights, history and TensorBoard logs.

    The same arguments give the same network on the same machine, whether or not the run was interrupted, but for the
    order in which TensorFlow's threads add up.

    Args:
        batches: optimiser steps at most in an epoch; validation is thinned to as many batches.
        resume: go on with the run in `out`, if there is one.

    Raises:
        UsageError: `out` holds a run and `resume` is not set, or it belongs to other options; a label without
            examples; weights, layers or sizes that do not fit.
        PictureError: a picture cannot be read.
    """
    state_file = out / STATE_FILE
    if state_file.exists() and not resume:
        raise UsageError(f"{out} holds a run already; go on with it with --resume, or choose another --out.")
    keras.utils.set_random_seed(seed)
    network = cam_network(backbone_named(recipe.backbone), recipe.size, len(recipe.labels), recipe.dropout, weights)
    run = _Run(network, recipe, out, seed, batches, train, _thinned(val, recipe.batch, batches))
    state = RunState(_fingerprint(train, val, recipe, weights, seed, batches))
    values: list[Any] = []
    if state_file.exists():
        state, values = load_state(state_file, state.fingerprint)
    phases = (
        _Phase("frozen", recipe.frozen_epochs, recipe.rate, None, False),
        _Phase("tuned", recipe.tuned_epochs, recipe.tuned_rate, recipe.train_from, recipe.train_from is None),
    )
    while state.phase < len(phases):
        run.phase(phases[state.phase], state, values)
        values = []
        state.next_phase()
    save_state(state_file, state, [])
    if (out / BEST_FILE).exists():
        network.model.load_weights(out / BEST_FILE)
    return Fit(network, tuple(state.history))


@dataclass(frozen=True, slots=True)
class _Phase:
    name: str
    epochs: int
    rate: float
    train_from: str | None
    whole: bool


class _Run:
    """What the phases of one run share."""

    def __init__(
        self,
        network: CamNetwork,
        recipe: Recipe,
        out: Path,
        seed: int,
        batches: int | None,
        train: Sequence[Example],
        val: Sequence[Example],
    ) -> None:
        self._network, self._recipe, self._out = network, recipe, out
        self._seed, self._batches, self._train = seed, batches, train
        # Only the scores are trained; the map shares their layers.
        self._trainer = keras.Model(network.model.input, network.model.output["scores"])
        self._val = plain_batches(val, recipe.labels, recipe.size, network.range, recipe.batch)
        self._logs = {name: tf.summary.create_file_writer(str(out / "logs" / name)) for name in ("train", "validation")}

    def phase(self, phase: _Phase, state: RunState, values: Sequence[Any]) -> None:
        """Runs a phase from `state.epoch` on; `values` are the variables' at that point, if it is not the beginning."""
        if phase.epochs == 0:
            return
        trainer, best = self._trainer, self._out / BEST_FILE
        set_trainable(self._network.model, phase.train_from, phase.whole)
        optimizer = keras.optimizers.Adam(phase.rate)
        trainer.compile(optimizer, keras.losses.SparseCategoricalCrossentropy(), weighted_metrics=["accuracy"])
        optimizer.build(trainer.trainable_variables)
        variables = [*trainer.variables, *optimizer.variables]
        if values:
            restore(variables, values)
        elif state.epoch == 0 and best.exists() and state.history:
            self._network.model.load_weights(best)
        while state.epoch < phase.epochs and state.waited < self._recipe.patience:
            row = self._epoch(phase, len(state.history))
            state.history.append(row)
            state.epoch += 1
            state.waited += 1
            if row["val_loss"] < state.best:
                state.best, state.waited = row["val_loss"], 0
                replace_with(best, self._network.model.save_weights)
            save_state(self._out / STATE_FILE, state, variables)
            write_json(self._out / "history.json", state.history)

    def _epoch(self, phase: _Phase, number: int) -> dict[str, Any]:
        recipe = self._recipe
        if recipe.dropout:
            # Dropout draws from a state of its own; setting it makes an epoch the same in a run that was interrupted.
            self._network.model.get_layer("dropout").seed_generator.state.assign([self._seed, number])
        data = train_batches(
            self._train,
            recipe.labels,
            recipe.size,
            self._network.range,
            recipe.batch,
            recipe.augment,
            (self._seed, number),
            self._batches,
        )
        verbose = 1 if sys.stdout.isatty() else 2
        fitted = self._trainer.fit(
            data,
            validation_data=self._val,
            initial_epoch=number,
            epochs=number + 1,
            shuffle=False,
            verbose=verbose,
        )
        figures = {name: float(values[-1]) for name, values in fitted.history.items()}
        for name, prefix in (("train", ""), ("validation", "val_")):
            with self._logs[name].as_default(number + 1):
                for figure in ("loss", "accuracy"):
                    tf.summary.scalar(figure, figures[prefix + figure])
            self._logs[name].flush()
        return {"epoch": number + 1, "phase": phase.name, "rate": phase.rate, **figures}


def _thinned(examples: Sequence[Example], batch: int, batches: int | None) -> Sequence[Example]:
    if batches is None or len(examples) <= batch * batches:
        return examples
    step = len(examples) / (batch * batches)
    return [examples[int(i * step)] for i in range(batch * batches)]


def _fingerprint(
    train: Sequence[Example],
    val: Sequence[Example],
    recipe: Recipe,
    weights: Weights,
    seed: int,
    batches: int | None,
) -> str:
    names = [[str(e.record.path.name), e.record.source, str(e.label), e.box] for part in (train, val) for e in part]
    text = json.dumps([asdict(recipe), weights.identity, weights.alpha, seed, batches, len(train), names])
    return hashlib.sha256(text.encode()).hexdigest()
