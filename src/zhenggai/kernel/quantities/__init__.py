"""量与单位: units settled at the door, rounding by GB/T 8170."""
