"""Observers: places by name, by coordinates and by time zone, and what lies under the station. No numpy."""
