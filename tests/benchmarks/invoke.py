"""How long the shipped models think, against seed 000's: a MobileNetV2 1.0 at 160 px with its activation map, int8.

    python -m tests.benchmarks.invoke [--threads 1 2] [--rounds 40]

The reference is built here with random weights, which take as long as trained ones (extra `train`). All models take
turns within one run, so that a noisy machine disturbs them alike; the table shows medians and their ratio.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from pathlib import Path

import numpy as np

from crackinspector.inference.runtime import open_interpreter
from crackinspector.inference.shipped import resolve_model


def reference(folder: Path) -> Path:
    """Seed 000's network: scores and class activation map [1, 3, 160, 160] from one dense layer, int8."""
    import keras
    from keras import layers

    from crackinspector.training.export import convert

    base = keras.applications.MobileNetV2(input_shape=(160, 160, 3), include_top=False, weights=None)
    dense = layers.Dense(3)
    scores = layers.Softmax()(dense(layers.GlobalAveragePooling2D()(base.output)))
    activation = layers.UpSampling2D(32, interpolation="bilinear")(dense(base.output))
    network = keras.Model(base.input, {"scores": scores, "map": layers.Permute((3, 1, 2))(activation)})
    noise = np.random.default_rng(0).uniform(-1, 1, (8, 160, 160, 3)).astype(np.float32)
    path = folder / "reference.tflite"
    path.write_bytes(convert(network, "int8", list(noise)))
    return path


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--rounds", type=int, default=40)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        paths = {"seed 000": reference(Path(folder))}
        paths |= {name: resolve_model(name) for name in ("classifier", "classifier-light")}
        print(f"{'model':18} threads  median ms   ratio  delegate")
        for threads in arguments.threads:
            runtimes = {name: open_interpreter(path, threads) for name, path in paths.items()}
            taken: dict[str, list[float]] = {name: [] for name in runtimes}
            for _ in range(arguments.rounds):
                for name, runtime in runtimes.items():
                    begun = time.perf_counter()
                    runtime.interpreter.invoke()
                    taken[name].append(1000 * (time.perf_counter() - begun))
            base = statistics.median(taken["seed 000"])
            for name, runtime in runtimes.items():
                median = statistics.median(taken[name])
                print(f"{name:18} {threads:7}  {median:9.2f}  {median / base:6.2f}  {runtime.delegate}")


if __name__ == "__main__":
    main()
