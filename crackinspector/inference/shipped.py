"""The models that ship with the project, by their roles."""

from __future__ import annotations

from pathlib import Path

from crackinspector.core.errors import UsageError
from crackinspector.core.shipped import shipped_folder

SHIPPED_MODELS = ("classifier", "classifier-light")
DEFAULT_MODEL = "classifier"
# Roles that the command line knows already and that have no model yet.
RESERVED_MODELS = ("segmentation",)


def resolve_model(model: str) -> Path:
    """The model file that `--model` means: a shipped role, or a path.

    A role wins over a file of that name; write `./classifier` for the file.

    Raises:
        UsageError: neither a shipped role nor an existing file.
    """
    names = ", ".join(SHIPPED_MODELS)
    if model in SHIPPED_MODELS:
        path = shipped_folder("models") / f"{model}.tflite"
        if not path.is_file():
            raise UsageError(
                f"the model {model} is missing from this installation ({path}); install crackinspector again"
            )
        return path
    if model in RESERVED_MODELS:
        raise UsageError(f"no {model} model is shipped yet; choose one of {names}, or a .tflite file")
    path = Path(model)
    if path.is_file():
        return path
    if path.is_dir():
        raise UsageError(f"{model} is a folder; --model takes a .tflite file or one of {names}")
    raise UsageError(f"there is no model {model}: neither a file of that path nor a shipped model ({names})")
