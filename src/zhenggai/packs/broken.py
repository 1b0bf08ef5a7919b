"""One error for every pack that cannot be used; it stops the start-up."""


class BrokenPackError(ValueError):
    """The message is ``file:row: what is wrong → what would be right``."""
