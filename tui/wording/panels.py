"""What each panel shows, how that is found, how sure it is and from where: behind the key `i`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.chronicle.model.record import Proof
from sim.language import N_, _
from tui.config.words import signs_in
from tui.wording.proof import Explained

if TYPE_CHECKING:
    from collections.abc import Sequence

CAPTIONS = (N_("what it is"), N_("computed"), N_("how sure"), N_("source"))

_ELEMENTS = N_("The element sets named in view 6, carried and downloaded; SGP4.")
_RECORDS = N_("The chronicle: agencies, CMSA above all, and newspapers; each record names its own.")
_ORBIT_ERROR = N_("As sure as the place of the station: its expected error stands in the header.")
_RECORDS_SURE = N_("The records end at the day named there; what nobody published is said to be so, never guessed.")

PANELS: dict[str, tuple[str, str, str, str]] = {
    "station.map": (
        N_("The place below the station, its way behind and ahead, day and night. K has every sign and colour."),
        N_("The orbit turned into latitude and longitude on the WGS84 ellipsoid; the Sun by its mean elements."),
        _ORBIT_ERROR,
        N_("The element sets; coasts, ground and city lights are listed in seeds/SOURCES.md."),
    ),
    "station.tonight": (
        N_("The next pass worth going out for at your place, the one after it, or why there is none."),
        N_("All passes of the coming week; one counts if it is sunlit, high enough and the sky dark enough."),
        N_("The times are off by seconds, which stand in view 5; brightness by half a magnitude or more."),
        _ELEMENTS,
    ),
    "station.telemetry": (
        N_("Where the station is at the instant shown, and the shape of its orbit. Nothing is received from it."),
        N_("SGP4, or the way between two sets; height above the WGS84 ellipsoid, speed against the stars."),
        N_("The error along the track stands there; across it and in height it is a tenth of that and less."),
        _ELEMENTS,
    ),
    "station.crew": (
        N_("Who is aboard at the instant shown, with the days since their launch."),
        N_("From launches, dockings and landings of the crewed ships."),
        _RECORDS_SURE,
        _RECORDS,
    ),
    "station.ports": (
        N_("What is at each port of the station at the instant shown."),
        N_("From dockings, undockings and moves from one port to another."),
        _RECORDS_SURE,
        _RECORDS,
    ),
    "station.events": (
        N_("The event before the instant and the one after it; e and E go there."),
        N_("Records of the chronicle, and burns found in the element sets."),
        N_("A time that is known only to a day is said so; a burn has the window between two sets."),
        _RECORDS,
    ),
    "station.pass": (
        N_("The next passes over your place, those that can be seen first."),
        N_("The instants at which the station crosses the least elevation that stands in the lower border."),
        N_("Each has its own error in seconds: half of such passes are nearer than that."),
        _ELEMENTS,
    ),
    "station.band": (
        N_("The mean altitude of months at the left, the height of this revolution at the right."),
        N_("Mean altitude is the semi-major axis less 6378.137 km; height is above the ellipsoid."),
        N_("Of a mean altitude some ten metres where sets are fresh; the burns are found, not announced."),
        _ELEMENTS,
    ),
    "station.walks": (
        N_("The longest spacewalks, against the record that had stood since 2001: 8 h 56 min."),
        N_("From the hatch opening to its closing."),
        N_("About and at least are said where only that was published."),
        _RECORDS,
    ),
    "crew.aboard": (
        N_("Who is in space at the instant shown, on which ship up and down, and the days of mission and career."),
        N_("From launches and landings; the days run to the instant."),
        _RECORDS_SURE,
        _RECORDS,
    ),
    "crew.everyone": (
        N_("Everyone who had flown to the station by the instant shown; a and A sort, / filters."),
        N_("Days in space and time outside are sums over the flights and spacewalks up to the instant."),
        N_("A sum is at least or about where one of its parts is."),
        _RECORDS,
    ),
    "crew.stays": (
        N_("Who was in space when, those who flew first above; green are the flights under way."),
        N_("From launch to landing. A break is a time between an undocking and the next docking."),
        _RECORDS_SURE,
        _RECORDS,
    ),
    "missions.timeline": (
        N_("Every module and ship since April 2021, ports over time, what was planned by then; the mean altitude."),
        N_("A bar from launch to return; filled where the ship was at a port, thin where it flew alone."),
        N_("Grey is after the instant shown; dotted is what the records do not know."),
        _RECORDS,
    ),
    "missions.diagram": (
        N_("The ports of the station and what is at them."),
        N_("From dockings, undockings and moves."),
        _RECORDS_SURE,
        _RECORDS,
    ),
    "missions.model": (
        N_("The station as it was put together at the instant shown, lit by the true Sun."),
        N_("Published sizes of modules and ships, in a row of simple shapes; wings turned to the Sun."),
        N_("The attitude is assumed, forward along the way, down to the Earth; in truth wings may stand otherwise."),
        _RECORDS,
    ),
    "spacewalks.now": (
        N_("The spacewalk under way at the instant shown."),
        N_("Time since the hatch opened, against the record."),
        N_("Only where the times were published."),
        _RECORDS,
    ),
    "spacewalks.bars": (
        N_("All spacewalks up to the instant, as long as they lasted; the line is the record before the station's."),
        N_("From the hatch opening to its closing."),
        N_("A hatched bar is about that long; where no length was published there is no bar."),
        _RECORDS,
    ),
    "spacewalks.years": (
        N_("The spacewalks in the order of time, each as high as it was long; number and time of each year."),
        N_("From the hatch opening to its closing; one under way counts in the number, not in the time."),
        N_("Of the other colour are lengths that are about; where none was published a question mark stands."),
        _RECORDS,
    ),
    "spacewalks.totals": (
        N_("Time outside by person, by crew, by hatch."),
        N_("Sums over the spacewalks up to the instant; each person counts the whole time from hatch to hatch."),
        N_("A sum is at least or about where one of its parts is."),
        _RECORDS,
    ),
    "passes.strip": (
        N_("The nights of the coming days and the passes in them."),
        N_("The Sun's height at your place, and the passes of the list below."),
        N_("The same errors as in the list."),
        _ELEMENTS,
    ),
    "passes.table": (
        N_("The passes of the coming days over your place, the best marked by stars."),
        N_("The instants at which the station crosses the least elevation, its light, the Sun below your horizon."),
        N_("± says by how many seconds: nine passes in ten are nearer than that."),
        _ELEMENTS,
    ),
    "passes.sky": (
        N_("The way of the pass over your sky: the rim is the horizon, the middle is overhead."),
        N_("Directions from your place with refraction; stars, planets and the Moon where they then stand."),
        N_("The way is sure to a degree; the time along it as the list says."),
        N_("The element sets; the star catalogue is named in seeds/SOURCES.md."),
    ),
    "orbit.history": (
        N_("The mean altitude over time with every burn that was found; + and - zoom, a click goes there."),
        N_("Semi-major axis less 6378.137 km, of each element set, taken to the middle of its revolution."),
        N_("Some ten metres for a set; a burn is dated to the window between two sets."),
        _ELEMENTS,
    ),
    "orbit.eclipses": (
        N_("When the station enters the Earth's shadow and leaves it."),
        N_("The Sun's centre behind the limb of an oblate Earth; without the air's refraction."),
        N_("Within a second or two of the orbit shown; its own error along the way, over 7.7 km/s, comes on top."),
        _ELEMENTS,
    ),
    "orbit.beta-chart": (
        N_("The angle between the orbit's plane and the Sun, over 60 days: near zero the shadow is longest."),
        N_("The arc sine of the Sun's direction along the normal of the orbit, once a day."),
        N_("Sure to a tenth of a degree; where the position is not known nothing is drawn."),
        _ELEMENTS,
    ),
    "orbit.elements": (
        N_("The element set that answers for the instant shown."),
        N_("As published; between two sets all lies between both."),
        N_("The expected error was learnt from the station's own history of sets."),
        N_("Named in the first row."),
    ),
    "orbit.sources": (
        N_("The services that are asked: what each said last, and when it may be asked again."),
        N_("Two sources are compared; where they disagree both places are told."),
        N_("The stated error is at least the distance between the places that two sources give."),
        N_("The table of hosts in the README."),
    ),
    "orbit.decay": (
        N_("How fast the station sinks, how long until the floor of its band, and the burns that were found."),
        N_("The slope of the last ten days of sets since a burn; what drag does not explain is a burn."),
        N_("The activity of the Sun in coming months is not known: the bounds are wide for that."),
        _ELEMENTS,
    ),
    "orbit.state": (
        N_("Position and velocity in named frames, the error by direction, and which ground stations see it."),
        N_("TEME is the frame of SGP4, true equator and mean equinox of date; ITRS turns with the Earth."),
        N_("No digit finer than the error; one standard deviation, learnt, or as the operator states it."),
        N_("The element sets; ground stations to a tenth of a degree. In view says nothing of listening."),
    ),
    "partners.story": (
        N_("The agreements, the candidates, and whose experiments flew, as known at the instant shown."),
        N_("Each sentence was read at the sources below."),
        N_("What sources say differently, or was not verified, is marked."),
        _RECORDS,
    ),
}
"""By the view and the id of the panel: a text for each of `CAPTIONS`."""


def panel_explained(name: str, title: str, text: str, unix_s: float) -> list[Explained]:
    """The page about a panel, and the signs that stand in it now.

    Args:
        name: The view and the id of the panel, such as `orbit.decay`.
        title: The panel's own title.
        text: What stands in it, for its signs.
        unix_s: The instant shown.
    """
    pages = []
    if name in PANELS:
        rows = [(_(caption), _(told)) for caption, told in zip(CAPTIONS, PANELS[name], strict=True)]
        pages.append(_page(title or _("What this is"), rows, unix_s))
    view, _dot, panel = name.partition(".")
    signs = [(sign, _(meaning)) for sign, meaning in signs_in(text, view, name, panel)]
    return [*pages, _page(_("Signs and words here"), signs, unix_s)] if signs else pages


def _page(title: str, details: Sequence[tuple[str, str]], unix_s: float) -> Explained:
    return Explained(title, Proof(), unix_s, tuple(details))
