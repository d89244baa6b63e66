"""Frames against independent implementations: astropy with IERS-A, and erfa's own chain."""

from __future__ import annotations

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
from sim.constants import DAY_S, WGS84_RADIUS_KM
from sim.orbit.element_history import embedded_history
from sim.places.place import Place

Floats = NDArray[np.float64]

START = 1789732800.0  # 2026-09-18T12:00Z


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


def test_sub_point_and_height_over_thirty_days(instants: Floats, teme: tuple[Floats, Floats]) -> None:
    """4,000 instants: the limits are 2 m and 0.1 m; a millimetre and a hundredth were measured."""
    reference = _astropy_itrs(instants, teme)
    position, velocity = frames.teme_to_itrs(instants, *teme)
    ours = frames.itrs_to_geodetic(position)
    place = reference.earth_location.to_geodetic("WGS84")
    metres_per_degree = np.radians(1.0) * WGS84_RADIUS_KM * 1000.0
    north_m = (ours.latitude_deg - place.lat.deg) * metres_per_degree
    turned = (ours.longitude_deg - place.lon.deg + 180.0) % 360.0 - 180.0
    east_m = turned * np.cos(np.radians(ours.latitude_deg)) * metres_per_degree
    assert np.hypot(north_m, east_m).max() < 0.01
    assert np.abs(ours.height_km - place.height.to_value(u.km)).max() * 1000.0 < 0.001
    assert np.linalg.norm(position - reference.cartesian.xyz.to_value(u.km).T, axis=1).max() * 1000.0 < 0.001
    rate = reference.velocity.d_xyz.to_value(u.km / u.s).T
    assert np.linalg.norm(velocity - rate, axis=1).max() * 1000.0 < 0.001


def test_the_chain_of_erfa_through_the_celestial_frame_agrees_to_two_metres(
    instants: Floats, teme: tuple[Floats, Floats]
) -> None:
    """TEME to the true equator of 1980, to J2000, and down by the series of 2006: another theory altogether."""
    ours, _ = frames.teme_to_itrs(instants, *teme)
    ut1, x_pole, y_pole = frames.orientation_series(instants)
    days = np.floor(instants / DAY_S)
    utc = instants / DAY_S - days
    midnight, tt = 2440587.5 + days, utc + 69.184 / DAY_S
    equinoxes = erfa.eqeq94(midnight, tt)
    true = np.einsum("nji,nj->ni", erfa.rz(equinoxes, np.eye(3)), teme[0])
    j2000 = np.einsum("nji,nj->ni", erfa.pnm80(midnight, tt), true)
    down = erfa.c2t06a(midnight, tt, midnight, utc + ut1 / DAY_S, x_pole, y_pole)
    assert np.linalg.norm(np.einsum("nij,nj->ni", down, j2000) - ours, axis=1).max() * 1000.0 < 2.0


def test_geodetic_coordinates_are_those_of_erfa_everywhere() -> None:
    rng = np.random.default_rng(8)
    vectors = rng.normal(size=(5000, 3))
    vectors *= (rng.uniform(6360.0, 6900.0, 5000) / np.linalg.norm(vectors, axis=1))[:, None]
    ours = frames.itrs_to_geodetic(vectors)
    longitude, latitude, height_m = erfa.gc2gd(1, vectors * 1000.0)
    assert np.abs(np.radians(ours.latitude_deg) - latitude).max() * 6400e3 < 0.002
    assert np.abs(np.radians(ours.longitude_deg) - longitude).max() < 1e-12
    assert np.abs(ours.height_km * 1000.0 - height_m).max() < 1e-4


@pytest.mark.parametrize("height_km", [-0.43, 0.0, 390.0, 36000.0])
def test_geodetic_round_trip_with_poles_equator_and_date_line(height_km: float) -> None:
    for latitude in (-90.0, -89.9999, -45.0, 0.0, 41.5, 90.0):
        for longitude in (-180.0, -179.9999, 0.0, 90.0, 180.0, 540.0):
            point = frames.geodetic_to_itrs(latitude, longitude, height_km)
            back = frames.itrs_to_geodetic(point[None, :])
            assert back.latitude_deg[0] == pytest.approx(latitude, abs=1e-6)
            assert back.height_km[0] == pytest.approx(height_km, abs=1e-6)
            assert -180.0 <= back.longitude_deg[0] <= 180.0
            again = frames.geodetic_to_itrs(latitude, float(back.longitude_deg[0]), height_km)
            assert np.linalg.norm(again - point) < 1e-6


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
def test_the_sky_of_a_place(place: Place, instants: Floats, teme: tuple[Floats, Floats]) -> None:
    some = slice(0, 400)
    position, velocity = frames.teme_to_itrs(instants[some], teme[0][some], teme[1][some])
    ours = frames.topocentric(place, position, velocity)
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


def test_the_range_rate_is_the_slope_of_the_range() -> None:
    history = embedded_history()
    place = Place("Karachi", 24.95, 67.13, 20.0)
    middle = START + np.arange(0.0, DAY_S, 977.0)

    def seen(unix_s: Floats) -> frames.Topocentric:
        states = history.states(unix_s)
        return frames.topocentric(
            place, *frames.teme_to_itrs(unix_s, states.position_teme_km, states.velocity_teme_km_s)
        )

    # SGP4's velocity is the slope of its position to a few centimetres a second only.
    slope = seen(middle + 0.5).range_km - seen(middle - 0.5).range_km
    assert np.abs(seen(middle).range_rate_km_s - slope).max() < 6e-5


def test_positions_alone_need_no_velocity(instants: Floats, teme: tuple[Floats, Floats]) -> None:
    with_velocity, _ = frames.teme_to_itrs(instants, *teme)
    alone, nothing = frames.teme_to_itrs(instants, teme[0])
    assert (alone == with_velocity).all()
    assert not nothing.any()


def test_no_instants_give_no_rows() -> None:
    position, velocity = frames.teme_to_itrs(np.zeros(0), np.zeros((0, 3)), np.zeros((0, 3)))
    assert position.shape == velocity.shape == (0, 3)
    assert frames.itrs_to_geodetic(position).height_km.shape == (0,)
