"""The chain for one instant says what the chain for arrays says, and needs no numpy for it."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sim.astro import frames, scalar
from sim.places.place import Place

COORDINATE = st.floats(-9000.0, 9000.0)
VECTORS = st.tuples(COORDINATE, COORDINATE, COORDINATE).filter(lambda v: v[0] ** 2 + v[1] ** 2 + v[2] ** 2 > 36e6)
INSTANTS = st.floats(1.2e9, 2.0e9)
PLACES = st.builds(Place, st.just("here"), st.floats(-90.0, 90.0), st.floats(-180.0, 180.0), st.floats(-430.0, 9000.0))


@given(INSTANTS, VECTORS, VECTORS)
def test_teme_to_itrs(unix_s: float, position: scalar.Vector, velocity: scalar.Vector) -> None:
    one = scalar.teme_to_itrs(unix_s, position, velocity)
    many = frames.teme_to_itrs(np.array([unix_s]), np.array([position]), np.array([velocity]))
    np.testing.assert_allclose(one, [part[0] for part in many], rtol=0, atol=2e-9)


@given(VECTORS)
def test_itrs_to_geodetic(position: scalar.Vector) -> None:
    many = frames.itrs_to_geodetic(np.array([position]))
    np.testing.assert_allclose(scalar.itrs_to_geodetic(position), [part[0] for part in many], rtol=0, atol=1e-9)


@given(st.floats(-90.0, 90.0), st.floats(-540.0, 540.0), st.floats(-0.43, 40000.0))
def test_geodetic_to_itrs(latitude_deg: float, longitude_deg: float, height_km: float) -> None:
    np.testing.assert_allclose(
        scalar.geodetic_to_itrs(latitude_deg, longitude_deg, height_km),
        frames.geodetic_to_itrs(latitude_deg, longitude_deg, height_km),
        rtol=0,
        atol=2e-11 * 46400.0,
    )


@given(PLACES, VECTORS, VECTORS)
def test_sighting(place: Place, position: scalar.Vector, velocity: scalar.Vector) -> None:
    site = scalar.geodetic_to_itrs(place.latitude_deg, place.longitude_deg, place.height_m / 1000.0)
    if np.linalg.norm(np.subtract(position, site)) < 1.0:
        return  # the observer himself: no direction
    one = scalar.sighting(place.latitude_deg, place.longitude_deg, place.height_m / 1000.0, position, velocity)
    many = frames.topocentric(place, np.array([position]), np.array([velocity]))
    apart = (one.azimuth_deg - many.azimuth_deg[0] + 180.0) % 360.0 - 180.0
    assert abs(apart * np.cos(np.radians(one.elevation_deg))) < 1e-8
    np.testing.assert_allclose(one[1:], [part[0] for part in many[1:]], rtol=1e-9, atol=1e-8)


def test_a_point_overhead_is_at_the_zenith() -> None:
    above = scalar.geodetic_to_itrs(31.5, 35.5, 400.0)
    seen = scalar.sighting(31.5, 35.5, -0.43, above, (0.0, 0.0, 0.0))
    assert seen.elevation_deg > 89.999
    assert abs(seen.range_km - 400.43) < 1e-6


def test_a_tick_of_the_dashboard_does_not_load_numpy() -> None:
    code = (
        "import sys; from sim.orbit.element_history import embedded_history; from sim.astro import scalar;"
        "from sim.orbit.uncertainty import expected_error; h = embedded_history();"
        "r, _ = scalar.teme_to_itrs(1.79e9, *h.state(1.79e9)); scalar.itrs_to_geodetic(r);"
        "expected_error(h, 1.79e9); h.altitude.at(1.79e9); h.revolution(1.79e9); h.provenance(1.79e9);"
        "print('numpy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
