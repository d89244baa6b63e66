"""Screens that open over a view and answer once."""
