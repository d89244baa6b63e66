"""What the words and signs on the screen mean, for the help and the palette."""

from sim.language import N_

WORDS: tuple[tuple[str, str], ...] = (
    (N_("LIVE"), N_("the instant shown is now")),
    (N_("SIM"), N_("it is not: you went somewhere in time, paused, or changed the rate")),
    (N_("STALE"), N_("the elements are too old for the place that is shown")),
    (
        "±",
        N_("how far off the place is expected to be along the orbit; one case in ten is worse than three times that"),
    ),
    (N_("height"), N_("above the WGS84 ellipsoid, below the station")),
    (
        N_("mean altitude"),
        N_("semi-major axis less 6378.137 km: steady over a revolution, differs from the height by up to 8 km"),
    ),
    (
        N_("peak"),
        N_(
            "highest point of a pass (TCA); rise and set (AOS, LOS) are where it crosses the least elevation said there"
        ),
    ),
    ("★", N_("grade of a pass: none, fair, good, best; the reason stands beside it")),
    (N_("last known"), N_("the records end at the date given; what came after is not known here")),
    (N_("fist"), N_("10 degrees at arm's length: two fists up is 20 degrees high")),
    ("~, >=", N_("a duration that is approximate, or a lower bound")),
)
