"""Network addresses of streams, which may hold a password."""

from __future__ import annotations

import re

SCHEMES = ("rtsp", "rtsps", "rtmp", "http", "https", "udp", "rtp", "tcp", "srt")


def is_address(name: str) -> bool:
    """Whether a source's name is a network address that a stream can be read from."""
    scheme, separator, rest = name.partition("://")
    return scheme.lower() in SCHEMES and bool(separator) and bool(rest)


def without_password(address: str) -> str:
    """The address without user and password, for screens, logs and settings files."""
    return re.sub(r"^([a-zA-Z]+://)[^/?#]*@", r"\1", address)
