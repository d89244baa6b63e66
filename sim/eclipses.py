"""Light and shadow on board: the light at an instant, its next change, and the eclipses of a span of time.

An exact state gives the osculating ellipse; in it, the middle of the next shadow and the shadow's edges are closed
forms. Each contact is then refined on the orbit itself by a secant that stays between the middle and the day side, so
that no contact can be lost. Plain math: about twenty states an eclipse.
"""

from __future__ import annotations

import math
from contextlib import suppress
from typing import TYPE_CHECKING, Literal

import msgspec

from sim.astro.shadow import Contacts, LightState, light_state, limb_clearance_rad, sun_radius_rad
from sim.astro.sun import sun_moved_km, sun_position_teme_km
from sim.astro.vectors import dot, norm
from sim.constants import MU_KM3_S2, TAU, WGS84_RADIUS_KM
from sim.errors import OrbitError
from sim.orbit.propagation import NEARLY_CIRCULAR, is_slow

if TYPE_CHECKING:
    from sim.orbit.elements import ElementSet
    from sim.orbit.propagation import Orbit, State
    from sim.types import Vector

_MOST_ROUNDS = 40
_LAST_STEP_S, _LAST_SECANT_STEP_S = 0.01, 0.2
"""A step of this size leaves a millisecond: the first slope is good to a tenth, a secant to a thousandth."""

_CARRIED_S = 20.0
"""Over so many seconds a state is carried by two-body motion, for a quarter of what another one costs: what flattening
adds meanwhile moves the station by 2 m, and a contact by 0.3 ms. From the first guess to the contact it is 3 s in the
median, and 16 s in one of a hundred."""

_SURELY_DEEP_RAD = -0.03
"""On the osculating ellipse round a sphere, the clearance in the middle of a shadow is good to a third of this."""

_LONGEST_REACH_S = 43200.0
"""No shadow of the Earth takes longer."""

_GRAZING_RAD = 0.007
"""Deeper and shallower than this, the lowest place of the Sun decides nothing: its disc is 0.0093 wide."""

_LOWEST_STEPS_S = (30.0, 10.0, 5.0)

_MIDDLE_TOLERANCE = 0.03
"""km/s towards the Sun in the middle of a shadow: within some four seconds of it on a low orbit."""


Depth = Literal["penumbra", "centre", "umbra"]


class LightChange(msgspec.Struct, frozen=True):
    """The light on the station and its next change.

    Attributes:
        state: The light at the instant asked for.
        next_state: The light after the change; None where the next revolution brings no change.
        change_unix_s: When it changes; None likewise.
    """

    state: LightState
    next_state: LightState | None = None
    change_unix_s: float | None = None


class Eclipse(msgspec.Struct, frozen=True, kw_only=True):
    """One passage through the Earth's shadow, all times in `unix_s`.

    Attributes:
        enter: The Sun's centre goes behind the Earth's limb; if it never does, the first contact.
        leave: It comes out again; likewise the last contact.
        penumbra_enter: The limb first touches the Sun's disc.
        penumbra_leave: It last touches it.
        umbra_enter: The disc is fully covered; None if it never is.
        umbra_leave: The first edge of it shows again; None likewise.
        penumbra_only: The limb covers less than half of the disc, as happens where beta is large: the Sun's centre
            is always in sight.
    """

    enter: float
    leave: float
    penumbra_enter: float
    penumbra_leave: float
    umbra_enter: float | None
    umbra_leave: float | None
    penumbra_only: bool = False

    @property
    def duration_s(self) -> float:
        """From the Sun's centre gone to the Sun's centre back; of the penumbra alone, from first to last contact."""
        return self.leave - self.enter

    @property
    def deepest(self) -> Depth:
        """How much of the Sun's disc is covered: all of it, its centre, or less than half."""
        return "penumbra" if self.penumbra_only else "centre" if self.umbra_enter is None else "umbra"


