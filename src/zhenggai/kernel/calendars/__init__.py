"""工作日与时限: working days, periods, deadlines."""
