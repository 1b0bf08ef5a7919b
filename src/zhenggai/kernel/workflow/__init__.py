"""The life of an item as one table of steps, and the only way through it: ``grant``."""
