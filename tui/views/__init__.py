"""The views, one folder each: `view.py` holds the screen, the others its panels."""
