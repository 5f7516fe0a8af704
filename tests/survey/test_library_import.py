"""Importing as a person or a script does it, with a stand-in for the model."""

from __future__ import annotations

import functools
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from crackinspector.cli import main
from crackinspector.library.checking import check
from crackinspector.library.emptying import delete
from crackinspector.library.queries import Query, Row, ids, rows
from crackinspector.library.snapshots import write_snapshot
from crackinspector.library.store import Library
from crackinspector.library.verdicts import put_into_bin
from crackinspector.survey import library_import, library_look
from crackinspector.survey.job import PictureJob
from crackinspector.survey.library_job import ImportJob
from tests.library import snapshots
from tests.survey.conftest import WritePicture
from tests.survey.standin import DIE, RAISE, SLOW, load

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}
STAND_IN = (sys.executable, "-m", "tests.survey.standin")


@dataclass(frozen=True)
class Done:
    """How a command ended, and what it said."""

    status: int
    stdout: str
    stderr: str


class Command:
    """`crackinspector library`, in this process and with the stand-in."""

    def __init__(self, captured: pytest.CaptureFixture[bytes]) -> None:
        self._captured = captured

    def __call__(self, *arguments: object) -> Done:
        self._captured.readouterr()
        status = main(["library", *map(str, arguments)])
        said = self._captured.readouterr()
        return Done(status, said.out.decode(), said.err.decode())

    def imported(self, *arguments: object, status: int = 0) -> list[dict[str, Any]]:
        """The lines of an import."""
        workers = () if "--workers" in arguments else ("--workers", 1)
        done = self("import", *arguments, "--json", "-", *workers)
        assert done.status == status, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Command:
    monkeypatch.setattr(library_look, "PictureJob", functools.partial(PictureJob, load=load))
    monkeypatch.setattr("crackinspector.inference.verify.verify_model", lambda path: b"")
    return Command(capfdbinary)


def kept(folder: Path, query: Query | None = None) -> dict[str, Row]:
    with Library(folder, write=False) as library:
        return {row.name: row for row in rows(library, ids(library, query or Query())).values()}


def problems(folder: Path) -> list[str]:
    return [problem.sentence for problem in check(folder)]


def test_pictures_are_looked_at_and_kept(command: Command, write_picture: WritePicture, tmp_path: Path) -> None:
    dark, light = write_picture("in/dark.png", grey=40), write_picture("in/sub/light.png", grey=220)
    lib = tmp_path / "lib"
    lines = command.imported(
        tmp_path / "in", "--library", lib, "--structure", "B1", "--element", "P3", "--inspection", "2026"
    )
    told = [(line["path"], line["label"], line["status"], len(line["regions"]), line["error"]) for line in lines]
    assert told == [(str(dark), "positive", "added", 1, None), (str(light), "negative", "added", 0, None)]
    held = kept(lib, Query(structure="B1", element="P3", inspection="2026"))
    assert set(held) == {"dark.png", "sub/light.png"}
    row = held["dark.png"]
    assert row.picture.read_bytes() == dark.read_bytes()
    assert (row.width, row.height, row.label, row.model, row.findings) == (40, 30, "positive", "stand-in", 1)
    assert row.map is not None
    crack_map = cv2.imread(str(row.map), cv2.IMREAD_UNCHANGED)
    assert crack_map is not None
    assert crack_map.shape == (15, 20)
    assert int(np.median(crack_map)) == 215
    assert problems(lib) == []


def test_the_same_again_changes_nothing(command: Command, write_picture: WritePicture, tmp_path: Path) -> None:
    for number in range(4):
        write_picture(f"in/{number}.png", grey=100 + 10 * number)
    lib = tmp_path / "lib"
    first = command.imported(tmp_path / "in", "--library", lib)
    files = sorted(path for path in lib.rglob("*.json"))
    before = [path.read_bytes() for path in files]
    again = command.imported(tmp_path / "in", "--library", lib)
    # Other files, other names, the same content.
    shutil.copytree(tmp_path / "in", tmp_path / "copies")
    copies = command.imported(tmp_path / "copies", "--library", lib)
    for lines in (again, copies):
        assert [line["status"] for line in lines] == ["present"] * 4
        assert [line["id"] for line in lines] == [line["id"] for line in first]
    assert [path.read_bytes() for path in files] == before
    assert problems(lib) == []


