"""Passes and eclipses of slow and of long orbits, against skyfield."""

from __future__ import annotations

import math
import warnings
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from sim.eclipses import find_eclipses, next_light_change
from sim.orbit.propagation import Sgp4Orbit
from sim.orbit.tle import parse_tle, tle_checksum
from sim.passes.finder import find_pass_times, find_passes
from sim.places.place import Place
from tests.support.orbits import PLACES

if TYPE_CHECKING:
    from collections.abc import Sequence

pytestmark = pytest.mark.validation

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # the package's own table of the Earth's turning is not used
    from skyfield.api import EarthSatellite, Loader, wgs84
    from skyfield_data import get_skyfield_data_path

    LOADER = Loader(get_skyfield_data_path())
    TIMESCALE = LOADER.timescale(builtin=True)
    EPHEMERIS = LOADER("de421.bsp")


def checked(line: str) -> str:
    return line[:68] + tle_checksum(line)


LINES = {
    "molniya": (
        "1 40296U 14069A   26234.50000000  .00000000  00000+0  00000+0 0  9991",
        "2 40296  63.4000  10.0000 7200000 270.0000  10.0000  2.00600000080002",
    ),
    "geostationary": (
        "1 40267U 14060A   26234.50000000  .00000000  00000+0  00000+0 0  9990",
        "2 40267   0.0300 100.0000 0001000 200.0000  60.0000  1.00273000040001",
    ),
    "inclined synchronous": (
        checked("1 42738U 17028A   26234.50000000  .00000000  00000+0  00000+0 0  9990"),
        checked("2 42738  43.0000 130.0000 0750000 270.0000 200.0000  1.00270000 30001"),
    ),
    "long ellipse": (
        checked("1 62193U 24234A   26234.50000000  .00000000  00000+0  00000+0 0  9990"),
        checked("2 62193  59.0000 100.0000 8110000 188.0000  60.0000  1.21800000  5001"),
    ),
    "transfer": (
        checked("1 90003U 20001C   26234.50000000  .00000000  00000+0  00000+0 0  9990"),
        checked("2 90003  27.0000  40.0000 7300000 178.0000  20.0000  2.27000000  5001"),
    ),
    "short ellipse": (
        checked("1 90004U 20001D   26234.50000000  .00000000  00000+0  00000+0 0  9990"),
        checked("2 90004  63.0000  40.0000 2500000 278.0000  20.0000  8.90000000  5001"),
    ),
}
DAYS = 3.0


def orbit_of(name: str) -> Sgp4Orbit:
    return Sgp4Orbit(parse_tle(*LINES[name]))


def instant(unix_s: np.ndarray | float) -> Any:
    """Our UTC in skyfield's time."""
    return TIMESCALE.tt_jd(2440587.5 + (np.asarray(unix_s) + 69.184) / 86400.0)


def crossings(times: np.ndarray, up: np.ndarray) -> tuple[list[float], list[float]]:
    """Instants of the samples after each change upwards, and downwards."""
    changes = np.flatnonzero(up[1:] != up[:-1])
    rises, sets = ([float(times[c + 1]) for c in changes if up[c + 1] == rising] for rising in (True, False))
    return rises, sets


def nearest(found: Sequence[float], wanted: float) -> float:
    return min((abs(one - wanted) for one in found), default=math.inf)


@pytest.mark.parametrize("name", LINES)
@pytest.mark.parametrize("place", [PLACES[0], PLACES[6]], ids=lambda place: place.name)
def test_slow_passes_rise_and_set_when_skyfield_says(name: str, place: Place) -> None:
    orbit = orbit_of(name)
    start = orbit.element_set.epoch_unix_s
    end = start + DAYS * 86400.0
    step_s = 60.0
    times = np.arange(start - 86400.0, end + 86400.0, step_s)
    satellite = EarthSatellite(*LINES[name], name, TIMESCALE)
    site = wgs84.latlon(place.latitude_deg, place.longitude_deg, place.height_m)
    up = (satellite - site).at(instant(times)).altaz()[0].degrees > 5.0
    rises, sets = crossings(times, up)
    found = find_passes(orbit, place, start, end, min_elevation_deg=5.0)
    ours = [p.rise.unix_s for p in found if p.rise_known], [p.set.unix_s for p in found if p.set_known]
    for mine, theirs in zip(ours, (rises, sets), strict=True):
        assert all(nearest(theirs, one) <= step_s + 0.5 for one in mine)
        assert all(nearest(mine, one) <= step_s + 0.5 for one in theirs if start + 60.0 < one < end - 60.0)
    for one in found:
        assert one.peak.elevation_deg > 5.0
        assert one.always_up == bool(up[(times > start) & (times < end)].all())
    times_alone = find_pass_times(orbit, place, start, end, min_elevation_deg=5.0)
    assert [(t.rise, t.peak, t.set) for t in times_alone] == [(p.rise, p.peak, p.set) for p in found]


