"""Altitude: recorded raises are found, the trend has no outliers, decay and days to the floor hold their errors."""

from __future__ import annotations

import math
from collections import defaultdict
from datetime import UTC, datetime
from itertools import pairwise

import msgspec
import numpy as np
import pytest

from sim.constants import DAY_S, TIANHE_LAUNCH_UNIX_S
from sim.errors import ElementsError
from sim.orbit.altitude import (
    DECAY_CHANGE,
    FLOOR_HIGH,
    FLOOR_LOW,
    SCALE_HEIGHT_KM,
    AltitudeHistory,
    altitude_at,
    days_to_floor,
    decay_km_day,
)
from sim.orbit.closure.burns import burn_between
from sim.orbit.element_history import ElementHistory, embedded_history
from sim.orbit.propagation import Sgp4Orbit
from sim.time import parse_instant
from tests.support.memory import kept_bytes

HISTORY = embedded_history()
ALTITUDE = HISTORY.altitude
LAST = HISTORY.last_unix_s


@pytest.mark.parametrize(
    ("first", "last", "size_km"),
    [
        ("2026-01-31T09:16", "2026-02-02T12:04", 6.7),
        ("2026-04-29T19:17", "2026-04-30T19:50", 0.3),
        ("2026-05-08T19:28", "2026-05-09T21:34", 4.0),
        ("2026-05-13T11:28", "2026-05-16T22:26", 4.5),
        ("2026-05-21T20:40", "2026-05-23T00:20", 2.9),
        ("2026-07-02T01:00", "2026-07-03T12:00", 10.1),
        ("2025-05-21T11:00", "2025-05-29T00:00", 12.0),
        ("2022-04-15T19:00", "2022-04-22T07:00", 10.6),
    ],
)
def test_altitude_history_recorded_raises_are_found(first: str, last: str, size_km: float) -> None:
    """Sizes as recorded are plain differences; ours have the decay in between taken out."""
    found = [
        burn
        for burn in ALTITUDE.burns
        if parse_instant(first) <= burn.after_unix_s and burn.before_unix_s <= parse_instant(last)
    ]
    assert len(found) == 1
    assert found[0].kind == "raise"
    assert abs(found[0].size_km - size_km) < 0.3 + 0.15 * size_km
    assert found[0].delta_v_m_s == pytest.approx(0.57 * found[0].size_km)
    assert 0.1 < found[0].uncertainty_km < found[0].size_km


def test_altitude_history_in_2026_has_four_further_small_steps_only() -> None:
    burns = [burn for burn in ALTITUDE.burns if burn.after_unix_s > parse_instant("2026-01-01")]
    assert len(burns) == 9
    assert sorted(burn.kind for burn in burns).count("lowering") == 1
    assert max(abs(b.size_km) for b in burns if b.before_unix_s - b.after_unix_s > 5 * DAY_S) < 1.0


def test_altitude_trend_has_no_outliers() -> None:
    for before, here, after in zip(ALTITUDE.points, ALTITUDE.points[1:], ALTITUDE.points[2:], strict=False):
        if after.unix_s - before.unix_s > 5 * DAY_S:
            continue
        share = (here.unix_s - before.unix_s) / (after.unix_s - before.unix_s)
        line_km = before.mean_altitude_km + share * (after.mean_altitude_km - before.mean_altitude_km)
        step_km = abs(after.mean_altitude_km - before.mean_altitude_km)
        assert abs(here.mean_altitude_km - line_km) < 0.25 + 1.5 * step_km


def test_altitude_points_stay_in_the_band_with_perigee_below_apogee() -> None:
    for point in ALTITUDE.points:
        assert 340.0 < point.perigee_km <= point.mean_altitude_km <= point.apogee_km < 450.0
    assert [p.unix_s for p in ALTITUDE.points] == sorted(p.unix_s for p in ALTITUDE.points)