def test_what_was_not_looked_at_is_completed_later(
    command: Command, write_picture: WritePicture, tmp_path: Path
) -> None:
    write_picture("in/a.png", grey=40)
    lib = tmp_path / "lib"
    (line,) = command.imported(tmp_path / "in", "--library", lib, "--no-analyse")
    assert (line["status"], line["label"], line["score"]) == ("added", None, None)
    (line,) = command.imported(tmp_path / "in", "--library", lib, "--structure", "B1")
    assert (line["status"], line["label"]) == ("updated", "positive")
    (line,) = command.imported(tmp_path / "in", "--library", lib, "--no-analyse", "--structure", "B2")
    assert (line["status"], line["label"]) == ("present", "positive")
    # It belongs where it belongs; to move it is for a person.
    assert list(kept(lib, Query(structure="B1"))) == ["a.png"]


def test_unreadable_pictures_have_their_line_and_the_others_are_kept(
    command: Command, write_picture: WritePicture, tmp_path: Path
) -> None:
    write_picture("in/dies.png", order=DIE)
    write_picture("in/good.png")
    write_picture("in/raises.png", order=RAISE)
    (tmp_path / "in" / "text.jpg").write_text("this is no picture")
    lib = tmp_path / "lib"
    lines = command.imported(tmp_path / "in", "--library", lib, "--workers", "2", status=1)
    assert [line["status"] for line in lines] == ["unreadable", "added", "unreadable", "unreadable"]
    assert all(line["id"] is None for line in lines if line["error"])
    text = next(line["error"] for line in lines if line["path"].endswith("text.jpg"))
    assert f"cannot read {tmp_path / 'in' / 'text.jpg'}: " in text
    assert "incoming" not in text
    assert list(kept(lib)) == ["good.png"]
    assert problems(lib) == []


def test_labelled_folders_give_a_tag_and_no_verdict(
    command: Command, write_picture: WritePicture, tmp_path: Path
) -> None:
    write_picture("set/site/positive/a.png", grey=40)
    write_picture("set/site/Negative/b.png", grey=41)
    write_picture("set/scan/images/c.png", grey=42)
    write_picture("set/scan/masks/c.png", grey=0)
    lib = tmp_path / "lib"
    command.imported(tmp_path / "set", "--library", lib)
    assert {name: (row.truth, row.verdict, row.source) for name, row in kept(lib).items()} == {
        "site/positive/a.png": ("positive", "unreviewed", "site"),
        "site/Negative/b.png": ("negative", "unreviewed", "site"),
        "scan/images/c.png": (None, "unreviewed", "images"),
    }
    assert list(kept(lib, Query(tags=("labelled negative",)))) == ["site/Negative/b.png"]


def test_day_folders_of_the_live_application_keep_what_was_seen_then(command: Command, tmp_path: Path) -> None:
    picture = write_snapshot(tmp_path / "live", snapshots.snapshot())
    lib = tmp_path / "lib"
    (line,) = command.imported(tmp_path / "live", "--library", lib)
    assert (line["label"], line["score"], line["model"]) == ("positive", 0.97, "classifier")
    (row,) = kept(lib).values()
    assert row.picture.read_bytes() == picture.read_bytes()
    assert row.map is not None
    assert row.map.read_bytes() == picture.with_suffix(".map.png").read_bytes()
    assert row.source == "Demo wall"
    assert row.taken is not None
    with Library(lib, write=False) as library:
        first, detection = library.sidecar(row.id).events
        assert first.body["live"] == json.loads(picture.with_suffix(".json").read_bytes())
        assert detection.body["view"] == {"x": 32, "y": 0, "w": 32, "h": 48}
    assert problems(lib) == []