def next_light_change(orbit: Orbit, unix_s: float, state: State | None = None) -> LightChange:
    """The light on the station now, and the next contact with penumbra or umbra within a revolution.

    Returns:
        The next state and its instant are None if nothing changes within the next revolution, or the orbit has no
        answer that far ahead.

    Raises:
        OrbitError: The orbit has no answer now.
    """
    if state is None:
        state = orbit.state(unix_s)
    sun_km = sun_position_teme_km(unix_s)
    radius_rad = sun_radius_rad(sun_km)
    now = light_state(limb_clearance_rad(state.position_teme_km, sun_km), radius_rad)
    elements = orbit.elements(unix_s)
    if is_slow(elements):
        return _slow_change(orbit, unix_s, now, elements)
    change_unix_s = None
    with suppress(OrbitError):
        next_state, change_unix_s = _next_contact(orbit, unix_s, state, now, radius_rad)
    if change_unix_s is None:
        return LightChange(state=now)
    return LightChange(state=now, next_state=next_state, change_unix_s=max(change_unix_s, unix_s))


def _next_contact(
    orbit: Orbit, unix_s: float, state: State, now: LightState, radius_rad: float
) -> tuple[LightState, float | None]:
    """The next change and when; None where no shadow is met within a revolution."""
    if now == "sunlit":
        shadow = _Shadow(orbit, unix_s, state, ahead=True)
        change_unix_s = shadow.contact(radius_rad, -1.0)
        later_unix_s = shadow.day_side_unix_s
        if change_unix_s is None and later_unix_s < unix_s + shadow.period_s:  # one missed, the next may be met
            shadow = _Shadow(orbit, later_unix_s, orbit.state(later_unix_s), ahead=True)
            change_unix_s = shadow.contact(radius_rad, -1.0)
        return "penumbra", change_unix_s
    shadow = _Shadow(orbit, unix_s, state, ahead=False)
    if now == "umbra":
        return "penumbra", shadow.contact(-radius_rad, 1.0)
    if unix_s < shadow.middle_unix_s and (change_unix_s := shadow.contact(-radius_rad, -1.0)) is not None:
        return "umbra", change_unix_s
    return "sunlit", shadow.contact(radius_rad, 1.0)


def find_eclipses(orbit: Orbit, start_unix_s: float, end_unix_s: float) -> list[Eclipse]:
    """All eclipses of which any part (from `enter` to `leave`) lies in the window; those at its edges whole.

    Those in which the station enters only the penumbra are among them. Costs about a tenth of a millisecond a
    revolution; slow and long orbits are sampled, which costs ten times as much.
    Eclipses for which the orbit has no answer are left out.
    """
    if not end_unix_s > start_unix_s:
        return []
    elements = orbit.elements(start_unix_s)
    period_s = elements.period_min * 60.0
    if is_slow(elements):
        return _slow_eclipses(orbit, start_unix_s, end_unix_s, period_s)
    found: list[Eclipse | None] = []
    unix_s = start_unix_s - period_s / 2.0
    while unix_s < end_unix_s:
        try:
            shadow = _Shadow(orbit, unix_s, orbit.state(unix_s), ahead=True)
        except OrbitError:
            unix_s += period_s / 4.0
            continue
        unix_s = shadow.day_side_unix_s
        radius_rad = sun_radius_rad(shadow.sun_km(shadow.middle_unix_s))
        try:
            contacts = shadow.contacts(radius_rad), shadow.contacts(0.0), shadow.contacts(-radius_rad)
        except OrbitError:
            continue
        found.append(_eclipse_of(contacts, start_unix_s, end_unix_s))
    return [eclipse for eclipse in found if eclipse is not None]


def _slow_eclipses(orbit: Orbit, start_unix_s: float, end_unix_s: float, period_s: float) -> list[Eclipse]:
    """Eclipses by sampling, those under way at the edges of the window whole."""
    from sim.slow_eclipses import sampled_shadows

    reach_s = min(period_s / 2.0, _LONGEST_REACH_S)
    found = (
        _eclipse_of(contacts, start_unix_s, end_unix_s)
        for contacts in sampled_shadows(orbit, start_unix_s - reach_s, end_unix_s + reach_s)
    )
    return [eclipse for eclipse in found if eclipse is not None]


