"""The same rules over many rows: one partition of the archive in, one small table out."""
