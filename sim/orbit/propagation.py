"""Orbits: one interface for every source of positions (times in, TEME vectors out), and propagation by SGP4."""

from __future__ import annotations

import math
from functools import cached_property
from typing import TYPE_CHECKING, Literal, Protocol

import msgspec

from sim.constants import DAY_S, DEG
from sim.errors import OrbitError
from sim.language import N_, _
from sim.orbit.space_object import object_of
from sim.time import UNIX_EPOCH_JD, iso_z, julian_pair

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from sgp4.api import Satrec

    from sim.orbit.closure.gap_error import GapPlace
    from sim.orbit.elements import ElementSet
    from sim.types import Bools, Floats, Indices, Vector

NEARLY_CIRCULAR = 0.01
"""Mean eccentricity up to which two states a revolution describe an orbit well enough to begin a search."""

SLOW_MIN, LONG_ECCENTRICITY = 225.0, 0.15
"""Beyond so many minutes (SGP4's deep space) the Earth turns too far in a revolution, and beyond this eccentricity an
ellipse is too far from a circle, for closed forms of passes and shadows: they are found by sampling."""

LEAST_RADIUS_KM = 6356.0
"""The Earth's radius at the poles: nothing that flies is nearer to its centre."""

MOST_APOGEES = 1.5
"""So many times the distance of its own apogee no orbit grows while its elements mean anything; where drag is large,
SGP4's polynomials run away to millions of kilometres at instants before the epoch."""

_JD_1949_12_31 = 2433281.5
_SGP4_LARGEST_NUMBER = 339999
_SGP4_DECAYED = 6
_SGP4_PROBLEMS = {
    1: N_("the eccentricity left its range"),
    2: N_("the mean motion is not positive"),
    3: N_("the perturbed eccentricity left its range"),
    4: N_("the semi-latus rectum is negative"),
    _SGP4_DECAYED: N_("the orbit has decayed"),
}


class State(msgspec.Struct, frozen=True):
    """Position (km) and velocity (km/s) in TEME at one instant."""

    position_teme_km: Vector
    velocity_teme_km_s: Vector


class States(msgspec.Struct, frozen=True):
    """Arrays over time in TEME; rows where `ok` is false hold NaN and must not be used."""

    position_teme_km: Floats
    velocity_teme_km_s: Floats
    ok: Bools

    @classmethod
    def unanswered(cls, count: int) -> States:
        """`count` rows without an answer, to be filled in."""
        import numpy as np

        return cls(
            position_teme_km=np.full((count, 3), np.nan),
            velocity_teme_km_s=np.full((count, 3), np.nan),
            ok=np.zeros(count, dtype=bool),
        )

    def fill(self, rows: Bools | Indices, answers: States) -> None:
        """Put answers into some rows."""
        self.position_teme_km[rows] = answers.position_teme_km
        self.velocity_teme_km_s[rows] = answers.velocity_teme_km_s
        self.ok[rows] = answers.ok


class Covariance(msgspec.Struct, frozen=True):
    """What the operator says of the error of a position.

    Attributes:
        unix_s: Its instant.
        sigma_rtn_km: Standard deviations: radial, along the track, across it.
    """

    unix_s: float
    sigma_rtn_km: Vector


