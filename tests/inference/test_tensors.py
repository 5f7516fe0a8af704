"""Number formats: tables and short cuts give what the plain formulas give."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from crackinspector.core.errors import ModelError
from crackinspector.inference.card import MAP_KINDS, MapSpec
from crackinspector.inference.tensors import MapReader, MapShape, ScoresReader, TileFeed, map_shapes


def tensor(shape: list[int], dtype: Any, scale: float = 0.0, zero_point: int = 0) -> dict[str, Any]:
    """The part of the interpreter's details that is read."""
    return {
        "index": 5,
        "shape": np.array(shape, np.int32),
        "dtype": dtype,
        "quantization": (scale, zero_point),
        "quantization_parameters": {"scales": np.array([scale] if scale else [], np.float32)},
    }


EVERY_PIXEL = np.repeat(np.arange(256, dtype=np.uint8), 3).reshape(16, 16, 3)


@pytest.mark.parametrize(
    ("dtype", "limits", "expected"),
    [
        (np.float32, None, lambda p: p / 255),
        (np.float32, (-1, 1), lambda p: p / 127.5 - 1),
        (np.float32, (0, 255), lambda p: p),
        (np.float32, (1, 0), lambda p: 1 - p / 255),
        (np.float16, (0, 1), lambda p: p / 255),
    ],
)
def test_float_inputs_take_the_range(dtype: Any, limits: tuple[float, float] | None, expected: Any) -> None:
    fed = TileFeed(tensor([1, 16, 16, 3], dtype), limits, "m")(EVERY_PIXEL)
    assert fed.dtype == dtype
    assert fed.shape == (1, 16, 16, 3)
    assert fed[0] == pytest.approx(expected(EVERY_PIXEL.astype(np.float64)), abs=1e-3 if dtype == np.float16 else 1e-5)


@pytest.mark.parametrize(("dtype", "shift"), [(np.int8, -128), (np.uint8, 0)])
@pytest.mark.parametrize("scale", [0.0, 1 / 255, 0.0117])
def test_without_a_range_pixels_span_the_integers(dtype: Any, shift: int, scale: float) -> None:
    fed = TileFeed(tensor([1, 16, 16, 3], dtype, scale, 3), None, "m")(EVERY_PIXEL)
    assert fed.dtype == dtype
    assert np.array_equal(fed[0], EVERY_PIXEL.astype(np.int32) + shift)


@given(
    dtype=st.sampled_from([np.int8, np.uint8]),
    scale=st.floats(1e-4, 10),
    zero_point=st.integers(-128, 255),
    limits=st.tuples(st.floats(-300, 300), st.floats(-300, 300)),
)
def test_8_bit_inputs_take_the_range_by_their_scale(
    dtype: Any, scale: float, zero_point: int, limits: tuple[float, float]
) -> None:
    fed = TileFeed(tensor([1, 16, 16, 3], dtype, scale, zero_point), limits, "m")(EVERY_PIXEL)
    real = limits[0] + (limits[1] - limits[0]) * (EVERY_PIXEL / 255.0)
    ends = np.iinfo(dtype)
    assert fed.dtype == dtype
    assert np.array_equal(fed[0], np.clip(np.rint(real / scale) + zero_point, ends.min, ends.max).astype(dtype))


def test_the_short_cut_is_taken_only_where_it_is_right() -> None:
    identity = TileFeed(tensor([1, 16, 16, 3], np.int8, 1 / 255, -128), (0, 1), "m")
    other = TileFeed(tensor([1, 16, 16, 3], np.int8, 1 / 200, -128), (0, 1), "m")
    assert np.array_equal(identity(EVERY_PIXEL)[0], EVERY_PIXEL.astype(np.int32) - 128)
    assert not np.array_equal(other(EVERY_PIXEL)[0], EVERY_PIXEL.astype(np.int32) - 128)


def test_the_tile_is_left_alone() -> None:
    tile = EVERY_PIXEL.copy()
    for dtype, scale in ((np.int8, 1 / 255), (np.int8, 0.01), (np.uint8, 1 / 255), (np.float32, 0.0)):
        TileFeed(tensor([1, 16, 16, 3], dtype, scale), None, "m")(tile)
    assert np.array_equal(tile, EVERY_PIXEL)


