"""Settings, the table of actions, and the key map."""
