from __future__ import annotations

import ast
import errno
import functools
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from crackinspector.core.errors import CrackInspectorError
from crackinspector.core.settings import Settings, SourceSettings
from crackinspector.gui import i18n
from crackinspector.gui.models.catalogue import read_entry
from crackinspector.gui.sentences import translated
from crackinspector.gui.sentences.table import PARTS, SENTENCES
from crackinspector.inference.card import load_card, parse_card
from crackinspector.inference.measure import parse_measurement
from crackinspector.inference.modelfile import read_model_file
from crackinspector.inference.shipped import resolve_model
from crackinspector.library.durable import storage_error
from crackinspector.pipeline.settings_file import load_settings
from crackinspector.sources.capture import v4l2
from crackinspector.sources.catalogue import open_source
from crackinspector.sources.picture_folder import PictureFolder, read_bounded

PACKAGE = Path(__file__).parent.parent.parent / "crackinspector"
TEMPLATES = (*SENTENCES, *(part for parts in PARTS.values() for part in parts))
LOWER = ("core", "inference", "sources", "pipeline")
LIKE_LOWER = (
    "gui/app.py",
    "gui/startup.py",
    "gui/library/access.py",
    "gui/library/lane.py",
    "gui/shelf/absorb.py",
    "gui/live/reviewing.py",
    "gui/models/catalogue.py",
    "gui/models/trial.py",
    "gui/report/composing.py",
    "gui/report/pictures.py",
    "gui/report/printing.py",
    "gui/report/writer.py",
    "gui/review/decoding.py",
)
"""What the window keeps as an English sentence, to say it in whichever language there is then."""
OF_THE_SURVEY = (
    "survey/batch.py",
    "survey/library_analyze.py",
    "survey/library_import.py",
    "survey/library_job.py",
    "survey/library_plan.py",
    "survey/reinspection/alignment.py",
    "survey/reinspection/changes.py",
    "survey/reinspection/homography.py",
    "survey/reinspection/inspected.py",
)
"""What the window compares with, and the commands that it runs in processes of their own."""
ELSEWHERE = {
    "core/arguments.py": "the command line",
    "pipeline/avi.py": "a file's inside",
    "pipeline/clip_picture.py": "drawn into clips, with a font that has Latin letters only",
    "pipeline/command_line.py": "the command line",
    "pipeline/headless.py": "the command line",
    "pipeline/lines.py": "standard output and error",
    "pipeline/logs.py": "standard error",
    "sources/demo_wall.py": "`crackinspector generate`",
}
"""Modules that say nothing on the screen, and where they say it."""
NEVER_SHOWN = {
    "EXIF orientation must be 1..8, got {}": "a defect",
    "{} is damaged ({}); mend it, or leave --config out": "the command line",
    "detection of frame {} kept with frame {}": "a defect",
    "rows must be at least 1, got {}": "a defect",
    "strips must have an even number of rows": "a defect",
    "the model {} belongs to another thread or process; load it again where it is to run": "a defect",
    "tile {} is {} {}, not uint8 {}": "a defect",
    "{} is not on the demo wall": "for tests and the report",
    "there is no screen here (neither WAYLAND_DISPLAY nor DISPLAY is set); start it in a desktop session, "
    "use --headless, or set QT_QPA_PLATFORM=offscreen to draw into memory": "the command line",
    "Settings of crackinspector; what is missing here has its default.": "in the settings file",
    "alarm: kept {}": "the command line",
    "crackinspector {}": "in a snapshot",
    "no model": "in a clip",
    "{}; {}; started by {}": "in a clip",
    "model loading": "a thread's name",
    "library reading": "a thread's name",
    "library writing": "a thread's name",
    "(VERBOSE|INFO|WARNING|ERROR): |[IWEF]\\d{4} \\d\\d:\\d\\d:\\d\\d": "looked for",
    " in version ": "within an operator's name",
    "end of file": "looked for",
    "not configured": "looked for",
    "not implemented": "looked for",
    "out of data": "looked for",
    "premature end of jpeg": "looked for",
    "valid Flatbuffer": "looked for",
    "{} thread{}": "two templates, one for each number",
    "side must be at least 1, got {}": "a defect",
    "{} cannot be taken back": "a defect",
    "a verdict is withdrawn by undo()": "a defect",
    "pictures that were not laid over each other cannot be compared": "a defect",
    "there is no library in {}; `crackinspector library import` makes one of pictures": "the command line",
    "--snapshots says which ones; leave the filter out, or ask for them by the filter alone": "the command line",
    "cannot read {}: {}; give a file with a snapshot's name a line": "the command line",
    "{} with another label": "the command line",
    "{} with the same": "the command line",
    "{} snapshot{}: {}; {} s": "the command line",
    "{} picture{}: {}{}; {} s{}": "the command line",
    "; {} passed over": "the command line",
    "; {} {} left out": "the command line",
    "row of the manifest": "the command line",
    "rows of the manifest": "the command line",
    ", {} per second": "the command line",
    ", was {}": "the command line",
    "deleted before": "the command line",
    "looked at for the first time": "the command line",
    "no crack any more": "the command line",
    "not looked at": "the command line",
    "now a crack": "the command line",
    "seen by this model before": "the command line",
    "there already": "the command line",
    "there is nothing to import; give pictures, folders, archives or a --manifest": "the command line",
    "is a crack map or a mask, or lies in a library": "the command line",
    '{"type": "FeatureCollection", "features": [': "in a file",
    "crackinspector library": "in a file",
    "exported by crackinspector {}": "in a file",
    "library snapshot": "in a file",
    "library tombstone": "in a file",
    "path: .\ntrain: images\nval: images\nnames:\n  0: {}\n": "in a file",
    "taking snapshots into the library": "a thread's name",
    "System Volume Information": "looked for",
    "signal {}": "within how a process ended",
}
QUERY = re.compile(
    r"\b(SELECT|INSERT|UPDATE|DELETE FROM|CREATE|PRAGMA|BEGIN|JOIN|COLLATE|DESC)\b"
    r"| (IN \(|(IS )?(NOT )?NULL\b)|excluded\.| != \w+\.|^\w+, name$|\?, \?"
)
"""What asks SQLite for something."""
ASSEMBLED = {"{} thread", "{} threads"}
"""Templates of what is put together there."""


