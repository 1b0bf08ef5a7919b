"""Template tags of the interface (load name ``ui``)."""
