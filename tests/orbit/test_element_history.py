"""The element history: joined across gaps, never through a burn, and better than the nearest set."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from pathlib import Path
from statistics import median, quantiles

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seeds.makers.elements import corrected_revolutions
from sim.constants import DAY_S, TIANHE_LAUNCH_UNIX_S
from sim.errors import ElementsError, OrbitError
from sim.orbit.element_files import read_elements
from sim.orbit.element_history import ElementHistory, embedded_history
from sim.orbit.elements import ElementSet, parse_tle
from sim.orbit.interpolation import mean_phase
from sim.orbit.propagation import Sgp4Orbit
from sim.orbit.uncertainty import expected_error
from sim.time import parse_instant

SAMPLES = Path(__file__).parent.parent / "data" / "sources"
HISTORY = embedded_history()
LAST = HISTORY.last_unix_s
BURN = parse_instant("2026-07-02T12:00:00Z")
DENSE = (parse_instant("2025-09-20"), parse_instant("2026-08-23"))

INSTANTS = st.floats(TIANHE_LAUNCH_UNIX_S, LAST + 5 * DAY_S)


def along_track_km(history: ElementHistory, held_out: Sgp4Orbit) -> float:
    """How far the history is from a set it does not know, at that set's epoch."""
    unix_s = held_out.element_set.epoch_unix_s
    return math.dist(history.state(unix_s).position_teme_km, held_out.state(unix_s).position_teme_km)


def test_at_its_epoch_a_set_rules_alone() -> None:
    for index in range(0, len(HISTORY), 7):
        unix_s = HISTORY.epochs_unix_s[index]
        alone = HISTORY.orbit(index).state(unix_s)
        assert HISTORY.state(unix_s) == alone
        for step in (-0.001, 0.001):
            near = HISTORY.state(unix_s + step).position_teme_km
            assert math.dist(near, alone.position_teme_km) == pytest.approx(0.001 * 7.67, rel=0.01)


@given(INSTANTS)
def test_the_way_is_smooth_but_where_it_changes_over(unix_s: float) -> None:
    index = HISTORY.index_at(unix_s)
    arcs = [HISTORY.arc(i) for i in (index - 1, index) if 0 <= i < len(HISTORY) - 1]
    if any(arc.kind != "blend" and abs(arc.switch_unix_s - unix_s) < 2.0 for arc in arcs):
        return
    ahead, behind = (np.array(HISTORY.state(unix_s + step).position_teme_km) for step in (0.5, -0.5))
    assert np.abs(ahead - behind - HISTORY.state(unix_s).velocity_teme_km_s).max() < 2e-4  # 0.2 m/s


def test_single_instants_and_arrays_agree_over_its_whole_life() -> None:
    unix_s = np.random.default_rng(3).uniform(TIANHE_LAUNCH_UNIX_S, LAST + 10 * DAY_S, 3000)
    states = HISTORY.states(unix_s)
    assert states.ok.all()
    for row, instant in enumerate(unix_s.tolist()):
        position, velocity = HISTORY.state(instant)
        assert math.dist(position, states.position_teme_km[row]) < 1e-8
        assert math.dist(velocity, states.velocity_teme_km_s[row]) < 1e-11


@pytest.mark.parametrize(("gap_days", "limit_km"), [(3.0, 5.0), (5.0, 10.0), (7.0, 20.0), (10.0, 35.0)])
def test_in_the_middle_of_a_quiet_gap_nine_in_ten_are_near(gap_days: float, limit_km: float) -> None:
    """Sets of the dense year are left out, so that the gap is there, and the arc is asked for the place they say."""
    joined, nearest = [], []
    sets = [s for s in HISTORY.sets if DENSE[0] < s.epoch_unix_s < DENSE[1]]
    for start in range(0, len(sets), 3):
        left = sets[start]
        right = next((s for s in sets if s.epoch_unix_s >= left.epoch_unix_s + gap_days * DAY_S), None)
        if right is None or right.epoch_unix_s > left.epoch_unix_s + (gap_days + 1.0) * DAY_S:
            continue
        if any(left.epoch_unix_s <= burn.after_unix_s < right.epoch_unix_s for burn in HISTORY.altitude.burns):
            continue
        pair = ElementHistory([left, right])
        span_s = right.epoch_unix_s - left.epoch_unix_s
        for held_out in sets:
            share = (held_out.epoch_unix_s - left.epoch_unix_s) / span_s
            if 0.4 < share < 0.6:
                orbit = Sgp4Orbit(held_out)
                joined.append(along_track_km(pair, orbit))
                nearest.append(along_track_km(ElementHistory([left if share < 0.5 else right]), orbit))
    assert len(joined) > 100
    assert quantiles(joined, n=10)[-1] < limit_km
    assert quantiles(joined, n=10)[-1] < 0.5 * quantiles(nearest, n=10)[-1]
    assert median(joined) < median(nearest)


