"""Eclipses against DE421 and an oblate Earth, their penumbra, and the edges of the window."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from msgspec.structs import replace

from sim.astro.shadow import limb_clearance_rad, sun_radius_rad
from sim.astro.sun import SunTrack, beta_angle_deg
from sim.astro.vectors import columns
from sim.constants import SUN_RADIUS_KM, WGS84_RADIUS_KM
from sim.eclipses import find_eclipses, next_light_change
from sim.orbit.propagation import Sgp4Orbit
from sim.time import parse_instant
from tests.support.orbits import epoch_of, example_orbit
from tests.support.reference_shadow import ReferenceSun, ray_meets_earth

TOLERANCE_S = 0.05


def beta_of(orbit: Sgp4Orbit, unix_s: float) -> float:
    state = orbit.state(unix_s)
    return beta_angle_deg(unix_s, state.position_teme_km, state.velocity_teme_km_s)


def reference_eclipses(orbit: Sgp4Orbit, start_unix_s: float, end_unix_s: float) -> list[tuple[float, float]]:
    """(enter, leave) of the Sun's centre from steps of five seconds and halving."""
    sun = ReferenceSun(start_unix_s, end_unix_s)

    def hidden(unix_s: np.ndarray) -> np.ndarray:
        return sun.centre_hidden(orbit.states(unix_s).position_teme_km, unix_s)

    steps = np.arange(start_unix_s, end_unix_s, 5.0)
    dark = hidden(steps)
    change = np.flatnonzero(dark[1:] != dark[:-1])
    low, high, entering = steps[change], steps[change + 1], dark[change + 1]
    for _ in range(16):
        middle = (low + high) / 2.0
        beyond = hidden(middle) == entering
        low, high = np.where(beyond, low, middle), np.where(beyond, middle, high)
    enters, leaves = high[entering], high[~entering]
    leaves = leaves[leaves > enters[0]]
    return list(zip(enters.tolist(), leaves.tolist(), strict=False))


@pytest.mark.validation
@pytest.mark.parametrize("name", ["station", "ISS", "near-polar", "eccentric"])
def test_find_eclipses_of_ten_days_agree_with_de421(name: str) -> None:
    orbit = example_orbit(name)
    start = epoch_of(orbit)
    true = reference_eclipses(orbit, start, start + 10 * 86400)
    end = start + 10 * 86400
    ours = [e for e in find_eclipses(orbit, start, end) if start <= e.enter and e.leave <= end]
    assert len(ours) == len(true) > 100
    for eclipse, (enter, leave) in zip(ours, true, strict=True):
        assert eclipse.enter == pytest.approx(enter, abs=TOLERANCE_S)
        assert eclipse.leave == pytest.approx(leave, abs=TOLERANCE_S)


def test_find_eclipses_penumbra_is_where_the_disc_is_partly_covered() -> None:
    """Share of the Sun's disc that rays from the station reach: all at the first contact, none at the last."""
    orbit = example_orbit("station")
    start = epoch_of(orbit)
    sun = ReferenceSun(start, start + 86400)
    for eclipse in find_eclipses(orbit, start, start + 86400):
        for whole, none in (
            (eclipse.penumbra_enter, eclipse.umbra_enter),
            (eclipse.penumbra_leave, eclipse.umbra_leave),
        ):
            assert none is not None
            outwards = math.copysign(0.1, whole - none)
            assert _lit_share(orbit, sun, whole + outwards) == 1.0
            assert _lit_share(orbit, sun, whole - outwards) < 1.0
            assert _lit_share(orbit, sun, none + outwards) > 0.0
            assert _lit_share(orbit, sun, none - outwards) == 0.0


def _lit_share(orbit: Sgp4Orbit, sun: ReferenceSun, unix_s: float) -> float:
    return float(lit_shares(orbit, sun, np.array([unix_s]), 7200)[0])


def lit_shares(orbit: Sgp4Orbit, sun: ReferenceSun, unix_s: np.ndarray, rays: int) -> np.ndarray:
    """Share of rays to the rim of the Sun's disc that the Earth lets through, (n,)."""
    station = orbit.states(unix_s).position_teme_km
    centre = sun.teme_km(unix_s) - station
    towards = centre / np.linalg.norm(centre, axis=1, keepdims=True)
    across = np.cross(towards, [0.0, 0.0, 1.0])
    across /= np.linalg.norm(across, axis=1, keepdims=True)
    up = np.cross(across, towards)
    turn = np.linspace(0.0, 2.0 * math.pi, rays, endpoint=False)[None, :, None]
    rim = centre[:, None] + SUN_RADIUS_KM * (np.cos(turn) * across[:, None] + np.sin(turn) * up[:, None])
    meets = ray_meets_earth(np.repeat(station, rays, axis=0), rim.reshape(-1, 3))
    lit: np.ndarray = 1.0 - meets.reshape(len(unix_s), rays).mean(axis=1)
    return lit


