"""标准: editions, limits, and which of them governs a day."""
