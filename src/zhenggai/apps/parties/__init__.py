"""责任主体: areas, bodies, persons, posts and who held them when.

Never says what a post did: the trail does.
"""
