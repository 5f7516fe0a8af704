from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

pytest.importorskip("tensorflow")

import keras

from crackinspector.core.errors import ModelError, UsageError
from crackinspector.inference.card import InputSpec, MapSpec, ModelCard, load_card
from crackinspector.inference.model import CrackModel
from crackinspector.inference.runtime import open_interpreter
from crackinspector.training.export import QUANTISATIONS, convert, export_model

# Keras copies its variables in NumPy 1's manner.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")

SIDE = 16
CARD = ModelCard(
    name="",
    role="classifier",
    version="1",
    sha256="",
    labels=("negative", "positive"),
    crack_label="positive",
    input=InputSpec(SIDE, SIDE, 0.0, 1.0, tile_px=SIDE),
    scores_activation="softmax",
    map=MapSpec("class_activation", "NHWC"),
)


def dark_network(distraction: float) -> Any:
    """Calls dark pictures cracked; a second feature, ignored by the head, is `distraction` times as large."""
    image = keras.Input((SIDE, SIDE, 3), name="image")
    features = keras.layers.Conv2D(2, 1, activation="relu", name="features")
    x = features(image)
    kernel = np.zeros((1, 1, 3, 2), np.float32)
    kernel[..., 0] = 1 / 3
    kernel[..., 1] = distraction / 3
    features.set_weights([kernel, np.zeros(2, np.float32)])
    dense = keras.layers.Dense(2, name="label_weights")
    pooled = keras.layers.GlobalAveragePooling2D()(x)
    scores = keras.layers.Softmax()(dense(pooled))
    dense.set_weights([np.array([[20, -20], [0, 0]], np.float32), np.array([-10, 10], np.float32)])
    return keras.Model(image, {"scores": scores, "map": dense(x)})


def tones(count: int) -> list[NDArray[np.uint8]]:
    """Bare pictures from black to white, none of them near the middle."""
    values = [v for v in np.linspace(0, 255, count).astype(int) if abs(v - 128) > 12]
    return [np.full((SIDE, SIDE, 3), v, np.uint8) for v in values]


def check(path: Path) -> Mapping[str, float]:
    pictures = tones(80)
    scores = CrackModel.load(path, threads=1).run(pictures).scores
    truth = np.array([picture[0, 0, 0] < 128 for picture in pictures])
    return {"accuracy": float(((scores[:, 1] >= 0.5) == truth).mean())}


def representative() -> list[NDArray[np.float32]]:
    return [np.asarray(picture / np.float32(255), np.float32) for picture in tones(40)]


@pytest.mark.parametrize("quantize", QUANTISATIONS)
def test_a_sound_network_is_written_with_two_outputs_and_its_card(tmp_path: Path, quantize: str) -> None:
    exported = export_model(dark_network(1), tmp_path, "dark", CARD, representative(), check, quantize)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["dark.json", "dark.tflite"]
    model = CrackModel.load(tmp_path / "dark.tflite", threads=1)
    assert model.card.name == "dark"
    assert model.map_size == (SIDE, SIDE)
    assert exported.float_figures == exported.figures == {"accuracy": 1.0}
    assert exported.losses == {"accuracy": 0.0}
    assert load_card(tmp_path / "dark.json").metrics["export"][quantize] == {"accuracy": 1.0}
    kind = model.runtime.interpreter.get_input_details()[0]["dtype"]
    assert kind == (np.int8 if quantize == "int8" else np.float32)
    half = np.full((SIDE, SIDE, 3), 230, np.uint8)
    half[:, : SIDE // 2] = 20
    maps = model.run([half]).maps
    assert maps is not None
    assert maps[0, :, : SIDE // 2].min() > 0.9
    assert maps[0, :, SIDE // 2 :].max() < 0.1


def test_int8_weights_are_quantised_for_each_channel() -> None:
    interpreter: Any = open_interpreter(convert(dark_network(1000), "int8", representative()), 1).interpreter
    scales = [len(d["quantization_parameters"]["scales"]) for d in interpreter.get_tensor_details()]
    assert 2 in scales


def test_an_int8_model_that_loses_more_than_a_point_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    # The distraction takes all of the 8 bits that the two features share.
    assert check_float(tmp_path, 3000) == 1.0
    out = tmp_path / "out"
    with pytest.raises(UsageError, match=r"int8 model dark was not written: .*accuracy from 1\.000 to 0\."):
        export_model(dark_network(3000), out, "dark", CARD, representative(), check)
    assert not out.exists()


def check_float(tmp_path: Path, distraction: float) -> float:
    exported = export_model(dark_network(distraction), tmp_path / "float", "dark", CARD, [], check, quantize="float32")
    return exported.figures["accuracy"]


@pytest.mark.parametrize(("loss", "refused"), [(0.01, False), (0.011, True)])
def test_one_point_is_the_limit(tmp_path: Path, loss: float, refused: bool) -> None:
    answers = iter([{"f1": 0.9, "recall": 0.8}, {"f1": 0.95, "recall": 0.8 - loss}])

    def answer(path: Path) -> Mapping[str, float]:
        return next(answers)

    if refused:
        with pytest.raises(UsageError, match=r"recall from 0\.800"):
            export_model(dark_network(1), tmp_path / "out", "dark", CARD, [], answer, "float16")
        assert not (tmp_path / "out").exists()
    else:
        export_model(dark_network(1), tmp_path / "out", "dark", CARD, [], answer, "float16")
        assert (tmp_path / "out" / "dark.tflite").exists()


def test_a_quantised_model_that_does_not_run_is_told_and_not_written(tmp_path: Path) -> None:
    def answer(path: Path) -> Mapping[str, float]:
        if path.parent.name == "float16":
            raise ModelError("no runtime for it.")
        return {"accuracy": 1.0}

    with pytest.raises(UsageError, match=r"float16 model dark was not written, for it cannot be run: no runtime"):
        export_model(dark_network(1), tmp_path / "out", "dark", CARD, [], answer, "float16")
    assert not (tmp_path / "out").exists()


def test_int8_without_pictures_and_unknown_quantisations_are_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="representative"):
        export_model(dark_network(1), tmp_path, "dark", CARD, [], check)
    with pytest.raises(UsageError, match="int4"):
        export_model(dark_network(1), tmp_path, "dark", CARD, [], check, "int4")
    assert list(tmp_path.iterdir()) == []
