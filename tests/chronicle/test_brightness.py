"""The station's brightness against what was seen of it, and from one docking to the next."""

from __future__ import annotations

import pytest

from sim.chronicle import embedded_chronicle
from sim.chronicle.brightness import reflecting_area_m2, standard_magnitude, standard_magnitude_at
from sim.constants import DAY_S
from sim.orbit.element_history import embedded_history
from sim.passes.finder import find_passes
from sim.passes.observation import observe
from sim.places.gazetteer import find_place
from sim.time import parse_instant


def test_standard_magnitude_of_the_full_station_is_the_published_one() -> None:
    full = standard_magnitude(embedded_chronicle().at(parse_instant("2026-07-07")))
    assert full.magnitude == pytest.approx(0.0, abs=1e-9)
    assert full.error == 1.0


def test_standard_magnitude_fits_the_pass_seen_on_25_may_2021() -> None:
    """High in the sky, Tianhe alone, about +1; with the full station's standard magnitude it would be -2.4.

    How high is not asserted: the place is known to some thousand kilometres only, three days after the first set.
    """
    day = parse_instant("2021-05-25")
    orbit, place, standard_at = (
        embedded_history(),
        find_place("Islamabad"),
        standard_magnitude_at(embedded_chronicle()),
    )
    seen = [
        one
        for one in find_passes(orbit, place, day, day + DAY_S, standard_magnitude_at=standard_at)
        if one.peak.elevation_deg > 75.0
    ]
    assert len(seen) == 1
    at_peak = observe(orbit, place, seen[0].peak.unix_s, seen[0].standard).magnitude
    assert at_peak == pytest.approx(1.0, abs=1.0)
    assert seen[0].standard is not None
    assert abs((at_peak or 99.0) - 1.0) < seen[0].standard.error


@pytest.mark.parametrize(
    ("instant", "seen", "who"),
    [
        ("2021-05-04", 2.2, "spaceweather.com: rivalling Vega"),
        ("2022-08-01", 2.1, "J. Respler, SeeSat-L, with Wentian"),
        ("2023-12-01", 0.0, "Heavens-Above, finished"),
    ],
)
def test_standard_magnitude_lies_within_its_error_of_what_was_seen(instant: str, seen: float, who: str) -> None:
    standard = standard_magnitude(embedded_chronicle().at(parse_instant(instant)))
    assert abs(standard.magnitude - seen) <= standard.error, who


def test_standard_magnitude_changes_at_dockings_only_and_never_by_much() -> None:
    """Every six hours of five years: a laboratory adds up to 1.5 magnitudes, a ship up to 0.6, a move nothing."""
    book = embedded_chronicle()
    standard_at = standard_magnitude_at(book)
    first, last = parse_instant("2021-05-01"), parse_instant("2026-10-01")
    before = standard_at(first)
    for step in range(1, int((last - first) / (DAY_S / 4.0))):
        unix_s = first + step * DAY_S / 4.0
        facts, now = book.at(unix_s), standard_at(unix_s)
        assert now == standard_magnitude(facts)
        assert abs(now.magnitude - before.magnitude) < 1.5
        assert -0.3 < now.magnitude < 3.0
        assert 200.0 < reflecting_area_m2(facts) < 1050.0
        before = now


def test_reflecting_area_while_a_laboratory_changes_ports_includes_it() -> None:
    book = embedded_chronicle()
    moving, moved = (book.at(parse_instant(t)) for t in ("2022-11-03T01:10:00Z", "2022-11-03T03:00:00Z"))
    assert reflecting_area_m2(moving) == reflecting_area_m2(moved)


def test_reflecting_area_before_docking_excludes_the_laboratory() -> None:
    book = embedded_chronicle()
    before, after = (book.at(parse_instant(t)) for t in ("2022-07-24T12:00:00Z", "2022-07-25T12:00:00Z"))
    assert reflecting_area_m2(after) - reflecting_area_m2(before) > 250.0
