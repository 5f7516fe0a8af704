from __future__ import annotations

import errno
import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crackinspector.core.errors import StorageError
from crackinspector.core.settings import DEFAULTS, RULES, CameraSettings, Settings
from crackinspector.pipeline.settings_file import Saver, load_settings, save_settings, settings_path
from tests.library.full_disk import FullDisk


def values(key: str) -> st.SearchStrategy[object]:
    rule, default = RULES[key], DEFAULTS[key]
    if isinstance(default, bool):
        return st.booleans()
    if isinstance(default, int):
        return st.integers(int(rule.least), int(rule.most))
    if isinstance(default, float):
        return st.floats(rule.least, rule.most)
    return st.sampled_from(sorted(rule.choices)) if rule.choices else texts


texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)
cameras = st.builds(
    CameraSettings,
    st.sampled_from([0, 90, 180, 270]),
    st.booleans(),
    st.dictionaries(texts, st.floats(-1e6, 1e6), max_size=3),
)
changes = st.lists(st.sampled_from(sorted(RULES)).flatmap(lambda key: st.tuples(st.just(key), values(key))), max_size=8)


@given(
    steps=st.lists(
        st.tuples(changes, st.dictionaries(texts, cameras, max_size=2), st.dictionaries(texts, texts, max_size=2)),
        min_size=1,
        max_size=3,
    )
)
def test_whatever_is_saved_comes_back(
    tmp_path_factory: pytest.TempPathFactory,
    steps: list[tuple[list[tuple[str, object]], dict[str, CameraSettings], dict[str, str]]],
) -> None:
    path = tmp_path_factory.mktemp("config") / "new" / "settings.toml"
    for changed, of_cameras, shortcuts in steps:
        settings = Settings(cameras=of_cameras, shortcuts=shortcuts)
        for key, value in changed:
            settings = settings.changed(key, value)
        save_settings(path, settings)
        assert load_settings(path) == (settings, ())


def test_no_file_is_no_problem(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "settings.toml") == (Settings(), ())


