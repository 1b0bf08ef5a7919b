"""Programming interface: built with the trust issue."""