def literals(path: Path) -> Iterator[tuple[int, str]]:
    """Line and text of every string that is neither documentation, nor logged, nor marked; its fields as {}."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            skipped.add(node.value)
        elif isinstance(node, ast.Call) and re.fullmatch(
            r"(_log|log|logger)\.\w+|_setting|_T|QT_TRANSLATE_NOOP|re\.compile|print", ast.unparse(node.func)
        ):
            skipped.update(inner for argument in (*node.args, *node.keywords) for inner in ast.walk(argument))
        elif isinstance(node, ast.JoinedStr):
            for value in node.values:
                skipped.update(ast.walk(getattr(value, "format_spec", None) or value) if is_fixed(value) else ())
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr) and node not in skipped:
            yield node.lineno, "".join(map(piece, node.values)).replace("{kind}: {}", "{}").replace("{kind}", "{}")
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in skipped:
            yield node.lineno, node.value


def is_fixed(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) or getattr(value, "format_spec", None) is not None


def piece(value: ast.expr) -> str:
    """A part of an f-string; an error's class and text are one field."""
    if isinstance(value, ast.Constant):
        return str(value.value)
    named = isinstance(value, ast.FormattedValue) and isinstance(value.value, ast.Attribute)
    return "{kind}" if named and value.value.attr == "__name__" else "{}"  # type: ignore[attr-defined]


def is_prose(text: str) -> bool:
    """Whether a person is to read it: some words, and no query, format or pattern."""
    if QUERY.search(text):
        return False
    words = re.findall(r"(?<![\w.%-])[A-Za-z]{2,}(?![\w%])", text)
    return " " in text and (len(words) > 1 or (bool(words) and "{}" in text))


def bare(template: str) -> str:
    return re.sub(r"\{\w+\}", "{}", template)


def of_the_library() -> set[Path]:
    """What the window and the pipeline use of the library, at whatever remove; commands alone use the rest."""
    found: set[Path] = set()
    waiting = [*(PACKAGE / "gui").rglob("*.py"), *(PACKAGE / "pipeline").rglob("*.py")]
    while waiting:
        text = waiting.pop().read_text(encoding="utf-8")
        names = re.findall(r"from crackinspector\.library\.(\w+) import", text)
        names += re.findall(r"\w+", " ".join(re.findall(r"from crackinspector\.library import (.+)", text)))
        new = {PACKAGE / "library" / f"{name}.py" for name in names} - found
        found |= new
        waiting += new
    return found


def files() -> list[Path]:
    lower = [path for name in LOWER for path in sorted((PACKAGE / name).rglob("*.py"))]
    shown = (path for path in lower if str(path.relative_to(PACKAGE)) not in ELSEWHERE)
    return [*shown, *sorted(of_the_library()), *map(PACKAGE.joinpath, (*LIKE_LOWER, *OF_THE_SURVEY))]


def test_every_sentence_of_the_lower_layers_has_a_template() -> None:
    known = {bare(template) for template in TEMPLATES} | set(NEVER_SHOWN)
    missing = [
        f"{path.relative_to(PACKAGE)}:{line}: {text}"
        for path in files()
        for line, text in literals(path)
        if is_prose(text) and text not in known
    ]
    assert not missing, "write a template into gui/sentences and translate it"


def test_every_template_and_exception_stands_in_the_lower_layers() -> None:
    said = {text for path in files() for _, text in literals(path)} | ASSEMBLED
    assert not [template for template in TEMPLATES if bare(template) not in said]
    assert not set(NEVER_SHOWN) - said


ERRORS = (errno.ENOSPC, errno.EACCES, errno.EROFS, errno.EIO, errno.ENODEV, errno.EEXIST, errno.ESTALE)
CLAUSE = re.compile(r"\b(the|is|it|has|was|cannot|choose|check|takes|must|that|and)\b")


@pytest.fixture
def korean(qapp: QApplication) -> Iterator[None]:
    assert i18n.install(qapp, "ko") == "ko"
    yield
    i18n.install(qapp, "en")


