"""Ephemerides in every form: XML, other clocks and frames, impulses, long steps, covariances."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

import erfa
import numpy as np
import pytest
from astropy.time import Time

from sim.astro.earth_orientation import orientation_values
from sim.astro.frames import teme_to_itrs
from sim.astro.hermite import kepler_miss_km, kepler_states
from sim.astro.precession import eme2000_to_teme, equinox_matrices, gcrf_to_teme
from sim.astro.time_systems import tai_minus_utc_s, utc_of
from sim.astro.vectors import columns
from sim.constants import MU_KM3_S2
from sim.errors import ElementsError
from sim.orbit.files.oem_reader import parse_oem, parse_oems
from sim.orbit.oem import OemOrbit, joined
from sim.time import parse_instant
from tests.support.oem_writer import clock, eme2000_rows, kvn_oem, xml_oem
from tests.support.orbits import example_orbit

if TYPE_CHECKING:
    from collections.abc import Callable

NOON = parse_instant("2026-08-22T12:00:00Z")
TIMES = NOON + np.arange(0.0, 7200.0 + 1.0, 240.0)
STATION = example_orbit("station")
ROWS = eme2000_rows(STATION, TIMES)


def off_m(text: str, times: np.ndarray = TIMES[1:-1]) -> float:
    """How far an ephemeris of the station is from the station at most.

    At the written epochs: between them SGP4's velocities, which are not quite those of its positions, cost two metres.
    """
    found, true = OemOrbit(parse_oem(text)).states(times), STATION.states(times)
    assert found.ok.all()
    return float(np.linalg.norm(found.position_teme_km - true.position_teme_km, axis=1).max() * 1000.0)


def test_parse_oem_xml_equals_kvn() -> None:
    kvn, xml = parse_oem(kvn_oem(TIMES, ROWS)), parse_oem(xml_oem(TIMES, ROWS))
    assert off_m(kvn_oem(TIMES, ROWS)) < 0.01
    assert (xml.object_name, xml.object_id, xml.originator) == ("CSS", "2021-035A", "JSC")
    assert xml.created_unix_s == NOON
    np.testing.assert_array_equal(xml.segments[0].position_teme_km, kvn.segments[0].position_teme_km)


CLOCKS: dict[str, Callable[[float], float]] = {
    "TAI": lambda _: 37.0,
    "GPS": lambda _: 18.0,
    "TT": lambda _: 69.184,
    "TDB": lambda t: _seconds_between("tdb", t),
    "UT1": lambda t: float(orientation_values(t)[0]),
}


def _seconds_between(scale: str, unix_s: float) -> float:
    """What astropy's clock of another scale is ahead of UTC."""
    day, part = divmod(unix_s, 86400.0)
    other = getattr(Time(day + 2440587.5, part / 86400.0, format="jd", scale="utc"), scale)
    return float(((other.jd1 - 2440587.5 - day) + other.jd2) * 86400.0 - part)


@pytest.mark.parametrize("system", CLOCKS)
def test_parse_oem_in_another_clock_is_the_same_place(system: str) -> None:
    # A microsecond of the printed epochs is 8 mm of the way, ten of TDB 8 cm, UT1-UTC is drawn straight through a day.
    assert off_m(kvn_oem(TIMES, ROWS, shift_s=CLOCKS[system], TIME_SYSTEM=system)) < 0.2


def test_utc_of_agrees_with_astropy_from_1975_to_2027() -> None:
    times = np.array([parse_instant(f"{year}-07-01T05:06:07Z") for year in range(1975, 2028, 4)])
    for scale in ("tai", "tt", "tdb"):
        shift = np.array([_seconds_between(scale, float(t)) for t in times])
        assert np.abs(utc_of(times + shift, scale.upper()) - times).max() < 3e-5
    assert tai_minus_utc_s(np.array([parse_instant("2016-12-31"), parse_instant("2017-01-01")])).tolist() == [
        36.0,
        37.0,
    ]


