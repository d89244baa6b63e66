"""The world map: projections, coastline, terminator, colours."""
