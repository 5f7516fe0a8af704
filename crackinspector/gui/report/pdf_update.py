"""What Qt leaves out of a PDF: bookmarks, language, author, links, and a date that can be chosen.

They are appended as an incremental update (ISO 32000-1, 7.5.6): objects that are written again hold in the place of the
earlier ones, and what Qt wrote stays as it is.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO
from xml.sax.saxutils import escape

_XREF = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")
_ROOT = re.compile(rb"/Root (\d+) 0 R")
_INFO = re.compile(rb"/Info (\d+) 0 R")
_ID = re.compile(rb"/ID \[[^\]]*\]")
_SIZE = re.compile(rb"/Size (\d+)")
_PAGES = re.compile(rb"/Pages (\d+) 0 R")
_KIDS = re.compile(rb"/Kids\s*\[([^\]]*)\]")
_REFERENCE = re.compile(rb"(\d+) 0 R")
_DATE = re.compile(rb"\(D:\d{14}")
_ANNOTATIONS = re.compile(rb"/Annots (\d+) 0 R")
_LETTERS = re.compile(rb"beginbfrange.*?endbfrange", re.DOTALL)
_TAB = re.compile(rb"(\[(?:<[0-9A-F]{4}> )*?|<[0-9A-F]{4}> <[0-9A-F]{4}> )<0009>")
_TAIL = 1 << 12


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the outline.

    Attributes:
        title: as it is shown.
        level: 0 or 1.
        page: from 1.
        top: of what it leads to, in points above the page's foot.
    """

    title: str
    level: int
    page: int
    top: float


@dataclass(frozen=True, slots=True)
class Link:
    """A rectangle on a page, in points from its lower left corner, that leads to a bookmark by its number."""

    page: int
    left: float
    bottom: float
    right: float
    top: float
    to: int


def dated(head: bytes, date: str) -> bytes:
    """The beginning of a PDF as Qt writes it, with another date, `YYYYMMDDhhmmss`, of the same length."""
    return _DATE.sub(b"(D:" + date.encode("ascii"), head)


def spaced(content: bytes) -> bytes:
    """A part of a PDF as Qt writes it, whose blanks are blanks.

    Qt says of each glyph which letter it stands for; of several it takes the first, and the typeface has the same glyph
    for the tab and the blank. Who copies or searches text would find tabs between the words.
    """
    return _LETTERS.sub(lambda found: _TAB.sub(rb"\1<0020>", found[0]), content)


def xmp(title: str, author: str, creator: str, language: str, date: str) -> bytes:
    """Metadata in XML; `date` in ISO 8601."""
    title, author, creator = escape(title), escape(author), escape(creator)
    who = f"<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>" if author else ""
    return (
        "<?xpacket begin='\ufeff' id='W5M0MpCehiHzreSzNTczkc9d'?>"
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:xmp="http://ns.adobe.com/xap/1.0/">'
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>{who}'
        f"<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>"
        f"<xmp:CreatorTool>{creator}</xmp:CreatorTool><xmp:CreateDate>{date}</xmp:CreateDate>"
        "</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end='w'?>"
    ).encode()


def update(
    file: BinaryIO, bookmarks: Sequence[Bookmark], links: Sequence[Link], language: str, information: Mapping[str, str]
) -> bytes:
    """What is to be appended to a PDF of Qt's.

    Args:
        file: the PDF, open for reading.
        bookmarks: in their order, the first of level 0.
        links: on its pages.
        language: of its text, such as "ko".
        information: entries of its information dictionary, such as Title and Author, which replace Qt's.

    Raises:
        ValueError: it is not built as Qt builds it.
        OSError: it cannot be read.
    """
    pdf = _Pdf(file)
    catalogue, numbers = pdf.body(pdf.root), pdf.pages()
    first = pdf.size
    objects = {first + index: body for index, body in enumerate(_outline(bookmarks, numbers, first))}
    entries = b"\n/Outlines %d 0 R\n/PageMode /UseOutlines\n/Lang %s\n>>" % (first, _text(language))
    objects[pdf.root] = catalogue.rstrip()[:-2].rstrip() + entries
    kept = {key: value for key, value in information.items() if value}
    objects[pdf.info] = _information(pdf.body(pdf.info), kept)
    for page in sorted({link.page for link in links}):
        found = _ANNOTATIONS.search(pdf.body(numbers[page - 1]))
        if found is not None:
            some = [link for link in links if link.page == page]
            objects[int(found[1])] = b"[%s]" % b"\n".join(_link(link, bookmarks, numbers) for link in some)
    return pdf.update(objects, first + len(bookmarks) + 1)