def test_tiles_that_are_cut_out_of_a_picture_are_taken() -> None:
    picture = np.random.default_rng(0).integers(0, 256, (40, 50, 3), np.uint8)
    cut = picture[7:23, 11:27]
    for dtype in (np.int8, np.uint8, np.float32):
        feed = TileFeed(tensor([1, 16, 16, 3], dtype), None, "m")
        assert np.array_equal(feed(cut), feed(cut.copy()))
        assert np.array_equal(feed(cut[..., ::-1]), feed(cut[..., ::-1].copy()))


def test_grey_models_see_lightness() -> None:
    colours = np.zeros((1, 3, 3), np.uint8)
    colours[0, 0, 0], colours[0, 1, 1], colours[0, 2, 2] = 255, 255, 255
    fed = TileFeed(tensor([1, 1, 3, 1], np.uint8), None, "m")(colours)
    assert fed.shape == (1, 1, 3, 1)
    red, green, blue = fed.ravel().tolist()
    assert (red, green, blue) == pytest.approx((76, 150, 29), abs=1)


@pytest.mark.parametrize("shape", [[1, 16, 16], [2, 16, 16, 3], [1, 16, 16, 4], [1, 3, 16, 16], [1, 10]])
def test_inputs_that_take_no_picture_are_refused(shape: list[int]) -> None:
    with pytest.raises(
        ModelError, match=r"m cannot be used: its input is int8 \[1|m cannot be used: its input is int8 \[2"
    ):
        TileFeed(tensor(shape, np.int8), None, "m")


@pytest.mark.parametrize("dtype", [np.int16, np.int32, np.float64, np.bool_])
def test_other_number_formats_are_refused(dtype: Any) -> None:
    with pytest.raises(ModelError, match=f"{np.dtype(dtype).name} .*float32, float16, int8 and uint8"):
        TileFeed(tensor([1, 16, 16, 3], dtype), None, "m")
    with pytest.raises(ModelError, match=np.dtype(dtype).name):
        ScoresReader(tensor([1, 3], dtype), "softmax", 3, 1, "m")


def test_a_scale_for_each_channel_is_refused() -> None:
    detail = tensor([1, 3], np.int8, 0.1)
    detail["quantization_parameters"]["scales"] = np.array([0.1, 0.2, 0.3], np.float32)
    with pytest.raises(ModelError, match="a scale for each channel"):
        ScoresReader(detail, "softmax", 3, 1, "m")


@pytest.mark.parametrize(
    ("shape", "readings"),
    [
        ([1, 3, 160, 160], [(3, 160, 160, "NHWC"), (160, 160, 3, "NCHW")]),
        ([1, 5, 5, 3], [(5, 5, 3, "NHWC"), (5, 3, 5, "NCHW")]),
        ([1, 8, 9, 1], [(8, 9, 1, "NHWC"), (9, 1, 8, "NCHW")]),
        ([8, 9, 3], [(8, 9, 3, "NHWC"), (9, 3, 8, "NCHW")]),
        ([1, 8, 9], [(8, 9, 1, "NHWC"), (9, 1, 8, "NCHW")]),
        ([8, 9], [(8, 9, 1, "NHWC"), (9, 1, 8, "NCHW")]),
        ([1, 3], []),
        ([3], []),
        ([1, 1, 1, 3], []),
        ([2, 8, 9, 3], []),
        ([1, 1, 8, 9, 3], []),
        ([1, 8, 0, 3], []),
    ],
)
def test_shapes_are_read_as_maps(shape: list[int], readings: list[tuple[int, int, int, str]]) -> None:
    assert [(s.height, s.width, s.channels, s.layout) for s in map_shapes(shape)] == readings


@given(st.lists(st.floats(-100, 100, width=32), min_size=2, max_size=5))
def test_logits_become_a_softmax(values: list[float]) -> None:
    raw = np.array([values], np.float32)
    scores = ScoresReader(tensor([1, len(values)], np.float32), "logits", len(values), 1, "m")(raw)
    exact = np.exp(raw[0].astype(np.float64) - max(values))
    assert scores.dtype == np.float32
    assert scores == pytest.approx(exact / exact.sum(), abs=1e-5)


