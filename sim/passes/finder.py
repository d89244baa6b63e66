"""Passes of the station over a place: when it rises, culminates and sets, what of it can be seen, is it worth it.

Ten days of the station take one to two milliseconds; slow and long orbits, whose passes last for hours or for ever,
tens of them. Elevations are geometric; a pass under way at an edge of the window is returned whole.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from sim.astro.frames import azimuth_elevation_deg
from sim.astro.vectors import columns
from sim.constants import DAY_S
from sim.errors import OrbitError
from sim.language import _
from sim.orbit.coverage import answer_ends
from sim.orbit.propagation import is_slow
from sim.passes.grading import grade_pass
from sim.passes.model import Moment, Pass, PassLight, PassTimes, Span
from sim.passes.search import FoundPasses, search, search_cut
from sim.passes.skyline import above_horizon
from sim.passes.slow_search import reach_s, slow_light, slow_search
from sim.passes.tracks import Sites, dot, sky_over
from sim.passes.visibility import light_along

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sim.astro.photometry import StandardMagnitude
    from sim.orbit.propagation import Orbit
    from sim.orbit.uncertainty import ErrorAt
    from sim.passes.horizon import Horizon
    from sim.places.place import Place

    StandardMagnitudeAt = Callable[[float], StandardMagnitude | None]

CHUNK_S = 10.0 * DAY_S
"""Sidereal time and the pole are drawn straight through a chunk; ten days keep that below half a metre."""

_LOWEST_THRESHOLD_DEG, _HIGHEST_THRESHOLD_DEG = -5.0, 90.0


def find_passes(
    orbit: Orbit,
    place: Place,
    start_unix_s: float,
    end_unix_s: float,
    *,
    min_elevation_deg: float = 0.0,
    error_at: ErrorAt | None = None,
    standard_magnitude_at: StandardMagnitudeAt | None = None,
    horizon: Horizon | None = None,
) -> list[Pass]:
    """All passes of which any part lies in the window, in order of time.

    Args:
        orbit: Whose passes.
        place: The observer.
        start_unix_s: Begin of the window.
        end_unix_s: Its end.
        min_elevation_deg: Rise and set are at this elevation, -5 to 90.
        error_at: Expected error of the elements at an instant.
        standard_magnitude_at: How bright the object is by itself at an instant, None where that is not known; without
            it visible means sunlit in a dark sky, and no pass has a magnitude or a grade above 0.
        horizon: What hides the station beside the minimum elevation: trees and houses; None where nothing does.

    Raises:
        OrbitError: The threshold is out of range.
    """
    passes: list[Pass] = []
    for first, last in _chunks(orbit, start_unix_s, end_unix_s):
        query = _Query(orbit, first, last, (start_unix_s, end_unix_s), min_elevation_deg, error_at)
        passes += query.passes(place, standard_magnitude_at)
    if horizon is not None:
        return above_horizon(passes, orbit, place, horizon, (start_unix_s, end_unix_s))
    return passes


def find_pass_times(
    orbit: Orbit, place: Place, start_unix_s: float, end_unix_s: float, *, min_elevation_deg: float = 0.0
) -> list[PassTimes]:
    """Rise, peak and set alone, in half the time of `find_passes`: for contacts of ground stations."""
    times: list[PassTimes] = []
    for first, last in _chunks(orbit, start_unix_s, end_unix_s):
        query = _Query(orbit, first, last, (start_unix_s, end_unix_s), min_elevation_deg)
        times += query.times(place)
    return times


def _chunks(orbit: Orbit, start_unix_s: float, end_unix_s: float) -> Iterator[Span]:
    """Spans of peaks that cover the window and, by a quarter of a revolution, passes that reach into it."""
    if not end_unix_s > start_unix_s:
        return
    elements = orbit.elements(start_unix_s)
    if is_slow(elements):  # its passes know no chunks
        yield start_unix_s, end_unix_s
        return
    margin_s = elements.period_min * 60.0 / 4.0
    inner = np.arange(start_unix_s + CHUNK_S, end_unix_s - 0.01 * CHUNK_S, CHUNK_S).tolist()
    yield from pairwise([start_unix_s - margin_s, *inner, end_unix_s + margin_s])


class _Query:
    """One chunk of a question for one place."""

    def __init__(
        self,
        orbit: Orbit,
        first_unix_s: float,
        last_unix_s: float,
        window: Span,
        min_elevation_deg: float,
        error_at: ErrorAt | None = None,
    ) -> None:
        if not _LOWEST_THRESHOLD_DEG <= min_elevation_deg < _HIGHEST_THRESHOLD_DEG:
            raise OrbitError(
                _(
                    "minimum elevation {min_elevation_deg:g} is outside {lowest_threshold_deg:g} to "
                    "{highest_threshold_deg:g}"
                ).format(
                    min_elevation_deg=min_elevation_deg,
                    lowest_threshold_deg=_LOWEST_THRESHOLD_DEG,
                    highest_threshold_deg=_HIGHEST_THRESHOLD_DEG,
                )
            )
        elements = orbit.elements((first_unix_s + last_unix_s) / 2.0)
        self._period_s, self._eccentricity = elements.period_min * 60.0, elements.eccentricity
        self._span, self._window = (first_unix_s, last_unix_s), window
        self._threshold_deg, self._error_at = min_elevation_deg, error_at
        self._is_slow = is_slow(elements)
        beyond_s = reach_s(self._period_s) if self._is_slow else 0.6 * self._period_s
        self._sky = sky_over(orbit, first_unix_s - beyond_s, last_unix_s + beyond_s)

    def passes(self, place: Place, standard_magnitude_at: StandardMagnitudeAt | None) -> list[Pass]:
        """The passes whose peaks lie in the chunk."""
        sites = self._sky.turn.sites([place])
        found = self._found(sites)
        standards = [standard_magnitude_at(t) if standard_magnitude_at else None for t in found.peak.unix_s.tolist()]
        magnitudes = np.array([math.nan if one is None else one.magnitude for one in standards])
        light = (slow_light if self._is_slow else light_along)(self._sky, sites, found, magnitudes)
        return [
            Pass(
                rise=times.rise,
                peak=times.peak,
                set=times.set,
                windows=visible.windows if visible else (),
                magnitude=visible.magnitude if visible and visible.windows else None,
                standard=standard,
                light=PassLight(sun_elevations_deg=suns_deg, sunlit=sunlit),
                grade=number,
                reason=reason,
                error=self._error_at(times.peak.unix_s) if self._error_at else None,
                rise_known=times.rise_known,
                set_known=times.set_known,
            )
            for times, standard, suns_deg, sunlit, visible in zip(
                self._times(sites, found),
                standards,
                map(tuple, light.sun_elevation_deg.tolist()),
                light.sunlit,
                light.visible,
                strict=True,
            )
            for number, reason in (grade_pass(visible, sunlit, min(suns_deg), times.peak.elevation_deg),)
        ]

    def times(self, place: Place) -> list[PassTimes]:
        """Their times alone."""
        sites = self._sky.turn.sites([place])
        return self._times(sites, self._found(sites))

    def _found(self, sites: Sites) -> FoundPasses:
        if self._is_slow:
            return slow_search(self._sky, sites, self._window, self._threshold_deg, self._period_s, self._eccentricity)
        found = search(self._sky, sites, *self._span, self._threshold_deg, self._period_s, self._eccentricity)
        first, last = self._span
        if ends := [end for end in answer_ends(self._sky.orbit) if first <= end[0] < last]:
            found = found.joined(search_cut(self._sky, sites, ends, self._threshold_deg))
        start_unix_s, end_unix_s = self._window
        return found.rows((found.set.unix_s > start_unix_s) & (found.rise.unix_s < end_unix_s))

    def _times(self, sites: Sites, found: FoundPasses) -> list[PassTimes]:
        """Rises, peaks and sets, with direction and distance from the place."""
        count, moments = len(found.site), self._moments(sites, found)
        rises, peaks, sets = moments[:count], moments[count : 2 * count], moments[2 * count :]
        known = found.rise_known.tolist(), found.set_known.tolist()
        return list(map(PassTimes, rises, peaks, sets, *known))

    def _moments(self, sites: Sites, found: FoundPasses) -> list[Moment]:
        """All rises, then all peaks, then all sets."""
        instants = (found.rise, found.peak, found.set)
        unix_s = np.concatenate([each.unix_s for each in instants])
        sight_km = np.concatenate([each.sight_km for each in instants])
        site = np.concatenate((found.site,) * 3)
        enu = np.vecdot(sites.axes[site], sight_km[:, None])
        azimuths_deg, elevations_deg = (part.tolist() for part in azimuth_elevation_deg(columns(enu), np))
        ranges_km = np.sqrt(dot(enu, enu)).tolist()
        return [
            Moment(unix_s=at, azimuth_deg=azimuth_deg, elevation_deg=elevation_deg, range_km=range_km)
            for at, azimuth_deg, elevation_deg, range_km in zip(
                unix_s.tolist(), azimuths_deg, elevations_deg, ranges_km, strict=True
            )
        ]
