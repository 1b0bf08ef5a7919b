"""Coordinates and distance: built with the inspection issue."""
