"""From pictures to labels and crack maps: the LiteRT runtime, model files and cards, tiling, crack maps."""