def test_altitude_report_of_the_newest_set_is_plausible() -> None:
    report = ALTITUDE.at(LAST)
    assert report.mean_altitude_km == pytest.approx(388.3, abs=0.1)
    assert report.decay is not None
    assert -0.16 < report.decay.km_day < -0.06
    assert report.decay.uncertainty_km_day is not None
    assert 0.0 < report.decay.uncertainty_km_day < 0.1
    assert report.to_floor is not None
    assert report.to_floor.low_days <= FLOOR_LOW * report.to_floor.days
    assert report.to_floor.high_days == pytest.approx(FLOOR_HIGH * report.to_floor.days)
    assert 200.0 < report.to_floor.days < 400.0
    last_raise = [burn for burn in report.burns if burn.kind == "raise"][-1]
    assert last_raise.size_km == pytest.approx(0.8, abs=0.2)


def test_altitude_report_uses_no_later_sets() -> None:
    early = ALTITUDE.at(parse_instant("2023-01-01"))
    assert early.points[-1].unix_s <= parse_instant("2023-01-01")
    assert all(burn.counts_from_unix_s <= parse_instant("2023-01-01") for burn in early.burns)
    cut = ElementHistory([s for s in HISTORY.sets if s.epoch_unix_s <= parse_instant("2023-01-01")])
    assert cut.altitude.at(parse_instant("2023-01-01")).points == early.points


def test_altitude_report_after_the_last_set_continues_with_the_decay() -> None:
    assert len(ALTITUDE.at(TIANHE_LAUNCH_UNIX_S).points) == 1
    later = ALTITUDE.at(LAST + 10 * DAY_S)
    now = ALTITUDE.at(LAST)
    assert now.decay is not None
    assert later.mean_altitude_km - now.mean_altitude_km == pytest.approx(10 * now.decay.km_day)
    assert later.apogee_km - later.perigee_km == pytest.approx(now.apogee_km - now.perigee_km)


@pytest.mark.parametrize(("days", "known"), [(9.9, True), (10.1, False), (300.0, False)])
def test_decay_is_stated_for_ten_days_after_the_last_set(days: float, known: bool) -> None:
    report = ALTITUDE.at(LAST + days * DAY_S)
    assert (report.decay is not None) == known
    assert (report.to_floor is not None) == known
    assert report.mean_altitude_km < ALTITUDE.at(LAST).mean_altitude_km


def test_decay_rate_in_quiet_weeks_agrees_with_what_followed() -> None:
    """In quiet stretches of 2026 the slope foretold and the one that came differ by what is stated, or by half."""
    quiet = [parse_instant(text) for text in ("2026-02-20", "2026-03-20", "2026-06-15", "2026-08-01")]
    for unix_s in quiet:
        decay = ALTITUDE.at(unix_s).decay
        assert decay is not None
        assert decay.uncertainty_km_day is not None
        coming = [p for p in ALTITUDE.points if unix_s < p.unix_s < unix_s + 7 * DAY_S]
        slope = np.polyfit([p.unix_s / DAY_S for p in coming], [p.mean_altitude_km for p in coming], 1)[0]
        assert abs(slope - decay.km_day) < max(3 * decay.uncertainty_km_day, 0.5 * abs(decay.km_day))


def test_decay_rate_one_sigma_holds_in_the_following_ten_days() -> None:
    """All quiet stretches: the slope of the mean altitude that came, as long as no burn lay in it."""
    epochs = np.array([point.unix_s for point in ALTITUDE.points])
    sizes_km = np.array([point.mean_altitude_km for point in ALTITUDE.points])
    held = []
    for begin in np.arange(epochs[0] + 5 * DAY_S, LAST - 10 * DAY_S, DAY_S).tolist():
        end = begin + 10 * DAY_S
        coming = (epochs >= begin - DAY_S) & (epochs <= end + DAY_S)
        if any(burn.after_unix_s < end and burn.before_unix_s > begin for burn in ALTITUDE.burns):
            continue
        if coming.sum() < 3 or np.ptp(epochs[coming]) < 6 * DAY_S:
            continue
        slope = np.polyfit((epochs[coming] - begin) / DAY_S, sizes_km[coming], 1)[0]
        decay = ALTITUDE.at(begin).decay
        if decay is None:  # more than ten days after a set
            continue
        held.append(abs(slope - decay.km_day) < decay.uncertainty_km_day)
    assert len(held) > 300
    assert 0.61 < np.mean(held) < 0.75


