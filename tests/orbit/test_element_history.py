"""The element history: one continuous orbit through every set in use, nearer than the nearest set."""

from __future__ import annotations

import gc
import json
import math
import subprocess
import sys
import weakref
from itertools import pairwise
from pathlib import Path
from statistics import median, quantiles

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from seeds.makers import gaps as gap_maker
from seeds.makers.elements import corrected_revolutions
from seeds.makers.uncertainty import published_sets
from sim.constants import DAY_S, TIANHE_LAUNCH_UNIX_S
from sim.errors import ElementsError, OrbitError
from sim.orbit.closure.close import close_gap
from sim.orbit.closure.gap import Apart, Gap
from sim.orbit.closure.mean_orbit import closable, mean_orbit
from sim.orbit.element_history import ElementHistory, embedded_history
from sim.orbit.elements import ElementSet
from sim.orbit.files.element_files import read_elements
from sim.orbit.propagation import Sgp4Orbit
from sim.orbit.tle import parse_tle
from sim.orbit.uncertainty import expected_error
from sim.time import parse_instant
from tests.support.orbits import closure_at

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


def test_element_history_at_an_epoch_equals_that_set() -> None:
    for index in range(len(HISTORY)):
        unix_s = HISTORY.epochs_unix_s[index]
        alone = HISTORY.orbit(index).state(unix_s)
        assert math.dist(HISTORY.state(unix_s).position_teme_km, alone.position_teme_km) < 1e-6
        for step in (-0.001, 0.001):
            near = HISTORY.state(unix_s + step).position_teme_km
            assert math.dist(near, alone.position_teme_km) == pytest.approx(0.001 * 7.67, rel=0.01)


def walk_km(unix_s: np.ndarray) -> float:
    """The longest way in one second after any of some instants."""
    here, there = (HISTORY.states(t).position_teme_km for t in (unix_s, np.minimum(unix_s + 1.0, LAST)))
    return float(np.linalg.norm(there - here, axis=1).max())


@pytest.mark.validation
def test_element_history_over_every_gap_has_no_jump() -> None:
    """Every gap from end to end, and every second around its ends and its burns."""
    for index, (start, end) in enumerate(pairwise(HISTORY.epochs_unix_s)):
        centres = [start + step.days * DAY_S for step in closure_at(HISTORY, index).steps]
        around = [np.arange(centre - 6000.0, centre + 6000.0) for centre in centres]
        ends = [start + np.arange(-5.0, 6.0), end + np.arange(-5.0, 6.0)]
        unix_s = np.concatenate([np.linspace(start, end, 600), *around, *ends])
        assert walk_km(unix_s.clip(HISTORY.first_unix_s, LAST)) < 7.8


@pytest.mark.parametrize(
    "text", ["2022-06-24T07:15:59Z", "2021-06-26T04:46:00Z", "2021-06-01T12:36:00Z", "2026-01-31T09:16:27Z"]
)
def test_element_history_at_former_jumps_has_no_jump(text: str) -> None:
    assert walk_km(parse_instant(text) + np.arange(-3600.0, 3600.0)) < 7.8


@given(st.floats(HISTORY.first_unix_s, LAST - 1.0))
def test_element_history_state_elements_altitude_and_revolution_agree(unix_s: float) -> None:
    """SGP4 makes of the elements the very state; altitude, period and revolution are those of the elements."""
    elements, state = HISTORY.elements(unix_s), HISTORY.state(unix_s)
    assert elements.epoch_unix_s == pytest.approx(unix_s, abs=1e-3)
    again = Sgp4Orbit(elements).state(unix_s)
    assert math.dist(state.position_teme_km, again.position_teme_km) < 2e-5
    assert math.dist(state.velocity_teme_km_s, again.velocity_teme_km_s) < 2e-8
    assert elements.revolution == HISTORY.revolution(unix_s)
    report = HISTORY.altitude_at(unix_s)
    assert report.mean_altitude_km == elements.mean_altitude_km
    assert (report.perigee_km, report.apogee_km) == (elements.perigee_km, elements.apogee_km)
    radius_km = math.hypot(*state.position_teme_km)
    mean_km = elements.semi_major_axis_km
    assert abs(radius_km - mean_km) < mean_km * elements.eccentricity + 12.0  # J2 moves it by 3 km, J3 by 7


