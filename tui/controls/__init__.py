"""What keys do to the clock, the map, the characters and the theatre: collaborators of the app that need no app."""
