"""Network addresses of streams."""

from __future__ import annotations

SCHEMES = ("rtsp", "rtsps", "rtmp", "http", "https", "udp", "rtp", "tcp", "srt")


def is_address(name: str) -> bool:
    """Whether a source's name is a network address that a stream can be read from."""
    scheme, separator, rest = name.partition("://")
    return scheme.lower() in SCHEMES and bool(separator) and bool(rest)
