"""The view `missions`: its screen in `view.py` and its panels."""
