"""The station in three dimensions, full screen."""
