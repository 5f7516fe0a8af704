"""What a library costs: opening and filtering a large one, importing beside analysing alone, being killed.

    python -m tests.benchmarks.library index [--snapshots N] [--folder DIR]
    python -m tests.benchmarks.library import [--pictures N] [--rounds N] [--model NAME|FILE]
    python -m tests.benchmarks.library kill [--rounds N]

`index` fills an index of so many snapshots, whose pictures are nowhere, and measures in fresh processes. `import` runs
both commands in turns, each whole and from its start, on the same pictures; the figure is the median of the rounds'
ratios. `kill` ends an import by SIGKILL at a random moment, opens the library, and looks for everything that was told
as kept; every tenth time the whole library is checked. Every fifth time the bin is emptied as well, and that is killed:
what is not deleted by then must be whole.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import resource
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from crackinspector.core.labels import Label
from crackinspector.library import index
from crackinspector.library.agreement import agreement
from crackinspector.library.checking import check
from crackinspector.library.counting import counts
from crackinspector.library.emptying import in_bin
from crackinspector.library.events import Draft, Event, Kind, Verdict, moment_after, verdict
from crackinspector.library.layout import map_path, picture_path, record_path
from crackinspector.library.queries import Query, Sort, ids, rows
from crackinspector.library.sidecar import Sidecar, read_sidecar
from crackinspector.library.state import maps_of
from crackinspector.library.store import Library
from crackinspector.library.verdicts import put_into_bin
from tests.benchmarks.analyze import crops
from tests.library.makers import detection, drafts, facts

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}
VERDICTS = (Verdict.CONFIRMED, Verdict.REJECTED, Verdict.UNSURE)
FILTERS: dict[str, Query] = {
    "all": Query(),
    "by score": Query(sort=Sort.SCORE),
    "by name": Query(sort=Sort.NAME),
    "positive": Query(labels=("positive",)),
    "unreviewed": Query(verdicts=("unreviewed",)),
    "positive, unreviewed, by score": Query(labels=("positive",), verdicts=("unreviewed",), sort=Sort.SCORE),
    "a week": Query(since="2026-11-07", until="2026-11-13"),
    "a structure": Query(structure="bridge 3"),
    "a source": Query(sources=("camera 1",)),
    "a tag": Query(tags=("wet",)),
    "a word": Query(text="pier"),
    "a rare word": Query(text="wall4711"),
    "said by a model": Query(model=("another", "ab" * 32), labels=("negative",)),
    "false alarms of a model": Query(model=("stand-in", "cd" * 32), labels=("positive",), truths=("negative",)),
    "everything at once": Query(labels=("positive",), score_from=0.5, structure="bridge 4", tags=("wet",), text="wall"),
}


def fill_index(folder: Path, count: int) -> None:
    """An index of so many snapshots with places, tags and verdicts; two models and two people looked at some."""
    with Library(folder, create=True) as library:
        library.connection.execute("BEGIN")
        for number in range(count):
            made = drafts(number)
            where = {"structure": f"bridge {number % 50}", "element": f"pier {number % 7}", "inspection": "2026"}
            made.append(Draft(Kind.PLACE, "ann", where))
            if number % 4 == 0:
                other = {**detection(0.2, "negative"), "model": {"name": "another", "sha256": "ab" * 32}}
                made.append(Draft(Kind.DETECTION, "ann", other))
            if number % 3 == 0:
                label = Label.POSITIVE if number % 4 == 2 else Label.NEGATIVE
                made.append(verdict("ann", VERDICTS[number % 9 // 3], of=label))
                made += [verdict("bob", Verdict.CONFIRMED, of=label)] if number % 5 == 0 else []
            if number % 5 == 0:
                made.append(Draft(Kind.TAG, "ann", {"tag": "wet"}))
            events: list[Event] = []
            for draft in made:
                events.append(Event.of(draft, moment_after(events[-1].at if events else None)))
            index.write(library.connection, Sidecar(facts(number), tuple(events)))
        index.note_change(library.connection)
        library.connection.execute("COMMIT")


def measure_index(folder: Path) -> dict[str, float]:
    """Milliseconds to open, to the first screen, and of each filter (the median of 9); megabytes at the end."""
    begin = time.perf_counter()
    with Library(folder, write=False) as library:
        opened = time.perf_counter()
        first = ids(library, Query(), most=40)
        rows(library, first)
        shown = time.perf_counter()
        figures = {"open": 1e3 * (opened - begin), "first 40 rows": 1e3 * (shown - begin)}
        kept: list[list[int]] = []
        for name, query in FILTERS.items():
            figures[f"filter: {name} ({len(ids(library, query))})"] = median_ms(lambda q=query: ids(library, q))  # type: ignore[misc]
            kept.append(ids(library, query))
        every = kept[0]
        figures["counts"] = median_ms(lambda: counts(library))
        figures["agreement"] = median_ms(lambda: agreement(library))
        figures["a window of 200 rows"] = median_ms(lambda: rows(library, every[50_000:50_200]))
    figures["peak memory, MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return figures


def median_ms(work: Callable[[], object]) -> float:
    """Milliseconds, the median of nine."""
    times = []
    for _ in range(9):
        begin = time.perf_counter()
        work()
        times.append(1e3 * (time.perf_counter() - begin))
    return statistics.median(times)


def bench_index(folder: Path, count: int) -> None:
    """Fill the index where it is not there yet; print the figures of a fresh process."""
    if not (folder / "library.sqlite").exists():
        begin = time.perf_counter()
        fill_index(folder, count)
        print(f"{count} snapshots in {time.perf_counter() - begin:.1f} s")
    command = [sys.executable, "-m", "tests.benchmarks.library", "figures", "--folder", str(folder)]
    done = subprocess.run(command, env=ENVIRONMENT, cwd=ROOT, capture_output=True, text=True, check=True)
    for name, value in json.loads(done.stdout).items():
        print(f"{value:>9.1f}  {name}")


def rate(command: list[str], pictures: int) -> float:
    """Pictures a second between the first line and the last."""
    first = last = 0.0
    lines = 0
    with subprocess.Popen(command, env=ENVIRONMENT, cwd=ROOT, stdout=subprocess.PIPE) as program:
        assert program.stdout is not None
        for _ in program.stdout:
            last = time.perf_counter()
            first = first or last
            lines += 1
    assert (program.returncode, lines) == (0, pictures), (program.returncode, lines)
    return (pictures - 1) / (last - first)


def bench_import(pictures: int, rounds: int, model: str) -> None:
    """`library import` over `analyze`, from the first line to the last."""
    with tempfile.TemporaryDirectory(dir=ROOT.parent) as temporary:
        folder = Path(temporary) / "pictures"
        folder.mkdir()
        crops(folder, pictures)
        base = [sys.executable, "-m", "crackinspector"]
        ratios = []
        for number in range(rounds):
            to = ["--library", f"{temporary}/library-{number}"]
            sides = {
                "import": [*base, "library", "import", str(folder), *to, "--json", "-", "--model", model],
                "analyze": [*base, "analyze", str(folder), "--json", "-", "--model", model],
            }
            order = [*sides] if number % 2 else [*sides][::-1]
            rates = {side: rate(sides[side], pictures) for side in order}
            ratios.append(rates["import"] / rates["analyze"])
            print(
                f"analyze {rates['analyze']:.1f}, import {rates['import']:.1f} a second: {ratios[-1]:.3f}", flush=True
            )
        print(f"median ratio {statistics.median(ratios):.3f}; goal >= 0.95")


def killed_import(pictures: Path, library: Path, after: float) -> list[str]:
    """Names of the snapshots that an import told as kept, before it was killed some seconds after it added one."""
    command = [sys.executable, "-m", "crackinspector", "library", "import", str(pictures), "--library", str(library)]
    command += ["--no-analyse", "--json", "-", "--quiet"]
    with subprocess.Popen(command, env=ENVIRONMENT, cwd=ROOT, stdout=subprocess.PIPE) as program:
        assert program.stdout is not None
        lines: list[bytes] = []
        for line in program.stdout:
            lines.append(line)
            if b'"added"' in line:
                break
        time.sleep(after)
        program.send_signal(signal.SIGKILL)
        lines += program.stdout
    told = [json.loads(line) for line in lines if line.endswith(b"\n")]
    return [line["id"] for line in told if line["status"] != "deleted"]


def killed_emptying(folder: Path, names: list[str], after: float) -> set[str]:
    """Put snapshots into the bin and empty it in a program that is killed after a while; those deleted.

    What an earlier one was killed before is in the bin still, and goes with them.
    """
    with Library(folder) as library:
        put_into_bin(library, names, "benchmark")
        away = {each.id for each in in_bin(library)}
    command = [sys.executable, "-m", "crackinspector", "library", "bin", "empty", "--library", str(folder), "--yes"]
    with subprocess.Popen(command, env=ENVIRONMENT, cwd=ROOT, stdout=subprocess.DEVNULL) as program:
        time.sleep(after)
        program.send_signal(signal.SIGKILL)
    with Library(folder) as library:
        return {name for name in away if library.tombstone(name) is not None}


def lost(library: Library, told: set[str]) -> list[str]:
    """Those of the snapshots of which the library has not everything, on the disk and in the index."""
    missing = []
    for identifier in told:
        try:
            kept = read_sidecar(record_path(library.folder, identifier))
            digests = {picture_path(library.folder, identifier, kept.facts.suffix): identifier}
            digests |= {map_path(library.folder, digest): digest for digest in maps_of(kept.events)}
            whole = all(hashlib.sha256(path.read_bytes()).hexdigest() == digest for path, digest in digests.items())
            if not whole or library.sidecar(identifier) != kept:
                missing.append(identifier)
        except Exception:
            missing.append(identifier)
    return missing


def bench_kill(rounds: int, seed: int) -> None:
    """Kill an import again and again; a new library as soon as all pictures are in one."""
    chance = random.Random(seed)
    done = total = removed = 0
    with tempfile.TemporaryDirectory(dir=ROOT.parent) as temporary:
        pictures = Path(temporary) / "pictures"
        pictures.mkdir()
        crops(pictures, 600)
        folder, told, deleted, number = Path(temporary) / "library-0", set[str](), set[str](), 0
        while done < rounds:
            new = killed_import(pictures, folder, chance.uniform(0, 0.25))
            told |= set(new)
            total += len(new)
            if done % 5 == 4:
                chosen = chance.sample(sorted(told), min(60, len(told)))
                gone = killed_emptying(folder, chosen, chance.uniform(0.15, 0.9))
                removed, told, deleted = removed + len(gone), told - gone, deleted | gone
            with Library(folder) as library:
                missing = lost(library, told)
            problems = [problem.sentence for problem in check(folder)] if done % 10 == 4 else []
            assert not missing and not problems, (done, missing, problems)
            done += 1
            if len(told | deleted) == 600:
                number += 1
                folder, told, deleted = Path(temporary) / f"library-{number}", set(), set()
    print(f"killed {done} times, {total} pictures acknowledged and {removed} deleted, none lost")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("index", "import", "kill", "figures"))
    parser.add_argument("--snapshots", type=int, default=100_000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--pictures", type=int, default=300)
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--model", default="classifier")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    if options.what == "figures":
        print(json.dumps(measure_index(options.folder)))
    elif options.what == "index":
        with tempfile.TemporaryDirectory(dir=ROOT.parent) as temporary:
            bench_index(options.folder or Path(temporary) / "library", options.snapshots)
    elif options.what == "import":
        bench_import(options.pictures, options.rounds or 5, options.model)
    else:
        bench_kill(options.rounds or 500, options.seed)


if __name__ == "__main__":
    main()