class _Pdf:
    """As much of a PDF as an update needs."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._length = file.seek(0, os.SEEK_END)
        file.seek(max(0, self._length - _TAIL))
        found = _XREF.search(file.read())
        if found is None:
            raise ValueError("the PDF has no end")
        self.start = int(found[1])
        file.seek(self.start)
        table, _, self.trailer = file.read().partition(b"trailer")
        self._offsets = [int(line[:10]) for line in table.splitlines()[2:] if len(line) >= 18]
        self.root, self.info = self._number(_ROOT), self._number(_INFO)
        self.size = self._number(_SIZE)

    def body(self, number: int) -> bytes:
        """What stands between obj and endobj of an object without a stream."""
        self._file.seek(self._offsets[number])
        content = b""
        while b"endobj" not in content:
            more = self._file.read(1 << 14)
            if not more:
                raise ValueError("an object of the PDF has no end")
            content += more
        return content[content.index(b"obj") + 3 : content.index(b"endobj")].strip()

    def pages(self) -> list[int]:
        """The objects of the pages; Qt makes a tree of one level."""
        found = _PAGES.search(self.body(self.root))
        kids = _KIDS.search(self.body(int(found[1]))) if found is not None else None
        if kids is None:
            raise ValueError("the PDF has no pages")
        return [int(number) for number in _REFERENCE.findall(kids[1])]

    def update(self, objects: Mapping[int, bytes], size: int) -> bytes:
        """The bytes of an update with these objects."""
        out, offsets = bytearray(b"\n"), {}
        for number, body in sorted(objects.items()):
            offsets[number] = self._length + len(out)
            out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
        at = self._length + len(out)
        out += b"xref\n"
        for number in sorted(offsets):
            out += b"%d 1\n%010d 00000 n \n" % (number, offsets[number])
        identifier = _ID.search(self.trailer)
        out += b"trailer\n<<\n/Size %d\n/Root %d 0 R\n/Info %d 0 R\n/Prev %d\n" % (
            size,
            self.root,
            self.info,
            self.start,
        )
        out += (identifier[0] + b"\n" if identifier else b"") + b">>\nstartxref\n%d\n%%%%EOF\n" % at
        return bytes(out)

    def _number(self, pattern: re.Pattern[bytes]) -> int:
        found = pattern.search(self.trailer)
        if found is None:
            raise ValueError("the trailer of the PDF is not Qt's")
        return int(found[1])


def _outline(bookmarks: Sequence[Bookmark], pages: Sequence[int], first: int) -> list[bytes]:
    """The outline and its items, which are the objects from `first` on."""
    tops = [index for index, bookmark in enumerate(bookmarks) if bookmark.level == 0]
    reference = [b"%d 0 R" % (first + 1 + index) for index in range(len(bookmarks))]
    root = b"<< /Type /Outlines"
    if tops:
        root += b" /First %s /Last %s /Count %d" % (reference[tops[0]], reference[tops[-1]], len(tops))
    objects = [root + b" >>"]
    for index, bookmark in enumerate(bookmarks):
        parent = max((top for top in tops if top < index), default=0)
        children = _children(bookmarks, index) if bookmark.level == 0 else []
        siblings = tops if bookmark.level == 0 else _children(bookmarks, parent)
        place = siblings.index(index)
        above = b"%d 0 R" % first if bookmark.level == 0 else reference[parent]
        item = b"<< /Title %s /Parent %s /Dest %s" % (_text(bookmark.title), above, _destination(bookmark, pages))
        if place > 0:
            item += b" /Prev %s" % reference[siblings[place - 1]]
        if place + 1 < len(siblings):
            item += b" /Next %s" % reference[siblings[place + 1]]
        if children:
            # Closed, so that the chapters are seen at a glance.
            item += b" /First %s /Last %s /Count -%d" % (reference[children[0]], reference[children[-1]], len(children))
        objects.append(item + b" >>")
    return objects


def _children(bookmarks: Sequence[Bookmark], parent: int) -> list[int]:
    found = []
    for index in range(parent + 1, len(bookmarks)):
        if bookmarks[index].level == 0:
            break
        found.append(index)
    return found


def _link(link: Link, bookmarks: Sequence[Bookmark], pages: Sequence[int]) -> bytes:
    rectangle = b"%.2f %.2f %.2f %.2f" % (link.left, link.bottom, link.right, link.top)
    to = _destination(bookmarks[link.to], pages)
    return b"<< /Type /Annot /Subtype /Link /F 4 /Border [0 0 0] /Rect [%s] /Dest %s >>" % (rectangle, to)


def _destination(bookmark: Bookmark, pages: Sequence[int]) -> bytes:
    return b"[%d 0 R /XYZ null %.2f null]" % (pages[bookmark.page - 1], bookmark.top)


def _information(old: bytes, entries: Mapping[str, str]) -> bytes:
    """Qt's dictionary with entries in the place of its own."""
    date = re.search(rb"/CreationDate \([^)]*\)", old)
    lines = [b"/%s %s" % (key.encode("ascii"), _text(value)) for key, value in entries.items()]
    return b"<<\n%s\n>>" % b"\n".join([*lines, *([date[0]] if date else [])])


def _text(text: str) -> bytes:
    """A text string, in hexadecimal UTF-16, so that nothing in it needs an escape."""
    return b"<%s>" % (b"\xfe\xff" + text.encode("utf-16-be", "replace")).hex().encode("ascii")
