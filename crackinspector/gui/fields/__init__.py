"""Fields: one value each, sized for fingers, worked by keys too. Settings, sources and help are made of them."""
