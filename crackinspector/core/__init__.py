"""What every part of crackinspector speaks of: labels, detections, errors, names and numbers. No Qt, no files."""