def in_frame(frame: str) -> np.ndarray:
    states = STATION.states(TIMES)
    position, velocity = states.position_teme_km, states.velocity_teme_km_s
    if frame.startswith(("ITRF", "TDR")):
        if frame == "TDR":
            from sim.astro.earth_orientation import gmst82_rad
            from sim.astro.frames import teme_to_pef

            theta = gmst82_rad(TIMES, orientation_values(TIMES, np)[0])
            parts = teme_to_pef(columns(position), columns(velocity), theta, np)
        else:
            parts = teme_to_itrs(TIMES, columns(position), columns(velocity), np)
        return np.hstack([np.stack(part, axis=1) for part in parts])
    if frame == "TEME":
        return np.hstack((position, velocity))
    matrices = {"TOD": equinox_matrices(TIMES)[0], "MOD": equinox_matrices(TIMES)[1], "GCRF": gcrf_to_teme(TIMES)}[
        frame
    ]
    back = np.swapaxes(matrices, 1, 2)
    return np.hstack([np.einsum("nij,nj->ni", back, part) for part in (position, velocity)])


@pytest.mark.parametrize("frame", ["TEME", "TOD", "MOD", "GCRF", "ITRF", "ITRF2014", "ITRF-97", "TDR"])
def test_parse_oem_in_another_frame_is_the_same_place(frame: str) -> None:
    name = frame if not frame.startswith("ITRF") else "ITRF"
    assert off_m(kvn_oem(TIMES, in_frame(name), REF_FRAME=frame)) < 0.01


def test_parse_oem_in_a_frame_held_fast_turns_by_its_own_epoch() -> None:
    epoch = parse_instant("2000-01-01T12:00:00Z")
    rows = ROWS @ np.kron(np.eye(2), eme2000_to_teme(np.array([epoch]))[0].T)
    text = kvn_oem(TIMES, rows, REF_FRAME="TEME", REF_FRAME_EPOCH=clock(epoch))
    assert off_m(text) < 3.0  # EME2000 and GCRF, through which the way goes, differ by two metres
    assert off_m(text.replace("REF_FRAME_EPOCH", "COMMENT")) > 10_000.0


def test_gcrf_to_teme_agrees_with_the_modern_chain_to_a_third_of_a_metre() -> None:
    times = np.linspace(parse_instant("2021-05-01"), parse_instant("2027-05-01"), 40)
    ut1_minus_utc_s, x_pole, y_pole = orientation_values(times, np)
    tt = (times + tai_minus_utc_s(times) + 32.184) / 86400.0
    modern = erfa.c2t06a(2440587.5, tt, 2440587.5, (times + ut1_minus_utc_s) / 86400.0, x_pole, y_pole)
    turn = gcrf_to_teme(times)
    for axis in range(3):
        column = columns(turn[:, :, axis])
        ours = np.stack(teme_to_itrs(times, column, column, np)[0], axis=1)
        assert np.linalg.norm(ours - modern[:, :, axis], axis=1).max() * 6_780_000.0 < 0.33


# ── steps ──────────────────────────────────────────────────────────────────────────────────────────


def test_kepler_states_there_and_back_are_the_same() -> None:
    position = np.array([[6780.0, 0.0, 0.0], [7000.0, 500.0, -200.0]])
    velocity = np.array([[0.0, 5.7, 5.0], [0.5, 9.9, 1.0]])
    for after_s in (60.0, 5000.0, -86400.0):
        there = kepler_states(position, velocity, np.full(2, after_s))
        back = kepler_states(*there, np.full(2, -after_s))
        np.testing.assert_allclose(back[0], position, atol=1e-5)
        energy = [
            np.vecdot(v, v) / 2.0 - MU_KM3_S2 / np.linalg.norm(r, axis=1) for r, v in (there, (position, velocity))
        ]
        np.testing.assert_allclose(energy[0], energy[1], rtol=1e-11)


