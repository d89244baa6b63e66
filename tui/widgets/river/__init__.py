"""The timeline along the bottom of every view ("river"): events, passes, crews and light around the instant."""
