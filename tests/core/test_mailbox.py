from __future__ import annotations

import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crackinspector.core.mailbox import Mailbox

PATIENCE = 20.0
"""Nothing here takes long; a test that waits so long hangs."""


@given(st.lists(st.sampled_from(["put", "take", "wait", "full"])))
def test_it_is_one_slot_that_counts_what_nobody_took(steps: list[str]) -> None:
    box: Mailbox[int] = Mailbox()
    slot, overwritten = None, 0
    for number, step in enumerate(steps):
        if step == "put":
            assert box.put(number) is (slot is None)
            overwritten += slot is not None
            slot = number
        elif step == "full":
            assert box.is_full is (slot is not None)
        else:
            assert (box.take() if step == "take" else box.wait(0)) == slot
            slot = None
        assert box.overwritten == overwritten


@settings(max_examples=25)
@given(producers=st.integers(1, 4), items=st.integers(1, 400), consumers=st.integers(1, 3), blocking=st.booleans())
def test_under_load_nothing_comes_twice_or_out_of_order_and_all_are_accounted_for(
    producers: int, items: int, consumers: int, blocking: bool
) -> None:
    box: Mailbox[tuple[int, int]] = Mailbox()
    told = [0] * producers
    taken: list[list[tuple[int, int]]] = [[] for _ in range(consumers)]
    done = threading.Event()

    def produce(producer: int) -> None:
        for number in range(items):
            told[producer] += box.put((producer, number))

    def consume(consumer: int) -> None:
        while not done.is_set():
            item = box.wait(PATIENCE) if blocking else box.take()
            if item is not None:
                taken[consumer].append(item)

    readers = [threading.Thread(target=consume, args=(number,)) for number in range(consumers)]
    writers = [threading.Thread(target=produce, args=(number,)) for number in range(producers)]
    for thread in (*readers, *writers):
        thread.start()
    for thread in writers:
        thread.join(PATIENCE)
    done.set()
    box.close()
    for thread in readers:
        thread.join(PATIENCE)
    assert not any(thread.is_alive() for thread in (*readers, *writers))
    rest = box.take()
    everything = [item for items_of_one in taken for item in items_of_one] + ([] if rest is None else [rest])
    assert len(set(everything)) == len(everything)
    assert len(everything) + box.overwritten == producers * items
    # whoever was told "it was empty" has to be answered by exactly one taking
    assert sum(told) == len(everything)
    for seen in taken:
        for producer in range(producers):
            numbers = [number for by, number in seen if by == producer]
            assert numbers == sorted(numbers)


@settings(max_examples=25)
@given(items=st.integers(1, 500))
def test_a_reader_that_comes_only_when_told_always_gets_the_last_item(items: int) -> None:
    """The rule by which the window's signals work: tell when `put` says True, take once for each."""
    box: Mailbox[int] = Mailbox()
    told = threading.Semaphore(0)
    seen: list[int | None] = []

    def read() -> None:
        while told.acquire(timeout=PATIENCE) and (not seen or seen[-1] != items - 1):
            seen.append(box.take())
            if seen[-1] == items - 1:
                return

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(items):
        if box.put(number):
            told.release()
    reader.join(PATIENCE)
    assert not reader.is_alive()
    assert None not in seen
    assert seen[-1] == items - 1


def test_an_empty_box_keeps_nobody_waiting_beyond_the_time() -> None:
    assert Mailbox[int]().wait(0.01) is None


@pytest.mark.parametrize("call", [Mailbox.close, Mailbox.wake])
def test_whoever_waits_is_woken(call: object) -> None:
    box: Mailbox[int] = Mailbox()
    found: list[int | None] = []
    reader = threading.Thread(target=lambda: found.append(box.wait(PATIENCE * 10)))
    reader.start()
    assert callable(call)
    call(box)
    reader.join(PATIENCE)
    assert found == [None]


def test_waking_holds_once_and_closing_for_good() -> None:
    box: Mailbox[int] = Mailbox()
    box.wake()
    assert box.wait(PATIENCE * 10) is None
    threading.Timer(0.01, box.put, [3]).start()
    assert box.wait(PATIENCE) == 3
    box.close()
    assert box.wait(PATIENCE * 10) is None
    assert box.wait(PATIENCE * 10) is None


def test_an_item_is_there_even_for_one_who_was_woken() -> None:
    box: Mailbox[int] = Mailbox()
    box.put(1)
    box.wake()
    assert box.wait(PATIENCE) == 1


def test_when_telling_fails_the_next_item_is_told_again() -> None:
    box: Mailbox[int] = Mailbox()

    def fail() -> None:
        raise ValueError

    with pytest.raises(ValueError):
        box.put_and_tell(1, fail)
    told: list[None] = []
    assert box.put_and_tell(2, lambda: told.append(None))
    assert not box.put_and_tell(3, fail)
    assert (box.take(), len(told), box.overwritten) == (3, 1, 1)


def test_a_reader_that_waits_at_an_empty_box_is_done_with_all_before() -> None:
    box: Mailbox[int] = Mailbox()

    def is_awaited() -> bool:
        return box.is_awaited

    assert not is_awaited()
    taken = threading.Event()
    go_on = threading.Event()

    def read() -> None:
        box.wait(10)
        taken.set()
        go_on.wait(10)
        box.wait(10)

    reader = threading.Thread(target=read)
    reader.start()
    pause = threading.Event()
    while not is_awaited():
        pause.wait(0.001)
    box.put(1)
    assert not is_awaited()
    assert taken.wait(10)
    assert not is_awaited()
    go_on.set()
    while not is_awaited():
        pause.wait(0.001)
    box.close()
    reader.join(10)
    assert not is_awaited()
