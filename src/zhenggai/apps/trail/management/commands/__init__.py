"""Found by name: ``flush``."""
