"""Real orbits for the tests of what is computed from them (catalogue sets of 2026-08-22; CBERS 2 is a verification
case of SGP4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.orbit.closure.gap import Gap
from sim.orbit.propagation import Sgp4Orbit
from sim.orbit.tle import parse_tle
from sim.places.place import Place

if TYPE_CHECKING:
    from sim.orbit.closure.close import Closure
    from sim.orbit.element_history import ElementHistory

LINES = {
    "station": (
        "1 48274U 21035A   26234.46683157  .00014340  00000+0  18184-3 0  9999",
        "2 48274  41.4688 279.6646 0001556 255.0784 104.9883 15.59157790303510",
    ),
    "ISS": (
        "1 25544U 98067A   26234.50053383  .00009133  00000+0  17025-3 0  9997",
        "2 25544  51.6331 331.8814 0007668  72.6488 287.5339 15.49570248582031",
    ),
    "decaying module": (
        "1 66515U 25246C   26234.35830025  .00057615  00000+0  26758-3 0  9999",
        "2 66515  41.4705 253.3971 0007904 137.1906 222.9557 15.82446792 44203",
    ),
    "near-polar": (
        "1 28057U 03049A   06177.78615833  .00000060  00000-0  35940-4 0  1836",
        "2 28057  98.4283 247.6961 0000884  88.1964 271.9322 14.35478080140550",
    ),
    "eccentric": (
        "1 49271U 11037PF  26234.15787469  .00015610  00000+0  23872-1 0  9994",
        "2 49271  51.6373 163.3627 0923673  67.9017 301.7247 12.43658259233252",
    ),
}

PLACES = (
    Place("Islamabad", 33.6844, 73.0479, 540.0),
    Place("Beijing", 39.9042, 116.4074, 44.0),
    Place("Jiuquan", 40.9581, 100.2912, 1000.0),
    Place("Karachi", 24.8607, 67.0011, 10.0),
    Place("London", 51.5074, -0.1278, 11.0),
    Place("Quito", -0.1807, -78.4678, 2850.0),
    Place("Sydney", -33.8688, 151.2093, 58.0),
    Place("Nairobi", -1.2921, 36.8219, 1795.0),
    Place("New York", 40.7128, -74.0060, 10.0),
    Place("70 north", 70.0, 25.0, 0.0),
    Place("Dead Sea", 31.5, 35.5, -430.0),
    Place("Everest", 27.9881, 86.9250, 8849.0),
)


def example_orbit(name: str) -> Sgp4Orbit:
    return Sgp4Orbit(parse_tle(*LINES[name], name=name))


def epoch_of(orbit: Sgp4Orbit) -> float:
    return orbit.element_set.epoch_unix_s


def closure_at(history: ElementHistory, index: int) -> Closure:
    """How the gap after set `index` is closed; the test fails if its two sets could not be joined."""
    gap = history.gap(index)
    assert isinstance(gap, Gap)
    return gap.closure