def test_sets_it_never_saw() -> None:
    """Four records from other collections: in a burn's gap, a week's, a day's, and thirteen days'."""
    records = read_elements(SAMPLES / "celestrak_gp_omm_records.json").sets
    station = [s for s in records if s.norad_id == 48274]
    seen = {s.epoch_unix_s: along_track_km(HISTORY, Sgp4Orbit(s)) for s in station}
    in_burn, in_week = (
        seen[parse_instant("2025-05-25T23:00:12.248640")],
        seen[parse_instant("2025-11-10T22:38:39.077376")],
    )
    assert in_burn < 100.0  # the nearest set is 1,560 km off
    assert in_week < 2.0


def test_a_burn_is_recognised_and_each_side_keeps_its_own_set() -> None:
    index = next(i for i, epoch in enumerate(HISTORY.epochs_unix_s) if epoch > BURN) - 1
    arc = HISTORY.arc(index)
    assert arc.kind == "burn"
    assert arc.start_unix_s < arc.switch_unix_s < arc.end_unix_s
    before, after = HISTORY.orbit(index), HISTORY.orbit(index + 1)
    assert HISTORY.state(arc.switch_unix_s - 1.0) == before.state(arc.switch_unix_s - 1.0)
    assert HISTORY.state(arc.switch_unix_s + 1.0) == after.state(arc.switch_unix_s + 1.0)
    jump_km = math.dist(
        before.state(arc.switch_unix_s).position_teme_km, after.state(arc.switch_unix_s).position_teme_km
    )
    assert jump_km < 25.0  # the orbits differ by 10 km in height there; along the track they meet
    assert HISTORY.provenance(arc.switch_unix_s - 10.0).epoch_unix_s == arc.start_unix_s
    assert HISTORY.provenance(arc.switch_unix_s + 10.0).epoch_unix_s == arc.end_unix_s
    assert HISTORY.provenance(arc.switch_unix_s).basis == "burn"


def burnt(base: ElementSet, unix_s: float, days_later: float, raised_by: float) -> ElementSet:
    """The set that would be published after an impulse at an instant: there in the same place, on a larger orbit."""
    phase, _ = mean_phase(Sgp4Orbit(base), unix_s)
    plain = Sgp4Orbit(base)
    plain.state(unix_s)
    record = plain.satrec
    motion = base.mean_motion_rev_day * (1.0 - 1.5 * raised_by / base.semi_major_axis_km)
    fields = base._asdict()
    at_burn = ElementSet(
        **{
            **fields,
            "epoch_unix_s": unix_s,
            "mean_motion_rev_day": motion,
            "raan_deg": math.degrees(record.Om) % 360.0,
            "argument_of_perigee_deg": math.degrees(record.om) % 360.0,
            "mean_anomaly_deg": math.degrees(phase - record.om) % 360.0,
            "bstar": 0.0,
        }
    )
    later = Sgp4Orbit(at_burn)
    then_s = unix_s + days_later * DAY_S
    later.state(then_s)
    record = later.satrec
    return ElementSet(
        **{
            **fields,
            "epoch_unix_s": then_s,
            "mean_motion_rev_day": motion,
            "raan_deg": math.degrees(record.Om) % 360.0,
            "argument_of_perigee_deg": math.degrees(record.om) % 360.0,
            "mean_anomaly_deg": math.degrees(record.mm) % 360.0,
            "bstar": 0.0,
        }
    )


@pytest.mark.parametrize("raised_by_km", [0.5, 3.0, 10.0])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_the_instant_of_a_single_burn_is_found(raised_by_km: float, share: float) -> None:
    real = HISTORY.sets[-1]
    base = ElementSet(**{**real._asdict(), "bstar": 0.0, "mean_motion_dot": 1e-6})
    burn_unix_s = base.epoch_unix_s + share * 6.0 * DAY_S
    pair = ElementHistory([base, burnt(base, burn_unix_s, (1.0 - share) * 6.0, raised_by_km)])
    assert pair.arc(0).kind == "burn"
    assert pair.arc(0).switch_unix_s == pytest.approx(burn_unix_s, abs=1200.0 / raised_by_km)