def test_slow_pass_peaks_are_the_highest_points() -> None:
    orbit, place = orbit_of("molniya"), PLACES[0]
    start = orbit.element_set.epoch_unix_s
    satellite = EarthSatellite(*LINES["molniya"], "", TIMESCALE)
    site = wgs84.latlon(place.latitude_deg, place.longitude_deg, place.height_m)
    for one in find_passes(orbit, place, start, start + DAYS * 86400.0):
        times = np.arange(one.rise.unix_s, one.set.unix_s, 30.0)
        elevation = (satellite - site).at(instant(times)).altaz()[0].degrees
        assert one.peak.elevation_deg == pytest.approx(float(elevation.max()), abs=0.01)


def test_slow_passes_in_pieces_of_the_window_are_those_of_the_whole() -> None:
    orbit, place = orbit_of("inclined synchronous"), PLACES[1]
    start = orbit.element_set.epoch_unix_s
    whole = find_passes(orbit, place, start, start + 4 * 86400.0)
    peaks = {round(p.peak.unix_s) for p in whole if p.rise_known and p.set_known}
    for day in range(4):
        part = find_passes(orbit, place, start + day * 86400.0, start + (day + 1) * 86400.0)
        assert {round(p.peak.unix_s) for p in part if p.rise_known and p.set_known} <= peaks


def test_slow_pass_light_agrees_with_skyfield() -> None:
    orbit, place = orbit_of("molniya"), PLACES[0]
    start = orbit.element_set.epoch_unix_s
    satellite = EarthSatellite(*LINES["molniya"], "", TIMESCALE)
    for one in find_passes(orbit, place, start, start + 86400.0):
        times = np.arange(one.rise.unix_s + 30.0, one.set.unix_s - 30.0, 60.0)
        theirs = satellite.at(instant(times)).is_sunlit(EPHEMERIS)
        ours = np.array([any(a <= t <= b for a, b in one.light.sunlit) for t in times.tolist()])
        assert (ours != theirs).sum() <= 2 * (len(one.light.sunlit) + 1)  # a minute either side of an edge


ECLIPSES = [
    ("molniya", 0, 8),
    ("geostationary", 20, 6),
    ("long ellipse", 0, 10),
    ("transfer", 0, 5),
    ("short ellipse", 0, 3),
]


@pytest.mark.parametrize(("name", "after_days", "days"), ECLIPSES)
def test_slow_eclipses_none_is_missed_and_none_made_up(name: str, after_days: float, days: float) -> None:
    orbit = orbit_of(name)
    start = orbit.element_set.epoch_unix_s + after_days * 86400.0
    end = start + days * 86400.0
    step_s = 60.0
    times = np.arange(start, end, step_s)
    satellite = EarthSatellite(*LINES[name], name, TIMESCALE)
    leaves, enters = crossings(times, satellite.at(instant(times)).is_sunlit(EPHEMERIS))
    found = find_eclipses(orbit, start, end)
    assert all(nearest([e.enter for e in found], one) < step_s + 5.0 for one in enters)
    assert all(nearest([e.leave for e in found], one) < step_s + 5.0 for one in leaves)
    # Skyfield's Earth is a sphere: what only grazes may be one there and none here.
    long = [e for e in found if e.duration_s > 300.0 and start + 60.0 < e.enter and e.leave < end - 60.0]
    assert all(nearest(enters, e.enter) < step_s + 5.0 for e in long)
    for e in found:
        order = [e.penumbra_enter, e.enter, *([e.umbra_enter, e.umbra_leave] if e.umbra_enter else []), e.leave]
        assert order == sorted(t for t in order if t is not None)
    assert found


def test_slow_light_change_is_the_next_contact_of_the_eclipses() -> None:
    orbit = orbit_of("molniya")
    start = orbit.element_set.epoch_unix_s
    eclipse = next(e for e in find_eclipses(orbit, start, start + 2 * 86400.0) if e.penumbra_enter > start + 60.0)
    before = next_light_change(orbit, eclipse.penumbra_enter - 50.0)
    assert (before.state, before.next_state) == ("sunlit", "penumbra")
    assert before.change_unix_s == pytest.approx(eclipse.penumbra_enter, abs=0.1)
    inside = next_light_change(orbit, (eclipse.enter + eclipse.leave) / 2.0)
    assert inside.state == "umbra"
    assert inside.change_unix_s == pytest.approx(eclipse.umbra_leave, abs=0.1)