def _slow_change(orbit: Orbit, unix_s: float, now: LightState, elements: ElementSet) -> LightChange:
    """The next contact with penumbra or umbra within a revolution, by sampling."""
    from sim.slow_eclipses import sampled_shadows

    ahead_s = min(elements.period_min * 60.0, 4.0 * _LONGEST_REACH_S)
    found = sampled_shadows(orbit, unix_s - _LONGEST_REACH_S, unix_s + ahead_s)
    changes: list[tuple[float, LightState]] = []
    for penumbra, _, umbra in found:
        if penumbra is None:
            continue
        changes += [(penumbra[0], "penumbra"), (penumbra[1], "sunlit")]
        if umbra is not None:
            changes += [(umbra[0], "umbra"), (umbra[1], "penumbra")]
    ahead = [(when, state) for when, state in changes if when > unix_s and state != now]
    change_unix_s, next_state = min(ahead, default=(None, None))
    return LightChange(state=now, next_state=next_state, change_unix_s=change_unix_s)


def _eclipse_of(
    contacts: tuple[Contacts, Contacts, Contacts], start_unix_s: float, end_unix_s: float
) -> Eclipse | None:
    """The eclipse with these contacts (penumbra, the Sun's centre, umbra), if it lies in the window."""
    penumbra, centre, umbra = contacts
    shown = centre or penumbra
    if penumbra is None or shown is None or not (shown[1] > start_unix_s and shown[0] < end_unix_s):
        return None
    return Eclipse(
        enter=shown[0],
        leave=shown[1],
        penumbra_enter=penumbra[0],
        penumbra_leave=penumbra[1],
        umbra_enter=umbra[0] if umbra else None,
        umbra_leave=umbra[1] if umbra else None,
        penumbra_only=centre is None,
    )


