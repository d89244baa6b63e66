"""Frames against independent implementations: astropy with IERS-A, and erfa's own chain."""

from __future__ import annotations

import math
import subprocess
import sys

import astropy.units as u
import astropy_iers_data
import erfa
import numpy as np
import pytest
from astropy.coordinates import ITRS, TEME, AltAz, CartesianDifferential, CartesianRepresentation, EarthLocation
from astropy.time import Time
from astropy.utils import iers
from numpy.typing import NDArray

from sim.astro import frames
from sim.astro.earth_orientation import orientation_values
from sim.astro.vectors import columns
from sim.constants import DAY_S, WGS84_RADIUS_KM
from sim.orbit.element_history import embedded_history
from sim.places.place import Place

Floats = NDArray[np.float64]

START = 1789732800.0  # 2026-09-18T12:00Z


def to_itrs(instants: Floats, position: Floats, velocity: Floats) -> tuple[Floats, Floats]:
    """`teme_to_itrs` on arrays (n, 3)."""
    moved = frames.teme_to_itrs(instants, columns(position), columns(velocity), np)
    return np.stack(moved[0], axis=-1), np.stack(moved[1], axis=-1)


@pytest.fixture(scope="module", autouse=True)
def _measured_orientation() -> None:
    iers.conf.auto_download = False
    iers.earth_orientation_table.set(iers.IERS_A.open(astropy_iers_data.IERS_A_FILE))


@pytest.fixture(scope="module")
def instants() -> Floats:
    return START + np.sort(np.random.default_rng(2026).uniform(0.0, 30.0 * DAY_S, 4000))


@pytest.fixture(scope="module")
def teme(instants: Floats) -> tuple[Floats, Floats]:
    states = embedded_history().states(instants)
    assert states.ok.all()
    return states.position_teme_km, states.velocity_teme_km_s


def _time(unix_s: Floats) -> Time:
    days = np.floor(unix_s / DAY_S)
    return Time(2440587.5 + days, unix_s / DAY_S - days, format="jd", scale="utc")


def _astropy_itrs(instants: Floats, teme: tuple[Floats, Floats]) -> ITRS:
    position, velocity = teme
    time = _time(instants)
    vectors = CartesianRepresentation(
        *(position.T * u.km), differentials=CartesianDifferential(*(velocity.T * u.km / u.s))
    )
    return TEME(vectors, obstime=time).transform_to(ITRS(obstime=time))


@pytest.mark.validation
def test_teme_to_geodetic_over_thirty_days_equals_astropy(instants: Floats, teme: tuple[Floats, Floats]) -> None:
    """4,000 instants: the limits are 2 m and 0.1 m; a millimetre and a hundredth were measured."""
    reference = _astropy_itrs(instants, teme)
    position, velocity = to_itrs(instants, *teme)
    latitude_deg, longitude_deg, height_km = frames.itrs_to_geodetic(columns(position), np)
    place = reference.earth_location.to_geodetic("WGS84")
    metres_per_degree = np.radians(1.0) * WGS84_RADIUS_KM * 1000.0
    north_m = (latitude_deg - place.lat.deg) * metres_per_degree
    turned = (longitude_deg - place.lon.deg + 180.0) % 360.0 - 180.0
    east_m = turned * np.cos(np.radians(latitude_deg)) * metres_per_degree
    assert np.hypot(north_m, east_m).max() < 0.01
    assert np.abs(height_km - place.height.to_value(u.km)).max() * 1000.0 < 0.001
    assert np.linalg.norm(position - reference.cartesian.xyz.to_value(u.km).T, axis=1).max() * 1000.0 < 0.001
    rate = reference.velocity.d_xyz.to_value(u.km / u.s).T
    assert np.linalg.norm(velocity - rate, axis=1).max() * 1000.0 < 0.001


def test_to_itrs_agrees_with_erfa_chain_of_2006_to_two_metres(instants: Floats, teme: tuple[Floats, Floats]) -> None:
    """TEME to the true equator of 1980, to J2000, and down by the series of 2006: another theory altogether."""
    ours, _ = to_itrs(instants, *teme)
    ut1, x_pole, y_pole = orientation_values(instants, np)
    days = np.floor(instants / DAY_S)
    utc = instants / DAY_S - days
    midnight, tt = 2440587.5 + days, utc + 69.184 / DAY_S
    equinoxes = erfa.eqeq94(midnight, tt)
    true = np.einsum("nji,nj->ni", erfa.rz(equinoxes, np.eye(3)), teme[0])
    j2000 = np.einsum("nji,nj->ni", erfa.pnm80(midnight, tt), true)
    down = erfa.c2t06a(midnight, tt, midnight, utc + ut1 / DAY_S, x_pole, y_pole)
    assert np.linalg.norm(np.einsum("nij,nj->ni", down, j2000) - ours, axis=1).max() * 1000.0 < 2.0


def test_itrs_to_geodetic_everywhere_equals_erfa() -> None:
    rng = np.random.default_rng(8)
    vectors = rng.normal(size=(5000, 3))
    vectors *= (rng.uniform(6360.0, 6900.0, 5000) / np.linalg.norm(vectors, axis=1))[:, None]
    latitude_deg, longitude_deg, height_km = frames.itrs_to_geodetic(columns(vectors), np)
    longitude, latitude, height_m = erfa.gc2gd(1, vectors * 1000.0)
    assert np.abs(np.radians(latitude_deg) - latitude).max() * 6400e3 < 0.002
    assert np.abs(np.radians(longitude_deg) - longitude).max() < 1e-12
    assert np.abs(height_km * 1000.0 - height_m).max() < 1e-4


