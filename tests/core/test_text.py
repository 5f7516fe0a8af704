from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crackinspector.core.text import printable, without_password


@given(st.binary().map(os.fsdecode) | st.text())
def test_anything_becomes_one_line_that_can_be_encoded(text: str) -> None:
    shown = printable(text)
    assert shown.isprintable()
    shown.encode("utf-8")
    assert printable(shown) == shown


@pytest.mark.parametrize("text", ["Fuß größe 東京 🧱.jpg", "a b\\c.jpg", ""])
def test_what_can_be_printed_stays(text: str) -> None:
    assert printable(text) == text


def test_terminal_sequences_in_names_are_shown_not_obeyed() -> None:
    assert printable("a\x1b[2Jb\nc") == "a\\x1b[2Jb\\nc"


def test_a_path_may_hold_bytes_that_are_not_utf8() -> None:
    assert printable(Path(os.fsdecode(b"f\xfcr.jpg"))) == r"f\udcfcr.jpg"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("rtsp://anna:secret@camera.local:554/a", "rtsp://camera.local:554/a"),
        ("Stream https://token@host/a and http://u:p@b", "Stream https://host/a and http://b"),
        ("http://host/a@b", "http://host/a@b"),
        ("http://anna:p@ss@host/a", "http://host/a"),
        ("rtsp://anna:p@ss:word@host/a@b", "rtsp://host/a@b"),
        ("rtsp://anna:p/w@host", "rtsp://host"),
        ("rtsp://anna:p/w@host:554/a", "rtsp://host:554/a"),
        ("rtsp://anna:p#1@host/a", "rtsp://host/a"),
        ("rtsp://anna:p?1@host/a", "rtsp://host/a"),
        ("rtsp://anna:p w@host/a", "rtsp://host/a"),
        ("rtsp://[fe80::1]:554/a@b", "rtsp://[fe80::1]:554/a@b"),
        ("http://host:8080/a@b", "http://host:8080/a@b"),
        ("http://host", "http://host"),
        ("http://host/?user=anna&password=p&size=2", "http://host/?user=***&password=***&size=2"),
        ("http://host/?size=2&PWD=p#1 is gone", "http://host/?size=2&PWD=*** is gone"),
        ("rtsp://host/user=anna_password=p_channel=1.sdp", "rtsp://host/user=***"),
        ("https://host/a?access_token=abc", "https://host/a?access_token=***"),
        ("http://host/a?monkey=2&design=3", "http://host/a?monkey=2&design=3"),
        ("the password=p of a file", "the password=p of a file"),
        ("/dev/video2", "/dev/video2"),
    ],
)
def test_passwords_are_left_out_of_addresses(text: str, shown: str) -> None:
    assert without_password(text) == shown
