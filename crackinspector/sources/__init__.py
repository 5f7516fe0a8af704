"""Where pictures come from: picture files of any kind and the generated demo wall."""
