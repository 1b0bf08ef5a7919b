"""读件: from the bytes of a file to its text, with a map back; what nobody can read is refused."""
