"""How far off the mean altitude may be: learnt by leaving sets out (`seeds/makers/altitude_errors.py`).

The size of the orbit is known at the sets. Between two sets that drag alone joins it follows within metres to a few
hundred metres; where burns are only dated by the phase, or not at all, it may be off by as much as they changed:

- `quiet` gaps in kilometres, by the length of the gap, and no worse than the nearer set alone;
- `doubtful` gaps in kilometres, by the time to the nearer set;
- `burn` and `campaign` as parts of what the burns changed altogether, by the time to the nearer set, as a burn may have
  come between; `launch` gaps are campaigns;
- `open` gaps as parts of the change that would take the station, in the time of the gap, over the distance by which
  the two sets contradict each other;
- `alone`: a set carried on with the decay, by its age, whatever happened since.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from msgspec import Struct

from sim.orbit.closure.learnt import interpolated, learnt
from sim.orbit.closure.mean_orbit import KM_A_REVOLUTION, STEP_REV_DAY_A_KM

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sim.orbit.closure.close import Closure
    from sim.orbit.propagation import Provenance

    Table = Mapping[str, Sequence[float]]
    Tables = Mapping[str, Table]

LEAST_MEDIAN_KM, LEAST_P90_KM = 0.05, 0.1
"""Neighbouring sets scatter by so much: no mean altitude is known better."""

MOST_OF_LAST_NODE = 1.2
"""Times the age of the last node of `alone`: so far goes what was measured there, beyond it nobody has learnt it."""

BY_SET = ("doubtful", "burn", "campaign")
"""Gaps whose errors grow with the time to the nearer set."""


class AltitudeError(Struct, frozen=True):
    """Expected error of mean altitude, perigee and apogee, km.

    Attributes:
        median_km: Of the mean altitude: half of the times it is nearer than this.
        p90_km: Nine times in ten it is.
        apsides_median_km: The same of the worse of perigee and apogee.
        apsides_p90_km: The same of the worse of perigee and apogee.
    """

    median_km: float
    p90_km: float
    apsides_median_km: float
    apsides_p90_km: float


def altitude_scale_km(closure: Closure, gap_days: float) -> float:
    """What the numbers of a gap's table are parts of."""
    if closure.kind == "open":
        return -closure.split_km / KM_A_REVOLUTION / gap_days / STEP_REV_DAY_A_KM
    if closure.kind in {"quiet", "doubtful"}:
        return 1.0
    return abs(closure.size_rev_day / STEP_REV_DAY_A_KM)


def altitude_error(provenance: Provenance, tables: Tables | None = None) -> AltitudeError | None:
    """Expected error of the mean altitude that an answer states; None where nobody has learnt it.

    That is for other objects than the station, for an operator's ephemeris, between two sets that nothing joins, and
    more than a year after the last set.
    """
    if not provenance.of_station or provenance.kind != "sgp4" or provenance.basis == "apart":
        return None
    tables = tables or learnt("altitude")
    basis, days, scale_km = provenance.basis, provenance.gap_days, provenance.altitude_scale_km
    if basis == "alone":
        days, scale_km = abs(provenance.age_days), 1.0
        if days > MOST_OF_LAST_NODE * tables[basis]["days"][-1]:
            return None
    elif basis == "launch":  # burns are known, but not when: a set nearby says no more than one far away
        basis, days = "campaign", math.inf
    elif basis in BY_SET:
        days = abs(provenance.age_days)
    off_km = [part * scale_km for part in _at(tables[basis], days)]
    if basis == "quiet":
        off_km = list(map(min, off_km, _at(tables["alone"], abs(provenance.age_days))))
    return AltitudeError(*map(max, off_km, (LEAST_MEDIAN_KM, LEAST_P90_KM) * 2))


def is_beyond_learnt(provenance: Provenance) -> bool:
    """Whether a set of the station is so far from the instant that nothing is known of the orbit, not even its size."""
    is_alone = provenance.of_station and provenance.kind == "sgp4" and provenance.basis == "alone"
    return is_alone and altitude_error(provenance) is None


COLUMNS = ("median", "p90", "apsides_median", "apsides_p90")


def _at(table: Table, days: float) -> list[float]:
    """Each column at a number of days."""
    return [interpolated(table["days"], table[name], days) for name in COLUMNS]
