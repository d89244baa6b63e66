"""Passes over a place: search, visibility, grading, and the direction to the station at an instant."""
