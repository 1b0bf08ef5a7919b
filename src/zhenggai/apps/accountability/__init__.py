"""督办问责: findings upheld by two persons, and what follows.

Never names a person.
"""