@pytest.mark.parametrize(("name", "step_s", "used"), [("station", 600.0, True), ("station", 900.0, False)])
def test_parse_oem_step_is_used_as_long_as_interpolation_holds(name: str, step_s: float, used: bool) -> None:
    orbit = example_orbit(name)
    times = NOON + np.arange(0.0, 6.0 * step_s + 1.0, step_s)
    text = kvn_oem(times, eme2000_rows(orbit, times))
    if used:
        assert off_m(text, times[1:-1] + 0.5 * step_s) < 15.0
    else:
        with pytest.raises(ElementsError, match="near enough"):
            parse_oem(text)


def test_parse_oem_of_a_geostationary_orbit_may_have_steps_of_hours() -> None:
    position, velocity = np.array([[42164.0, 0.0, 0.0]]), np.array([[0.0, 3.0747, 0.0]])

    def rows(times: np.ndarray) -> np.ndarray:
        return np.vstack([np.hstack(kepler_states(position, velocity, np.array([t - NOON]))) for t in times])

    times = NOON + np.arange(0.0, 86400.0, 7200.0)
    oem = OemOrbit(parse_oem(kvn_oem(times, rows(times), REF_FRAME="TEME")))
    between = times[:-1] + 3000.0
    off = np.linalg.norm(oem.states(between).position_teme_km - rows(between)[:, :3], axis=1)
    assert off.max() * 1000.0 < 15.0


def test_kepler_miss_is_what_interpolation_misses() -> None:
    states = STATION.states(TIMES)
    miss = kepler_miss_km(states.position_teme_km, states.velocity_teme_km_s, np.full(len(TIMES), 600.0))
    assert 0.001 < miss.min() <= miss.max() < 0.005


def test_parse_oem_repeated_epoch_is_an_impulse_and_both_sides_count() -> None:
    kick = 0.002  # km/s along the track
    at = 15
    after = ROWS[at:].copy()
    velocity = after[0, 3:] * (1.0 + kick / np.linalg.norm(after[0, 3:]))
    for row, unix_s in enumerate(TIMES[at:]):
        moved, speed = kepler_states(after[:1, :3], velocity[None], np.array([unix_s - TIMES[at]]))
        after[row] = np.hstack((moved[0], speed[0]))
    text = kvn_oem(np.concatenate((TIMES[: at + 1], TIMES[at:])), np.vstack((ROWS[: at + 1], after)))
    oem = parse_oem(text)
    assert [len(segment.unix_s) for segment in oem.segments] == [at + 1, len(TIMES) - at]
    assert oem.spans == [(float(TIMES[0]), float(TIMES[-1]))]
    before, later = (OemOrbit(oem).state(float(TIMES[at]) + shift) for shift in (-0.001, 0.001))
    gained = math.dist(before.velocity_teme_km_s, later.velocity_teme_km_s)
    assert gained == pytest.approx(kick, abs=1e-4)
    assert math.dist(before.position_teme_km, later.position_teme_km) < 0.02
    assert OemOrbit(oem).covers(float(TIMES[at]))


# ── several ────────────────────────────────────────────────────────────────────────────────────────


def test_parse_oems_of_two_objects_are_told_apart() -> None:
    one = kvn_oem(TIMES, ROWS)
    other = re.sub(
        r"^(CCSDS|CREATION|ORIGINATOR).*\n",
        "",
        kvn_oem(TIMES, ROWS, OBJECT_NAME="B", OBJECT_ID="2022-001A"),
        flags=re.MULTILINE,
    )
    found = parse_oems(one + other)
    assert [oem.object_id for oem in found] == ["2021-035A", "2022-001A"]
    with pytest.raises(ElementsError, match="is of 2 objects: CSS, B"):
        parse_oem(one + other)


def test_joined_ephemerides_use_the_newer_where_both_reach() -> None:
    raised = ROWS.copy()
    raised[:, :3] *= 1.0001
    first = parse_oem(kvn_oem(TIMES, ROWS))
    later = parse_oem(
        kvn_oem(TIMES[10:20], raised[10:20]).replace("CREATION_DATE = 2026-08-22T12", "CREATION_DATE = 2026-08-23T12")
    )
    for parts in ([first, later], [later, first]):
        both = OemOrbit(joined(parts))
        radius = [math.hypot(*both.state(float(TIMES[k]) + 1.0).position_teme_km) for k in (5, 15, 25)]
        plain = [math.hypot(*OemOrbit(first).state(float(TIMES[k]) + 1.0).position_teme_km) for k in (5, 15, 25)]
        assert [a - b > 0.1 for a, b in zip(radius, plain, strict=True)] == [False, True, False]


