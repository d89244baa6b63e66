"""The place of an observer."""

from __future__ import annotations

import math

import msgspec

from sim.errors import PlaceError
from sim.language import N_, _
from sim.language.names import one_name

LOWEST_M, HIGHEST_M = -500.0, 9000.0
"""Below the shore of the Dead Sea, which sinks by a metre a year (-439 m in 2025), and a little above Everest."""


REGIONS_SHOWN = frozenset({"AU", "BR", "CA", "US"})
"""Countries where the letters of the region belong to the name of a town: `London, ON`."""


class Place(msgspec.Struct, frozen=True):
    """A place on Earth; north and east are positive.

    Attributes:
        name: For the screen.
        latitude_deg: Geodetic, WGS84.
        longitude_deg: -180 to 180.
        height_m: Above the ellipsoid.
        timezone: IANA name, empty if unknown.
        country: ISO 3166 code, empty if unknown.
        name_zh: Chinese name, empty if unknown.
        region: Letters of the first division of the country where they are in use (`MO`, `ON`), else empty.
    """

    name: str
    latitude_deg: float
    longitude_deg: float
    height_m: float = 0.0
    timezone: str = ""
    country: str = ""
    name_zh: str = ""
    region: str = ""

    def __post_init__(self) -> None:
        for label, value, low, high in (
            (N_("latitude"), self.latitude_deg, -90.0, 90.0),
            (N_("longitude"), self.longitude_deg, -180.0, 180.0),
            (N_("height"), self.height_m, LOWEST_M, HIGHEST_M),
        ):
            if not math.isfinite(value) or not low <= value <= high:
                raise PlaceError(
                    _("{label} {value:g} is outside {low:g} to {high:g}").format(
                        label=_(label), value=value, low=low, high=high
                    )
                )

    def in_zone(self, zone: str | None) -> Place:
        """The place with the clocks of another zone; itself without one."""
        return msgspec.structs.replace(self, timezone=zone) if zone else self

    @property
    def title(self) -> str:
        """Name with region and country codes: `Islamabad, PK`, `Springfield, MO, US`, `伊斯兰堡, PK`."""
        return ", ".join(part for part in (self.label, self.region, self.country) if part)

    @property
    def label(self) -> str:
        """The name as a reader knows it: `Islamabad`, `伊斯兰堡`; `name` stays the same in every language."""
        return one_name(self.name, self.name_zh)
