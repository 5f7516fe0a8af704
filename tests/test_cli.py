"""The command line as a person or a script meets it: in processes of its own."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any

import cv2
import numpy as np
import pytest

from crackinspector import __version__
from crackinspector.cli import install_extra, main
from crackinspector.pipeline.options import LiveOptions
from tests.survey.standin import DIE, HANG, RAISE, SLOW

ROOT = Path(__file__).resolve().parents[1]
MODEL = str(ROOT / "tests" / "models" / "int8_map_first.tflite")
MODELS = ROOT / "tests" / "models"
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}
NO_CARD = "{} has no card beside it: it is read by its tensors, and its scores and map are not calibrated\n"
TOLD = NO_CARD.format(MODEL).encode()
REAL = (sys.executable, "-m", "crackinspector")
STAND_IN = (sys.executable, "-m", "tests.survey.standin")

Finished = subprocess.CompletedProcess[bytes]


def run(*arguments: object, program: Sequence[str] = REAL, **settings: Any) -> Finished:
    settings.setdefault("env", ENVIRONMENT)
    return subprocess.run([*program, *map(str, arguments)], capture_output=True, timeout=120, check=False, **settings)


def records(output: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.splitlines()]


@pytest.fixture(scope="module")
def photographs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve noisy pictures of several sizes, of which numbers 3 and 7 cannot be read."""
    folder = tmp_path_factory.mktemp("photographs")
    rng = np.random.default_rng(0)
    for number in range(12):
        height, width = 40 + 17 * number, 90 + 31 * (number % 5)
        image = rng.integers(0, 256, (height, width, 3), np.uint8)
        (folder / f"p{number}.png").write_bytes(cv2.imencode(".png", image)[1].tobytes())
    (folder / "p3.png").write_bytes(b"")
    (folder / "p7.png").write_text("this is not a picture")
    return folder


@pytest.fixture
def orders(tmp_path: Path) -> Callable[..., list[Path]]:
    """Pictures that tell the stand-in what to do, in order."""

    def write(*codes: int) -> list[Path]:
        folder = tmp_path / "orders"
        folder.mkdir()
        for number, code in enumerate(codes):
            image = np.full((30, 40, 3), 60, np.uint8)
            image[0, 0] = code
            (folder / f"{number}.png").write_bytes(cv2.imencode(".png", image)[1].tobytes())
        return [folder / f"{number}.png" for number in range(len(codes))]

    return write


def test_version_and_help_need_no_heavy_packages() -> None:
    code = (
        "import sys; from crackinspector.cli import main\n"
        "try: main([sys.argv[1]])\n"
        "except SystemExit as end: assert not end.code\n"
        "heavy = {'numpy', 'cv2', 'PIL', 'tqdm', 'ai_edge_litert', 'multiprocessing', 'logging.config'}\n"
        "sys.exit(', '.join(heavy & set(sys.modules)) or 0)"
    )
    for option, expected in (("--version", __version__), ("--help", "analyze")):
        finished = subprocess.run([sys.executable, "-c", code, option], capture_output=True, env=ENVIRONMENT, text=True)
        assert (finished.returncode, finished.stderr) == (0, "")
        assert expected in finished.stdout


def test_no_command_opens_the_live_application(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[LiveOptions] = []

    def run_live(options: LiveOptions) -> int:
        asked.append(options)
        return 7

    monkeypatch.setattr("crackinspector.gui.startup.run_live", run_live)
    assert main([]) == main(["live"]) == 7
    assert main(["live", "--source", "demo", "--size", "800x480"]) == 7
    assert asked == [LiveOptions(), LiveOptions(), LiveOptions(source="demo", size=(800, 480))]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--headless", "--screenshot", "a.png"], "--screenshot needs a window"),
        (["--headless", "--size", "800x480"], "--size needs a window"),
        (["--headless", "--fullscreen"], "--fullscreen needs a window"),
        (["--size", "99999999x2"], "--size takes 320x240 to 8192x8192"),
        (["--size", "100x100"], "--size takes 320x240 to 8192x8192"),
        (["--out", "lines.jsonl"], "--out belongs to --headless"),
        (["--no-snapshots"], "--snapshots belongs to --headless"),
    ],
)
def test_options_that_do_not_go_together_are_refused(
    arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["live", *arguments]) == 2
    assert told in capsys.readouterr().err


