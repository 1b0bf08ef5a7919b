"""Whether it got better, and because of us: built with the truth issue."""
