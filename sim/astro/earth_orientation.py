"""How the Earth is turned: UT1-UTC and the pole from IERS Bulletin A, and Greenwich mean sidereal time.

The table comes with the package `astropy-iers-data` (finals2000A: measured, then predicted about a year ahead).
Its lines have one width, so the two days around an instant are read by seeking: nothing is parsed at the start,
and numpy is not needed. Outside the table its nearest day is held. Every answer states its error on the ground.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from functools import cache, lru_cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import msgspec

from sim.constants import DAY_S, TAU
from sim.time import J2000_UNIX_S

if TYPE_CHECKING:
    from sim.types import Components, Floats, MathModule, Number, Vector

ARCSECOND_RAD = TAU / 1296000.0
MJD_OF_UNIX_EPOCH = 40587

GROUND_M_PER_S = 465.0
"""How far the equator turns in one second of time."""

MODEL_ERROR_M = 2.0
"""How well TEME itself is defined: independent implementations differ by this."""

PREDICTION_ERROR_M = 10.0
"""What predictions up to nine months ahead were measured to miss by."""

DRIFT_M_PER_DAY = 0.4
"""UT1-UTC wanders by up to 0.3 s a year: what holding the last value costs."""

NO_TABLE_ERROR_M = 12.0 + GROUND_M_PER_S * 0.9
"""Without a table: the pole is left out (12 m), and UT1-UTC, kept under 0.9 s by definition, taken as zero."""


_LAST_COLUMN, MOST_COLUMNS = 79, 400
"""Lines of the table are longer than the columns that are read, and shorter than this."""


class EarthOrientation(msgspec.Struct, frozen=True):
    """Earth orientation at one instant.

    Attributes:
        ut1_minus_utc_s: UT1-UTC.
        x_pole_rad: Pole towards Greenwich.
        y_pole_rad: Pole towards 90 degrees west.
        error_m: What its uncertainty may cost a place on the ground.
        measured: Whether the table covers the instant, by measurement or prediction.
    """

    ut1_minus_utc_s: float
    x_pole_rad: float
    y_pole_rad: float
    error_m: float = MODEL_ERROR_M
    measured: bool = True


NO_ORIENTATION = EarthOrientation(
    ut1_minus_utc_s=0.0, x_pole_rad=0.0, y_pole_rad=0.0, error_m=NO_TABLE_ERROR_M, measured=False
)
"""UT1 = UTC and no pole motion: what remains when there is no table."""


class OrientationTable:
    """Random access to a finals2000A file, one line a day.

    Args:
        path: The file; its lines must all be of one length and its days without a hole, as the IERS publishes them.

    Raises:
        ValueError: It is not such a file.
    """

    def __init__(self, path: Path) -> None:
        # Read line by line: mapped into memory, half a megabyte of it would stay there, pages around a few lines.
        self._file, self._reading = path.open("rb", buffering=0), Lock()
        self._width = self._file.read(MOST_COLUMNS).find(b"\n") + 1
        if self._width <= _LAST_COLUMN:
            raise ValueError(f"{path} is not a table of lines of one length")
        self.first_mjd = self._mjd(0)
        row = path.stat().st_size // self._width - 1
        if self._mjd(row) != self.first_mjd + row:
            raise ValueError(f"{path} has lines of different lengths or days missing")
        # The table announces days further ahead than it predicts: the last ones are empty.
        filled = bisect_left(range(1, row + 1), True, key=lambda n: not self._field(n, 58, 68).strip())
        self.last_mjd = self.first_mjd + filled
        measured = bisect_left(range(1, filled + 1), True, key=lambda n: self._field(n, 57, 58) == b"P")
        self.last_measured_mjd = self.first_mjd + measured
        self.day(self.last_mjd)

    def _field(self, row: int, start: int, stop: int) -> bytes:
        return self._line(row)[start:stop]

    def _line(self, row: int) -> bytes:
        with self._reading:  # threads ask too, and the file has one position
            self._file.seek(row * self._width)
            return self._file.read(self._width)

    def _mjd(self, row: int) -> int:
        return int(float(self._field(row, 7, 15)))

    def day(self, mjd: int) -> Vector:
        """UT1-UTC (s) and pole x, y (rad) at 0h UTC of a modified Julian day inside the table."""
        line = self._line(mjd - self.first_mjd)
        return float(line[58:68]), float(line[18:27]) * ARCSECOND_RAD, float(line[37:46]) * ARCSECOND_RAD

    def values(self, unix_s: Number, m: MathModule = math) -> Components[Number]:
        """UT1-UTC (s) and pole x, y (rad): linear between midnights, held outside the table."""
        days = m.floor(unix_s / DAY_S)
        part = unix_s / DAY_S - days
        start, step = self.line(days + MJD_OF_UNIX_EPOCH) if m is math else self._lines_of(days)
        return start[0] + part * step[0], start[1] + part * step[1], start[2] + part * step[2]

    def covers(self, mjd: int) -> bool:
        """Whether a day is measured or predicted."""
        return self.first_mjd <= mjd < self.last_mjd

    def _lines_of(self, days: Floats) -> tuple[Floats, Floats]:
        """`line` for many days since 1970, two arrays (3, n); each day is read once."""
        import numpy as np

        if not days.size:
            return np.zeros((3, 0)), np.zeros((3, 0))
        first, last = int(days.min()), int(days.max())
        if last - first < 4 * days.size:
            wanted, index = np.arange(first, last + 1), (days - first).astype(np.intp)
        else:  # few instants far apart
            wanted, index = np.unique(days, return_inverse=True)
        lines = np.array([self.line(int(day) + MJD_OF_UNIX_EPOCH) for day in wanted])
        return lines[index, 0].T, lines[index, 1].T

    def error_m(self, mjd: int) -> float:
        """Expected error on the ground on a day."""
        if self.first_mjd <= mjd < self.last_measured_mjd:
            return MODEL_ERROR_M
        outside_days = max(self.first_mjd - mjd, mjd - self.last_mjd, 0)
        return min(PREDICTION_ERROR_M + DRIFT_M_PER_DAY * outside_days, NO_TABLE_ERROR_M)

    @lru_cache(maxsize=512)  # noqa: B019 - the table lives as long as the program
    def line(self, mjd: int) -> tuple[Vector, Vector]:
        """Values at a midnight, and how they change until the next; held outside the table."""
        if not self.covers(mjd):
            return self.day(self.first_mjd if mjd < self.first_mjd else self.last_mjd), (0.0, 0.0, 0.0)
        today, tomorrow = self.day(mjd), self.day(mjd + 1)
        ut1_step = tomorrow[0] - today[0]
        # A leap second between the two midnights shows as a jump of a second: UT1 itself goes on evenly.
        return today, (ut1_step - round(ut1_step), tomorrow[1] - today[1], tomorrow[2] - today[2])


@cache
def orientation_table() -> OrientationTable | None:
    """The packaged table, or None where it is missing or damaged (the answers then state a larger error)."""
    try:
        from astropy_iers_data import IERS_A_FILE

        return OrientationTable(Path(IERS_A_FILE))
    except (ImportError, OSError, ValueError):
        return None


def orientation_values(unix_s: Number, m: MathModule = math) -> Components[Number]:
    """UT1-UTC (s) and pole x, y (rad) from the packaged table, zero without it.

    Args:
        unix_s: UTC, a float or an array in any order.
        m: `math` or `numpy`.
    """
    table = orientation_table()
    if table is None:
        zero = 0.0 * unix_s
        return zero, zero, zero
    return table.values(unix_s, m)


def orientation_at(unix_s: float) -> EarthOrientation:
    """Earth orientation at an instant with its expected error, from the packaged table."""
    table = orientation_table()
    if table is None:
        return NO_ORIENTATION
    ut1_minus_utc_s, x_pole_rad, y_pole_rad = table.values(unix_s)
    mjd = math.floor(unix_s / DAY_S) + MJD_OF_UNIX_EPOCH
    return EarthOrientation(
        ut1_minus_utc_s=ut1_minus_utc_s,
        x_pole_rad=x_pole_rad,
        y_pole_rad=y_pole_rad,
        error_m=table.error_m(mjd),
        measured=table.covers(mjd),
    )


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
