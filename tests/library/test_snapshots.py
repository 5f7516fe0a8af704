from __future__ import annotations

import dataclasses
import json
import multiprocessing
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from crackinspector.core.errors import StorageError
from crackinspector.core.labels import Label
from crackinspector.core.settings import Settings
from crackinspector.library.claims import part_of
from crackinspector.library.record import Snapshot, read_snapshot
from crackinspector.library.snapshots import days, recover, write_snapshot
from tests.library import snapshots
from tests.library.full_disk import FullDisk


@pytest.fixture(autouse=True)
def _in_seoul(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Asia/Seoul")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def names(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_a_snapshot_is_a_picture_a_map_and_a_record(tmp_path: Path) -> None:
    kept = snapshots.snapshot()
    picture = write_snapshot(tmp_path, kept)
    stem = "2026-11-22/000000-250_positive"
    assert picture == tmp_path / f"{stem}.jpg"
    assert names(tmp_path) == [f"{stem}.jpg", f"{stem}.json", f"{stem}.map.png"]
    seen = cv2.imread(str(picture))
    assert seen is not None
    assert np.abs(seen.astype(int) - kept.frame.image).max() < 6
    assert kept.detection is not None
    crack_map = cv2.imread(str(tmp_path / f"{stem}.map.png"), cv2.IMREAD_UNCHANGED)
    assert crack_map is not None
    assert np.array_equal(crack_map, kept.detection.crack_map)


def test_the_record_tells_everything_again(tmp_path: Path) -> None:
    kept = snapshots.snapshot()
    picture = write_snapshot(tmp_path, kept)
    record = read_snapshot(picture)
    assert record == read_snapshot(record.path) == read_snapshot(picture.with_suffix(".map.png"))
    assert record.taken.timestamp() == snapshots.MIDNIGHT
    assert record.taken.isoformat() == "2026-11-22T00:00:00.250000+09:00"
    assert json.loads(record.path.read_bytes())["taken"]["utc"] == "2026-11-21T15:00:00.250Z"
    assert (record.frame_id, record.source, record.position) == (7, "Demo wall", "00:12.4")
    assert (record.width, record.height, record.view) == (64, 48, (32, 0, 32, 48))
    assert record.steadied is Label.NEGATIVE
    assert record.reason == "person"
    assert record.program.startswith("crackinspector 0.")
    found, detection = record.found, kept.detection
    assert found is not None
    assert detection is not None
    same = ("label", "score", "probabilities", "regions", "threshold", "model", "tiles", "timings")
    assert [getattr(found, name) for name in same] == [getattr(detection, name) for name in same]
    assert found.view == (32, 0, 32, 48)
    assert found.model_sha256 == "ab" * 32
    assert record.settings["keeping.jpeg_quality"] == 95
    assert not any(key.startswith("interface") for key in record.settings)


def test_the_picture_carries_its_time(tmp_path: Path) -> None:
    with Image.open(write_snapshot(tmp_path, snapshots.snapshot())) as picture:
        exif = picture.getexif()
        details = exif.get_ifd(0x8769)
    assert exif[0x0132] == details[0x9003] == "2026:11:22 00:00:00"
    assert (details[0x9011], details[0x9291]) == ("+09:00", "250")


def test_a_frame_that_no_model_has_seen_is_kept_without_a_map(tmp_path: Path) -> None:
    picture = write_snapshot(tmp_path, Snapshot(snapshots.frame(), None, Settings()))
    assert [path.suffix for path in sorted(picture.parent.iterdir())] == [".jpg", ".json"]
    record = read_snapshot(picture)
    assert (record.found, record.map, record.steadied) == (None, None, None)


def test_a_detection_of_another_frame_is_no_evidence() -> None:
    with pytest.raises(ValueError, match="detection of frame 8 kept with frame 7"):
        Snapshot(snapshots.frame(7), snapshots.detection(snapshots.frame(8)), Settings())


def test_nothing_is_overwritten_when_the_clock_jumps_back(tmp_path: Path) -> None:
    pictures = [write_snapshot(tmp_path, snapshots.snapshot(number)) for number in range(1, 5)]
    assert [picture.stem.partition("_positive")[2] for picture in pictures] == ["", "-2", "-3", "-4"]
    assert [read_snapshot(picture).frame_id for picture in pictures] == [1, 2, 3, 4]


@pytest.mark.parametrize("suffix", [".jpg", ".map.png", ".json"])
def test_a_name_that_is_taken_in_part_is_left_alone(tmp_path: Path, suffix: str) -> None:
    taken = tmp_path / "2026-11-22" / f"000000-250_positive{suffix}"
    taken.parent.mkdir()
    taken.write_bytes(b"mine")
    assert write_snapshot(tmp_path, snapshots.snapshot()).name == "000000-250_positive-2.jpg"
    assert taken.read_bytes() == b"mine"


def _keep_some(folder: Path, first: int) -> None:
    for number in range(first, first + 6):
        write_snapshot(folder, snapshots.snapshot(number))


def test_several_programs_never_take_each_others_names(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    programs = [context.Process(target=_keep_some, args=(tmp_path, first)) for first in (100, 200)]
    for program in programs:
        program.start()
    for program in programs:
        program.join(60)
        assert program.exitcode == 0
    records = [read_snapshot(path) for path in tmp_path.rglob("*.json")]
    assert sorted(record.frame_id for record in records) == [*range(100, 106), *range(200, 206)]
    assert len(names(tmp_path)) == 36


def test_passwords_stay_out_of_the_record(tmp_path: Path) -> None:
    address = "rtsp://anna:secret@camera.local/stream"
    settings = Settings().changed("source.name", address)
    kept = snapshots.snapshot(settings=settings)
    kept = dataclasses.replace(
        kept, frame=dataclasses.replace(kept.frame, source=f"Stream {address}", position=address)
    )
    record = read_snapshot(write_snapshot(tmp_path, kept))
    assert b"secret" not in record.path.read_bytes()
    assert record.position == record.settings["source.name"] == "rtsp://camera.local/stream"


WHOLE_SIZE = 12_000


@given(st.integers(0, WHOLE_SIZE))
def test_a_full_disk_keeps_all_or_nothing(tmp_path_factory: pytest.TempPathFactory, room: int) -> None:
    folder = tmp_path_factory.mktemp("disk")
    with FullDisk(room) as disk:
        try:
            write_snapshot(folder, snapshots.snapshot())
        except StorageError as error:
            assert "No space left on device; free some space or choose another place" in str(error)
            assert names(folder) == []
        else:
            assert disk.room >= 0
            assert len(names(folder)) == 3


def test_the_full_disks_of_the_test_above_are_too_small_at_times_and_large_enough_at_others(tmp_path: Path) -> None:
    picture = write_snapshot(tmp_path, snapshots.snapshot())
    assert 1000 < sum(path.stat().st_size for path in picture.parent.iterdir()) < WHOLE_SIZE


@pytest.mark.parametrize("steps", range(1, 9))
def test_a_disk_that_fails_at_any_step_keeps_all_or_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, steps: int
) -> None:
    (tmp_path / "2026-11-22").mkdir()
    left = steps

    def failing(real: object) -> object:
        def call(*arguments: object) -> object:
            nonlocal left
            left -= 1
            if not left:
                raise OSError(5, "Input/output error")
            return real(*arguments)  # type: ignore[operator]

        return call

    monkeypatch.setattr(os, "fsync", failing(os.fsync))
    monkeypatch.setattr(Path, "rename", failing(Path.rename))
    if left_over := steps > 7:
        write_snapshot(tmp_path, snapshots.snapshot())
    else:
        with pytest.raises(StorageError, match="Input/output error; choose another place"):
            write_snapshot(tmp_path, snapshots.snapshot())
    assert len(names(tmp_path)) == 3 * left_over


def test_a_folder_that_is_a_file_has_its_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StorageError, match=r"there is a file where a folder is needed; choose another place$"):
        write_snapshot(tmp_path / "file", snapshots.snapshot())