def test_element_history_altitude_comes_from_the_set_of_the_position() -> None:
    report = HISTORY.altitude_at(parse_instant("2024-10-29T12:00Z"))
    assert report.mean_altitude_km == pytest.approx(389.3, abs=1.0)
    assert report.apogee_km == pytest.approx(394.1, abs=1.5)


@given(INSTANTS)
def test_element_history_velocity_is_the_derivative_of_position(unix_s: float) -> None:
    if any(abs(unix_s - epoch) < 0.6 for epoch in (HISTORY.first_unix_s, LAST)):
        return
    ahead, behind = (np.array(HISTORY.state(unix_s + step).position_teme_km) for step in (0.5, -0.5))
    off_km_s = np.abs(ahead - behind - HISTORY.state(unix_s).velocity_teme_km_s).max()
    assert off_km_s < 4e-3  # while a burn lasts; else:
    index = min(range(len(HISTORY)), key=lambda i: abs(HISTORY.epochs_unix_s[i] - unix_s))
    closures = [closure_at(HISTORY, i) for i in (index - 1, index) if 0 <= i < len(HISTORY) - 1]
    if not any(closure.steps for closure in closures):
        assert off_km_s < 5e-4


def test_element_history_single_instants_and_arrays_agree() -> None:
    unix_s = np.random.default_rng(3).uniform(TIANHE_LAUNCH_UNIX_S, LAST + 10 * DAY_S, 3000)
    states = HISTORY.states(unix_s)
    assert states.ok.all()
    for row, instant in enumerate(unix_s.tolist()):
        state = HISTORY.state(instant)
        position, velocity = state.position_teme_km, state.velocity_teme_km_s
        assert math.dist(position, states.position_teme_km[row]) < 1e-8
        assert math.dist(velocity, states.velocity_teme_km_s[row]) < 1e-11


@pytest.mark.parametrize(("gap_days", "limit_km"), [(3.0, 5.0), (5.0, 10.0), (7.0, 20.0), (10.0, 35.0)])
def test_element_history_middle_of_quiet_gaps_is_near_left_out_sets(gap_days: float, limit_km: float) -> None:
    """Sets of the dense year are left out, so that the gap is there, and the arc is asked for the place they say."""
    joined, nearest = [], []
    sets = [s for s in HISTORY.sets if DENSE[0] < s.epoch_unix_s < DENSE[1]]
    for start in range(0, len(sets), 3):
        left = sets[start]
        right = next((s for s in sets if s.epoch_unix_s >= left.epoch_unix_s + gap_days * DAY_S), None)
        if right is None or right.epoch_unix_s > left.epoch_unix_s + (gap_days + 1.0) * DAY_S:
            continue
        if any(left.epoch_unix_s <= burn.after_unix_s < right.epoch_unix_s for burn in HISTORY.burns):
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


def test_element_history_agrees_with_sets_of_other_collections() -> None:
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


def test_element_history_gap_with_a_burn_dates_it_and_raises_the_orbit() -> None:
    index = next(i for i, epoch in enumerate(HISTORY.epochs_unix_s) if epoch > BURN) - 1
    gap = HISTORY.gap(index)
    assert not isinstance(gap, Apart)
    (step,) = gap.closure.steps
    burn_unix_s = gap.start_unix_s + step.days * DAY_S
    low, high = (HISTORY.elements(burn_unix_s + hours * 3600.0).mean_altitude_km for hours in (-2.0, 2.0))
    assert high - low == pytest.approx(10.2, abs=0.3)
    assert HISTORY.provenance(burn_unix_s).basis == "burn"
    place = HISTORY.provenance(burn_unix_s).gap
    assert place is not None
    assert place.place == pytest.approx(1.0, abs=0.01)


def test_element_history_gaps_of_the_first_year_are_joined() -> None:
    for text in ("2021-06-15", "2021-09-20", "2021-11-01", "2022-03-10", "2022-05-20"):
        provenance = HISTORY.provenance(parse_instant(text))
        assert provenance.gap is not None
        assert expected_error(HISTORY, parse_instant(text)).position_known


def test_element_history_set_fitted_across_a_burn_is_used_only_if_newest() -> None:
    base = HISTORY.sets[-1]
    bad = msgspec.structs.replace(base, epoch_unix_s=LAST + 3600.0, bstar=-1e-4)
    good = msgspec.structs.replace(base, epoch_unix_s=LAST + 7200.0)
    assert len(ElementHistory([base, bad])) == 2
    assert len(ElementHistory([base, bad, good])) == 2
    assert len(HISTORY.extended([bad, good])) == len(HISTORY) + 1
    assert not [s for s in HISTORY.sets if s.bstar < 0.0]


