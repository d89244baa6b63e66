"""Tiangong's engine: orbit, light, passes and chronicle of the station at any instant (numpy, sgp4, httpx)."""
