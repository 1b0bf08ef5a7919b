"""督查: visits, what was seen, and signed checks.

Never lets a body accept its own work.
"""