class _Ellipse:
    """The osculating ellipse of a state, with the direction opposite to the Sun as an angle in its plane.

    Attributes:
        midnight_rad: Angle ahead of the state at which the shadow's axis is nearest, -pi to pi.
        cos_beta: Cosine of the Sun's angle to the plane.
        eccentricity: Osculating.
        period_s: Of a revolution.
    """

    def __init__(self, state: State, sun_km: Vector) -> None:
        (x, y, z), (vx, vy, vz), (sx, sy, sz) = state.position_teme_km, state.velocity_teme_km_s, sun_km
        radius_sq, speed_sq = x * x + y * y + z * z, vx * vx + vy * vy + vz * vz
        radius_km, radial = math.sqrt(radius_sq), x * vx + y * vy + z * vz
        self._momentum = math.sqrt(radius_sq * speed_sq - radial * radial)
        self._semi_latus_rectum_km = self._momentum**2 / MU_KM3_S2
        e_cos = self._semi_latus_rectum_km / radius_km - 1.0
        e_sin = radial / radius_km * self._momentum / MU_KM3_S2
        self.eccentricity = min(math.hypot(e_cos, e_sin), 0.999)
        self._true_anomaly = math.atan2(e_sin, e_cos)
        self._axis_ratio = math.sqrt(1.0 - self.eccentricity**2)
        axis_km = self._semi_latus_rectum_km / self._axis_ratio**2
        self._mean_rate = math.sqrt(MU_KM3_S2 / axis_km) / axis_km
        self._mean_anomaly_now = self._mean_anomaly(self._true_anomaly)
        self.period_s = TAU / self._mean_rate
        sun_distance_km, towards_sun = math.sqrt(sx * sx + sy * sy + sz * sz), sx * x + sy * y + sz * z
        along_radius = towards_sun / (sun_distance_km * radius_km)
        across = (sx * vx + sy * vy + sz * vz) * radius_km - towards_sun * radial / radius_km
        along_motion = across / (sun_distance_km * self._momentum)
        self.midnight_rad = math.atan2(-along_motion, -along_radius)
        self.cos_beta = max(math.hypot(along_radius, along_motion), 1e-9)

    @property
    def deepest_rad(self) -> float:
        """Clearance above the limb of a sphere where the shadow's axis is nearest."""
        return math.acos(min(1.0, self.cos_beta)) - self._limb_rad(self.midnight_rad)

    def _limb_rad(self, angle_rad: float) -> float:
        """Half the angle under which the Earth is seen, at an angle ahead of the state."""
        radius_km = self._semi_latus_rectum_km / (1.0 + self.eccentricity * math.cos(self._true_anomaly + angle_rad))
        return math.asin(WGS84_RADIUS_KM / radius_km if radius_km > WGS84_RADIUS_KM else 1.0)

    def seconds_to(self, angle_rad: float) -> float:
        """Time to an angle ahead of the state, by Kepler's equation."""
        anomaly = self._true_anomaly + angle_rad
        return (self._mean_anomaly(anomaly) - self._mean_anomaly_now) / self._mean_rate

    def _mean_anomaly(self, true_anomaly: float) -> float:
        e, sin, cos = self.eccentricity, math.sin(true_anomaly), math.cos(true_anomaly)
        eccentric = true_anomaly - 2.0 * math.atan2(e * sin, 1.0 + self._axis_ratio + e * cos)
        return eccentric - e * math.sin(eccentric)

    def edge(self, level_rad: float, side: float) -> tuple[float, float]:
        """Seconds from the state to where the clearance passes a level beside midnight, and its rate there (rad/s)."""
        half = 0.0
        for _ in range(1 if self.eccentricity < NEARLY_CIRCULAR else 4):
            limb_rad = self._limb_rad(self.midnight_rad + side * half)
            nadir_rad = limb_rad + level_rad
            cosine = math.cos(nadir_rad) / self.cos_beta
            half = math.acos(cosine) if abs(cosine) < 1.0 else math.pi if cosine < 0.0 else 0.0
        radius_km = WGS84_RADIUS_KM / math.sin(limb_rad)
        rate = self._momentum / radius_km**2 * self.cos_beta * math.sin(half) / math.sin(nadir_rad)
        return self.seconds_to(self.midnight_rad + side * half), max(rate, 1e-7)


def _carried_km(state: State, seconds: float) -> Vector:
    """Where two-body motion takes a state in some seconds: the series of f and g up to their third power."""
    (x, y, z), (vx, vy, vz) = state.position_teme_km, state.velocity_teme_km_s
    radius_sq = x * x + y * y + z * z
    pull = MU_KM3_S2 / (radius_sq * math.sqrt(radius_sq)) * seconds * seconds
    f = 1.0 - pull * (0.5 - 0.5 * seconds * (x * vx + y * vy + z * vz) / radius_sq)
    g = seconds * (1.0 - pull / 6.0)
    return f * x + g * vx, f * y + g * vy, f * z + g * vz


