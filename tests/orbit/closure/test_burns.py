"""Burns: the recorded ones are found, dated inside their windows, and no others are found."""

from __future__ import annotations

import pytest

from sim.constants import DAY_S
from sim.orbit.closure.burns import burn_between
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
    assert abs(burn.unix_s - parse_instant("2021-07-01T09:50:00Z")) < 1.5 * DAY_S


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
