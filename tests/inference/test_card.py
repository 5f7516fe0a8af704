"""Model cards: what is written is read back, and what is wrong is named."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crackinspector.core.errors import ModelError
from crackinspector.inference.card import (
    MAP_KINDS,
    MAP_LAYOUTS,
    RESIZE_METHODS,
    SCORE_ACTIVATIONS,
    InputSpec,
    MapSpec,
    ModelCard,
    card_path,
    load_card,
    parse_card,
)

EXAMPLE: dict[str, Any] = {
    "format": 1,
    "name": "classifier",
    "role": "classifier",
    "version": "1",
    "description": "Finds cracks",
    "sha256": "AB" * 32,
    "labels": ["negative", "positive", "unknown"],
    "crack_label": "positive",
    "input": {"width": 256, "height": 192, "range": [-1.0, 1.0], "tile_px": 300, "resize": "linear"},
    "outputs": {
        "scores": {"activation": "softmax"},
        "map": {"kind": "crack_probability", "layout": "NHWC", "gain": 1.5, "offset": -0.25},
    },
    "decision": {"threshold": 0.5, "votes": 2},
    "training_data": [{"source": "metu", "pictures": 1750, "licence": "CC BY 4.0", "origin": "Özgenel"}],
    "metrics": {"metu": {"f1": 0.99}},
    "limits": "Not for asphalt.",
}


def changed(path: str, value: Any) -> str:
    """The example as JSON with one value replaced, or taken out if the value is ..."""
    document = copy.deepcopy(EXAMPLE)
    *parents, last = path.split(".")
    target = document
    for parent in parents:
        target = target[parent]
    if value is ...:
        del target[last]
    else:
        target[last] = value
    return json.dumps(document)


def test_the_example_is_read() -> None:
    card = parse_card(json.dumps(EXAMPLE), "x.json")
    assert card.labels == ("negative", "positive", "unknown")
    assert card.crack_index == 1
    assert card.sha256 == "ab" * 32
    assert card.input == InputSpec(256, 192, -1.0, 1.0, 300, "linear")
    assert card.scores_activation == "softmax"
    assert card.map == MapSpec("crack_probability", "NHWC", 1.5, -0.25)
    assert card.decision == {"threshold": 0.5, "votes": 2.0}
    assert card.training_data[0]["origin"] == "Özgenel"


def test_unknown_keys_survive_a_round_trip() -> None:
    card = parse_card(changed("colour", {"of": "the sky"}), "x.json")
    assert parse_card(card.to_json(), "y.json") == card
    assert json.loads(card.to_json())["colour"] == {"of": "the sky"}


def test_scores_or_map_may_be_missing_but_not_both() -> None:
    assert parse_card(changed("outputs.map", None), "x").map is None
    assert parse_card(changed("outputs.map", ...), "x").map is None
    assert parse_card(changed("outputs.scores", None), "x").scores_activation is None
    with pytest.raises(ModelError, match='"outputs" names neither'):
        parse_card(changed("outputs", {}), "x")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        *[(key, ...) for key in ("format", "name", "role", "version", "sha256", "labels", "crack_label", "input")],
        *[(f"input.{key}", ...) for key in ("width", "height", "range", "tile_px")],
        *[(f"outputs.map.{key}", ...) for key in ("kind", "layout")],
        ("name", 7),
        ("labels", "positive"),
        ("labels", ["positive"]),
        ("labels", ["positive", 2]),
        ("labels", ["positive", "positive"]),
        ("crack_label", "crack"),
        ("input", []),
        ("input.width", 0),
        ("input.width", True),
        ("input.height", 2.5),
        ("input.range", [0]),
        ("input.range", [1, 1]),
        ("input.range", ["0", "1"]),
        ("input.range", [0, float("nan")]),
        ("input.resize", "lanczos"),
        ("outputs.map.kind", "heat"),
        ("outputs.map.layout", "NWHC"),
        ("outputs.map.gain", None),
        ("outputs.map.offset", float("inf")),
        ("decision", [1]),
        ("decision.threshold", "high"),
        ("training_data", {}),
        ("training_data", ["metu"]),
        ("metrics", 1),
        ("limits", 1),
    ],
)
def test_a_wrong_value_is_named_with_the_file(key: str, value: Any) -> None:
    with pytest.raises(ModelError) as caught:
        parse_card(changed(key, value), "folder/x.json")
    assert "folder/x.json" in str(caught.value)
    assert f'"{key}"' in str(caught.value)


def test_a_later_format_asks_for_an_update() -> None:
    with pytest.raises(ModelError, match=r"format 2.*Update crackinspector"):
        parse_card(changed("format", 2), "x.json")


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '"card"', "[" * 100_000])
def test_what_is_no_json_object_is_refused(text: str) -> None:
    with pytest.raises(ModelError, match=r"x\.json"):
        parse_card(text, "x.json")


def test_files_that_cannot_be_read_are_refused(tmp_path: Path) -> None:
    missing = tmp_path / "none.json"
    with pytest.raises(ModelError, match=r"none\.json cannot be read"):
        load_card(missing)
    missing.write_bytes(b"\xff\xfe{}")
    with pytest.raises(ModelError, match=r"none\.json cannot be read"):
        load_card(missing)


def test_the_card_lies_beside_the_model() -> None:
    assert card_path(Path("a/b.c/classifier.v2.tflite")) == Path("a/b.c/classifier.v2.json")


_numbers = st.floats(-1e6, 1e6, allow_nan=False)
_json = st.dictionaries(st.text(), st.integers() | _numbers | st.text() | st.none(), max_size=3)


@given(
    labels=st.lists(st.text(), min_size=2, max_size=4, unique=True),
    limits=st.tuples(_numbers, _numbers).filter(lambda pair: pair[0] != pair[1]),
    size=st.tuples(st.integers(1, 4096), st.integers(1, 4096), st.integers(1, 9999)),
    resize=st.sampled_from(RESIZE_METHODS),
    activation=st.sampled_from(SCORE_ACTIVATIONS),
    crack_map=st.none()
    | st.builds(MapSpec, st.sampled_from(MAP_KINDS), st.sampled_from(MAP_LAYOUTS), gain=_numbers, offset=_numbers),
    decision=st.dictionaries(st.text(), _numbers, max_size=3),
    metrics=_json,
    texts=st.tuples(st.text(), st.text(), st.text(), st.text(), st.text()),
)
def test_every_card_survives_a_round_trip(
    labels: list[str],
    limits: tuple[float, float],
    size: tuple[int, int, int],
    resize: str,
    activation: str,
    crack_map: MapSpec | None,
    decision: dict[str, float],
    metrics: dict[str, Any],
    texts: tuple[str, str, str, str, str],
) -> None:
    name, role, version, description, limitations = texts
    card = ModelCard(
        name=name,
        role=role,
        version=version,
        sha256="0f" * 32,
        labels=tuple(labels),
        crack_label=labels[-1],
        input=InputSpec(size[0], size[1], *limits, size[2], resize),
        scores_activation=activation,
        map=crack_map,
        description=description,
        decision=decision,
        training_data=(metrics,),
        metrics=metrics,
        limits=limitations,
    )
    assert parse_card(card.to_json(), "x.json") == card
