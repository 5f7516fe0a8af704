from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from crackinspector.core.labels import Label
from crackinspector.core.settings import RULES, SECTIONS
from crackinspector.gui import i18n
from crackinspector.gui.action_specs import SPECS
from crackinspector.gui.labels import label_word, model_phase_word, source_state_word
from crackinspector.pipeline.model_state import ModelPhase
from crackinspector.sources.source import SourceState

ROOT = Path(__file__).parent.parent.parent
TRANSLATIONS = ROOT / "resources" / "translations"
Texts = dict[tuple[str, str], tuple[str, bool]]


@pytest.fixture
def korean(qapp: QApplication) -> Iterator[QApplication]:
    assert i18n.install(qapp, "ko") == "ko"
    yield qapp
    i18n.install(qapp, "en")


def read(path: Path) -> Texts:
    """(context, source) -> translation, and whether it is finished; of the forms for numbers, Korean has one."""
    texts: Texts = {}
    for context in ET.parse(path).getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            assert translation is not None
            key = context.findtext("name", ""), message.findtext("source", "")
            text = translation.findtext("numerusform") if message.get("numerus") else translation.text
            texts[key] = (text or "", translation.get("type") is None)
    return texts


def test_every_text_in_the_code_is_translated_and_no_other(tmp_path: Path) -> None:
    shutil.copy(TRANSLATIONS / "crackinspector_ko.ts", tmp_path / "fresh.ts")
    command = [
        "sh",
        str(ROOT / "packaging" / "translations"),
        str(Path(sys.executable).parent),
        str(tmp_path / "fresh"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    committed, fresh = read(TRANSLATIONS / "crackinspector_ko.ts"), read(tmp_path / "fresh.ts")
    assert not [key for key in fresh if key not in committed], "new texts: make translations, and translate them"
    assert not [key for key in committed if key not in fresh], "texts that are gone: make translations"
    assert not [key for key, (text, finished) in fresh.items() if not (text and finished)]


def test_no_text_hides_from_the_collector() -> None:
    """It passes over what stands within an f-string, for one."""
    known = {source for _, source in read(TRANSLATIONS / "crackinspector_ko.ts")}
    for path in sorted((ROOT / "crackinspector" / "gui").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(".tr") and node.args:
                text = node.args[0]
                assert isinstance(text, ast.Constant), f"{path}:{node.lineno} builds its text"
                assert text.value in known, f"{path}:{node.lineno}"


def test_placeholders_are_the_same_in_both_languages() -> None:
    for (_, source), (text, _) in read(TRANSLATIONS / "crackinspector_ko.ts").items():
        assert sorted(re.findall(r"\{\w*\}|%n", source)) == sorted(re.findall(r"\{\w*\}|%n", text)), source
        assert source.count("\n") == text.count("\n"), source


def test_the_compiled_file_is_that_of_the_source() -> None:
    translator = QTranslator()
    assert translator.load(str(TRANSLATIONS / "crackinspector_ko.qm"))
    for (context, source), (text, _) in read(TRANSLATIONS / "crackinspector_ko.ts").items():
        assert translator.translate(context, source) == text


def test_words_that_lower_layers_name_in_code_are_translated(korean: QApplication) -> None:
    assert label_word(Label.POSITIVE) == "균열"
    words = [label_word(label) for label in (*Label, None)]
    words += [source_state_word(state) for state in SourceState]
    words += [model_phase_word(phase) for phase in ModelPhase]
    translate = QCoreApplication.translate
    words += [translate("settings", rule.title) for rule in RULES.values()]
    words += [translate("settings", title) for title in SECTIONS.values()]
    words += [translate("actions", text) for spec in SPECS for text in (spec.text, spec.tip)]
    latin_only = [word for word in words if not re.search("[가-힣]", word)]
    assert latin_only == []


def test_the_language_can_be_changed_back_and_nothing_piles_up(korean: QApplication, qtbot: QtBot) -> None:
    for language, word in (("en", "Crack"), ("ko", "균열"), ("en", "Crack"), ("ko", "균열")):
        assert i18n.install(korean, language) == language
        assert label_word(Label.POSITIVE) == word
    qtbot.waitUntil(lambda: len(korean.findChildren(QTranslator)) <= 2)


def test_qt_s_own_words_follow_where_qt_has_them(korean: QApplication) -> None:
    if not (Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)) / "qtbase_ko.qm").is_file():
        pytest.skip("this Qt has no Korean words")
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "취소"


@pytest.mark.parametrize(("setting", "language"), [("en", "en"), ("ko", "ko"), ("xx", "en")])
def test_the_setting_names_the_language(setting: str, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    german = QLocale("de_DE")
    monkeypatch.setattr(QLocale, "system", lambda: german)
    assert i18n.chosen_language(setting) == language


@pytest.mark.parametrize(("system", "language"), [("ko_KR", "ko"), ("en_GB", "en"), ("fr_FR", "en")])
def test_auto_asks_the_system(system: str, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    locale = QLocale(system)
    monkeypatch.setattr(QLocale, "system", lambda: locale)
    assert i18n.chosen_language("auto") == language


def test_a_missing_translation_is_logged_and_the_screen_stays_english(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(i18n, "shipped_folder", lambda name: tmp_path)
    i18n.install(qapp, "ko")
    assert label_word(Label.POSITIVE) == "Crack"
    assert "crackinspector_ko" in caplog.text
    i18n.install(qapp, "en")
