"""Coordinates as people write them: signs or letters, decimals or minutes and seconds, points or commas, locators."""

from __future__ import annotations

import re
from typing import NamedTuple

from sim.errors import PlaceError
from sim.language import N_, _
from sim.sanitize import clean

_PLAIN = str.maketrans(
    {"−": "-", "–": "-", "º": "°", "˚": "°", "′": "'", "’": "'", "´": "'", "″": '"', "”": '"', "“": '"', "，": ","}
)
_START = r"\s*(?:[NSEWO]\s*)?[+-]?\d"
_LOCATOR = r"[A-R]{2}\d{2}(?:[A-X]{2}(?:\d{2}(?:[A-X]{2})?)?)?"
_PIECE = r"""\s*(?:(?P<number>[+-]?\d+(?:\.\d+)?)|(?P<letter>[NSEWO])|(?P<unit>[°'":])|(?P<comma>[,;]))"""
_EXAMPLES = N_("write them like 33.7, 73.1 or 33°41'N 73°03'E")
_UNITS = "°'\""


_DIRECTIONS = str.maketrans({"北": "N", "南": "S", "东": "E", "東": "E", "西": "W", "度": "°", "分": "'", "秒": '"'})


def _unlabelled(text: str) -> str:
    """Without what maps and programs write around the numbers: `geo:`, `lat=`, `纬`, the letters of `52d31m12s`."""
    text = re.sub(r"(?i)^\s*geo:([-+.\d,]+).*", r"\1", text).translate(_DIRECTIONS)
    text = re.sub(r"(?i)\b(?:lat(?:itude)?|lon(?:gitude)?|lng)\b\s*[:=]?|(?<=[NSEW])[纬緯经經]", " ", text)
    text = re.sub(r"(?i)(?<=\d)d(?=\s*\d)", "°", text)
    text = re.sub(r"(?i)(?<=\d)m(?=\s*\d)", "'", text)
    text = re.sub(r"(?i)(?<=[°'\d])(\d+(?:\.\d+)?)s(?=[NSEW]\b)", r'\1"', text)
    return re.sub(r"(?<=\d)\s*/\s*(?=[-+\d])", ", ", text)


class _Angle(NamedTuple):
    """One angle: its numbers as written (degrees, minutes, seconds), its sign and its letter or nothing."""

    parts: tuple[str, ...]
    letter: str

    @property
    def sign(self) -> str:
        """`-`, `+` or nothing."""
        return self.parts[0][0] if self.parts[0][0] in "+-" else ""


def looks_like_coordinates(text: str) -> bool:
    """Whether a text means coordinates rather than a name: digits first and no letters but directions; a locator."""
    text = _unlabelled(text)
    letters = {char.upper() for char in text if char.isalpha() and char != "º"}
    has_digits = bool(re.match(_START, text.translate(_PLAIN), re.IGNORECASE)) and letters <= set("NSEWO")
    return has_digits or locator_of(text) is not None


def locator_of(text: str) -> str | None:
    """A Maidenhead locator in its usual form (`JO22oc`), None where the text is something else."""
    plain = text.strip()
    if not re.fullmatch(_LOCATOR, plain, re.IGNORECASE | re.ASCII):
        return None
    return plain[:4].upper() + plain[4:].lower()


def parse_coordinates(text: str) -> tuple[float, float]:
    """Latitude and longitude in degrees, north and east positive.

    `33.7, 73.1`, `-33.9 151.2`, `33,7; 73,1`, `33.7N 73.1E`, `N33.7 E73.1`, `73.1E 33.7N`, `33°41'05"N 73°03'E`,
    `N 51 58.123 E 5 1.5` and the locator `JO22oc` (its middle) are understood; without letters the latitude comes
    first.

    Raises:
        PlaceError: The text is not a pair of coordinates, could be two, or one is out of range.
    """
    shown = clean(text, limit=40)
    if locator := locator_of(text):
        return _middle_of(locator)
    plain = _unlabelled(text).translate(_PLAIN).replace("''", '"').strip().upper()
    angles = _angles(plain)
    if angles is None and "." not in plain:  # then commas between digits are decimal points
        angles = _angles(re.sub(r"(?<=\d),(?=\d)", ".", plain))
    if angles is None:
        raise PlaceError(_why_not(plain, shown))
    (first, first_letter), (second, second_letter) = ((_degrees(angle, shown), angle.letter) for angle in angles)
    if bool(first_letter) != bool(second_letter):
        raise PlaceError(
            _("“{shown}” has a direction letter on one number only: {examples}").format(
                shown=shown, examples=_(_EXAMPLES)
            )
        )
    if "O" in {first_letter, second_letter}:
        raise PlaceError(
            _("“{shown}”: O is east in some languages and west in others: write E or W").format(shown=shown)
        )
    if first_letter and (first_letter in "NS") == (second_letter in "NS"):
        raise PlaceError(_("“{shown}” names one axis twice: {examples}").format(shown=shown, examples=_(_EXAMPLES)))
    latitude_deg, longitude_deg = (second, first) if first_letter in {"E", "W"} else (first, second)
    for label, value, limit in ((N_("latitude"), latitude_deg, 90), (N_("longitude"), longitude_deg, 180)):
        if not -limit <= value <= limit:
            raise PlaceError(
                _("{label} {value:g} is outside -{limit} to {limit}").format(label=_(label), value=value, limit=limit)
            )
    return latitude_deg, longitude_deg


