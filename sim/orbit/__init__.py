"""Orbits: element sets and their files, propagation, the element history, altitude and expected errors."""
