"""The sky of a place by skyfield: satellites by its own chain of frames, Sun and Moon by DE421, Earth by IERS-A."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from astropy.utils.iers import IERS_A
from astropy_iers_data import IERS_A_FILE
from skyfield.api import EarthSatellite, load, wgs84
from skyfield.timelib import Timescale

from sim.places.place import Place
from sim.time import UNIX_EPOCH_JD
from tests.support.reference_shadow import de421

MJD_OF_UNIX_EPOCH = 40587.0


@cache
def iers_timescale() -> Timescale:
    """A time scale with UT1 and the pole of IERS Bulletin A, as astropy reads them."""
    table = IERS_A.open(IERS_A_FILE)
    mjd = np.asarray(table["MJD"].value, dtype=float)
    tt = mjd + 2400000.5 + 69.184 / 86400.0
    ut1_minus_utc = np.asarray(table["UT1_UTC"].value, dtype=float)
    builtin = load.timescale(builtin=True)
    made = Timescale(
        lambda at_tt: 69.184 - np.interp(at_tt, tt, ut1_minus_utc), builtin.leap_dates, builtin.leap_offsets
    )
    made.polar_motion_table = (
        tt,
        np.asarray(table["PM_x"].value, dtype=float),
        np.asarray(table["PM_y"].value, dtype=float),
    )
    return made


def times(unix_s: np.ndarray | float) -> Any:
    """Instants of that time scale."""
    return iers_timescale().tt_jd(UNIX_EPOCH_JD, (np.asarray(unix_s) + 69.184) / 86400.0)


def spot(place: Place) -> Any:
    """A place of ours as one of skyfield's."""
    return wgs84.latlon(place.latitude_deg, place.longitude_deg, place.height_m)


def satellite(lines: tuple[str, str]) -> EarthSatellite:
    """A satellite by its two lines."""
    return EarthSatellite(*lines, "", iers_timescale())


def look(lines: tuple[str, str], place: Place, unix_s: np.ndarray) -> tuple[np.ndarray, ...]:
    """Azimuth, elevation (degrees), range (km) and range rate (km/s), geometric."""
    site = spot(place)
    elevation, azimuth, distance, _, _, rate = (satellite(lines) - site).at(times(unix_s)).frame_latlon_and_rates(site)
    return azimuth.degrees, elevation.degrees, distance.km, rate.km_per_s


def separation_deg(lines: tuple[str, str], place: Place, body: str, unix_s: np.ndarray) -> np.ndarray:
    """Angle between a satellite (geometric) and the apparent centre of the Sun or Moon, in the sky of a place."""
    ephemeris, _ = de421()
    site, time = spot(place), times(unix_s)
    sight = (satellite(lines) - site).at(time).position.km
    seen = (ephemeris["earth"] + site).at(time).observe(ephemeris[body]).apparent().position.km
    cross = np.linalg.norm(np.cross(sight, seen, axis=0), axis=0)
    return np.asarray(np.degrees(np.arctan2(cross, (sight * seen).sum(axis=0))))
