from __future__ import annotations

import gc
import os

import pytest

from crackinspector.gui.review.budget import Budget, affordable_bytes, shared_budget


class Holder:
    def __init__(self, held: int) -> None:
        self.held = held


def test_what_others_hold_is_not_there_for_one() -> None:
    budget = Budget(100)
    first, second, third = Holder(30), Holder(50), Holder(10)
    for holder in (first, second, third):
        budget.join(holder)
    assert [budget.room(holder) for holder in (first, second, third)] == [40, 60, 20]
    budget.leave(third)
    assert budget.room(first) == 50
    del second, holder
    gc.collect()
    assert budget.room(first) == 100


@pytest.mark.parametrize(("gigabytes", "megabytes"), [(2, 150), (3.9, 150), (8, 400)])
def test_small_machines_keep_less(monkeypatch: pytest.MonkeyPatch, gigabytes: float, megabytes: int) -> None:
    pages = {"SC_PHYS_PAGES": round(gigabytes * 1e9) // 4096, "SC_PAGE_SIZE": 4096}
    monkeypatch.setattr(os, "sysconf", pages.__getitem__)
    assert affordable_bytes() == megabytes * 1_000_000


def test_a_machine_that_does_not_say_is_a_small_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(name: str) -> int:
        raise ValueError(name)

    monkeypatch.setattr(os, "sysconf", unknown)
    assert affordable_bytes() == 150_000_000


def test_all_pages_share_one() -> None:
    assert shared_budget() is shared_budget()
