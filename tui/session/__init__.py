"""The state behind the screen: clock, orbit, chronicle and place, from which frames are made. Opens no screen."""
