"""Every backbone that `keras.applications` offers, found by introspection, with its preprocessing and its weights."""

from __future__ import annotations

import hashlib
import inspect
import logging
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from crackinspector.core.errors import UsageError

log = logging.getLogger(__name__)

_FILE_NAME = re.compile(r"^(?P<name>.+)_(?P<alpha>\d\.\d+)_(?P<size>\d+)_imagenet_notop\.weights\.h5$")


@dataclass(frozen=True, slots=True)
class Preprocessing:
    """What a backbone's `preprocess_input` does to a pixel: `matrix @ rgb + bias`.

    Attributes:
        matrix: (3, 3) float64, from RGB to the backbone's channels.
        bias: (3,) float64.
    """

    matrix: NDArray[np.float64]
    bias: NDArray[np.float64]

    @property
    def range(self) -> tuple[float, float] | None:
        """What the pixel values 0 and 255 become, if that is the same for all channels and they stay in place."""
        scale, offset = float(self.matrix[0, 0]), float(self.bias[0])
        plain = np.allclose(self.matrix, scale * np.eye(3), atol=1e-6) and np.allclose(self.bias, offset, atol=1e-4)
        return (round(offset, 4), round(offset + 255 * scale, 4)) if plain else None


@dataclass(frozen=True, slots=True)
class Backbone:
    """One architecture of `keras.applications`.

    Attributes:
        name: such as `MobileNetV2`.
        build: its constructor.
        preprocessing: from RGB 0..255 to what it takes; the identity where it does this inside.
        widths: whether it comes in several widths (`alpha`).
    """

    name: str
    build: Callable[..., Any]
    preprocessing: Preprocessing
    widths: bool


@dataclass(frozen=True, slots=True)
class Weights:
    """Where a backbone's weights come from.

    Attributes:
        origin: a file, `imagenet` for Keras's own download, or None for random ones.
        alpha: the width that they fit, which may differ from the one asked for.
    """

    origin: Path | str | None
    alpha: float

    @property
    def identity(self) -> str:
        """The same text for the same weights: a file's digest, `imagenet` or `random`."""
        if isinstance(self.origin, Path):
            return hashlib.sha256(self.origin.read_bytes()).hexdigest()
        return self.origin or "random"

    def __str__(self) -> str:
        return self.origin.name if isinstance(self.origin, Path) else self.origin or "random weights"


def backbones() -> dict[str, Backbone]:
    """All architectures by name, sorted."""
    found = {}
    for name in sorted(dir(keras.applications)):
        build = getattr(keras.applications, name)
        # The modules of keras.applications hold the preprocessing, its functions build the architectures.
        if not inspect.isfunction(build) or "include_top" not in inspect.signature(build).parameters:
            continue
        preprocess = getattr(sys.modules[build.__module__], "preprocess_input", None)
        if preprocess is not None:
            widths = "alpha" in inspect.signature(build).parameters
            found[name] = Backbone(name, build, _measure(preprocess), widths)
    return found


def backbone_named(name: str) -> Backbone:
    """The architecture of that name, upper or lower case.

    Raises:
        UsageError: there is none; the text lists them.
    """
    everything = backbones()
    for candidate, backbone in everything.items():
        if candidate.lower() == name.lower():
            return backbone
    raise UsageError(f"There is no backbone {name}; Keras offers {', '.join(everything)}.")


def find_weights(choice: str | Path | None, backbone: Backbone, alpha: float, size: int) -> Weights:
    """Decides which weights a backbone starts from.

    Args:
        choice: a weight file, a folder of files named `<backbone>_<alpha>_<size>_imagenet_notop.weights.h5`,
            `imagenet` for Keras's own download, or `none` (or None) for random weights.
        alpha: the width that is wanted. A folder without a file for it falls back to 1.0, with a warning.
        size: side of the input; the file of the nearest size is taken.

    Raises:
        UsageError: the file is missing, or the folder has none for this backbone.
    """
    if choice is None or str(choice) == "none":
        return Weights(None, alpha)
    if str(choice) == "imagenet":
        return Weights("imagenet", alpha)
    path = Path(choice)
    if path.is_file():
        return Weights(path, alpha)
    if not path.is_dir():
        raise UsageError(f"There are no weights at {path}; give a file, a folder, imagenet or none.")
    files = []
    for file in sorted(path.iterdir()):
        match = _FILE_NAME.match(file.name)
        if match and match["name"].replace("_", "").lower() == backbone.name.lower():
            files.append((float(match["alpha"]), int(match["size"]), file))
    for width in (alpha, 1.0):
        fitting = [(abs(s - size), s, file) for a, s, file in files if a == width]
        if fitting:
            if width != alpha:
                log.warning(
                    "%s has no weights for %s of width %s; training the width 1.0 instead.", path, backbone.name, alpha
                )
            return Weights(min(fitting)[2], width)
    raise UsageError(
        f"{path} has no weights for {backbone.name}; expected a file such as "
        f"{_snake(backbone.name)}_{alpha}_{size}_imagenet_notop.weights.h5."
    )


def build(backbone: Backbone, size: int, weights: Weights, pooling: str | None = None) -> Any:
    """The architecture without its top for (size, size, 3) pictures, with its weights.

    Raises:
        UsageError: the weights do not fit or cannot be downloaded, or the size is too small for it.
    """
    options: dict[str, Any] = {"alpha": weights.alpha} if backbone.widths else {}
    origin = str(weights.origin) if weights.origin else None
    try:
        return backbone.build(
            input_shape=(size, size, 3), include_top=False, weights=origin, pooling=pooling, **options
        )
    # Keras raises plain exceptions for a failed download and HDF5 its own for a damaged file.
    except Exception as error:
        reason = str(error).strip().split("\n")[0]
        raise UsageError(f"{backbone.name} at {size} px cannot be built with {weights}: {reason}") from error


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name.replace("MobileNet", "Mobilenet")).lower()


def _measure(preprocess: Callable[[Any], Any]) -> Preprocessing:
    """All of Keras's preprocessings are affine in a pixel; four pixels tell which."""
    probes = np.zeros((4, 1, 1, 3), np.float32)
    for channel in range(3):
        probes[1 + channel, 0, 0, channel] = 255
    values = np.asarray(preprocess(probes.copy()), np.float64)[:, 0, 0]
    return Preprocessing(((values[1:] - values[0]) / 255).T, values[0])
