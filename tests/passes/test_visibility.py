"""Visibility of passes against rays to the Sun of DE421, every half second of a thousand passes."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.astro.frames import enu_axes, site_itrs_km, teme_position_to_itrs
from sim.astro.photometry import StandardMagnitude, eye_limit_magnitude
from sim.astro.sun import sun_elevation_deg, twilight_name
from sim.astro.vectors import columns
from sim.orbit.propagation import Sgp4Orbit
from sim.passes.finder import find_passes
from sim.passes.grading import grade_pass
from sim.passes.model import Pass, VisibleWindow
from sim.passes.observation import observe
from sim.passes.visibility import Visibility
from sim.places.place import Place
from tests.support.orbits import PLACES, epoch_of, example_orbit
from tests.support.reference_shadow import ReferenceSun

pytestmark = pytest.mark.validation

STEP_S = 0.5
EDGE_TOLERANCE_S = 1.0
SHADOW_TOLERANCE_S = 0.2
DAYS = 30.0
FULL_STATION, TIANHE_ALONE = StandardMagnitude(0.0), StandardMagnitude(2.9)


class SampledPass:
    """Sunlit and dark, sampled along one pass through `sim.astro.frames` and DE421."""

    def __init__(self, orbit: Sgp4Orbit, sun: ReferenceSun, place: Place, known: Pass) -> None:
        count = max(3, round(known.duration_s / STEP_S))
        self.unix_s = np.linspace(known.rise.unix_s, known.set.unix_s, count)
        position = orbit.states(self.unix_s).position_teme_km
        self.sunlit = ~sun.centre_hidden(position, self.unix_s)
        sun_km = teme_position_to_itrs(self.unix_s, columns(sun.teme_km(self.unix_s)), np)
        to_sun = np.stack(sun_km, axis=-1) - site_itrs_km(place)
        up = enu_axes(place.latitude_deg, place.longitude_deg)[2]
        self.sun_elevation_deg = np.degrees(np.arcsin(to_sun @ up / np.linalg.norm(to_sun, axis=1)))
        self.visible = self.sunlit & (self.sun_elevation_deg < -6.0)

    def spans(self, signal: np.ndarray) -> list[tuple[float, float]]:
        """Where a signal is true."""
        padded = np.concatenate(([False], signal, [False]))
        edges = np.flatnonzero(padded[1:] != padded[:-1])
        last = len(self.unix_s) - 1
        return [
            (float(self.unix_s[a]), float(self.unix_s[min(b, last)]))
            for a, b in zip(edges[::2], edges[1::2], strict=True)
        ]


@pytest.fixture(scope="module")
def thousand() -> list[tuple[Place, Pass, SampledPass]]:
    orbit = example_orbit("station")
    start = epoch_of(orbit)
    sun = ReferenceSun(start - 3600.0, start + DAYS * 86400.0 + 3600.0)
    return [
        (place, known, SampledPass(orbit, sun, place, known))
        for place in PLACES
        for known in find_passes(orbit, place, start, start + DAYS * 86400.0, min_elevation_deg=10.0)
    ]


def test_pass_visible_spans_equal_reference(thousand: list[tuple[Place, Pass, SampledPass]]) -> None:
    assert len(thousand) > 1000
    visible = 0
    for _, known, sampled in thousand:
        spans = sampled.spans(sampled.visible)
        visible += known.visible
        if len(spans) != len(known.windows):  # only a window shorter than the samples may fall between them
            assert sum(window.duration_s for window in known.windows) < STEP_S
            assert not spans
            continue
        for ours, (true_from, true_to) in zip(known.windows, spans, strict=True):
            assert ours.from_unix_s == pytest.approx(true_from, abs=EDGE_TOLERANCE_S)
            assert ours.to_unix_s == pytest.approx(true_to, abs=EDGE_TOLERANCE_S)
    assert visible > 150


def test_pass_sunlit_spans_and_shadow_edges_equal_reference(thousand: list[tuple[Place, Pass, SampledPass]]) -> None:
    entries = exits = 0
    for _, known, sampled in thousand:
        spans = sampled.spans(sampled.sunlit)
        assert len(spans) == len(known.light.sunlit)
        for ours, true in zip(known.light.sunlit, spans, strict=True):
            assert ours == pytest.approx(true, abs=STEP_S + SHADOW_TOLERANCE_S)
        entries += known.shadow_entry_unix_s is not None
        exits += known.shadow_exit_unix_s is not None
    assert min(entries, exits) > 50


def test_pass_shadow_edges_agree_with_de421() -> None:
    orbit = example_orbit("station")
    start = epoch_of(orbit)
    sun = ReferenceSun(start, start + 10 * 86400.0)
    checked = 0
    for place in PLACES:
        for known in find_passes(orbit, place, start, start + 10 * 86400.0):
            for edge, hidden_after in ((known.shadow_entry_unix_s, True), (known.shadow_exit_unix_s, False)):
                if edge is None:
                    continue
                around = np.array([edge - SHADOW_TOLERANCE_S, edge + SHADOW_TOLERANCE_S])
                hidden = sun.centre_hidden(orbit.states(around).position_teme_km, around)
                assert hidden.tolist() == [not hidden_after, hidden_after]
                checked += 1
    assert checked > 100


def test_pass_sky_name_equals_twilight_at_the_place(thousand: list[tuple[Place, Pass, SampledPass]]) -> None:
    for place, known, sampled in thousand:
        assert known.light.at_rise == twilight_name(sun_elevation_deg(known.rise.unix_s, place))
        assert known.light.at_set == twilight_name(sun_elevation_deg(known.set.unix_s, place))
        assert known.light.at_peak == twilight_name(known.light.sun_elevation_deg)
        assert sampled.sun_elevation_deg.min() - 0.01 < known.light.sun_elevation_deg
        assert known.light.sun_elevation_deg < sampled.sun_elevation_deg.max() + 0.01


@pytest.fixture(scope="module")
def bright() -> list[tuple[Place, Pass]]:
    """A month of passes from the horizon up over all places, of an object as bright as the station."""
    orbit = example_orbit("station")
    start = epoch_of(orbit)
    return [
        (place, known)
        for place in PLACES
        for known in find_passes(
            orbit, place, start, start + DAYS * 86400.0, standard_magnitude_at=lambda _: FULL_STATION
        )
    ]


def test_pass_grade_follows_what_can_be_seen(bright: list[tuple[Place, Pass]]) -> None:
    grades = {known.grade for _, known in bright}
    assert grades == {0, 1, 2, 3}
    for _, known in bright:
        assert known.reason
        assert known.visible == (known.magnitude is not None) == (known.grade > 0)
        if known.grade == 3:
            assert known.peak.elevation_deg >= 40.0
            assert known.magnitude is not None
            assert known.magnitude <= -1.0
            assert "dark sky" in known.reason
        if known.light.at_rise == known.light.at_peak == known.light.at_set == "day":
            assert (known.grade, known.reason) == (0, "daylight")


@pytest.mark.parametrize("standard", [FULL_STATION, TIANHE_ALONE], ids=["station", "Tianhe"])
def test_pass_visible_at_every_second_is_brighter_than_eye_limit(standard: StandardMagnitude) -> None:
    """Every second of a month of passes against single observations."""
    orbit = example_orbit("station")
    start = epoch_of(orbit)
    fainter = 0
    for place in PLACES[:3]:
        lit_and_dark = find_passes(orbit, place, start, start + DAYS * 86400.0)
        seen = find_passes(orbit, place, start, start + DAYS * 86400.0, standard_magnitude_at=lambda _: standard)
        for without, known in zip(lit_and_dark, seen, strict=True):
            fainter += without.visible and not known.visible
            for second in range(0, math.ceil(known.duration_s), 5):
                unix_s = known.rise.unix_s + second
                shown = observe(orbit, place, unix_s, standard).magnitude
                assert shown is not None
                margin = eye_limit_magnitude(sun_elevation_deg(unix_s, place)) - shown
                in_window = any(w.from_unix_s - 2.0 <= unix_s <= w.to_unix_s + 2.0 for w in known.windows)
                well_inside = any(w.from_unix_s + 2.0 <= unix_s <= w.to_unix_s - 2.0 for w in known.windows)
                lit = any(w.from_unix_s <= unix_s <= w.to_unix_s for w in without.windows)
                assert margin > 0.0 or not well_inside
                assert in_window or not lit or margin < 0.02
    assert fainter > 10


def test_pass_too_faint_for_the_eye_has_that_reason(bright: list[tuple[Place, Pass]]) -> None:
    faint = [known for _, known in bright if known.reason == "too low and faint for the eye"]
    assert len(faint) > 50
    assert all((known.grade, known.magnitude, known.windows) == (0, None, ()) for known in faint)


def test_pass_of_unknown_brightness_has_no_magnitude_and_no_grade(
    thousand: list[tuple[Place, Pass, SampledPass]],
) -> None:
    for _, known, _ in thousand:
        assert (known.magnitude, known.standard, known.grade) == (None, None, 0)
        assert known.visible == (known.reason == "sunlit in a dark sky, brightness not known")


def test_pass_with_hidden_peak_is_graded_by_what_is_visible(thousand: list[tuple[Place, Pass, SampledPass]]) -> None:
    """Passes whose peak lies in shadow or in too bright a sky, and which can be seen before or after all the same."""
    elsewhere = [
        known
        for _, known, _ in thousand
        if known.visible and not any(w.from_unix_s <= known.peak.unix_s <= w.to_unix_s for w in known.windows)
    ]
    assert len(elsewhere) > 20


@pytest.mark.parametrize(
    ("elevation_deg", "magnitude", "seen_s", "sun_deg", "peak_deg", "grade", "reason"),
    [
        (70.0, -2.0, 300.0, -20.0, 70.0, 3, "high and bright in a dark sky"),
        (70.0, -2.0, 300.0, -7.0, 70.0, 2, "in twilight"),
        (30.0, -1.2, 300.0, -20.0, 30.0, 2, "not very high"),
        (70.0, 0.0, 300.0, -20.0, 70.0, 2, "not very bright"),
        (70.0, -2.0, 100.0, -20.0, 70.0, 2, "rather short"),
        (15.0, -1.2, 300.0, -20.0, 15.0, 1, "low"),
        (15.0, 2.0, 30.0, -20.0, 15.0, 1, "low and faint and short"),
        (15.0, 2.0, 30.0, -20.0, 71.0, 1, "low when seen and faint and short"),
        (15.0, 2.0, 30.0, -20.0, 35.0, 1, "low when seen and faint and short"),
        (30.0, -1.2, 300.0, -20.0, 71.0, 2, "not very high when seen"),
        (70.0, -2.0, 300.0, -20.0, 80.0, 3, "high and bright in a dark sky"),
    ],
)
def test_grade_pass_at_each_threshold_changes_grade(
    elevation_deg: float, magnitude: float, seen_s: float, sun_deg: float, peak_deg: float, grade: int, reason: str
) -> None:
    visible = Visibility((VisibleWindow(0.0, seen_s),), magnitude, elevation_deg)
    assert grade_pass(visible, ((0.0, 600.0),), sun_deg, peak_deg) == (grade, reason)


def test_grade_pass_too_faint_or_unknown_is_none() -> None:
    assert grade_pass(Visibility((), 9.0, 3.0), ((0.0, 1.0),), -20.0, 70.0) == (0, "too low and faint for the eye")
    unknown = Visibility((VisibleWindow(0.0, 300.0),), None, 70.0)
    assert grade_pass(unknown, ((0.0, 1.0),), -20.0, 70.0) == (0, "sunlit in a dark sky, brightness not known")


@pytest.mark.parametrize(
    ("sunlit", "darkest_deg", "reason"),
    [
        (True, 10.0, "daylight"),
        (True, -4.0, "the sky is too bright"),
        (False, -30.0, "in the Earth's shadow"),
        (True, -7.0, "sunlit only while the sky is too bright"),
    ],
)
def test_grade_pass_nothing_visible_gives_the_reason(sunlit: bool, darkest_deg: float, reason: str) -> None:
    assert grade_pass(None, ((0.0, 1.0),) if sunlit else (), darkest_deg, 70.0) == (0, reason)


def test_find_passes_under_midnight_sun_has_no_visible_pass() -> None:
    orbit = example_orbit("near-polar")  # its set is of June
    start = epoch_of(orbit)
    passes = find_passes(orbit, Place("", 78.2, 15.6), start, start + 5 * 86400.0)
    assert len(passes) > 50
    assert {p.reason for p in passes} == {"daylight"}
    assert not any(p.visible for p in passes)