@pytest.mark.parametrize("content", ["{", "null", '{"kind": "snapshot"}', '{"kind": "snapshot", "format": 99}'])
def test_a_record_that_cannot_be_used_costs_no_picture(command: Command, tmp_path: Path, content: str) -> None:
    picture = write_snapshot(tmp_path / "live", snapshots.snapshot())
    picture.with_suffix(".json").write_text(content)
    done = command("import", "--workers", 1, tmp_path / "live", "--library", tmp_path / "lib")
    assert done.status == 0
    assert "it is imported as a picture without a record" in done.stderr
    (row,) = kept(tmp_path / "lib").values()
    assert row.model == "stand-in"


def test_a_picture_that_was_changed_since_is_not_given_what_was_seen_before(command: Command, tmp_path: Path) -> None:
    picture = write_snapshot(tmp_path / "live", snapshots.snapshot())
    picture.write_bytes(cv2.imencode(".jpg", np.full((48, 64, 3), 200, np.uint8))[1].tobytes())
    done = command("import", "--workers", 1, tmp_path / "live", "--library", tmp_path / "lib")
    assert "has changed since it was kept: it is imported as a picture without a record" in done.stderr
    (row,) = kept(tmp_path / "lib").values()
    assert (row.model, row.label) == ("stand-in", "negative")


def test_json_beside_a_picture_may_be_anybodys(command: Command, write_picture: WritePicture, tmp_path: Path) -> None:
    write_picture("in/a.png")
    (tmp_path / "in" / "a.json").write_text('{"shapes": []}')
    done = command("import", "--workers", 1, tmp_path / "in", "--library", tmp_path / "lib")
    assert (done.status, "record" in done.stderr) == (0, False)
    assert list(kept(tmp_path / "lib")) == ["a.png"]


def test_a_library_is_not_imported_into_itself(command: Command, write_picture: WritePicture, tmp_path: Path) -> None:
    write_picture("in/a.png")
    lib = tmp_path / "in" / "lib"
    for _ in range(2):
        assert len(command.imported(tmp_path / "in", "--library", lib)) == 1
    done = command("import", "--workers", 1, lib, "--library", lib)
    assert (done.status, "there are no pictures to import" in done.stderr) == (2, True)


def kill_and_look(arguments: Sequence[object], lib: Path, after: float) -> int:
    """Import, be killed, and look for what was told as kept; returns how many were."""
    command = [*STAND_IN, "library", "import", *map(str, arguments), "--library", str(lib), "--json", "-", "--quiet"]
    with subprocess.Popen(command, cwd=ROOT, env=ENVIRONMENT, stdout=subprocess.PIPE) as program:
        assert program.stdout is not None
        first = program.stdout.readline()
        time.sleep(after)
        program.send_signal(signal.SIGKILL)
        lines = [first, *program.stdout]
    told = [json.loads(line) for line in lines if line.endswith(b"\n")]
    assert problems(lib) == []
    with Library(lib) as library:
        for line in told:
            sidecar = library.sidecar(line["id"])
            assert [event.kind for event in sidecar.events] == ["import", "detection"]
    return len(told)


@pytest.mark.parametrize("seed", range(3))
def test_a_killed_import_loses_nothing_that_it_told_and_goes_on(
    command: Command, write_picture: WritePicture, tmp_path: Path, seed: int
) -> None:
    for number in range(60):
        write_picture(f"in/{number}.png", grey=number, size=(40, 30 + number))
    lib = tmp_path / "lib"
    after = random.Random(seed).uniform(0, 0.6)
    told = kill_and_look([tmp_path / "in", "--workers", 1], lib, after)
    assert told
    lines = command.imported(tmp_path / "in", "--library", lib)
    assert sum(line["status"] == "present" for line in lines) >= told
    assert len(kept(lib)) == 60
    assert problems(lib) == []


@pytest.mark.slow
def test_a_hundred_kills(write_picture: WritePicture, tmp_path: Path) -> None:
    for number in range(200):
        write_picture(f"in/{number}.png", grey=number, size=(40, 30 + number))
    chance = random.Random(0)
    for number in range(100):
        kill_and_look([tmp_path / "in"], tmp_path / f"lib{number // 10}", chance.uniform(0, 0.8))