def test_a_window_without_a_screen_gives_a_sentence() -> None:
    without = {name: value for name, value in ENVIRONMENT.items() if "DISPLAY" not in name and name[:3] != "QT_"}
    finished = run("live", "--source", "demo", env=without)
    assert finished.returncode == 2
    assert b"there is no screen here" in finished.stderr


def test_a_window_without_its_packages_says_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "PySide6.py").write_text("raise ModuleNotFoundError('no PySide6', name='PySide6')")
    finished = run("live", env={**ENVIRONMENT, "PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"})
    assert finished.returncode == 2
    told = finished.stderr.decode().partition("): ")[2]
    assert shlex.split(told) == [sys.executable, "-m", "pip", "install", "-e", f"{ROOT}[gui]"]


@pytest.mark.parametrize("workers", [1, 3])
def test_json_has_a_line_for_each_picture_in_order(photographs: Path, workers: int, tmp_path: Path) -> None:
    finished = run("analyze", photographs, "--model", MODEL, "--json", "-", "--workers", workers)
    assert finished.returncode == 1
    lines = records(finished.stdout)
    assert [Path(line["path"]).name for line in lines] == [f"p{number}.png" for number in range(12)]
    assert [Path(line["path"]).name for line in lines if line["error"]] == ["p3.png", "p7.png"]
    for line in lines:
        assert line["model"] == "int8_map_first"
        if line["error"] is None:
            assert line["label"] in line["probabilities"]
            assert abs(sum(line["probabilities"].values()) - 1) < 1e-4
            image = cv2.imread(line["path"])
            assert image is not None
            assert image.shape[:2] == (line["height"], line["width"])
    assert b"12 pictures: " in finished.stderr
    assert b"2 unreadable" in finished.stderr


def test_the_same_pictures_give_the_same_output(photographs: Path, tmp_path: Path) -> None:
    contents = []
    for workers in (1, 3):
        folder = tmp_path / str(workers)
        outputs = ("--maps", folder / "m", "--overlays", folder / "o", "--json", folder / "r.jsonl")
        assert run("analyze", photographs, "--model", MODEL, "--workers", workers, *outputs).returncode == 1
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        contents.append([(path.relative_to(folder), path.read_bytes()) for path in files])
    assert contents[0] == contents[1]
    assert len(contents[0]) == 1 + 2 * 10


def test_readable_lines_and_summary(photographs: Path) -> None:
    finished = run("analyze", photographs / "p0.png", photographs / "p3.png", "--model", MODEL)
    lines = finished.stdout.decode().splitlines()
    assert finished.returncode == 1
    assert len(lines) == 4
    assert lines[1].endswith("p0.png")
    assert lines[2].startswith("unreadable")
    assert "the file is empty" in lines[2]
    assert lines[3].startswith("2 pictures: ")
    assert finished.stderr == TOLD


def test_a_model_without_a_card_is_told_once_and_one_with_a_card_is_not(photographs: Path, tmp_path: Path) -> None:
    picture = photographs / "p0.png"
    own = tmp_path / "own.tflite"
    shutil.copy(ROOT / "models" / "classifier.tflite", own)
    for more in ([], ["--workers", "2"], ["--json", "-"], ["--json", tmp_path / "r.jsonl"]):
        told = run("analyze", picture, photographs / "p1.png", "--model", own, *more)
        assert told.returncode == 0
        assert told.stderr.decode().startswith(NO_CARD.format(own))
        assert told.stderr.count(b"has no card") == 1
        assert b"has no card" not in told.stdout
    shutil.copy(ROOT / "models" / "classifier.json", tmp_path / "own.json")
    for model in (own, "classifier"):
        finished = run("analyze", picture, "--model", model)
        assert (finished.returncode, finished.stderr) == (0, b"")


