from __future__ import annotations

import numpy as np
import pytest

from crackinspector.core.errors import SourceError
from crackinspector.sources.memory import MemorySource
from crackinspector.sources.source import EndOfSource
from tests.sources.clocks import FakeClock

IMAGES = [np.full((4, 6, 3), value, np.uint8) for value in range(3)]


def shades(source: MemorySource, count: int) -> list[int]:
    return [int(picture.image[0, 0, 0]) for _ in range(count) if (picture := source.read(1)) is not None]


def test_it_gives_its_arrays_in_turn_without_copying() -> None:
    source = MemorySource(IMAGES, 0)
    info = source.open()
    assert (info.width, info.height, info.fps, info.live) == (6, 4, 0, False)
    first = source.read(0)
    assert first is not None
    assert first.image is IMAGES[0]
    assert shades(source, 5) == [1, 2, 0, 1, 2]


def test_a_late_reader_gets_the_newest() -> None:
    clock = FakeClock()
    source = MemorySource(IMAGES, 10, clock=clock)
    source.open()
    assert shades(source, 2) == [0, 1]
    clock.time += 1.0
    # ten more are due by now: numbers 2 to 11, of which the last is the third array
    assert shades(source, 1) == [2]


def test_it_ends_unless_it_repeats() -> None:
    source = MemorySource(IMAGES, 0, repeat=False)
    source.open()
    assert shades(source, 3) == [0, 1, 2]
    with pytest.raises(EndOfSource):
        source.read(1)
    source.close()
    source.open()
    assert shades(source, 1) == [0]


def test_none_at_all_is_refused() -> None:
    with pytest.raises(SourceError, match="holds no pictures"):
        MemorySource([]).open()
