"""Units settled at the door, rounding by GB/T 8170."""