def test_element_history_contradicting_sets_raise_the_error_to_their_distance() -> None:
    base = HISTORY.sets[-1]
    odd = msgspec.structs.replace(HISTORY.elements(LAST - 1.0), epoch_unix_s=LAST + 6 * 3600.0)
    right = Sgp4Orbit(base)
    right.state(odd.epoch_unix_s)
    record = right.satrec
    phase = math.degrees(record.om + record.mm) + 0.4  # 47 km ahead
    odd = msgspec.structs.replace(
        odd,
        raan_deg=math.degrees(record.Om) % 360.0,
        argument_of_perigee_deg=base.argument_of_perigee_deg,
        mean_anomaly_deg=(phase - base.argument_of_perigee_deg) % 360.0,
        mean_motion_rev_day=base.mean_motion_rev_day,
    )
    pair = ElementHistory([base, odd])
    for hours in (0.0, 1.0, 3.0, 5.9):
        error = expected_error(pair, LAST + hours * 3600.0)
        assert error.p90_km > 40.0
        assert error.median_km > 20.0


def test_element_history_extended_closes_gaps_as_embedded_ones() -> None:
    """The last month taken away and appended again as downloads: the same gaps, found at run time."""
    cut = HISTORY.epochs_unix_s[-40]
    early = [s for s in HISTORY.sets if s.epoch_unix_s <= cut]
    late = [s for s in HISTORY.sets if s.epoch_unix_s > cut]
    grown = ElementHistory(early, launches_unix_s=HISTORY.launches_unix_s).extended(late)
    for index in range(len(HISTORY) - 40, len(HISTORY) - 1):
        ours, prepared = closure_at(grown, index), closure_at(HISTORY, index)
        assert ours.kind == prepared.kind
        assert [s.days for s in ours.steps] == pytest.approx([s.days for s in prepared.steps], abs=1e-3)


def test_element_history_revolution_never_falls_and_skips_none() -> None:
    last = HISTORY.revolution(HISTORY.first_unix_s)
    unix_s = HISTORY.first_unix_s
    while unix_s < LAST + 20 * DAY_S:
        unix_s += 1500.0
        now = HISTORY.revolution(unix_s)
        assert now in {last, last + 1}
        last = now


def test_element_history_revolution_changes_at_the_node() -> None:
    for start in (parse_instant("2022-12-05"), parse_instant("2024-03-01"), parse_instant("2026-06-01")):
        before, unix_s = HISTORY.revolution(start), start
        while HISTORY.revolution(unix_s) == before:
            unix_s += 5.0
        z_km = HISTORY.state(unix_s).position_teme_km[2]
        assert abs(z_km) < 150.0  # the mean node and the true one are up to 25 s apart
        assert HISTORY.state(unix_s).velocity_teme_km_s[2] > 0.0


def test_element_history_wrong_revolution_numbers_are_corrected() -> None:
    for text, number in (
        ("2025-10-13T15:47:58", 25464),
        ("2026-04-17T22:02:01", 28374),
        ("2026-06-30T20:37:34", 29530),
    ):
        elements = HISTORY.elements(parse_instant(text))
        assert elements.epoch_unix_s == pytest.approx(parse_instant(text), abs=1.0)
        assert elements.revolution == number


def test_element_history_outside_its_sets_uses_one_set() -> None:
    for unix_s, epoch_unix_s in ((TIANHE_LAUNCH_UNIX_S, HISTORY.first_unix_s), (LAST + 3 * DAY_S, LAST)):
        provenance = HISTORY.provenance(unix_s)
        assert (provenance.basis, provenance.epoch_unix_s) == ("alone", epoch_unix_s)
        assert provenance.age_days == pytest.approx((unix_s - epoch_unix_s) / DAY_S)


def test_element_history_set_shortly_after_a_burn_states_it() -> None:
    sets = [s for s in HISTORY.sets if s.epoch_unix_s < parse_instant("2026-07-04")]
    assert ElementHistory(sets).provenance(sets[-1].epoch_unix_s + 3600.0).after_burn
    assert not HISTORY.provenance(LAST + 3600.0).after_burn


