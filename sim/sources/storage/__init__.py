"""The cache folder: the log of element sets, the downloaded bodies, and the state of every source."""
