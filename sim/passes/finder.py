"""Passes of the station over a place: when it rises, culminates and sets, what of it can be seen, is it worth it.

`find_passes` answers for a window of time, `iter_passes` hands the same out day by day (a call blocks for a
millisecond or two), `find_passes_many` shares one computed orbit between many places. Elevations are geometric unless
refraction is asked for; a pass under way at an edge of the window is returned whole.
"""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from sim.astro.frames import teme_to_itrs, topocentric
from sim.astro.refraction import lifted_deg, unlifted_deg
from sim.astro.sun import DARK_SKY_ELEVATION_DEG, SUNSET_ELEVATION_DEG
from sim.astro.sunlight import SunTrack, limb_clearance_rad
from sim.constants import DAY_S
from sim.errors import OrbitError
from sim.named_tuple import NamedTuple
from sim.passes.model import Moment, Pass, PassLight, PassTimes, Span
from sim.passes.search import Found, search
from sim.passes.tracks import Sites, Sky, sky_over
from sim.passes.visibility import Visibility, light_along, seen_from

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from sim.orbit.propagation import Orbit
    from sim.places.place import Place

    Floats = NDArray[np.float64]
    ErrorAt = Callable[[float], float]

__all__ = [
    "Moment",
    "Pass",
    "PassLight",
    "PassTimes",
    "SkyPath",
    "find_pass_times",
    "find_passes",
    "find_passes_many",
    "graded",
    "iter_passes",
    "sky_path",
]

Record = TypeVar("Record", bound=tuple[object, ...])

CHUNK_S = 10.0 * DAY_S
"""Sidereal time and the pole are drawn straight through a chunk; ten days keep that below half a metre."""

_PLACES_AT_ONCE = 40
_LOWEST_THRESHOLD_DEG, _HIGHEST_THRESHOLD_DEG = -5.0, 90.0

GOOD_ELEVATION_DEG, FAIR_ELEVATION_DEG = 40.0, 20.0
GOOD_MAGNITUDE, FAIR_MAGNITUDE = -1.0, 0.5
FAINTEST_MAGNITUDE = 4.5
"""What an eye still finds under a sky that is not perfect."""

GOOD_DURATION_S, FAIR_DURATION_S = 120.0, 60.0
BRIGHT_TWILIGHT_DEG = -9.0
"""What makes a grade, see `graded`; the elements' error is told apart from it (`Pass.error_s`)."""


def find_passes(
    orbit: Orbit,
    place: Place,
    start_unix_s: float,
    end_unix_s: float,
    *,
    min_elevation_deg: float = 0.0,
    visible_only: bool = False,
    refraction: bool = False,
    error_s_at: ErrorAt | None = None,
) -> list[Pass]:
    """All passes of which any part lies in the window, in order of time.

    Args:
        orbit: Whose passes.
        place: The observer.
        start_unix_s: Begin of the window.
        end_unix_s: Its end.
        min_elevation_deg: Rise and set are at this elevation, -5 to 90.
        visible_only: Leave out what cannot be seen.
        refraction: Take elevations (the threshold and those returned) as the air shows them; a pass then begins
            about 11 s earlier and some more passes count.
        error_s_at: Expected error in seconds of the elements at an instant.

    Raises:
        OrbitError: The threshold is out of range or the orbit too slow.
    """
    passes: list[Pass] = []
    for first, last in _chunks(orbit, start_unix_s, end_unix_s, CHUNK_S):
        query = _Query(orbit, first, last, (start_unix_s, end_unix_s), min_elevation_deg, refraction, error_s_at)
        passes += query.passes([place])[0]
    return [p for p in passes if p.windows] if visible_only else passes


def find_pass_times(
    orbit: Orbit, place: Place, start_unix_s: float, end_unix_s: float, *, min_elevation_deg: float = 0.0
) -> list[PassTimes]:
    """Rise, peak and set alone, in half the time of `find_passes`: for contacts of stations on the ground."""
    times: list[PassTimes] = []
    for first, last in _chunks(orbit, start_unix_s, end_unix_s, CHUNK_S):
        query = _Query(orbit, first, last, (start_unix_s, end_unix_s), min_elevation_deg)
        times += query.times(place)
    return times


def iter_passes(
    orbit: Orbit,
    place: Place,
    start_unix_s: float,
    end_unix_s: float,
    *,
    min_elevation_deg: float = 0.0,
    visible_only: bool = False,
    refraction: bool = False,
    error_s_at: ErrorAt | None = None,
) -> Iterator[list[Pass]]:
    """The passes of `find_passes`, a list for each day of the window, so that a screen can draw between them."""
    for first, last in _chunks(orbit, start_unix_s, end_unix_s, DAY_S):
        query = _Query(orbit, first, last, (start_unix_s, end_unix_s), min_elevation_deg, refraction, error_s_at)
        passes = query.passes([place])[0]
        yield [p for p in passes if p.windows] if visible_only else passes


