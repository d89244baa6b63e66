"""States of an ephemeris turned from the frame they are written in to TEME."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.astro.earth_orientation import gmst82_rad, orientation_values
from sim.astro.frames import apply_pole
from sim.astro.precession import eme2000_to_teme, equinox_matrices, gcrf_to_teme
from sim.astro.vectors import columns
from sim.constants import EARTH_RATE_RAD_S

if TYPE_CHECKING:
    from collections.abc import Callable

    from sim.types import Floats

_FIXED = ("ITRF", "ITRS", "WGS84", "WGS-84", "IGS", "ECEF", "GTRF")
"""How the names of Earth-fixed frames begin; ITRF97 to ITRF2020 differ by centimetres."""

_WITHOUT_POLE = {"TDR", "GRC", "GTOD", "PEF"}
_OF_DATE: dict[str, Callable[[Floats], Floats]] = {
    "TEME": lambda unix_s: np.broadcast_to(np.eye(3), (len(unix_s), 3, 3)),
    "TOD": lambda unix_s: equinox_matrices(unix_s)[0],
    "MOD": lambda unix_s: equinox_matrices(unix_s)[1],
}
_INERTIAL: dict[str, Callable[[Floats], Floats]] = {
    "EME2000": gcrf_to_teme,
    "J2000": gcrf_to_teme,
    "ICRF": gcrf_to_teme,
    "GCRF": gcrf_to_teme,
}
"""What is written as EME2000 today is the GCRF with or without the frame bias (0.02 arcseconds, 0.7 m at the station):
which of them a file means it does not say, so the bias is left out."""
KNOWN = "EME2000, GCRF, ICRF, TEME, TOD, MOD, ITRF and TDR"


def is_known(frame: str) -> bool:
    """Whether states in a frame can be read; names with the year of their realisation (ITRF2014, ICRF3) count."""
    return _plain(frame) in _OF_DATE.keys() | _INERTIAL.keys() | _WITHOUT_POLE or frame.startswith(_FIXED)


def to_teme(
    frame: str, unix_s: Floats, position_km: Floats, velocity_km_s: Floats, frame_epoch_unix_s: float | None = None
) -> tuple[Floats, Floats]:
    """Positions (km) and inertial velocities (km/s) in TEME, (n, 3) each.

    Args:
        frame: One for which `is_known`.
        unix_s: (n,) UTC.
        position_km: (n, 3).
        velocity_km_s: (n, 3); in Earth-fixed frames relative to the turning Earth.
        frame_epoch_unix_s: The instant whose equinox counts, for a frame of date that is held fast.
    """
    name = _plain(frame)
    if name in _INERTIAL:
        matrices = _INERTIAL[name](unix_s)
    elif name in _OF_DATE and frame_epoch_unix_s is None:
        matrices = _OF_DATE[name](unix_s)
    elif name in _OF_DATE:
        epoch = np.array([frame_epoch_unix_s])
        to_eme = np.swapaxes(eme2000_to_teme(epoch), 1, 2) @ _OF_DATE[name](epoch)
        matrices = eme2000_to_teme(unix_s) @ to_eme
    else:
        return _from_earth_fixed(unix_s, position_km, velocity_km_s, has_pole=name not in _WITHOUT_POLE)
    position, velocity = (np.einsum("nij,nj->ni", matrices, vectors) for vectors in (position_km, velocity_km_s))
    return position, velocity


def _from_earth_fixed(
    unix_s: Floats, position_km: Floats, velocity_km_s: Floats, *, has_pole: bool
) -> tuple[Floats, Floats]:
    """The way of `teme_to_itrs` back."""
    ut1_minus_utc_s, x_pole_rad, y_pole_rad = orientation_values(unix_s, np)
    position, velocity = columns(position_km), columns(velocity_km_s)
    if has_pole:
        position, velocity = (apply_pole(part, -x_pole_rad, -y_pole_rad) for part in (position, velocity))
    x, y, z = position
    vx, vy, vz = velocity
    vx, vy = vx - EARTH_RATE_RAD_S * y, vy + EARTH_RATE_RAD_S * x
    theta = gmst82_rad(unix_s, ut1_minus_utc_s)
    cos, sin = np.cos(theta), np.sin(theta)
    return (
        np.stack((cos * x - sin * y, sin * x + cos * y, z), axis=1),
        np.stack((cos * vx - sin * vy, sin * vx + cos * vy, vz), axis=1),
    )


def _plain(frame: str) -> str:
    """`ICRF3` is ICRF, `TOD_EARTH` is TOD."""
    name = frame.replace("_EARTH", "").replace(" OF DATE", "").strip()
    return name.rstrip("123") if name.startswith(("ICRF", "GCRF")) else name
