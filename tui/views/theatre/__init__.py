"""The view `theatre`: its screen in `view.py` and its panels."""
