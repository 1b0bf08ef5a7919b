"""考核: marks that count in the next round.

Never charges one fact twice.
"""
