"""Where pictures come from: files of any kind, cameras and streams, the generated demo wall and its camera."""
