"""公众端: what the city may see."""
