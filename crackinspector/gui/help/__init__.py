"""The help page: what is on the screen, every action with its keys, and where files are."""
