"""Mean altitude: its history, the raises in it, the decay and the days it leaves.

Everything rests on the mean semi-major axis of the element sets, which is steady over a revolution (the height above
the ellipsoid swings by 14 km). Air takes the station down by 0.02 to 0.5 km a day, engines lift it by 0.3 to 15 km.
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from copy import copy
from typing import TYPE_CHECKING, overload

import msgspec

from sim.constants import BAND_CEILING_KM, BAND_FLOOR_KM, DAY_S, TAU, WGS72_MU_KM3_S2, WGS84_RADIUS_KM
from sim.errors import ElementsError
from sim.language import _
from sim.orbit.space_object import object_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sim.orbit.closure.burns import Burn
    from sim.orbit.elements import ElementSet
    from sim.orbit.propagation import Orbit

SCALE_HEIGHT_KM = 60.0
"""Over which the air at 390 km thins by e, at moderate activity of the Sun."""

FLOOR_LOW, FLOOR_HIGH = 0.45, 1.8
LONG_FALL_DAYS, LONG_FALL_POWER = 250.0, 0.4
"""Nine in ten times the days to the floor come out between these parts of the forecast; the lower one falls with its
length, as over months the activity of the Sun changes the air more than anything that is known today. Measured on every
day from 2021 to 2025 that is near a set, with the drag that followed, raises left out: 93 % held (88 % or more in every
year). That is half a cycle of the Sun; bounds learnt from four of the years hold for 90 % of the days of the fifth, and
for 71 % at the worst."""

DECAY_WINDOW_S = 10 * DAY_S
"""The decay is taken from the sets of so long before the last one."""

DECAY_HOLDS_DAYS = 10.0
"""So long after the last set it is stated. On the days of the history that are further from one, the bounds of the days
to the floor held three times in four only."""

MOST_IN_WINDOW = 200
"""Sets of which the decay is taken."""

DECAY_CHANGE = 0.3
"""By so much of itself the decay of the coming ten days differs from that of the last ten: one standard deviation. With
the error of the slope it holds for 68 % of the quiet stretches of 2021-2026. Learnt on the station: other objects fly
in other air, and are of other shapes."""


class AltitudePoint(msgspec.Struct, frozen=True):
    """Size of the orbit at the epoch of a set; all km above the equatorial radius 6378.137 km."""

    unix_s: float
    mean_altitude_km: float
    perigee_km: float
    apogee_km: float


_NUMBERS = len(AltitudePoint.__struct_fields__)


class AltitudePoints(Sequence[AltitudePoint]):
    """Points in order of time, kept as plain numbers: as records a thousand would take a seventh of a megabyte.

    Args:
        numbers: The fields of one point after the other.
        count: How many of them count, from the first on.
    """

    def __init__(self, numbers: array[float], count: int) -> None:
        self._numbers, self._count = numbers, count

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> AltitudePoint: ...

    @overload
    def __getitem__(self, index: slice) -> list[AltitudePoint]: ...

    def __getitem__(self, index: int | slice) -> AltitudePoint | list[AltitudePoint]:
        if isinstance(index, slice):
            return [self[number] for number in range(self._count)[index]]
        begin = range(self._count)[index] * _NUMBERS
        return AltitudePoint(*self._numbers[begin : begin + _NUMBERS])

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, AltitudePoints) or len(other) != len(self):
            return False
        end = self._count * _NUMBERS
        return self._numbers[:end] == other._numbers[:end]

    def __hash__(self) -> int:
        return hash((self._count, *self._numbers[:_NUMBERS]))

    def first(self, count: int) -> AltitudePoints:
        """The first points only."""
        return AltitudePoints(self._numbers, min(count, self._count))

    @property
    def unix_s(self) -> array[float]:
        """Their instants."""
        return self._numbers[: self._count * _NUMBERS : _NUMBERS]


class Decay(msgspec.Struct, frozen=True):
    """How fast the mean altitude changes in the coming ten days; negative when it sinks.

    The rate is that of the last ten days, the uncertainty one standard deviation: the Sun changes the air meanwhile. By
    how much was learnt on the station; for other objects it is the scatter of their own sets, None of one alone.
    """

    km_day: float
    uncertainty_km_day: float | None


class Remaining(msgspec.Struct, frozen=True):
    """Days until the floor of the band is reached if nothing is done; nine in ten times it is between the bounds."""

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
        period_min: Anomalistic period of an orbit of that size.
        floor_km: Lower end of the band the station is built for; None for another object.
        ceiling_km: Upper end; None likewise.
        decay: Rate at the instant; None where no set says it, or none within `DECAY_HOLDS_DAYS`.
        burns: What the engines did until then, oldest first.
        points: The history until then, oldest first.
        undated: Burns around the instant of which nobody knows whether they were before or after it.
    """

    unix_s: float
    mean_altitude_km: float
    perigee_km: float
    apogee_km: float
    period_min: float
    floor_km: float | None
    ceiling_km: float | None
    decay: Decay | None
    burns: tuple[Burn, ...]
    points: AltitudePoints
    undated: tuple[Burn, ...] = ()

    @property
    def to_floor(self) -> Remaining | None:
        """Days left without a raise, None when the station does not sink, and for another object."""
        if self.decay is None or self.floor_km is None:
            return None
        return days_to_floor(self.mean_altitude_km, self.decay.km_day, self.floor_km)

    @property
    def kozai_altitude_km(self) -> float:
        """The mean altitude as many catalogues print it: the axis of Kepler's law for Kozai's mean motion.

        It lacks the first effect of the Earth's flattening, some 3 km for the station.
        """
        rate_rad_s = TAU / (60.0 * self.period_min)
        axis_km: float = (WGS72_MU_KM3_S2 / rate_rad_s**2) ** (1.0 / 3.0)
        return axis_km - WGS84_RADIUS_KM


