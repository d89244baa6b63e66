"""Whether a response is about the station at all, and what a new element set changes."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import msgspec

from sim.astro.vectors import cross, wrapped_deg
from sim.constants import CSS_NORAD_ID, DAY_S, TIANHE_LAUNCH_UNIX_S, WGS84_RADIUS_KM
from sim.errors import ElementsError, OrbitError
from sim.language import _
from sim.language.lists import comma_list
from sim.orbit.closure.burns import Burn, burn_between
from sim.orbit.propagation import Sgp4Orbit
from sim.sources.storage.element_log import EPOCH_TOLERANCE_S
from sim.time import iso_z

if TYPE_CHECKING:
    from sim.orbit.elements import ElementSet
    from sim.orbit.oem import Oem

INCLINATION_DEG = (41.0, 42.0)
MEAN_ALTITUDE_KM = (300.0, 500.0)
FUTURE_S = DAY_S
"""An epoch further ahead than this of both clocks, ours and the server's, is an error."""

NODE_DRIFT_DEG_DAY = -6.1
"""Of the station's orbit, 390 km up at 41.5 degrees."""

_NODE_TRUST_DAYS = 60.0


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """What a new set changes.

    Attributes:
        new_epoch_unix_s: Epoch of the new one.
        moved_km: Distance between both predictions at the new epoch; None if the old set has no answer there.
        burn: The orbit change in between that drag does not explain, if any.
    """

    new_epoch_unix_s: float
    moved_km: float | None
    burn: Burn | None

    @property
    def text(self) -> str:
        """For the screen: `epoch 2026-10-06T16:01:54Z, 3.4 km from the old prediction, raised by 6.70 km (± 0.12)`."""
        clauses = [_("epoch {new_epoch_unix_s}").format(new_epoch_unix_s=iso_z(self.new_epoch_unix_s))]
        if self.moved_km is not None:
            clauses.append(_("{moved_km:,.1f} km from the old prediction").format(moved_km=self.moved_km))
        if self.burn is not None:
            is_raise = self.burn.kind == "raise"
            text = (
                _("raised by {size:.2f} km (± {spread:.2f})")
                if is_raise
                else _("lowered by {size:.2f} km (± {spread:.2f})")
            )
            clauses.append(text.format(size=abs(self.burn.size_km), spread=self.burn.uncertainty_km))
        return comma_list(clauses)


def check_station(new: ElementSet, newest_known: ElementSet | None, now: float) -> None:
    """Refuse a set that cannot be the station's.

    Args:
        new: The set.
        newest_known: The newest trusted set; the node of the new one must lie where the old one drifts to.
        now: UTC seconds since 1970, the later of our clock and the server's.

    Raises:
        ElementsError: With the reason.
    """
    if new.norad_id != CSS_NORAD_ID:
        raise ElementsError(
            _("object {norad_id} is not the station ({css_norad_id})").format(
                norad_id=new.norad_id, css_norad_id=CSS_NORAD_ID
            )
        )
    if not TIANHE_LAUNCH_UNIX_S <= new.epoch_unix_s <= now + FUTURE_S:
        raise ElementsError(
            _("its epoch {epoch_unix_s} is impossible: the time is {now}").format(
                epoch_unix_s=iso_z(new.epoch_unix_s), now=iso_z(now)
            )
        )
    check_shape(new)
    if newest_known is not None:
        _check_node(new, newest_known)


def check_shape(element_set: ElementSet) -> None:
    """Refuse an orbit of another size or inclination than the station's.

    Raises:
        ElementsError: With the reason.
    """
    for label, value, (low, high) in (
        (_("inclination"), element_set.inclination_deg, INCLINATION_DEG),
        (_("mean altitude"), element_set.mean_altitude_km, MEAN_ALTITUDE_KM),
    ):
        if not low <= value <= high:
            raise ElementsError(
                _("its {label} of {value:.1f} is outside {low:g} to {high:g}: not the station's orbit").format(
                    label=label, value=value, low=low, high=high
                )
            )


def node_offset_deg(elements: ElementSet, known: ElementSet) -> float:
    """How far the node of a set lies from where that of a known set has drifted by then, -180 to 180 degrees."""
    days = (elements.epoch_unix_s - known.epoch_unix_s) / DAY_S
    return wrapped_deg(elements.raan_deg - known.raan_deg - NODE_DRIFT_DEG_DAY * days)


def _check_node(new: ElementSet, known: ElementSet) -> None:
    """An invented set may have the right shape, but hardly the right plane."""
    days = (new.epoch_unix_s - known.epoch_unix_s) / DAY_S
    if abs(days) > _NODE_TRUST_DAYS:
        return
    off_deg = node_offset_deg(new, known)
    if abs(off_deg) > 1.0 + 0.1 * abs(days):
        raise ElementsError(
            _("its orbital plane is {off_deg:+.1f}° from where the station's has drifted to").format(off_deg=off_deg)
        )


def check_ephemeris(oem: Oem, now: float) -> None:
    """Refuse an ephemeris that cannot be the station's.

    Raises:
        ElementsError: With the reason.
    """
    if not now - 30 * DAY_S <= oem.stop_unix_s <= now + 30 * DAY_S:
        raise ElementsError(
            _("it ends at {stop_unix_s}, and the time is {now}").format(
                stop_unix_s=iso_z(oem.stop_unix_s), now=iso_z(now)
            )
        )
    for segment in oem.segments:
        position, velocity = segment.position_teme_km[0].tolist(), segment.velocity_teme_km_s[0].tolist()
        height_km = math.hypot(*position) - WGS84_RADIUS_KM
        momentum = cross(position, velocity)
        inclination_deg = math.degrees(math.acos(momentum[2] / math.hypot(*momentum)))
        low, high = MEAN_ALTITUDE_KM
        if not (low <= height_km <= high and INCLINATION_DEG[0] <= inclination_deg <= INCLINATION_DEG[1]):
            raise ElementsError(
                _("height {height_km:.0f} km, inclination {inclination_deg:.1f}°: not the station's orbit").format(
                    height_km=height_km, inclination_deg=inclination_deg
                )
            )


def is_newer(new: ElementSet, known: ElementSet | None) -> bool:
    """Whether a set is later than the known one by more than its printed digits."""
    return known is None or new.epoch_unix_s > known.epoch_unix_s + EPOCH_TOLERANCE_S


def is_older(new: ElementSet, known: ElementSet | None) -> bool:
    """Whether a set is earlier than the known one by more than its printed digits."""
    return known is not None and new.epoch_unix_s < known.epoch_unix_s - EPOCH_TOLERANCE_S


def change_between(old: ElementSet, new: ElementSet) -> Change:
    """Compare a new set with the one it replaces."""
    return Change(
        new_epoch_unix_s=new.epoch_unix_s,
        moved_km=separation_km(old, new, new.epoch_unix_s),
        burn=burn_between(old, new),
    )


def separation_km(one: ElementSet, other: ElementSet, unix_s: float) -> float | None:
    """Distance between the predictions of two sets at one instant; None where one of them has no answer."""
    try:
        here = Sgp4Orbit(one).state(unix_s).position_teme_km
        there = Sgp4Orbit(other).state(unix_s).position_teme_km
    except OrbitError:
        return None
    return math.dist(here, there)
