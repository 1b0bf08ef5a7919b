"""标准: editions, limits, clauses, and which was in force on a day."""
