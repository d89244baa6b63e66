"""When a ship could be launched to the station: when the station's plane passes over the launch site.

A rocket has no fuel to turn the plane of its orbit, so it starts when the site is in the plane of the station, twice a
day, once northwards and once southwards; how long before or after, each rocket does in its own way. Ships have always
taken the southward pass. Where the station is on its orbit then decides how long the approach takes; the station is
raised before a launch until that fits, so it bars no day, it says how much there is to do.

All this is geometry: weather, range, crew and politics are not in it.
"""

from __future__ import annotations

import math
from statistics import median, stdev
from typing import TYPE_CHECKING, Literal

import msgspec

from sim.astro.earth_orientation import gmst82_rad
from sim.astro.frames import site_itrs_km
from sim.astro.vectors import wrapped_deg, wrapped_rad
from sim.constants import DAY_S, DEG, EARTH_RATE_RAD_S, HOUR_S, TAU
from sim.orbit.composite import since_node
from sim.orbit.plane import plane_at
from sim.orbit.uncertainty import PlaneError, launch_plane, plane_error
from sim.places.gazetteer import look_up
from sim.time import parse_instant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sim.orbit.propagation import Orbit
    from sim.orbit.uncertainty import ErrorAt, ExpectedError
    from sim.places.place import Place

PassName = Literal["ascending", "descending"]
PASSES: tuple[PassName, ...] = ("ascending", "descending")
SITES = {"Jiuquan": "Jiuquan Satellite Launch Center", "Wenchang": "Wenchang Space Launch Site"}

HABIT = 3
"""The newest launches before an instant, from which the delay after the plane's pass is estimated."""

_STUDENT_95 = 2.920
"""Of three values one more lies within so many spreads nine times in ten (Student, two degrees of freedom)."""

_MEDIAN_OF_P90 = 0.6745 / 1.6449
_ORBIT_RADIUS_KM = 6770.0
_WIDE_DEG = 5.0
"""A place in the orbit that is known no better than this suits any plan and none."""

_ROUNDS = 6


class Crossing(msgspec.Struct, frozen=True):
    """The plane over a site.

    Attributes:
        unix_s: When.
        name: Whether ships would fly north or south from there.
        azimuth_deg: Of the plane at the site, in inertial space.
    """

    unix_s: float
    name: PassName
    azimuth_deg: float


class Habit(msgspec.Struct, frozen=True):
    """How long after the plane's pass ships start from a site, by the last launches.

    Attributes:
        name: The pass they take.
        offset_s: From the pass to the launch.
        p90_s: Nine in ten start within this of it.
        ships: Which launches tell it.
    """

    name: PassName
    offset_s: float
    p90_s: float
    ships: tuple[str, ...]


class Opportunity(msgspec.Struct, frozen=True, kw_only=True):
    """One chance to launch.

    Attributes:
        site: Short name of the site.
        crossing: The plane over it.
        habit: What launches until then were like; None where fewer than three are known.
        plane: Expected error of the node.
        past_site_deg: How far the station is past the point of its orbit nearest to the site then; NaN where it is not
            known.
        past_site_p90_deg: How far off that may be.
    """

    site: str
    crossing: Crossing
    habit: Habit | None
    plane: PlaneError
    past_site_deg: float
    past_site_p90_deg: float

    @property
    def is_flown(self) -> bool:
        """Whether it is the pass that ships take from this site."""
        return self.habit is not None and self.habit.name == self.crossing.name

    @property
    def launch_unix_s(self) -> float | None:
        """When a ship would start by habit; None for a pass that no ship took."""
        return self.crossing.unix_s + self.habit.offset_s if self.habit is not None and self.is_flown else None

    @property
    def error_s(self) -> tuple[float, float]:
        """(median, 90 %) of the launch, or of the pass alone where no launch is foretold."""
        seconds_a_deg = DEG / (EARTH_RATE_RAD_S + _WESTWARD_RAD_S)
        p90_s = self.habit.p90_s if self.habit is not None and self.is_flown else 0.0
        return (
            math.hypot(self.plane.median_deg * seconds_a_deg, _MEDIAN_OF_P90 * p90_s),
            math.hypot(self.plane.p90_deg * seconds_a_deg, p90_s),
        )

    @property
    def suits(self) -> str | None:
        """Which plan of approach the station's place suits; None for neither, or where it is not known well."""
        if not self.is_flown or not self.past_site_p90_deg < _WIDE_DEG:
            return None
        for name, plan in launch_plane()["plans"].items():
            if abs(self.past_site_deg - plan["mean_deg"]) <= 2.0 * plan["spread_deg"] + self.past_site_p90_deg:
                return str(name)
        return None


_WESTWARD_RAD_S = 6.1 * DEG / DAY_S
"""Drift of the node of the station."""


def site_named(name: str) -> Place:
    """A launch site by its short name."""
    return look_up(SITES[name]).place