def decay_holds(unix_s: float, set_unix_s: float) -> bool:
    """Whether an instant is near enough to a set for its decay to be stated."""
    return abs(unix_s - set_unix_s) <= DECAY_HOLDS_DAYS * DAY_S


def decay_km_day(elements: ElementSet) -> float | None:
    """Rate of the mean altitude that a set's own mean motion derivative stands for, negative when it sinks.

    None where the set cannot know: it says that air lifts the station (its fit spans a burn), or carries a note.
    """
    if elements.mean_motion_dot <= 0.0 or elements.note:
        return None
    return -4.0 / 3.0 * elements.semi_major_axis_km / elements.mean_motion_rev_day * elements.mean_motion_dot


def days_to_floor(mean_altitude_km: float, decay: float, floor_km: float = BAND_FLOOR_KM) -> Remaining | None:
    """Days until the floor without a raise: the air thickens on the way down, so it is not a straight line."""
    if decay >= 0.0 or mean_altitude_km <= floor_km:
        return None
    days = SCALE_HEIGHT_KM / -decay * -math.expm1(-(mean_altitude_km - floor_km) / SCALE_HEIGHT_KM)
    low = FLOOR_LOW * min(1.0, (LONG_FALL_DAYS / days) ** LONG_FALL_POWER)
    return Remaining(days, low * days, FLOOR_HIGH * days)


