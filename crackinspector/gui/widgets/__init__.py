"""The application's own widgets: the picture, the verdict, what lies over the picture, and controls for gloves."""

from __future__ import annotations

from crackinspector.gui.widgets.action_button import ActionButton
from crackinspector.gui.widgets.banner import Banner
from crackinspector.gui.widgets.frame_view import FrameView
from crackinspector.gui.widgets.keypad import Keypad
from crackinspector.gui.widgets.legend import Legend
from crackinspector.gui.widgets.page_frame import PageFrame
from crackinspector.gui.widgets.rate_graph import RateGraph
from crackinspector.gui.widgets.state_chip import StateChip
from crackinspector.gui.widgets.toast import Toast
from crackinspector.gui.widgets.touch_slider import TouchSlider
from crackinspector.gui.widgets.verdict_panel import VerdictPanel
from crackinspector.gui.widgets.zoom_chip import ZoomChip

__all__ = [
    "ActionButton",
    "Banner",
    "FrameView",
    "Keypad",
    "Legend",
    "PageFrame",
    "RateGraph",
    "StateChip",
    "Toast",
    "TouchSlider",
    "VerdictPanel",
    "ZoomChip",
]
