from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator

import pytest

from crackinspector.core.errors import CrackInspectorError, ModelError
from crackinspector.survey.batch import Batch
from tests.survey.tasks import DIE, HANG, RAISE, die_early, handle, prepare, refuse


@pytest.fixture(autouse=True)
def no_worker_survives() -> Iterator[None]:
    yield
    assert multiprocessing.active_children() == []


def lost(task: int, how: str) -> str:
    return f"{task} {how}"


def run(tasks: list[int], workers: int) -> list[int | str]:
    return list(Batch[int, int | str](tasks, prepare, workers, lost).results())


@pytest.mark.parametrize("workers", [1, 2, 5])
def test_results_come_in_the_order_of_the_tasks(workers: int) -> None:
    tasks = list(range(60))
    assert run(tasks, workers) == [handle(task) for task in tasks]


def test_no_tasks_need_no_workers() -> None:
    assert run([], 4) == []


def test_only_the_task_of_a_dead_worker_is_lost() -> None:
    tasks = [3, DIE, 4, 5, DIE, 6, 7, 8, 9, 10, 11]
    expected = [lost(t, "ended by SIGKILL (the machine may be out of memory)") if t == DIE else t * t for t in tasks]
    assert run(tasks, 2) == expected


def test_every_task_may_kill_its_worker() -> None:
    results = run([DIE] * 5, 2)
    assert len(results) == 5
    assert all("SIGKILL" in str(result) for result in results)


def test_discard_hears_of_the_tasks_that_were_cut_off() -> None:
    heard: list[tuple[int, int]] = []
    batch = Batch[int, int | str]([1, DIE], prepare, 2, lost, discard=lambda task, pid: heard.append((task, pid)))
    list(batch.results())
    ((task, pid),) = heard
    assert task == DIE
    assert pid not in (0, os.getpid())


def test_done_is_called_once_for_each_task() -> None:
    count = 0

    def done() -> None:
        nonlocal count
        count += 1

    list(Batch[int, int | str]([1, 2, DIE, 3], prepare, 2, lost, done=done).results())
    assert count == 4


def test_an_error_while_preparing_ends_the_batch() -> None:
    with pytest.raises(ModelError, match="teapot") as caught:
        list(Batch[int, int | str]([1, 2, 3], refuse, 2, lost).results())
    assert "in refuse" in caught.value.__notes__[0]


def test_an_error_of_a_task_ends_the_batch_with_its_traceback() -> None:
    with pytest.raises(CrackInspectorError, match="RuntimeError: three is too many") as caught:
        run([1, RAISE, 2], 2)
    assert "in handle" in caught.value.__notes__[0]


def test_workers_that_never_start_end_the_batch() -> None:
    with pytest.raises(CrackInspectorError, match="exit code 3 before they took a picture"):
        list(Batch[int, int | str]([1, 2, 3], die_early, 2, lost).results())


def test_closing_stops_workers_that_hang() -> None:
    discarded: list[int] = []
    tasks = [1, HANG, 2, HANG]
    batch = Batch[int, int | str](tasks, prepare, 2, lost, discard=lambda task, pid: discarded.append(task))
    results = batch.results()
    assert next(results) == 1
    results.close()
    assert HANG in discarded
