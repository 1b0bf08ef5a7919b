"""What follows from the packs: pure functions an official could check with paper and pencil."""
