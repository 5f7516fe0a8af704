"""crackinspector finds, localises, measures and documents cracks in concrete and masonry surfaces."""

__version__ = "0.1.0"
