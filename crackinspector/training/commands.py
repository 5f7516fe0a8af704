"""`crackinspector train ...`: the options of each command; what they do is imported when one of them runs."""

from __future__ import annotations

import argparse
import contextlib
import logging
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crackinspector.core.arguments import number, whole_number
from crackinspector.core.errors import UsageError
from crackinspector.core.labels import Label
from crackinspector.training.options import TrainOptions
from crackinspector.training.presets import AUGMENTATIONS, PRESETS, Recipe
from crackinspector.training.splits import SHIPPED_PLAN, Plan

if TYPE_CHECKING:
    from crackinspector.training.dataset import Record

SHIPPED = ("shipped", "shipped-light")

_DATA_HELP = "folder of labelled pictures: <source>/<label>/, <label>/ or <source>/<split>/{images,masks}; repeatable"


def add_parsers(subparsers: Any) -> None:
    """Registers `embed`, `classifier`, `evaluate` and `export` with the subparsers of `crackinspector train`.

    Each sets `run` to a function from the parsed options to the exit status; its failures are
    `CrackInspectorError`s, and a missing package is a `ModuleNotFoundError`.
    """
    _add_embed(subparsers)
    _add_classifier(subparsers)
    _add_evaluate(subparsers)
    _add_export(subparsers)


def _add_embed(commands: Any) -> None:
    parser = commands.add_parser("embed", help="rank Keras's backbones by a small head on their embeddings")
    _add_data(parser)
    _add_split(parser)
    parser.add_argument("--backbones", metavar="NAME", nargs="+", default=[], help="those to try (default: all)")
    parser.add_argument("--weights-dir", metavar="DIR", help="folder of weight files (default: Keras's download)")
    parser.add_argument("--cache", type=Path, metavar="DIR", help="folder of embeddings (default: OUT/cache)")
    parser.add_argument(
        "--input", type=whole_number(1), default=224, metavar="PX", help="side of the input (default: 224)"
    )
    parser.add_argument("--epochs", type=whole_number(1), default=20, help="of each head (default: 20)")
    parser.add_argument(
        "--limit", type=whole_number(1), metavar="N", help="examples of each share at most, evenly thinned"
    )
    parser.set_defaults(run=_into_out(_embed))


def _add_classifier(commands: Any) -> None:
    parser = commands.add_parser("classifier", help="train a classifier with an activation map")
    _add_data(parser, required=False)
    parser.add_argument(
        "--from-library",
        type=Path,
        nargs="+",
        default=[],
        metavar="DIR",
        help="learn from the verdicts in these libraries, with --data or alone; the new model is held against the old",
    )
    parser.add_argument(
        "--against",
        metavar="NAME|FILE",
        help="with --from-library: the old model (default: the shipped one of this kind)",
    )
    _add_split(parser)
    _add_training(parser)
    parser.set_defaults(run=_into_out(_classifier))


def _add_evaluate(commands: Any) -> None:
    parser = commands.add_parser(
        "evaluate", help="judge a Keras or TFLite model, or a recipe on sources that it was not trained on"
    )
    parser.add_argument("model", type=Path, nargs="?", help=".keras or .tflite file, or the folder of a training run")
    _add_data(parser)
    parser.add_argument("--split", type=Path, metavar="CSV", help="a run's split.csv (default: that of the run)")
    parser.add_argument("--share", choices=("train", "val", "test", "all"), help="of the split (default: test)")
    parser.add_argument("--whole", action="store_true", help="squeeze whole pictures into the model; no tiles")
    parser.add_argument(
        "--cross-source", action="store_true", help="train a preset on all sources but one and test on that one"
    )
    parser.add_argument(
        "--sources", metavar="NAME", nargs="+", help="with --cross-source: leave out these in turn (default: each)"
    )
    parser.add_argument(
        "--limit",
        type=whole_number(1),
        metavar="N",
        help="with --cross-source: left-out pictures at most, evenly thinned",
    )
    _add_split(parser)
    _add_training(parser)
    parser.set_defaults(run=_into_out(_evaluate))


