"""Data embedded in Tiangong, so that everything works without a network; see SOURCES.md."""
