"""The source chooser: which camera, file or address the picture comes from, how it hangs and how it is set."""
