"""What a headless run makes of a computer that has slept."""

from __future__ import annotations

import json
from pathlib import Path

from crackinspector.core.settings import Settings
from crackinspector.pipeline.headless import _Headless
from crackinspector.pipeline.options import LiveOptions
from crackinspector.pipeline.suspend import Suspend
from tests.pipeline.makers import make_detection, make_frame


def test_what_was_seen_before_a_suspend_does_not_steady_what_is_seen_after_it(tmp_path: Path) -> None:
    slept, out = [0.0], tmp_path / "out.jsonl"
    run = _Headless(LiveOptions(out=str(out)), Settings().changed("detection.delay", 3.0))
    run._suspend = Suspend(lambda: slept[0])
    for crack, seconds in ((0.999, 0), (0.4, 0), (0.4, 3600)):
        slept[0] += seconds
        run._outbox.put((make_frame(), make_detection(crack)))
        run._take()
    run._lines.close(20)
    labels = [json.loads(line)["steady_label"] for line in out.read_text().splitlines()]
    assert labels == ["positive", "positive", "negative"]
