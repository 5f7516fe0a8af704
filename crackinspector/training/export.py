"""From a Keras network to a LiteRT model with its card, refused where quantisation costs too much."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Iterable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from crackinspector.core.errors import ModelError, UsageError
from crackinspector.inference.card import ModelCard, card_path, load_card
from crackinspector.training.files import replace_with, write_text
from crackinspector.training.rounding import rounded

QUANTISATIONS = ("float32", "float16", "int8")
MAX_LOSS = 0.01
"""How far any figure of a quantised model may fall below the float model's: one point."""


@dataclass(frozen=True, slots=True)
class Exported:
    """A model on disk.

    Attributes:
        path: the `.tflite` file; its card lies beside it.
        float_figures, figures: what `check` said about the float32 model and about this one.
    """

    path: Path
    float_figures: Mapping[str, float]
    figures: Mapping[str, float]

    @property
    def losses(self) -> dict[str, float]:
        """How much each figure fell; negative where it rose."""
        return {name: value - self.figures[name] for name, value in self.float_figures.items()}


def export_model(
    keras_model: Any,
    out_dir: Path,
    name: str,
    card: ModelCard,
    representative: Iterable[NDArray[np.float32]],
    check: Callable[[Path], Mapping[str, float]],
    quantize: str = "int8",
    max_loss: float = MAX_LOSS,
) -> Exported:
    """Converts a network of fixed input size with the outputs `scores` and `map` (or `scores` alone).

    Args:
        keras_model: from (n, h, w, 3) float32 to a mapping of outputs.
        card: all but the digest and the name, which are set here; the figures of both models join its `metrics`.
        representative: pictures as the network takes them, (h, w, 3) or (1, h, w, 3) float32, from which int8 learns
            its ranges; a few hundred of the training share.
        check: judges a `.tflite` file with its card beside it on held-out pictures: figures from 0 to 1, higher is
            better. It may write a calibrated card in the place of that one, which is then published with the model.
        quantize: one of `QUANTISATIONS`; int8 is per channel in the weights, with int8 input and outputs.
        max_loss: see `MAX_LOSS`.

    Raises:
        UsageError: a figure falls by more than `max_loss`, the quantised model does not run, or there is no
            representative picture; nothing is written.
    """
    if quantize not in QUANTISATIONS:
        raise UsageError(f"{quantize} is no quantisation; choose one of {', '.join(QUANTISATIONS)}.")
    samples = list(representative) if quantize == "int8" else []
    if quantize == "int8" and not samples:
        raise UsageError("int8 needs representative pictures to learn its ranges from, and there are none.")
    card = replace(card, name=name)
    with tempfile.TemporaryDirectory(prefix="crackinspector-export-") as folder:
        plain = _write(Path(folder) / "float32" / f"{name}.tflite", convert(keras_model, "float32", []), card)
        float_figures = dict(check(plain))
        if quantize == "float32":
            path, figures = plain, float_figures
        else:
            with rounded(keras_model, samples) if samples else nullcontext():
                content = convert(keras_model, quantize, samples)
            path = _write(Path(folder) / quantize / f"{name}.tflite", content, card)
            try:
                figures = dict(check(path))
            except ModelError as error:
                raise UsageError(
                    f"The {quantize} model {name} was not written, for it cannot be run: {error} Export "
                    f"float16, or train another backbone."
                ) from error
        _refuse_losses(name, quantize, float_figures, figures, max_loss)
        content, card = path.read_bytes(), load_card(card_path(path))
    measured = {"float32": float_figures, quantize: figures}
    card = replace(card, metrics={**card.metrics, "export": measured})
    return Exported(_write(out_dir / f"{name}.tflite", content, card), float_figures, figures)


def convert(keras_model: Any, quantize: str, representative: Iterable[NDArray[np.float32]]) -> bytes:
    """The flatbuffer of a network at batch size 1; its outputs keep their names in the signature."""
    shape = (1, *keras_model.input.shape[1:])

    def serve(image: Any) -> Any:
        outputs = keras_model(image, training=False)
        return dict(outputs) if isinstance(outputs, Mapping) else {"scores": outputs}

    with tempfile.TemporaryDirectory(prefix="crackinspector-convert-") as folder:
        # By way of a saved model: converted straight from the function, Keras 3's variables come out as garbage.
        archive = keras.export.ExportArchive()
        archive.track(keras_model)
        archive.add_endpoint("serve", serve, [tf.TensorSpec(shape, tf.float32, name="image")])
        archive.write_out(folder, verbose=False)
        converter = tf.lite.TFLiteConverter.from_saved_model(folder, signature_keys=["serve"])
        return _convert(converter, shape, quantize, representative)


def _convert(
    converter: Any, shape: tuple[int, ...], quantize: str, representative: Iterable[NDArray[np.float32]]
) -> bytes:
    if quantize == "float16":
        converter.optimizations = [tf.lite.Optimize.DEFAULT]
        converter.target_spec.supported_types = [tf.float16]
    elif quantize == "int8":
        samples = list(representative)

        def feed() -> Iterable[list[NDArray[np.float32]]]:
            for sample in samples:
                yield [np.asarray(sample, np.float32).reshape(shape)]

        converter.optimizations = [tf.lite.Optimize.DEFAULT]
        converter.representative_dataset = feed
        converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
        converter.inference_input_type = tf.int8
        converter.inference_output_type = tf.int8
    return bytes(converter.convert())


def _write(path: Path, content: bytes, card: ModelCard) -> Path:
    """Writes the model and then its card, which vouches for it by its digest."""
    replace_with(path, lambda temporary: temporary.write_bytes(content))
    digest = hashlib.sha256(content).hexdigest()
    write_text(card_path(path), replace(card, sha256=digest).to_json())
    return path


def _refuse_losses(
    name: str, quantize: str, before: Mapping[str, float], after: Mapping[str, float], max_loss: float
) -> None:
    # Figures are ratios of counts: a loss of exactly the limit must not fail by rounding.
    lost = {key: value - after[key] for key, value in before.items() if value - after[key] > max_loss + 1e-9}
    if lost:
        told = ", ".join(f"{key} from {before[key]:.3f} to {after[key]:.3f}" for key in lost)
        raise UsageError(
            f"The {quantize} model {name} was not written: it loses more than {max_loss * 100:g} point(s) against "
            f"float ({told}). Give more representative pictures, export float16, or train longer."
        )
