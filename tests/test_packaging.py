"""What a stranger gets: the checkout's promises, and the wheel that is built from it."""

from __future__ import annotations

import importlib.metadata
import json
import re
import shlex
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import cv2
import pytest
from packaging.requirements import Requirement
from packaging.version import Version

import crackinspector
from crackinspector.cli import _parser, main

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
EXAMPLES = sorted((ROOT / "resources" / "examples").rglob("*.jpg"))


def lower_bounds(lines: list[str]) -> dict[str, str]:
    bounds = {}
    for requirement in map(Requirement, lines):
        lowest = [bound.version for bound in requirement.specifier if bound.operator in (">=", "==")]
        bounds.update({requirement.name.lower(): version for version in lowest})
    return bounds


def pinned() -> dict[str, str]:
    text = (ROOT / "constraints" / "lowest.txt").read_text()
    return lower_bounds([line for line in text.splitlines() if line and not line.startswith("#")])


def test_every_declared_lower_bound_is_the_one_that_is_tested() -> None:
    extras = PROJECT["optional-dependencies"]
    declared = lower_bounds(PROJECT["dependencies"] + extras["gui"] + extras["train"])
    del declared["tensorflow"]  # the same release as tensorflow-cpu, for machines that have no wheel of that
    linters = {"import-linter", "mypy", "ruff", "types-tqdm"}
    tools = {name: bound for name, bound in lower_bounds(extras["dev"]).items() if name not in linters}
    assert {**declared, **tools} == pinned()


def test_tensorflow_has_one_lower_bound_for_all_machines() -> None:
    train = lower_bounds(PROJECT["optional-dependencies"]["train"])
    assert train["tensorflow"] == train["tensorflow-cpu"]


@pytest.mark.parametrize(
    ("python", "version", "allowed"),
    [("3.11", "6.12.0", False), ("3.12", "6.12.0", True), ("3.11", "6.8.0.2", True), ("3.11", "6.11.3", True)],
)
def test_the_qt_that_crashes_is_excluded_only_where_it_does(python: str, version: str, allowed: bool) -> None:
    requirements = map(Requirement, PROJECT["optional-dependencies"]["gui"])
    applying = [
        requirement.specifier
        for requirement in requirements
        if requirement.name == "PySide6-Essentials"
        and (requirement.marker is None or requirement.marker.evaluate({"python_version": python}))
    ]
    assert applying
    assert all(Version(version) in specifier for specifier in applying) is allowed


def test_version_is_the_same_everywhere() -> None:
    assert crackinspector.__version__ == PROJECT["version"] == importlib.metadata.version("crackinspector")


def test_examples_are_attributed_and_readable() -> None:
    assert 0 < len(EXAMPLES) <= 12
    attribution = (ROOT / "resources" / "examples" / "ATTRIBUTION.md").read_text()
    patterns = re.findall(r"`(\w+/[\w*-]+\.jpg)`", attribution)
    attributed = {path for pattern in patterns for path in (ROOT / "resources" / "examples").glob(pattern)}
    assert attributed == set(EXAMPLES)
    assert {path.parent.name for path in EXAMPLES} == {"negative", "positive", "unknown"}
    assert all(cv2.imread(str(path)) is not None for path in EXAMPLES)


def test_readme_names_commands_that_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"^`?make ([a-z]+)\b", (ROOT / "README.md").read_text(), re.MULTILINE))
    assert {"run", "test"} <= named <= targets


def commands_in(page: Path) -> list[list[str]]:
    """The arguments of each crackinspector in the page's blocks of shell commands."""
    blocks = re.findall(r"^```sh\n(.*?)^```", page.read_text(), re.MULTILINE | re.DOTALL)
    lines = "\n".join(blocks).replace("\\\n", " ").splitlines()
    words = [shlex.split(line, comments=True) for line in lines]
    return [line[1:] for line in words if line and Path(line[0]).name == "crackinspector"]


def test_every_benchmark_is_run_by_make_bench() -> None:
    recipe = re.search(r"^bench:.*\n((?:\t.*\n)+)", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert recipe is not None
    run = set(re.findall(r"-m (tests\.benchmarks\.\w+(?: (?:index|import|kill))?)", recipe[1]))
    stems = {path.stem for path in (ROOT / "tests/benchmarks").glob("*.py")}
    there = {f"tests.benchmarks.{stem}" for stem in stems if not stem.startswith("test_")}
    parts = {f"tests.benchmarks.library {part}" for part in ("index", "import", "kill")}
    assert run == there - {"tests.benchmarks.library"} | parts


@pytest.mark.parametrize("page", ["README.md", "docs/training.md", "models/README.md"])
def test_documented_commands_are_understood(page: str) -> None:
    found = commands_in(ROOT / page)
    assert found
    for arguments in found:
        # ends the program, and so the test, on what it does not know
        assert _parser(arguments).parse_args(arguments).run is not None


def test_readme_tells_how_a_model_of_ones_own_is_made_and_used() -> None:
    begun = {tuple(arguments[:2]) for arguments in commands_in(ROOT / "README.md")}
    assert {("train", "classifier"), ("train", "export")} <= begun


@pytest.mark.parametrize(
    "page", sorted(ROOT.glob("*.md")) + sorted(ROOT.glob("docs/**/*.md")), ids=lambda page: page.name
)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", page.read_text())
    assert [link for link in links if not (page.parent / link).exists()] == []


def build_wheel(folder: Path) -> Path:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = folder.glob("*.whl")
    return wheel


def test_wheel_is_complete_and_reproducible(tmp_path: Path) -> None:
    first, second = build_wheel(tmp_path / "first"), build_wheel(tmp_path / "second")
    assert first.read_bytes() == second.read_bytes()
    with zipfile.ZipFile(first) as archive:
        names = set(archive.namelist())
        metadata = next(name for name in names if name.endswith("/METADATA"))
        assert f"Version: {PROJECT['version']}" in archive.read(metadata).decode()
    for path in EXAMPLES:
        assert f"crackinspector/_data/{path.relative_to(ROOT).as_posix()}" in names
    for path in (ROOT / "models").glob("*"):
        assert f"crackinspector/_data/models/{path.name}" in names
    for path in (ROOT / "crackinspector").rglob("*.py"):
        assert path.relative_to(ROOT).as_posix() in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert not any(name.startswith("tests/") for name in names)


def test_commands_start_without_tensorflow_and_qt() -> None:
    heavy = "{'tensorflow', 'keras', 'PySide6', 'matplotlib'}"
    code = f"import sys, crackinspector.cli; print(*{heavy} & set(sys.modules), end='')"
    outcome = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (outcome.returncode, outcome.stdout, outcome.stderr) == (0, "", "")


def test_the_readme_shows_what_analyze_says(capsys: pytest.CaptureFixture[str]) -> None:
    (block,) = re.findall(r"```json\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    shown = json.loads(block)
    assert main(["analyze", str(ROOT / shown["path"]), "--json", "-", "--workers", "1"]) == 0
    said = json.loads(capsys.readouterr().out)
    # Processors round the network's sums differently.
    assert said["score"] == pytest.approx(shown["score"], abs=0.02)
    assert said["probabilities"] == pytest.approx(shown["probabilities"], abs=0.02)
    assert [r["score"] for r in said["regions"]] == pytest.approx([r["score"] for r in shown["regions"]], abs=0.05)
    assert said.keys() == shown.keys()
    for ours, theirs in zip(said["regions"], shown["regions"], strict=True):
        assert all(abs(ours[side] - theirs[side]) <= 6 for side in "xywh")
    for key in ("width", "height", "label", "model", "error"):
        assert said[key] == shown[key]
