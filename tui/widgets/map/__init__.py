"""The widgets that show the map of the Earth."""