class AltitudeHistory:
    """The altitude of one object through its element sets.

    Args:
        sets: In order of their epochs; few are asked for again after the first walk through them. Sets that carry a
            note, or whose fit spans a burn, are left out of the trend: their size is off by up to a kilometre.
        burns: What the engines did, in order (`ElementHistory.burns`).
        elements_at: Gives the mean elements of an instant between two sets, None beyond them. Without it the
            altitude is carried on from the last set with the decay.
    """

    def __init__(
        self,
        sets: Sequence[ElementSet],
        burns: Iterable[Burn] = (),
        elements_at: Callable[[float], ElementSet | None] | None = None,
    ) -> None:
        if not sets:
            raise ElementsError(_("there is no element set to work with"))
        self._elements_at = elements_at
        self._sets = sets
        numbers, self.points = _sizes(sets, known_only=True)
        if not numbers:
            numbers, self.points = _sizes(sets, known_only=False)
        self._numbers, self._epochs = numbers, self.points.unix_s
        self._has_band = object_of(self._set(-1)).is_station
        self.burns = tuple(burns)
        self._burns_from = [burn.counts_from_unix_s for burn in self.burns]
        self._undated = tuple(burn for burn in self.burns if burn.unix_s is None)
        self._decays: dict[int, Decay | None] = {}

    def _set(self, place: int) -> ElementSet:
        """The set behind a point, by its place among the points."""
        return self._sets[self._numbers[place]]

    def with_elements(self, elements_at: Callable[[float], ElementSet | None]) -> AltitudeHistory:
        """The same history with another source of the mean elements of an instant."""
        other = copy(self)
        other._elements_at = elements_at
        return other

    def at(self, unix_s: float) -> AltitudeReport:
        """The report as it stood at an instant: sets and burns of later days do not count."""
        count = max(bisect_right(self._epochs, unix_s), 1)
        decay = self._decay_of(count)
        mean = (self._elements_at(unix_s) if self._elements_at is not None else None) or self._set(count - 1)
        sunk_km = decay.km_day * (unix_s - mean.epoch_unix_s) / DAY_S if decay else 0.0
        return AltitudeReport(
            unix_s=unix_s,
            mean_altitude_km=mean.mean_altitude_km + sunk_km,
            perigee_km=mean.perigee_km + sunk_km,
            apogee_km=mean.apogee_km + sunk_km,
            period_min=mean.period_min * (1.0 + sunk_km / mean.semi_major_axis_km) ** 1.5,  # Kepler's third law
            floor_km=BAND_FLOOR_KM if self._has_band else None,
            ceiling_km=BAND_CEILING_KM if self._has_band else None,
            decay=decay if decay_holds(unix_s, self._epochs[count - 1]) else None,
            burns=self.burns[: bisect_right(self._burns_from, unix_s)],
            points=self.points.first(count),
            undated=tuple([burn for burn in self._undated if burn.after_unix_s <= unix_s < burn.before_unix_s]),
        )

    def _decay_of(self, count: int) -> Decay | None:
        """The decay after the first `count` sets, kept from call to call."""
        if count not in self._decays:
            over = [burn.before_unix_s for burn in self.burns if burn.before_unix_s <= self._epochs[count - 1]]
            self._decays[count] = self._decay(count, over[-1] if over else -math.inf)
        return self._decays[count]

    def _decay(self, count: int, burn_over_unix_s: float) -> Decay | None:
        """From the sets of the last ten days since the last burn; from the last set's own rate if it is alone."""
        since_unix_s = max(self._epochs[count - 1] - DECAY_WINDOW_S, burn_over_unix_s)
        first = max(count - MOST_IN_WINDOW, bisect_left(self._epochs, since_unix_s), 0)
        window = [self._set(place) for place in range(first, count)]
        rates = [rate for s in window if (rate := decay_km_day(s)) is not None]
        if not rates:
            return None
        mean = sum(rates) / len(rates)
        spread = math.sqrt(sum((rate - mean) ** 2 for rate in rates) / len(rates))
        if window[-1].epoch_unix_s - window[0].epoch_unix_s < DAY_S:
            if not self._has_band:
                return Decay(rates[-1], spread if len(rates) > 1 else None)
            # Too short for a slope. One set alone says its rate to a quarter or so, as its neighbours show.
            return Decay(rates[-1], math.hypot(max(spread, 0.25 * abs(rates[-1])), DECAY_CHANGE * rates[-1]))
        slope, error = _slope([(s.epoch_unix_s / DAY_S, s.semi_major_axis_km) for s in window])
        return Decay(slope, math.hypot(error, spread, DECAY_CHANGE * slope if self._has_band else 0.0))


def _sizes(sets: Sequence[ElementSet], *, known_only: bool) -> tuple[array[int], AltitudePoints]:
    """The numbers of sets and their points, of all or of those that know their decay."""
    numbers, sizes = array("I"), array("d")
    for number, one in enumerate(sets):
        if not known_only or decay_km_day(one) is not None:
            numbers.append(number)
            sizes.extend((one.epoch_unix_s, one.mean_altitude_km, one.perigee_km, one.apogee_km))
    return numbers, AltitudePoints(sizes, len(numbers))


def altitude_at(orbit: Orbit, unix_s: float) -> AltitudeReport:
    """The report of any orbit: from its history, or from the mean elements of the instant alone."""
    from_history: Callable[[float], AltitudeReport] | None = getattr(orbit, "altitude_at", None)
    if from_history is not None:  # not a protocol checked at run time, which costs more than the report
        return from_history(unix_s)
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
