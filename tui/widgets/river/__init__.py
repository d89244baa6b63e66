"""The river of time along the bottom of every view: what was, what is and what comes around the instant."""