def find_passes_many(
    orbit: Orbit,
    places: Sequence[Place],
    start_unix_s: float,
    end_unix_s: float,
    *,
    min_elevation_deg: float = 0.0,
    visible_only: bool = False,
    refraction: bool = False,
    error_s_at: ErrorAt | None = None,
) -> Iterator[list[Pass]]:
    """The passes of `find_passes` for each of many places, list by list, from an orbit computed once.

    Places are worked through forty at a time; times are good to 0.003 s, what the minute-wise cubics leave.
    """
    queries = [
        _Query(orbit, first, last, (start_unix_s, end_unix_s), min_elevation_deg, refraction, error_s_at, shared=True)
        for first, last in _chunks(orbit, start_unix_s, end_unix_s, CHUNK_S)
    ]
    for begin in range(0, len(places), _PLACES_AT_ONCE):
        group = places[begin : begin + _PLACES_AT_ONCE]
        parts = [query.passes(group) for query in queries]
        for number in range(len(group)):
            passes = [p for part in parts for p in part[number]]
            yield [p for p in passes if p.windows] if visible_only else passes


def _chunks(orbit: Orbit, start_unix_s: float, end_unix_s: float, length_s: float) -> Iterator[Span]:
    """Spans of peaks that cover the window and, by a quarter of a revolution, passes that reach into it."""
    if not end_unix_s > start_unix_s:
        return
    margin_s = orbit.elements(start_unix_s).period_min * 60.0 / 4.0
    inner = np.arange(start_unix_s + length_s, end_unix_s - 0.01 * length_s, length_s).tolist()
    yield from pairwise([start_unix_s - margin_s, *inner, end_unix_s + margin_s])


class _Query:
    """One chunk of a question: what it shares between places."""

    def __init__(
        self,
        orbit: Orbit,
        first_unix_s: float,
        last_unix_s: float,
        window: Span,
        min_elevation_deg: float,
        refraction: bool = False,
        error_s_at: ErrorAt | None = None,
        *,
        shared: bool = False,
    ) -> None:
        if not _LOWEST_THRESHOLD_DEG <= min_elevation_deg < _HIGHEST_THRESHOLD_DEG:
            raise OrbitError(
                f"minimum elevation {min_elevation_deg:g} is outside "
                f"{_LOWEST_THRESHOLD_DEG:g} to {_HIGHEST_THRESHOLD_DEG:g}"
            )
        elements = orbit.elements((first_unix_s + last_unix_s) / 2.0)
        self._period_s, self._eccentricity = elements.period_min * 60.0, elements.eccentricity
        self._span, self._window = (first_unix_s, last_unix_s), window
        self._threshold_deg = unlifted_deg(min_elevation_deg) if refraction else min_elevation_deg
        self._refraction, self._error_s_at = refraction, error_s_at
        reach_s = 0.6 * self._period_s
        self._sky = sky_over(orbit, first_unix_s - reach_s, last_unix_s + reach_s, cached=shared)

    def passes(self, places: Sequence[Place]) -> list[list[Pass]]:
        """The passes of each place whose peaks lie in the chunk."""
        sites = self._sky.turn.sites(places)
        return _built(self._sky, sites, self._found(sites), self._window, self._refraction, self._error_s_at)

    def times(self, place: Place) -> list[PassTimes]:
        """Their times alone, for one place."""
        sites = self._sky.turn.sites([place])
        return _records(PassTimes, *_moments(sites, self._found(sites), self._refraction))

    def _found(self, sites: Sites) -> Found:
        found = search(self._sky, sites, *self._span, self._threshold_deg, self._period_s, self._eccentricity)
        start, end = self._window
        return found.rows((found.set.unix_s > start) & (found.rise.unix_s < end))


def _built(
    sky: Sky, sites: Sites, found: Found, window: Span, refraction: bool, error_s_at: ErrorAt | None
) -> list[list[Pass]]:
    """Objects out of arrays."""
    light = light_along(sky, sites, found)
    rise, peak, set_ = _moments(sites, found, refraction)
    suns_deg = list(zip(*light.sun_elevation_deg.T.tolist(), strict=True))
    grades = list(map(graded, light.visible, light.sunlit, light.sun_elevation_deg.min(axis=1).tolist()))
    columns = (
        rise,
        peak,
        set_,
        (found.rise.unix_s < window[0]).tolist(),
        (found.set.unix_s > window[1]).tolist(),
        [visible.windows if visible else () for visible in light.visible],
        [visible.magnitude if visible else None for visible in light.visible],
        _records(PassLight, suns_deg, light.sunlit),
        [grade for grade, _ in grades],
        [reason for _, reason in grades],
        [error_s_at(moment.unix_s) if error_s_at else None for moment in peak],
    )
    passes = _records(Pass, *columns)
    borders = np.searchsorted(found.site, np.arange(len(sites.position_km) + 1)).tolist()
    return [passes[begin:end] for begin, end in pairwise(borders)]


