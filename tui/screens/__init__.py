"""Views: one Textual screen each."""
