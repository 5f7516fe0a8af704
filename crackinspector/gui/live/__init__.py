"""The live page: the camera's picture with the crack map over it, the verdict beside it, and what drives both."""
