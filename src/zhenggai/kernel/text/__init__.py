"""Chinese text as it occurs in documents: cleaning, numerals, names."""
