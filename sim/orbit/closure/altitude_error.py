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

    That is for other objects than the station, for an operator's ephemeris, and between two sets that nothing joins.
    """
    if not provenance.of_station or provenance.kind != "sgp4" or provenance.basis == "apart":
        return None
    tables = tables or learnt("altitude")
    set_days = abs(provenance.age_days)
    least = (LEAST_MEDIAN_KM, LEAST_P90_KM) * 2
    beside = _at(tables["alone"], set_days)
    if provenance.basis == "alone":
        return AltitudeError(*map(max, beside, least))
    if provenance.basis == "launch":  # burns are known, but not when: a set nearby says no more than one far away
        found = _at(tables["campaign"], tables["campaign"]["days"][-1])
    else:
        table = tables[provenance.basis]
        found = _at(table, set_days if provenance.basis in BY_SET else provenance.gap_days)
    within = [part * provenance.altitude_scale_km for part in found]
    if provenance.basis == "quiet":
        within = list(map(min, within, beside))
    return AltitudeError(*map(max, within, least))


COLUMNS = ("median", "p90", "apsides_median", "apsides_p90")


def _at(table: Table, days: float) -> list[float]:
    """Each column at a number of days."""
    return [interpolated(table["days"], table[name], days) for name in COLUMNS]
