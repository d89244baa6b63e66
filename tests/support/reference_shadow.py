"""The reference for light: the Sun of JPL's DE421 through skyfield, and rays that meet the ellipsoid or do not."""

from __future__ import annotations

import warnings
from functools import cache

import erfa
import numpy as np
import skyfield_data
from skyfield.api import load, load_file
from skyfield.framelib import true_equator_and_equinox_of_date
from skyfield.jpllib import SpiceKernel
from skyfield.timelib import Timescale

from sim.constants import TT_MINUS_UTC_S, WGS84_FLATTENING, WGS84_RADIUS_KM
from sim.time import UNIX_EPOCH_JD

KNOT_S = 3600.0


@cache
def de421() -> tuple[SpiceKernel, Timescale]:
    """The ephemeris and a time scale."""
    with warnings.catch_warnings():  # it warns of its Earth orientation, which is not used
        warnings.simplefilter("ignore", RuntimeWarning)
        return load_file(f"{skyfield_data.get_skyfield_data_path()}/de421.bsp"), load.timescale(builtin=True)


def apparent_teme_km(body: str, unix_s: np.ndarray) -> np.ndarray:
    """Apparent geocentric position of a body of DE421 in TEME, (n, 3)."""
    ephemeris, timescale = de421()
    time = timescale.tt_jd(UNIX_EPOCH_JD, (unix_s + TT_MINUS_UTC_S) / 86400.0)
    apparent = ephemeris["earth"].at(time).observe(ephemeris[body]).apparent()
    x, y, z = apparent.frame_xyz(true_equator_and_equinox_of_date).km
    # TEME keeps the true equator but counts from the mean equinox (equation of the equinoxes of 1994).
    equinoxes = erfa.eqeq94(UNIX_EPOCH_JD, (unix_s + TT_MINUS_UTC_S) / 86400.0)
    cos, sin = np.cos(equinoxes), np.sin(equinoxes)
    return np.stack((cos * x + sin * y, cos * y - sin * x, z), axis=1)


class ReferenceSun:
    """The Sun over a window, hourly from DE421 and straight between (its direction is then exact to a micro-degree)."""

    def __init__(self, start_unix_s: float, end_unix_s: float) -> None:
        self.knots = np.arange(start_unix_s - 2 * KNOT_S, end_unix_s + 2 * KNOT_S, KNOT_S)
        self.positions = apparent_teme_km("sun", self.knots)

    def teme_km(self, unix_s: np.ndarray) -> np.ndarray:
        return np.stack([np.interp(unix_s, self.knots, self.positions[:, i]) for i in range(3)], axis=1)

    def centre_hidden(self, position_teme_km: np.ndarray, unix_s: np.ndarray) -> np.ndarray:
        """Whether the ray from the station to the Sun's centre meets the ellipsoid, (n,) of bool."""
        return ray_meets_earth(position_teme_km, self.teme_km(unix_s) - position_teme_km)


def ray_meets_earth(origin_km: np.ndarray, direction: np.ndarray) -> np.ndarray:
    """Solve x^2/a^2 + y^2/a^2 + z^2/b^2 = 1 along the ray: two roots, both ahead."""
    polar_km = WGS84_RADIUS_KM * (1.0 - WGS84_FLATTENING)
    weight = 1.0 / np.array([WGS84_RADIUS_KM, WGS84_RADIUS_KM, polar_km]) ** 2
    square = (direction**2 * weight).sum(axis=1)
    mixed = (origin_km * direction * weight).sum(axis=1)
    rest = (origin_km**2 * weight).sum(axis=1) - 1.0
    meets: np.ndarray = (mixed < 0.0) & (mixed**2 > square * rest)
    return meets
