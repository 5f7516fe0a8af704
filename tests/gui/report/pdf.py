"""Reads as much of a PDF as tests ask for, by the letters that it says its glyphs stand for."""

from __future__ import annotations

import re
import zlib
from pathlib import Path

_OBJECT = re.compile(rb"(?<!\d)(\d+) 0 obj\b(.*?)endobj", re.DOTALL)
_STREAM = re.compile(rb"stream\r?\n(.*)\r?\nendstream", re.DOTALL)
_RANGE = re.compile(rb"<(\w{4})> <(\w{4})> (?:\[([^\]]*)\]|<(\w{4,8})>)")
_SHOWN = re.compile(rb"/F(\d+) [\d.]+ Tf|<([0-9A-F]+)> Tj|(BT)")


class Pdf:
    """A PDF of Qt's with our update: what is written later holds."""

    def __init__(self, path: Path) -> None:
        self.data = path.read_bytes()
        self.objects = {int(number): body for number, body in _OBJECT.findall(self.data)}
        trailer = self.data[self.data.rindex(b"trailer") :]
        self.root = self._of(trailer, b"Root")
        self.info = self._of(trailer, b"Info")
        kids = re.search(rb"/Kids\s*\[([^\]]*)\]", self._of(self.root, b"Pages"))
        assert kids is not None
        self.pages = [self.objects[int(number)] for number in re.findall(rb"(\d+) 0 R", kids[1])]
        self.page_numbers = [int(number) for number in re.findall(rb"(\d+) 0 R", kids[1])]

    def _of(self, body: bytes, key: bytes) -> bytes:
        found = re.search(rb"/%s (\d+) 0 R" % key, body)
        assert found is not None, key
        body_of: bytes = self.objects[int(found[1])]
        return body_of

    def media_box(self) -> list[float]:
        found = re.search(rb"/MediaBox \[([^\]]*)\]", self.pages[0])
        assert found is not None
        return [float(value) for value in found[1].split()]

    def text(self, page: int) -> str:
        """The text of a page, from 1: glyph after glyph, a new line for each piece."""
        content = _stream(self._of(self.pages[page - 1], b"Contents"))
        letters: dict[int, str] = {}
        told = []
        for font, glyphs, begin in _SHOWN.findall(content):
            if begin:
                told.append("\n")
            elif font:
                letters = self._letters(int(font))
            else:
                told += [letters.get(int(glyphs[i : i + 4], 16), "?") for i in range(0, len(glyphs), 4)]
        return "".join(told)

    def whole(self) -> str:
        """All text, its pieces joined by one blank."""
        return " ".join(" ".join(self.text(page) for page in range(1, len(self.pages) + 1)).split())

    def fonts(self) -> dict[str, bool]:
        """Name -> whether it is embedded."""
        found = {}
        for body in self.objects.values():
            if b"/Type /FontDescriptor" in body:
                name = re.search(rb"/FontName /(?:\w+\+)?(\S+)", body)
                assert name is not None
                found[name[1].decode()] = re.search(rb"/FontFile\d? \d+ 0 R", body) is not None
        return found

    def information(self, key: str) -> str:
        """An entry of the information dictionary."""
        found = re.search(rb"/%s <([0-9a-f]+)>" % key.encode(), self.info)
        return bytes.fromhex(found[1].decode()).decode("utf-16") if found else ""

    def bookmarks(self) -> list[tuple[str, int]]:
        """Title and page of each, from 1, in their order."""
        found = []
        for body in (self.objects[number] for number in sorted(self.objects)):
            entry = re.search(rb"/Title <([0-9a-f]+)> /Parent \d+ 0 R /Dest \[(\d+) 0 R", body)
            if entry:
                title = bytes.fromhex(entry[1].decode()).decode("utf-16")
                found.append((title, self.page_numbers.index(int(entry[2])) + 1))
        return found

    def images(self) -> list[tuple[int, int]]:
        """Width and height in pixels of each JPEG."""
        sizes = []
        for body in self.objects.values():
            if b"/DCTDecode" in body and b"/Subtype /Image" in body:
                width, height = (int(re.search(rb"/%s (\d+)" % key, body)[1]) for key in (b"Width", b"Height"))  # type: ignore[index]
                sizes.append((width, height))
        return sizes

    def _letters(self, font: int) -> dict[int, str]:
        cmap = _stream(self._of(self.objects[font], b"ToUnicode"))
        letters: dict[int, str] = {}
        for first, last, several, one in _RANGE.findall(cmap):
            codes = re.findall(rb"<(\w+)>", several) if several else [one]
            for glyph, code in zip(range(int(first, 16), int(last, 16) + 1), codes, strict=False):
                letters[glyph] = bytes.fromhex(code.decode()).decode("utf-16-be")
        return letters


def _stream(body: bytes) -> bytes:
    found = _STREAM.search(body)
    assert found is not None
    content: bytes = found[1]
    return zlib.decompress(content) if b"/FlateDecode" in body else content
