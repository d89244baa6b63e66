"""The Sun at one instant, in plain math: where it stands, how it lights a place, the station and its orbit.

The series is Meeus, Astronomical Algorithms, chapter 25 (mean equinox, equation of centre, aberration, the largest
term of nutation), with the five periodic terms of Newcomb's theory that exceed a second of arc (Venus, Jupiter, the
Moon). Against DE421 it stays within 0.004 degrees from 2021 to 2034, which is 0.02 s of an eclipse. Vectors are
turned to TEME (true equator, *mean* equinox) because the orbit lives there; left in J2000 they would move every
eclipse by 7 s. `sim.astro.sunlight` gives the same for many instants at once.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from sim.astro.earth_orientation import gmst82_rad, orientation_at
from sim.astro.scalar import geodetic_to_itrs
from sim.constants import AU_KM, DAY_S, DEG, SUN_RADIUS_KM, WGS84_FLATTENING, WGS84_RADIUS_KM
from sim.errors import OrbitError
from sim.named_tuple import NamedTuple
from sim.time import J2000_UNIX_S

if TYPE_CHECKING:
    from sim.orbit.propagation import Orbit, State
    from sim.places.place import Place

Vector = tuple[float, float, float]
LightState = Literal["sunlit", "penumbra", "umbra"]
Twilight = Literal["day", "civil twilight", "nautical twilight", "astronomical twilight", "night"]

TT_MINUS_UTC_S = 69.184
"""Since 2017; a wrong second of it moves the Sun by 0.04 seconds of arc."""

SUNSET_ELEVATION_DEG = -0.833
"""Geometric elevation of the Sun's centre when its upper limb touches the horizon (34' refraction, 16' radius)."""

DARK_SKY_ELEVATION_DEG = -6.0
"""The Sun this low, the station can be seen with the naked eye: the end of civil twilight."""

_CENTURY_S = 36525.0 * DAY_S
_Z_SCALE = 1.0 / (1.0 - WGS84_FLATTENING)
_PERTURBATIONS_DEG = (  # amplitude, phase of the cosine at J2000, rate per century
    (0.00134, 351.98, 22518.7541),  # Venus
    (0.00154, 254.08, 45037.5082),  # Venus
    (0.00200, 157.05, 32964.3577),  # Jupiter
    (0.00179, 207.85, 445267.1142),  # the Earth's way round the barycentre with the Moon
    (0.00178, 161.39, 20.2),  # Venus and the Earth, 1,800 years long
)
_TWILIGHTS: tuple[tuple[float, Twilight], ...] = (
    (SUNSET_ELEVATION_DEG, "day"),
    (-6.0, "civil twilight"),
    (-12.0, "nautical twilight"),
    (-18.0, "astronomical twilight"),
)


class SkyPosition(NamedTuple):
    """A body in the sky of a place: azimuth clockwise from north and geometric elevation."""

    azimuth_deg: float
    elevation_deg: float


class LightChange(NamedTuple):
    """The light on the station and what comes next; the last two are None where the next revolution brings nothing."""

    state: LightState
    next_state: LightState | None
    change_unix_s: float | None


