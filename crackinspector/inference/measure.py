"""How long a model thinks on this machine, found out in a process of its own that can be ended at any moment.

    python -m crackinspector.inference.measure FILE

prints one JSON object: `card` (as `ModelCard.to_json` writes it; derived from the tensors for a model without one),
`invoke_ms` (median for one tile), `runtime`, `threads`; or `error`, a sentence about a model that cannot be used.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from crackinspector.core.errors import CrackInspectorError, ModelError
from crackinspector.inference.card import ModelCard, parse_card
from crackinspector.inference.model import CrackModel

_SECONDS: Final = 1.0
_LEAST_RUNS, _MOST_RUNS = 3, 50


@dataclass(frozen=True, slots=True)
class Measurement:
    """What a trial of a model gave.

    Attributes:
        card: the model's, or one derived from its tensors, whose `version` is empty.
        invoke_ms: median of what one tile took in the runtime.
        runtime: such as `LiteRT 2.3.0`.
        threads: that each invoke used.
    """

    card: ModelCard
    invoke_ms: float
    runtime: str
    threads: int

    def to_json(self) -> str:
        """One line of JSON that `parse_measurement` reads back."""
        values = {"invoke_ms": self.invoke_ms, "runtime": self.runtime, "threads": self.threads}
        return json.dumps({"card": self.card.to_json(), **values})


def measure(path: Path, seconds: float = _SECONDS) -> Measurement:
    """Load a model and run it for about that long.

    Raises:
        ModelError: it cannot be used.
    """
    model = CrackModel.load(path)
    width, height = model.input_size
    tile = np.random.default_rng(0).integers(0, 256, (1, height, width, 3), np.uint8)
    model.run(tile)  # the first one also sets memory aside
    taken: list[float] = []
    deadline = time.monotonic() + seconds
    while len(taken) < _LEAST_RUNS or (len(taken) < _MOST_RUNS and time.monotonic() < deadline):
        taken.append(1000 * model.run(tile).invoke_seconds)
    return Measurement(model.card, statistics.median(taken), model.runtime.runtime_name, model.runtime.threads)


def command(path: Path) -> list[str]:
    """What to run, with `sys.path` as `PYTHONPATH`, to measure a model in a process of its own."""
    # -P: the current folder may hold files that are named like modules.
    return [sys.executable, "-P", "-m", "crackinspector.inference.measure", str(path)]


def parse_measurement(output: bytes, path: Path) -> Measurement:
    """Read what such a process printed.

    Raises:
        ModelError: the model cannot be used, or the process ended without an answer.
    """
    try:
        answer = json.loads(output.splitlines()[-1])
        if "error" in answer:
            raise ModelError(str(answer["error"]))
        card = parse_card(answer["card"], str(path))
        return Measurement(card, float(answer["invoke_ms"]), str(answer["runtime"]), int(answer["threads"]))
    except (ValueError, LookupError, TypeError):
        raise ModelError(f"{path} could not be tried: the trial ended without an answer. Try again.") from None


def _main() -> None:
    try:
        line = measure(Path(sys.argv[1])).to_json()
    except CrackInspectorError as error:
        line = json.dumps({"error": str(error)})
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    _main()
