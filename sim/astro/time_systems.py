"""Clocks other than UTC, in which ephemerides are written: TAI, GPS, TT, TDB, UT1.

The leap seconds are those of the IERS, in the package `astropy-iers-data`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sim.astro.earth_orientation import orientation_values
from sim.constants import DAY_S
from sim.errors import ElementsError
from sim.language import _
from sim.time import J2000_UNIX_S

if TYPE_CHECKING:
    from sim.types import Floats

_MJD_OF_UNIX_EPOCH = 40587.0
_TT_MINUS_TAI_S = 32.184
_TAI_MINUS_GPS_S = 19.0

TIME_SYSTEMS = ("UTC", "TAI", "GPS", "TT", "TDB", "UT1")
"""Those that `utc_of` reads; the first is what is computed with."""

OTHER_NAMES = {"TDT": "TT", "ET": "TDB", "GPST": "GPS", "GST": "GPS", "QZSST": "GPS", "UTCG": "UTC"}
"""Older names, and clocks of other navigation systems that show GPS time to some nanoseconds (Galileo, QZSS)."""


@cache
def _leap_seconds() -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Instants (`unix_s`) from which TAI-UTC has a value (s)."""
    from astropy_iers_data import IERS_LEAP_SECOND_FILE

    rows = [line.split() for line in Path(IERS_LEAP_SECOND_FILE).read_text("ascii").splitlines() if line.strip()]
    rows = [row for row in rows if not row[0].startswith("#")]
    starts = tuple((float(row[0]) - _MJD_OF_UNIX_EPOCH) * DAY_S for row in rows)
    return starts, tuple(float(row[4]) for row in rows)


def tai_minus_utc_s(unix_s: Floats) -> Floats:
    """TAI-UTC (s) at instants in UTC, (n,); before 1972 the 10 s of that year.

    Raises:
        ElementsError: The table of leap seconds is missing.
    """
    import numpy as np

    try:
        starts, values = _leap_seconds()
    except (ImportError, OSError, ValueError, IndexError):
        raise ElementsError(_("the table of leap seconds (package astropy-iers-data) is missing or damaged")) from None
    row = np.searchsorted(np.array(starts), unix_s, side="right") - 1
    return np.array(values)[np.maximum(row, 0)]


def utc_of(clock_s: Floats, time_system: str) -> Floats:
    """UTC (`unix_s`) of readings of another clock, (n,), each written as seconds since 1970 as if it were UTC.

    Good to a microsecond for TAI, GPS and TT; to 10 microseconds for TDB (its largest term alone); for UT1 to what
    UT1-UTC is known to. In the leap second itself the count of UTC stands still.

    Args:
        clock_s: What the clock shows.
        time_system: One of `TIME_SYSTEMS`.
    """
    import numpy as np

    if time_system == "UTC":
        return clock_s
    if time_system == "UT1":
        utc_s = clock_s - orientation_values(clock_s, np)[0]
        return clock_s - orientation_values(utc_s, np)[0]
    ahead_of_tai_s = {"TAI": 0.0, "GPS": -_TAI_MINUS_GPS_S, "TT": _TT_MINUS_TAI_S, "TDB": _TT_MINUS_TAI_S}[time_system]
    tai_s = clock_s - ahead_of_tai_s
    if time_system == "TDB":
        anomaly = 6.240040 + 1.99096871e-7 * (clock_s - J2000_UNIX_S)  # of the Earth about the Sun, rad
        tai_s = tai_s - 0.001657 * np.sin(anomaly + 0.01671 * np.sin(anomaly))
    utc_s = tai_s - tai_minus_utc_s(tai_s)
    return tai_s - tai_minus_utc_s(utc_s)
