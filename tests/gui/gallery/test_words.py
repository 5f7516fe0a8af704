from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from crackinspector.gui.gallery.words import foot_words, short_name
from tests.gui.gallery.pictures import row

Elide = Qt.TextElideMode
TAKEN = "2026-11-21T20:12:34.063+09:00"


@pytest.mark.parametrize("folder", ["", "2026-11-21/", "device/2026-11-21/"])
def test_a_live_snapshot_is_told_by_its_time(folder: str) -> None:
    one = row(Path("wall.jpg"), name=f"{folder}201234-063_positive.jpg", taken=TAKEN)
    assert short_name(one) == "201234-063_positive.jpg"
    assert foot_words(one) == ("20:12:34  2026-11-21", Elide.ElideRight)


@pytest.mark.parametrize("name", ["pier 3/DSC0042.jpg", "2026-11-21/DSC0042.jpg", "201234-063.jpg"])
def test_any_other_picture_is_told_by_its_name(name: str) -> None:
    one = row(Path("wall.jpg"), name=name, taken=TAKEN)
    assert (short_name(one), foot_words(one)) == (name, (name, Elide.ElideMiddle))
