"""The dashboard in a browser: the server, and the program that each visitor's connection starts."""
