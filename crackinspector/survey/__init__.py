"""Many pictures at once: `crackinspector analyze`."""
