"""考核: built with the press issue."""