def _add_export(commands: Any) -> None:
    parser = commands.add_parser("export", help="write a trained network as a TFLite model with its card")
    parser.add_argument("model", type=Path, help="folder of a training run")
    _add_data(parser)
    parser.add_argument("--name", default="classifier", help="name of the model file (default: classifier)")
    parser.add_argument("--role", default="classifier", help="what the card says that it is for (default: classifier)")
    parser.add_argument("--quantize", choices=("float32", "float16", "int8"), default="int8", help="(default: int8)")
    parser.add_argument(
        "--samples", type=whole_number(1), default=200, help="pictures that int8 learns its ranges from"
    )
    parser.set_defaults(run=_into_out(_export))


def _add_data(parser: argparse.ArgumentParser, required: bool = True) -> None:
    parser.add_argument("--data", type=Path, nargs="+", default=[], metavar="DIR", required=required, help=_DATA_HELP)
    parser.add_argument("--out", type=Path, metavar="DIR", required=True, help="folder that everything is written to")
    parser.add_argument("--debug", action="store_true", help="show tracebacks and what the libraries say")


def _add_split(parser: argparse.ArgumentParser) -> None:
    plan = Plan()
    group = parser.add_argument_group("split, by contiguous blocks of neighbouring pictures")
    group.add_argument("--groups", type=Path, metavar="CSV", help="lines of path,group: pictures that stay together")
    for name, share, shipped in (("val", plan.val, SHIPPED_PLAN.val), ("test", plan.test, SHIPPED_PLAN.test)):
        defaults = f"(default: {share}, of the shipped presets {shipped})"
        group.add_argument(f"--{name}-share", type=number(0, 1), metavar="SHARE", help=defaults)
    group.add_argument(
        "--blocks", type=whole_number(1), default=plan.blocks, help="for each source (default: %(default)s)"
    )
    group.add_argument(
        "--leaks",
        choices=("mend", "refuse", "ignore"),
        default="mend",
        help="pictures of one view in several shares: move them together, stop, or do not look (default: mend)",
    )
    group.add_argument(
        "--seed", type=whole_number(0), default=0, help="of the split and of everything drawn (default: 0)"
    )