class Provenance(msgspec.Struct, frozen=True):
    """What an answer of an orbit rests on.

    Attributes:
        source: In words for the screen.
        kind: `sgp4` for element sets, `oem` for an operator's ephemeris.
        epoch_unix_s: Epoch of the set that carries most, or start of the ephemeris.
        age_days: Instant less epoch; negative before it.
        basis: `alone` where one set or ephemeris answers, `apart` where two sets could not be joined and the nearer
            one answers; else what happened between the two sets around the instant (`sim.orbit.closure.close`).
        gap_days: Time between the two sets around the instant; 0 for `alone`.
        sets_unix_s: Epochs of these two; empty for `alone`.
        after_burn: Whether the set carrying the answer was fitted within days of a burn.
        gap: Where the instant lies between the two sets, for its error; None for `alone` and `apart`.
        altitude_scale_km: What errors of the mean altitude between the two sets are parts of
            (`sim.orbit.closure.altitude_error`).
        split_km: Distance to the farthest disputed orbit of another set or source at the instant; 0 without dispute.
        of_station: Whether it is an orbit of the station, from whose history the expected errors were learnt.
        stated: What the operator states of the error, in an ephemeris with covariances.
    """

    source: str
    kind: Literal["sgp4", "oem"]
    epoch_unix_s: float
    age_days: float
    basis: Literal["alone", "apart", "quiet", "doubtful", "burn", "campaign", "open", "launch"] = "alone"
    gap_days: float = 0.0
    sets_unix_s: tuple[float, ...] = ()
    after_burn: bool = False
    gap: GapPlace | None = None
    altitude_scale_km: float = 0.0
    split_km: float = 0.0
    of_station: bool = True
    stated: Covariance | None = None


class Orbit(Protocol):
    """A source of positions: element sets, their history, an operator's ephemeris, or several of them.

    Instants are UTC seconds since 1970 and may lie anywhere; where there is no answer, single questions raise
    `OrbitError` and arrays mark the row.
    """

    def state(self, unix_s: float) -> State:
        """State at one instant; raises `OrbitError` where there is no answer."""
        ...

    def states(self, unix_s: Floats) -> States:
        """States at many instants; rows without an answer are marked, never invented."""
        ...

    def elements(self, unix_s: float) -> ElementSet:
        """The mean elements that describe the orbit best at an instant."""
        ...

    def revolution(self, unix_s: float) -> int:
        """Number of the revolution under way, counted at the ascending node."""
        ...

    def provenance(self, unix_s: float) -> Provenance:
        """What the answer at an instant rests on."""
        ...


def is_slow(elements: ElementSet) -> bool:
    """Whether passes and shadows of an orbit are found by sampling."""
    return elements.period_min > SLOW_MIN or elements.eccentricity > LONG_ECCENTRICITY


def when(unix_s: float) -> str:
    """The instant for a message, also one that no calendar holds."""
    try:
        return iso_z(unix_s)
    except (ValueError, OverflowError, OSError):
        return f"{unix_s:g} s"


def no_states() -> States:
    """States at no instant: the pure Python sgp4 fails on empty arrays, which the compiled one takes."""
    import numpy as np

    return States(np.empty((0, 3)), np.empty((0, 3)), np.empty(0, dtype=bool))


def checked(
    error: NDArray[np.uint8],
    position_teme_km: Floats,
    velocity_teme_km_s: Floats,
    radii_sq_km2: tuple[float | Floats, float | Floats],
) -> States:
    """What sgp4 answered for many instants, with NaN in the rows that are no answer.

    Args:
        error: (n,) sgp4's codes.
        position_teme_km: (n, 3), changed in place.
        velocity_teme_km_s: (n, 3), changed in place.
        radii_sq_km2: Squares of the least and the largest distance from the Earth's centre that are an answer, for all
            rows or for each, (n,).
    """
    import numpy as np

    # Decayed rows (code 6) are finite numbers, and garbled sets give NaN with code 0: ask for both.
    low, high = radii_sq_km2
    radius_sq = np.vecdot(position_teme_km, position_teme_km)
    ok = (error == 0) & (radius_sq >= low) & (radius_sq <= high) & (radius_sq < math.inf)
    if not (ok.all() and np.isfinite(velocity_teme_km_s).all()):
        ok &= np.isfinite(velocity_teme_km_s).all(axis=1)
        position_teme_km[~ok] = np.nan
        velocity_teme_km_s[~ok] = np.nan
    return States(position_teme_km=position_teme_km, velocity_teme_km_s=velocity_teme_km_s, ok=ok)