def test_only_what_differs_is_written_and_comments_stay(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text("# mine\n[view]\n# strong, please\nopacity = 0.9  # nice\nlegend = true\n\n[future]\nthing = 1\n")
    settings, problems = load_settings(path)
    assert settings.view.opacity == 0.9
    assert len(problems) == 1 and "future" in problems[0]
    save_settings(path, settings.changed("view.regions", False))
    text = path.read_text()
    kept = ("# mine", "# strong, please", "opacity = 0.9  # nice", "legend = true", "thing = 1")
    assert all(part in text for part in (*kept, "regions = false"))
    assert "colour_map" not in text
    save_settings(path, settings.changed("view.opacity", 0.7))
    assert "opacity" not in path.read_text()


@pytest.mark.parametrize(
    ("entry", "word"),
    [
        ("[view]\nopacity = 3", "view.opacity = 3"),
        ("[view]\nopacity = 'much'", "takes a number"),
        ("[view]\nopacity = nan", "takes 0 to 1"),
        ("[source]\nwidth = inf", "takes 160 to 8000"),
        ("[source]\nwidth = 640.5", "whole number"),
        ("[view]\nheat_map = 1", "true or false"),
        ("[view]\ncolour_map = 'rainbow'", "takes one of"),
        ("[detection]\nmodel = 1979-05-27", "takes a text"),
        ("[view]\nno_such = 1", "view.no_such"),
        ("[cameras.'/dev/video0']\nrotation = 45", "/dev/video0"),
        ("[cameras]\ndemo = 3", "demo"),
        ("[cameras.demo]\nmirror = 1", "true or false"),
        ("[cameras.demo]\ntilt = 1", "tilt"),
        ("[cameras.demo.controls]\ngain = inf", "numbers"),
        ("[cameras.demo.controls]\ngain = true", "numbers"),
        ("[shortcuts]\nsnapshot = 3", "snapshot"),
    ],
)
def test_a_bad_entry_is_told_ignored_and_left_where_it_is(entry: str, word: str, tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(f"{entry}\n[keeping]\njpeg_quality = 80\n")
    settings, problems = load_settings(path)
    assert settings == Settings().changed("keeping.jpeg_quality", 80)
    assert len(problems) == 1 and word in problems[0] and str(path) in problems[0]
    save_settings(path, settings.changed("keeping.clip_fps", 20))
    assert entry in path.read_text()
    again, problems = load_settings(path)
    assert again.keeping.clip_fps == 20
    assert len(problems) == 1


def test_a_bad_entry_gives_way_to_a_value_that_is_set(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text("[view]\nopacity = 3\n[cameras]\ndemo = 3\n")
    settings, _ = load_settings(path)
    settings = replace(settings.changed("view.opacity", 0.25), cameras={"demo": CameraSettings(90)})
    save_settings(path, settings)
    assert load_settings(path) == (settings, ())


@pytest.mark.parametrize("content", [b"[view\nopacity", b"\xff\xfe", b"view = 3\n", b"\0\0\0\0", b"cameras = []\n"])
def test_a_damaged_file_is_kept_aside(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    for number in (1, 2):
        path.write_bytes(content)
        settings, (problem,) = load_settings(path)
        aside = tmp_path / ("settings.toml.bad" if number == 1 else "settings.toml.bad-2")
        assert settings == Settings()
        assert "damaged" in problem and str(aside) in problem
        assert aside.read_bytes() == content
        assert not path.exists()
    save_settings(path, Settings().changed("view.opacity", 0.5))
    assert load_settings(path)[1] == ()


def test_a_file_that_was_damaged_meanwhile_is_kept_aside_too(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text("[[[")
    save_settings(path, Settings().changed("view.opacity", 0.5))
    assert load_settings(path)[0].view.opacity == 0.5
    assert (tmp_path / "settings.toml.bad").read_text() == "[[["


def test_a_file_that_may_not_be_read_is_told_and_not_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "settings.toml"
    path.write_text("[view]\nopacity = 0.25\n")

    def refuse(self: Path) -> bytes:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", refuse)
        settings, (problem,) = load_settings(path)
        assert settings == Settings() and "cannot be read: Permission denied" in problem
        with pytest.raises(StorageError, match="check the permissions"):
            save_settings(path, settings)
    assert path.read_text() == "[view]\nopacity = 0.25\n"


def test_a_folder_in_its_place_is_told(tmp_path: Path) -> None:
    settings, (problem,) = load_settings(tmp_path)
    assert settings == Settings() and "cannot be read" in problem
    with pytest.raises(StorageError):
        save_settings(tmp_path, settings)


def test_a_full_disk_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    save_settings(path, Settings().changed("view.opacity", 0.5))
    before = path.read_bytes()
    with FullDisk(10), pytest.raises(StorageError, match="free some space"):
        save_settings(path, Settings().changed("view.opacity", 0.25))
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_passwords_in_addresses_are_for_nobody_else(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text("[view]\nopacity = 0.25\n")
    path.chmod(0o644)
    save_settings(path, Settings().changed("source.name", "rtsp://anna:secret@host/a"))
    assert path.stat().st_mode & 0o777 == 0o600
    path.write_text("rtsp://anna:secret@host/a")
    path.chmod(0o644)
    load_settings(path)
    assert (tmp_path / "settings.toml.bad").stat().st_mode & 0o777 == 0o600


def test_what_only_the_command_line_asked_for_stays_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    kept = Settings().changed("source.name", "/dev/video0")
    begun = kept.changed("source.name", "demo")
    save = Saver(path, kept, begun)
    save(begun.changed("view.opacity", 0.5))
    assert load_settings(path)[0] == kept.changed("view.opacity", 0.5)


def test_a_choice_is_kept_also_when_the_command_line_asked_for_the_same(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    begun = Settings().changed("source.name", "demo")
    save = Saver(path, Settings(), begun)
    save(begun.changed("source.name", "/dev/video0"))
    save(begun)
    assert load_settings(path)[0].source.name == "demo"


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "dotfiles.toml", tmp_path / "settings.toml"
    real.write_text("")
    link.symlink_to(real)
    save_settings(link, Settings().changed("view.opacity", 0.5))
    assert link.is_symlink()
    assert "opacity = 0.5" in real.read_text()


def test_the_place_follows_the_desktops_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert settings_path() == tmp_path / "crackinspector" / "settings.toml"
    monkeypatch.setenv("XDG_CONFIG_HOME", "relative")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert settings_path() == tmp_path / "home" / ".config" / "crackinspector" / "settings.toml"
