"""Element sets: what SGP4 needs to know of an orbit, read from OMM records and two-line texts, and checked.

sgp4 itself accepts nearly anything (wrong checksums, line 2 of another satellite, letters in a field) and answers
with numbers; so every set passes `__post_init__` and, as text, the checks of `parse_tle`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache, cached_property
from typing import TYPE_CHECKING

from sim.constants import DAY_S, WGS72_MU_KM3_S2, WGS72_RADIUS_KM, WGS84_RADIUS_KM
from sim.errors import ElementsError
from sim.named_tuple import NamedTuple
from sim.sanitize import clean

if TYPE_CHECKING:
    from collections.abc import Iterable

_TAU = 2.0 * math.pi
_J2_WGS72 = 0.001082616
_ALPHA5_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_LATEST_YEAR = 2100

_COLUMNS = 69
_SGP4_XP = "4"
_LINE1_GAPS = (1, 8, 17, 32, 43, 52, 61)
_LINE2_GAPS = (1, 7, 16, 25, 33, 42, 51)
_CHECKSUM_VALUES = bytes(code - 48 if 48 <= code <= 57 else code == 45 for code in range(256))
# Patterns as texts: `re` compiles one when it is first used, and two-line sets need none of them.
_FREE_NUMBER = r"\s*[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?\s*"
_CCSDS_TIME = (
    r"([0-9]{4})-(?:([0-9]{2})-([0-9]{2})|([0-9]{3}))"
    r"[T ]([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]+))?(?:Z|\+00:00)?"
)
_DECIMAL_SIGNS = frozenset("0123456789.+- ")

_LABELS = {
    "norad_id": "catalogue number",
    "epoch_unix_s": "epoch in seconds since 1970",
    "mean_motion_rev_day": "mean motion",
    "eccentricity": "eccentricity",
    "inclination_deg": "inclination",
    "raan_deg": "right ascension of the node",
    "argument_of_perigee_deg": "argument of perigee",
    "mean_anomaly_deg": "mean anomaly",
    "bstar": "drag term B*",
    "mean_motion_dot": "mean motion derivative",
    "mean_motion_ddot": "second mean motion derivative",
    "revolution": "revolution number",
}
_RANGES = (
    ("norad_id", 0, 999_999_999),
    ("epoch_unix_s", -410227200.0, 4133980800.0),  # 1957 to 2100
    ("mean_motion_rev_day", 0.05, 17.0),
    ("eccentricity", 0.0, 0.999),
    ("inclination_deg", 0.0, 180.0),
    ("raan_deg", -360.0, 360.0),
    ("argument_of_perigee_deg", -360.0, 360.0),
    ("mean_anomaly_deg", -360.0, 360.0),
    ("bstar", -10.0, 10.0),
    ("mean_motion_dot", -10.0, 10.0),
    ("mean_motion_ddot", -10.0, 10.0),
    ("revolution", 0, 1_000_000),
)
"""What an element set about the Earth can hold; a little wider than what the formats print."""


class _Printed(NamedTuple):
    """What an element set consists of, in its range."""

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
        for name, low, high in _RANGES:
            if not low <= getattr(self, name) <= high:  # also refuses NaN
                raise ElementsError(f"{_LABELS[name]} {getattr(self, name):.10g} is outside {low:.10g} to {high:.10g}")


class ElementSet(_Printed):
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
        ElementsError: Not 69 columns, wrong checksum, different numbers on the two lines, a field that is no number,
            or columns between the fields that are not blank.
    """
    one, two = line1.rstrip(), line2.rstrip()
    for number, line, gaps in ((1, one, _LINE1_GAPS), (2, two, _LINE2_GAPS)):
        if not line.startswith(f"{number} "):
            raise ElementsError(f"line {number} of the element set does not begin with “{number} ”")
        if not line.isascii():
            raise ElementsError(f"line {number} has characters that no element set has")
        if len(line) != _COLUMNS:
            raise ElementsError(f"line {number} has {len(line)} columns, not {_COLUMNS}")
        if strict and tle_checksum(line) != line[68]:
            raise ElementsError(f"line {number} fails its checksum ({clean(line[68])}, should be {tle_checksum(line)})")
        for column in gaps:
            if line[column] != " ":
                raise ElementsError(f"line {number}: column {column + 1} should be blank, the fields are out of place")
    if one[62] == _SGP4_XP:
        raise ElementsError("the element set is made for another theory (SGP4-XP, ephemeris type 4)")
    if one[2:7] != two[2:7]:
        raise ElementsError(f"the two lines belong to different objects ({clean(one[2:7])}, {clean(two[2:7])})")
    try:
        return ElementSet(
            norad_id=_catalogue_number(one[2:7]),
            name=clean(name, limit=60) if name else "",
            international_designator=_long_designator(one[9:17].strip()),
            epoch_unix_s=tle_epoch_unix_s(one),
            mean_motion_rev_day=_decimal(two[52:63]),
            eccentricity=_decimal("." + two[26:33].replace(" ", "0")),
            inclination_deg=_decimal(two[8:16]),
            raan_deg=_decimal(two[17:25]),
            argument_of_perigee_deg=_decimal(two[34:42]),
            mean_anomaly_deg=_decimal(two[43:51]),
            bstar=_implied_decimal(one[53:61]),
            mean_motion_dot=_decimal(one[33:43]),
            mean_motion_ddot=_implied_decimal(one[44:52]),
            revolution=int(_decimal(two[63:68])) if two[63:68].strip() else 0,
            source=source,
            note=note,
        )
    except ValueError as problem:
        raise ElementsError(f"a field of the element set is no number: {clean(str(problem), limit=80)}") from None