def _moments(sites: Sites, found: Found, refraction: bool) -> list[list[Moment]]:
    """Rises, peaks and sets as the places see them."""
    count = len(found.site)
    instants = (found.rise, found.peak, found.set)
    sight = np.concatenate([part.sight_km for part in instants]).reshape(3, count, 3)
    east, north, up = np.einsum("kij,mkj->imk", sites.axes[found.site], sight)
    range_km = np.sqrt(east**2 + north**2 + up**2)
    azimuth = np.degrees(np.arctan2(east, north)) % 360.0
    elevation = np.degrees(np.arcsin(up / range_km)).tolist()
    if refraction:
        elevation = [[lifted_deg(value) for value in row] for row in elevation]
    times = [part.unix_s.tolist() for part in instants]
    return list(map(partial(_records, Moment), times, azimuth.tolist(), elevation, range_km.tolist()))


def _records(kind: type[Record], *columns: Iterable[object]) -> list[Record]:
    """Named tuples from columns, past their constructor in Python: it would take a third of a query's time."""
    return list(map(partial(tuple.__new__, kind), zip(*columns, strict=True)))


def graded(visible: Visibility | None, sunlit: tuple[Span, ...], darkest_deg: float) -> tuple[int, str]:
    """Is it worth going outside? 0 to 3, and why.

    - 3: seen for at least 2 minutes, at 40 degrees or higher, magnitude -1 or brighter, in a sky darker than
      the Sun at -9 degrees leaves it.
    - 2: at least 1 minute, 20 degrees or higher, magnitude 0.5 or brighter.
    - 1: can be seen, but falls short of that.
    - 0: cannot be seen, or only through haze near the horizon, fainter than magnitude 4.5.

    Args:
        visible: What can be seen.
        sunlit: Where the station is sunlit.
        darkest_deg: The Sun's lowest elevation of those at rise, peak and set.
    """
    if visible is None:
        if darkest_deg >= DARK_SKY_ELEVATION_DEG:
            return 0, "daylight" if darkest_deg >= SUNSET_ELEVATION_DEG else "the sky is too bright"
        return 0, "sunlit only while the sky is too bright" if sunlit else "in the Earth's shadow"
    if visible.magnitude > FAINTEST_MAGNITUDE:
        return 0, "too low and faint for the eye"
    seen_s = sum(b - a for a, b in visible.windows)
    bright_sky = darkest_deg > BRIGHT_TWILIGHT_DEG
    if (
        visible.elevation_deg >= GOOD_ELEVATION_DEG
        and visible.magnitude <= GOOD_MAGNITUDE
        and seen_s >= GOOD_DURATION_S
        and not bright_sky
    ):
        return 3, "high and bright in a dark sky"
    lacks = [
        word
        for word, lacking in (
            ("low", visible.elevation_deg < FAIR_ELEVATION_DEG),
            ("faint", visible.magnitude > FAIR_MAGNITUDE),
            ("short", seen_s < FAIR_DURATION_S),
        )
        if lacking
    ]
    if lacks:
        return 1, " and ".join(lacks)
    less = [
        word
        for word, lacking in (
            ("in twilight", bright_sky),
            ("not very high", visible.elevation_deg < GOOD_ELEVATION_DEG),
            ("not very bright", visible.magnitude > GOOD_MAGNITUDE),
            ("rather short", seen_s < GOOD_DURATION_S),
        )
        if lacking
    ]
    return 2, ", ".join(less)


class SkyPath(NamedTuple):
    """A pass as a line on the sky, arrays of one length; `magnitude` holds where `sunlit` is true."""

    unix_s: Floats
    azimuth_deg: Floats
    elevation_deg: Floats
    range_km: Floats
    range_rate_km_s: Floats
    sunlit: NDArray[np.bool_]
    magnitude: Floats


def sky_path(orbit: Orbit, place: Place, pass_: Pass, samples: int = 121) -> SkyPath:
    """The way of a pass across the sky, from rise to set in equal steps of time (geometric elevations)."""
    unix_s = np.linspace(pass_.rise.unix_s, pass_.set.unix_s, samples)
    states = orbit.states(unix_s)
    seen = topocentric(place, *teme_to_itrs(unix_s, states.position_teme_km, states.velocity_teme_km_s))
    sun_teme_km = SunTrack(pass_.rise.unix_s, pass_.set.unix_s).teme_km(unix_s)
    sky = sky_over(orbit, pass_.rise.unix_s, pass_.set.unix_s + 1.0)
    site = sky.turn.sites([place])
    sight = sky.turn.applied(unix_s, states.position_teme_km) - site.position_km
    shown, _ = seen_from(sky, site.position_km, site.up, unix_s, sight)
    sunlit = limb_clearance_rad(states.position_teme_km, sun_teme_km) > 0.0
    return SkyPath(unix_s, seen.azimuth_deg, seen.elevation_deg, seen.range_km, seen.range_rate_km_s, sunlit, shown)