@lru_cache(maxsize=16)  # the light, the plane's angle and the place's sky all ask for the one instant of a frame
def sun_position_teme_km(unix_s: float) -> Vector:
    """Apparent geocentric position of the Sun in TEME, km (about 3 microseconds)."""
    t = (unix_s + TT_MINUS_UTC_S - J2000_UNIX_S) / _CENTURY_S
    anomaly = (357.52911 + (35999.05029 - 0.0001537 * t) * t) * DEG
    centre_deg = (
        (1.914602 - (0.004817 + 0.000014 * t) * t) * math.sin(anomaly)
        + (0.019993 - 0.000101 * t) * math.sin(2.0 * anomaly)
        + 0.000289 * math.sin(3.0 * anomaly)
    )
    node = (125.04 - 1934.136 * t) * DEG
    nutation_deg = -0.00478 * math.sin(node)
    longitude_deg = 280.46646 + (36000.76983 + 0.0003032 * t) * t + centre_deg - 0.00569 + nutation_deg
    for amplitude_deg, phase_deg, rate_deg in _PERTURBATIONS_DEG:
        longitude_deg += amplitude_deg * math.cos((phase_deg + rate_deg * t) * DEG)
    obliquity = (23.439291 - 0.0130042 * t + 0.00256 * math.cos(node)) * DEG
    eccentricity = 0.016708634 - 0.000042037 * t
    distance_km = (
        AU_KM * 1.000001018 * (1.0 - eccentricity**2) / (1.0 + eccentricity * math.cos(anomaly + centre_deg * DEG))
    )
    longitude = longitude_deg * DEG
    x, sin_longitude = math.cos(longitude), math.sin(longitude)
    y, z = sin_longitude * math.cos(obliquity), sin_longitude * math.sin(obliquity)
    # From the true to the mean equinox: turn by the equation of the equinoxes, so small that its square is nothing.
    turn = nutation_deg * math.cos(obliquity) * DEG
    return distance_km * (x + turn * y), distance_km * (y - turn * x), distance_km * z


def sun_position_itrs_km(unix_s: float) -> Vector:
    """Apparent position of the Sun in the frame that turns with the Earth (pole motion, 0.3 arc seconds, left out)."""
    x, y, z = sun_position_teme_km(unix_s)
    theta = gmst82_rad(unix_s, orientation_at(unix_s).ut1_minus_utc_s)
    cos, sin = math.cos(theta), math.sin(theta)
    return cos * x + sin * y, cos * y - sin * x, z


def subsolar_point(unix_s: float) -> tuple[float, float]:
    """Geodetic latitude and longitude (degrees north and east) where the Sun stands in the zenith.

    The vertical of the ellipsoid points to the Sun there, so the latitude is the declination itself.
    """
    x, y, z = sun_position_itrs_km(unix_s)
    return math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x))


def sky_position(place: Place, position_itrs_km: Vector) -> SkyPosition:
    """Where a place sees a body: geometric, parallax included."""
    site = geodetic_to_itrs(place.latitude_deg, place.longitude_deg, place.height_m / 1000.0)
    dx, dy, dz = (p - s for p, s in zip(position_itrs_km, site, strict=True))
    latitude, longitude = place.latitude_deg * DEG, place.longitude_deg * DEG
    sin_lat, cos_lat = math.sin(latitude), math.cos(latitude)
    sin_lon, cos_lon = math.sin(longitude), math.cos(longitude)
    outward = cos_lon * dx + sin_lon * dy
    east = cos_lon * dy - sin_lon * dx
    north = cos_lat * dz - sin_lat * outward
    up = cos_lat * outward + sin_lat * dz
    return SkyPosition(
        math.degrees(math.atan2(east, north)) % 360.0, math.degrees(math.atan2(up, math.hypot(east, north)))
    )


def sun_in_sky(unix_s: float, place: Place) -> SkyPosition:
    """Azimuth and geometric elevation of the Sun's centre at a place."""
    return sky_position(place, sun_position_itrs_km(unix_s))


def sun_elevation_deg(unix_s: float, place: Place) -> float:
    """Geometric elevation of the Sun's centre at a place."""
    return sun_in_sky(unix_s, place).elevation_deg


def twilight_name(sun_elevation_deg: float) -> Twilight:
    """What the sky is called when the Sun stands at a geometric elevation."""
    for lowest_deg, name in _TWILIGHTS:
        if sun_elevation_deg >= lowest_deg:
            return name
    return "night"


def beta_angle_deg(unix_s: float, state: State) -> float:
    """Angle between the Sun and the orbit's plane, positive on the side of the orbit's angular momentum."""
    sun = sun_position_teme_km(unix_s)
    normal = _cross(*state)
    return math.degrees(math.asin(_dot(normal, sun) / math.sqrt(_dot(normal, normal) * _dot(sun, sun))))


def local_solar_time_h(unix_s: float, longitude_deg: float) -> float:
    """Apparent solar time at a longitude: hours, 12 when the Sun crosses the meridian."""
    _, subsolar_longitude_deg = subsolar_point(unix_s)
    return (12.0 + (longitude_deg - subsolar_longitude_deg) / 15.0) % 24.0


