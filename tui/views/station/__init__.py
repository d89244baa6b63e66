"""The view `station`: its screen in `view.py` and its panels."""
