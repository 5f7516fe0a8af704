"""The gallery: a library's snapshots as a grid or a strip, filtered, sorted, chosen and decided on in quantity."""
