"""What the law and the authority wrote: data only, every row with its source and clause."""
