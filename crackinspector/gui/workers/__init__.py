"""The threads behind the window: camera, inference and keeping, each a QThread around a loop that knows no Qt."""
