"""Burns: the recorded ones are found, dated inside their windows, and no others are found."""

from __future__ import annotations

import pytest

from seeds.makers.gap_errors import pairs
from sim.constants import DAY_S
from sim.orbit.closure.burns import burn_between, burns_of
from sim.orbit.closure.close import close_gap
from sim.orbit.closure.gap import Gap
from sim.orbit.element_history import embedded_history
from sim.time import parse_instant

HISTORY = embedded_history()
BURNS = HISTORY.burns


def within(first: str, last: str) -> list[int]:
    low, high = parse_instant(first), parse_instant(last)
    return [n for n, burn in enumerate(BURNS) if low <= burn.after_unix_s and burn.before_unix_s <= high]


def test_burns_every_date_lies_in_its_window() -> None:
    for burn in BURNS:
        assert burn.after_unix_s < burn.before_unix_s
        assert burn.unix_s is None or burn.after_unix_s <= burn.unix_s <= burn.before_unix_s
        assert 0.0 < burn.date_error_days <= (burn.before_unix_s - burn.after_unix_s) / DAY_S
        assert burn.delta_v_m_s == pytest.approx(0.57 * abs(burn.size_km))
        assert burn.kind == ("raise" if burn.size_km > 0.0 else "lowering")
        assert 0.0 <= burn.eccentricity_change < 0.003


@pytest.mark.parametrize(
    ("first", "last", "size_km"),
    [
        ("2022-04-15T19:00", "2022-04-22T07:00", 11.9),
        ("2024-07-17", "2024-07-25", 17.7),
        ("2025-05-21T11:00", "2025-05-29", 12.9),
        ("2026-05-21T20:40", "2026-05-23T00:20", 2.9),
        ("2026-07-02T01:00", "2026-07-03T12:00", 10.2),
        ("2022-09-20T10:00", "2022-09-21T14:00", -0.17),
    ],
)
def test_burns_recorded_ones_are_found(first: str, last: str, size_km: float) -> None:
    (number,) = within(first, last)
    assert BURNS[number].size_km == pytest.approx(size_km, abs=0.1)


def test_burns_avoidance_of_july_2021_is_dated() -> None:
    """The station avoided a satellite on 1 July 2021 at 09:50 UTC (note of China to the UN); two weeks without sets."""
    (number,) = within("2021-06-26", "2021-07-13")
    burn = BURNS[number]
    assert burn.unix_s is not None
    off_days = abs(burn.unix_s - parse_instant("2021-07-01T09:50:00Z")) / DAY_S
    assert off_days < 1.5
    assert burn.median_date_error_days < off_days < burn.date_error_days


def test_burns_of_a_campaign_are_one_row_with_its_window() -> None:
    """Of 2024-10-25 and 27 two dates to seven hours were stated, where no set tells them apart."""
    (number,) = within("2024-10-16", "2024-10-31")
    burn = BURNS[number]
    assert (burn.confidence, burn.unix_s) == ("campaign", None)
    assert burn.size_km == pytest.approx(16.8, abs=0.1)
    assert all(burn.unix_s is None for burn in BURNS if burn.confidence != "single")


@pytest.mark.parametrize(("nominal_days", "fewest"), [(4.0, 30), (7.0, 50), (10.0, 50), (14.0, 50), (20.0, 50)])
def test_burns_single_dates_with_sets_left_out_are_inside_their_error(nominal_days: float, fewest: int) -> None:
    """Small ones too: of those under four errors of their size 14 to 67 % were, before their error grew with it."""
    points = [HISTORY.point(n) for n in range(len(HISTORY))]
    sure = [burn for burn in BURNS if burn.confidence != "possible"]
    inside: list[bool] = []
    for first, last in pairs(points, nominal_days):
        start, end = points[first], points[last]
        known = [b for b in sure if start.unix_s <= b.after_unix_s + 1.0 and b.before_unix_s <= end.unix_s + 1.0]
        before, after = (HISTORY.orbit(n).element_set for n in (first, last))
        gap = Gap(before, after, (start, end), close_gap(points, first, last, HISTORY.launches_unix_s))
        inside += [
            abs(burn.unix_s - known[0].unix_s) / DAY_S <= burn.date_error_days
            for burn in burns_of([gap])
            if len(known) == 1 and burn.unix_s is not None and known[0].unix_s is not None
        ]
    assert len(inside) >= fewest
    assert sum(inside) / len(inside) > 0.85


def test_burns_most_launches_follow_a_raise_by_two_days() -> None:
    launches = [t for t in HISTORY.launches_unix_s if t > parse_instant("2022-11-01")]
    dated = [burn.unix_s for burn in BURNS if burn.unix_s is not None and burn.kind == "raise"]
    near = [launch for launch in launches if any(0.5 < (launch - t) / DAY_S < 3.0 for t in dated)]
    assert len(near) >= 0.6 * len(launches)


def test_burns_count_equals_that_of_the_altitude_report() -> None:
    unix_s = parse_instant("2024-08-01")
    until = [burn for burn in BURNS if burn.before_unix_s <= unix_s]
    assert list(HISTORY.altitude.at(unix_s).burns) == until
    near = HISTORY.altitude_at(unix_s).burns
    assert near
    assert list(near) == until[-len(near) :]


def test_burn_between_two_sets_gives_size_or_none() -> None:
    index = next(n for n, t in enumerate(HISTORY.epochs_unix_s) if t > parse_instant("2026-07-02T12:00")) - 1
    before, after = HISTORY.orbit(index).element_set, HISTORY.orbit(index + 1).element_set
    burn = burn_between(before, after)
    assert burn is not None
    assert burn.size_km == pytest.approx(10.2, abs=0.2)
    assert burn_between(HISTORY.orbit(index - 3).element_set, before) is None
    assert burn_between(after, before) is None
