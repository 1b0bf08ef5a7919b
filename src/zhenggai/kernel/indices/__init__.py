"""Indices of air and water: built with the law issue."""
