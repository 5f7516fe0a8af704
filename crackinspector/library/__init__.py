"""Snapshots on disk: whole or not there at all, each with a JSON file that is its record. No Qt."""