def test_probabilities_are_brought_to_a_sum_of_one() -> None:
    read = ScoresReader(tensor([1, 3], np.int8, 1 / 256, -128), "softmax", 3, 1, "m")
    assert read(np.array([[-128, 127, -128]], np.int8)).tolist() == [0, 1, 0]
    assert read(np.array([[-128, -128, -128]], np.int8)) == pytest.approx([1 / 3] * 3)
    assert read(np.array([[0, -64, -64]], np.int8)) == pytest.approx([0.5, 0.25, 0.25])


@pytest.mark.parametrize("crack_index", [0, 1])
def test_a_single_value_is_the_cracks(crack_index: int) -> None:
    read = ScoresReader(tensor([1, 1], np.float32), "sigmoid", 2, crack_index, "m")
    assert read(np.array([[0.8]], np.float32))[crack_index] == pytest.approx(0.8)
    assert read(np.array([[0.8]], np.float32))[1 - crack_index] == pytest.approx(0.2)
    logits = ScoresReader(tensor([1, 1], np.float32), "logits", 2, crack_index, "m")
    assert logits(np.array([[np.log(4)]], np.float32))[crack_index] == pytest.approx(0.8)


def exact_crack_map(channels: NDArray[np.float64], kind: str, gain: float, offset: float) -> NDArray[np.float64]:
    """The definition in double precision: sigmoid(gain * logit(p) + offset)."""
    with np.errstate(divide="ignore", over="ignore"):
        if kind == "crack_logit":
            logit = channels[0]
        elif kind == "class_activation":
            others = np.logaddexp.reduce(np.delete(channels, 1, axis=0), axis=0)
            logit = channels[1] - others
        else:
            p = channels[0] if kind == "crack_probability" else channels[1] / np.maximum(channels.sum(axis=0), 1e-12)
            p = np.clip(p, 1e-6, 1 - 1e-6)
            logit = np.log(p / (1 - p))
        return np.asarray(1 / (1 + np.exp(-(gain * logit + offset))))


@given(
    kind=st.sampled_from(MAP_KINDS),
    layout=st.sampled_from(["NHWC", "NCHW"]),
    number=st.sampled_from(["float32", "int8", "uint8"]),
    gain=st.floats(0.1, 5) | st.just(1.0),
    offset=st.floats(-5, 5) | st.just(0.0),
    seed=st.integers(0, 2**32 - 1),
)
def test_crack_maps_follow_their_definition(
    kind: str, layout: str, number: str, gain: float, offset: float, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    channels = 1 if kind.startswith("crack") else 3
    shape = MapShape(layout, 6, 7, channels)
    sizes = [1, 6, 7, channels] if layout == "NHWC" else [1, channels, 6, 7]
    inside = kind.endswith("probability")
    raw: NDArray[Any]
    if number == "float32":
        raw = rng.random(sizes, np.float32) if inside else rng.normal(0, 20, sizes).astype(np.float32)
        detail, real = tensor(sizes, np.float32), raw.astype(np.float64)
    else:
        ends = np.iinfo(number)
        scale, zero_point = (1 / 256, int(ends.min)) if inside else (0.3, 11)
        raw = rng.integers(ends.min, ends.max + 1, sizes, dtype=number)
        detail, real = tensor(sizes, raw.dtype.type, scale, zero_point), (raw.astype(np.float64) - zero_point) * scale
    real = np.moveaxis(real[0], 2, 0) if layout == "NHWC" else real[0]
    crack_map = MapReader(detail, shape, MapSpec(kind, layout, gain, offset), 1, "m")(raw)
    assert crack_map.shape == (6, 7)
    assert crack_map.dtype == np.float32
    assert crack_map.min() >= 0
    assert crack_map.max() <= 1
    assert crack_map == pytest.approx(exact_crack_map(real, kind, gain, offset), abs=2e-4)