@pytest.mark.parametrize("height_km", [-0.43, 0.0, 390.0, 36000.0])
def test_geodetic_to_itrs_and_back_at_poles_equator_and_date_line_is_identity(height_km: float) -> None:
    for latitude in (-90.0, -89.9999, -45.0, 0.0, 41.5, 90.0):
        for longitude in (-180.0, -179.9999, 0.0, 90.0, 180.0, 540.0):
            point = frames.geodetic_to_itrs(latitude, longitude, height_km)
            back_latitude, back_longitude, back_height = frames.itrs_to_geodetic(point)
            assert back_latitude == pytest.approx(latitude, abs=1e-6)
            assert back_height == pytest.approx(height_km, abs=1e-6)
            assert -180.0 <= back_longitude <= 180.0
            again = frames.geodetic_to_itrs(latitude, back_longitude, height_km)
            assert math.dist(again, point) < 1e-6


@pytest.mark.parametrize(
    "place",
    [
        Place("Beijing", 40.07, 116.26, 50.0),
        Place("south pole", -90.0, 0.0, 2835.0),
        Place("Taveuni", -16.85, 180.0, 10.0),
        Place("Dead Sea", 31.5, 35.5, -430.0),
    ],
    ids=lambda place: place.name,
)
def test_topocentric_of_a_place_equals_astropy(place: Place, instants: Floats, teme: tuple[Floats, Floats]) -> None:
    some = slice(0, 400)
    position, velocity = to_itrs(instants[some], teme[0][some], teme[1][some])
    ours = frames.topocentric(place, columns(position), columns(velocity), np)
    site = EarthLocation.from_geodetic(place.longitude_deg, place.latitude_deg, place.height_m * u.m)
    there = ITRS(CartesianRepresentation(*(position.T * u.km)), obstime=_time(instants[some]))
    from_site = there.cartesian - site.get_itrs(obstime=there.obstime).cartesian
    reference = ITRS(from_site, obstime=there.obstime, location=site).transform_to(
        AltAz(obstime=there.obstime, location=site)
    )
    apart = (ours.azimuth_deg - reference.az.deg + 180.0) % 360.0 - 180.0
    assert np.abs(apart * np.cos(np.radians(ours.elevation_deg))).max() < 1e-6
    assert np.abs(ours.elevation_deg - reference.alt.deg).max() < 1e-6
    assert np.abs(ours.range_km - np.linalg.norm(from_site.xyz.to_value(u.km), axis=0)).max() < 1e-6


def test_topocentric_range_rate_is_the_derivative_of_range() -> None:
    history = embedded_history()
    place = Place("Karachi", 24.95, 67.13, 20.0)
    middle = START + np.arange(0.0, DAY_S, 977.0)

    def seen(unix_s: Floats) -> frames.Topocentric[Floats]:
        states = history.states(unix_s)
        moved = frames.teme_to_itrs(unix_s, columns(states.position_teme_km), columns(states.velocity_teme_km_s), np)
        return frames.topocentric(place, *moved, np)

    # SGP4's velocity is the slope of its position to a few centimetres a second only.
    slope = seen(middle + 0.5).range_km - seen(middle - 0.5).range_km
    assert np.abs(seen(middle).range_rate_km_s - slope).max() < 6e-5


def test_teme_position_to_itrs_equals_conversion_with_velocity(instants: Floats, teme: tuple[Floats, Floats]) -> None:
    with_velocity, _ = to_itrs(instants, *teme)
    alone = frames.teme_position_to_itrs(instants, columns(teme[0]), np)
    assert (np.stack(alone, axis=-1) == with_velocity).all()


def test_frame_conversions_of_no_instants_give_no_rows() -> None:
    position, velocity = to_itrs(np.zeros(0), np.zeros((0, 3)), np.zeros((0, 3)))
    assert position.shape == velocity.shape == (0, 3)
    assert frames.itrs_to_geodetic(columns(position), np)[2].shape == (0,)


def test_frame_conversions_with_math_and_numpy_are_equal(instants: Floats, teme: tuple[Floats, Floats]) -> None:
    place = Place("Karachi", 24.95, 67.13, 20.0)
    many = frames.teme_to_itrs(instants, columns(teme[0]), columns(teme[1]), np)
    seen = frames.topocentric(place, *many, np)
    for row in range(0, len(instants), 400):
        position, velocity = (tuple(part[row].tolist()) for part in teme)
        one = frames.teme_to_itrs(float(instants[row]), position, velocity)
        assert one[0] == pytest.approx([component[row] for component in many[0]], abs=2e-9)
        assert one[1] == pytest.approx([component[row] for component in many[1]], abs=2e-12)
        assert frames.topocentric(place, *one).azimuth_deg == pytest.approx(seen.azimuth_deg[row], abs=1e-9)


def test_topocentric_point_overhead_is_at_the_zenith() -> None:
    above = frames.geodetic_to_itrs(31.5, 35.5, 400.0)
    seen = frames.topocentric(Place("Dead Sea", 31.5, 35.5, -430.0), above, (0.0, 0.0, 0.0))
    assert seen.elevation_deg > 89.999
    assert abs(seen.range_km - 400.43) < 1e-6


def test_engine_at_single_instant_does_not_load_numpy() -> None:
    code = (
        "import sys; from sim.orbit.element_history import embedded_history; from sim.astro import frames;"
        "from sim.orbit.uncertainty import expected_error; from sim.eclipses import next_light_change;"
        "h = embedded_history(); s = h.state(1.79e9); next_light_change(h, 1.79e9);"
        "frames.itrs_to_geodetic(frames.teme_position_to_itrs(1.79e9, s.position_teme_km));"
        "expected_error(h, 1.79e9); h.altitude.at(1.79e9); h.revolution(1.79e9); h.provenance(1.79e9);"
        "print('numpy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
