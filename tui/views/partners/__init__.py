"""The view `partners`: its screen in `view.py` and its panels."""
