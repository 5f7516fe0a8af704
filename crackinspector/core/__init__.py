"""What every part of crackinspector speaks of: labels, detections, errors, printable names. No Qt, no files."""
