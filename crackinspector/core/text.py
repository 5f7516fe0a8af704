"""Text that is shown to people: names of files may hold anything but NUL and the separator."""

from __future__ import annotations

import os
import re

_AUTHORITY = re.compile(r"[^/?#\s]*")
_HOST = re.compile(r"(\[[^]]*\]|[^:]*)(:\d{0,5})?")
_SECRET = re.compile(
    r"(?<=[?&;/_])((?:user(?:_?name)?|usr|login|pass(?:word|wd|phrase)?|pwd|psw|pw|key|api_?key|auth|secret"
    r"|sig(?:nature)?|[a-z]*_?token)=)[^&\s]*",
    re.IGNORECASE,
)


def printable(text: str | os.PathLike[str]) -> str:
    r"""The text, or path, without anything that could move the cursor, break the line or fail to encode.

    What cannot be printed becomes its escape: a line break `\n`, a byte of a name that is not UTF-8 `\udc80`..`\udcff`.
    Printable text, and so the result itself, stays as it is.
    """
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in os.fspath(text))


def percent(share: float) -> str:
    """A share 0..1 for people: whole per cent, but never 0 or 100 for what is not quite."""
    return f"{whole_percent(share)}\N{NARROW NO-BREAK SPACE}%"


def whole_percent(share: float) -> int:
    """The number of `percent`."""
    whole = round(100 * share)
    return min(99, max(1, whole)) if 0 < share < 1 else whole


def without_password(text: str) -> str:
    """The text with the user, password and tokens left out of the addresses in it, for screens, logs and records.

    In doubt more is left out: a password may hold any letter, also those that an address should not.
    """
    start, *addresses = text.split("://")
    return "://".join([start, *(_SECRET.sub(r"\1***", _from_host(address)) for address in addresses)])


def _from_host(address: str) -> str:
    """What follows the user and password of an address, which is given without its scheme."""
    match = _AUTHORITY.match(address)
    authority = match[0] if match else ""
    if "@" in authority:
        return address[authority.rindex("@") + 1 :]
    if _HOST.fullmatch(authority):
        return address
    # No port is named like that, so it is the beginning of a password with a slash, a blank or the like in it.
    return address[address.rfind("@") + 1 :]
