"""Two-line element sets, read and checked.

sgp4 itself accepts nearly anything (wrong checksums, line 2 of another satellite, letters in a field) and answers
with numbers, so every column is checked here.
"""

from __future__ import annotations

from sim.constants import DAY_S
from sim.errors import ElementsError
from sim.language import _
from sim.orbit.elements import ElementSet
from sim.sanitize import clean
from sim.time import new_year_unix_s

ALPHA5_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_COLUMNS = 69
_SGP4_XP = "4"
_LINE1_GAPS = (1, 8, 17, 32, 43, 52, 61)
_LINE2_GAPS = (1, 7, 16, 25, 33, 42, 51)
_CHECKSUM_VALUES = bytes(code - 48 if 48 <= code <= 57 else code == 45 for code in range(256))
_DECIMAL_SIGNS = frozenset("0123456789.+- ")


def parse_tle(
    line1: str,
    line2: str,
    *,
    name: str = "",
    source: str = "",
    note: str = "",
    strict: bool = True,
    unguarded: bool = False,
) -> ElementSet:
    """Read and check a two-line element set.

    Args:
        line1: First line, 69 columns.
        line2: Second line, 69 columns.
        name: Name line, without it.
        source: Where it comes from.
        note: What to take with care.
        strict: Also check both checksums.
        unguarded: Lines of 68 columns, which end before their checksum, are read too.

    Raises:
        ElementsError: Not 69 columns, wrong checksum, different numbers on the two lines, a field that is not a number,
            or columns between the fields that are not blank.
    """
    one, two = line1.rstrip(), line2.rstrip()
    _check_lines(one, two, strict=strict, unguarded=unguarded)
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
        raise ElementsError(
            _("a field of the element set is not a number: {problem}").format(problem=clean(str(problem), limit=80))
        ) from None


def _check_lines(one: str, two: str, *, strict: bool, unguarded: bool) -> None:
    """Each line by itself, the theory, and that both lines are of one object."""
    for number, line, gaps in ((1, one, _LINE1_GAPS), (2, two, _LINE2_GAPS)):
        _check_line(number, line, gaps, strict=strict, unguarded=unguarded)
    if one[62] == _SGP4_XP:
        raise ElementsError(_("the element set is made for another theory (SGP4-XP, ephemeris type 4)"))
    if one[2:7] != two[2:7]:
        raise ElementsError(
            _("the two lines belong to different objects ({one}, {two})").format(
                one=clean(one[2:7]), two=clean(two[2:7])
            )
        )


def _check_line(number: int, line: str, gaps: tuple[int, ...], *, strict: bool, unguarded: bool) -> None:
    """Columns, checksum and gaps of one line."""
    if not line.startswith(f"{number} "):
        raise ElementsError(_("line {number} of the element set does not begin with “{number} ”").format(number=number))
    if not line.isascii():
        raise ElementsError(_("line {number} has characters that do not occur in element sets").format(number=number))
    has_checksum = len(line) == _COLUMNS
    if not has_checksum and not (unguarded and len(line) == _COLUMNS - 1):
        raise ElementsError(
            _("line {number} has {line} columns, not {columns}").format(number=number, line=len(line), columns=_COLUMNS)
        )
    if strict and has_checksum and tle_checksum(line) != line[68]:
        raise ElementsError(
            _("line {number} fails its checksum ({found}, should be {expected})").format(
                number=number, found=clean(line[68]), expected=tle_checksum(line)
            )
        )
    for column in gaps:
        if line[column] != " ":
            raise ElementsError(
                _("line {number}: column {column} should be blank, the fields are out of place").format(
                    number=number, column=column + 1
                )
            )


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
    letter = text[:1] if text[:1] in ALPHA5_LETTERS else ""
    digits = text.removeprefix(letter)
    if not _is_digits(digits) or len(digits) > 5:
        raise ValueError(f"“{field}”")
    return (ALPHA5_LETTERS.index(letter) + 10) * 10000 + int(digits) if letter else int(digits)


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
    year += 1900 if year >= 57 else 2000
    start_unix_s, end_unix_s = new_year_unix_s(year), new_year_unix_s(year + 1)
    unix_s = start_unix_s + (day - 1.0) * DAY_S
    if not start_unix_s <= unix_s < end_unix_s:
        raise ValueError(f"“{line1[18:32]}”, the year has no such day")
    return unix_s


def _long_designator(short: str) -> str:
    """`21035A` is 2021-035A."""
    number, piece = short[:5], short[5:]
    if not (_is_digits(number) and piece.isascii() and piece.isalpha() and piece.isupper() and len(piece) <= 3):
        return ""
    century = "19" if int(short[:2]) >= 57 else "20"
    return f"{century}{short[:2]}-{short[2:]}"


def parse_tle_text(text: str, *, source: str = "") -> tuple[list[ElementSet], list[str]]:
    """Read a file of two- or three-line sets; blanks before the lines and lines that begin with # do not count.

    Returns:
        The good sets in the file's order; one line for each set that was refused, and one if any has no checksum.
    """
    sets: list[ElementSet] = []
    problems: list[str] = []
    name, first, first_number, unguarded = "", "", 0, 0
    for number, raw in enumerate(text.split("\n"), start=1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        if _is_line(line, "1"):
            if first:
                problems.append(_half(first_number))
            first, first_number = line, number
        elif line.startswith("2 ") and first:
            try:
                sets.append(parse_tle(first, line, name=name, source=source, unguarded=True))
                unguarded += min(len(first), len(line)) < _COLUMNS
            except ElementsError as problem:
                problems.append(_("line {number}: {problem}").format(number=first_number, problem=problem))
            name, first = "", ""
        elif _is_line(line, "2"):
            problems.append(_("line {number}: line 1 of the element set is missing").format(number=number))
            name = ""
        else:
            if first:
                problems.append(_half(first_number))
            name, first = line.removeprefix("0 ").strip(), ""
    if first:
        problems.append(_half(first_number))
    if unguarded:
        problems.append(_without_checksum(unguarded, len(sets)))
    return sets, problems


def _half(number: int) -> str:
    return _("line {number}: line 2 of the element set is missing").format(number=number)


def _without_checksum(unguarded: int, sets: int) -> str:
    if unguarded == 1 == sets:
        return _("the element set has lines without a checksum: nothing guards their digits")
    text = _("{unguarded} of {sets} element sets have lines without a checksum: nothing guards their digits")
    return text.format(unguarded=unguarded, sets=sets)


def _is_line(line: str, number: str) -> bool:
    """Whether a line is the first or second of a set and not a name that begins with the digit, such as 1 HOPPER."""
    return line.startswith(f"{number} ") and len(line) > _COLUMNS // 2 and sum(map(str.isdigit, line)) > 15