def equation_of_time_min(unix_s: float) -> float:
    """Apparent less mean solar time in minutes: what a sundial is fast."""
    ut1_s = unix_s + orientation_at(unix_s).ut1_minus_utc_s
    difference_h = local_solar_time_h(unix_s, 0.0) - ut1_s % DAY_S / 3600.0
    return ((difference_h + 12.0) % 24.0 - 12.0) * 60.0


def limb_clearance_rad(position_teme_km: Vector, sun_teme_km: Vector) -> float:
    """How far the Sun's centre stands above the Earth's limb as the station sees it; negative behind the Earth.

    With z stretched so that the ellipsoid becomes a sphere, lines stay lines and the limb becomes a circle.
    """
    x, y, z = position_teme_km
    z *= _Z_SCALE
    sx, sy, sz = sun_teme_km[0] - x, sun_teme_km[1] - y, sun_teme_km[2] * _Z_SCALE - z
    radius = math.sqrt(x * x + y * y + z * z)
    nadir_cos = -(x * sx + y * sy + z * sz) / (radius * math.sqrt(sx * sx + sy * sy + sz * sz))
    return math.acos(max(-1.0, min(1.0, nadir_cos))) - math.asin(min(1.0, WGS84_RADIUS_KM / radius))


def sun_radius_rad(sun_teme_km: Vector) -> float:
    """Half the apparent width of the Sun's disc."""
    return math.asin(SUN_RADIUS_KM / math.sqrt(_dot(sun_teme_km, sun_teme_km)))


def shadow_state(unix_s: float, position_teme_km: Vector) -> LightState:
    """Whether the station sees the whole Sun, a part of it or nothing of it (the air's bending left out)."""
    sun = sun_position_teme_km(unix_s)
    return _state_of(limb_clearance_rad(position_teme_km, sun), sun_radius_rad(sun))


def _state_of(clearance_rad: float, radius_rad: float) -> LightState:
    if clearance_rad >= radius_rad:
        return "sunlit"
    return "penumbra" if clearance_rad > -radius_rad else "umbra"


def next_light_change(orbit: Orbit, unix_s: float, state: State | None = None) -> LightChange:
    """The light on the station now and the next contact with penumbra or umbra.

    The shadow's edges lie at known angles of a circular orbit; from there three or four exact states close in on the
    contact (some 30 microseconds). Where that fails (a grazing shadow, a long ellipse) the next revolution is
    searched step by step.

    Args:
        orbit: Where the station is.
        unix_s: Now.
        state: The orbit's state now, if that is known already.

    Returns:
        The next state and its instant are None if nothing changes within the next revolution, or the orbit has no
        answer that far ahead.
    """
    if state is None:
        state = orbit.state(unix_s)
    sun = sun_position_teme_km(unix_s)
    radius_rad = sun_radius_rad(sun)
    clearance_rad = limb_clearance_rad(state.position_teme_km, sun)
    now = _state_of(clearance_rad, radius_rad)
    plane = _Plane(state, sun)
    try:
        for wanted, level_rad, rising in _exits(now, radius_rad):
            change = _contact(orbit, unix_s, plane, level_rad, rising=rising)
            if change is not None and (now != "penumbra" or change - unix_s < plane.period_s / 8.0):
                return LightChange(now, wanted, change)
        return _searched_change(orbit, unix_s, now, plane.period_s)
    except OrbitError:
        return LightChange(now, None, None)


def _exits(now: LightState, radius_rad: float) -> tuple[tuple[LightState, float, bool], ...]:
    """Ways out of a state: the next state, the clearance where it begins, and whether the clearance grows."""
    if now == "sunlit":
        return (("penumbra", radius_rad, False),)
    if now == "umbra":
        return (("penumbra", -radius_rad, True),)
    return (("umbra", -radius_rad, False), ("sunlit", radius_rad, True))