def raised(call: Callable[[], object]) -> str:
    with pytest.raises(CrackInspectorError) as caught:
        call()
    return str(caught.value)


def real_sentences(folder: Path) -> list[str]:
    """What the code itself says about things that go wrong."""
    (folder / "empty.tflite").touch()
    (folder / "wall.tflite").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    (folder / "page.tflite").write_bytes(b"<!doctype html><html></html>")
    (folder / "cut.tflite").write_bytes(b"\x1c\0\0\0TFL3" + bytes(4))
    (folder / "scan.jpg").write_bytes(b"%PDF-1.7" + bytes(64))
    (folder / "settings.toml").write_text(
        '[view]\nzoom = 1\n[detection]\nthreshold = "high"\n[cameras.usb]\nmirror = 3\n'
    )
    (folder / "damaged.toml").write_text("view =\n")
    (folder / "table.toml").write_text("view = 3\n")
    pictures = folder / "pictures"
    pictures.mkdir()
    models = [folder / f"{name}.tflite" for name in ("gone", "empty", "wall", "page", "cut")]
    files = [folder / f"{name}.toml" for name in ("settings", "damaged", "table")]
    return [
        v4l2.why_not(folder / "video9"),
        v4l2.why_not(folder / "empty.tflite"),
        raised(lambda: open_source("", SourceSettings())),
        raised(lambda: open_source(str(folder / "gone.mp4"), SourceSettings())),
        raised(PictureFolder(pictures).open),
        raised(lambda: PictureFolder(pictures).read(0)),
        raised(lambda: read_bounded(folder / "scan.jpg")),
        raised(lambda: read_bounded(folder / "gone.jpg")),
        raised(lambda: read_model_file(folder / "gone.tflite")),
        *(raised(functools.partial(read_model_file, model)) for model in models),
        raised(lambda: resolve_model("nothing")),
        raised(lambda: parse_card("{", "wall.json")),
        raised(lambda: parse_card('{"format": 1, "labels": ["a"]}', "wall.json")),
        raised(lambda: parse_measurement(b"", folder / "wall.tflite")),
        read_entry(folder / "gone.tflite").problem,
        raised(lambda: Settings().changed("detection.threshold", "high")),
        raised(lambda: Settings().changed("view.opacity", 7)),
        *(str(storage_error(folder, OSError(number, os.strerror(number)))) for number in ERRORS),
        *(problem for file in files for problem in load_settings(file)[1]),
        raised(lambda: load_card(folder / "wall.tflite")),
    ]


def test_what_the_code_says_is_said_in_korean(korean: None, tmp_path: Path) -> None:
    for sentence in real_sentences(tmp_path):
        told = translated(sentence)
        assert re.search("[가-힣]", told), sentence
        assert not CLAUSE.search(told.replace(str(tmp_path), "")), told


def test_without_a_translation_a_sentence_stays_to_the_letter(qapp: QApplication, tmp_path: Path) -> None:
    for sentence in real_sentences(tmp_path):
        assert translated(sentence) == sentence


def test_every_template_is_translated_with_its_fields(korean: None) -> None:
    for template in TEMPLATES:
        translation = QCoreApplication.translate("sentences", template)
        assert translation != template
        assert sorted(re.findall(r"\{\w+\}", translation)) == sorted(re.findall(r"\{\w+\}", template))


def test_a_sentence_is_found_by_its_own_template_and_not_by_a_more_general_one(korean: None) -> None:
    for template in SENTENCES:
        names = re.findall(r"\{(\w+)\}", template)
        told = translated(template.format(**{name: PARTS.get(name, (f"<{name}>",))[0] for name in names}))
        assert all(f"<{name}>" in told for name in names if name not in PARTS), template
        between = re.split(r"\{\w+\}", QCoreApplication.translate("sentences", template))
        assert all(text.strip(" .)") in told for text in between), template


def test_sentences_in_sentences_and_side_by_side(korean: None) -> None:
    gone = "there is no camera at /dev/video9; plug it in or choose another one"
    told = translated(gone)
    assert told == "/dev/video9에 카메라가 없습니다. 연결하거나 다른 카메라를 고르십시오."
    assert translated(f"Something else; {gone}") == f"Something else; {told}"
    assert translated(f"{gone}. There is no model file wall.tflite.") == f"{told} 모델 파일이 없습니다: wall.tflite"
    kept = "There is no model file wall.tflite; classifier stays in use."
    assert translated(kept) == "모델 파일이 없습니다: wall.tflite. classifier 모델을 계속 씁니다."
    full = "cannot write /a: No space left on device; free some space or choose another place"
    assert translated(f"{full}; what was recorded before is kept").endswith(
        "다른 위치를 고르십시오. 그때까지 녹화한 부분은 저장했습니다."
    )


@pytest.mark.parametrize(
    "text", ["", "what nobody wrote a template for", "ValueError: 3", "예", "a; " * 99, "a" * 9999]
)
def test_what_is_unknown_stays_as_it_is(text: str, korean: None) -> None:
    assert translated(text) == text
