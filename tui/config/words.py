"""What the words and signs on the screen mean: for the help, the palette, and the pages behind `i`."""

from __future__ import annotations

from sim.language import N_, _

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
        N_("beta"),
        N_("angle between the Sun and the plane of the orbit: near 0° the shadow is longest, above 70° there is none"),
    ),
    (N_("drag"), N_("B*, the drag term of an element set, fitted by its maker; it swallows other errors too")),
    (
        N_("peak"),
        N_(
            "highest point of a pass (TCA); rise and set (AOS, LOS) are where it crosses the least elevation said there"
        ),
    ),
    (N_("mag"), N_("brightness: the smaller the brighter; Vega 0, Venus -4, the faintest stars of a dark sky +6")),
    ("★", N_("grade of a pass: none, fair, good, best; the reason stands beside it")),
    ("☆", N_("a star that the pass does not have")),
    (N_("last known"), N_("the records end at the date given; what came after is not known here")),
    (N_("fist"), N_("10 degrees at arm's length: two fists up is 20 degrees high")),
    ("~", N_("about: only that was published, or it follows from what is")),
    (">=", N_("at least: a part of it was not published")),
    ("?", N_("not known: not published, or not found")),
    ("≠", N_("sources differ")),
    ("→", N_("Enter or a click goes there")),
    ("▸", N_("the row under the cursor")),
    ("▼", N_("the record that the bars are measured against")),
    ("▾", N_("sorted by this column, from the largest")),
    ("▴", N_("sorted by this column, from the smallest")),
    ("●", N_("where it is now")),
    ("◇", N_("planned, as said by then")),
    ("█", N_("a length that was published")),
    ("▒", N_("about that long; the length was not published to the minute")),
)
"""Words and signs with their meanings."""


PLACES: dict[str, tuple[str, tuple[tuple[str, str], ...]]] = {
    "missions": (
        N_("Signs of the timeline"),
        (
            ("█", N_("at a port")),
            ("━", N_("alone in orbit")),
            ("┄", N_("not known")),
            ("┊", N_("the beginning of a span of time")),
            ("│", N_("the instant shown")),
            ("◆", N_("a handover of the station from crew to crew")),
            ("•", N_("a spacewalk, or an event of the station")),
            ("◇", N_("planned, as said by then")),
            ("○", N_("a port with nothing at it")),
        ),
    ),
    "spacewalks.years": (
        N_("Signs of the years"),
        (("▲", N_("the spacewalk under the cursor")),),
    ),
    "passes.strip": (
        N_("Signs of the nights"),
        (("▒", N_("day")), ("░", N_("twilight")), ("█", N_("a pass, the higher it climbs the taller"))),
    ),
    "sky": (
        N_("Signs of the sky"),
        (
            ("●", N_("the station in sunlight")),
            ("○", N_("the station in the Earth's shadow")),
            ("◌", N_("where it rises, or has set")),
            ("•", N_("a full minute of the way in sunlight")),
            ("◦", N_("a full minute of the way in shadow")),
            ("◐", N_("where it goes into the shadow")),
            ("◑", N_("where it comes out of the shadow")),
            ("✦", N_("a planet")),
            ("✶", N_("a bright star")),
            ("*", N_("a star of the first or second magnitude")),
            ("∙", N_("a fainter star")),
        ),
    ),
    "partners": (
        N_("Signs of the programme"),
        (
            ("●", N_("a step that is done")),
            ("▶", N_("the instant shown")),
            ("◇", N_("planned, as said by then")),
            ("○", N_("a step that was still to come at the instant shown")),
        ),
    ),
    "river": (
        N_("Signs of the river of time"),
        (
            ("┃", N_("the instant shown")),
            ("◆", N_("a spacewalk begins or ends, or a record falls")),
            ("▲", N_("a launch")),
            ("▶", N_("a docking")),
            ("◀", N_("an undocking")),
            ("▼", N_("a landing or a re-entry")),
            ("■", N_("a module, or another step of the station")),
            ("↑", N_("the orbit is raised, or a piece of debris avoided")),
            ("↓", N_("the orbit is lowered")),
            ("•", N_("a handover, a lesson, a step of the partners")),
            ("▵", N_("a pass over your place")),
            ("★", N_("a pass over your place that can be seen")),
            ("◇", N_("planned, as said by then")),
            ("━", N_("who is aboard; light and shadow")),
        ),
    ),
}
"""Signs that mean something of their own in one view or panel: a heading, and the signs."""


def signs_in(text: str, *places: str) -> list[tuple[str, str]]:
    """The signs and words of the glossary that stand in a text, in its order.

    Args:
        text: What stands in a panel.
        places: Names in `PLACES`, of which the later ones count more.
    """
    meanings = dict(WORDS)
    for place in places:
        meanings |= dict(PLACES[place][1]) if place in PLACES else {}
    folded = f" {' '.join(text.casefold().split())} "
    return [
        (sign, told)
        for sign, told in meanings.items()
        if _stands(sign, text, folded) or (_(sign) != sign and _(sign) in text)
    ]


def _stands(sign: str, text: str, folded: str) -> bool:
    return f" {sign.casefold()} " in folded if sign.replace(" ", "").isalpha() else sign in text
