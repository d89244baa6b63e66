"""Mean altitude: its history, the raises in it, the decay and the days it leaves.

Everything rests on the mean semi-major axis of the element sets, which is steady over a revolution (the height above
the ellipsoid swings by 14 km). Air takes the station down by 0.02 to 0.5 km a day, engines lift it by 0.3 to 15 km.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from sim.constants import DAY_S

if TYPE_CHECKING:
    from sim.elements import ElementSet

DELTA_V_M_S_PER_KM = 0.57
"""Speed change for one kilometre of mean altitude: half the mean motion (1.14e-3 1/s) for a circular orbit."""

SMALLEST_BURN_KM = 0.25
"""Smaller steps drown in the noise of the sets."""


@dataclass(frozen=True, slots=True)
class Burn:
    """A change of the orbit that air cannot have made, found between two element sets.

    Attributes:
        after_unix_s: Epoch of the last set before it.
        before_unix_s: Epoch of the first set after it.
        size_km: Change of the mean altitude, the decay in between taken out; negative for a lowering.
    """

    after_unix_s: float
    before_unix_s: float
    size_km: float

    @property
    def kind(self) -> Literal["raise", "lowering"]:
        """Up or down."""
        return "raise" if self.size_km > 0.0 else "lowering"

    @property
    def delta_v_m_s(self) -> float:
        """Least speed change that does it."""
        return abs(self.size_km) * DELTA_V_M_S_PER_KM


def decay_km_day(elements: ElementSet) -> float | None:
    """Rate of the mean altitude by a set's own mean motion derivative, negative when it sinks.

    None where the set says that air lifts the station: its fit then spans a burn.
    """
    if elements.mean_motion_dot <= 0.0:
        return None
    return -4.0 / 3.0 * elements.semi_major_axis_km / elements.mean_motion_rev_day * elements.mean_motion_dot


def burn_between(before: ElementSet, after: ElementSet) -> Burn | None:
    """What the engines did between two sets, if anything: a change that the decay at both ends does not explain.

    A raise is taken for one when the station sank by less than half of what both ends say, a lowering when it sank
    by more than two and a half times what the faster end says; the weather of the upper air stays between. Changes
    under 0.25 km are never called burns: sets differ by 0.1 km without any.
    """
    days = (after.epoch_unix_s - before.epoch_unix_s) / DAY_S
    rates = [rate for rate in (decay_km_day(before), decay_km_day(after)) if rate is not None]
    if not rates:
        return None
    expected_km = sum(rates) / len(rates) * days
    change_km = after.semi_major_axis_km - before.semi_major_axis_km
    size_km = change_km - expected_km
    raised = size_km > SMALLEST_BURN_KM and change_km > 0.5 * expected_km
    lowered = size_km < -SMALLEST_BURN_KM and change_km < 2.5 * min(rates) * days
    return Burn(before.epoch_unix_s, after.epoch_unix_s, size_km) if raised or lowered else None
