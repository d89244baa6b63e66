"""Makes the scene of the map from a frame, with what has to be computed for it."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

from sim.astro.frames import itrs_to_geodetic, teme_position_to_itrs
from sim.astro.shadow import shadow_state
from sim.astro.sun import subsolar_point
from sim.constants import MEAN_EARTH_RADIUS_KM, MINUTE_S
from sim.errors import OrbitError
from sim.language import _, text_cache
from sim.orbit.uncertainty import plane_error
from sim.sanitize import clean
from tui.drawing.memo import Identity
from tui.map.scene import MapScene, TimeMark
from tui.wording import quantities

if TYPE_CHECKING:
    from sim.orbit.propagation import Orbit
    from sim.passes.model import Pass
    from sim.places.place import Place as Site
    from tui.map.projection import Place
    from tui.session.frame import Frame, TrackPoint

TIMES_MIN = ((1.5, 10), (3.0, 5), (8.0, 2), (16.0, 1))
"""Up to which zoom times stand so many minutes apart along the track."""

STEPS_FROM_RATE, LIGHT_STEP_S = 300.0, 960.0
"""From this rate on the light on the ground moves on by 4 degrees at a time; standing still it is exact again."""

TIMES_AHEAD_S = 5400.0
"""So far ahead times stand along the track."""

BELOW_ORBIT_STEP_S, BELOW_ORBIT_POINTS = 60.0, 180
"""The Earth turns by a quarter of a degree in a step; there is a point every two degrees."""

PASS_TIME_FROM_ZOOM = 3.0
"""From this zoom on every minute of the next pass says which it is."""


def map_scene(
    frame: Frame, layers: frozenset[str] = frozenset(), zoom: float = 1.0, *, draft: bool = False
) -> MapScene:
    """The scene of a frame.

    Args:
        frame: The instant.
        layers: Names of the layers that are shown: what is not shown is not computed.
        zoom: How large the map is.
        draft: Leave out what can wait for the first picture.
    """
    sun_latitude_deg, sun_longitude_deg = subsolar_point(_lit_unix_s(frame))
    observer = (frame.place.latitude_deg, frame.place.longitude_deg, frame.place.label)
    label = clean(_(frame.status.object.label), limit=24)
    position, state = frame.status.known_position, frame.status.state
    if position is None:
        return MapScene(
            latitude_deg=observer[0],
            longitude_deg=observer[1],
            subsolar_latitude_deg=sun_latitude_deg,
            subsolar_longitude_deg=sun_longitude_deg,
            observer=observer,
            label=label,
            uncertain=True,
            possible=() if draft else _possible(frame),
        )
    radius = math.degrees(math.acos(MEAN_EARTH_RADIUS_KM / (MEAN_EARTH_RADIUS_KM + max(position.height_km, 0.0))))
    past, future = Identity(frame.past), Identity(frame.future)
    return MapScene(
        latitude_deg=position.latitude_deg,
        longitude_deg=position.longitude_deg,
        subsolar_latitude_deg=sun_latitude_deg,
        subsolar_longitude_deg=sun_longitude_deg,
        past=_places(past),
        future=_places(future),
        past_light=_light(past),
        future_light=_light(future),
        footprint_radius_deg=radius,
        observer=observer,
        label=label,
        height_km=position.height_km,
        course_deg=position.heading_east_deg,
        sunlit=state is None or shadow_state(frame.unix_s, state.position_teme_km) == "sunlit",
        times=_times(frame, zoom) if "minutes" in layers else (),
        next_pass=_next_pass(frame, zoom) if "pass" in layers else (),
    )


def _possible(frame: Frame) -> tuple[tuple[Place, ...], ...]:
    """The lines on which or between which the station is; none of another object whose elements say nothing."""
    status = frame.status
    if not status.object.is_station:
        return ()
    if status.position is None or not plane_error(frame.orbit, frame.unix_s).is_known:
        return _parallels(round(status.element_set.inclination_deg, 1))
    return _below_orbit(Identity(frame.orbit), frame.unix_s // BELOW_ORBIT_STEP_S)


@lru_cache(maxsize=4)
def _below_orbit(orbit: Identity[Orbit], step: float) -> tuple[tuple[Place, ...], ...]:
    """The line below the orbit in the middle of a step: the Earth turns under it."""
    from sim.orbit.plane import places_below

    return (tuple(places_below(orbit.value, (step + 0.5) * BELOW_ORBIT_STEP_S, BELOW_ORBIT_POINTS)),)


@lru_cache(maxsize=4)
def _parallels(inclination_deg: float) -> tuple[tuple[Place, ...], ...]:
    """The northernmost and the southernmost places below an orbit of an inclination, eastwards."""
    return tuple(
        tuple((latitude_deg, float(longitude_deg)) for longitude_deg in range(-180, 181, 3))
        for latitude_deg in (inclination_deg, -inclination_deg)
    )


@lru_cache(maxsize=4)
def _places(track: Identity[tuple[TrackPoint, ...]]) -> tuple[Place, ...]:
    return tuple((p.latitude_deg, p.longitude_deg) for p in track.value)


@lru_cache(maxsize=4)
def _light(track: Identity[tuple[TrackPoint, ...]]) -> tuple[float, ...]:
    return tuple(p.clearance_rad for p in track.value)


def _lit_unix_s(frame: Frame) -> float:
    """The instant of the light on the ground: that of the frame, or while time flies the begin of a step.

    Twilight would pass over half of the map with every frame, faster than anybody follows it.
    """
    clock = frame.clock
    if clock.paused or abs(clock.rate) < STEPS_FROM_RATE:
        return frame.unix_s
    return math.floor(frame.unix_s / LIGHT_STEP_S) * LIGHT_STEP_S


def _times(frame: Frame, zoom: float) -> tuple[TimeMark, ...]:
    """Times of day along the track ahead, at whole multiples of some minutes so that they stay where they are."""
    step_s = next(minutes for limit, minutes in TIMES_MIN if zoom <= limit) * MINUTE_S
    first = math.floor(frame.unix_s / step_s) + 1
    last = math.floor((frame.unix_s + TIMES_AHEAD_S) / step_s)
    return _times_between(Identity(frame.orbit), first, last, step_s, frame.place, frame.utc)


@lru_cache(maxsize=4)
def _times_between(
    orbit: Identity[Orbit], first: int, last: int, step_s: float, place: Site, utc: bool
) -> tuple[TimeMark, ...]:
    marks = []
    for number in range(first, last + 1):
        below = _below(orbit, number * step_s)
        if below is not None:
            text = quantities.clock_time(number * step_s, place, utc=utc, pattern="%H:%M")
            marks.append(TimeMark(*below, text))
    return tuple(marks)


@lru_cache(maxsize=512)
def _below(orbit: Identity[Orbit], unix_s: float) -> Place | None:
    """The place below the station; `None` where the orbit has no answer."""
    try:
        state = orbit.value.state(unix_s)
    except OrbitError:
        return None
    latitude_deg, longitude_deg, _height_km = itrs_to_geodetic(teme_position_to_itrs(unix_s, state.position_teme_km))
    return latitude_deg, longitude_deg


def _next_pass(frame: Frame, zoom: float) -> tuple[TimeMark, ...]:
    """The ground track of the next pass that can be seen, from rise to set, minute by minute."""
    chosen = next((p for p in frame.passes or () if p.windows and p.set.unix_s > frame.unix_s), None)
    if chosen is None:
        return ()
    rise_s = round(chosen.rise.unix_s)
    is_today = quantities.calendar_days(frame.unix_s, rise_s, frame.zone) == 0
    head = "" if is_today else f"{frame.day_word(rise_s)} "
    return _pass_marks(Identity(frame.orbit), chosen, head, frame.place, frame.utc, zoom >= PASS_TIME_FROM_ZOOM)


@text_cache(maxsize=4)
def _pass_marks(
    orbit: Identity[Orbit], pass_: Pass, head: str, place: Site, utc: bool, each_minute: bool
) -> tuple[TimeMark, ...]:
    first, last = pass_.rise.unix_s, pass_.set.unix_s
    minutes = range(math.floor(first / MINUTE_S) + 1, math.ceil(last / MINUTE_S))
    minutes_as_known = quantities.minute_pattern(pass_.error)
    marks = []
    for unix_s in (first, *(minute * MINUTE_S for minute in minutes), last):
        below = _below(orbit, unix_s)
        if below is None:
            return ()
        text = ""
        if unix_s == first:
            rise = head + quantities.clock_time(unix_s, place, utc=utc, pattern=minutes_as_known)
            text = _("pass {rise}").format(rise=rise)
        elif each_minute and unix_s != last:
            text = quantities.clock_time(unix_s, place, utc=utc, pattern=minutes_as_known)
        seen = any(window.from_unix_s <= unix_s <= window.to_unix_s for window in pass_.windows)
        marks.append(TimeMark(*below, text, seen))
    return tuple(marks)
