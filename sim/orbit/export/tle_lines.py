"""Two-line element sets, written.

`sgp4.exporter` was tried: it writes 360.0000 degrees, loses columns where B* is below 1e-10 or a derivative 1 and more,
and drops the number of what it does not know. Where its lines are right, a test compares these with them.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sim.constants import DAY_S
from sim.errors import ElementsError
from sim.language import _
from sim.orbit.space_object import object_of
from sim.orbit.tle import ALPHA5_LETTERS, tle_checksum
from sim.time import to_datetime

if TYPE_CHECKING:
    from sim.orbit.elements import ElementSet

EPOCH_STEP_S = DAY_S * 1e-8
"""The last digit of a printed epoch, 0.86 ms: 7 m of the station's way."""

LARGEST_NUMBER = 339_999
"""Z9999 in Alpha-5."""

_FIRST_YEAR, _LAST_YEAR = 1957, 2056


def printable_epoch(unix_s: float) -> float:
    """The nearest instant that the epoch of a two-line set can hold."""
    start_unix_s = _year_start(unix_s)
    return start_unix_s + round((unix_s - start_unix_s) / EPOCH_STEP_S) * EPOCH_STEP_S


def tle_lines(elements: ElementSet) -> tuple[str, str]:
    """Both lines, 69 columns each.

    Raises:
        ElementsError: A value does not fit into its columns.
    """
    number = _number(object_of(elements).norad_id or 0)
    epoch, dot = _epoch(elements.epoch_unix_s), _dot(elements.mean_motion_dot)
    ddot, bstar = _implied(elements.mean_motion_ddot), _implied(elements.bstar)
    line1 = f"1 {number}U {_designator(elements):<8} {epoch} {dot} {ddot} {bstar} 0  999"
    eccentricity = f"{elements.eccentricity:.7f}"[2:]
    line2 = (
        f"2 {number} {elements.inclination_deg:8.4f} {_angle(elements.raan_deg)} {eccentricity} "
        f"{_angle(elements.argument_of_perigee_deg)} {_angle(elements.mean_anomaly_deg)} "
        f"{elements.mean_motion_rev_day:11.8f}{elements.revolution % 100_000:5d}"
    )
    return line1 + tle_checksum(line1), line2 + tle_checksum(line2)


def _number(norad_id: int) -> str:
    if norad_id > LARGEST_NUMBER:
        raise ElementsError(
            _("number {norad_id} does not fit into a TLE, which ends at {largest_number}: use OMM").format(
                norad_id=norad_id, largest_number=LARGEST_NUMBER
            )
        )
    high, low = divmod(norad_id, 10_000)
    return f"{norad_id:05d}" if high < 10 else f"{ALPHA5_LETTERS[high - 10]}{low:04d}"


def _designator(elements: ElementSet) -> str:
    """`2021-035A` is 21035A; blank if it is not a designator."""
    year, _, rest = (object_of(elements).cospar_id or "").partition("-")
    return f"{year[2:]}{rest}" if len(year) == 4 and year.isdigit() and 0 < len(rest) <= 6 else ""


def _epoch(unix_s: float) -> str:
    """Year and day of the year."""
    rounded_s = printable_epoch(unix_s)
    year = to_datetime(rounded_s + EPOCH_STEP_S / 4.0).year
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise ElementsError(
            _("{year} does not fit into a TLE, which holds {first_year} to {last_year}: use OMM").format(
                year=year, first_year=_FIRST_YEAR, last_year=_LAST_YEAR
            )
        )
    day = (rounded_s - _year_start(rounded_s + EPOCH_STEP_S / 4.0)) / DAY_S + 1.0
    return f"{year % 100:02d}{max(day, 1.0):012.8f}"


def _year_start(unix_s: float) -> float:
    return to_datetime(unix_s).replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0).timestamp()


def _angle(degrees: float) -> str:
    """0 to 360, which is written as 0."""
    return f"{round(degrees % 360.0, 4) % 360.0:8.4f}"


def _dot(value: float) -> str:
    """Sign, point and eight digits."""
    text = f"{abs(value):.8f}"
    if not text.startswith("0."):
        raise ElementsError(
            _("the mean motion derivative {value:g} does not fit into a TLE, which ends at 1: use OMM").format(
                value=value
            )
        )
    return f"{'-' if value < 0.0 and float(text) else ' '}{text[1:]}"


def _implied(value: float) -> str:
    """` 20358-3` is 0.20358e-3; what is smaller than 1e-10 is zero."""
    if abs(value) < 1e-10:
        return " 00000+0"
    exponent = math.floor(math.log10(abs(value))) + 1
    digits = round(abs(value) / 10.0**exponent * 1e5)
    if digits == 100_000:
        digits, exponent = 10_000, exponent + 1
    if exponent > 9:
        raise ElementsError(_("{value:g} does not fit into a TLE: use OMM").format(value=value))
    return f"{'-' if value < 0.0 else ' '}{digits:05d}{'-' if exponent <= 0 else '+'}{abs(exponent)}"