@pytest.mark.skipif(os.geteuid() == 0 and not Path("/proc").is_dir(), reason="needs a folder that nobody may write to")
def test_a_read_only_folder_has_its_sentence(tmp_path: Path) -> None:
    # Permissions do not hold root back; the kernel's own folders do.
    folder = Path("/proc") if os.geteuid() == 0 else tmp_path
    if folder is tmp_path:
        tmp_path.chmod(0o500)
    try:
        with pytest.raises(StorageError, match=r"cannot write .*; .*choose another place$"):
            write_snapshot(folder, snapshots.snapshot())
    finally:
        tmp_path.chmod(0o700)


def test_a_folder_removed_while_running_is_made_again(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    write_snapshot(folder, snapshots.snapshot())
    shutil.rmtree(folder)
    assert write_snapshot(folder, snapshots.snapshot()).is_file()


def killed_after(folder: Path, renames: int) -> Path:
    """What a program leaves that is killed after some of the three files got their names."""
    picture = write_snapshot(folder, snapshots.snapshot())
    files = [picture, picture.with_suffix(".map.png"), picture.with_suffix(".json")]
    for path in files[renames:]:
        path.rename(part_of(path))
    return picture


@pytest.mark.parametrize("renames", [0, 1, 2])
def test_a_snapshot_of_a_killed_program_is_finished(tmp_path: Path, renames: int) -> None:
    picture = killed_after(tmp_path, renames)
    assert recover(tmp_path) == [picture]
    assert len(names(tmp_path)) == 3
    assert read_snapshot(picture).frame_id == 7
    assert recover(tmp_path) == []


@pytest.mark.parametrize("spoilt", [".jpg", ".map.png", ".json"])
def test_what_a_killed_program_left_half_written_is_removed(tmp_path: Path, spoilt: str) -> None:
    picture = killed_after(tmp_path, 0)
    part = part_of(picture.with_suffix(spoilt))
    os.truncate(part, part.stat().st_size // 2)
    assert recover(tmp_path) == []
    assert names(tmp_path) == []


def test_what_another_program_is_writing_is_left_alone(tmp_path: Path) -> None:
    day = tmp_path / "2026-11-22"
    day.mkdir()
    other = multiprocessing.get_context("spawn")
    claimed, done = other.Event(), other.Event()
    program = other.Process(target=_claim_and_wait, args=(day, claimed, done))
    program.start()
    try:
        assert claimed.wait(60)
        before = names(tmp_path)
        assert recover(tmp_path) == []
        assert names(tmp_path) == before == ["2026-11-22/.x.json.part"]
    finally:
        done.set()
        program.join(60)
    recover(tmp_path)
    assert names(tmp_path) == []


def _claim_and_wait(
    day: Path, claimed: multiprocessing.synchronize.Event, done: multiprocessing.synchronize.Event
) -> None:
    from crackinspector.library.claims import claim

    claim(day, "x", (".json",))
    claimed.set()
    done.wait(60)


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{", "{}", '{"kind": "snapshot", "format": 1}', "[" * 100_000, '{"kind": "clip", "format": 1}'],
)
def test_a_record_that_is_none_has_its_sentence(tmp_path: Path, content: str) -> None:
    (tmp_path / "a.json").write_text(content)
    with pytest.raises(StorageError, match=r"a\.json is not a snapshot's record, or is damaged; restore it"):
        read_snapshot(tmp_path / "a.json")


def changed_record(folder: Path, **changes: object) -> Path:
    record = read_snapshot(write_snapshot(folder, snapshots.snapshot())).path
    record.write_text(json.dumps({**json.loads(record.read_bytes()), **changes}))
    return record


def test_a_record_of_a_newer_program_is_not_guessed_at(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="written by a newer crackinspector; update this one"):
        read_snapshot(changed_record(tmp_path, format=2))


@pytest.mark.parametrize("name", ["../../a.jpg", "/etc/passwd", "", ".."])
def test_a_record_does_not_lead_out_of_its_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(StorageError, match="damaged"):
        read_snapshot(changed_record(tmp_path, picture={"file": name, "sha256": ""}))


def test_a_missing_record_has_its_sentence(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="cannot be read: No such file or directory; look for it"):
        read_snapshot(tmp_path / "a.jpg")


def test_only_day_folders_are_looked_into(tmp_path: Path) -> None:
    for name in ("2026-11-22", "2026-01-02", "holiday", "2026-11-222"):
        (tmp_path / name).mkdir()
    assert [day.name for day in days(tmp_path)] == ["2026-01-02", "2026-11-22"]
    assert days(tmp_path / "missing") == []