class _Shadow:
    """One passage behind the Earth.

    Attributes:
        middle_unix_s: When the shadow's axis is nearest.
        day_side_unix_s: Half a revolution after it.
        period_s: Of a revolution.

    Args:
        orbit: Where the station is.
        unix_s: An instant within a revolution of the passage.
        state: The state then.
        ahead: The next passage whose middle is still to come, rather than the nearest one.

    Raises:
        OrbitError: The orbit has no answer in the middle of the shadow.
    """

    def __init__(self, orbit: Orbit, unix_s: float, state: State, *, ahead: bool) -> None:
        self._orbit = orbit
        self._sun_unix_s, self._sun_km = unix_s, sun_position_teme_km(unix_s)
        self._ellipse = _Ellipse(state, self._sun_km)
        self._ellipse_unix_s = self._state_unix_s = unix_s
        self._state = state
        if ahead:
            self._ellipse.midnight_rad %= TAU
        self._deepest_rad = self._ellipse.deepest_rad
        for _ in range(5):
            self.middle_unix_s = self._ellipse_unix_s + self._ellipse.seconds_to(self._ellipse.midnight_rad)
            if self._deepest_rad < _SURELY_DEEP_RAD and self._ellipse.eccentricity < NEARLY_CIRCULAR:
                break
            state, sun_km = orbit.state(self.middle_unix_s), self.sun_km(self.middle_unix_s)
            self._deepest_rad = limb_clearance_rad(state.position_teme_km, sun_km)
            # Where the axis is nearest, the motion is across the direction to the Sun.
            if abs(dot(state.velocity_teme_km_s, sun_km)) < _MIDDLE_TOLERANCE * norm(sun_km):
                break
            self._ellipse, self._ellipse_unix_s = _Ellipse(state, sun_km), self.middle_unix_s
        if abs(self._deepest_rad) < _GRAZING_RAD:
            self._go_to_the_lowest()
        self.period_s = self._ellipse.period_s
        self.day_side_unix_s = max(self.middle_unix_s, unix_s) + self.period_s / 2.0

    def sun_km(self, unix_s: float) -> Vector:
        """The Sun in TEME."""
        return sun_moved_km(self._sun_km, unix_s - self._sun_unix_s)

    def _clearance_rad(self, unix_s: float) -> float:
        """Of the Sun's centre above the limb, by the last state asked for where that is near."""
        seconds = unix_s - self._state_unix_s
        if abs(seconds) > _CARRIED_S:
            self._state, self._state_unix_s, seconds = self._orbit.state(unix_s), unix_s, 0.0
        position_teme_km = _carried_km(self._state, seconds) if seconds else self._state.position_teme_km
        return limb_clearance_rad(position_teme_km, self.sun_km(unix_s))

    def _go_to_the_lowest(self) -> None:
        """Move the middle to where the Sun stands lowest, by parabolas.

        Because the Earth is oblate that is up to half a minute from the axis, and a hundredth of a degree lower: a
        grazing penumbra of a minute and more would be missed.
        """
        for step_s in _LOWEST_STEPS_S:
            before, here, after = (self._clearance_rad(self.middle_unix_s + k * step_s) for k in (-1.0, 0.0, 1.0))
            bend = before - 2.0 * here + after
            if bend > 0.0:
                shift_s = 0.5 * step_s * (before - after) / bend
                self.middle_unix_s += max(-2.0 * step_s, min(2.0 * step_s, shift_s))
        self._deepest_rad = self._clearance_rad(self.middle_unix_s)

    def contacts(self, level_rad: float) -> Contacts:
        """When the Sun's centre goes below a clearance above the limb, and when it comes back.

        Raises:
            OrbitError: The orbit has no answer on the way.
        """
        enter, leave = self.contact(level_rad, -1.0), self.contact(level_rad, 1.0)
        return None if enter is None or leave is None else (enter, leave)

    def contact(self, level_rad: float, side: float) -> float | None:
        """When the Sun's centre passes a clearance above the limb, before (-1) or after (+1) the middle.

        None where the shadow is not that deep.

        Raises:
            OrbitError: The orbit has no answer on the way.
        """
        if self._deepest_rad >= level_rad:
            return None
        seconds, slope = self._ellipse.edge(level_rad, side)
        x = side * (self._ellipse_unix_s + seconds - self.middle_unix_s)
        inner, outer = 0.0, self._ellipse.period_s / 2.0
        if not inner < x < outer:
            x = (inner + outer) / 2.0
        last_x, last_excess, last_step_s = math.nan, math.nan, _LAST_STEP_S
        for _ in range(_MOST_ROUNDS):
            unix_s = self.middle_unix_s + side * x
            excess = self._clearance_rad(unix_s) - level_rad
            if excess < 0.0:
                inner = x
            else:
                outer = x
            secant = (excess - last_excess) / (x - last_x)
            if secant > 0.0:
                slope, last_step_s = secant, _LAST_SECANT_STEP_S
            step = -excess / slope
            if not inner < x + step < outer:
                step = (inner + outer) / 2.0 - x
            last_x, last_excess = x, excess
            x += step
            if abs(step) < last_step_s:
                break
        return self.middle_unix_s + side * x
