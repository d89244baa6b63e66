"""Stories: captioned tours through the station's life, as data; the embedded ones are in `seeds/stories`."""
