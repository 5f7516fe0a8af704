"""Puts a look on the application: Fusion, a palette and one style sheet made from the look's colours and sizes."""

from __future__ import annotations

from string import Template

from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from crackinspector.core.settings import InterfaceSettings
from crackinspector.gui.look.fonts import font
from crackinspector.gui.look.metrics import Metrics
from crackinspector.gui.look.theme import Look

_applied: Look | None = None

_SHEET = Template(
    """
QWidget { color: $text; font-size: ${normal}px; }
QMainWindow, QDialog, QStackedWidget, QScrollArea, QScrollArea > QWidget > QWidget#pageContent { background: $ground; }
QScrollArea { border: none; }
QLabel { background: transparent; }
QLabel[role="heading"] { font-size: ${large}px; font-weight: 600; }
QLabel[role="section"] { font-weight: 600; }
QLabel[role="quiet"] { color: $quiet; font-size: ${small}px; }
QLabel[role="warning"] { font-weight: 600; }
QFrame[role="card"] { background: $panel; border: ${hair}px solid $edge; border-radius: ${radius}px; }
QFrame[role="card"][chosen="true"] { border: ${thick}px solid $accent; }
QFrame[role="rule"] { background: $line; border: none; max-height: ${hair}px; }

QPushButton, QToolButton {
    background: $raised; border: ${hair}px solid $edge; border-radius: ${radius}px;
    min-height: ${inner}px; min-width: ${inner}px; padding: 0 ${pad}px; }
QPushButton:hover, QToolButton:hover { border-color: $line; }
QPushButton:pressed, QToolButton:pressed { background: $pressed; }
QPushButton:checked, QToolButton:checked { border: ${thick}px solid $accent; }
QPushButton:default, QPushButton[role="primary"] {
    background: $accent; color: $on_accent; border-color: $accent; font-weight: 600; }
QPushButton:disabled, QToolButton:disabled { color: $faint; background: $panel; }
QPushButton:focus, QToolButton:focus { border: ${thick}px solid $text; }
QPushButton[role="key"] { min-width: 0; padding: 0; font-size: ${large}px; }
QToolButton::menu-indicator { image: none; }

QLineEdit, QKeySequenceEdit, QPlainTextEdit, QTextBrowser {
    background: $panel; border: ${hair}px solid $line; border-radius: ${radius}px; padding: 0 ${pad}px;
    selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit { min-height: ${inner}px; }
QKeySequenceEdit QLineEdit { border: none; }
QTextBrowser, QPlainTextEdit { padding: ${pad}px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextBrowser:focus { border: ${thick}px solid $accent; }
QLineEdit:disabled { color: $faint; }
QAbstractItemView { background: $panel; border: none; outline: none;
    selection-background-color: $accent; selection-color: $on_accent; }
QAbstractItemView::item { min-height: ${touch}px; padding: 0 ${pad}px; }

QMenu { background: $panel; border: ${hair}px solid $line; padding: ${unit}px; }
QMenu::item { min-height: ${touch}px; padding: 0 ${wide}px 0 ${pad}px; border-radius: ${radius}px; }
QMenu::item:selected { background: $pressed; }
QMenu::item:disabled { color: $faint; }
QMenu::icon { padding-left: ${pad}px; }
QMenu::separator { height: ${hair}px; background: $edge; margin: ${unit}px; }

QScrollBar:vertical { background: transparent; width: ${bar}px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: ${bar}px; margin: 0; }
QScrollBar::handle { background: $line; border-radius: ${bar_radius}px; min-height: ${touch}px; min-width: ${touch}px; }
QScrollBar::handle:vertical { margin-left: ${unit}px; }
QScrollBar::handle:horizontal { margin-top: ${unit}px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QProgressBar { background: $raised; border: none; border-radius: ${unit}px; text-align: center; min-height: ${pad}px; }
QProgressBar::chunk { background: $accent; border-radius: ${unit}px; }
QToolTip { background: $panel; color: $text; border: ${hair}px solid $line; padding: ${unit}px; }
"""
)


def current_look() -> Look:
    """The look on the application; before `apply_look`, the dark one at the primary screen's sizes."""
    if _applied is not None:
        return _applied
    return Look("dark", Metrics.for_screen(QGuiApplication.primaryScreen(), InterfaceSettings()))


def apply_look(app: QApplication, look: Look) -> None:
    """Show the whole application in a look; every widget gets a StyleChange event. GUI thread only."""
    global _applied
    _applied = look
    if (style := QStyleFactory.create("Fusion")) is not None:
        app.setStyle(style)
    app.setPalette(_palette(look))
    app.setFont(font(look.metrics.normal))
    app.setStyleSheet(style_sheet(look))


def style_sheet(look: Look) -> str:
    """The style sheet of a look."""
    colours, metrics = look.colours, look.metrics
    hair = max(1, round(look.stroke(1)))
    values: dict[str, object] = {
        name: getattr(colours, name) for name in ("ground", "panel", "raised", "pressed", "line", "text", "quiet")
    }
    values |= {"accent": colours.accent, "on_accent": colours.on_accent, "faint": faint(look).name()}
    values |= {"edge": colours.pressed if look.dark else colours.line}
    values |= {name: getattr(metrics, name) for name in ("unit", "small", "normal", "large")}
    values |= {"touch": metrics.touch_px, "hair": hair, "thick": 2 * hair, "inner": metrics.touch_px - 2 * hair}
    values |= {"pad": 2 * metrics.unit, "wide": 4 * metrics.unit, "radius": metrics.unit}
    values |= {"bar": 2 * metrics.unit, "bar_radius": metrics.unit // 2}
    return _SHEET.substitute(values)


def faint(look: Look) -> QColor:
    """The colour of words that cannot be chosen now."""
    text, ground = QColor(look.colours.text), QColor(look.colours.ground)
    return QColor.fromRgbF(*(0.45 * a + 0.55 * b for a, b in zip(_rgb(text), _rgb(ground), strict=True)))


def _rgb(colour: QColor) -> tuple[float, float, float]:
    return colour.redF(), colour.greenF(), colour.blueF()


def _palette(look: Look) -> QPalette:
    colours = look.colours
    palette = QPalette()
    role = QPalette.ColorRole
    for which, colour in {
        role.Window: colours.ground,
        role.WindowText: colours.text,
        role.Base: colours.panel,
        role.AlternateBase: colours.raised,
        role.Text: colours.text,
        role.PlaceholderText: colours.quiet,
        role.Button: colours.raised,
        role.ButtonText: colours.text,
        role.BrightText: colours.on_alarm,
        role.Highlight: colours.accent,
        role.HighlightedText: colours.on_accent,
        role.Link: colours.accent,
        role.LinkVisited: colours.accent,
        role.ToolTipBase: colours.panel,
        role.ToolTipText: colours.text,
        role.Light: colours.line,
        role.Midlight: colours.line,
        role.Mid: colours.line,
        role.Dark: colours.line,
        role.Shadow: colours.ground,
    }.items():
        palette.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, faint(look))
    return palette
