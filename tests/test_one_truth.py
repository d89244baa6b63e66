"""Position, altitude, period, beta, light and track of an instant come from one set of mean elements."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.astro.sun import sun_position_teme_km
from sim.chronicle import embedded_chronicle
from sim.constants import DAY_S
from sim.eclipses import find_eclipses
from sim.orbit.element_history import embedded_history
from sim.orbit.uncertainty import expected_error
from sim.status import Status, status_at
from sim.time import parse_instant
from tui.cli.commands.track import sampled

HISTORY = embedded_history()
ALTITUDE = HISTORY.altitude
BOOK = embedded_chronicle()
INSTANTS = np.random.default_rng(11).uniform(HISTORY.first_unix_s, HISTORY.last_unix_s + 20 * DAY_S, 500).tolist()

BELOW_PERIGEE_KM, ABOVE_APOGEE_KM = 13.0, 21.0
"""Mean and true radius differ by up to 12 km, and at 41.5 degrees the ellipsoid lies 9.4 km below the equator's radius,
from which perigee and apogee are counted."""


def status_of(unix_s: float) -> Status:
    return status_at(HISTORY, BOOK, unix_s, now_unix_s=unix_s)


def test_status_height_lies_between_perigee_and_apogee() -> None:
    """At 2024-10-29T12:00Z the height was 394.9 km beside an apogee of 376.3 km."""
    for unix_s in [parse_instant("2024-10-29T12:00Z"), *INSTANTS]:
        status = status_of(unix_s)
        assert status.position is not None
        low_km, high_km = status.altitude.perigee_km, status.altitude.apogee_km
        assert low_km - BELOW_PERIGEE_KM < status.position.height_km < high_km + ABOVE_APOGEE_KM


def test_status_altitude_and_period_are_those_of_its_elements() -> None:
    known = status_of(HISTORY.last_unix_s)
    constant = known.orbit.period_min / (known.altitude.mean_altitude_km + 6378.137) ** 1.5
    for unix_s in INSTANTS:
        status = status_of(unix_s)
        altitude = ALTITUDE.at(unix_s)
        for name in ("mean_altitude_km", "perigee_km", "apogee_km", "period_min", "decay", "to_floor"):
            assert getattr(status.altitude, name) == getattr(altitude, name)
        semi_major_axis_km = altitude.mean_altitude_km + 6378.137
        assert status.orbit.period_min == pytest.approx(
            constant * semi_major_axis_km**1.5, rel=5e-6
        )  # Kozai against Brouwer
        assert status.error == expected_error(HISTORY, unix_s)
        if unix_s < HISTORY.last_unix_s:
            assert status.element_set.mean_altitude_km == altitude.mean_altitude_km
            assert status.element_set.revolution == status.orbit.revolution


def test_status_beta_is_the_angle_between_sun_and_orbital_plane() -> None:
    for unix_s in INSTANTS:
        status = status_of(unix_s)
        elements = status.element_set
        if unix_s > HISTORY.last_unix_s:
            continue
        node, inclination = math.radians(elements.raan_deg), math.radians(elements.inclination_deg)
        normal = (
            math.sin(node) * math.sin(inclination),
            -math.cos(node) * math.sin(inclination),
            math.cos(inclination),
        )
        sun_km = sun_position_teme_km(unix_s)
        beta_deg = math.degrees(math.asin(np.dot(normal, sun_km) / math.hypot(*sun_km)))
        assert status.orbit.beta_deg == pytest.approx(beta_deg, abs=0.1)


def test_sampled_track_equals_status() -> None:
    for unix_s in INSTANTS[:200]:
        status = status_of(unix_s)
        position, light = status.position, status.light
        assert position is not None
        assert light is not None
        (point,) = sampled(HISTORY, unix_s, 1.0, 1)
        assert point.error == status.error
        assert (point.latitude_deg is not None) is status.error.position_known
        if point.latitude_deg is None:
            continue
        assert point.latitude_deg == pytest.approx(position.latitude_deg, abs=1e-6)
        assert point.longitude_deg == pytest.approx(position.longitude_deg, abs=1e-6)
        assert point.height_km == pytest.approx(position.height_km, abs=1e-4)
        assert light.change_unix_s is not None
        if light.change_unix_s - unix_s > 0.1:
            assert point.light == light.state


def test_find_eclipses_agree_with_light_of_status() -> None:
    for unix_s in INSTANTS[:60]:
        eclipses = find_eclipses(HISTORY, unix_s - 3600.0, unix_s + 3600.0)
        light = status_of(unix_s).light
        assert light is not None
        inside = any(eclipse.enter <= unix_s <= eclipse.leave for eclipse in eclipses)
        if light.state != "penumbra":
            assert inside is (light.state == "umbra")
