"""佐证: files by fingerprint and the claims that rest on them.

Never decides whether a claim is true.
"""
