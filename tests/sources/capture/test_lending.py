from __future__ import annotations

import mmap
import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from crackinspector.sources.capture.lending import SLOTS, Lender
from crackinspector.sources.capture.wire import Channel, info_from_json, info_to_json
from crackinspector.sources.source import Control, SourceInfo


class Reader:
    """The parent's side, step by step."""

    def __init__(self, memory: int, channel: Channel) -> None:
        self.memory = memory
        self.channel = channel

    def hear(self) -> dict[str, Any] | None:
        return self.channel.receive(0)

    def image(self, message: dict[str, Any]) -> NDArray[np.uint8]:
        with mmap.mmap(self.memory, 0, prot=mmap.PROT_READ) as shared:
            shape = (message["height"], message["width"], 3)
            flat = np.frombuffer(shared[message["offset"] : message["offset"] + int(np.prod(shape))], np.uint8)
            return flat.reshape(shape)


@contextmanager
def pair() -> Iterator[tuple[Lender, Reader]]:
    memory = os.memfd_create("test")
    ends = [Channel(end) for end in socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)]
    try:
        yield Lender(memory, ends[0]), Reader(memory, ends[1])
    finally:
        for end in ends:
            end.close()
        os.close(memory)


def numbered(number: int, width: int = 5, height: int = 4) -> NDArray[np.uint8]:
    return np.full((height, width, 3), number, np.uint8)


@given(st.lists(st.sampled_from(["put", "put larger", "next", "hear"]), max_size=60))
def test_whoever_asks_gets_the_newest_and_keeps_it_until_he_asks_again(steps: list[str]) -> None:
    with pair() as (lender, reader):
        number, size = 0, 4
        newest: int | None = None
        asked, held = False, None
        expected: list[int] = []
        for step in steps:
            if step.startswith("put"):
                number += 1
                size += step == "put larger"
                lender.put(numbered(number, size), float(number), str(number))
                if asked:
                    expected.append(number)
                    asked, newest = False, None
                else:
                    newest = number
            elif step == "next" and not asked and not expected:
                # it asks only when it has what it asked for before
                lender.next()
                held = None
                if newest is None:
                    asked = True
                else:
                    expected.append(newest)
                    newest = None
            elif step == "hear":
                message = reader.hear()
                assert (message is not None) == bool(expected)
                if message is not None:
                    held = message
                    assert message["position"] == str(expected.pop())
            if held is not None:
                image = reader.image(held)
                assert (image == int(held["position"])).all()
                assert held["captured_at"] == int(held["position"])


def test_memory_is_taken_once_for_pictures_of_one_size() -> None:
    with pair() as (lender, reader):
        for number in range(50):
            lender.put(numbered(number, 640, 480), 0, "")
        assert os.fstat(reader.memory).st_size == SLOTS * 640 * 480 * 3


def test_pictures_of_any_strides_arrive_as_they_look() -> None:
    picture: NDArray[np.uint8] = np.arange(6 * 7 * 3, dtype=np.uint8).reshape(6, 7, 3)
    with pair() as (lender, reader):
        for view in (picture[:, ::-1], picture[1:5, 2:6], picture.transpose(1, 0, 2)):
            lender.next()
            lender.put(view, 0, "")
            message = reader.hear()
            assert message is not None
            np.testing.assert_array_equal(reader.image(message), view)


def test_the_last_picture_is_waited_for_and_not_for_ever() -> None:
    with pair() as (lender, reader):
        lender.put(numbered(1), 0, "")
        lender.wait_until_taken(0)
        assert reader.hear() is None
        taker = threading.Timer(0.02, lender.next)
        taker.start()
        lender.wait_until_taken(30)
        assert reader.hear() is not None
        taker.join()


def test_what_was_said_before_the_end_is_heard_before_it() -> None:
    with pair() as (lender, reader):
        # a message that the other end never read, which the kernel reports ahead of everything
        reader.channel.send("next")
        lender.next()
        lender.put(numbered(1), 0, "last words")
        lender._channel.close()
        message = reader.hear()
        assert message is not None and message["position"] == "last words"
        with pytest.raises(EOFError):
            reader.hear()
        with pytest.raises(OSError, match="pipe"):
            reader.channel.send("next")


def test_descriptions_travel_whole() -> None:
    info = SourceInfo("key", "Käm\udcff", 3, 4, 29.97, True, (Control("gain", 0, 1, 0.5, None, "x", False),))
    assert info_from_json(info_to_json(info)) == info
