"""The view `crew`: its screen in `view.py` and its panels."""
