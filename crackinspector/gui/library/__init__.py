"""The library as every page reaches it: behind two threads, so that the window never waits."""