class Sgp4Orbit:
    """One element set, propagated by SGP4 with the constants of WGS72, near-earth or deep space as it is."""

    def __init__(self, element_set: ElementSet) -> None:
        self.element_set = element_set

    @cached_property
    def satrec(self) -> Satrec:
        """sgp4's own record; made on first use, because a history holds a thousand sets and needs two."""
        from sgp4.api import WGS72, Satrec

        e = self.element_set
        midnight_jd, day_part = julian_pair(e.epoch_unix_s)
        satrec = Satrec()
        satrec.sgp4init(
            WGS72,
            "i",
            e.norad_id if e.norad_id <= _SGP4_LARGEST_NUMBER else 0,  # sgp4 knows no larger ones
            (midnight_jd + day_part) - _JD_1949_12_31,  # rounded as sgp4 rounds it: it only places Sun and Moon
            e.bstar,
            e.mean_motion_dot * 2.0 * math.pi / 1440.0**2,
            e.mean_motion_ddot * 2.0 * math.pi / 1440.0**3,
            e.eccentricity,
            e.argument_of_perigee_deg * DEG,
            e.inclination_deg * DEG,
            e.mean_anomaly_deg * DEG,
            e.mean_motion_rev_day * 2.0 * math.pi / 1440.0,
            e.raan_deg * DEG,
        )
        # That float is good to 20 microseconds; propagation counts from the pair.
        satrec.jdsatepoch, satrec.jdsatepochF = midnight_jd, day_part
        return satrec

    def state(self, unix_s: float) -> State:
        """State at one instant."""
        error, position, velocity = self.satrec.sgp4(*julian_pair(unix_s))
        x, y, z = position
        low, high = self.radii_sq_km2
        if error or not low <= x * x + y * y + z * z <= high:  # also refuses what is not a number
            reason = _SGP4_PROBLEMS.get(error) or self._implausible(math.hypot(x, y, z))
            if unix_s < self.element_set.epoch_unix_s and error == _SGP4_DECAYED:
                reason = _("the element set says nothing about times so long before its epoch")
            raise OrbitError(_("no position at {unix_s}: {reason}").format(unix_s=when(unix_s), reason=reason))
        return State(position_teme_km=position, velocity_teme_km_s=velocity)

    def states(self, unix_s: Floats) -> States:
        """States at many instants, (n, 3) each."""
        import numpy as np

        if not len(unix_s):
            return no_states()
        days = np.floor(unix_s / DAY_S)
        error, position, velocity = self.satrec.sgp4_array(UNIX_EPOCH_JD + days, (unix_s - days * DAY_S) / DAY_S)
        return checked(error, position, velocity, self.radii_sq_km2)

    @cached_property
    def radii_sq_km2(self) -> tuple[float, float]:
        """Squares of the least and the largest distance from the Earth's centre that the set can mean."""
        e = self.element_set
        return LEAST_RADIUS_KM**2, (MOST_APOGEES * e.semi_major_axis_km * (1.0 + e.eccentricity)) ** 2

    def _implausible(self, radius_km: float) -> str:
        """Why a place at a distance from the Earth's centre means nothing."""
        if not math.isfinite(radius_km):
            return _("the result is not a number")
        where = _("below the ground") if radius_km < LEAST_RADIUS_KM else _("far beyond its own apogee")
        return _("the element set says nothing about this instant, it would put the object {where}").format(where=where)

    def elements(self, unix_s: float) -> ElementSet:
        """The set itself."""
        return self.element_set

    def revolution(self, unix_s: float) -> int:
        """Number of the revolution under way."""
        return self.element_set.revolution_at(unix_s)

    def provenance(self, unix_s: float) -> Provenance:
        """Source, epoch and age."""
        e = self.element_set
        return Provenance(
            source=e.source,
            kind="sgp4",
            epoch_unix_s=e.epoch_unix_s,
            age_days=(unix_s - e.epoch_unix_s) / DAY_S,
            of_station=object_of(e).is_station,
        )
