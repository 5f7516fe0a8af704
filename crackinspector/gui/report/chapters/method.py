"""How it was done, and what the figures mean and do not mean."""

from __future__ import annotations

from crackinspector.gui.report.brief import Brief
from crackinspector.gui.report.chapters.common import chapter, subsection
from crackinspector.gui.report.parts import Part, text


def method(brief: Brief) -> list[Part]:
    """The chapter."""
    translate = brief.words.translate
    parts = chapter(brief, "method", translate("report", "Method and limits"))
    for title, words in (
        (
            translate("report", "How it was done"),
            translate(
                "report",
                "Pictures of the surfaces were kept in a library, byte for byte as they came. A model looked at "
                "each of them, tile by tile, and gave it a label, a crack likelihood and a crack map. People looked at "
                "the pictures and their maps and decided: confirmed, rejected or unsure. Every decision is kept with "
                "name and time; a changed mind is a further decision, and nothing is taken away.",
            ),
        ),
        (
            translate("report", "Likelihood, score and map"),
            translate(
                "report",
                "They say how sure the model is, from 0 to 1 or in per cent. They are not a probability that has been "
                "measured on this structure, and say nothing of how deep, how old or how dangerous a crack is. The "
                "colours of the map mean the same in every picture; the tick in its scale is where a finding begins.",
            ),
        ),
        (translate("report", "Sizes"), _sizes(brief)),
        (
            translate("report", "Findings"),
            translate(
                "report",
                "A finding is a connected part of the crack map, or of what a person has drawn. One crack may make "
                "several findings, and several cracks that touch may make one: the number of findings is not a number "
                "of cracks. Numbers of findings hold within this report.",
            ),
        ),
        (
            translate("report", "Verdicts"),
            translate(
                "report",
                "A verdict on a snapshot is on the model's word for it: a confirmed “no crack” is a decision too, and "
                "differs from unreviewed, which nobody has decided on. A verdict on a finding is on that finding "
                "alone. Times of decisions are in UTC; times of pictures are as the camera had them.",
            ),
        ),
        (
            translate("report", "What it cannot tell"),
            translate(
                "report",
                "Models miss cracks and take joints, edges, stains and shadows for cracks. Hairlines that are finer "
                "than a few pixels are not seen, nor is what lies below the surface or out of the picture. A surface "
                "without findings is not proved to be sound. This report does not replace an engineer's judgement of "
                "the structure.",
            ),
        ),
        (
            translate("report", "How to check this report"),
            translate(
                "report",
                "The library's fingerprint on the cover, {fingerprint}, is a digest of every picture and every event "
                "that this report tells of: the same fingerprint is the same state. `crackinspector library check` "
                "reads the library again and tells whether every file is what it was.",
            ).format(fingerprint=brief.facts.fingerprint),
        ),
    ):
        parts += subsection(brief, title)
        parts += text(words, brief.width, gap=0)
    return parts


def _sizes(brief: Brief) -> str:
    translate = brief.words.translate
    _, millimetres = brief.measured
    pixels = translate(
        "report",
        "Pixels are no millimetres: the same crack has twice as many pixels from half the distance. Sizes in pixels "
        "can be compared within one picture, not from picture to picture. Width and height are those of the box "
        "around a finding; where no length was measured, the longer side of the box stands for it.",
    )
    if not millimetres:
        return f"{pixels} " + translate(
            "report", "No scale is known for these pictures, so nothing is given in millimetres."
        )
    return f"{pixels} " + translate("report", "Millimetres are given where a scale is known, and only there.")
