"""What the layers below the window say in English, in the language of the window.

`table` gathers the templates of what can come to the screen, by topic: each stands there as it stands where it is made,
but for the names of its fields; `translation` finds it again in what was said. A test holds the templates to the
source of the lower layers.
"""

from __future__ import annotations

from crackinspector.gui.sentences.translation import spoken, translated

__all__ = ["spoken", "translated"]
