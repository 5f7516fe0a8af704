"""Settings on screen: the store that everything follows, and the page made from the schema in `core.settings`."""
