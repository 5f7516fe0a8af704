"""Nothing lies about that nothing uses."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOR_OTHERS = {"MemorySource", "compute_output_shape"}
"""A source for tests and benchmarks; what Keras calls."""


def nodes(folder: str) -> Iterator[ast.AST]:
    for path in sorted((ROOT / folder).rglob("*.py")):
        yield from ast.walk(ast.parse(path.read_text(encoding="utf-8")))


def used_in(*folders: str) -> set[str]:
    """Names that are read, and words of short texts, such as annotations and names for getattr."""
    found: set[str] = set()
    for node in (node for folder in folders for node in nodes(folder)):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            found.add(node.id)
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
            found.add(node.attr)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) < 100:
            found.update(re.findall(r"\w+", node.value))
    return found


def defined() -> tuple[set[str], set[str]]:
    """Functions and classes, and what a test may look at as well: properties and constants."""
    called: set[str] = set()
    seen: set[str] = set()
    for node in nodes("crackinspector"):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            is_property = any(isinstance(each, ast.Name) and each.id == "property" for each in node.decorator_list)
            (seen if is_property else called).add(node.name)
        elif isinstance(node, ast.Module):
            targets = [target for each in node.body if isinstance(each, ast.Assign) for target in each.targets]
            seen.update(name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name))
    # Names in Python's own style and in Qt's are called by those.
    theirs = re.compile(r"__\w+__|[a-z]+[A-Z]\w*")
    return {name for name in called if not theirs.fullmatch(name)}, seen - {"__all__"}


def test_whatever_is_defined_is_used() -> None:
    called, seen = defined()
    assert called - used_in("crackinspector") == FOR_OTHERS
    assert seen - used_in("crackinspector", "tests") == set()
