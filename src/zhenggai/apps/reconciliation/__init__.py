"""对账销号: runs, contradictions, notices, closure, 回头看.

Never closes what the facts do not bear out unseen.
"""
