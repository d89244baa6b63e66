"""Which object an orbit belongs to: its name and its numbers in the catalogues."""

from __future__ import annotations

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


def object_of(elements: ElementSet) -> SpaceObject:
    """The object of an element set; the station by either of its numbers, whatever name the source gives it."""
    if elements.norad_id == CSS_NORAD_ID or elements.international_designator in STATION_IDS:
        return STATION
    return SpaceObject(elements.name, elements.norad_id or None, elements.international_designator or None)
