"""The widgets that show a pass: its sky, and panels that belong to it."""
