"""专题: what a theme pack means."""
