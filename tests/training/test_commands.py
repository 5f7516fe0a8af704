from __future__ import annotations

import argparse
import json
from pathlib import Path

import pytest

from crackinspector.cli import main
from crackinspector.core.errors import UsageError
from crackinspector.core.labels import Label
from crackinspector.training.commands import add_parsers, options_of, recipe_of
from crackinspector.training.options import TrainOptions
from crackinspector.training.presets import PRESETS

# Keras copies its variables in NumPy 1's manner.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")


def parsed(*arguments: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    add_parsers(parser.add_subparsers())
    return parser.parse_args(arguments)


def test_a_preset_is_taken_as_it_is_and_changes_apply_to_it() -> None:
    plain = parsed("classifier", "--data", "a", "b", "--out", "o", "--preset", "seed-002")
    assert recipe_of(plain) == PRESETS["seed-002"]
    options = options_of(plain)
    assert (options.data, options.out, options.preset) == ((Path("a"), Path("b")), Path("o"), "seed-002")
    assert (options.weights, options.leaks, options.resume) == ("imagenet", "mend", False)
    changed = recipe_of(
        parsed(
            *("classifier", "--data", "a", "--out", "o", "--backbone", "Xception", "--input", "96", "--augment"),
            *("--labels", "unknown", "positive", "--train-from", "all", "--frozen-epochs", "0"),
        )
    )
    assert changed is not None
    assert (changed.backbone, changed.size, changed.augment, changed.train_from) == ("Xception", 96, (), None)
    assert changed.labels == (Label.POSITIVE, Label.UNKNOWN)


def test_the_shipped_presets_are_recipes_of_another_kind() -> None:
    assert recipe_of(parsed("classifier", "--data", "a", "--out", "o", "--preset", "shipped", "--batches", "9")) is None


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--labels", "negative", "unknown"], "needs the label positive"),
        (["--preset", "shipped", "--alpha", "0.5"], "cannot be changed; leave out alpha"),
        (["--preset", "shipped-light", "--epochs", "3"], "counts in steps, not in epochs"),
        (["--frozen-epochs", "0", "--tuned-epochs", "0"], "at least one epoch"),
        (["--input", "16"], "at least 32 px"),
        (["--dropout", "1"], "dropout"),
    ],
)
def test_changes_that_make_no_sense_are_told(arguments: list[str], reason: str) -> None:
    with pytest.raises(UsageError, match=reason):
        recipe_of(parsed("classifier", "--data", "a", "--out", "o", *arguments))


@pytest.mark.parametrize(
    ("option", "value", "sentence"),
    [
        ("--batch", "many", "takes a whole number from 1 on, got 'many'"),
        ("--seed", "1.5", "takes a whole number from 0 on, got '1.5'"),
        ("--val-share", "2", "takes a number from 0 to 1, got '2'"),
        ("--rate", "nan", "takes a number above 0, got 'nan'"),
    ],
)
def test_a_wrong_number_is_told_what_is_taken(
    option: str, value: str, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        main(["train", "classifier", "--data", "a", "--out", "o", option, value])
    assert end.value.code == 2
    assert capsys.readouterr().err.splitlines()[-1].endswith(f"argument {option}: {sentence}")


@pytest.mark.parametrize(
    "command",
    ["embed --data {0} --out {0}/o", "classifier --data {0} --out {0}/o", "export {0} --data {0} --out {0}/o"],
)
def test_a_wrong_folder_ends_with_a_sentence(command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("tensorflow")
    assert main(["train", *command.format(tmp_path).split()]) == 2
    told = capsys.readouterr().err
    assert told.startswith("crackinspector: ")
    assert "Traceback" not in told
    assert str(tmp_path) in told


@pytest.mark.parametrize(
    "command",
    [
        "embed --data {0}",
        "classifier --data {0}",
        "classifier --preset shipped --data {0}/missing",
        "classifier --data {0} --dropout 1",
        "evaluate {0}/missing.tflite --data {0}",
        "evaluate --data {0}",
        "evaluate --cross-source --data {0}",
        "export {0} --data {0}",
    ],
)
def test_a_command_that_fails_at_the_start_leaves_no_folder(command: str, tmp_path: Path) -> None:
    pytest.importorskip("tensorflow")
    data, before = tmp_path / "data", tmp_path / "before"
    data.mkdir()
    before.mkdir()
    for out in (tmp_path / "new", tmp_path / "deep" / "new", before, before / "new"):
        assert main(["train", *command.format(data).split(), "--out", str(out)]) == 2
    assert sorted(tmp_path.rglob("*")) == [before, data]


def test_what_a_command_wrote_before_it_failed_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    embed = pytest.importorskip("crackinspector.training.embed", exc_type=ImportError)

    def fail(options: TrainOptions, settings: object) -> None:
        (options.out / "ranking.json").touch()
        raise UsageError("the disk is full")

    monkeypatch.setattr(embed, "embed", fail)
    assert main(["train", "embed", "--data", str(tmp_path), "--out", str(tmp_path / "deep" / "run")]) == 2
    assert (tmp_path / "deep" / "run" / "ranking.json").exists()


def test_an_output_folder_that_is_a_file_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").touch()
    for out in (tmp_path / "file", tmp_path / "file" / "run"):
        assert main(["train", "embed", "--data", str(tmp_path), "--out", str(out)]) == 2
        assert f"--out needs a folder, and there is a file where {out} would be" in capsys.readouterr().err


def test_cross_source_tests_each_source_on_the_others_and_keeps_what_is_done(
    small_networks: None, pictures: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = [
        *("train", "evaluate", "--cross-source", "--data", str(pictures / "floor"), str(pictures / "wall")),
        *("--out", str(tmp_path), "--weights", "none", "--input", "32"),
        *("--frozen-epochs", "1", "--tuned-epochs", "0", "--batches", "1", "--batch", "8", "--blocks", "5"),
        "--resume",
    ]
    assert main(command) == 0
    table = json.loads((tmp_path / "cross-source.json").read_text())
    assert {source: figures["pictures"] for source, figures in table["sources"].items()} == {"floor": 30, "wall": 30}
    assert "worst recall" in (tmp_path / "cross-source.md").read_text()
    done = (tmp_path / "wall" / "model.keras").stat().st_mtime_ns
    assert main(command) == 0
    assert (tmp_path / "wall" / "model.keras").stat().st_mtime_ns == done
    assert main([*command, "--limit", "20"]) == 0
    table = json.loads((tmp_path / "cross-source.json").read_text())
    assert {source: figures["pictures"] for source, figures in table["sources"].items()} == {"floor": 20, "wall": 20}
    assert "balanced" in capsys.readouterr().out


def test_evaluate_needs_a_model_and_its_split(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["train", "evaluate", "--data", str(tmp_path), "--out", str(tmp_path / "o")]
    assert main(arguments) == 2
    assert "--cross-source" in capsys.readouterr().err