def test_quiet_prints_nothing(photographs: Path) -> None:
    finished = run("analyze", photographs / "p0.png", "--model", MODEL, "--quiet")
    assert (finished.returncode, finished.stdout, finished.stderr) == (0, b"", b"")


def test_a_name_that_no_locale_can_show(tmp_path: Path) -> None:
    name = os.fsdecode(b"\xff\xfe \xc3\x9c\n.png")
    (tmp_path / name).write_bytes(cv2.imencode(".png", np.zeros((30, 40, 3), np.uint8))[1].tobytes())
    plain = {**ENVIRONMENT, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    arguments = ("analyze", tmp_path, "--model", MODEL, "--maps", tmp_path / "maps", "--workers", "1")
    readable = run(*arguments, env=plain)
    assert (readable.returncode, readable.stderr) == (0, TOLD)
    assert len(readable.stdout.splitlines()) == 3
    as_json = run(*arguments, "--json", "-", env=plain)
    (line,) = records(as_json.stdout)
    assert os.fsencode(line["path"]) == os.fsencode(tmp_path / name)
    assert [entry.name for entry in (tmp_path / "maps").iterdir()] == [name]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["analyze", "PICTURE", "--model", "nonsense"], "no model nonsense"),
        (["analyze", "PICTURE", "--model", "segmentation"], "no segmentation model is shipped yet"),
        (["analyze", "PICTURE", "--model", str(ROOT / "pyproject.toml")], "pyproject.toml"),
        (["analyze", "PICTURE", "--model", str(MODELS / "custom_operator.tflite")], "custom_operator.tflite"),
        (["analyze", "EMPTY", "--model", MODEL], "no pictures in"),
        (["analyze", "PICTURE", "--model", MODEL, "--json", "PICTURE/x.jsonl"], "cannot write"),
        (["analyze", "PICTURE", "--model", MODEL, "--maps", "PICTURE"], "--maps needs a folder"),
        (["analyze", "PICTURE", "--model", "nonsense", "--overlays", "PICTURE"], "--overlays needs a folder"),
        (["analyze", "PICTURE", "--model", MODEL, "--overlays", "PICTURE/deeper"], "where a folder is needed"),
        (["analyze", "PICTURE", "--model", MODEL, "--json", "PICTURE"], "would replace a picture"),
        (["demo-wall", "--out", "EMPTY/wall.doc"], "wall.doc"),
        (["demo-wall", "--out", "EMPTY/wall.jpg", "--size", "1x1"], "64"),
    ],
)
def test_what_cannot_work_ends_with_2_and_a_sentence(
    photographs: Path, tmp_path: Path, arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    places = {"PICTURE": str(photographs / "p0.png"), "EMPTY": str(tmp_path)}
    before = (photographs / "p0.png").read_bytes()
    for placeholder, place in places.items():
        arguments = [argument.replace(placeholder, place) for argument in arguments]
    assert main(arguments) == 2
    output, error = capsys.readouterr()
    assert output == ""
    assert error.startswith("crackinspector: ")
    assert sentence in error
    assert error.count("\n") == 1
    assert (photographs / "p0.png").read_bytes() == before


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_card_that_cannot_be_used_is_said_before_any_line(
    photographs: Path, tmp_path: Path, workers: str, capsys: pytest.CaptureFixture[str]
) -> None:
    model = shutil.copy(MODEL, tmp_path / "own.tflite")
    (tmp_path / "own.json").write_text("{}")
    assert main(["analyze", str(photographs), "--model", str(model), "--workers", workers]) == 2
    output, error = capsys.readouterr()
    assert output == ""
    assert error.startswith("crackinspector: ")
    assert "own.json" in error


@pytest.mark.parametrize(
    "arguments", [["analyze"], ["analyze", "x", "--workers", "0"], ["nonsense"], ["demo-wall", "--size", "big"]]
)
def test_wrong_usage_ends_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(arguments)
    assert end.value.code == 2
    assert "usage: " in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "usage", "error"),
    [
        (["analyze", "x", "--bogus"], "crackinspector analyze ", "unrecognized arguments: --bogus"),
        (["demo", "more"], "crackinspector demo ", "unrecognized arguments: more"),
        (
            ["train", "export", "x", "--data", "d", "--out", "o", "--bogus", "1"],
            "crackinspector train export ",
            "--bogus 1",
        ),
        (["--bogus"], "crackinspector [", "unrecognized arguments: --bogus"),
        (
            ["analyze", "x", "--workers", "x"],
            "crackinspector analyze ",
            "--workers: takes a whole number from 1 on, got 'x'",
        ),
        (
            ["analyze", "x", "--threads", "0"],
            "crackinspector analyze ",
            "--threads: takes a whole number from 1 on, got '0'",
        ),
        (
            ["demo-wall", "--cracks", "-1"],
            "crackinspector demo-wall ",
            "--cracks: takes a whole number from 0 on, got '-1'",
        ),
    ],
)
def test_wrong_arguments_are_told_by_the_command_that_was_given_them(
    arguments: list[str], usage: str, error: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        main(arguments)
    assert end.value.code == 2
    told = capsys.readouterr().err
    assert told.startswith(f"usage: {usage}")
    assert error in told.splitlines()[-1]


def test_tracebacks_are_for_debug_alone(photographs: Path) -> None:
    arguments = ("analyze", photographs / "p0.png", photographs / "p3.png", "--model", MODEL)
    assert b"Traceback" not in run(*arguments).stderr
    for workers in (1, 2):
        assert b"PictureError" in run(*arguments, "--workers", workers, "--debug").stderr
    assert b"Traceback" in run("analyze", photographs, "--model", "nonsense", "--debug").stderr


def test_output_that_cannot_be_written_ends_the_run(photographs: Path, tmp_path: Path) -> None:
    (tmp_path / "p5.png").mkdir()
    for workers in (1, 2):
        finished = run("analyze", photographs, "--model", MODEL, "--maps", tmp_path, "--workers", workers)
        assert finished.returncode == 2
        assert b"cannot write" in finished.stderr
        assert b"p5.png" in finished.stderr
        assert b"Traceback" not in finished.stderr
        assert not list(tmp_path.glob(".*"))


def test_a_full_standard_output_gives_a_sentence(photographs: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full on this system")
    for json_to in ([], ["--json", "-"]):
        with Path("/dev/full").open("wb") as full:
            command = [*REAL, "analyze", str(photographs / "p0.png"), "--model", MODEL, *json_to]
            finished = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, env=ENVIRONMENT, timeout=120)
        assert finished.returncode == 2
        assert finished.stderr.startswith(TOLD)
        assert finished.stderr.count(b"\n") == 2
        assert (
            b"cannot write to standard output" in finished.stderr or b"cannot write standard output" in finished.stderr
        )


def test_one_bad_picture_does_not_stop_the_others(orders: Callable[..., list[Path]], tmp_path: Path) -> None:
    paths = orders(0, RAISE, DIE, 0, DIE, 0, 0)
    finished = run(
        "analyze", *paths, "--json", "-", "--workers", "2", "--maps", tmp_path / "m", "--model", MODEL, program=STAND_IN
    )
    lines = records(finished.stdout)
    assert finished.returncode == 1
    assert [line["path"] for line in lines] == [str(path) for path in paths]
    assert [bool(line["error"]) for line in lines] == [False, True, True, False, True, False, False]
    assert "RuntimeError: the stand-in raises" in lines[1]["error"]
    assert "ended by SIGKILL" in lines[2]["error"]
    assert sorted(entry.name for entry in (tmp_path / "m").iterdir()) == ["0.png", "3.png", "5.png", "6.png"]
    assert b"Traceback" not in finished.stderr


@pytest.fixture
def started() -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    processes = []

    def start(*arguments: str | Path) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [*STAND_IN, *map(str, arguments)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=ENVIRONMENT,
            start_new_session=True,
        )
        processes.append(process)
        return process

    yield start
    for process in processes:
        process.kill()
        process.communicate()


def stream(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None
    return pipe


def session_members(session: int) -> list[int]:
    members = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[3]) == session and fields[0] != "Z":
                members.append(int(entry.name))
    return members


def assert_nobody_is_left(session: int) -> None:
    deadline = time.monotonic() + 20
    while members := session_members(session):
        assert time.monotonic() < deadline, f"processes {members} outlived their command"
        time.sleep(0.05)


@pytest.mark.parametrize("workers", ["1", "2"])
@pytest.mark.parametrize(("sent", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupted_run_ends_cleanly(
    orders: Callable[..., list[Path]],
    started: Callable[..., subprocess.Popen[bytes]],
    tmp_path: Path,
    workers: str,
    sent: signal.Signals,
    status: int,
) -> None:
    results = tmp_path / "r.jsonl"
    paths = orders(0, HANG, 0, HANG)
    process = started("analyze", *paths, "--workers", workers, "--json", results, "--model", MODEL)
    partial = tmp_path / "r.jsonl.partial"
    while not (partial.exists() and partial.stat().st_size):
        assert process.poll() is None
        time.sleep(0.02)
    os.killpg(process.pid, sent) if sent == signal.SIGINT else process.send_signal(sent)
    _, error = process.communicate(timeout=60)
    assert process.returncode == status
    assert b"Traceback" not in error
    assert b"stopped after 1 of 4 pictures; their lines are in" in error
    assert not results.exists()
    assert len(records(partial.read_bytes())) == 1
    assert_nobody_is_left(process.pid)


def test_a_second_run_with_the_same_results_ends_at_once_and_harms_nothing(
    orders: Callable[..., list[Path]], started: Callable[..., subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    results, partial = tmp_path / "r.jsonl", tmp_path / "r.jsonl.partial"
    first = started("analyze", *orders(0, HANG), "--workers", "1", "--json", results, "--model", MODEL)
    while not (partial.exists() and partial.stat().st_size):
        assert first.poll() is None
        time.sleep(0.02)
    before = partial.read_bytes()
    second = run("analyze", tmp_path / "orders" / "0.png", "--json", results, "--model", MODEL, program=STAND_IN)
    assert second.returncode == 2
    told = f"crackinspector: another run is writing {results}; wait for it or choose another file\n"
    assert second.stderr.decode() == told
    assert partial.read_bytes() == before
    assert not results.exists()
    first.kill()
    first.wait()
    third = run("analyze", tmp_path / "orders" / "0.png", "--json", results, "--model", MODEL, program=STAND_IN)
    assert third.returncode == 0
    assert len(records(results.read_bytes())) == 1
    assert not partial.exists()


def test_workers_do_not_outlive_a_parent_that_was_killed(
    orders: Callable[..., list[Path]], started: Callable[..., subprocess.Popen[bytes]]
) -> None:
    process = started("analyze", *orders(0, HANG, HANG), "--workers", "2", "--json", "-", "--model", MODEL)
    assert stream(process.stdout).readline()
    process.kill()
    assert_nobody_is_left(process.pid)


@pytest.mark.parametrize("workers", ["1", "2"])
@pytest.mark.parametrize("json_to", [[], ["--json", "-"]])
def test_a_reader_that_goes_away_ends_the_run_quietly(
    orders: Callable[..., list[Path]],
    started: Callable[..., subprocess.Popen[bytes]],
    workers: str,
    json_to: list[str],
) -> None:
    process = started("analyze", *orders(0, *[SLOW] * 9), "--workers", workers, *json_to, "--model", MODEL)
    stream(process.stdout).readline()
    stream(process.stdout).close()
    error = stream(process.stderr).read()
    assert process.wait(60) == 141
    assert error == TOLD
    assert_nobody_is_left(process.pid)


def test_demo_wall_is_the_same_for_the_same_seed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("a", "b"):
        wall, mask = str(tmp_path / f"{name}.png"), str(tmp_path / f"{name}-mask.png")
        assert main(["demo-wall", "--seed", "5", "--size", "160x120", "--out", wall, "--mask", mask]) == 0
    assert (tmp_path / "a.png").read_bytes() == (tmp_path / "b.png").read_bytes()
    mask_read = cv2.imread(str(tmp_path / "a-mask.png"), cv2.IMREAD_UNCHANGED)
    assert mask_read is not None
    assert mask_read.shape == (120, 160)
    assert set(np.unique(mask_read)) <= {0, 255}
    assert main(["demo-wall", "--cracks", "0", "--size", "160x120", "--out", wall, "--mask", mask]) == 0
    intact = cv2.imread(mask, cv2.IMREAD_UNCHANGED)
    assert intact is not None
    assert not intact.any()


def test_demo_shows_walls_and_examples(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # Small walls, because what is tested is not how well or how fast they are made.
    monkeypatch.setattr("crackinspector.survey.demo.WALLS", ((1, 200, 120), (2, 120, 200)))
    model = str(MODELS / "edge_impulse.tflite")
    assert main(["demo", "--out", str(tmp_path / "demo"), "--model", model]) == 0
    output, error = capsys.readouterr()
    assert error == NO_CARD.format(model)
    expected = 2 + len(list((ROOT / "resources" / "examples").rglob("*.jpg")))
    assert f"{expected} pictures: " in output
    assert str(tmp_path / "demo" / "overlays") in output
    assert len(list((tmp_path / "demo" / "overlays").rglob("*.jpg"))) == expected
    assert len(list((tmp_path / "demo" / "walls" / "masks").iterdir())) == 2


def test_training_without_its_packages_says_what_to_install(photographs: Path, tmp_path: Path) -> None:
    for package in ("tensorflow", "keras"):
        (tmp_path / f"{package}.py").write_text(f"raise ModuleNotFoundError('no {package}', name='{package}')")
    for label in ("negative", "positive", "unknown"):
        shutil.copytree(photographs, tmp_path / "data" / label, ignore=shutil.ignore_patterns("p3.png", "p7.png"))
    arguments = ("train", "classifier", "--data", tmp_path / "data", "--out", tmp_path / "run", "--leaks", "ignore")
    finished = run(*arguments, env={**ENVIRONMENT, "PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"})
    assert finished.returncode == 2
    # by the interpreter that runs, and the checkout by its path: it works wherever it is typed
    told = finished.stderr.decode().partition("): ")[2]
    assert shlex.split(told) == [sys.executable, "-m", "pip", "install", "-e", f"{ROOT}[train]"]
    assert b"Traceback" not in finished.stderr
    assert not (tmp_path / "run").exists()


def test_an_installed_package_is_told_to_install_its_extra_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crackinspector.cli.__file__", str(tmp_path / "site-packages" / "crackinspector" / "cli.py"))
    monkeypatch.setattr(sys, "executable", str(tmp_path / "my venv" / "bin" / "python"))
    assert shlex.split(install_extra("train"))[-4:] == ["-m", "pip", "install", "crackinspector[train]"]
    assert shlex.split(install_extra("train"))[0] == sys.executable


def test_train_help_needs_no_tensorflow() -> None:
    finished = run("train", "--help")
    assert finished.returncode == 0
    assert all(command in finished.stdout for command in (b"embed", b"classifier", b"evaluate", b"export"))
