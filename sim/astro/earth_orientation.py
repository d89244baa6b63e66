"""How the Earth is turned: UT1-UTC and the pole from IERS Bulletin A, and Greenwich mean sidereal time.

The table comes with the package `astropy-iers-data` (finals2000A: measured, then predicted about a year ahead).
Its lines have one width, so the two days around an instant are read by seeking: nothing is parsed at the start,
and numpy is not needed. Outside the table its nearest day is held. Every answer states its error on the ground.
"""

from __future__ import annotations

import mmap
from bisect import bisect_left
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from sim.constants import DAY_S
from sim.named_tuple import NamedTuple
from sim.time import J2000_UNIX_S

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Number = TypeVar("Number", float, NDArray[np.float64])

TAU = 6.283185307179586
ARCSECOND_RAD = TAU / 1296000.0
MJD_OF_UNIX_EPOCH = 40587

GROUND_M_PER_S = 465.0
"""How far the equator turns in one second of time."""

MODEL_ERROR_M = 2.0
"""How well TEME itself is defined: independent chains differ by so much."""

PREDICTION_ERROR_M = 10.0
"""What predictions up to nine months ahead were measured to miss by."""

DRIFT_M_PER_DAY = 0.4
"""UT1-UTC wanders by up to 0.3 s a year: what holding the last value costs."""

NO_TABLE_ERROR_M = 12.0 + GROUND_M_PER_S * 0.9
"""Without a table: the pole is left out (12 m), and UT1-UTC, kept under 0.9 s by definition, taken as zero."""


class EarthOrientation(NamedTuple):
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


NO_ORIENTATION = EarthOrientation(0.0, 0.0, 0.0, NO_TABLE_ERROR_M, measured=False)
"""UT1 = UTC and no pole motion: what remains when there is no table."""

Day = tuple[float, float, float]
"""UT1-UTC in seconds, x and y of the pole in radians."""


class OrientationTable:
    """Random access to a finals2000A file, one line a day.

    Args:
        path: The file; its lines must all be of one length and its days without a hole, as the IERS publishes them.

    Raises:
        ValueError: It is not such a file.
    """

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._lines = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._width = self._lines.find(b"\n") + 1
        if not 79 < self._width < 400:
            raise ValueError(f"{path} is no table of lines")
        self.first_mjd = self._mjd(0)
        row = len(self._lines) // self._width - 1
        if self._mjd(row) != self.first_mjd + row:
            raise ValueError(f"{path} has lines of different lengths or days missing")
        # The table announces days further ahead than it predicts: the last ones are empty.
        filled = bisect_left(range(1, row + 1), True, key=lambda n: not self._field(n, 58, 68).strip())
        self.last_mjd = self.first_mjd + filled
        measured = bisect_left(range(1, filled + 1), True, key=lambda n: self._field(n, 57, 58) == b"P")
        self.last_measured_mjd = self.first_mjd + measured
        self.day(self.last_mjd)

    def _field(self, row: int, start: int, stop: int) -> bytes:
        return self._lines[row * self._width + start : row * self._width + stop]

    def _mjd(self, row: int) -> int:
        return int(float(self._field(row, 7, 15)))

    def day(self, mjd: int) -> Day:
        """The values at 0h UTC of a modified Julian day inside the table."""
        row = mjd - self.first_mjd
        return (
            float(self._field(row, 58, 68)),
            float(self._field(row, 18, 27)) * ARCSECOND_RAD,
            float(self._field(row, 37, 46)) * ARCSECOND_RAD,
        )

    def at(self, unix_s: float) -> EarthOrientation:
        """Linear between midnights; held at the first and last day outside the table."""
        days, seconds = divmod(unix_s, DAY_S)
        mjd = int(days) + MJD_OF_UNIX_EPOCH
        (ut1, x, y), (ut1_step, x_step, y_step) = self.line(mjd)
        part = seconds / DAY_S
        inside = self.first_mjd <= mjd < self.last_mjd
        return EarthOrientation(
            ut1 + part * ut1_step, x + part * x_step, y + part * y_step, self._error_m(mjd), measured=inside
        )

    def _error_m(self, mjd: int) -> float:
        if self.first_mjd <= mjd < self.last_measured_mjd:
            return MODEL_ERROR_M
        outside_days = max(self.first_mjd - mjd, mjd - self.last_mjd, 0)
        return min(PREDICTION_ERROR_M + DRIFT_M_PER_DAY * outside_days, NO_TABLE_ERROR_M)

    @lru_cache(maxsize=512)  # noqa: B019 - the table lives as long as the program
    def line(self, mjd: int) -> tuple[Day, Day]:
        """Values at a midnight, and how they change until the next; held outside the table."""
        if not self.first_mjd <= mjd < self.last_mjd:
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
