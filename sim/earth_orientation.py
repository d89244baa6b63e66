"""How the Earth is turned: UT1-UTC and the pole from IERS Bulletin A, and Greenwich mean sidereal time.

The table comes with the package `astropy-iers-data` (finals2000A: measured, then predicted about a year ahead).
Its lines have one width, so the two days around an instant are read by seeking: nothing is parsed at the start,
and numpy is not needed. Where the table ends, UT1 is held at its last value and the pole at zero drift; the
error is then up to 465 m per second of UT1-UTC missed (about 10 m for a table nine months old).
"""

from __future__ import annotations

import mmap
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from sim.constants import DAY_S
from sim.time import J2000_UNIX_S

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Number = TypeVar("Number", float, NDArray[np.float64])

TAU = 6.283185307179586
ARCSECOND_RAD = TAU / 1296000.0
MJD_OF_UNIX_EPOCH = 40587


@dataclass(frozen=True, slots=True)
class EarthOrientation:
    """Earth orientation at one instant.

    Attributes:
        ut1_minus_utc_s: UT1-UTC.
        x_pole_rad: Pole towards Greenwich.
        y_pole_rad: Pole towards 90 degrees west.
        measured: Whether the table covers the instant at all.
    """

    ut1_minus_utc_s: float
    x_pole_rad: float
    y_pole_rad: float
    measured: bool = True


NO_ORIENTATION = EarthOrientation(0.0, 0.0, 0.0, measured=False)
"""UT1 = UTC and no pole motion: what remains when there is no table (12 m + 465 m per second of UT1-UTC)."""


class OrientationTable:
    """Random access to a finals2000A file, one line a day.

    Args:
        path: The file; its lines must all be of one length, as the IERS publishes them.
    """

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._lines = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._width = self._lines.find(b"\n") + 1
        self.first_mjd = int(float(self._lines[7:15]))
        self.last_mjd = self._last_complete_mjd()

    def _last_complete_mjd(self) -> int:
        """The table announces days further ahead than it predicts: skip the empty ones at its end."""
        row = len(self._lines) // self._width - 1
        while row > 0 and not self._lines[row * self._width + 58 : row * self._width + 68].strip():
            row -= 1
        return self.first_mjd + row

    def day(self, mjd: int) -> tuple[float, float, float]:
        """(UT1-UTC in s, x in rad, y in rad) at 0h UTC of a modified Julian day inside the table."""
        start = (mjd - self.first_mjd) * self._width
        line = self._lines[start : start + self._width]
        return (
            float(line[58:68]),
            float(line[18:27]) * ARCSECOND_RAD,
            float(line[37:46]) * ARCSECOND_RAD,
        )

    def at(self, unix_s: float) -> EarthOrientation:
        """Linear between midnights; held at the first and last day outside the table."""
        days, seconds = divmod(unix_s, DAY_S)
        mjd = int(days) + MJD_OF_UNIX_EPOCH
        inside = self.first_mjd <= mjd < self.last_mjd
        if not inside:
            edge = self.first_mjd if mjd < self.first_mjd else self.last_mjd
            return EarthOrientation(*self.day(edge), measured=False)
        today, tomorrow = self._pair(mjd)
        fraction = seconds / DAY_S
        ut1, x, y = (a + (b - a) * fraction for a, b in zip(today, tomorrow, strict=True))
        return EarthOrientation(ut1, x, y)

    @lru_cache(maxsize=64)  # noqa: B019 - the table lives as long as the program
    def _pair(self, mjd: int) -> tuple[tuple[float, float, float], tuple[float, float, float]]:
        today, tomorrow = self.day(mjd), self.day(mjd + 1)
        # A leap second between the two midnights shows as a jump of a second: interpolate UT1 through it.
        jump = round(tomorrow[0] - today[0])
        return today, (tomorrow[0] - jump, tomorrow[1], tomorrow[2])


@cache
def orientation_table() -> OrientationTable | None:
    """The packaged table, or None where it is missing or unreadable (the answers then say so)."""
    try:
        from astropy_iers_data import IERS_A_FILE

        return OrientationTable(Path(IERS_A_FILE))
    except (ImportError, OSError, ValueError):
        return None


def orientation_at(unix_s: float) -> EarthOrientation:
    """Earth orientation at an instant, from the packaged table."""
    table = orientation_table()
    return table.at(unix_s) if table is not None else NO_ORIENTATION


def gmst82_rad(unix_s: Number, ut1_minus_utc_s: Number) -> Number:
    """Greenwich mean sidereal time of 1982, the angle that leads from TEME to the Earth.

    TEME is defined with this series (Vallado 2006, Revisiting Spacetrack Report 3): neither apparent time nor a
    newer series may be put in its place (255 m and 1.8 m at the station's height).

    Args:
        unix_s: UTC, scalar or array.
        ut1_minus_utc_s: UT1-UTC, of the same shape.

    Returns:
        Angle in radians, 0 to 2 pi, of the same shape. The day term is kept apart, so no digit is lost.
    """
    since_j2000_s = unix_s + ut1_minus_utc_s - J2000_UNIX_S
    centuries = since_j2000_s / (36525.0 * DAY_S)
    seconds = (
        67310.54841 + since_j2000_s % DAY_S + (8640184.812866 + (0.093104 - 6.2e-6 * centuries) * centuries) * centuries
    )
    return seconds % DAY_S * (TAU / DAY_S)
