"""The station in three dimensions: its parts as they stand at an instant, a camera, a raster with a z-buffer."""
