"""The ground of the maps: land, sea, ice and city lights, by day and by night."""
