"""Which object an orbit belongs to: its name and its numbers in the catalogues."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from sim.constants import CSS_COSPAR_ID, CSS_NORAD_ID

if TYPE_CHECKING:
    from sim.orbit.elements import ElementSet


class SpaceObject(Struct, frozen=True):
    """One catalogued object.

    Attributes:
        name: As it is shown; empty where the source gives none.
        norad_id: Catalogue number of the United States Space Force; None where the source gives none.
        cospar_id: International designator such as `2021-035A`; None where the source gives none.
    """

    name: str
    norad_id: int | None
    cospar_id: str | None

    @property
    def is_station(self) -> bool:
        """Whether it is the space station, of which crew, ports, sizes and errors are known."""
        return self.norad_id == CSS_NORAD_ID

    @property
    def label(self) -> str:
        """What to call it: its name, else its number."""
        return self.name or (f"object {self.norad_id}" if self.norad_id else self.cospar_id or "unnamed object")


STATION = SpaceObject("Tiangong", CSS_NORAD_ID, CSS_COSPAR_ID)

STATION_IDS = frozenset({CSS_COSPAR_ID, "2021-035-A", str(CSS_NORAD_ID), "CSS"})
"""What an ephemeris may give as the station's identifier; "CSS" is the operator's own."""


_NUMBERS = {"1998-067A": 25544}
"""Catalogue numbers of objects whose ephemerides are published: an OEM gives a designator alone (ISS: its own sets)."""


def plain_designator(text: str) -> str:
    """An international designator as the catalogue writes it: `1998-067-A` and `98067A` are `1998-067A`."""
    match = re.fullmatch(r"([0-9]{4}|[0-9]{2})-?([0-9]{3})-?([A-Z]{1,3})", text.strip().upper())
    if match is None:
        return text
    year = match[1] if len(match[1]) == 4 else f"{'19' if int(match[1]) >= 57 else '20'}{match[1]}"
    return f"{year}-{match[2]}{match[3]}"


def is_station_id(text: str) -> bool:
    """Whether an ephemeris means the station by its identifier."""
    return text in STATION_IDS or plain_designator(text) == CSS_COSPAR_ID


def object_of(elements: ElementSet) -> SpaceObject:
    """The object of an element set; the station by either of its numbers, whatever name the source gives it."""
    return identified(elements.name, elements.norad_id, elements.international_designator)


def identified(name: str, norad_id: int, identifier: str) -> SpaceObject:
    """The object that a source means.

    Args:
        name: As the source gives it.
        norad_id: Catalogue number; 0 where the source gives none.
        identifier: International designator, or what an ephemeris gives instead: often the catalogue number.
    """
    if norad_id == CSS_NORAD_ID or is_station_id(identifier):
        return STATION
    designator = plain_designator(identifier)
    if not norad_id and designator.isascii() and designator.isdigit() and len(designator) <= 9:
        return SpaceObject(name, int(designator), None)
    return SpaceObject(name, norad_id or _NUMBERS.get(designator), designator or None)
