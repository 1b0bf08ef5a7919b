"""How people and devices reach it: no rules, no tables."""