class _Plane:
    """The osculating circle of a state, with the Sun and its shadow as angles along it."""

    def __init__(self, state: State, sun: Vector) -> None:
        r, v = state
        self.radius_km = math.sqrt(_dot(r, r))
        normal = _cross(r, v)
        momentum = math.sqrt(_dot(normal, normal))
        self.rate_rad_s = momentum / self.radius_km**2
        self.period_s = 2.0 * math.pi / self.rate_rad_s
        ahead = _cross(normal, r)
        sun_km = math.sqrt(_dot(sun, sun))
        along_r = _dot(sun, r) / (sun_km * self.radius_km)
        along_v = _dot(sun, ahead) / (sun_km * self.radius_km * momentum)
        self.cos_beta = math.hypot(along_r, along_v)
        self.midnight_rad = math.atan2(-along_v, -along_r)
        self.limb_rad = math.asin(min(1.0, WGS84_RADIUS_KM / self.radius_km))

    def edge(self, level_rad: float, *, rising: bool) -> tuple[float, float] | None:
        """Seconds to where the clearance passes a level, and its rate there in rad/s; None if it never does."""
        nadir_rad = self.limb_rad + level_rad
        cos_half = math.cos(nadir_rad) / max(self.cos_beta, 1e-9)
        if cos_half >= 1.0:
            return None
        half = math.acos(cos_half)
        angle = self.midnight_rad + (half if rising else -half)
        rate = self.rate_rad_s * self.cos_beta * math.sin(half) / math.sin(nadir_rad)
        return angle / self.rate_rad_s, (rate if rising else -rate)


def _contact(orbit: Orbit, unix_s: float, plane: _Plane, level_rad: float, *, rising: bool) -> float | None:
    """The next instant the clearance passes a level, or None where the closed form does not lead there."""
    edge = plane.edge(level_rad, rising=rising)
    if edge is None:
        return None
    ahead_s, rate = edge
    ahead_s %= plane.period_s
    # An edge just passed comes again after a revolution, unless the circle's error only makes it look passed.
    for start in (ahead_s - plane.period_s, ahead_s) if ahead_s > 0.97 * plane.period_s else (ahead_s,):
        root = _secant(orbit, unix_s + start, level_rad, rate)
        if root is not None and root > unix_s:
            return root
    return None


def _secant(orbit: Orbit, guess_unix_s: float, level_rad: float, rate_rad_s: float) -> float | None:
    """Close in on the crossing of a level near a guess; None where that does not settle within some minutes."""
    sun = sun_position_teme_km(guess_unix_s)

    def excess(at_unix_s: float) -> float:
        return limb_clearance_rad(orbit.state(at_unix_s).position_teme_km, sun) - level_rad

    at, value, slope = guess_unix_s, excess(guess_unix_s), rate_rad_s
    good_enough_s = 0.01  # the closed form's slope may be a tenth off; a secant's leaves far less
    for _ in range(8):
        step_s = -value / slope
        if not abs(step_s) < 300.0:
            return None
        at += step_s
        if abs(step_s) < good_enough_s:
            return at
        if abs(step_s) > 2.0:
            sun = sun_position_teme_km(at)
        new = excess(at)
        if (new - value) * step_s * rate_rad_s <= 0.0:  # the slope turned: not the edge that was meant
            return None
        slope, value, good_enough_s = (new - value) / step_s, new, 0.3
    return None


def _searched_change(orbit: Orbit, unix_s: float, now: LightState, period_s: float) -> LightChange:
    """The slow and certain way: minute by minute through a revolution, then halving."""

    def state_at(at_unix_s: float) -> LightState:
        return shadow_state(at_unix_s, orbit.state(at_unix_s).position_teme_km)

    before = unix_s
    steps = max(90, math.ceil(period_s / 60.0))
    for number in range(1, steps + 2):
        after = unix_s + number * period_s / steps
        if state_at(after) == now:
            before = after
            continue
        while after - before > 1e-3:
            middle = (before + after) / 2.0
            if state_at(middle) == now:
                before = middle
            else:
                after = middle
        return LightChange(now, state_at(after), after)
    return LightChange(now, None, None)


def _dot(a: Vector, b: Vector) -> float:
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def _cross(a: Vector, b: Vector) -> Vector:
    return a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]