def test_find_eclipses_contacts_are_in_order_and_do_not_overlap() -> None:
    orbit = example_orbit("station")
    start = parse_instant("2026-09-01")
    eclipses = find_eclipses(orbit, start, start + 40 * 86400)
    for e in eclipses:
        assert e.umbra_enter is not None
        assert e.umbra_leave is not None
        assert e.penumbra_enter < e.enter < e.umbra_enter < e.umbra_leave < e.leave < e.penumbra_leave
        assert 4.0 < e.enter - e.penumbra_enter < 9.0  # half the disc, 0.27 degrees, at 4 degrees a minute
        assert e.duration_s == e.leave - e.enter
    gaps = [b.enter - a.enter for a, b in pairwise(eclipses)]
    assert min(gaps) > 5500.0
    assert max(gaps) < 5560.0


def test_find_eclipses_share_of_night_follows_beta_angle() -> None:
    """Half angle = acos(sqrt(r^2 - R^2) / (r cos(beta))), on a circle round a sphere."""
    orbit = example_orbit("station")
    for day in range(30):
        start = epoch_of(orbit) + day * 86400.0
        eclipse = find_eclipses(orbit, start, start + 6000.0)[0]
        state = orbit.state(eclipse.enter)
        radius = math.hypot(*state.position_teme_km)
        beta = math.radians(beta_of(orbit, eclipse.enter))
        half = math.acos(math.sqrt(radius**2 - WGS84_RADIUS_KM**2) / (radius * math.cos(beta)))
        period_s = 2.0 * math.pi * math.sqrt(radius**3 / 398600.4418)
        assert eclipse.duration_s == pytest.approx(half / math.pi * period_s, abs=30.0)


def test_find_eclipses_eclipse_across_window_edge_is_returned_whole() -> None:
    orbit = example_orbit("station")
    start = epoch_of(orbit)
    known = find_eclipses(orbit, start, start + 86400)[3]
    middle = (known.enter + known.leave) / 2.0
    (first,) = find_eclipses(orbit, middle, middle + 1500.0)
    (last,) = find_eclipses(orbit, middle - 1500.0, middle)
    for whole in (first, last):
        assert whole.enter == pytest.approx(known.enter, abs=1e-3)
        assert whole.leave == pytest.approx(known.leave, abs=1e-3)
    assert find_eclipses(orbit, known.leave + 1.0, known.leave + 60.0) == []
    assert find_eclipses(orbit, start, start) == []


def test_find_eclipses_of_a_long_window_equal_those_of_its_days() -> None:
    orbit = example_orbit("station")
    start = epoch_of(orbit)
    whole = find_eclipses(orbit, start, start + 40 * 86400)
    parts = [e for day in range(40) for e in find_eclipses(orbit, start + day * 86400, start + (day + 1) * 86400)]
    middles = sorted({round((e.enter + e.leave) / 2.0) for e in parts})
    assert len(whole) == len(middles)
    assert [(e.enter + e.leave) / 2.0 for e in whole] == pytest.approx(middles, abs=1.5)


def test_find_eclipses_near_sunlit_season_shorten_and_end() -> None:
    """Weeks in which the ISS passes a beta of 71 degrees: down to grazing ones, then none, as a 2 s search says."""
    orbit = example_orbit("ISS")
    days = [epoch_of(orbit) + 43200.0 * half for half in range(-700, 700)]
    top = max(days, key=lambda t: abs(beta_of(orbit, t)))
    start, end = top - 6 * 86400.0, top
    ours = find_eclipses(orbit, start, end)
    true = reference_eclipses(orbit, start, end)
    long = [(a, b) for a, b in true if b - a > 10.0]
    assert min(e.duration_s for e in ours) < 500.0
    assert end - ours[-1].leave > 6000.0  # then no night any more
    assert abs(len(ours) - len(true)) <= 1
    by_middle = {round((e.enter + e.leave) / 120.0): e for e in ours}
    for enter, leave in long:
        eclipse = by_middle[round((enter + leave) / 120.0)]
        # Where the limb is touched at a flat angle, a thousandth of a degree of the Sun is worth seconds.
        tolerance_s = 0.2 + 120.0 / (leave - enter)
        assert eclipse.enter == pytest.approx(enter, abs=tolerance_s)
        assert eclipse.leave == pytest.approx(leave, abs=tolerance_s)


def sunlit_season(orbit: Sgp4Orbit) -> float:
    """When beta is largest in a year around the epoch."""
    days = [epoch_of(orbit) + 43200.0 * half for half in range(-700, 700)]
    return max(days, key=lambda t: abs(beta_of(orbit, t)))


