"""What a person leaves behind: the way through time, bookmarks, and alarms on passes."""