def test_long_holes_are_not_joined() -> None:
    in_hole = parse_instant("2021-09-20")
    index = HISTORY.index_at(in_hole)
    ends = [i for i in (index - 1, index) if HISTORY.epochs_unix_s[i] <= in_hole < HISTORY.epochs_unix_s[i + 1]]
    assert HISTORY.arc(ends[0]).kind in {"apart", "burn"}


def test_the_revolution_number_never_falls_and_skips_none() -> None:
    last = HISTORY.revolution(HISTORY.first_unix_s)
    unix_s = HISTORY.first_unix_s
    while unix_s < LAST + 20 * DAY_S:
        unix_s += 1500.0
        now = HISTORY.revolution(unix_s)
        assert now in {last, last + 1}
        last = now


def test_the_revolution_changes_at_the_node() -> None:
    for start in (parse_instant("2022-12-05"), parse_instant("2024-03-01"), parse_instant("2026-06-01")):
        before, unix_s = HISTORY.revolution(start), start
        while HISTORY.revolution(unix_s) == before:
            unix_s += 5.0
        z_km = HISTORY.state(unix_s).position_teme_km[2]
        assert abs(z_km) < 150.0  # the mean node and the true one are up to 25 s apart
        assert HISTORY.state(unix_s).velocity_teme_km_s[2] > 0.0


def test_wrong_revolution_numbers_are_counted_right() -> None:
    for text, number in (
        ("2025-10-13T15:47:58", 25464),
        ("2026-04-17T22:02:01", 28374),
        ("2026-06-30T20:37:34", 29530),
    ):
        elements = HISTORY.elements(parse_instant(text))
        assert elements.epoch_unix_s == pytest.approx(parse_instant(text), abs=1.0)
        assert elements.revolution == number


def test_before_the_first_and_after_the_last_set_one_set_answers_alone() -> None:
    for unix_s, epoch_unix_s in ((TIANHE_LAUNCH_UNIX_S, HISTORY.first_unix_s), (LAST + 3 * DAY_S, LAST)):
        provenance = HISTORY.provenance(unix_s)
        assert (provenance.basis, provenance.epoch_unix_s) == ("alone", epoch_unix_s)
        assert provenance.age_days == pytest.approx((unix_s - epoch_unix_s) / DAY_S)


def test_a_set_shortly_after_a_burn_says_so() -> None:
    sets = [s for s in HISTORY.sets if s.epoch_unix_s < parse_instant("2026-07-04")]
    assert ElementHistory(sets).provenance(sets[-1].epoch_unix_s + 3600.0).after_burn
    assert not HISTORY.provenance(LAST + 3600.0).after_burn


def test_a_set_that_does_not_reach_its_neighbour_answers_near_its_epoch_all_the_same() -> None:
    doomed = HISTORY.sets[-1]._replace(bstar=0.3)
    after = HISTORY.sets[-1]._replace(epoch_unix_s=LAST + 20 * DAY_S)
    pair = ElementHistory([doomed, after])
    assert pair.arc(0).kind == "apart"
    assert pair.state(LAST + 3600.0) == Sgp4Orbit(doomed).state(LAST + 3600.0)
    assert pair.state(LAST + 19 * DAY_S) == Sgp4Orbit(after).state(LAST + 19 * DAY_S)
    with pytest.raises(OrbitError, match="no position"):
        pair.state(LAST + 9 * DAY_S)
    states = pair.states(LAST + np.array([0.01, 9.0, 19.0]) * DAY_S)
    assert states.ok.tolist() == [True, False, True]


ANGLE = st.floats(0.0, 360.0)
ANY_SET = st.builds(
    ElementSet,
    norad_id=st.just(1),
    name=st.just(""),
    international_designator=st.just(""),
    epoch_unix_s=st.floats(1.7e9, 1.7e9 + 40 * DAY_S),
    mean_motion_rev_day=st.floats(0.05, 17.0),
    eccentricity=st.floats(0.0, 0.999),
    inclination_deg=st.floats(0.0, 180.0),
    raan_deg=ANGLE,
    argument_of_perigee_deg=ANGLE,
    mean_anomaly_deg=ANGLE,
    bstar=st.floats(-10.0, 10.0),
    mean_motion_dot=st.floats(-10.0, 10.0),
    mean_motion_ddot=st.floats(-10.0, 10.0),
    revolution=st.integers(0, 99_999),
    source=st.just(""),
    note=st.just(""),
)