def test_two_imports_at_once_share_the_library(write_picture: WritePicture, tmp_path: Path) -> None:
    for number in range(30):
        write_picture(f"in/{number}.png", grey=number, size=(40, 30 + number))
    lib = tmp_path / "lib"
    command = [*STAND_IN, "library", "import", str(tmp_path / "in"), "--library", str(lib), "--json", "-", "--quiet"]
    programs = [
        subprocess.Popen([*command, "--workers", "1"], cwd=ROOT, env=ENVIRONMENT, stdout=subprocess.PIPE)
        for _ in range(2)
    ]
    lines = [json.loads(line) for program in programs for line in program.communicate(timeout=60)[0].splitlines()]
    assert [program.returncode for program in programs] == [0, 0]
    assert sum(line["status"] == "added" for line in lines) == 30
    assert len(lines) == 60
    with Library(lib) as library:
        counts = library.connection.execute("SELECT count(*), kind FROM events GROUP BY kind").fetchall()
        assert sorted(counts) == [(30, "detection"), (30, "import")]
    assert problems(lib) == []


def test_an_interrupted_import_keeps_what_it_told(write_picture: WritePicture, tmp_path: Path) -> None:
    for number in range(20):
        write_picture(f"in/{number}.png", order=SLOW, grey=number, size=(40, 30 + number))
    command = [
        *STAND_IN,
        "library",
        "import",
        str(tmp_path / "in"),
        "--library",
        str(tmp_path / "lib"),
        "--workers",
        "1",
    ]
    with subprocess.Popen(command, cwd=ROOT, env=ENVIRONMENT, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        program.stdout.readline()
        program.send_signal(signal.SIGINT)
        lines = 1 + len(program.stdout.readlines())
    assert program.returncode == 130
    assert lines <= len(kept(tmp_path / "lib")) < 20
    assert not any((tmp_path / "lib" / "incoming").iterdir())
    assert problems(tmp_path / "lib") == []


def test_what_was_deleted_comes_back_only_if_told_to(
    command: Command, write_picture: WritePicture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_picture("in/dark.png", grey=40)
    write_picture("in/light.png", grey=220)
    lib = tmp_path / "lib"
    (dark, _) = command.imported(tmp_path / "in", "--library", lib)
    with Library(lib) as library:
        put_into_bin(library, [dark["id"]], "ann")
    assert command("bin", "empty", "--library", lib, "--yes", "--who", "bob").status == 0
    lines = command.imported(tmp_path / "in", "--library", lib)
    assert {(line["status"], line["label"], line["id"] == dark["id"]) for line in lines} == {
        ("present", "negative", False),
        ("deleted", None, True),
    }
    # The very file, and a copy of it that nobody has seen yet.
    for folder in (tmp_path / "in", Path(shutil.copytree(tmp_path / "in", tmp_path / "copy"))):
        with monkeypatch.context() as patched:
            if folder.name == "in":
                patched.setattr(ImportJob, "__call__", lambda job: pytest.fail("it was read"))
            done = command("import", folder, "--library", lib, "--workers", 1)
        assert (done.status, "dark.png was deleted on" in done.stderr) == (0, True)
    assert "by bob; --again brings it back" in done.stderr
    lines = command.imported(tmp_path / "in", "--library", lib, "--again")
    assert sorted(line["status"] for line in lines) == ["added", "present"]
    assert kept(lib)["dark.png"].label == "positive"
    assert problems(lib) == []


@pytest.mark.parametrize("form", ["zip", "gztar"])
def test_an_archive_of_the_device_comes_as_its_folder_would(
    command: Command, write_picture: WritePicture, tmp_path: Path, form: str
) -> None:
    picture = write_snapshot(tmp_path / "device", snapshots.snapshot())
    write_picture("device/survey/positive/dark.png", grey=40)
    write_picture("device/top.png", grey=220)
    (tmp_path / "device" / "notes.txt").write_text("hello")
    archive = shutil.make_archive(str(tmp_path / "device 1"), form, tmp_path / "device")
    lib = tmp_path / "lib"
    lines = command.imported(archive, "--library", lib)
    assert [line["status"] for line in lines] == ["added"] * 3
    live = picture.relative_to(tmp_path / "device")
    assert {line["path"] for line in lines} == {
        f"{archive}/{name}" for name in (live, "survey/positive/dark.png", "top.png")
    }
    held = kept(lib)
    assert set(held) == {str(live), "survey/positive/dark.png", "top.png"}
    # What was detected then, and the label of its folder.
    assert held[str(live)].model == "classifier"
    assert held["survey/positive/dark.png"].truth == "positive"
    assert held["survey/positive/dark.png"].source == "survey"
    assert held["top.png"].source == Path(archive).name
    assert held["top.png"].model == "stand-in"
    assert problems(lib) == []
    assert list((lib / "incoming").iterdir()) == []
    again = command.imported(archive, "--library", lib)
    assert [line["status"] for line in again] == ["present"] * 3
    assert {row.id for row in kept(lib).values()} == {row.id for row in held.values()}


def test_what_is_wrong_with_an_archive_has_its_line_and_the_rest_comes(
    command: Command, write_picture: WritePicture, tmp_path: Path
) -> None:
    write_picture("in/a.png", grey=40)
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.write(tmp_path / "in" / "a.png", "good.png")
        archive.writestr("../../evil.png", b"x")
        archive.writestr("text.png", b"this is no picture")
    (tmp_path / "none.tar.gz").write_bytes(b"no archive")
    with zipfile.ZipFile(tmp_path / "empty.zip", "w") as archive:
        archive.writestr("readme.txt", b"x")
    lib = tmp_path / "lib"
    given = [tmp_path / name for name in ("a.zip", "none.tar.gz", "empty.zip")]
    lines = command.imported(*given, "--library", lib, status=1)
    assert [line["status"] for line in lines] == [*["unreadable"] * 3, "added", "unreadable"]
    told = [line["error"] for line in lines if line["error"]]
    assert "leads out of the archive" in told[0]
    assert "none.tar.gz is damaged, or no archive" in told[1]
    assert "no pictures to import in" in told[2]
    assert f"cannot read {tmp_path}/a.zip/text.png" in told[3]
    assert list(kept(lib)) == ["good.png"]
    assert problems(lib) == []


def test_a_manifest_says_where_pictures_belong(command: Command, write_picture: WritePicture, tmp_path: Path) -> None:
    write_picture("in/a.png", grey=40)
    write_picture("in/sub/b.png", grey=60)
    write_picture("in/c.png", grey=80)
    (tmp_path / "in" / "m.csv").write_text(
        "path,structure,element,inspection,taken,tags,latitude,longitude\n"
        "a.png,Bridge 7,pier,2026,2026-11-20T08:00:00,wet;spalling,37.5,127\n"
        "sub/b.png,,deck\n"
        "gone.png\n"
    )
    lib = tmp_path / "lib"
    manifest = ["--manifest", tmp_path / "in" / "m.csv", "--library", lib]
    lines = command.imported(*manifest, "--structure", "Bridge 1", status=1)
    assert [line["status"] for line in lines] == ["unreadable", "added", "added"]
    assert "m.csv, line 4: there is no file gone.png" in lines[0]["error"]
    held = kept(lib)
    row = held["a.png"]
    assert (row.structure, row.element, row.inspection, row.taken) == (
        "Bridge 7",
        "pier",
        "2026",
        "2026-11-20T08:00:00",
    )
    assert (row.latitude, row.longitude) == (37.5, 127)
    assert [row.name for row in kept(lib, Query(tags=("wet", "spalling"))).values()] == ["a.png"]
    # What it does not say the options say.
    assert (held["sub/b.png"].structure, held["sub/b.png"].element) == ("Bridge 1", "deck")
    assert problems(lib) == []
    # The same again, with the folder besides, brings what is new alone.
    lines = command.imported(tmp_path / "in", *manifest, status=1)
    assert sorted(line["status"] for line in lines) == ["added", "present", "present", "unreadable"]
    assert kept(lib)["a.png"] == row
    rebuilt = tmp_path / "lib" / "library.sqlite"
    rebuilt.unlink()
    assert all(problem.mended for problem in check(lib, repair=True))
    assert (kept(lib)["a.png"].latitude, kept(lib)["a.png"].taken) == (37.5, "2026-11-20T08:00:00")


def test_pictures_that_stay_where_they_belong_are_told(
    command: Command, write_picture: WritePicture, tmp_path: Path
) -> None:
    write_picture("in/a.png", grey=40)
    write_picture("in/b.png", grey=60)
    to = [tmp_path / "in", "--library", tmp_path / "lib", "--workers", 1]
    assert command("import", *to, "--structure", "Bridge 1", "--element", "pier").stderr == ""
    write_picture("in/c.png", grey=80)
    assert command("import", *to).stderr == ""
    assert command("import", *to, "--structure", "Bridge 1").stderr == ""
    done = command("import", *to, "--structure", "Bridge 2")
    assert done.status == 0
    assert "belong to another place already, and stay there: 3; to move them" in done.stderr
    assert "crackinspector review" in done.stderr


def test_rows_and_archives_are_not_counted_as_pictures(
    command: Command, write_picture: WritePicture, tmp_path: Path
) -> None:
    write_picture("in/a.png", grey=40)
    (tmp_path / "in" / "m.csv").write_text("path\na.png\ngone.png\nlost.png\n")
    (tmp_path / "none.zip").write_bytes(b"no archive")
    given = ["--manifest", tmp_path / "in" / "m.csv", tmp_path / "none.zip", "--library", tmp_path / "lib"]
    done = command("import", *given, "--workers", 1)
    assert done.status == 1
    assert "1 picture: 1 added; 2 rows of the manifest left out; 1 archive left out; " in done.stdout


def test_a_library_that_cannot_be_written_to_is_told_of_once(
    command: Command, write_picture: WritePicture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_picture("in/a.png", grey=40)
    command.imported(tmp_path / "in", "--library", tmp_path / "lib")
    write_picture("in/b.png", grey=60)
    access = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK and access(path, mode))
    done = command("import", tmp_path / "in", "--library", tmp_path / "lib", "--workers", 1)
    assert done.status == 2
    assert done.stderr.count("nothing can be written to") == 1


def test_without_anything_to_import_it_is_said(command: Command, tmp_path: Path) -> None:
    done = command("import", "--library", tmp_path / "lib")
    assert done.status == 2
    assert "give pictures, folders, archives or a --manifest" in done.stderr
    assert not (tmp_path / "lib").exists()


def test_a_killed_import_of_an_archive_leaves_nothing_behind(
    command: Command, write_picture: WritePicture, tmp_path: Path
) -> None:
    for number in range(40):
        write_picture(f"in/{number}.png", grey=number, size=(40, 30 + number))
    archive = shutil.make_archive(str(tmp_path / "device"), "zip", tmp_path / "in")
    lib = tmp_path / "lib"
    told = kill_and_look([archive, "--workers", 1], lib, 0.1)
    assert told
    assert list((lib / "incoming").iterdir()) == []
    lines = command.imported(archive, "--library", lib)
    assert sum(line["status"] == "present" for line in lines) >= told
    assert len(kept(lib)) == 40


def test_nothing_is_imported_into_what_can_only_be_read(
    command: Command, write_picture: WritePicture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_picture("in/a.png")
    lib = tmp_path / "lib"
    Library(lib, create=True).close()
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    done = command("import", tmp_path / "in", "--library", lib, "--workers", 1)
    assert done.status == 2
    assert f"nothing can be written to {lib}; copy the library and open the copy" in done.stderr


def test_one_that_is_deleted_meanwhile_costs_no_other_picture(
    command: Command, write_picture: WritePicture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        write_picture(f"in/{number}.png", grey=40 + number)
    lib = tmp_path / "lib"
    command.imported(tmp_path / "in", "--library", lib, "--no-analyse")
    first = kept(lib)["0.png"].id
    grave = library_import._Import._grave

    def just_before(self: Any, item: Any) -> Any:
        found = grave(self, item)
        if item.digest == first and found is None:
            with Library(lib) as other:
                put_into_bin(other, [first], "bob")
                assert len(list(delete(other, [first], "bob"))) == 1
        return found

    monkeypatch.setattr(library_import._Import, "_grave", just_before)
    lines = command.imported(tmp_path / "in", "--library", lib)
    assert sorted(line["status"] for line in lines) == ["deleted", "updated", "updated"]
    assert set(kept(lib)) == {"1.png", "2.png"}