def crossings(orbit: Orbit, site: Place, start_unix_s: float, end_unix_s: float) -> Iterator[Crossing]:
    """When the mean plane passes over a site, in order of time; none where the inclination is less than its latitude.

    Raises:
        OrbitError: See `plane_at`.
    """
    x, y, z = site_itrs_km(site)
    slope = z / math.hypot(x, y)  # of the direction from the Earth's centre
    tilt = math.tan(plane_at(orbit, start_unix_s).inclination_rad)
    if abs(slope) > abs(tilt):
        return
    found = []
    for name in PASSES:
        unix_s = start_unix_s
        while unix_s <= end_unix_s:
            at = _next_crossing(orbit, math.atan2(y, x), slope, name, unix_s)
            if at.unix_s > end_unix_s:
                break
            found.append(at)
            unix_s = at.unix_s + HOUR_S
    yield from sorted(found, key=lambda crossing: crossing.unix_s)


def _next_crossing(orbit: Orbit, east_rad: float, slope: float, name: PassName, from_unix_s: float) -> Crossing:
    """The first one of a kind at or after an instant: the site's angle from the node grows by a turn a day."""
    unix_s = from_unix_s
    for number in range(_ROUNDS):
        plane = plane_at(orbit, unix_s)
        from_node = math.asin(max(-1.0, min(1.0, slope / math.tan(plane.inclination_rad))))
        wanted = from_node if name == "ascending" else math.pi - from_node
        left = wanted - (gmst82_rad(unix_s, 0.0) + east_rad - plane.node_rad)
        left = left % TAU if number == 0 else wrapped_rad(left)
        step_s = left / (EARTH_RATE_RAD_S - plane.node_rate_rad_s)
        unix_s += step_s
        if number and abs(step_s) < 1e-3:
            break
    ratio = math.cos(plane.inclination_rad) * math.hypot(1.0, slope)  # of the cosines of inclination and latitude
    azimuth_deg = math.degrees(math.asin(max(-1.0, min(1.0, ratio))))
    azimuth_deg = azimuth_deg if name == "ascending" else 180.0 - azimuth_deg
    return Crossing(max(unix_s, from_unix_s), name, azimuth_deg % 360.0)


def habit_at(site: str, unix_s: float) -> Habit | None:
    """What the last launches from a site before an instant were like; None where fewer than three are known."""
    before = [
        row for row in launch_plane()["launches"] if row["site"] == site and parse_instant(row["launch"]) < unix_s
    ]
    last = before[-HABIT:]
    if len(last) < HABIT or len({row["pass"] for row in last}) > 1:
        return None
    offsets_s = [row["offset_s"] for row in last]
    p90_s = _STUDENT_95 * stdev(offsets_s) * math.sqrt(1.0 + 1.0 / HABIT)
    return Habit(last[0]["pass"], median(offsets_s), p90_s, tuple(row["ship"] for row in last))


def find_opportunities(
    orbit: Orbit, site: str, start_unix_s: float, end_unix_s: float, *, error_at: ErrorAt
) -> list[Opportunity]:
    """All chances from a site in a span, of both passes, in order of time.

    `site` is one of `SITES`; launches before the span tell the habit.

    Raises:
        OrbitError: See `plane_at`.
    """
    place, habit = site_named(site), habit_at(site, start_unix_s)
    found = []
    for crossing in crossings(orbit, place, start_unix_s, end_unix_s):
        starts = habit is not None and habit.name == crossing.name
        unix_s = crossing.unix_s + (habit.offset_s if habit is not None and starts else 0.0)
        past_deg, off_deg = _past_site(orbit, place, unix_s, error_at(unix_s))
        found.append(
            Opportunity(
                site=site,
                crossing=crossing,
                habit=habit,
                plane=plane_error(orbit, crossing.unix_s),
                past_site_deg=past_deg,
                past_site_p90_deg=off_deg,
            )
        )
    return found


def _past_site(orbit: Orbit, place: Place, unix_s: float, error: ExpectedError) -> tuple[float, float]:
    """How far the station is past the site on its orbit, and how far off that may be; NaN where it is not known."""
    if not (error.position_known and error.is_stated):
        return math.nan, math.nan
    plane = plane_at(orbit, unix_s)
    site_turns = site_phase(
        unix_s, place.latitude_deg * DEG, place.longitude_deg * DEG, plane.inclination_rad, plane.node_rad
    )
    past_deg = wrapped_deg((since_node(orbit.state(unix_s)) - site_turns) * 360.0)
    return past_deg, math.degrees(error.p90_km / _ORBIT_RADIUS_KM)


def site_phase(
    unix_s: float, latitude_rad: float, longitude_rad: float, inclination_rad: float, node_rad: float
) -> float:
    """Argument of latitude of the point of an orbit nearest to a site at an instant, revolutions."""
    east = gmst82_rad(unix_s, 0.0) + longitude_rad - node_rad
    y = math.cos(latitude_rad) * math.sin(east)
    x, z = math.cos(latitude_rad) * math.cos(east), math.sin(latitude_rad)
    return math.atan2(y * math.cos(inclination_rad) + z * math.sin(inclination_rad), x) / TAU
