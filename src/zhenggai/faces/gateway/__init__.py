"""HJ 212 over TCP: built with the intake issue."""
