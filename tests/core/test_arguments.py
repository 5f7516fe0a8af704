from __future__ import annotations

import argparse
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crackinspector.core.arguments import number, whole_number


def said(kind: Callable[[str], float], text: str, capsys: pytest.CaptureFixture[str]) -> str:
    parser = argparse.ArgumentParser(prog="p")
    parser.add_argument("--n", type=kind)
    with pytest.raises(SystemExit) as end:
        parser.parse_args([f"--n={text}"])
    assert end.value.code == 2
    return capsys.readouterr().err.splitlines()[-1]


@pytest.mark.parametrize("text", ["x", "", "1.5", "0", "-1", "9" * 5000])
def test_what_is_no_whole_number_is_told_what_is_taken(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    line = f"p: error: argument --n: takes a whole number from 1 on, got {text!r}"
    assert said(whole_number(1), text, capsys) == line


@pytest.mark.parametrize("text", ["x", "nan", "inf", "-inf", "-0.1", "1.01"])
def test_what_is_no_share_is_told_what_is_taken(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(number(0, 1), text, capsys).endswith(f"argument --n: takes a number from 0 to 1, got {text!r}")


@pytest.mark.parametrize("text", ["0", "-1", "inf", "nan"])
def test_a_bound_may_be_left_out(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(number(0, itself=False), text, capsys).endswith(f"takes a number above 0, got {text!r}")


@given(st.integers(-(10**9), 10**9), st.floats(0, 1))
def test_what_fits_is_read(whole: int, share: float) -> None:
    assert whole_number(whole)(str(whole)) == whole
    assert number(0, 1)(repr(share)) == share
