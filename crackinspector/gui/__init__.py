"""The touch application: the only package that imports Qt.

`look` and `widgets` know nothing of cracks; `live`, `settings`, `models`, `sources` and `help` are the pages; `workers`
runs the pipeline in threads; `sentences` says in the language of the screen what the layers below say in English; `app`
builds everything and takes it down again.
"""
