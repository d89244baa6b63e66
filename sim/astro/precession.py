"""From the equinox of J2000 to that of the day: precession of 1976, nutation of 1980, and on to TEME.

SGP4's frame belongs to these old series (Vallado 2006), so newer ones would not improve the link between an operator's
EME2000 ephemeris and element sets. The nutation keeps the 35 terms of 1 mas and more (Seidelmann 1982): what is left
out adds up to less than 10 mas, 0.3 m at the station.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sim.astro.earth_orientation import ARCSECOND_RAD
from sim.constants import CENTURY_S, TAU, TT_MINUS_UTC_S
from sim.time import J2000_UNIX_S

if TYPE_CHECKING:
    from sim.types import Components, Floats, MathModule, Number

# Multiples of D, l', l, F, Ω; then in 0.1 mas: longitude (sine) and its change a century, obliquity (cosine) likewise.
_NUTATION = (
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
)  # fmt: skip

# D, l', l, F, Ω: arcseconds at J2000, per century (beyond whole turns), per century squared; whole turns per century.
_ARGUMENTS = (
    (1072261.307, 1105601.328, -6.891, 1236),
    (1287099.804, 1292581.224, -0.577, 99),
    (485866.733, 715922.633, 31.310, 1325),
    (335778.877, 295263.137, -13.257, 1342),
    (450160.280, -482890.539, 7.455, -5),
)  # fmt: skip


def nutation(centuries: Floats) -> tuple[Floats, Floats, Floats]:
    """Nutation in longitude and obliquity, and the equation of the equinoxes, each (n,) in radians.

    Args:
        centuries: (n,) Julian centuries of TT since J2000.
    """
    import numpy as np

    t = centuries[:, None]
    start, rate, bend, turns = np.array(_ARGUMENTS).T
    arguments = (start + rate * t + bend * t * t) * ARCSECOND_RAD + turns * t % 1.0 * TAU
    terms = np.array(_NUTATION)
    angles = arguments @ terms[:, :5].T
    sine, sine_rate, cosine, cosine_rate = terms[:, 5:].T * (1e-4 * ARCSECOND_RAD)
    longitude = np.sum((sine + sine_rate * t) * np.sin(angles), axis=1)
    obliquity = np.sum((cosine + cosine_rate * t) * np.cos(angles), axis=1)
    node = arguments[:, 4]
    equinoxes = (
        longitude * np.cos(mean_obliquity_rad(centuries))
        + (0.00264 * np.sin(node) + 0.000063 * np.sin(2.0 * node)) * ARCSECOND_RAD
    )
    return longitude, obliquity, equinoxes


def mean_obliquity_rad(centuries: Number) -> Number:
    """Obliquity of the ecliptic of date (IAU 1980)."""
    t = centuries
    return (84381.448 - (46.8150 + (0.00059 - 0.001813 * t) * t) * t) * ARCSECOND_RAD


def precession_matrix(
    unix_s: Number, m: MathModule = math
) -> tuple[Components[Number], Components[Number], Components[Number]]:
    """Rows of the rotation from the mean equator and equinox of J2000 to those of the date (IAU 1976)."""
    t = (unix_s + TT_MINUS_UTC_S - J2000_UNIX_S) / CENTURY_S
    zeta = (2306.2181 + (0.30188 + 0.017998 * t) * t) * t * ARCSECOND_RAD
    z = (2306.2181 + (1.09468 + 0.018203 * t) * t) * t * ARCSECOND_RAD
    theta = (2004.3109 - (0.42665 + 0.041833 * t) * t) * t * ARCSECOND_RAD
    sin_zeta, cos_zeta = m.sin(zeta), m.cos(zeta)
    sin_z, cos_z = m.sin(z), m.cos(z)
    sin_theta, cos_theta = m.sin(theta), m.cos(theta)
    return (
        (
            cos_zeta * cos_theta * cos_z - sin_zeta * sin_z,
            -sin_zeta * cos_theta * cos_z - cos_zeta * sin_z,
            -sin_theta * cos_z,
        ),
        (
            cos_zeta * cos_theta * sin_z + sin_zeta * cos_z,
            -sin_zeta * cos_theta * sin_z + cos_zeta * cos_z,
            -sin_theta * sin_z,
        ),
        (cos_zeta * sin_theta, -sin_zeta * sin_theta, cos_theta),
    )


def eme2000_to_teme(unix_s: Floats) -> Floats:
    """Matrices (n, 3, 3) that turn EME2000 vectors into TEME at each instant."""
    matrices: Floats = equinox_matrices(unix_s)[1] @ _precession_matrices(unix_s)
    return matrices


def _precession_matrices(unix_s: Floats) -> Floats:
    """`precession_matrix` as an array, (n, 3, 3)."""
    import numpy as np

    return np.moveaxis(np.array(precession_matrix(unix_s, np)), -1, 0)


def equinox_matrices(
    unix_s: Floats, more_longitude: Floats | float = 0.0, more_obliquity: Floats | float = 0.0
) -> tuple[Floats, Floats]:
    """Matrices (n, 3, 3) that turn vectors of the true (TOD), and of the mean equinox of date (MOD), into TEME.

    `more_longitude` and `more_obliquity` correct the nutation of 1980, rad.
    """
    import numpy as np

    centuries = (unix_s + TT_MINUS_UTC_S - J2000_UNIX_S) / CENTURY_S
    longitude, obliquity, equinoxes = nutation(centuries)
    mean = mean_obliquity_rad(centuries)
    longitude, obliquity = longitude + more_longitude, obliquity + more_obliquity
    equinoxes = equinoxes + more_longitude * np.cos(mean)
    from_true = _rotation(2, equinoxes)
    to_true = _rotation(0, -(mean + obliquity)) @ _rotation(2, -longitude) @ _rotation(0, mean)
    return from_true, from_true @ to_true


def gcrf_to_teme(unix_s: Floats) -> Floats:
    """Matrices (n, 3, 3) that turn GCRF (or ICRF) vectors into TEME at each instant.

    The series of 1976 and 1980 with what was found since: the offset of the pole and the error of precession (IERS
    Conventions 2003, 5.5.3 and 5.5.4, sign turned). With `teme_to_itrs` this is within 0.3 m at the station of the
    whole modern chain (IAU 2006/2000A).
    """
    centuries = (unix_s + TT_MINUS_UTC_S - J2000_UNIX_S) / CENTURY_S
    more_longitude = (-0.041775 - 0.29965 * centuries) * ARCSECOND_RAD
    more_obliquity = (-0.0068192 - 0.02524 * centuries) * ARCSECOND_RAD
    matrices: Floats = equinox_matrices(unix_s, more_longitude, more_obliquity)[1] @ _precession_matrices(unix_s)
    return matrices


def _rotation(axis: int, angle: Floats) -> Floats:
    """Rotation of the axes by an angle about x (0), y (1) or z (2): (n, 3, 3)."""
    import numpy as np

    one, two = (axis + 1) % 3, (axis + 2) % 3
    cos, sin = np.cos(angle), np.sin(angle)
    matrix = np.zeros((len(angle), 3, 3))
    matrix[:, axis, axis] = 1.0
    matrix[:, one, one] = matrix[:, two, two] = cos
    matrix[:, one, two], matrix[:, two, one] = sin, -sin
    return matrix
