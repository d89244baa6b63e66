"""Steps of light along a parallel against single pixels and against astropy's Sun."""

from __future__ import annotations

from math import cos, radians, sin

import astropy_iers_data
import numpy as np
import pytest
from astropy.coordinates import ITRS, get_sun
from astropy.time import Time
from astropy.utils import iers
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.astro.sun import subsolar_point
from sim.time import parse_instant
from tui.map.daylight import LIGHT_ALTITUDES_DEG, LIGHT_STEPS, light_row, light_step
from tui.map.terminator import TWILIGHT_SINES


def sun_sine(place: tuple[float, float], sun: tuple[float, float]) -> float:
    """The sine of the Sun's altitude at a place, both given by latitude and longitude in degrees."""
    latitude, declination, hour_angle = radians(place[0]), radians(sun[0]), radians(place[1] - sun[1])
    return sin(latitude) * sin(declination) + cos(latitude) * cos(declination) * cos(hour_angle)


@settings(max_examples=200)
@given(
    latitude_deg=st.floats(-90, 90),
    sun=st.tuples(st.floats(-23.5, 23.5), st.floats(-180, 180)),
    west_deg=st.floats(-180, 180),
    step_deg=st.floats(0.02, 12.0),
    columns=st.integers(1, 300),
)
def test_light_row_equals_the_computation_for_each_pixel(
    latitude_deg: float, sun: tuple[float, float], west_deg: float, step_deg: float, columns: int
) -> None:
    columns = min(columns, int(360.0 / step_deg))
    row = light_row(latitude_deg, sun, west_deg, step_deg, columns)
    assert len(row) == columns
    for column, step in enumerate(row):
        sine = sun_sine((latitude_deg, west_deg + (column + 0.5) * step_deg), sun)
        # Exactly on a limit rounding may decide either way.
        assert light_step(sine + 1e-9) <= step <= light_step(sine - 1e-9)


def test_light_step_changes_at_the_listed_altitudes() -> None:
    assert list(LIGHT_ALTITUDES_DEG) == sorted(LIGHT_ALTITUDES_DEG, reverse=True)
    assert LIGHT_STEPS >= 12
    for number, altitude_deg in enumerate(LIGHT_ALTITUDES_DEG):
        assert light_step(sin(radians(altitude_deg + 0.01))) == number
        assert light_step(sin(radians(altitude_deg - 0.01))) == number + 1


@pytest.mark.validation
def test_sun_sine_at_10000_random_points_agrees_with_astropy() -> None:
    iers.earth_orientation_table.set(iers.IERS_A.open(astropy_iers_data.IERS_A_FILE))
    random = np.random.default_rng(20210429)
    instants, points = 100, 100
    unix_s = random.uniform(parse_instant("2021-05-01"), parse_instant("2027-06-01"), instants)
    times = Time(unix_s, format="unix", scale="utc")
    sun_itrs = get_sun(times).transform_to(ITRS(obstime=times)).cartesian
    sun_itrs = (sun_itrs / sun_itrs.norm()).xyz.value
    width, step_deg = 160, 2.25
    latitudes_deg = np.degrees(np.arcsin(random.uniform(-1.0, 1.0, (instants, points))))
    columns = random.integers(0, width, (instants, points))
    longitudes = np.radians(-180.0 + (columns + 0.5) * step_deg)
    latitudes = np.radians(latitudes_deg)
    up = [np.cos(latitudes) * np.cos(longitudes), np.cos(latitudes) * np.sin(longitudes), np.sin(latitudes)]
    altitudes = np.arcsin(sum(axis * sun[:, None] for axis, sun in zip(up, sun_itrs, strict=True)))
    tolerance = radians(0.01)
    for number, moment_unix_s in enumerate(unix_s.tolist()):
        sun = subsolar_point(moment_unix_s)
        for latitude_deg, column, altitude in zip(
            latitudes_deg[number].tolist(), columns[number].tolist(), altitudes[number].tolist(), strict=True
        ):
            step = light_row(latitude_deg, sun, -180.0, step_deg, width)[column]
            assert light_step(sin(altitude + tolerance)) <= step <= light_step(sin(altitude - tolerance))


@pytest.mark.parametrize(("latitude_deg", "declination_deg"), [(88.3, -15.7), (89.9, -14.1), (87.7, -13.3)])
def test_light_row_limit_met_by_rounding_does_not_fail(latitude_deg: float, declination_deg: float) -> None:
    row = light_row(latitude_deg, (declination_deg, 0.0), -180.0, 1.0, 360)
    sines = [sun_sine((latitude_deg, -179.5 + column), (declination_deg, 0.0)) for column in range(360)]
    assert all(
        light_step(sine + 1e-9) <= step <= light_step(sine - 1e-9) for sine, step in zip(sines, row, strict=True)
    )


@pytest.mark.parametrize(("latitude_deg", "declination_deg"), [(87.5, -20.5), (-87.5, 20.5)])
def test_light_row_twilight_met_by_rounding_does_not_fail(latitude_deg: float, declination_deg: float) -> None:
    assert len(light_row(latitude_deg, (declination_deg, 0.0), -180.0, 3.6, 100, TWILIGHT_SINES)) == 100