def test_element_history_of_two_objects_does_not_join_them() -> None:
    real = HISTORY.sets[-1]
    other = msgspec.structs.replace(real, epoch_unix_s=LAST + 20 * DAY_S, inclination_deg=51.6)
    pair = ElementHistory([real, other])
    assert isinstance(pair.gap(0), Apart)
    assert pair.state(LAST + 3600.0) == Sgp4Orbit(real).state(LAST + 3600.0)
    assert pair.state(LAST + 19 * DAY_S) == Sgp4Orbit(other).state(LAST + 19 * DAY_S)
    assert pair.provenance(LAST + 3600.0).basis == "apart"
    doomed = msgspec.structs.replace(real, bstar=0.3, mean_motion_rev_day=15.0)
    pair = ElementHistory([doomed, other])
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
def test_element_history_of_any_sets_gives_a_state_or_an_orbit_error(sets: list[ElementSet], unix_s: float) -> None:
    history = ElementHistory(sets)
    states = history.states(np.array([unix_s]))
    try:
        state = history.state(unix_s)
        position, velocity = state.position_teme_km, state.velocity_teme_km_s
    except OrbitError:
        assert not states.ok.any()
    else:
        assert all(map(math.isfinite, (*position, *velocity)))
        assert states.ok.all()
    history.revolution(unix_s)
    history.altitude.at(unix_s)
    error = expected_error(history, unix_s)
    assert error.median_km >= 0.0 or not error.is_stated  # of another object nobody knows


def test_element_history_extended_every_two_hours_for_a_year_answers() -> None:
    longer = HISTORY
    for number in range(4400):
        if number % 40 == 0:
            longer = longer.extended(
                [msgspec.structs.replace(HISTORY.sets[-1], epoch_unix_s=LAST + 7200.0 * (number + 1))]
            )
    assert len(longer) == len(HISTORY) + 110
    assert longer.orbit(5).element_set == HISTORY.sets[5]


def test_element_history_extended_by_newer_sets_uses_them() -> None:
    base = HISTORY.sets[-1]
    fields = msgspec.structs.asdict(base)
    fresh = ElementSet(**{**fields, "epoch_unix_s": LAST + DAY_S, "source": "today"})
    again = ElementSet(**{**fields, "epoch_unix_s": LAST + 0.001, "source": "again"})
    longer = HISTORY.extended([fresh, again])
    assert len(longer) == len(HISTORY) + 1
    assert [s.source for s in longer.sets[-2:]] == ["again", "today"]
    assert longer.sets[:-2] == HISTORY.sets[:-1]
    assert HISTORY.sets[-1] is base


def test_element_history_of_unordered_sets_is_sorted() -> None:
    sets = list(HISTORY.sets[400:420])
    assert [*ElementHistory(sets[::-1]).sets] == [*ElementHistory(sets).sets] == sets


def test_element_history_without_sets_raises() -> None:
    with pytest.raises(ElementsError, match="there is no element set to work with"):
        ElementHistory([])


@given(st.integers(0, 880), st.floats(0.0, 1.0))
@settings(max_examples=60)
def test_element_history_joined_position_lies_on_the_orbit(index: int, share: float) -> None:
    first, last = HISTORY.epochs_unix_s[index], HISTORY.epochs_unix_s[index + 1]
    position = HISTORY.state(first + share * (last - first)).position_teme_km
    assert 6720.0 < math.hypot(*position) < 6800.0  # Tianhe alone flew at 340 km in its first days


