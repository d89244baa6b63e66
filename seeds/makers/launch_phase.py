"""Where the station is when a ship is launched to it: learnt from launches at which sets are near.

A ship that is to meet the station within hours starts when the station's plane passes over the launch site, and when
the station itself is where the plan of the approach wants it. For plans of six to eight hours (all of 2021 and 2022 but
one) that is a little short of the point of its orbit that is nearest to the site, the same to a degree or two from
launch to launch; for those of two to five hours ten degrees short. So a launch says where the station was, even where
no element set does.
"""

from __future__ import annotations

import math
from statistics import fmean, stdev
from typing import TYPE_CHECKING

from msgspec import Struct

from sim.constants import DAY_S, DEG, TAU
from sim.orbit.closure.close import close_gap
from sim.orbit.closure.interpolation import curve_between, mean_at
from sim.passes.plans.launches import site_named, site_phase
from sim.seed_data import seed_json
from sim.time import parse_instant

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.orbit.closure.interpolation import Mean
    from sim.orbit.closure.mean_orbit import MeanOrbit

LONG_APPROACH_HOURS = 5.5
LONGEST_SURE_DAYS = 9.0
"""In gaps up to this length the place at a launch is known well enough to learn from."""


class Launch(Struct, frozen=True):
    """A launch to the station.

    Attributes:
        name: The ship.
        unix_s: When.
        latitude_deg: Of the site.
        longitude_deg: Of the site.
        approach_hours: From launch to docking.
    """

    name: str
    unix_s: float
    latitude_deg: float
    longitude_deg: float
    approach_hours: float

    @property
    def is_long(self) -> bool:
        """Whether the plan was one of six hours and more."""
        return self.approach_hours > LONG_APPROACH_HOURS

    def site_phase(self, mean: Mean) -> float:
        """Argument of latitude of the point of an orbit that is nearest to the site at the launch, revolutions."""
        latitude_rad, longitude_rad = self.latitude_deg * DEG, self.longitude_deg * DEG
        return site_phase(self.unix_s, latitude_rad, longitude_rad, mean.inclination, mean.node)


class Ahead(Struct, frozen=True):
    """How far the station is past the site, along its orbit, at launches of one kind of plan; revolutions.

    Attributes:
        mean: Over the launches.
        spread: Standard deviation of one more launch: that of the launches, and of their mean.
        count: How many they are.
    """

    mean: float
    spread: float
    count: int


def launches() -> list[Launch]:
    """All launches that met the station, in order."""
    found = []
    for mission in seed_json("chronicle.json")["missions"]:
        if mission.get("launch") and mission.get("dock"):
            unix_s = parse_instant(mission["launch"])
            site = site_named(mission["launch_site"].split(",")[0])
            hours = (parse_instant(mission["dock"]) - unix_s) / 3600.0
            found.append(Launch(mission["name"], unix_s, site.latitude_deg, site.longitude_deg, hours))
    return sorted(found, key=lambda launch: launch.unix_s)


def ahead_at(launch: Launch, points: Sequence[MeanOrbit]) -> float | None:
    """How far the station was past the site, revolutions; None where no sets are near enough to say it."""
    later = next((n for n, point in enumerate(points) if point.unix_s > launch.unix_s), 0)
    if not later or points[later].unix_s - points[later - 1].unix_s > LONGEST_SURE_DAYS * DAY_S:
        return None
    before, after = points[later - 1 : later + 1]
    closure = close_gap(points, later - 1, later)
    if closure.kind not in {"quiet", "burn"}:
        return None
    mean = mean_at(curve_between(before, after, closure.steps), (launch.unix_s - before.unix_s) / DAY_S)
    past: float = mean.latitude / TAU - launch.site_phase(mean)
    return (past + 0.5) % 1.0 - 0.5


def learnt(measured: dict[str, float], every: Sequence[Launch], *, is_long: bool, without: str = "") -> Ahead:
    """Mean and spread of a kind of plan, one launch left out if it is named."""
    values = [measured[o.name] for o in every if o.is_long == is_long and o.name in measured and o.name != without]
    return Ahead(fmean(values), stdev(values) * math.sqrt(1.0 + 1.0 / len(values)), len(values))


def measured_ahead(every: Sequence[Launch], points: Sequence[MeanOrbit]) -> dict[str, float]:
    """`ahead_at` by the name of the ship, where it can be said."""
    found = {launch.name: ahead_at(launch, points) for launch in every}
    return {name: value for name, value in found.items() if value is not None}
