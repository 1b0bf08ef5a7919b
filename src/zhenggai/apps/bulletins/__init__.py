"""通报: snapshots and bound numbers, built with the bulletins issue.

Never prints an undecided case.
"""
