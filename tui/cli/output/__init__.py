"""What the commands print: text, JSON and CSV, calendars."""
