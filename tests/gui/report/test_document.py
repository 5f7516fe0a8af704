from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QImage, QPainter

from crackinspector.core.errors import PictureError
from crackinspector.gui.report import setting
from crackinspector.gui.report.chapters import trail
from crackinspector.gui.report.composing import known_cards, read_logo
from crackinspector.gui.report.document import Document
from crackinspector.gui.report.wording import Wording
from crackinspector.inference.card import load_card
from crackinspector.inference.shipped import resolve_model
from crackinspector.library import verdicts
from crackinspector.library.emptying import delete
from crackinspector.library.events import Verdict
from crackinspector.library.report_facts import gather
from crackinspector.library.store import Library
from tests.gui.report.conftest import Compose, add

Said = Callable[[Document], list[str]]


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> Iterator[Said]:
    """The words of each page."""
    words: list[str] = []
    draw = setting.draw

    def heard(painter: QPainter, text: str, *rest: object) -> float:
        words.append(text)
        return draw(painter, text, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(setting, "draw", heard)

    def pages(document: Document) -> list[str]:
        found = []
        for number in range(1, document.count + 1):
            words.clear()
            image = QImage(60, 85, QImage.Format.Format_RGB32)
            with QPainter(image) as painter:
                painter.scale(0.005, 0.005)
                document.paint(painter, number, document.pictures(20))
            found.append("\n".join(words))
        return found

    yield pages


def chapter(document: Document, pages: list[str], key: str, after: str | None = None) -> str:
    """The words from the page of a mark to that of the next chapter."""
    tops = [mark.key for mark in document.marks if mark.level == 0]
    end = len(pages) if key == tops[-1] else document.page_of(tops[tops.index(key) + 1]) - 1
    return "\n".join(pages[document.page_of(key) - 1 : end])


def test_the_cover_says_what_it_is_of(compose: Compose, said: Said) -> None:
    document = compose(inspector="Ann Kim", title="Annual inspection")
    cover = said(document)[0]
    for words in ("Annual inspection", "Bridge 3", "2026", "2026-11-21", "Ann Kim", "2026-11-02 – 2026-11-06"):
        assert words in cover
    assert document.brief.facts.fingerprint in cover


def test_the_contents_name_chapters_and_elements_with_their_pages(compose: Compose, said: Said) -> None:
    document = compose()
    contents = said(document)[1].splitlines()
    assert contents[0] == "Contents"
    for mark in document.marks[2:]:
        assert contents[contents.index(mark.title) + 1] == str(document.page_of(mark.key))
    assert [mark.title for mark in document.marks if mark.level == 1] == ["Element 1  Pier 2", "Element 2  Pier 10"]


def test_the_summary_counts_by_element(compose: Compose, said: Said) -> None:
    document = compose()
    summary = chapter(document, said(document), "summary").splitlines()
    at = summary.index("1  Pier 2")
    # snapshots, confirmed, rejected, unsure, unreviewed, with crack, findings, longest
    assert summary[at + 1 : at + 9] == ["2", "1", "0", "1", "0", "1", "2", "400 px"]
    at = summary.index("2  Pier 10")
    assert summary[at + 1 : at + 9] == ["3", "1", "0", "0", "2", "0", "1", "200 px"]
    at = summary.index("All elements")
    assert summary[at + 1 : at + 9] == ["5", "2", "0", "1", "2", "1", "3", "400 px"]
    assert "박지훈" in summary


def test_an_element_shows_findings_verdicts_and_why(compose: Compose, said: Said) -> None:
    document = compose()
    words = chapter(document, said(document), "elements")
    for told in (
        "Snapshot 1-1   wall1.jpg",
        "400 × 60",
        "10, 20",
        "Crack, 90\u202f% (stand-in)",
        "Look again in spring.",
        "The picture cannot be read; see what was not inspected.",
    ):
        assert told in words
    assert any(
        line.startswith("Confirmed (Crack), Ann Kim, 2") and "wet at its foot" in line for line in words.splitlines()
    )
    assert any(line.startswith("Rejected, 박지훈, 2") and line.endswith("UTC: a shadow") for line in words.splitlines())


def test_millimetres_are_told_where_they_were_measured_and_only_there(
    compose: Compose, said: Said, folder: Path
) -> None:
    document = compose()
    words = "\n".join(said(document))
    assert " mm" not in words
    assert "nothing is given in millimetres" in words
    with Library(folder) as library:
        library.connection.execute("UPDATE findings SET length_mm = 123.44, width_mm = 0.3 WHERE w = 400")
    document = compose()
    words = "\n".join(said(document))
    assert "123.4, 0.3" in words
    assert "Crack length, width (mm)" in words
    assert "123.4 mm" in chapter(document, said(document), "summary")


def test_what_was_not_inspected_is_told_with_why(compose: Compose, said: Said) -> None:
    document = compose(most_pictures=3)
    gaps = chapter(document, said(document), "gaps").splitlines()
    count = {what: gaps[gaps.index(what) + 1] for what in gaps if what in _GAPS}
    assert count == {
        "Elements without a snapshot": "1",
        "Not looked at by a model": "1",
        "Unreviewed": "2",
        "Unsure": "1",
        "Picture missing": "1",
        "In the bin": "1",
        "Not shown here": "2",
    }
    assert "Abutment" in gaps
    assert "wall6.jpg" in gaps


_GAPS = {
    *("Elements without a snapshot", "Not looked at by a model", "Unreviewed", "Unsure", "Not a surface"),
    *("Picture missing", "In the bin", "Deleted for good", "Not shown here"),
}


def test_nothing_is_missing_where_everything_was_decided(
    tmp_path: Path, compose: Compose, said: Said, folder: Path
) -> None:
    document = compose("2020")
    assert "Abutment" in said(document)[0] + said(document)[1]
    with Library(folder) as library:
        (seen,) = document.brief.facts.snapshots
        verdicts.decide(library, [seen.row.id], Verdict.CONFIRMED, "ann")
        for identifier in [s.row.id for s in compose().brief.facts.snapshots]:
            verdicts.place(library, [identifier], "Bridge 4", "deck", "2020", "ann")
    document = compose("2020")
    assert "Nothing: every element has snapshots" in chapter(document, said(document), "gaps")


def test_snapshots_beyond_the_most_pictures_are_listed(compose: Compose, said: Said) -> None:
    document = compose(most_pictures=0)
    words = chapter(document, said(document), "elements")
    assert "Snapshots not shown with their picture" in words
    assert "as it was taken" not in words
    for number in (1, 2, 3, 4, 5):
        assert f"wall{number}.jpg" in words


def test_the_most_important_snapshots_are_shown_first(compose: Compose) -> None:
    pictured = [
        {seen.row.name for seen in document.brief.facts.snapshots if seen.row.id in document.brief.pictured}
        for document in (compose(most_pictures=count) for count in (1, 2, 3))
    ]
    assert pictured == [{"wall1.jpg"}, {"wall1.jpg", "wall2.jpg"}, {"wall1.jpg", "wall2.jpg", "wall5.jpg"}]


def test_a_model_is_told_with_the_figures_of_its_card_or_by_its_digest(compose: Compose, said: Said) -> None:
    document = compose()
    words = chapter(document, said(document), "models")
    assert "cd" * 32 in words
    assert "The card of this model is not there" in words
    card = load_card(resolve_model("classifier").with_suffix(".json"))
    document = compose(cards={"cd" * 32: card})
    words = chapter(document, said(document), "models")
    assert card.limits in words
    assert "97\u202f%" in words
    assert "pavement walls" in words


def test_the_shipped_cards_are_known() -> None:
    card = load_card(resolve_model("classifier").with_suffix(".json"))
    assert known_cards()[card.sha256] == card


def test_the_trail_tells_every_event_in_words(compose: Compose, said: Said) -> None:
    document = compose()
    words = chapter(document, said(document), "trail")
    for told in (
        "Imported as wall1.jpg from camera",
        "Placed at Bridge 3 / Pier 2 / 2026",
        "stand-in says: Crack, 90\u202f%, findings 2",
        "Snapshot: Confirmed (Crack): wet at its foot",
        "Finding 1.2: Rejected: a shadow",
        "Noted: Look again in spring.",
        "Put into the bin",
    ):
        assert told in words
    assert words.count("Imported as") == 6


def test_the_trail_does_not_claim_what_was_deleted_with_a_snapshot(folder: Path, compose: Compose, said: Said) -> None:
    with Library(folder) as library:
        (gone,) = (seen.row.id for seen in gather(library, "Bridge 3").snapshots if seen.row.name == "wall2.jpg")
        verdicts.put_into_bin(library, [gone], "ann")
        assert len(list(delete(library, [gone], "ann"))) == 1
        assert add(library, 2, "Pier 2", regions=[], again="ann") == gone
    document = compose()
    words = chapter(document, said(document), "trail")
    assert "Snapshot: Unsure" not in words
    assert "Nothing but deleting a snapshot for good takes events away" in words


def test_a_trail_that_is_too_long_says_so(compose: Compose, said: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trail, "MOST_EVENTS", 5)
    document = compose()
    words = chapter(document, said(document), "trail")
    left = len(document.brief.facts.trail) - 5
    assert f"The earliest {left} are not listed here" in words
    assert "writes all events of snapshots that are not in the bin" in words
    assert "Imported as" not in words


def test_every_page_but_the_cover_has_header_and_number(compose: Compose, said: Said) -> None:
    document = compose()
    pages = said(document)
    assert len(pages) == document.count > 6
    for number, words in enumerate(pages, 1):
        assert f"Page {number} of {document.count}" in words
        assert ("Bridge 3" in words) is True


def test_hostile_names_stay_on_their_line(folder: Path, compose: Compose, said: Said) -> None:
    with Library(folder) as library:
        identifier = add(library, 8, "Pier 2\nnew\x1b[31m", regions=[(0, 0, 9, 9)])
        verdicts.decide(library, [identifier], Verdict.UNSURE, "b\u202eob\udc80", why="<b>why</b>\n&amp; " * 300)
        verdicts.note(library, identifier, "x" * 50_000, "ann")
    words = "\n".join(said(compose()))
    assert "Pier 2\\nnew\\x1b[31m" in words
    assert "b\\u202eob\\udc80" in words
    assert "<b>why</b> &amp; <b>why</b>" in words


def test_a_report_in_korean_has_words_of_its_own_and_leaves_the_window_alone(compose: Compose) -> None:
    words = Wording("ko")
    assert words.translate("labels", "Crack") == "균열"
    assert Wording("en").translate("labels", "Crack") == "Crack"
    assert words.translate("report", "no such text") == "no such text"
    assert re.search("[가-힣]", words.translate("report", "Summary"))
    assert compose(language="ko").marks[2].title == words.translate("report", "Summary")
    assert QCoreApplication.translate("labels", "Crack") == "Crack"


def test_a_logo_is_reduced_and_what_is_none_is_refused(tmp_path: Path) -> None:
    image = QImage(4000, 1000, QImage.Format.Format_RGB32)
    image.fill(0)
    image.save(str(tmp_path / "logo.png"))
    assert (read_logo(tmp_path / "logo.png").width(), read_logo(tmp_path / "logo.png").height()) == (1600, 400)
    (tmp_path / "text.png").write_text("no picture", encoding="utf-8")
    for name in ("text.png", "missing.png"):
        with pytest.raises(PictureError, match=f"cannot read the logo .*{name}.*; choose another picture"):
            read_logo(tmp_path / name)
