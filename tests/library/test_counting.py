from __future__ import annotations

from pathlib import Path

from crackinspector.library import verdicts
from crackinspector.library.counting import NOT_LOOKED_AT, counts, info
from crackinspector.library.events import Draft, Kind, Verdict
from crackinspector.library.store import Change, Library
from tests.library import makers


def test_what_a_library_holds(tmp_path: Path) -> None:
    with Library(tmp_path / "lib", create=True) as library:
        names = [each.sidecar.facts.sha256 for each in makers.fill(library, range(8))]
        verdicts.decide(library, names[:1], Verdict.CONFIRMED, "ann")
        verdicts.decide(library, names[1:2], Verdict.REJECTED, "bob")
        verdicts.undo(library, names[1], "bob")
        verdicts.place(library, names[:2], "Bridge 7", "pier", "2026", "ann")
        verdicts.put_into_bin(library, names[3:4], "ann")
        unseen = Draft(Kind.IMPORT, "ann", {"name": "unseen.jpg", "source": "", "taken": None})
        library.commit([Change(makers.facts(1).sha256, lambda known: [unseen], facts=makers.facts(1))])
        held = counts(library)
        assert (held.snapshots, held.findings, held.verdicts, held.binned, held.structures) == (8, 4, 3, 1, 1)
        assert held.labels == {"negative": 3, NOT_LOOKED_AT: 1, "positive": 4}
        assert held.decided == {"confirmed": 1, "unreviewed": 7}
        everything = info(library)
        assert everything.counts == held
        assert everything.bytes > 8 * len(makers.jpeg(0))
        assert everything.values()["snapshots"] == 8


def test_an_empty_library_holds_nothing(tmp_path: Path) -> None:
    with Library(tmp_path / "lib", create=True) as library:
        held = counts(library)
        assert (held.snapshots, held.findings, held.verdicts, held.binned, held.deleted) == (0, 0, 0, 0, 0)
        assert held.labels == held.decided == {}
