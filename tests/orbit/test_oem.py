"""The operator's ephemeris: the real file, left-out states, and every kind of invalid file."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from sim.constants import MU_KM3_S2
from sim.errors import ElementsError, OrbitError
from sim.orbit.element_history import embedded_history
from sim.orbit.files.oem_reader import parse_oem
from sim.orbit.oem import Oem, OemOrbit
from sim.time import iso_z

TEXT = (Path(__file__).parent.parent / "data" / "sources" / "CSS_OEM_20260821004850_0001.excerpt.dat").read_text()
LINES = TEXT.splitlines()
FIRST = next(number for number, line in enumerate(LINES) if line.split()[:1] == ["2026-08-21T00:00:00.000000"])
HEAD, ROWS = LINES[:FIRST], LINES[FIRST:]


def ephemeris(rows: list[str], head: list[str] = HEAD) -> Oem:
    return parse_oem("\n".join([*head, *rows]))


@pytest.fixture(scope="module")
def real() -> Oem:
    return parse_oem(TEXT, source="CMSA")


def test_parse_oem_operator_file_gives_every_field(real: Oem) -> None:
    assert (real.object_name, real.object_id, real.originator, real.source) == ("KJZ", "CSS", "BACC", "CMSA")
    assert iso_z(real.created_unix_s) == "2026-08-21T00:48:50Z"
    (segment,) = real.segments
    assert len(segment.unix_s) == 24
    # The window it announces is a week; what it holds in this excerpt is what counts.
    assert iso_z(real.stop_unix_s) == "2026-08-21T01:32:00Z"


def test_oem_orbit_at_its_epochs_equals_the_file(real: Oem) -> None:
    orbit, segment = OemOrbit(real), real.segments[0]
    for row, unix_s in enumerate(segment.unix_s.tolist()):
        state = orbit.state(unix_s)
        position, velocity = state.position_teme_km, state.velocity_teme_km_s
        assert math.dist(position, segment.position_teme_km[row]) < 1e-9
        assert math.dist(velocity, segment.velocity_teme_km_s[row]) < 1e-9


def test_oem_orbit_turned_to_equinox_of_date_moves_by_precession(real: Oem) -> None:
    written = np.array([[float(word) for word in row.split()[1:4]] for row in ROWS])
    turned = real.segments[0].position_teme_km
    np.testing.assert_allclose(np.linalg.norm(turned, axis=1), np.linalg.norm(written, axis=1), rtol=1e-12)
    moved_km = np.linalg.norm(turned - written, axis=1)
    assert 30.0 < moved_km.max() < 44.0


@pytest.mark.parametrize("first", [0, 1])
def test_oem_orbit_left_out_states_are_within_five_metres(real: Oem, first: int) -> None:
    segment = real.segments[0]
    left_out = slice(1 - first if first else 1, -1, 2)
    thin = OemOrbit(ephemeris(ROWS[first::2]))
    times = segment.unix_s[left_out]
    inside = (times >= thin.oem.start_unix_s) & (times <= thin.oem.stop_unix_s)
    states = thin.states(times[inside])
    assert states.ok.all()
    off_m = np.linalg.norm(states.position_teme_km - segment.position_teme_km[left_out][inside], axis=1) * 1000.0
    assert len(off_m) >= 10
    assert off_m.max() < 5.0
    assert np.abs(states.velocity_teme_km_s - segment.velocity_teme_km_s[left_out][inside]).max() * 1000.0 < 0.03


def test_oem_orbit_agrees_with_a_fresh_element_set_to_a_kilometre(real: Oem) -> None:
    times = np.arange(real.start_unix_s, real.stop_unix_s, 60.0)
    theirs, ours = OemOrbit(real).states(times), embedded_history().states(times)
    assert np.linalg.norm(theirs.position_teme_km - ours.position_teme_km, axis=1).max() < 1.2


def test_oem_orbit_single_instants_and_arrays_agree(real: Oem) -> None:
    orbit = OemOrbit(real)
    times = np.linspace(real.start_unix_s, real.stop_unix_s, 501)
    states = orbit.states(times)
    for row, unix_s in enumerate(times.tolist()):
        state = orbit.state(unix_s)
        position, velocity = state.position_teme_km, state.velocity_teme_km_s
        assert math.dist(position, states.position_teme_km[row]) < 1e-9
        assert math.dist(velocity, states.velocity_teme_km_s[row]) < 1e-12


def test_oem_orbit_velocity_is_the_derivative_of_position(real: Oem) -> None:
    orbit = OemOrbit(real)
    for unix_s in np.linspace(real.start_unix_s + 1.0, real.stop_unix_s - 1.0, 97).tolist():
        ahead, behind = (np.array(orbit.state(unix_s + step).position_teme_km) for step in (0.5, -0.5))
        assert np.abs(ahead - behind - orbit.state(unix_s).velocity_teme_km_s).max() < 1e-5


def test_oem_orbit_outside_its_states_raises(real: Oem) -> None:
    orbit = OemOrbit(real)
    for unix_s in (real.start_unix_s - 0.001, real.stop_unix_s + 0.001, 0.0):
        assert not orbit.covers(unix_s)
        with pytest.raises(OrbitError, match=r"the ephemeris covers 2026-08-21T00:00:00Z to 2026-08-21T01:32:00Z"):
            orbit.state(unix_s)
        # The shape of the orbit is that of the nearest state; the place is nowhere.
        nearest = orbit.elements(orbit.nearest_unix_s(unix_s))
        assert orbit.elements(unix_s) == nearest
    states = orbit.states(np.array([real.start_unix_s - 1.0, real.start_unix_s, real.stop_unix_s, 4e9]))
    assert states.ok.tolist() == [False, True, True, False]
    assert np.isnan(states.position_teme_km[~states.ok]).all()


def test_oem_orbit_in_a_gap_raises() -> None:
    orbit = OemOrbit(ephemeris(ROWS[:12] + ROWS[16:]))
    assert len(orbit.oem.segments) == 2
    start_unix_s = orbit.oem.start_unix_s
    times = start_unix_s + np.array([2639.9, 2640.5, 3000.0, 3839.5, 3840.1, 5000.0])
    assert orbit.states(times).ok.tolist() == [True, False, False, False, True, True]
    assert [orbit.covers(float(t)) for t in times] == [True, False, False, False, True, True]
    with pytest.raises(OrbitError, match="gaps in it are not bridged"):
        orbit.state(start_unix_s + 3000.0)


def test_oem_orbit_segment_too_short_to_interpolate_is_left_out() -> None:
    orbit = OemOrbit(ephemeris(ROWS[:8] + ROWS[11:12] + ROWS[17:]))
    assert len(orbit.oem.segments) == 2
    assert not orbit.covers(orbit.oem.start_unix_s + 12 * 240.0)


def test_oem_orbit_overlapping_segments_use_the_later_one() -> None:
    meta = [line for line in HEAD if "CCSDS" not in line and "CREATION" not in line and "ORIGINATOR" not in line]
    usable = [
        line.replace("2026-08-28T00:00:00", "2026-08-21T01:04:00") if "STOP_TIME" in line else line for line in HEAD
    ]
    shifted = [_raised(row) for row in ROWS[10:]]
    text = "\n".join([*usable, *ROWS[:18], *meta, *shifted])
    orbit = OemOrbit(parse_oem(text))
    assert [iso_z(s.stop_unix_s) for s in orbit.oem.segments] == ["2026-08-21T01:04:00Z", "2026-08-21T01:32:00Z"]
    overlap = orbit.oem.segments[1].start_unix_s + 120.0
    assert overlap < orbit.oem.segments[0].stop_unix_s
    raised = math.hypot(*orbit.state(overlap).position_teme_km)
    alone = math.hypot(*OemOrbit(ephemeris(shifted)).state(overlap).position_teme_km)
    assert raised == pytest.approx(alone, abs=1e-9)
    assert orbit.states(np.array([overlap])).position_teme_km[0] == pytest.approx(
        orbit.state(overlap).position_teme_km, abs=1e-9
    )


def _raised(row: str) -> str:
    words = row.split()
    return " ".join([words[0], *(f"{float(word) * 1.001:.9f}" for word in words[1:4]), *words[4:]])


def test_parse_oem_accelerations_comments_and_covariances_are_ignored() -> None:
    rows = [f"{row}  0.001 0.002 0.003" for row in ROWS]
    rows[5:5] = ["COMMENT a manoeuvre is not planned", ""]
    tail = ["COVARIANCE_START", "EPOCH = 2026-08-21T00:00:00", "1.0", "0.1 1.0", "COVARIANCE_STOP"]
    assert len(ephemeris(rows + tail).segments[0].unix_s) == 24


def test_oem_orbit_in_teme_is_not_turned() -> None:
    head = [line.replace("EME2000", "TEME") for line in HEAD]
    written = [float(word) for word in ROWS[0].split()[1:4]]
    assert ephemeris(ROWS, head).segments[0].position_teme_km[0].tolist() == written


def test_oem_orbit_elements_agree_with_the_history(real: Oem) -> None:
    orbit = OemOrbit(real)
    altitudes_km = [orbit.elements(float(unix_s)).mean_altitude_km for unix_s in real.segments[0].unix_s]
    known = embedded_history().elements(real.start_unix_s)
    assert np.mean(altitudes_km) == pytest.approx(known.mean_altitude_km, abs=0.1)
    assert np.std(altitudes_km) < 0.1
    assert orbit.elements(real.start_unix_s).name == "KJZ"
    assert orbit.revolution(real.stop_unix_s) - orbit.revolution(real.start_unix_s) in {0, 1}


def test_oem_orbit_provenance_names_the_ephemeris(real: Oem) -> None:
    provenance = OemOrbit(real).provenance(real.created_unix_s + 3600.0)
    assert (provenance.kind, provenance.source, provenance.basis) == ("oem", "CMSA", "alone")
    assert provenance.age_days == pytest.approx(1.0 / 24.0)


def _with(old: str, new: str) -> str:
    assert old in TEXT
    return TEXT.replace(old, new, 1)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (_with("CCSDS_OEM_VERS", "CCSDS_OPM_VERS"), "does not begin with CCSDS_OEM_VERS"),
        ("CCSDS_OEM_VERS = 2.0\n", "has no segment"),
        (_with("EME2000", "RTN"), "REF_FRAME is “RTN”, known are EME2000"),
        (_with("UTC", "SCLK"), "TIME_SYSTEM is “SCLK”, known are UTC"),
        (_with("EARTH", "MARS"), "CENTER_NAME is “MARS”, known are EARTH"),
        (_with("REF_FRAME ", "REF_FRAM "), "REF_FRAME is “”"),
        (_with("2026-08-28T00:00:00.000000", "next week"), "STOP_TIME is not a date: “next week”"),
        (_with("5099.644028507", "5099.64x"), r"line 17 of the ephemeris is not a state"),
        (_with("5099.644028507", "nan"), "is not an orbit about the Earth in km and km/s"),
        (_with("5099.644028507", "5099644.028507"), "is not an orbit about the Earth in km and km/s"),
        (_with("5099.644028507", "4099.644028507"), "is not an orbit about the Earth|does not fit the one before it"),
        (_with("-2734.348794008", ""), "has 6 columns, not 7 or 10"),
        (_with("2026-08-21T00:08:00.000000", "2026-08-21T00:03:00.000000"), "the times go back"),
        (_with("META_START", "META_STAR"), "is out of place: “META_STAR”"),
        ("\n".join([*HEAD, *ROWS[:1]]), "has 1 states, fewer than 2"),
        ("\n".join([*HEAD, *ROWS[::5]]), r"no states near enough to one another .*steps of up to 1200 s"),
        ("\n".join(HEAD), "has 0 states"),
    ],
)  # fmt: skip
def test_parse_oem_invalid_message_raises_with_the_reason(text: str, says: str) -> None:
    with pytest.raises(ElementsError, match=says):
        parse_oem(text)


def test_oem_orbit_energy_between_states_is_constant(real: Oem) -> None:
    """Interpolation must not swing: the energy of a smooth orbit changes by the oblate Earth only."""
    states = OemOrbit(real).states(np.linspace(real.start_unix_s, real.stop_unix_s, 2000))
    radius = np.linalg.norm(states.position_teme_km, axis=1)
    speed = np.linalg.norm(states.velocity_teme_km_s, axis=1)
    axis_km = 1.0 / (2.0 / radius - speed**2 / MU_KM3_S2)
    assert np.ptp(axis_km) < 20.0
    assert np.abs(np.diff(axis_km)).max() < 0.2