def _add_training(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("recipe")
    group.add_argument("--preset", choices=(*PRESETS, *SHIPPED), default="default", help="(default: default)")
    group.add_argument(
        "--weights",
        default="imagenet",
        metavar="FILE|DIR|imagenet|none",
        help="a weight file, a folder of them, Keras's download, or random (default: imagenet)",
    )
    group.add_argument("--epochs", type=whole_number(1), help="at most, in each phase (not of shipped presets)")
    group.add_argument("--batches", type=whole_number(1), help="at most, in each epoch (shipped presets: in all)")
    group.add_argument("--resume", action="store_true", help="go on with the run in OUT")
    own = parser.add_argument_group("changes to a preset (not to the shipped ones)")
    own.add_argument("--backbone", metavar="NAME", help="any of keras.applications")
    own.add_argument("--alpha", type=number(0, itself=False), help="width of the backbone, where it comes in several")
    own.add_argument("--input", type=whole_number(1), metavar="PX", dest="size", help="side of the square input")
    own.add_argument("--labels", nargs="+", choices=[str(label) for label in Label], help="those to tell apart")
    own.add_argument("--train-from", metavar="BLOCK", help="first layer or block that is fine-tuned, or `all`")
    own.add_argument("--rate", type=number(0, itself=False), help="learning rate with the frozen backbone")
    own.add_argument("--tuned-rate", type=number(0, itself=False), help="learning rate of the fine-tuning")
    own.add_argument("--frozen-epochs", type=whole_number(0), help="epochs with the frozen backbone; 0 for none")
    own.add_argument("--tuned-epochs", type=whole_number(0), help="epochs of fine-tuning; 0 for none")
    own.add_argument("--batch", type=whole_number(1), help="pictures in a step")
    own.add_argument("--patience", type=whole_number(1), help="epochs without progress after which a phase ends")
    own.add_argument("--dropout", type=number(0, 1), help="share of the features dropped while training")
    own.add_argument("--augment", nargs="*", choices=AUGMENTATIONS, help="none, one or several")
    own.add_argument("--crops", type=whole_number(1), help="parts in a row that pictures with a mask are cut into")


def recipe_of(arguments: argparse.Namespace) -> Recipe | None:
    """The preset with the changes that were asked for; None for the shipped ones, which are recipes of another kind.

    Raises:
        UsageError: a change does not make sense.
    """
    names = (
        *("backbone", "alpha", "size", "rate", "tuned_rate", "frozen_epochs", "tuned_epochs", "batch", "patience"),
        *("dropout", "crops"),
    )
    changes: dict[str, Any] = {name: v for name in names if (v := getattr(arguments, name)) is not None}
    if arguments.labels is not None:
        changes["labels"] = tuple(label for label in Label if label in arguments.labels)
    if arguments.augment is not None:
        changes["augment"] = tuple(arguments.augment)
    if arguments.train_from is not None:
        changes["train_from"] = None if arguments.train_from == "all" else arguments.train_from
    if arguments.preset in SHIPPED:
        if changes:
            raise UsageError(f"The preset {arguments.preset} cannot be changed; leave out {', '.join(changes)}.")
        if arguments.epochs is not None:
            raise UsageError(f"The preset {arguments.preset} counts in steps, not in epochs; limit it with --batches.")
        return None
    recipe = replace(PRESETS[arguments.preset], **changes)
    if Label.POSITIVE not in recipe.labels or len(recipe.labels) < 2:
        raise UsageError("A classifier needs the label positive and at least one other.")
    if recipe.dropout == 1:
        raise UsageError("A dropout of 1 leaves nothing to learn from; choose less.")
    if recipe.frozen_epochs + recipe.tuned_epochs == 0 or recipe.size < 32:
        raise UsageError("There must be at least one epoch, and the input must have a side of at least 32 px.")
    return recipe


def options_of(arguments: argparse.Namespace) -> TrainOptions:
    """What every preset understands of the arguments."""
    preset = getattr(arguments, "preset", "embed")
    shares = {name: share for name in ("val", "test") if (share := getattr(arguments, f"{name}_share")) is not None}
    return TrainOptions(
        data=tuple(arguments.data),
        out=arguments.out,
        preset=preset,
        epochs=arguments.epochs,
        batches=getattr(arguments, "batches", None),
        seed=arguments.seed,
        resume=getattr(arguments, "resume", False),
        weights=arguments.weights if hasattr(arguments, "weights") else arguments.weights_dir or "imagenet",
        groups=arguments.groups,
        plan=replace(SHIPPED_PLAN if preset in SHIPPED else Plan(), **shares, blocks=arguments.blocks),
        leaks=arguments.leaks,
        libraries=tuple(getattr(arguments, "from_library", ())),
    )


def _embed(arguments: argparse.Namespace) -> int:
    from crackinspector.training.embed import EmbedOptions, embed

    settings = EmbedOptions(
        cache=arguments.cache or arguments.out / "cache",
        names=arguments.backbones,
        size=arguments.input,
        epochs=arguments.epochs,
        limit=arguments.limit,
    )
    ranked = embed(options_of(arguments), settings)
    for place, item in enumerate(ranked, 1):
        print(f"{place:2d}. {item.name}: validation F1 {item.val_f1:.3f}, {item.parameters / 1e6:.1f} M parameters")
    print(f"Report: {arguments.out / 'report.md'}")
    return 0


def _classifier(arguments: argparse.Namespace) -> int:
    recipe, options = recipe_of(arguments), options_of(arguments)
    exported: Path | None = None
    if options.libraries:
        from crackinspector.training.library_records import require_libraries

        # Before a framework is asked for that takes long to load, or to install.
        require_libraries(options)
        from crackinspector.training.library_run import against_old, old_model

        old = old_model(options, arguments.against)
    if recipe is None:
        from crackinspector.training import crack_net

        exported = crack_net.train(options).path
    else:
        from crackinspector.training.classifier import train

        _print_headline(train(options, recipe)["headline"])
    if options.libraries:
        print(against_old(options, exported, old).to_markdown())
    print(f"Report: {arguments.out / ('evaluation.md' if recipe is None else 'report.md')}")
    return 0


def _evaluate(arguments: argparse.Namespace) -> int:
    recipe = recipe_of(arguments)
    if arguments.cross_source:
        if arguments.model is not None:
            raise UsageError("--cross-source trains a preset of its own; do not give a model.")
        from crackinspector.training.cross_source import Trial, classifier_trial, cross_source

        labels: tuple[Label, ...] = tuple(Label)
        if recipe is None:
            from crackinspector.training import crack_net

            trial: Trial = crack_net.trial
        else:
            labels, trial = recipe.labels, classifier_trial(recipe)
        _print_headline(
            cross_source(options_of(arguments), labels, trial, arguments.sources, arguments.limit)["headline"]
        )
        print(f"Report: {arguments.out / 'cross-source.md'}")
        return 0
    if arguments.model is None:
        raise UsageError("Give a model to evaluate, or --cross-source with a preset.")
    from crackinspector.training.evaluate import evaluate, write_report
    from crackinspector.training.predictors import TiledPredictor, open_predictor

    records, share = _records(arguments)
    predictor = open_predictor(arguments.model, arguments.whole)
    result = evaluate(predictor, records)
    manner = "tiles" if isinstance(predictor, TiledPredictor) else "whole pictures"
    write_report(arguments.out, f"Evaluation of {arguments.model.name}", result, f"Share: {share}; judged by {manner}.")
    _print_headline(result["headline"])
    print(f"Report: {arguments.out / 'evaluation.md'}")
    return 0


def _export(arguments: argparse.Namespace) -> int:
    from crackinspector.training.dataset import find_records
    from crackinspector.training.run_export import export_run

    exported = export_run(
        arguments.model,
        find_records(tuple(arguments.data)),
        arguments.out,
        arguments.name,
        arguments.role,
        arguments.quantize,
        arguments.samples,
    )
    for name, value in exported.float_figures.items():
        print(f"{name}: float32 {value:.3f}, {arguments.quantize} {exported.figures[name]:.3f}")
    print(f"Model: {exported.path}")
    print(f"Report: {exported.path.with_suffix('.md')}")
    return 0


def _records(arguments: argparse.Namespace) -> tuple[list[Record], str]:
    from crackinspector.training.dataset import find_records
    from crackinspector.training.prepare import SPLIT_FILE, read_share

    records = find_records(arguments.data)
    split = arguments.split
    if split is None and arguments.model.is_dir() and (arguments.model / SPLIT_FILE).is_file():
        split = arguments.model / SPLIT_FILE
    share = arguments.share or ("test" if split else "all")
    if split is None and share != "all":
        raise UsageError(f"The share {share} needs the split that the model was trained with; give --split CSV.")
    return (read_share(split, records, share) if split else records), share


def _print_headline(headline: dict[str, float | None]) -> None:
    for name, value in headline.items():
        print(f"{name.replace('_', ' ')}: {'–' if value is None else f'{value:.3f}'}")


def _into_out(command: Callable[[argparse.Namespace], int]) -> Callable[[argparse.Namespace], int]:
    """The command with its folder `--out` made before, so that an unusable one is told before the work.

    Where it fails, the folders made here go again unless something was written into them. Warnings reach the user,
    TensorFlow's chatter does not.
    """

    def run(arguments: argparse.Namespace) -> int:
        os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
        out: Path = arguments.out
        made = [folder for folder in (out, *out.parents) if not os.path.lexists(folder)]
        try:
            with _warnings_told():
                _make(out)
                return command(arguments)
        except BaseException:
            with contextlib.suppress(OSError):
                for folder in made:
                    folder.rmdir()
            raise

    return run


@contextlib.contextmanager
def _warnings_told() -> Iterator[None]:
    """What the package logs goes to standard error, unless it goes somewhere already."""
    logger = logging.getLogger("crackinspector")
    if logger.handlers:
        yield
        return
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(message)s"))
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)


def _make(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise UsageError(
            f"--out needs a folder, and there is a file where {out} would be: give another name."
        ) from error
    except OSError as error:
        raise UsageError(f"The folder {out} cannot be made: {error.strerror or error}.") from error
