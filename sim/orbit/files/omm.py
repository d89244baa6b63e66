"""Orbit mean-elements messages (CCSDS 502.0-B): the keywords of one record, and CCSDS times."""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from sim.errors import ElementsError
from sim.language import _
from sim.orbit.elements import ElementSet
from sim.orbit.space_object import plain_designator
from sim.sanitize import clean

if TYPE_CHECKING:
    from collections.abc import Mapping

_LATEST_YEAR = 2100
# Patterns as texts: `re` compiles one when it is first used, and two-line sets need none of them.
_FREE_NUMBER = r"\s*[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?\s*"
_CCSDS_TIME = (
    r"([0-9]{4})-(?:([0-9]{2})-([0-9]{2})|([0-9]{3}))"
    r"[Tt ]([0-9]{2}):([0-9]{2}):([0-9]{2})(?:[.,]([0-9]+))? ?(?:[Zz]|UTC|([+-])([0-9]{2}):?([0-9]{2}))?"
)


def parse_omm_record(fields: Mapping[str, object], *, source: str = "") -> ElementSet:
    """Read one orbit mean-elements message, as a mapping of the CCSDS keywords to texts or numbers.

    Raises:
        ElementsError: A keyword is missing, not a number, or out of range; or the theory is not SGP4.
    """
    number = partial(_number, fields)

    def whole(key: str) -> int:
        value = number(key, 0.0)
        if value != int(value):
            raise ElementsError(_("{key} is not a whole number").format(key=key))
        return int(value)

    _refuse_other_theories(fields)
    return ElementSet(
        norad_id=whole("NORAD_CAT_ID"),
        name=clean(str(fields.get("OBJECT_NAME") or ""), limit=60),
        international_designator=plain_designator(
            clean(str(fields.get("OBJECT_ID") or fields.get("INTLDES") or ""), limit=16)
        ),
        epoch_unix_s=_omm_epoch_unix_s(fields.get("EPOCH"), number("EPOCH_MICROSECONDS", 0.0)),
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


def _number(fields: Mapping[str, object], key: str, default: float | None = None) -> float:
    """A keyword's value; what is missing is an error where there is no default."""
    value = fields.get(key)
    if value is None or value == "":
        if default is not None:
            return default
        raise ElementsError(_("{key} is missing").format(key=key))
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise ElementsError(_("{key} is not a number").format(key=key))
    if isinstance(value, str) and re.fullmatch(_FREE_NUMBER, value, re.ASCII) is None:
        raise ElementsError(_("{key} is not a number: “{clean}”").format(key=key, clean=clean(value, limit=30)))
    try:
        finite = float(value)
    except OverflowError:
        finite = math.inf
    if not math.isfinite(finite):
        raise ElementsError(_("{key} is not a finite number").format(key=key))
    return finite


def _refuse_other_theories(fields: Mapping[str, object]) -> None:
    """Refuse what is not of SGP4 about the Earth, in its frame and time."""
    for key, expected in _EXPECTED:
        given = "" if fields.get(key) is None else str(fields[key]).strip().upper()
        if given and given not in expected:
            raise ElementsError(
                _("{key} is {given}, only {expected} can be used").format(
                    key=key, given=clean(given, limit=30), expected=expected[0]
                )
            )


_EXPECTED = (
    ("MEAN_ELEMENT_THEORY", ("SGP4", "SGP/SGP4", "SGP4/SDP4", "SDP4", "TLE")),  # all of them name the one theory
    ("REF_FRAME", ("TEME", "TEME OF DATE", "TEMEOFDATE")),
    ("TIME_SYSTEM", ("UTC",)),
    ("CENTER_NAME", ("EARTH",)),
    ("EPHEMERIS_TYPE", ("0", "2", "3")),
)


def ccsds_unix_s(text: str) -> float:
    """A CCSDS time (UTC): calendar or day of the year, with or without fraction and Z, or with an offset from UTC.

    Raises:
        ValueError: The text is not such a time or lies outside 1957 to 2100.
    """
    match = re.fullmatch(_CCSDS_TIME, text.strip(), re.ASCII)
    if match is None:
        raise ValueError(text)
    year, month, day, day_of_year, hour, minute, second, fraction, *offset = match.groups()
    start = datetime(int(year), int(month or 1), int(day or 1), int(hour), int(minute), tzinfo=UTC)
    if day_of_year:
        start += timedelta(days=int(day_of_year) - 1)
        if not int(day_of_year) or start.year != int(year):
            raise ValueError(text)
    if not 1957 <= start.year <= _LATEST_YEAR or int(second) > 60:
        raise ValueError(text)
    # A leap second (60) does not exist in this count of time: it falls together with the next minute.
    sign, hours, minutes = offset
    offset_s = (int(hours) * 3600 + int(minutes) * 60) * (-1 if sign == "-" else 1) if sign else 0
    return start.timestamp() - offset_s + int(second) + float(f"0.{(fraction or '0')[:12]}")


def _omm_epoch_unix_s(value: object, microseconds: float) -> float:
    """The epoch; old answers of Space-Track gave its fraction apart, in a field of its own."""
    text = str(value or "")[:60].strip()
    if not text:
        raise ElementsError(_("EPOCH is missing"))
    if not 0.0 <= microseconds < 1e6:
        raise ElementsError(_("EPOCH_MICROSECONDS is not a part of a second"))
    try:
        return ccsds_unix_s(text) + (0.0 if re.search(r"[.,]", text) else microseconds / 1e6)
    except ValueError:
        raise ElementsError(
            _("EPOCH is not a date from 1957 to {latest_year}: “{text}”").format(
                latest_year=_LATEST_YEAR, text=clean(text, limit=40)
            )
        ) from None
