"""Texts for durations, quantities, passes and facts; knows no widget and no frame."""
