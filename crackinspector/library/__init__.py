"""What is kept for years: the live application's snapshots, and the library of pictures, findings and verdicts. No Qt.

Everything on disk is whole or not there at all. `store` is a library's heart; `docs/decisions/library-on-disk.md` says
how it lies on the disk and why.
"""
