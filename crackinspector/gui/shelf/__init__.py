"""A library with its pages in a window, the same for the live application and the desk; what is imported into it."""
