"""What happened: one chapter of the campaign per package, in the order of time."""