# ── covariance ─────────────────────────────────────────────────────────────────────────────────────

TRIANGLE = [0.04, 0.0, 0.25, 0.0, 0.0, 0.01, *[0.0] * 3, 1e-8, *[0.0] * 4, 1e-8, *[0.0] * 5, 1e-8]


def kvn_covariance(frame: str, numbers: list[float]) -> str:
    rows, start = [], 0
    for length in range(1, 7):
        rows.append(" ".join(f"{number:.9e}" for number in numbers[start : start + length]))
        start += length
    head = ["COVARIANCE_START", f"EPOCH = {clock(NOON + 600.0)}", *([f"COV_REF_FRAME = {frame}"] if frame else [])]
    return "\n".join([*head, *rows, "COVARIANCE_STOP"])


def test_covariance_along_the_track_is_read_and_given_with_the_answer() -> None:
    orbit = OemOrbit(parse_oem(kvn_oem(TIMES, ROWS, tail=kvn_covariance("RTN", TRIANGLE))))
    stated = orbit.provenance(NOON + 3000.0).stated
    assert stated is not None
    assert stated.unix_s == NOON + 600.0
    assert stated.sigma_rtn_km == pytest.approx((0.2, 0.5, 0.1))
    assert orbit.provenance(NOON - 3000.0).stated is None
    assert OemOrbit(parse_oem(kvn_oem(TIMES, ROWS))).provenance(NOON + 3000.0).stated is None


def test_covariance_in_the_frame_of_the_states_is_turned() -> None:
    state = STATION.state(NOON + 600.0)
    position, velocity = np.array(state.position_teme_km), np.array(state.velocity_teme_km_s)
    across = np.cross(position, velocity)
    axes = np.array((position / np.linalg.norm(position), np.cross(across, position), across))
    axes /= np.linalg.norm(axes, axis=1)[:, None]
    turn = gcrf_to_teme(np.array([NOON + 600.0]))[0].T @ axes.T
    matrix = turn @ np.diag((0.04, 0.25, 0.01)) @ turn.T
    numbers = [*matrix[np.tril_indices(3)].tolist(), *TRIANGLE[6:]]
    oem = parse_oem(kvn_oem(TIMES, ROWS, tail=kvn_covariance("", numbers)))
    assert oem.covariances[0].sigma_rtn_km == pytest.approx((0.2, 0.5, 0.1), abs=1e-5)


def test_covariance_in_xml_is_read() -> None:
    names = ("X", "Y", "Z", "X_DOT", "Y_DOT", "Z_DOT")
    keys = [f"C{row}_{column}" for number, row in enumerate(names) for column in names[: number + 1]]
    inner = "".join(f"<{key}>{number:.9e}</{key}>" for key, number in zip(keys, TRIANGLE, strict=True))
    head = f"<EPOCH>{clock(NOON + 600.0)}</EPOCH><COV_REF_FRAME>RTN</COV_REF_FRAME>"
    tail = f"<covarianceMatrix>{head}{inner}</covarianceMatrix>"
    assert parse_oem(xml_oem(TIMES, ROWS, tail=tail)).covariances[0].sigma_rtn_km == pytest.approx((0.2, 0.5, 0.1))


@pytest.mark.parametrize("frame", ["SOMETHING", "RTN"])
def test_covariance_that_means_nothing_is_left_out(frame: str) -> None:
    numbers = [-1.0, *TRIANGLE[1:]] if frame == "RTN" else TRIANGLE
    assert parse_oem(kvn_oem(TIMES, ROWS, tail=kvn_covariance(frame, numbers))).covariances == ()