def test_days_to_floor_bounds_hold_for_the_drag_that_followed() -> None:
    """For every day the fall is integrated with the drag that the sets of the later days knew, raises left out."""
    known = [(s.epoch_unix_s, rate, s.mean_altitude_km) for s in HISTORY.sets if (rate := decay_km_day(s)) is not None]
    epochs, rates, sizes_km = (np.array(column) for column in zip(*known, strict=True))
    at_390_km = rates * np.exp((sizes_km - 390.0) / SCALE_HEIGHT_KM)
    days = np.arange(epochs[0], LAST, DAY_S).tolist()
    drag = [_median_near(epochs, at_390_km, day) for day in days]
    held: dict[int, list[bool]] = defaultdict(list)
    for first, day in enumerate(days):
        report = ALTITUDE.at(day)
        fell_days = _days_of_fall(report.mean_altitude_km, drag[first:])
        if fell_days is None or report.to_floor is None:
            continue
        year = datetime.fromtimestamp(day, UTC).year
        held[year].append(report.to_floor.low_days <= fell_days <= report.to_floor.high_days)
    assert sum(map(len, held.values())) > 1400
    assert 0.85 <= np.mean([one for year in held.values() for one in year]) <= 0.95
    assert min(np.mean(year) for year in held.values()) >= 0.85


def _median_near(epochs: np.ndarray, values: np.ndarray, unix_s: float) -> float:
    reach_s = 4 * DAY_S
    while (near := np.abs(epochs - unix_s) < reach_s).sum() < 2:
        reach_s *= 1.5
    return float(np.median(values[near]))


def _days_of_fall(altitude_km: float, drag_at_390_km: list[float]) -> int | None:
    """Days until the floor; None where the history ends before."""
    for day, rate in enumerate(drag_at_390_km, start=1):
        altitude_km += rate * math.exp((390.0 - altitude_km) / SCALE_HEIGHT_KM)
        if altitude_km <= 340.0:
            return day
    return None


def test_days_to_floor_equals_integrated_fall() -> None:
    altitude_km, days = 389.0, 0.0
    while altitude_km > 340.0:
        altitude_km -= 0.112 * math.exp((389.0 - altitude_km) / 60.0) * 0.01
        days += 0.01
    remaining = days_to_floor(389.0, -0.112)
    assert remaining is not None
    assert remaining.days == pytest.approx(days, rel=0.001)
    assert remaining.days < 0.75 * 49.0 / 0.112


def test_days_to_floor_is_near_that_of_sgp4() -> None:
    elements = HISTORY.sets[-2]
    orbit = Sgp4Orbit(elements)
    rate = decay_km_day(elements)
    assert rate is not None
    remaining = days_to_floor(elements.mean_altitude_km, rate)
    assert remaining is not None
    days = 0.0
    while True:
        orbit.state(elements.epoch_unix_s + days * DAY_S)
        if orbit.satrec.am * orbit.satrec.radiusearthkm - 6378.137 < 340.0:
            break
        days += 1.0
    assert remaining.low_days < days < remaining.high_days


@pytest.mark.parametrize(("altitude_km", "rate"), [(389.0, 0.0), (389.0, 0.1), (340.0, -0.1), (300.0, -0.1)])
def test_days_to_floor_without_decay_is_unknown(altitude_km: float, rate: float) -> None:
    assert days_to_floor(altitude_km, rate) is None


def test_decay_km_day_of_unsuitable_sets_is_unknown() -> None:
    good = HISTORY.sets[-1]
    assert decay_km_day(good) == pytest.approx(-0.164, abs=0.001)
    assert decay_km_day(msgspec.structs.replace(good, mean_motion_dot=-1e-5)) is None
    assert decay_km_day(msgspec.structs.replace(good, note="negative B*")) is None
    assert (
        burn_between(
            msgspec.structs.replace(good, note="x"),
            msgspec.structs.replace(good, note="x", epoch_unix_s=good.epoch_unix_s + DAY_S),
        )
        is None
    )


def test_altitude_history_in_the_storm_of_may_2024_has_no_burn() -> None:
    """The storm of May 2024 took the station down twice as fast; nothing lifted or lowered it."""
    first, last = parse_instant("2024-05-08T20:00"), parse_instant("2024-05-30")
    assert not [burn for burn in ALTITUDE.burns if first < burn.after_unix_s and burn.before_unix_s < last]


