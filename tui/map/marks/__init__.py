"""What is drawn over the ground of the map: lines, signs and names."""
