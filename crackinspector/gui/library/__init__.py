"""The library in the window: how it is reached without the window ever waiting for it, and which page leads where."""
