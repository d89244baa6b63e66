"""From the bytes of a file to records of elements and ephemerides: packing, encodings, forms, and what is none."""
