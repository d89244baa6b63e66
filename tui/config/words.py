"""What the words and signs on the screen mean, for the help and the palette."""

WORDS: tuple[tuple[str, str], ...] = (
    ("LIVE", "the instant shown is now"),
    ("SIM", "it is not: you went somewhere in time, paused, or changed the rate"),
    ("STALE", "the elements are too old for the place that is shown"),
    ("±", "how far off the place is expected to be along the orbit; one case in ten is worse than three times that"),
    ("height", "above the WGS84 ellipsoid, below the station"),
    (
        "mean altitude",
        "semi-major axis less 6378.137 km: steady over a revolution, differs from the height by up to 8 km",
    ),
    (
        "peak",
        "highest point of a pass (TCA); rise and set (AOS, LOS) are where it crosses the least elevation said there",
    ),
    ("★", "grade of a pass: none, fair, good, best; the reason stands beside it"),
    ("last known", "the records end at the date given; what came after is not known here"),
    ("fist", "10 degrees at arm's length: two fists up is 20 degrees high"),
    ("~, >=", "a duration that is approximate, or a lower bound"),
)
