"""The sky over an observer: projection, stars, the path of a pass."""