def reference_penumbrae(orbit: Sgp4Orbit, start_unix_s: float, end_unix_s: float) -> list[tuple[float, float, float]]:
    """(first contact, last contact, largest share of the rim that is covered), from steps of 5 s and halving."""
    sun = ReferenceSun(start_unix_s, end_unix_s)

    def covered(unix_s: np.ndarray) -> np.ndarray:
        return 1.0 - lit_shares(orbit, sun, unix_s, 360)

    steps = np.arange(start_unix_s, end_unix_s, 5.0)
    share = np.concatenate([covered(part) for part in np.array_split(steps, 40)])
    touched = share > 0.0
    change = np.flatnonzero(touched[1:] != touched[:-1])
    low, high, entering = steps[change], steps[change + 1], touched[change + 1]
    for _ in range(12):
        middle = (low + high) / 2.0
        beyond = (covered(middle) > 0.0) == entering
        low, high = np.where(beyond, low, middle), np.where(beyond, middle, high)
    enters, leaves = high[entering], low[~entering]
    leaves = leaves[leaves > enters[0]]
    return [
        (a, b, float(share[(steps > a - 5.0) & (steps < b + 5.0)].max()))
        for a, b in zip(enters.tolist(), leaves.tolist(), strict=False)
    ]


@pytest.mark.validation
@pytest.mark.parametrize("side", [-1.0, 1.0])
def test_find_eclipses_has_those_of_the_penumbra_alone_with_their_contacts_as_de421_has_them(side: float) -> None:
    """Two days on either side of the season in which the ISS never meets the shadow."""
    orbit = example_orbit("ISS")
    top = sunlit_season(orbit)
    around = find_eclipses(orbit, top - 8 * 86400.0, top + 8 * 86400.0)
    deep = [e for e in around if not e.penumbra_only and (e.enter - top) * side > 0.0]
    edge = min((e.enter for e in deep), key=lambda t: abs(t - top))
    start, end = edge - 43200.0, edge + 43200.0
    ours = [e for e in find_eclipses(orbit, start, end) if start <= e.enter and e.leave <= end]
    true = reference_penumbrae(orbit, start, end)
    assert sum(e.penumbra_only for e in ours) >= 1
    assert [e for e in ours if e.umbra_enter is not None]
    long = [(a, b, share) for a, b, share in true if b - a > 10.0]
    assert abs(len(ours) - len(true)) <= 1
    by_middle = {round((e.penumbra_enter + e.penumbra_leave) / 120.0): e for e in ours}
    for enter, leave, share in long:
        eclipse = by_middle[round((enter + leave) / 120.0)]
        assert eclipse.penumbra_enter == pytest.approx(enter, abs=0.2 + 120.0 / (leave - enter))
        assert eclipse.penumbra_leave == pytest.approx(leave, abs=0.2 + 120.0 / (leave - enter))
        if abs(share - 0.5) > 0.02:
            assert eclipse.penumbra_only == (share < 0.5)
        if share < 0.98:
            assert eclipse.umbra_enter is None


@pytest.mark.parametrize("edge_deg", [28.73, 342.216])
def test_find_eclipses_misses_no_grazing_penumbra(edge_deg: float) -> None:
    """Orbits in steps of a thousandth of a degree across the one that just touches the penumbra, against 2 s samples.

    The lowest place of the Sun is not where the shadow's axis is nearest: the Earth is oblate.
    """
    known = example_orbit("near-polar").element_set
    start = known.epoch_unix_s
    times = np.arange(start, start + 7000.0, 2.0)
    sun = columns(SunTrack(start - 60.0, start + 8000.0).teme_km(times))
    counts = []
    for raan_deg in np.arange(edge_deg - 0.03, edge_deg + 0.03, 0.001).tolist():
        orbit = Sgp4Orbit(replace(known, raan_deg=raan_deg))
        position = columns(orbit.states(times).position_teme_km)
        touched = limb_clearance_rad(position, sun, np) < sun_radius_rad(sun, np)
        found = [e for e in find_eclipses(orbit, start, start + 7000.0) if start < e.penumbra_enter < start + 6990.0]
        expected = int((touched[1:] & ~touched[:-1]).sum())
        assert len(found) - expected in {0, 1 if found and found[0].duration_s < 4.0 else 0}
        counts.append(expected)
    assert len(set(counts)) == 2


def test_next_light_change_equals_contacts_of_find_eclipses() -> None:
    orbit = example_orbit("station")
    start = epoch_of(orbit)
    for eclipse in find_eclipses(orbit, start, start + 86400)[1:]:
        assert eclipse.umbra_enter is not None
        assert eclipse.umbra_leave is not None
        for before, contact in (
            (eclipse.penumbra_enter - 100.0, eclipse.penumbra_enter),
            (eclipse.penumbra_enter + 1.0, eclipse.umbra_enter),
            (eclipse.umbra_enter + 1.0, eclipse.umbra_leave),
            (eclipse.umbra_leave + 1.0, eclipse.penumbra_leave),
        ):
            assert next_light_change(orbit, before).change_unix_s == pytest.approx(contact, abs=0.005)
