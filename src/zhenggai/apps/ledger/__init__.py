"""台账: lists and versions, items, duties, deadlines, moves.

Never moves an item without what the kernel has granted.
"""
