"""The view `orbit`: its screen in `view.py` and its panels."""
