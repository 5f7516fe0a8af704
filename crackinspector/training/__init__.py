"""The training side (extra `train`, Keras 3 on TensorFlow): data, networks, recipes, evaluation, export."""

# TensorFlow brings an SQLite of its own, without text search, which takes the place of Python's if it is loaded first.
import sqlite3  # noqa: F401
