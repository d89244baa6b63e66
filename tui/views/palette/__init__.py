"""The command palette: `palette.py` is the screen, the rest what it finds."""
