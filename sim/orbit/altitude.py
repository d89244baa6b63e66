"""Mean altitude: its history, the raises in it, the decay and the days it leaves.

Everything rests on the mean semi-major axis of the element sets, which is steady over a revolution (the height above
the ellipsoid swings by 14 km). Air takes the station down by 0.02 to 0.5 km a day, engines lift it by 0.3 to 15 km.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from typing import TYPE_CHECKING, Protocol, runtime_checkable

import msgspec

from sim.constants import BAND_CEILING_KM, BAND_FLOOR_KM, DAY_S
from sim.errors import ElementsError
from sim.orbit.space_object import object_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from sim.orbit.burns import Burn
    from sim.orbit.elements import ElementSet
    from sim.orbit.propagation import Orbit

SCALE_HEIGHT_KM = 60.0
"""Over which the air at 390 km thins by e, at moderate activity of the Sun."""

FLOOR_SPREAD = 0.5
"""Relative uncertainty of the days to the floor: the Sun decides, and changes the air twofold within weeks."""

DECAY_WINDOW_S = 10 * DAY_S

ALTITUDE_METHOD = (
    "mean semi-major axis of the element set less 6378.137 km, carried to the instant with the decay; neighbouring sets"
    " scatter by 0.1 km"
)
BURN_METHOD = (
    "what the decay on both sides does not explain between two element sets, dated by the number of revolutions in "
    "between; found by computation, not announced"
)
DECAY_METHOD = "slope of the mean altitude over the last ten days without a burn; ± spread of the sets' own rates"
FLOOR_METHOD = "air thinning by e over 60 km, no raise, today's decay; ±50 % for the Sun's activity"


class AltitudePoint(msgspec.Struct, frozen=True):
    """Size of the orbit at the epoch of a set; all km above the equatorial radius 6378.137 km."""

    unix_s: float
    mean_altitude_km: float
    perigee_km: float
    apogee_km: float


class Decay(msgspec.Struct, frozen=True):
    """How fast the mean altitude changes; negative when it sinks. The uncertainty is one standard deviation."""

    km_day: float
    uncertainty_km_day: float


class Remaining(msgspec.Struct, frozen=True):
    """Days until the floor of the band is reached if nothing is done, with the bounds of a plausible Sun."""

    days: float
    low_days: float
    high_days: float


class AltitudeReport(msgspec.Struct, frozen=True):
    """All about the altitude as it stood at one instant.

    Attributes:
        unix_s: The instant.
        mean_altitude_km: Carried to the instant with the decay.
        perigee_km: Of the mean orbit, likewise.
        apogee_km: Of the mean orbit, likewise.
        floor_km: Lower end of the band the station is built for; None for another object.
        ceiling_km: Upper end; None likewise.
        decay: Rate at the instant, None where no set says it.
        to_floor: Days left without a raise, None when the station does not sink.
        burns: What the engines did until then, oldest first.
        points: The history until then, oldest first.
    """

    unix_s: float
    mean_altitude_km: float
    perigee_km: float
    apogee_km: float
    floor_km: float | None
    ceiling_km: float | None
    decay: Decay | None
    to_floor: Remaining | None
    burns: tuple[Burn, ...]
    points: tuple[AltitudePoint, ...]

    @property
    def last_raise(self) -> Burn | None:
        """The latest burn upwards."""
        return next((burn for burn in reversed(self.burns) if burn.kind == "raise"), None)


def decay_km_day(elements: ElementSet) -> float | None:
    """Rate of the mean altitude that a set's own mean motion derivative stands for, negative when it sinks.

    None where the set cannot know: it says that air lifts the station (its fit spans a burn), or carries a note.
    """
    if elements.mean_motion_dot <= 0.0 or elements.note:
        return None
    return -4.0 / 3.0 * elements.semi_major_axis_km / elements.mean_motion_rev_day * elements.mean_motion_dot


def days_to_floor(mean_altitude_km: float, decay: float, floor_km: float = BAND_FLOOR_KM) -> Remaining | None:
    """Days until the floor without a raise: the air thickens on the way down, so it is not a straight line.

    Args:
        mean_altitude_km: Now.
        decay: Rate now in km/day, negative.
        floor_km: Where to stop.
    """
    if decay >= 0.0 or mean_altitude_km <= floor_km:
        return None
    days = SCALE_HEIGHT_KM / -decay * -math.expm1(-(mean_altitude_km - floor_km) / SCALE_HEIGHT_KM)
    return Remaining(days, (1.0 - FLOOR_SPREAD) * days, (1.0 + FLOOR_SPREAD) * days)


class AltitudeHistory:
    """The altitude of one object through its element sets.

    Args:
        sets: In order of their epochs. Sets that carry a note, or whose fit spans a burn, are left out of the
            trend: their size is off by up to a kilometre.
        burns: What the engines did, in order (`ElementHistory.burns`).
        elements_at: Gives the mean elements of an instant between two sets, None beyond them. Without it the
            altitude is carried on from the last set with the decay.
    """

    def __init__(
        self,
        sets: Iterable[ElementSet],
        burns: Iterable[Burn] = (),
        elements_at: Callable[[float], ElementSet | None] | None = None,
    ) -> None:
        given = list(sets)
        self._elements_at = elements_at
        self._sets = [s for s in given if decay_km_day(s) is not None] or given
        if not self._sets:
            raise ElementsError("there is no element set to work with")
        self._has_band = object_of(self._sets[-1]).is_station
        self._epochs = [s.epoch_unix_s for s in self._sets]
        self.points = tuple(
            AltitudePoint(s.epoch_unix_s, s.mean_altitude_km, s.perigee_km, s.apogee_km) for s in self._sets
        )
        self.burns = tuple(burns)

    def at(self, unix_s: float) -> AltitudeReport:
        """The report as it stood at an instant: sets and burns of later days do not count."""
        count = max(bisect_right(self._epochs, unix_s), 1)
        burns = tuple(burn for burn in self.burns if burn.before_unix_s <= self._epochs[count - 1])
        latest = self.points[count - 1]
        decay = self._decay(count, burns)
        sunk_km = decay.km_day * (unix_s - latest.unix_s) / DAY_S if decay else 0.0
        altitude_km, perigee_km, apogee_km = (
            km + sunk_km for km in (latest.mean_altitude_km, latest.perigee_km, latest.apogee_km)
        )
        if self._elements_at is not None and (mean := self._elements_at(unix_s)) is not None:
            altitude_km, perigee_km, apogee_km = mean.mean_altitude_km, mean.perigee_km, mean.apogee_km
        return AltitudeReport(
            unix_s,
            altitude_km,
            perigee_km,
            apogee_km,
            BAND_FLOOR_KM if self._has_band else None,
            BAND_CEILING_KM if self._has_band else None,
            decay,
            days_to_floor(altitude_km, decay.km_day) if decay and self._has_band else None,
            burns,
            self.points[:count],
        )

    def _decay(self, count: int, burns: Sequence[Burn]) -> Decay | None:
        """From the sets of the last ten days since the last burn; from the last set's own rate if it is alone."""
        since_unix_s = self._epochs[count - 1] - DECAY_WINDOW_S
        if burns:
            since_unix_s = max(since_unix_s, burns[-1].before_unix_s)
        window = self._sets[max(0, count - 200) : count]
        window = [s for s in window if s.epoch_unix_s >= since_unix_s]
        rates = [rate for s in window if (rate := decay_km_day(s)) is not None]
        if not rates:
            return None
        mean = sum(rates) / len(rates)
        spread = math.sqrt(sum((rate - mean) ** 2 for rate in rates) / len(rates))
        if window[-1].epoch_unix_s - window[0].epoch_unix_s < DAY_S:
            # Too short for a slope. One set alone says its rate to a quarter or so, as its neighbours show.
            return Decay(rates[-1], max(spread, 0.25 * abs(rates[-1])))
        slope, error = _slope([(s.epoch_unix_s / DAY_S, s.semi_major_axis_km) for s in window])
        return Decay(slope, math.hypot(error, spread))


@runtime_checkable
class KnowsAltitude(Protocol):
    """An orbit with a history of element sets behind it."""

    def altitude_at(self, unix_s: float) -> AltitudeReport:
        """The report of an instant; its burns and points need not reach far back."""
        ...


def altitude_at(orbit: Orbit, unix_s: float) -> AltitudeReport:
    """The report of any orbit: from its history, or from the mean elements of the instant alone."""
    if isinstance(orbit, KnowsAltitude):
        return orbit.altitude_at(unix_s)
    return AltitudeHistory([orbit.elements(unix_s)]).at(unix_s)


def _slope(points: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Slope of the straight line through points, and its standard error."""
    count = len(points)
    mean_x = sum(x for x, _ in points) / count
    mean_y = sum(y for _, y in points) / count
    width = sum((x - mean_x) ** 2 for x, _ in points)
    slope = sum((x - mean_x) * (y - mean_y) for x, y in points) / width
    residue = sum((y - mean_y - slope * (x - mean_x)) ** 2 for x, y in points)
    return slope, math.sqrt(residue / max(count - 2, 1) / width)
