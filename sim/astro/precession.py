"""From the equinox of J2000 to that of the day: precession of 1976, nutation of 1980, and on to TEME.

SGP4's frame belongs to these old series (Vallado 2006), so newer ones would not improve the link between an operator's
EME2000 ephemeris and element sets. The nutation keeps the 35 terms of 1 mas and more (Seidelmann 1982): what is left
out adds up to less than 10 mas, 0.3 m at the station.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.astro.earth_orientation import ARCSECOND_RAD, TAU
from sim.constants import DAY_S
from sim.time import J2000_UNIX_S

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

TT_MINUS_UTC_S = 69.184
"""32.184 s and the 37 leap seconds in force since 2017; a second more or less moves nothing by a millimetre here."""

# Multiples of D, l', l, F, Ω; then in 0.1 mas: longitude (sine) and its change a century, obliquity (cosine) likewise.
_NUTATION = np.array([
    (0, 0, 0, 0, 1, -171996, -174.2, 92025, 8.9),
    (-2, 0, 0, 2, 2, -13187, -1.6, 5736, -3.1),
    (0, 0, 0, 2, 2, -2274, -0.2, 977, -0.5),
    (0, 0, 0, 0, 2, 2062, 0.2, -895, 0.5),
    (0, 1, 0, 0, 0, 1426, -3.4, 54, -0.1),
    (0, 0, 1, 0, 0, 712, 0.1, -7, 0.0),
    (-2, 1, 0, 2, 2, -517, 1.2, 224, -0.6),
    (0, 0, 0, 2, 1, -386, -0.4, 200, 0.0),
    (0, 0, 1, 2, 2, -301, 0.0, 129, -0.1),
    (-2, -1, 0, 2, 2, 217, -0.5, -95, 0.3),
    (-2, 0, 1, 0, 0, -158, 0.0, -1, 0.0),
    (-2, 0, 0, 2, 1, 129, 0.1, -70, 0.0),
    (0, 0, -1, 2, 2, 123, 0.0, -53, 0.0),
    (2, 0, 0, 0, 0, 63, 0.0, -2, 0.0),
    (0, 0, 1, 0, 1, 63, 0.1, -33, 0.0),
    (2, 0, -1, 2, 2, -59, 0.0, 26, 0.0),
    (0, 0, -1, 0, 1, -58, -0.1, 32, 0.0),
    (0, 0, 1, 2, 1, -51, 0.0, 27, 0.0),
    (-2, 0, 2, 0, 0, 48, 0.0, 1, 0.0),
    (0, 0, -2, 2, 1, 46, 0.0, -24, 0.0),
    (2, 0, 0, 2, 2, -38, 0.0, 16, 0.0),
    (0, 0, 2, 2, 2, -31, 0.0, 13, 0.0),
    (0, 0, 2, 0, 0, 29, 0.0, -1, 0.0),
    (-2, 0, 1, 2, 2, 29, 0.0, -12, 0.0),
    (0, 0, 0, 2, 0, 26, 0.0, -1, 0.0),
    (-2, 0, 0, 2, 0, -22, 0.0, 0, 0.0),
    (0, 0, -1, 2, 1, 21, 0.0, -10, 0.0),
    (0, 2, 0, 0, 0, 17, -0.1, 0, 0.0),
    (2, 0, -1, 0, 1, 16, 0.0, -8, 0.0),
    (-2, 2, 0, 2, 2, -16, 0.1, 7, 0.0),
    (0, 1, 0, 0, 1, -15, 0.0, 9, 0.0),
    (-2, 0, 1, 0, 1, -13, 0.0, 7, 0.0),
    (0, -1, 0, 0, 1, -12, 0.0, 6, 0.0),
    (0, 0, 2, -2, 0, 11, 0.0, 0, 0.0),
    (2, 0, -1, 2, 1, -10, 0.0, 5, 0.0),
])  # fmt: skip

# D, l', l, F, Ω: arcseconds at J2000, per century (beyond whole turns), per century squared; whole turns per century.
_ARGUMENTS = np.array([
    (1072261.307, 1105601.328, -6.891, 1236),
    (1287099.804, 1292581.224, -0.577, 99),
    (485866.733, 715922.633, 31.310, 1325),
    (335778.877, 295263.137, -13.257, 1342),
    (450160.280, -482890.539, 7.455, -5),
])  # fmt: skip


def nutation(centuries: Floats) -> tuple[Floats, Floats, Floats]:
    """Nutation in longitude and obliquity, and the equation of the equinoxes, each (n,) in radians.

    Args:
        centuries: (n,) Julian centuries of TT since J2000.
    """
    t = centuries[:, None]
    start, rate, bend, turns = _ARGUMENTS.T
    arguments = (start + rate * t + bend * t * t) * ARCSECOND_RAD + turns * t % 1.0 * TAU
    angles = arguments @ _NUTATION[:, :5].T
    sine, sine_rate, cosine, cosine_rate = _NUTATION[:, 5:].T * (1e-4 * ARCSECOND_RAD)
    longitude = np.sum((sine + sine_rate * t) * np.sin(angles), axis=1)
    obliquity = np.sum((cosine + cosine_rate * t) * np.cos(angles), axis=1)
    node = arguments[:, 4]
    equinoxes = (
        longitude * np.cos(mean_obliquity_rad(centuries))
        + (0.00264 * np.sin(node) + 0.000063 * np.sin(2.0 * node)) * ARCSECOND_RAD
    )
    return longitude, obliquity, equinoxes


def mean_obliquity_rad(centuries: Floats) -> Floats:
    """Obliquity of the ecliptic of date (IAU 1980)."""
    t = centuries
    return np.asarray((84381.448 - (46.8150 + (0.00059 - 0.001813 * t) * t) * t) * ARCSECOND_RAD)


def eme2000_to_teme(unix_s: Floats) -> Floats:
    """Matrices (n, 3, 3) that turn EME2000 vectors into TEME at each instant."""
    t = (unix_s + TT_MINUS_UTC_S - J2000_UNIX_S) / (36525.0 * DAY_S)
    zeta = (2306.2181 + (0.30188 + 0.017998 * t) * t) * t * ARCSECOND_RAD
    z = (2306.2181 + (1.09468 + 0.018203 * t) * t) * t * ARCSECOND_RAD
    theta = (2004.3109 - (0.42665 + 0.041833 * t) * t) * t * ARCSECOND_RAD
    precession = _about(2, -z) @ _about(1, theta) @ _about(2, -zeta)
    longitude, obliquity, equinoxes = nutation(t)
    mean = mean_obliquity_rad(t)
    to_true = _about(0, -(mean + obliquity)) @ _about(2, -longitude) @ _about(0, mean)
    return _about(2, equinoxes) @ to_true @ precession


def _about(axis: int, angle: Floats) -> Floats:
    """Turn of the axes by an angle about x (0), y (1) or z (2): (n, 3, 3)."""
    one, two = (axis + 1) % 3, (axis + 2) % 3
    cos, sin = np.cos(angle), np.sin(angle)
    matrix = np.zeros((len(angle), 3, 3))
    matrix[:, axis, axis] = 1.0
    matrix[:, one, one] = matrix[:, two, two] = cos
    matrix[:, one, two], matrix[:, two, one] = sin, -sin
    return matrix
