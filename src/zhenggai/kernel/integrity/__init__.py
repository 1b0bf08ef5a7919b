"""Whether a datum is believable: built with the truth issue."""
