"""Numbers, passes and facts put into words."""
