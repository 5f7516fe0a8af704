"""Finds the template of a sentence, and says it in the language of the screen."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from crackinspector.gui.sentences.table import PARTS, SENTENCES, SYSTEM

_TEMPLATES = (*SENTENCES, *SYSTEM)
_LONGEST = 1000
"""A text with more characters is no sentence, and would take its time to match."""
_MOST_CLAUSES = 20
"""The same holds for one of more clauses."""
_FIELD = re.compile(r"\{(\w+)\}")
_END = re.compile(r"(?<=[.;]) ")


def translated(sentence: str) -> str:
    """A sentence of the lower layers, or several joined by "; " or ". ", in the language of the application.

    What no template matches stays as it is, and so does everything where there is no translation. Any thread.
    """
    if len(sentence) > _LONGEST:
        return sentence
    known = _known(sentence, _TEMPLATES)
    return _piecewise(sentence) if known is None else known


def spoken(sentence: str) -> str:
    """As `translated`, where it stands alone: errors are English clauses, to follow a name on the command line."""
    sentence = translated(sentence)
    return sentence[:1].upper() + sentence[1:]


def _piecewise(sentence: str) -> str:
    """The longest runs of clauses that are known, from the left."""
    pieces, told = _END.split(sentence), []
    if len(pieces) > _MOST_CLAUSES:
        return sentence
    while pieces:
        for count in range(len(pieces), 0, -1):
            text = " ".join(pieces[:count])
            known = _known(text.removesuffix(";"), _TEMPLATES)
            if known is not None:
                told.append(f"{known};" if text.endswith(";") and not known.endswith(".") else known)
                break
        else:
            count = 1
            told.append(pieces[0])
        del pieces[:count]
    return " ".join(told)


def _known(text: str, templates: Iterable[str]) -> str | None:
    """The text by the template that says most of it; None if none matches."""
    best: tuple[str, re.Match[str]] | None = None
    weight = 0
    for template in templates:
        literals = _literals(template)
        size = sum(map(len, literals))
        if size > weight and all(literal in text for literal in literals):
            found = _pattern(template).fullmatch(text)
            if found:
                best, weight = (template, found), size
    return None if best is None else _said(*best)


def _said(template: str, found: re.Match[str]) -> str:
    translation = QCoreApplication.translate("sentences", template)
    if translation == template:
        return found.string
    values = {name: _value(name, value) for name, value in zip(_fields(template), found.groups(), strict=True)}

    def filled(field: re.Match[str]) -> str:
        # A clause that became a sentence brings its own full stop.
        value = values[field[1]]
        return value.removesuffix(".") if translation[field.end() :][:1] in (".", ")") else value

    return _FIELD.sub(filled, translation)


def _value(name: str, value: str) -> str:
    if name in PARTS:
        return _known(value, PARTS[name]) or value
    return translated(value)


def _fields(template: str) -> list[str]:
    return _FIELD.findall(template)


@functools.cache
def _literals(template: str) -> tuple[str, ...]:
    """What stands between the fields; the last full stop is left out, for it is when a sentence stands in another."""
    return tuple(text for text in _FIELD.split(template.removesuffix("."))[::2] if text)


@functools.cache
def _pattern(template: str) -> re.Pattern[str]:
    """Matches what the template can say, a group for each field."""
    parts = _FIELD.split(template.removesuffix("."))
    for index, part in enumerate(parts):
        if index % 2 == 0:
            parts[index] = re.escape(part)
        elif part in PARTS:
            choices = "|".join(_anything(text) for text in PARTS[part])
            parts[index] = f"((?:{choices})?)"
        else:
            parts[index] = "(.*?)"
    return re.compile("".join(parts) + r"\.?", re.DOTALL)


def _anything(template: str) -> str:
    """A pattern for the template without groups."""
    return ".*?".join(re.escape(text) for text in _FIELD.split(template)[::2])
