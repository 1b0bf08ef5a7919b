"""对账: a claim held against the facts, one criterion per file, then joined."""