class TestSeed:
    """The embedded sets themselves."""

    seed = json.loads((Path(__file__).parents[2] / "seeds" / "elements.json").read_text())

    def test_embedded_sets_every_line_passes_its_checks(self) -> None:
        for line1, line2, origin, note, *_ in self.seed["sets"]:
            assert parse_tle(line1, line2).norad_id == 48274
            assert self.seed["origins"][origin]
            assert note == -1 or self.seed["notes"][note]

    def test_embedded_sets_epochs_equal_those_of_the_lines(self) -> None:
        of_the_lines = [parse_tle(row[0], row[1]).epoch_unix_s for row in self.seed["sets"]]
        assert self.seed["epochs_unix_s"] == of_the_lines == sorted(of_the_lines)

    def test_embedded_sets_revolution_counts_equal_those_of_the_maker(self) -> None:
        as_printed = [parse_tle(row[0], row[1]) for row in self.seed["sets"]]
        stored = {index: row[4] for index, row in enumerate(self.seed["sets"]) if len(row) > 4}
        assert corrected_revolutions(as_printed) == stored
        assert len(stored) == 6

    def test_embedded_sets_gaps_equal_those_of_the_maker(self) -> None:
        sets = published_sets()
        used = gap_maker.carrying(sets)
        assert used == self.seed["used"]
        found = gap_maker.closures(sets, used, self.seed["launches_unix_s"])
        assert json.loads(json.dumps(gap_maker.rows(sets, used, found))) == self.seed["gaps"]

    def test_embedded_sets_include_the_second_collection(self) -> None:
        epochs = {row[0][18:32] for row in self.seed["sets"]}
        assert epochs >= {"21209.93124131", "21260.23294387", "22003.72269491", "22022.73188047", "22213.55071138"}

    def test_embedded_sets_node_drift_equals_that_of_j2(self) -> None:
        for before, after in zip(HISTORY.sets, HISTORY.sets[1:], strict=False):
            days = (after.epoch_unix_s - before.epoch_unix_s) / DAY_S
            drift = (after.raan_deg - before.raan_deg + 6.1 * days + 180.0) % 360.0 - 180.0
            assert abs(drift) < 0.05 + 0.1 * days

    def test_embedded_sets_reach_from_the_first_month_to_the_last(self) -> None:
        assert parse_instant("2021-05-20") < HISTORY.first_unix_s < parse_instant("2021-05-25")
        assert parse_instant("2026-10-10") < LAST < parse_instant("2026-10-12")
        assert len(HISTORY) > 890

    def test_embedded_history_on_import_reads_only_epochs(self) -> None:
        code = (
            "import sim.orbit.element_history as h;"
            "made = []; real = h.parse_tle;"
            "h.parse_tle = lambda *a, **k: (made.append(1), real(*a, **k))[1];"
            "x = h.embedded_history(); a = len(made); x.state(1.79e9); print(a, len(made))"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert done.stdout.split() == ["0", "2"]


def test_elements_asked_again_for_an_instant_are_the_same_object_and_others_are_not() -> None:
    history = embedded_history()
    middle_unix_s = sum(history.epochs_unix_s[700:702]) / 2.0
    elements = history.elements(middle_unix_s)
    assert history.elements(middle_unix_s) is elements
    assert history.elements(middle_unix_s + 60.0) != elements
    assert history.elements(middle_unix_s) == elements


def test_gap_found_out_reads_only_the_sets_that_count_for_its_decay() -> None:
    count = 400
    epochs = HISTORY.epochs_unix_s[:count]
    read: list[int] = []

    def reading(index: int) -> ElementSet:
        read.append(index)
        return HISTORY.read(index)

    new = HISTORY.read(count)
    longer = ElementHistory.on_demand(epochs, reading).extended([new])
    gap_days = (new.epoch_unix_s - epochs[-1]) / DAY_S
    assert gap_days < 6.0
    longer.gap(count - 1)
    assert sorted(read) == [n for n in range(count) if epochs[n] >= epochs[-1] - 6.0 * DAY_S]


def test_gaps_found_out_by_the_history_equal_those_from_all_points() -> None:
    first, last = 300, 420
    sets = [HISTORY.read(index) for index in range(first, last)]
    sets[40] = replace(sets[40], eccentricity=0.2)  # no phase can be closed through it
    history = ElementHistory(sets, launches_unix_s=HISTORY.launches_unix_s)
    points = [mean_orbit(one) for one in sets if closable(one)]
    epochs = [point.unix_s for point in points]
    found = [gap for gap in map(history.gap, range(len(history) - 1)) if isinstance(gap, Gap)]
    assert len(found) == len(sets) - 3
    for gap in found:
        at = epochs.index(gap.start_unix_s)
        assert gap.closure == close_gap(points, at, at + 1, HISTORY.launches_unix_s)


def test_history_that_is_dropped_after_states_of_many_instants_is_freed_without_a_collector() -> None:
    history = ElementHistory([HISTORY.read(index) for index in range(300, 310)])
    history.states(np.linspace(history.first_unix_s, history.last_unix_s, 100))
    dropped = weakref.ref(history)
    gc.disable()
    try:
        del history
        assert dropped() is None
    finally:
        gc.enable()