def test_altitude_history_raises_less_decay_equal_the_change_of_altitude() -> None:
    """Raises less decay is the change of altitude: nothing is counted twice or forgotten."""
    burns_km = sum(burn.size_km for burn in ALTITUDE.burns)
    sunk_km = 0.0
    for before, after in pairwise(s for s in HISTORY.sets if decay_km_day(s) is not None):
        rates = (decay_km_day(before) or 0.0) + (decay_km_day(after) or 0.0)
        sunk_km += rates / 2.0 * (after.epoch_unix_s - before.epoch_unix_s) / DAY_S
    change_km = ALTITUDE.points[-1].mean_altitude_km - ALTITUDE.points[0].mean_altitude_km
    assert burns_km + sunk_km == pytest.approx(change_km, abs=0.05 * burns_km)


def test_altitude_report_of_a_single_set_is_given() -> None:
    report = AltitudeHistory([HISTORY.sets[-1]]).at(LAST)
    assert report.decay is not None
    assert report.decay.uncertainty_km_day == pytest.approx(math.hypot(0.25, DECAY_CHANGE) * abs(report.decay.km_day))
    assert report.burns == ()
    unknown = AltitudeHistory([msgspec.structs.replace(HISTORY.sets[-1], mean_motion_dot=0.0)]).at(LAST)
    assert (unknown.decay, unknown.to_floor) == (None, None)


def test_altitude_history_without_sets_raises() -> None:
    with pytest.raises(ElementsError, match="there is no element set to work with"):
        AltitudeHistory([])


@pytest.mark.parametrize("days", [-40.0, -0.01, 0.0, 0.5, *[17.37 * k for k in range(1, 116)], 2030.0, 2400.0])
def test_altitude_at_from_few_sets_equals_whole_history(days: float) -> None:
    history = embedded_history()
    unix_s = history.first_unix_s + days * DAY_S
    few, all_ = history.altitude_at(unix_s), history.altitude.at(unix_s)
    for name in ("mean_altitude_km", "perigee_km", "apogee_km", "decay", "to_floor"):
        assert getattr(few, name) == getattr(all_, name)
    assert altitude_at(history, unix_s) == few


@pytest.mark.validation
def test_altitude_of_all_sets_keeps_numbers_not_the_sets() -> None:
    fresh = embedded_history.__wrapped__()
    sets_bytes = kept_bytes(lambda: [*fresh.sets])
    assert kept_bytes(lambda: fresh.altitude) < sets_bytes / 4


def test_altitude_at_of_an_orbit_without_history_uses_its_elements() -> None:
    orbit = embedded_history().orbit(500)
    elements = orbit.element_set
    found = altitude_at(orbit, elements.epoch_unix_s)
    assert (found.mean_altitude_km, found.perigee_km) == (elements.mean_altitude_km, elements.perigee_km)


def test_decay_of_another_object_has_the_scatter_of_its_own_sets_or_none() -> None:
    """What the Sun may change was learnt on the station."""
    sets = [s for s in HISTORY.sets if decay_km_day(s) is not None][-2:]
    others = [
        msgspec.structs.replace(s, norad_id=25544, name="ISS", international_designator="1998-067A") for s in sets
    ]
    alone = AltitudeHistory(others[-1:]).at(LAST).decay
    assert alone is not None
    assert alone.uncertainty_km_day is None
    both = AltitudeHistory(others).at(LAST).decay
    of_station = AltitudeHistory(sets).at(LAST).decay
    assert both is not None
    assert of_station is not None
    assert both.km_day == of_station.km_day
    assert both.uncertainty_km_day is not None
    assert of_station.uncertainty_km_day is not None
    assert both.uncertainty_km_day < of_station.uncertainty_km_day


def test_altitude_report_names_burns_that_may_lie_on_either_side_of_the_instant() -> None:
    report = ALTITUDE.at(parse_instant("2021-05-24T12:00"))
    assert report.burns == ()
    (burn,) = report.undated
    assert burn.after_unix_s <= report.unix_s < burn.before_unix_s
    assert ALTITUDE.at(burn.before_unix_s).undated == ()
    assert burn in ALTITUDE.at(burn.before_unix_s).burns
