"""方案与调度: back-schedules, measures, monthly progress and its corrections.

Never changes a deadline the superior set.
"""
