"""The widgets that show the station in three dimensions."""
