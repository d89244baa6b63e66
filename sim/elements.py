"""Element sets: what SGP4 needs to know of an orbit, read from OMM records and two-line texts, and checked.

sgp4 itself accepts nearly anything (wrong checksums, line 2 of another satellite, letters in a field) and answers
with numbers; so every set passes `ElementSet.__post_init__` and, as text, the checks of `parse_tle`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache, cached_property
from typing import TYPE_CHECKING

from sim.constants import DAY_S, WGS72_MU_KM3_S2, WGS72_RADIUS_KM, WGS84_RADIUS_KM
from sim.errors import ElementsError
from sim.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterable

_TAU = 2.0 * math.pi
_J2_WGS72 = 0.001082616
_ALPHA5_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_LATEST_YEAR = 2100


@dataclass(frozen=True)
class ElementSet:
    """Mean elements of the SGP4 theory at an epoch, in TEME.

    Attributes:
        norad_id: Catalogue number, one to nine digits.
        name: Name as the source gives it.
        epoch_unix_s: UTC seconds since 1970.
        mean_motion_rev_day: Kozai mean motion.
        bstar: Drag term, 1/Earth radii.
        mean_motion_dot: As printed, half the first derivative, rev/day^2; SGP4 ignores it.
        revolution: Revolution number at the epoch (five digits, it starts again after 99999).
        source: Where the set comes from, in words for the screen.
        note: What is to be taken with care, empty if nothing.
    """

    norad_id: int
    name: str
    international_designator: str
    epoch_unix_s: float
    mean_motion_rev_day: float
    eccentricity: float
    inclination_deg: float
    raan_deg: float
    argument_of_perigee_deg: float
    mean_anomaly_deg: float
    bstar: float
    mean_motion_dot: float = 0.0
    mean_motion_ddot: float = 0.0
    revolution: int = 0
    source: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        for label, value, low, high in (
            ("mean motion", self.mean_motion_rev_day, 0.05, 17.0),
            ("eccentricity", self.eccentricity, 0.0, 0.999),
            ("inclination", self.inclination_deg, 0.0, 180.0),
            ("right ascension of the node", self.raan_deg, -360.0, 360.0),
            ("argument of perigee", self.argument_of_perigee_deg, -360.0, 360.0),
            ("mean anomaly", self.mean_anomaly_deg, -360.0, 360.0),
            ("drag term B*", self.bstar, -1.0, 1.0),
            ("catalogue number", self.norad_id, 0, 999_999_999),
        ):
            if not low <= value <= high:  # also refuses NaN
                raise ElementsError(f"{label} {value:g} is outside {low:g} to {high:g}")
        for label, value in (
            ("epoch", self.epoch_unix_s),
            ("mean motion derivative", self.mean_motion_dot),
            ("second mean motion derivative", self.mean_motion_ddot),
        ):
            if not math.isfinite(value):
                raise ElementsError(f"{label} is not a number")

    @cached_property
    def semi_major_axis_km(self) -> float:
        """Brouwer's mean semi-major axis, the one SGP4 works with (Kozai's J2 term removed, WGS72)."""
        n_rad_min = self.mean_motion_rev_day * _TAU / 1440.0
        xke = 60.0 / math.sqrt(WGS72_RADIUS_KM**3 / WGS72_MU_KM3_S2)
        a1 = (xke / n_rad_min) ** (2.0 / 3.0)
        cos_i = math.cos(math.radians(self.inclination_deg))
        k = 0.75 * _J2_WGS72 * (3.0 * cos_i * cos_i - 1.0) / (1.0 - self.eccentricity**2) ** 1.5
        d1 = k / (a1 * a1)
        a0 = a1 * (1.0 - d1 * d1 - d1 * (1.0 / 3.0 + 134.0 * d1 * d1 / 81.0))
        n0 = n_rad_min / (1.0 + k / (a0 * a0))
        a_radii: float = (xke / n0) ** (2.0 / 3.0)
        return a_radii * WGS72_RADIUS_KM

    @property
    def mean_altitude_km(self) -> float:
        """Semi-major axis less the equatorial radius: steady over a revolution, unlike the height."""
        return self.semi_major_axis_km - WGS84_RADIUS_KM

    @property
    def perigee_km(self) -> float:
        """Perigee of the mean ellipse above the equatorial radius."""
        return self.semi_major_axis_km * (1.0 - self.eccentricity) - WGS84_RADIUS_KM

    @property
    def apogee_km(self) -> float:
        """Apogee of the mean ellipse above the equatorial radius."""
        return self.semi_major_axis_km * (1.0 + self.eccentricity) - WGS84_RADIUS_KM

    @property
    def period_min(self) -> float:
        """Anomalistic period from the Kozai mean motion."""
        return 1440.0 / self.mean_motion_rev_day

    @property
    def node_count(self) -> float:
        """Revolutions since the count began, with the part since the ascending node, at the epoch.

        Many sets have their epoch at the node, and rounding puts some a hair before it while the number printed is
        that of the revolution about to begin: within a thousandth the node counts as reached.
        """
        since_node = (self.argument_of_perigee_deg + self.mean_anomaly_deg) / 360.0 % 1.0
        return self.revolution + (since_node - 1.0 if since_node > 0.999 else since_node)

    @cached_property
    def nodal_rev_day(self) -> float:
        """Revolutions from node to node a day: the mean motion and the drift of the perigee (J2)."""
        cos_i = math.cos(math.radians(self.inclination_deg))
        radii = self.semi_major_axis_km * (1.0 - self.eccentricity**2) / WGS72_RADIUS_KM
        return self.mean_motion_rev_day * (1.0 + 0.75 * _J2_WGS72 * (5.0 * cos_i * cos_i - 1.0) / radii**2)

    def node_count_at(self, unix_s: float) -> float:
        """`node_count` at another instant, drag included to the first order."""
        days = (unix_s - self.epoch_unix_s) / DAY_S
        return self.node_count + (self.nodal_rev_day + self.mean_motion_dot * days) * days

    def revolution_at(self, unix_s: float) -> int:
        """Number of the revolution under way."""
        return math.floor(self.node_count_at(unix_s))


def parse_tle(
    line1: str, line2: str, *, name: str = "", source: str = "", note: str = "", strict: bool = True
) -> ElementSet:
    """Read and check a two-line element set.

    Args:
        line1: First line, 69 columns.
        line2: Second line, 69 columns.
        name: Name line, without it.
        source: Where it comes from.
        note: What to take with care.
        strict: Also check both checksums.

    Raises:
        ElementsError: Too short, wrong checksum, different numbers on the two lines, or a field that is no number.
    """
    one, two = line1.rstrip(), line2.rstrip()
    for number, line in ((1, one), (2, two)):
        if not line.startswith(f"{number} "):
            raise ElementsError(f"line {number} of the element set does not begin with “{number} ”")
        if len(line) != 69:
            raise ElementsError(f"line {number} has {len(line)} columns, not 69")
        if not line.isascii():
            raise ElementsError(f"line {number} has characters that no element set has")
        if strict and tle_checksum(line) != line[68]:
            raise ElementsError(f"line {number} fails its checksum ({line[68]}, should be {tle_checksum(line)})")
    if one[2:7] != two[2:7]:
        raise ElementsError(f"the two lines belong to different objects ({one[2:7]}, {two[2:7]})")
    try:
        return ElementSet(
            norad_id=_catalogue_number(one[2:7]),
            name=clean(name, limit=60),
            international_designator=_long_designator(one[9:17].strip()),
            epoch_unix_s=tle_epoch_unix_s(one),
            mean_motion_rev_day=float(two[52:63]),
            eccentricity=float("0." + _digits(two[26:33])),
            inclination_deg=float(two[8:16]),
            raan_deg=float(two[17:25]),
            argument_of_perigee_deg=float(two[34:42]),
            mean_anomaly_deg=float(two[43:51]),
            bstar=_implied_decimal(one[53:61]),
            mean_motion_dot=float(one[33:43]),
            mean_motion_ddot=_implied_decimal(one[44:52]),
            revolution=int(two[63:68].strip() or 0),
            source=source,
            note=note,
        )
    except ValueError as problem:
        raise ElementsError(f"a field of the element set is no number: {clean(str(problem), limit=80)}") from None


def tle_checksum(line: str) -> str:
    """The digit that column 69 must hold: digits as they are, a minus as one, modulo ten."""
    return str(sum(int(c) if c.isdigit() else c == "-" for c in line[:68]) % 10)


def _digits(field: str) -> str:
    text = field.replace(" ", "0")
    if not text.isdigit():
        raise ValueError(f"“{field}”")
    return text


def _catalogue_number(field: str) -> int:
    """Five digits, or Alpha-5: A0000 is 100000, the letters I and O are left out."""
    text = field.strip()
    if text[:1].isalpha() and text[0].upper() in _ALPHA5_LETTERS:
        return (_ALPHA5_LETTERS.index(text[0].upper()) + 10) * 10000 + int(text[1:])
    return int(text)


def _implied_decimal(field: str) -> float:
    """` 20358-3` is 0.20358e-3."""
    match = re.fullmatch(r"([ +-])(\d{5})([+-]\d| \d|\d\d)?", field.rstrip().ljust(6).rstrip() or " 00000")
    if match is None:
        raise ValueError(f"“{field}”")
    sign, mantissa, exponent = match.groups()
    return float(f"{sign.strip()}0.{mantissa}e{(exponent or '0').strip()}")


def tle_epoch_unix_s(line1: str) -> float:
    """Epoch in a first line: two digits of the year (57 to 99 are 19xx) and the day of the year."""
    field = line1[18:32]
    year = int(field[:2])
    day_of_year = float(field[2:])
    if not 1.0 <= day_of_year < 367.0:
        raise ValueError(f"“{field}”")
    return _year_start_unix_s(year + (1900 if year >= 57 else 2000)) + (day_of_year - 1.0) * DAY_S


@cache
def _year_start_unix_s(year: int) -> float:
    return datetime(year, 1, 1, tzinfo=UTC).timestamp()


def _long_designator(short: str) -> str:
    """`21035A` is 2021-035A."""
    if not re.fullmatch(r"\d{5}[A-Z]{1,3}", short):
        return ""
    century = "19" if int(short[:2]) >= 57 else "20"
    return f"{century}{short[:2]}-{short[2:]}"


def parse_omm_record(fields: Mapping[str, object], *, source: str = "") -> ElementSet:
    """Read one orbit mean-elements message, as a mapping of the CCSDS keywords to texts or numbers.

    Raises:
        ElementsError: A keyword is missing, no number, or out of range; or the theory is not SGP4.
    """

    def number(key: str, default: float | None = None) -> float:
        value = fields.get(key)
        if value is None or value == "":
            if default is not None:
                return default
            raise ElementsError(f"{key} is missing")
        if isinstance(value, bool) or not isinstance(value, (int, float, str)):
            raise ElementsError(f"{key} is no number")
        try:
            return float(value)
        except (ValueError, OverflowError):
            raise ElementsError(f"{key} is no number: “{clean(str(value), limit=30)}”") from None

    for key, expected in (
        ("MEAN_ELEMENT_THEORY", ("SGP4", "SGP/SGP4")),
        ("REF_FRAME", ("TEME",)),
        ("TIME_SYSTEM", ("UTC",)),
        ("CENTER_NAME", ("EARTH",)),
    ):
        given = fields.get(key)
        if given not in {None, ""} and str(given).strip().upper() not in expected:
            raise ElementsError(f"{key} is {clean(str(given), limit=30)}, only {expected[0]} can be used")
    identity = number("NORAD_CAT_ID", 0.0)
    if identity != int(identity):
        raise ElementsError("NORAD_CAT_ID is no whole number")
    return ElementSet(
        norad_id=int(identity),
        name=clean(str(fields.get("OBJECT_NAME") or ""), limit=60),
        international_designator=clean(str(fields.get("OBJECT_ID") or ""), limit=16),
        epoch_unix_s=_omm_epoch_unix_s(fields.get("EPOCH")),
        mean_motion_rev_day=number("MEAN_MOTION"),
        eccentricity=number("ECCENTRICITY"),
        inclination_deg=number("INCLINATION"),
        raan_deg=number("RA_OF_ASC_NODE"),
        argument_of_perigee_deg=number("ARG_OF_PERICENTER"),
        mean_anomaly_deg=number("MEAN_ANOMALY"),
        bstar=number("BSTAR"),
        mean_motion_dot=number("MEAN_MOTION_DOT", 0.0),
        mean_motion_ddot=number("MEAN_MOTION_DDOT", 0.0),
        revolution=int(number("REV_AT_EPOCH", 0.0)),
        source=source,
    )


def _omm_epoch_unix_s(value: object) -> float:
    """An OMM epoch: with or without fraction and Z; more than six decimals lose what is below a microsecond."""
    text = str(value or "").strip().removesuffix("Z")
    day_of_year = re.fullmatch(r"(\d{4})-(\d{3})T(.+)", text)
    try:
        if day_of_year:
            year, day, clock = day_of_year.groups()
            start = datetime.fromisoformat(f"{year}-01-01T{clock}") + timedelta(days=int(day) - 1)
        else:
            start = datetime.fromisoformat(text)
    except ValueError:
        raise ElementsError(f"EPOCH is no date: “{clean(text, limit=40)}”") from None
    if start.tzinfo is None:
        start = start.replace(tzinfo=UTC)
    if not 1957 <= start.year <= _LATEST_YEAR:
        raise ElementsError(f"EPOCH {start.year} is outside 1957 to {_LATEST_YEAR}")
    return start.timestamp()


def parse_tle_text(text: str, *, source: str = "") -> tuple[list[ElementSet], list[str]]:
    """Read a file of two- or three-line sets.

    Returns:
        The good sets in the file's order, and one line for each set that was refused.
    """
    sets: list[ElementSet] = []
    problems: list[str] = []
    name, first, first_number = "", "", 0
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.rstrip()
        if line.startswith("1 ") and len(line) > 40:
            first, first_number = line, number
        elif line.startswith("2 ") and first:
            try:
                sets.append(parse_tle(first, line, name=name, source=source))
            except ElementsError as problem:
                problems.append(f"line {first_number}: {problem}")
            name, first = "", ""
        elif line:
            if first:
                problems.append(f"line {first_number}: line 2 of the element set is missing")
            name, first = line.removeprefix("0 ").strip(), ""
    if first:
        problems.append(f"line {first_number}: line 2 of the element set is missing")
    return sets, problems


def of_object(sets: Iterable[ElementSet], norad_id: int) -> list[ElementSet]:
    """The sets of one object, in order of their epochs."""
    return sorted((s for s in sets if s.norad_id == norad_id), key=lambda s: s.epoch_unix_s)
