"""Passes and eclipses against their peers: ratios of processor times of one run, each the best of several rounds.

Processor time, because what other programs take away meanwhile is nobody's merit.
"""

from __future__ import annotations

import warnings
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import sgp4_predict
import skyfield_data
from skyfield.almanac import find_discrete
from skyfield.api import EarthSatellite, load, load_file, wgs84

from sim.chronicle import embedded_chronicle
from sim.chronicle.brightness import standard_magnitude_at
from sim.eclipses import find_eclipses, next_light_change
from sim.orbit.propagation import Sgp4Orbit
from sim.orbit.tle import parse_tle
from sim.passes.finder import find_pass_times, find_passes
from sim.places.place import Place
from tests.benchmarks.timing import best_s

pytestmark = [pytest.mark.benchmark, pytest.mark.usefixtures("new_objects_alone")]

LINES = (
    "1 48274U 21035A   26234.46683157  .00014340  00000+0  18184-3 0  9999",
    "2 48274  41.4688 279.6646 0001556 255.0784 104.9883 15.59157790303510",
)
ISLAMABAD = Place("Islamabad", 33.6844, 73.0479, 540.0)
START = datetime(2026, 8, 22, 12, tzinfo=UTC)
START_UNIX_S = START.timestamp()
DAYS = 10.0
END_UNIX_S = START_UNIX_S + DAYS * 86400.0


def orbit() -> Sgp4Orbit:
    """Read and prepared anew: queries are measured cold."""
    return Sgp4Orbit(parse_tle(*LINES))


def row(what: str, ours_s: float, peer_s: float, ratio: str, target: str) -> None:
    print(f"\n| {what} | {ours_s * 1e3:.2f} ms | {peer_s * 1e3:.2f} ms | {ratio} | {target} |", end="")


def test_find_passes_of_ten_days_against_skyfield() -> None:
    scale = load.timescale(builtin=True)
    site = wgs84.latlon(ISLAMABAD.latitude_deg, ISLAMABAD.longitude_deg, ISLAMABAD.height_m)
    first, last = scale.from_datetime(START), scale.from_datetime(START + timedelta(days=DAYS))
    standard_at = standard_magnitude_at(embedded_chronicle())

    def theirs() -> object:
        return EarthSatellite(*LINES, ts=scale).find_events(site, first, last, altitude_degrees=0.0)

    times_s, passes_s, peer_s = best_s(
        lambda: find_pass_times(orbit(), ISLAMABAD, START_UNIX_S, END_UNIX_S),
        lambda: find_passes(orbit(), ISLAMABAD, START_UNIX_S, END_UNIX_S, standard_magnitude_at=standard_at),
        theirs,
        rounds=20,
    )
    row("10 days of rise, peak, set / skyfield find_events", times_s, peer_s, f"{peer_s / times_s:.1f}", ">= 10")
    row("the same with light, magnitude and grade", passes_s, peer_s, f"{peer_s / passes_s:.1f}", ">= 6")
    assert peer_s / times_s >= 10.0
    assert peer_s / passes_s >= 6.0


def test_find_passes_of_ten_days_against_sgp4_predict() -> None:
    site = sgp4_predict.GeodeticPoint(ISLAMABAD.latitude_deg, ISLAMABAD.longitude_deg, ISLAMABAD.height_m)
    window = SimpleNamespace(start=START, end=START + timedelta(days=DAYS))

    def predictor() -> sgp4_predict.Predictor:
        return sgp4_predict.Predictor.from_tle(sgp4_predict.Tle("CSS", *LINES))

    def rise_and_set() -> list[object]:
        return list(predictor().transits_iter(site, window, 0.0))

    def with_peak_and_azimuths() -> list[object]:
        p = predictor()
        return [
            (p.max_elevation(site, t), p.observe_at(t.start, site), p.observe_at(t.end, site))
            for t in p.transits_iter(site, window, 0.0)
        ]

    times_s, passes_s, bare_s, detailed_s = best_s(
        lambda: find_pass_times(orbit(), ISLAMABAD, START_UNIX_S, END_UNIX_S),
        lambda: find_passes(orbit(), ISLAMABAD, START_UNIX_S, END_UNIX_S),
        rise_and_set,
        with_peak_and_azimuths,
    )
    assert len(rise_and_set()) == len(find_pass_times(orbit(), ISLAMABAD, START_UNIX_S, END_UNIX_S))
    row("10 days of rise, peak, set / sgp4-predict rise, set", times_s, bare_s, f"{times_s / bare_s:.2f}", "<= 1")
    row(
        "10 days of passes with light / sgp4-predict with peak and azimuths",
        passes_s,
        detailed_s,
        f"{passes_s / detailed_s:.2f}",
        "<= 1",
    )
    assert times_s <= bare_s  # though they do not look for the peak
    assert passes_s <= detailed_s


def test_find_eclipses_of_a_day_against_skyfield() -> None:
    with warnings.catch_warnings():  # it warns of its Earth orientation, which is not used
        warnings.simplefilter("ignore", RuntimeWarning)
        ephemeris = load_file(f"{skyfield_data.get_skyfield_data_path()}/de421.bsp")
    scale = load.timescale(builtin=True)
    satellite = EarthSatellite(*LINES, ts=scale)

    class Sunlit:
        """The condition, and the step of the search that skyfield takes from it."""

        step_days = 0.01

        def __call__(self, time: Any) -> Any:
            return satellite.at(time).is_sunlit(ephemeris)

    first, last = scale.from_datetime(START), scale.from_datetime(START + timedelta(days=1))
    end_unix_s = START_UNIX_S + 86400.0
    ours_s, peer_s = best_s(
        lambda: find_eclipses(orbit(), START_UNIX_S, end_unix_s),
        lambda: find_discrete(first, last, Sunlit()),
        rounds=8,
    )
    row("eclipses of a day, 6 contacts each / skyfield is_sunlit", ours_s, peer_s, f"{peer_s / ours_s:.0f}", ">= 100")
    assert peer_s / ours_s >= 100.0


def test_next_light_change_against_states() -> None:
    station = orbit()
    instants = [START_UNIX_S + 617.0 * number for number in range(100)]

    def changes() -> None:
        for unix_s in instants:
            next_light_change(station, unix_s)

    def states() -> None:
        for unix_s in instants:
            station.state(unix_s)

    ours_s, state_s = best_s(changes, states, rounds=50)
    row("100 next changes of light / 100 states", ours_s, state_s, f"{ours_s / state_s:.1f}", "<= 25")
    assert ours_s / state_s <= 25.0
