"""The state of a run between two epochs, in one file, so that an interrupted run goes on where it was."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from crackinspector.core.errors import UsageError
from crackinspector.training.files import replace_with


@dataclass(slots=True)
class RunState:
    """Where a run is.

    Attributes:
        fingerprint: of the options and pictures; a run goes on only with the same ones.
        phase: index of the phase, or their number when the run is complete.
        epoch: epochs done in this phase; `waited`: those since the validation loss was last better.
        best: lowest validation loss so far, in all phases.
        history: one row for each epoch of all phases.
    """

    fingerprint: str
    phase: int = 0
    epoch: int = 0
    waited: int = 0
    best: float = math.inf
    history: list[dict[str, Any]] = field(default_factory=list)

    def next_phase(self) -> None:
        """Goes to the beginning of the phase after this one."""
        self.phase, self.epoch, self.waited = self.phase + 1, 0, 0


def save_state(path: Path, state: RunState, variables: Sequence[Any]) -> None:
    """Writes the state and the values of `variables` (Keras variables) in their order, in one step."""
    arrays: dict[str, Any] = {f"v{i}": variable.numpy() for i, variable in enumerate(variables)}
    text = json.dumps(asdict(state))

    def write(temporary: Path) -> None:
        with temporary.open("wb") as stream:
            np.savez(stream, state=np.array(text), **arrays)

    replace_with(path, write)


def load_state(path: Path, fingerprint: str) -> tuple[RunState, list[Any]]:
    """Reads a state and the variables' values.

    Raises:
        UsageError: the file is damaged, or belongs to a run with other options or pictures.
    """
    try:
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as archive:
            state = RunState(**json.loads(str(archive["state"])))
            values = [archive[f"v{i}"] for i in range(len(archive.files) - 1)]
    # A cut or overwritten archive fails in ways of zipfile's, NumPy's and JSON's own.
    except Exception as error:
        raise UsageError(
            f"The run's state {path} cannot be read ({error}); remove the folder and begin anew."
        ) from error
    if state.fingerprint != fingerprint:
        raise UsageError(
            f"The run in {path.parent} was begun with other options or pictures; go on with the same ones, or choose "
            f"another --out."
        )
    return state, values


def restore(variables: Sequence[Any], values: Sequence[Any]) -> None:
    """Puts values back into the variables from which `save_state` took them."""
    for variable, value in zip(variables, values, strict=True):
        variable.assign(value)
