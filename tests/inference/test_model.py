"""Models of every form give the same answers, which are a direct interpreter's."""

from __future__ import annotations

import hashlib
import os
import shutil
import struct
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from crackinspector.core.errors import ModelError
from crackinspector.inference.card import InputSpec, MapSpec, ModelCard, card_path
from crackinspector.inference.model import CrackModel
from crackinspector.inference.runtime import find_library, quiet_stderr

MODELS = Path(__file__).resolve().parent.parent / "models"
SAME_NETWORK = (
    *("float32", "float16", "int8", "uint8", "float32_map_first", "int8_map_first", "float32_logits", "int8_logits"),
    *("float32_nchw", "int8_nchw", "float32_map_softmax", "int8_map_softmax", "float32_scores_only"),
    *("int8_scores_only", "float32_batch4"),
)


def pictures(side: int, count: int = 12) -> list[NDArray[np.uint8]]:
    """Plain walls, walls with a dark line, and colourful pictures, in turn."""
    rng = np.random.default_rng(side)
    made = []
    for number in range(count):
        picture = np.full((side, side, 3), rng.integers(150, 240), np.int16)
        picture += rng.integers(-8, 9, (side, side, 1), dtype=np.int16)
        if number % 3 == 1:
            start = int(rng.integers(2, side - 8))
            width = side // 8
            picture[start : start + width] = 20
        if number % 3 == 2:
            picture[:] = rng.permutation([230, 100, 20])
        made.append(picture.clip(0, 255).astype(np.uint8))
    return made


def resized(picture: Any, size: tuple[int, int]) -> NDArray[np.uint8]:
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_NEAREST), np.uint8)


def labels_of(model: CrackModel, scores: NDArray[np.float32]) -> list[str]:
    return [model.labels[index] for index in scores.argmax(axis=1)]


def direct(path: Path, tile: NDArray[np.uint8]) -> dict[int, NDArray[np.float64]]:
    """What a bare interpreter answers: real values of each output by its number of dimensions."""
    with quiet_stderr():
        interpreter = find_library().build(model_path=str(path), num_threads=1)
        interpreter.allocate_tensors()
    [tensor] = interpreter.get_input_details()
    if tensor["dtype"] == np.float32:
        values: NDArray[Any] = (tile / np.float32(255)).astype(np.float32)
    else:
        values = (tile.astype(np.int16) + np.iinfo(tensor["dtype"]).min).astype(tensor["dtype"])
    interpreter.set_tensor(tensor["index"], values[np.newaxis])
    interpreter.invoke()
    answers = {}
    for output in interpreter.get_output_details():
        scale, zero_point = output["quantization"]
        raw = interpreter.get_tensor(output["index"]).astype(np.float64)
        answers[raw.ndim] = (raw - zero_point) * scale if scale else raw
    return answers


def copy_with_card(name: str, folder: Path, **changes: Any) -> Path:
    """Copy a model and write a card that fits it, apart from the changes."""
    path = folder / "model.tflite"
    shutil.copyfile(MODELS / f"{name}.tflite", path)
    card = ModelCard(
        name="model",
        role="classifier",
        version="7",
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        labels=("negative", "positive", "unknown"),
        crack_label="positive",
        input=InputSpec(32, 32, 0.0, 1.0, 64),
        scores_activation="softmax",
        map=MapSpec("class_activation", "NHWC"),
    )
    card_path(path).write_text(replace(card, **changes).to_json(), encoding="utf-8")
    return path


@pytest.mark.parametrize("name", SAME_NETWORK)
def test_every_form_of_a_network_gives_the_same(name: str) -> None:
    model = CrackModel.load(MODELS / f"{name}.tflite", threads=1)
    reference = CrackModel.load(MODELS / "float32.tflite", threads=1)
    tiles = pictures(32)
    result, expected = model.run(tiles), reference.run(tiles)
    assert model.labels == ("negative", "positive", "unknown")
    assert model.input_size == (32, 32)
    assert labels_of(model, result.scores) == ["negative", "positive", "unknown"] * 4
    assert result.scores.dtype == np.float32
    assert result.scores == pytest.approx(expected.scores, abs=0.04)
    assert result.scores.sum(axis=1) == pytest.approx(1, abs=1e-5)
    if result.maps is not None and expected.maps is not None:
        assert model.map_size == (16, 16)
        assert result.maps.shape == (12, 16, 16)
        assert result.maps.dtype == np.float32
        assert result.maps == pytest.approx(expected.maps, abs=0.04)
        assert np.array_equal(result.maps >= 0.5, expected.maps >= 0.5)
        assert (result.maps[1::3] >= 0.5).any(axis=(1, 2)).all()
        assert not (result.maps[::3] >= 0.5).any()
    else:
        assert "scores_only" in name or "batch4" in name
        assert model.map_size is None