def tle_checksum(line: str) -> str:
    """The digit that column 69 must hold: digits as they are, a minus as one, modulo ten."""
    return str(sum(line[:68].encode("ascii", "replace").translate(_CHECKSUM_VALUES)) % 10)


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _decimal(field: str) -> float:
    """A number as element sets print it; `float` alone would also take `nan`, `1_0` and other scripts' digits."""
    if not _DECIMAL_SIGNS.issuperset(field) or field.rstrip().endswith("."):
        raise ValueError(f"“{field}”")
    return float(field)


def _catalogue_number(field: str) -> int:
    """Five digits, or Alpha-5: A0000 is 100000, the letters I and O are left out."""
    text = field.strip()
    letter = text[:1] if text[:1] in _ALPHA5_LETTERS else ""
    digits = text.removeprefix(letter)
    if not _is_digits(digits) or len(digits) > 5:
        raise ValueError(f"“{field}”")
    return (_ALPHA5_LETTERS.index(letter) + 10) * 10000 + int(digits) if letter else int(digits)


def _implied_decimal(field: str) -> float:
    """` 20358-3` is 0.20358e-3; a blank field is zero."""
    text = field.strip()
    sign = text[:1] if text[:1] in {"+", "-"} else ""
    mantissa, exponent = text.removeprefix(sign).lstrip().removeprefix("."), "0"
    if mantissa[-2:-1] in {"+", "-"}:
        mantissa, exponent = mantissa[:-2], mantissa[-2:]
    if not mantissa and exponent == "0":
        return 0.0
    if not (_is_digits(mantissa) and len(mantissa) <= 5 and _is_digits(exponent[-1])):
        raise ValueError(f"“{field}”")
    return float(f"{sign}.{mantissa}e{exponent}")


def tle_epoch_unix_s(line1: str) -> float:
    """Epoch in a first line: two digits of the year (57 to 99 are 19xx) and the day of the year."""
    first, after = line1[18:20], line1[20:32].rstrip()
    whole, point, part = after[:3].lstrip(), after[3:4], after[4:]
    if not (_is_digits(first) and _is_digits(whole) and point == "." and _is_digits(part)):
        raise ValueError(f"“{line1[18:32]}”")
    year, day = int(first), float(f"{whole}.{part}")
    start_unix_s, end_unix_s = _year_unix_s(year + (1900 if year >= 57 else 2000))
    unix_s = start_unix_s + (day - 1.0) * DAY_S
    if not start_unix_s <= unix_s < end_unix_s:
        raise ValueError(f"“{line1[18:32]}”, there is no such day")
    return unix_s


