"""The view `passes`: its screen in `view.py` and its panels."""
