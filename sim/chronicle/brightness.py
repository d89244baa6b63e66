"""Standard magnitude of the station by its configuration.

The light that comes back grows with the area that is lit. An area is that of the solar wings and of the body seen from
its side, from published sizes: Tianhe's wings of 134 square metres and a laboratory's two of 110 (China Manned Space
Agency), lengths and diameters as `tui.model.shapes` lists them with their sources; the small wings of the ships are
measured from drawings. (The press also gives "over 800 square metres" for the wings of all modules, which no sum of the
published wings reaches; only ratios count here.)

The full station with one Shenzhou and one Tianzhou has 0.0 (Heavens-Above, read in July 2026, when these were docked).
How much fainter less of it is comes from what was seen:

- Tianhe alone, 25 May 2021: about +1 in a pass 81 degrees high: a standard magnitude of +3.4;
- Tianhe alone, 4 May 2021: as bright as Vega, high up (spaceweather.com of 6 May 2021): about +2.2;
- with Wentian, August 2022: +2.1 (J. Respler, SeeSat-L of 3 August 2022, mean of three, 0.87 at full phase).

A straight line in log10 of the area through 0.0 has its least squares at 4.5 (2.5 would be area alone: the wings of the
laboratories turn about two joints and shine more than their area). What was seen lies within 1.5 magnitudes of it.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from typing import TYPE_CHECKING

from sim.astro.photometry import StandardMagnitude

if TYPE_CHECKING:
    from collections.abc import Callable

    from sim.chronicle.chronicle import Chronicle
    from sim.chronicle.snapshot import ChronicleSnapshot
    from sim.orbit.space_object import SpaceObject

TIANHE_M2 = 134.0 + 16.6 * 4.2
LABORATORY_M2 = 2 * 110.0 + 17.9 * 4.2
SHENZHOU_M2 = 2 * 6.8 * 2.0 + 9.25 * 2.8
TIANZHOU_M2 = 2 * 5.7 * 2.4 + 10.6 * 3.35
"""Wings and side view of each kind of vehicle."""

FULL_M2 = TIANHE_M2 + 2 * LABORATORY_M2 + SHENZHOU_M2 + TIANZHOU_M2
FULL_MAGNITUDE = 0.0
MAGNITUDES_PER_DECADE = 4.5
"""By how much a tenth of the area is fainter."""

ERROR, ERROR_BEFORE_MENGTIAN = 1.0, 1.5
"""Of the standard magnitude: what was seen of the unfinished station scatters more."""

LABORATORIES = 2


def reflecting_area_m2(facts: ChronicleSnapshot) -> float:
    """Wings and side view of what is joined to Tianhe at an instant, square metres."""
    ships = sum(TIANZHOU_M2 if ship.kind == "cargo" else SHENZHOU_M2 for ship in facts.ports if ship.kind != "module")
    return TIANHE_M2 + LABORATORY_M2 * _laboratories(facts) + ships


def standard_magnitude(facts: ChronicleSnapshot) -> StandardMagnitude:
    """The station's standard magnitude at an instant, and its error."""
    decades = math.log10(FULL_M2 / reflecting_area_m2(facts))
    error = ERROR if _laboratories(facts) == LABORATORIES else ERROR_BEFORE_MENGTIAN
    return StandardMagnitude(FULL_MAGNITUDE + MAGNITUDES_PER_DECADE * decades, error)


def standard_magnitude_at(book: Chronicle) -> Callable[[float], StandardMagnitude]:
    """The station's standard magnitude as a function of the instant (`unix_s`), as searches for passes want it.

    It is kept from one docking to the next: a call takes half a microsecond.
    """
    dates = [when for stay in book.stays for when in (stay.begin, stay.end)]
    dates += [when for module in book.modules for when in (module.launch, module.dock)]
    changes = sorted({when.unix_s for when in dates if when is not None})
    kept: dict[int, StandardMagnitude] = {}

    def at(unix_s: float) -> StandardMagnitude:
        stretch = bisect_right(changes, unix_s)
        if (known := kept.get(stretch)) is None:
            known = kept[stretch] = standard_magnitude(book.at(unix_s))
        return known

    return at


def brightness_of(
    known: SpaceObject, book: Callable[[], Chronicle], given: float | None = None
) -> Callable[[float], StandardMagnitude] | None:
    """Standard magnitude of an object as a function of the instant; None if not known.

    Args:
        known: The object.
        book: Gives the chronicle, asked only where it is needed.
        given: The standard magnitude that a person gave, which goes before all else.
    """
    if given is not None:
        standard = StandardMagnitude(given, ERROR)
        return lambda _: standard
    return standard_magnitude_at(book()) if known.is_station else None


def _laboratories(facts: ChronicleSnapshot) -> int:
    """Laboratory modules joined to the station; one that moves between ports counts as joined."""
    return sum(module.place in {"docked for a time", "being moved", "in place"} for module in facts.modules)
