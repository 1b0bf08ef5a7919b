"""HJ 212 frames: built with the intake issue."""