@pytest.mark.parametrize("name", [*SAME_NETWORK[:-1], "edge_impulse", "edge_impulse_map_first"])
def test_answers_are_those_of_a_direct_interpreter(name: str) -> None:
    path = MODELS / f"{name}.tflite"
    model = CrackModel.load(path, threads=1)
    tiles = pictures(model.input_size[0], 6)
    result = model.run(tiles)
    for position, tile in enumerate(tiles):
        answers = direct(path, tile)
        scores = answers[2][0]
        if "logits" in name:
            scores = np.exp(scores) / np.exp(scores).sum()
        assert result.scores[position] == pytest.approx(scores / scores.sum(), abs=1e-5)
        assert result.scores[position].argmax() == answers[2][0].argmax()
        if 4 not in answers:
            assert result.maps is None
            continue
        channels_last = "nchw" not in name and "edge" not in name
        channels = np.moveaxis(answers[4][0], 2, 0) if channels_last else answers[4][0]
        if "map_softmax" not in name:
            channels = np.exp(channels - channels.max(axis=0))
        assert result.maps is not None
        assert result.maps[position] == pytest.approx(channels[1] / channels.sum(axis=0), abs=1e-4)


@pytest.mark.parametrize("name", ["edge_impulse", "edge_impulse_map_first"])
def test_edge_impulses_export_runs_unchanged_without_a_card(name: str) -> None:
    model = CrackModel.load(MODELS / f"{name}.tflite", threads=1)
    assert model.labels == ("negative", "positive", "unknown")
    assert model.input_size == model.map_size == (160, 160)
    assert model.card.version == ""
    assert model.card.scores_activation == "softmax"
    assert model.card.map == MapSpec("class_activation", "NCHW")
    assert model.card.input.high == pytest.approx(1.0, abs=1e-4)
    assert replace(model.card.input, high=1.0) == InputSpec(160, 160, 0.0, 1.0, 160)
    result = model.run(pictures(160, 6))
    assert labels_of(model, result.scores) == ["negative", "positive", "unknown"] * 2


