"""What every part of crackinspector speaks of: labels, detections, errors. No Qt, no input or output."""
