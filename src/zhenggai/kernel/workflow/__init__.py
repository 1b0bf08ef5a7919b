"""The life of an item as one table of steps."""
