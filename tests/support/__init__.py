"""Helpers that several tests share: programs, servers, orbits, scenes, and slow references."""