@given(st.lists(ANY_SET, min_size=1, max_size=4), st.floats(1.7e9 - DAY_S, 1.7e9 + 60 * DAY_S))
@settings(deadline=None)
def test_of_any_sets_there_is_an_answer_or_an_orbit_error(sets: list[ElementSet], unix_s: float) -> None:
    history = ElementHistory(sets)
    states = history.states(np.array([unix_s]))
    try:
        position, velocity = history.state(unix_s)
    except OrbitError:
        assert not states.ok.any()
    else:
        assert all(map(math.isfinite, (*position, *velocity)))
        assert states.ok.all()
    history.revolution(unix_s)
    history.altitude.at(unix_s)
    assert expected_error(history, unix_s).median_km >= 0.0


def test_it_can_be_extended_every_two_hours_for_a_year() -> None:
    longer = HISTORY
    for number in range(4400):
        if number % 40 == 0:
            longer = longer.extended([HISTORY.sets[-1]._replace(epoch_unix_s=LAST + 7200.0 * (number + 1))])
    assert len(longer) == len(HISTORY) + 110
    assert longer.orbit(5).element_set == HISTORY.sets[5]


def test_todays_sets_extend_it() -> None:
    base = HISTORY.sets[-1]
    fields = base._asdict()
    fresh = ElementSet(**{**fields, "epoch_unix_s": LAST + DAY_S, "source": "today"})
    again = ElementSet(**{**fields, "epoch_unix_s": LAST + 0.001, "source": "again"})
    longer = HISTORY.extended([fresh, again])
    assert len(longer) == len(HISTORY) + 1
    assert [s.source for s in longer.sets[-2:]] == ["again", "today"]
    assert longer.sets[:-2] == HISTORY.sets[:-1]
    assert HISTORY.sets[-1] is base


def test_the_order_in_which_sets_are_given_does_not_matter() -> None:
    sets = list(HISTORY.sets[400:420])
    assert ElementHistory(sets[::-1]).sets == ElementHistory(sets).sets == tuple(sets)


def test_no_sets_are_an_error() -> None:
    with pytest.raises(ElementsError, match="there is no element set to work with"):
        ElementHistory([])


@given(st.integers(0, 880), st.floats(0.0, 1.0))
@settings(max_examples=60)
def test_a_joined_place_lies_on_the_orbit(index: int, share: float) -> None:
    first, last = HISTORY.epochs_unix_s[index], HISTORY.epochs_unix_s[index + 1]
    position = HISTORY.state(first + share * (last - first)).position_teme_km
    assert 6730.0 < math.hypot(*position) < 6800.0


class TestSeed:
    """The embedded sets themselves."""

    seed = json.loads((Path(__file__).parents[2] / "seeds" / "elements.json").read_text())

    def test_every_line_passes_its_checks(self) -> None:
        for line1, line2, origin, note, *_ in self.seed["sets"]:
            assert parse_tle(line1, line2).norad_id == 48274
            assert self.seed["origins"][origin]
            assert note == -1 or self.seed["notes"][note]

    def test_the_epochs_are_those_of_the_lines(self) -> None:
        of_the_lines = [parse_tle(row[0], row[1]).epoch_unix_s for row in self.seed["sets"]]
        assert self.seed["epochs_unix_s"] == of_the_lines == sorted(of_the_lines)

    def test_the_right_counts_are_those_the_maker_finds(self) -> None:
        as_printed = [parse_tle(row[0], row[1]) for row in self.seed["sets"]]
        stored = {index: row[4] for index, row in enumerate(self.seed["sets"]) if len(row) > 4}
        assert corrected_revolutions(as_printed) == stored
        assert len(stored) == 6

    def test_the_node_drifts_as_the_oblate_earth_makes_it(self) -> None:
        for before, after in zip(HISTORY.sets, HISTORY.sets[1:], strict=False):
            days = (after.epoch_unix_s - before.epoch_unix_s) / DAY_S
            drift = (after.raan_deg - before.raan_deg + 6.1 * days + 180.0) % 360.0 - 180.0
            assert abs(drift) < 0.05 + 0.1 * days

    def test_it_reaches_from_the_first_month_to_the_last(self) -> None:
        assert parse_instant("2021-05-20") < HISTORY.first_unix_s < parse_instant("2021-05-25")
        assert parse_instant("2026-10-10") < LAST < parse_instant("2026-10-12")
        assert len(HISTORY) > 890

    def test_only_the_epochs_are_read_at_once(self) -> None:
        code = (
            "import sim.orbit.elements as e, sim.orbit.element_history as h;"
            "made = []; real = e.ElementSet.__post_init__;"
            "e.ElementSet.__post_init__ = lambda s: (made.append(1), real(s))[1];"
            "x = h.embedded_history(); a = len(made); x.state(1.79e9); print(a, len(made))"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert done.stdout.split() == ["0", "2"]
