"""Text that is shown to people: names of files may hold anything but NUL and the separator."""

from __future__ import annotations

import os
import re

_PASSWORD = re.compile(r"(?<=://)[^/\s]*@")


def printable(text: str | os.PathLike[str]) -> str:
    r"""The text, or path, without anything that could move the cursor, break the line or fail to encode.

    What cannot be printed becomes its escape: a line break `\n`, a byte of a name that is not UTF-8 `\udc80`..`\udcff`.
    Printable text, and so the result itself, stays as it is.
    """
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in os.fspath(text))


def without_password(text: str) -> str:
    """The text with the user and password left out of the addresses in it."""
    return _PASSWORD.sub("", text)
