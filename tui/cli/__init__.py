"""The command line: arguments, commands, their output, and the text mode."""
