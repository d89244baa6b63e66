"""Scripts that make the embedded data; run by hand, never by the program."""
