"""From one finding of a snapshot to another."""

from __future__ import annotations

from collections.abc import Callable

from crackinspector.library.state import Finding, State


def step(state: State, chosen: str | None, by: int) -> str:
    """The key of the finding so many places on; "" stands between the last and the first."""
    keys = ["", *(finding.key for finding in state.findings)]
    at = keys.index(chosen) if chosen in keys else 0
    return keys[(at + by) % len(keys)]


def next_open(state: State, chosen: str, is_open: Callable[[Finding], bool]) -> str:
    """The key of the next finding that is open, from the first again after the last; "" if none is."""
    keys = [finding.key for finding in state.findings]
    at = keys.index(chosen) if chosen in keys else 0
    around = (*state.findings[at + 1 :], *state.findings[:at])
    return next((finding.key for finding in around if is_open(finding)), "")
