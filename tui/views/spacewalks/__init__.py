"""The view `spacewalks`: its screen in `view.py` and its panels."""