def _why_not(plain: str, shown: str) -> str:
    if re.fullmatch(r"[+-]?\d+,\d+,[+-]?\d+,\d+", plain.replace(" ", "")):
        return _("“{shown}”: commas between and inside the numbers: write 33,7; 73,1 or 33.7, 73.1").format(shown=shown)
    if len(re.findall(r"\d+(?:[.,]\d+)?", plain)) <= 3 and len(re.findall("[NSEWO]", plain)) == 1:
        return _(
            "“{shown}” is half of a pair, not coordinates: latitude and longitude are needed, like N 51 58.1 E 5 1.5"
        ).format(shown=shown)
    return _("“{shown}” are not coordinates: {examples}").format(shown=shown, examples=_(_EXAMPLES))


def _angles(plain: str) -> tuple[_Angle, _Angle] | None:
    """The two angles of a text in capitals; None if it is not a pair."""
    tokens: list[tuple[str, str]] = []
    at = 0
    while at < len(plain):
        match = re.compile(_PIECE, re.ASCII).match(plain, at)
        if match is None:
            return None
        tokens.append((match.lastgroup or "", match[match.lastgroup or 0]))
        at = match.end()
    if _angle(tokens) is not None:
        return None  # all of it is one angle: half of a pair
    # The comma, or the blank, between the two may stand anywhere: the first division with two whole angles counts.
    pairs: list[tuple[_Angle, _Angle]] = []
    for divide in range(1, len(tokens)):
        after = tokens[divide + 1 :] if tokens[divide][0] == "comma" else tokens[divide:]
        first, second = _angle(tokens[:divide]), _angle(after)
        if first is not None and second is not None:
            pairs.append((first, second))
    # A letter on one of them only is told apart from what is no pair at all.
    return min(pairs, key=lambda pair: bool(pair[0].letter) != bool(pair[1].letter), default=None)


def _angle(tokens: list[tuple[str, str]]) -> _Angle | None:
    """One angle; without signs for the units, minutes and seconds need a letter beside them."""
    kinds = [kind for kind, _ in tokens]
    letter = ""
    if kinds and kinds[0] == "letter":
        letter, tokens = tokens[0][1], tokens[1:]
    elif kinds and kinds[-1] == "letter":
        letter, tokens = tokens[-1][1], tokens[:-1]
    numbers = [text for kind, text in tokens if kind == "number"]
    units = [text for kind, text in tokens if kind == "unit"]
    if not 1 <= len(numbers) <= 3 or len(numbers) + len(units) != len(tokens) or tokens[0][0] != "number":
        return None
    if units:
        colons = units == [":"] * (len(numbers) - 1)
        in_order = [text for kind, text in tokens if kind == "unit"] == list(_UNITS[: len(units)])
        alternate = all(kind == ("number", "unit")[place % 2] for place, (kind, _) in enumerate(tokens))
        if not alternate or not (colons or (in_order and len(numbers) - len(units) in {0, 1})):
            return None
    elif len(numbers) > 1 and not letter:
        return None
    if any(text[0] in "+-" for text in numbers[1:]) or any("." in text for text in numbers[:-1]):
        return None
    if len(numbers[0].lstrip("+-").partition(".")[0]) > 3 or any(len(n.partition(".")[0]) > 2 for n in numbers[1:]):
        return None
    return _Angle(tuple(numbers), letter)


def _degrees(angle: _Angle, shown: str) -> float:
    """An angle with its sign."""
    if angle.sign and angle.letter:
        raise PlaceError(_("“{shown}” has both a sign and a direction letter: one is enough").format(shown=shown))
    degrees, minutes, seconds = (float(text.lstrip("+-")) for text in (*angle.parts, "0", "0")[:3])
    if minutes >= 60.0 or seconds >= 60.0:
        raise PlaceError(_("“{shown}”: minutes and seconds must be below 60").format(shown=shown))
    value = degrees + minutes / 60.0 + seconds / 3600.0
    return -value if angle.sign == "-" or angle.letter in {"S", "W"} else value


def _middle_of(locator: str) -> tuple[float, float]:
    """Latitude and longitude of the middle of a locator's square (IARU, 1980)."""
    longitude_deg, latitude_deg, width_deg, height_deg = -180.0, -90.0, 360.0, 180.0
    for number, (east, north) in enumerate(zip(locator[::2], locator[1::2], strict=True)):
        count = 18.0 if number == 0 else 10.0 if number % 2 else 24.0
        width_deg, height_deg = width_deg / count, height_deg / count
        base = ord("0") if number % 2 else ord("a")
        longitude_deg += (ord(east.lower()) - base) * width_deg
        latitude_deg += (ord(north.lower()) - base) * height_deg
    return latitude_deg + height_deg / 2.0, longitude_deg + width_deg / 2.0


def coordinates_text(latitude_deg: float, longitude_deg: float) -> str:
    """`33.70°N 73.10°E`."""
    north = "S" if latitude_deg < 0 else "N"
    east = "W" if longitude_deg < 0 else "E"
    return f"{abs(latitude_deg):.2f}°{north} {abs(longitude_deg):.2f}°{east}"
