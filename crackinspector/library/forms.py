"""What a library can be exported as; by itself, so that a command line knows it at once."""

from __future__ import annotations

FORMS = ("csv", "json", "coco", "yolo", "geojson", "folders")
