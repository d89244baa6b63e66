"""Coordinates as people write them: signs or letters, decimals or minutes and seconds."""

from __future__ import annotations

import re

from sim.errors import PlaceError
from sim.sanitize import clean

_ANGLE = r"""
    (?:(?P<before{n}>[NSEW])\s*)?
    (?P<sign{n}>[+-])?
    (?P<degrees{n}>\d{{1,3}}(?:\.\d+)?)
    (?:\s*°
        (?:\s*(?P<minutes{n}>\d{{1,2}}(?:\.\d+)?)\s*'
            (?:\s*(?P<seconds{n}>\d{{1,2}}(?:\.\d+)?)\s*")?
        )?
    )?
    (?(before{n})|(?:\s*(?P<after{n}>[NSEW]))?)
"""
_PAIR = rf"{_ANGLE.format(n=1)} (?: \s*[,;]\s* | \s+ | (?<=[NSEW°'\"]) ) {_ANGLE.format(n=2)}"
_START = r"\s*(?:[NSEW]\s*)?[+-]?\d"
_PLAIN = str.maketrans({"−": "-", "–": "-", "º": "°", "˚": "°", "′": "'", "’": "'", "″": '"', "”": '"', "，": ","})
_EXAMPLES = "write them like 33.7, 73.1 or 33°41'N 73°03'E"


def looks_like_coordinates(text: str) -> bool:
    """Whether a text means coordinates rather than a name: digits first, no letters but the four directions."""
    letters = {char.upper() for char in text if char.isalpha() and char != "º"}
    return bool(re.match(_START, text.translate(_PLAIN), re.IGNORECASE)) and letters <= set("NSEW")


def parse_coordinates(text: str) -> tuple[float, float]:
    """Latitude and longitude in degrees, north and east positive.

    `33.7, 73.1`, `-33.9 151.2`, `33.7N 73.1E`, `N33.7 E73.1`, `73.1E 33.7N` and `33°41'05"N 73°03'E` are understood;
    without letters the latitude comes first.

    Raises:
        PlaceError: The text is not a pair of coordinates, or one is out of range.
    """
    shown = clean(text, limit=40)
    plain = text.translate(_PLAIN).replace("''", '"').strip().upper()
    match = re.fullmatch(_PAIR, plain, re.VERBOSE | re.ASCII)  # compiled when first needed, not at the start
    if match is None:
        raise PlaceError(f"“{shown}” are not coordinates: {_EXAMPLES}")
    first, first_letter = _angle_deg(match, 1, shown)
    second, second_letter = _angle_deg(match, 2, shown)
    if bool(first_letter) != bool(second_letter):
        raise PlaceError(f"“{shown}” has a direction letter on one number only: {_EXAMPLES}")
    if first_letter and (first_letter in "NS") == (second_letter in "NS"):
        raise PlaceError(f"“{shown}” names one axis twice: {_EXAMPLES}")
    latitude_deg, longitude_deg = (second, first) if first_letter in {"E", "W"} else (first, second)
    for label, value, limit in (("latitude", latitude_deg, 90), ("longitude", longitude_deg, 180)):
        if not -limit <= value <= limit:
            raise PlaceError(f"{label} {value:g} is outside -{limit} to {limit}")
    return latitude_deg, longitude_deg


def _angle_deg(match: re.Match[str], n: int, shown: str) -> tuple[float, str]:
    """One angle with its sign, and its letter or nothing."""
    part = {name: match[f"{name}{n}"] or "" for name in ("before", "sign", "degrees", "minutes", "seconds", "after")}
    letter = part["before"] or part["after"]
    if part["sign"] and letter:
        raise PlaceError(f"“{shown}” has both a sign and a direction letter: one is enough")
    minutes, seconds = float(part["minutes"] or 0), float(part["seconds"] or 0)
    if minutes >= 60.0 or seconds >= 60.0:
        raise PlaceError(f"“{shown}”: minutes and seconds must be below 60")
    value = float(part["degrees"]) + minutes / 60.0 + seconds / 3600.0
    return (-value if part["sign"] == "-" or letter in {"S", "W"} else value), letter


def coordinates_text(latitude_deg: float, longitude_deg: float) -> str:
    """`33.70°N 73.10°E`."""
    north = "S" if latitude_deg < 0 else "N"
    east = "W" if longitude_deg < 0 else "E"
    return f"{abs(latitude_deg):.2f}°{north} {abs(longitude_deg):.2f}°{east}"