@cache
def _year_unix_s(year: int) -> tuple[float, float]:
    return datetime(year, 1, 1, tzinfo=UTC).timestamp(), datetime(year + 1, 1, 1, tzinfo=UTC).timestamp()


def _long_designator(short: str) -> str:
    """`21035A` is 2021-035A."""
    number, piece = short[:5], short[5:]
    if not (_is_digits(number) and piece.isascii() and piece.isalpha() and piece.isupper() and len(piece) <= 3):
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
        if isinstance(value, str) and re.fullmatch(_FREE_NUMBER, value, re.ASCII) is None:
            raise ElementsError(f"{key} is no number: “{clean(value, limit=30)}”")
        try:
            finite = float(value)
        except OverflowError:
            finite = math.inf
        if not math.isfinite(finite):
            raise ElementsError(f"{key} is no finite number")
        return finite

    def whole(key: str) -> int:
        value = number(key, 0.0)
        if value != int(value):
            raise ElementsError(f"{key} is no whole number")
        return int(value)

    for key, expected in (
        ("MEAN_ELEMENT_THEORY", ("SGP4", "SGP/SGP4")),
        ("REF_FRAME", ("TEME",)),
        ("TIME_SYSTEM", ("UTC",)),
        ("CENTER_NAME", ("EARTH",)),
        ("EPHEMERIS_TYPE", ("0", "2", "3")),
    ):
        given = "" if fields.get(key) is None else str(fields[key]).strip().upper()
        if given and given not in expected:
            raise ElementsError(f"{key} is {clean(given, limit=30)}, only {expected[0]} can be used")
    return ElementSet(
        norad_id=whole("NORAD_CAT_ID"),
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
        revolution=whole("REV_AT_EPOCH"),
        source=source,
    )


def ccsds_unix_s(text: str) -> float:
    """A CCSDS time (UTC): calendar or day of the year, with or without fraction and Z.

    Raises:
        ValueError: The text is no such time or lies outside 1957 to 2100.
    """
    match = re.fullmatch(_CCSDS_TIME, text.strip(), re.ASCII)
    if match is None:
        raise ValueError(text)
    year, month, day, day_of_year, hour, minute, second, fraction = match.groups()
    start = datetime(int(year), int(month or 1), int(day or 1), int(hour), int(minute), tzinfo=UTC)
    if day_of_year:
        start += timedelta(days=int(day_of_year) - 1)
        if not int(day_of_year) or start.year != int(year):
            raise ValueError(text)
    if not 1957 <= start.year <= _LATEST_YEAR or int(second) > 60:
        raise ValueError(text)
    # A leap second (60) does not exist in this count of time: it falls together with the next minute.
    return start.timestamp() + int(second) + float(f"0.{(fraction or '0')[:12]}")


def _omm_epoch_unix_s(value: object) -> float:
    text = str(value or "")[:60]
    try:
        return ccsds_unix_s(text)
    except ValueError:
        raise ElementsError(f"EPOCH is no date from 1957 to {_LATEST_YEAR}: “{clean(text, limit=40)}”") from None


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
        if line.startswith("1 ") and len(line) > _COLUMNS // 2:
            if first:
                problems.append(f"line {first_number}: line 2 of the element set is missing")
            first, first_number = line, number
        elif line.startswith("2 ") and first:
            try:
                sets.append(parse_tle(first, line, name=name, source=source))
            except ElementsError as problem:
                problems.append(f"line {first_number}: {problem}")
            name, first = "", ""
        elif line.startswith("2 ") and len(line) > _COLUMNS // 2:
            problems.append(f"line {number}: line 1 of the element set is missing")
            name = ""
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