def test_edge_impulses_export_gives_a_direct_runs_labels_on_real_pictures(data_folder: Path) -> None:
    path = MODELS / "edge_impulse.tflite"
    model = CrackModel.load(path, threads=1)
    files = sorted((data_folder / "classification").rglob("*.jpg"))
    tiles = [resized(cv2.imread(str(file)), (160, 160))[..., ::-1] for file in files[:: max(1, len(files) // 40)]]
    assert len(tiles) >= 30
    found = model.run(tiles).scores.argmax(axis=1)
    assert found.tolist() == [int(direct(path, tile)[2].argmax()) for tile in tiles]
    assert len(set(found.tolist())) > 1


@pytest.mark.parametrize("number", ["float32", "int8"])
def test_a_single_sigmoid_is_the_cracks_probability(number: str) -> None:
    path = MODELS / f"{number}_sigmoid.tflite"
    model = CrackModel.load(path, threads=1)
    assert model.labels == ("negative", "positive")
    assert model.card.scores_activation == "sigmoid"
    assert model.card.map == MapSpec("crack_probability", "NHWC")
    tiles = pictures(32, 3)
    result = model.run(tiles)
    assert labels_of(model, result.scores) == ["negative", "positive", "negative"]
    for position, tile in enumerate(tiles):
        answers = direct(path, tile)
        assert result.scores[position, 1] == pytest.approx(answers[2].item(), abs=1e-6)
        assert result.maps is not None
        assert result.maps[position] == pytest.approx(answers[4][0, :, :, 0], abs=1e-6)


@pytest.mark.parametrize("name", ["float32_map_only", "int8_map_only", "float32_sigmoid_logits"])
def test_a_model_with_a_map_alone_scores_by_its_highest_place(name: str) -> None:
    model = CrackModel.load(MODELS / f"{name}.tflite", threads=1)
    assert model.card.role == "segmentation"
    assert model.labels == ("negative", "positive")
    result = model.run(pictures(32, 6))
    assert result.maps is not None
    assert np.array_equal(result.scores[:, 1], result.maps.max(axis=(1, 2)))
    assert np.array_equal(result.scores[:, 0], 1 - result.scores[:, 1])
    assert labels_of(model, result.scores) == ["negative", "positive", "negative"] * 2


@pytest.mark.parametrize("number", ["float32", "int8"])
def test_grey_models_take_colour_tiles(number: str) -> None:
    model = CrackModel.load(MODELS / f"{number}_grey.tflite", threads=1)
    assert labels_of(model, model.run(pictures(32, 2)).scores) == ["negative", "positive"]


@pytest.mark.parametrize("number", ["float32", "int8"])
def test_the_cards_range_is_followed(number: str, tmp_path: Path) -> None:
    path = copy_with_card(f"{number}_range", tmp_path, input=InputSpec(32, 32, -1.0, 1.0, 64))
    result = CrackModel.load(path, threads=1).run(pictures(32))
    expected = CrackModel.load(MODELS / "float32.tflite", threads=1).run(pictures(32))
    assert result.scores == pytest.approx(expected.scores, abs=0.04)
    assert result.maps == pytest.approx(expected.maps, abs=0.04)


def test_the_card_is_what_the_model_says_of_itself(tmp_path: Path) -> None:
    path = copy_with_card("int8", tmp_path, labels=("clean", "crack", "other"), crack_label="crack")
    model = CrackModel.load(path, threads=1)
    assert model.card.version == "7"
    assert model.labels == ("clean", "crack", "other")
    assert model.card.input.tile_px == 64


def test_the_crack_map_follows_the_cards_crack_label_and_calibration(tmp_path: Path) -> None:
    plain = CrackModel.load(MODELS / "float32.tflite", threads=1).run(pictures(32)).maps
    path = copy_with_card("float32", tmp_path, map=MapSpec("class_activation", "NHWC", gain=0.5, offset=-1.0))
    calibrated = CrackModel.load(path, threads=1).run(pictures(32)).maps
    assert plain is not None
    assert calibrated is not None
    p = plain.astype(np.float64).clip(1e-9, 1 - 1e-9)
    inside = (p > 0.001) & (p < 0.999)
    assert inside.sum() > 100
    expected = 1 / (1 + np.exp(-(0.5 * np.log(p / (1 - p)) - 1.0)))
    assert calibrated[inside] == pytest.approx(expected[inside], abs=1e-3)
    path = copy_with_card("float32", tmp_path, crack_label="unknown")
    colourful = CrackModel.load(path, threads=1).run(pictures(32)).maps
    assert colourful is not None
    assert (colourful[2::3] > 0.99).all()
    assert (colourful[::3] < 0.5).all()


def test_a_map_that_the_card_does_not_tell_of_is_left_alone(tmp_path: Path) -> None:
    model = CrackModel.load(copy_with_card("int8", tmp_path, map=None), threads=1)
    assert model.map_size is None
    assert model.run(pictures(32)).maps is None


@pytest.mark.parametrize("size", [(32, 32), (48, 24)])
def test_a_model_for_any_size_runs_at_the_cards(size: tuple[int, int], tmp_path: Path) -> None:
    width, height = size
    path = copy_with_card("float32_any_size", tmp_path, input=InputSpec(width, height, 0.0, 1.0, width))
    model = CrackModel.load(path)
    assert model.input_size == size
    assert model.map_size == (width // 2, height // 2)
    tiles = [resized(picture, size) for picture in pictures(32, 3)]
    assert labels_of(model, model.run(tiles).scores) == ["negative", "positive", "unknown"]


@pytest.mark.parametrize(
    ("name", "changes", "words"),
    [
        ("int8", {"sha256": "00" * 32}, "is not the model that its card"),
        ("int8", {"input": InputSpec(64, 32, 0, 1, 64)}, r"an input of 64 x 32 pixels, the model has int8 \[1, 32, 32"),
        (
            "int8",
            {"labels": ("a", "positive")},
            r"no output holds 2 values, one for each label; it has .*int8 \[1, 3\]",
        ),
        ("int8", {"map": MapSpec("crack_probability", "NHWC")}, "no output is the map"),
        ("int8", {"map": MapSpec("class_activation", "NCHW")}, "no output is the map"),
        ("int8_scores_only", {}, "no output is the map"),
        ("float32_map_only", {"map": None}, "no output holds 3 values"),
    ],
)
def test_a_card_that_does_not_fit_is_refused(name: str, changes: dict[str, Any], words: str, tmp_path: Path) -> None:
    path = copy_with_card(name, tmp_path, **changes)
    with pytest.raises(ModelError, match=words) as caught:
        CrackModel.load(path, threads=1)
    assert str(path) in str(caught.value)


def test_a_spoilt_card_is_refused_rather_than_passed_over(tmp_path: Path) -> None:
    path = copy_with_card("int8", tmp_path)
    card_path(path).write_text("{")
    with pytest.raises(ModelError, match=r"model\.json is not valid JSON"):
        CrackModel.load(path, threads=1)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("not_for_pictures", r"its input is float32 \[1, 10\], not a picture"),
        ("forty_labels", r"no output that holds one value for each label, and no map; it has float32 \[1, 40\]"),
        ("float32_any_size", "takes pictures of any size; a card"),
        ("custom_operator", "needs the operator Mystery"),
        ("none", "There is no model file"),
    ],
)
def test_models_that_cannot_be_used_say_what_was_found(name: str, words: str) -> None:
    with pytest.raises(ModelError, match=words) as caught:
        CrackModel.load(MODELS / f"{name}.tflite", threads=1)
    assert f"{name}.tflite" in str(caught.value)


def test_values_that_are_not_numbers_are_refused(tmp_path: Path) -> None:
    weight = struct.pack("<f", 160.0)
    content = (MODELS / "float32.tflite").read_bytes()
    assert weight in content
    path = tmp_path / "m.tflite"
    path.write_bytes(content.replace(weight, struct.pack("<f", float("nan"))))
    model = CrackModel.load(path, threads=1)
    with pytest.raises(ModelError, match=r"m\.tflite gives values that are not numbers"):
        model.run(pictures(32))


def test_one_array_and_a_list_and_none_at_all_are_taken() -> None:
    model = CrackModel.load(MODELS / "int8.tflite", threads=1)
    tiles = pictures(32)
    several = model.run(tiles)
    assert np.array_equal(several.scores, model.run(np.stack(tiles)).scores)
    assert np.array_equal(several.scores[3:4], model.run(tiles[3:4]).scores)
    empty = model.run([])
    assert empty.scores.shape == (0, 3)
    assert empty.maps is not None
    assert empty.maps.shape == (0, 16, 16)
    assert empty.invoke_seconds == 0
    assert several.invoke_seconds > 0


def test_results_are_the_callers() -> None:
    model = CrackModel.load(MODELS / "int8.tflite", threads=1)
    tiles = pictures(32)
    first = model.run(tiles[:1])
    assert first.maps is not None
    scores, maps = first.scores.copy(), first.maps.copy()
    model.run(tiles[1:])
    assert np.array_equal(first.scores, scores)
    assert np.array_equal(first.maps, maps)
    first.scores[:], first.maps[:] = 0, 0


def test_the_same_tile_gives_the_same_result() -> None:
    tiles = pictures(32)
    for name in ("float32", "int8"):
        runs = [CrackModel.load(MODELS / f"{name}.tflite", threads=threads).run(tiles) for threads in (1, 2, 1)]
        for run in runs[1:]:
            assert np.array_equal(run.scores, runs[0].scores)
            assert run.maps is not None
            assert runs[0].maps is not None
            assert np.array_equal(run.maps, runs[0].maps)


@pytest.mark.parametrize(
    "tile",
    [
        np.zeros((32, 31, 3), np.uint8),
        np.zeros((32, 32), np.uint8),
        np.zeros((32, 32, 4), np.uint8),
        np.zeros((32, 32, 3), np.float32),
    ],
)
def test_tiles_of_another_shape_or_type_are_refused(tile: Any) -> None:
    model = CrackModel.load(MODELS / "int8.tflite", threads=1)
    with pytest.raises(ValueError, match="not uint8"):
        model.run([tile])


def test_a_model_belongs_to_the_thread_that_runs_it_first() -> None:
    model = CrackModel.load(MODELS / "int8.tflite", threads=1)
    errors: list[BaseException | None] = []

    def run() -> None:
        try:
            model.run(pictures(32, 1))
            errors.append(None)
        except RuntimeError as error:
            errors.append(error)

    worker = threading.Thread(target=run)
    worker.start()
    worker.join()
    assert errors == [None]
    with pytest.raises(RuntimeError, match="belongs to another thread"):
        model.run(pictures(32, 1))


def test_a_model_does_not_pass_into_a_forked_process() -> None:
    model = CrackModel.load(MODELS / "int8.tflite", threads=1)
    model.run(pictures(32, 1))
    child = os.fork()
    if child == 0:
        try:
            model.run(pictures(32, 1))
        except RuntimeError:
            os._exit(7)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7


def test_the_file_may_change_once_the_model_is_loaded(tmp_path: Path) -> None:
    path = tmp_path / "m.tflite"
    shutil.copyfile(MODELS / "int8.tflite", path)
    model = CrackModel.load(path, threads=1)
    before = model.run(pictures(32)).scores
    path.write_bytes(bytes(100))
    assert np.array_equal(model.run(pictures(32)).scores, before)
