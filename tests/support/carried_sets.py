"""Element sets of other instants that describe the same orbit, and sets that do not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from sim.constants import DAY_S
from sim.orbit.mean_elements import elements_through
from sim.orbit.propagation import Sgp4Orbit

if TYPE_CHECKING:
    from sim.orbit.elements import ElementSet


def carried(known: ElementSet, days: float, **changes: Any) -> ElementSet:
    """The set that a perfect observer would publish `days` later, with some of its values changed."""
    epoch_unix_s = known.epoch_unix_s + days * DAY_S
    later = elements_through(Sgp4Orbit(known).state(epoch_unix_s), epoch_unix_s)
    moved = msgspec.structs.replace(
        known,
        epoch_unix_s=epoch_unix_s,
        mean_motion_rev_day=later.mean_motion_rev_day,
        eccentricity=later.eccentricity,
        inclination_deg=later.inclination_deg,
        raan_deg=later.raan_deg,
        argument_of_perigee_deg=later.argument_of_perigee_deg,
        mean_anomaly_deg=later.mean_anomaly_deg,
        revolution=known.revolution_at(epoch_unix_s),
    )
    return msgspec.structs.replace(moved, **changes)


def raised(known: ElementSet, km: float) -> ElementSet:
    """The set of an orbit so much higher, at the same place."""
    factor = 1.0 - 1.5 * km / known.semi_major_axis_km
    return msgspec.structs.replace(known, mean_motion_rev_day=known.mean_motion_rev_day * factor)
