"""Element sets that contradict what is known: more than drag and any burn ever seen can explain.

The limits were measured on the embedded history of 898 sets (April 2021 to October 2026), each set predicted from
every earlier one up to 60 days before:

    mean altitude       +14.6 km at most between neighbours, +18.4 within 60 days; -5 within 14 days, -14.5 within 45
    eccentricity        at most 0.0018, changed by at most 0.0013
    orbital plane       0.02 degrees within a day, 0.17 within 7, 0.63 within 21, 3.5 within 60
    along the track     without a change of altitude at most 3.1 times the 90 % error of a set alone, or 5 km;
                        with one, at most 628 km a day beyond what that change explains
    phase               within 30 days off the mean rate of both sets by at most 0.31 revolutions (0.031 a day) beyond
                        what one burn of their difference explains

Each limit below is 1.1 to 2 times the worst of these. None of the 897 pairs of neighbours is disputed. The phase finds
a set that is half a revolution off, for which the prediction of one set alone is too vague after a week: in all pairs
up to 6 days apart, 99 % up to 9, 85 % up to 15, 66 % up to 24. Of the others `sees_half_a_revolution` says so.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

from sim.astro.vectors import angle_rad, cross, dot, norm
from sim.constants import DAY_S
from sim.errors import OrbitError
from sim.language import _
from sim.orbit.closure.mean_orbit import KM_A_REVOLUTION, closable, mean_orbit
from sim.orbit.propagation import Provenance, Sgp4Orbit
from sim.orbit.uncertainty import HALF_ORBIT_KM, error_of
from sim.sources.registry import origin_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sim.orbit.elements import ElementSet
    from sim.orbit.propagation import State
    from sim.types import Vector

LARGEST_RAISE_KM = 25.0
LARGEST_LOWERING_KM = 10.0
LARGEST_DECAY_KM_DAY = 1.0
LARGEST_ECCENTRICITY_CHANGE = 0.003
PLANE_LIMIT_DEG = (0.05, 0.04, 0.0008)
"""Coefficients of 1, days and days squared."""

ALONG_FACTOR = 5.0
ALONG_FLOOR_KM = 2.0
"""Of the 90 % error, before the factor."""

OVERSHOOT_KM_DAY = 1000.0
"""Beyond what the change of altitude explains: a burn that was partly taken back."""

PHASE_LIMIT_REV_DAY, PHASE_LIMIT_REV = 0.035, 0.35
"""Burns that were taken back: Tianhe made ready for its first cargo ship, 22 May to 1 June 2021, 0.29 in ten days."""

PHASE_NOISE_REV = 0.002
"""85 km: between sets of one hour, far more than their noise."""

PHASE_DAYS = 30.0

BURN_KM = 1.0
"""A change of altitude above this, on top of the decay, is a burn."""

COMPARABLE_DAYS = 60.0
"""Beyond, SGP4 predicts nothing of the plane that is worth comparing."""

AGREEMENT_DAYS = 7.0
"""Two sets further apart neither confirm nor refute one another."""

SAME_SET_S = 60.0
"""Sets with epochs closer than this are copies of one, not two."""

SETTLED_SETS, SETTLED_DAYS = 3, 2.0
"""Number and span of sets of one origin that confirm each other: a wrong set would be corrected in that time."""


def contradiction(new: ElementSet, known: ElementSet) -> str | None:
    """Why a set cannot be true if the known one is: compared with its prediction at the epoch of the new set.

    Costs two SGP4 evaluations.

    Returns:
        The first limit that is exceeded, for the screen: `13,512 km from the prediction, 5 km are explained`; None if
        drag, a burn and the error of the prediction explain the difference.
    """
    days = abs(new.epoch_unix_s - known.epoch_unix_s) / DAY_S
    distance_km, along_km, plane_deg = _separation(new, known) if days <= COMPARABLE_DAYS else (None, None, None)
    forward = 1.0 if new.epoch_unix_s >= known.epoch_unix_s else -1.0
    climb_km = forward * (new.mean_altitude_km - known.mean_altitude_km)
    reason = (
        _altitude_reason(climb_km, days)
        or _eccentricity_reason(new.eccentricity - known.eccentricity)
        or (None if plane_deg is None else _plane_reason(plane_deg, days))
        or (None if along_km is None else _along_reason(along_km, climb_km, known, days))
        or _phase_reason(new, known)
    )
    if reason is None or distance_km is None:
        return reason
    return _("{distance_km:,.0f} km from the prediction, {reason}").format(distance_km=distance_km, reason=reason)


def _altitude_reason(climb_km: float, days: float) -> str | None:
    if climb_km > LARGEST_RAISE_KM:
        return _("{climb_km:.0f} km higher, the largest raise ever seen is 15 km").format(climb_km=climb_km)
    if climb_km < -LARGEST_LOWERING_KM - LARGEST_DECAY_KM_DAY * days:
        return _("{climb_km:.0f} km lower within {days:.1f} days, drag takes at most 0.5 km a day").format(
            climb_km=-climb_km, days=days
        )
    return None


def _eccentricity_reason(change: float) -> str | None:
    if abs(change) > LARGEST_ECCENTRICITY_CHANGE:
        return _("eccentricity changed by {change:+.4f}, at most 0.0013 was ever seen").format(change=change)
    return None


def _plane_reason(plane_deg: float, days: float) -> str | None:
    constant, linear, square = PLANE_LIMIT_DEG
    limit_deg = constant + linear * days + square * days * days
    if plane_deg > limit_deg:
        return _("orbital plane turned by {plane_deg:.2f}°, at most {limit_deg:.2f}° are explained").format(
            plane_deg=plane_deg, limit_deg=limit_deg
        )
    return None


def _along_reason(along_km: float, climb_km: float, known: ElementSet, days: float) -> str | None:
    """Distance along the track against the error of the prediction, and against a burn somewhere in between."""
    error = error_of(
        Provenance(source=known.source, kind="sgp4", epoch_unix_s=known.epoch_unix_s, age_days=days, after_burn=True)
    )
    limit_km = ALONG_FACTOR * max(error.p90_km, ALONG_FLOOR_KM)
    # A higher orbit is slower: a raise right after the known epoch leaves the station this far behind.
    shift_km = -1.5 * climb_km * 2.0 * math.pi * known.mean_motion_rev_day * days
    if abs(climb_km) > BURN_KM:
        limit_km += OVERSHOOT_KM_DAY * days
    if error.p90_km >= HALF_ORBIT_KM or limit_km + abs(shift_km) >= HALF_ORBIT_KM:
        return None
    if min(0.0, shift_km) - limit_km <= along_km <= max(0.0, shift_km) + limit_km:
        return None
    return _("at most {limit_km:,.0f} km are explained").format(limit_km=limit_km + abs(shift_km))


def _phase_reason(new: ElementSet, known: ElementSet) -> str | None:
    found = _phase_off_rev(new, known)
    if found is None or abs(found[0]) <= found[1]:
        return None
    off_km, limit_km = (abs(value) * KM_A_REVOLUTION for value in found)
    return _(
        "{off_km:,.0f} km along the track from where the periods of both sets put it, {limit_km:,.0f} explained"
    ).format(off_km=off_km, limit_km=limit_km)


def _phase_off_rev(new: ElementSet, known: ElementSet) -> tuple[float, float] | None:
    """(by how much the phases of two sets differ from the mean of their rates, what is explained), revolutions.

    The whole revolutions in between are not known: the first is from -0.5 to 0.5. None where the sets are no orbits
    whose phases can be compared.
    """
    days = (new.epoch_unix_s - known.epoch_unix_s) / DAY_S
    if abs(days) > PHASE_DAYS or not (closable(new) and closable(known)):
        return None
    before, after = mean_orbit(known), mean_orbit(new)
    off_rev = after.phase - before.phase - (before.rate_rev_day + after.rate_rev_day) / 2.0 * days
    # A burn right after the first set, or right before the second, puts the phase this far off the mean rate.
    burn_rev = abs((after.rate_rev_day - before.rate_rev_day) * days) / 2.0
    limit_rev = min(PHASE_LIMIT_REV_DAY * abs(days), PHASE_LIMIT_REV) + PHASE_NOISE_REV
    return off_rev - round(off_rev), limit_rev + burn_rev


def sees_half_a_revolution(new: ElementSet, known: ElementSet) -> bool:
    """Whether `contradiction` would find a set that has the place along the orbit wrong by half a revolution."""
    found = _phase_off_rev(new, known)
    return found is not None and 0.5 - abs(found[0]) > found[1]


def _separation(new: ElementSet, known: ElementSet) -> tuple[float | None, float | None, float | None]:
    """(distance in km, signed distance along the track in km, angle between the planes in degrees) at the new epoch."""
    try:
        expected = Sgp4Orbit(known).state(new.epoch_unix_s)
        found = Sgp4Orbit(new).state(new.epoch_unix_s)
    except OrbitError:
        return None, None, None
    normal = _orbit_normal(expected)
    r, s = expected.position_teme_km, found.position_teme_km
    along_rad = math.atan2(dot(cross(r, s), normal), dot(r, s))
    return math.dist(r, s), along_rad * norm(r), math.degrees(angle_rad(normal, _orbit_normal(found)))


def _orbit_normal(state: State) -> Vector:
    """Of length 1."""
    x, y, z = cross(state.position_teme_km, state.velocity_teme_km_s)
    size = norm((x, y, z))
    return x / size, y / size, z / size


def nearest(sets: Iterable[ElementSet], unix_s: float) -> ElementSet | None:
    """The set whose epoch is nearest to an instant."""
    return min(sets, key=lambda s: abs(s.epoch_unix_s - unix_s), default=None)


def confirms(witness: ElementSet, disputed: ElementSet) -> bool:
    """Whether another set, of another epoch and within a week, describes the same orbit."""
    apart_s = abs(witness.epoch_unix_s - disputed.epoch_unix_s)
    is_comparable = SAME_SET_S < apart_s <= AGREEMENT_DAYS * DAY_S
    return is_comparable and contradiction(disputed, witness) is None


def confirmed(
    disputed: Sequence[ElementSet], predicted: Sequence[ElementSet], trusted: Sequence[ElementSet]
) -> list[ElementSet]:
    """The disputed sets that can be used now.

    A set is confirmed by one of another origin (two services that hand on the same catalogue are one origin), by a
    trusted one that agrees with it, or by its own origin saying the same for days. That an origin repeats itself
    within hours proves nothing.
    """
    found = []
    for one in disputed:
        forecast = nearest(predicted, one.epoch_unix_s)
        others = [other for other in (*disputed, *([forecast] if forecast else [])) if other is not one]
        foreign = [other for other in others if origin_of(other.source) != origin_of(one.source)]
        known = nearest(trusted, one.epoch_unix_s)
        if (
            any(confirms(witness, one) for witness in foreign)
            or known is None
            or contradiction(one, known) is None
            or (not any(_refutes(other, one) for other in foreign) and _is_settled(one, others, trusted))
        ):
            found.append(one)
    return found


def _refutes(witness: ElementSet, disputed: ElementSet) -> bool:
    apart_s = abs(witness.epoch_unix_s - disputed.epoch_unix_s)
    return apart_s <= AGREEMENT_DAYS * DAY_S and contradiction(disputed, witness) is not None


def _is_settled(one: ElementSet, others: Sequence[ElementSet], trusted: Sequence[ElementSet]) -> bool:
    """Whether the origin of a set has said the same for days, and nothing in use is from those days."""
    origin = origin_of(one.source)
    same = [one, *(o for o in others if origin_of(o.source) == origin and confirms(o, one))]
    epochs = sorted(s.epoch_unix_s for s in same)
    newest = max((s.epoch_unix_s for s in trusted), default=-math.inf)
    distinct = 1 + sum(late - early > SAME_SET_S for early, late in pairwise(epochs))
    return newest < epochs[0] and distinct >= SETTLED_SETS and epochs[-1] - epochs[0] >= SETTLED_DAYS * DAY_S
