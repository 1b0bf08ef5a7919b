"""点位: works, outfalls, sections, sources, ponds.

Never holds a measured value.
"""
