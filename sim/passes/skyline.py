"""Passes above a local horizon: the parts hidden by trees and houses are cut away, and the rest is graded again.

Each pass is sampled every two seconds; where its height above the horizon changes its sign, exact observations refine
on the instant. A pass may go behind a house and come out again: it then lasts from the first sight to the last, and
`Pass.hidden` says when it is not seen between them. Elevations are geometric; the air lifts what is low by a tenth of
a degree at 10 degrees.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from msgspec.structs import replace

from sim.astro.frames import teme_to_itrs, topocentric
from sim.astro.sun import sun_elevation_deg
from sim.astro.vectors import columns
from sim.errors import OrbitError
from sim.language import N_
from sim.passes.grading import grade_pass
from sim.passes.model import Moment, Pass, PassLight, Span, VisibleWindow, common_parts
from sim.passes.observation import observe
from sim.passes.visibility import Visibility

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sim.orbit.propagation import Orbit
    from sim.passes.horizon import Horizon
    from sim.places.place import Place
    from sim.types import Floats

HIDDEN_REASON = N_("behind the horizon of this place")
_STEP_S = 2.0
_MOST_SAMPLES = 5_000
"""For what is up for days, such as a geostationary satellite: it crosses the sky so much slower."""

_CLOSE_ENOUGH_S = 1e-3
_WINDOW_SAMPLES = 9


def above_horizon(passes: Iterable[Pass], orbit: Orbit, place: Place, horizon: Horizon, window: Span) -> list[Pass]:
    """The passes of which anything is seen above a horizon in a window, each cut to what is."""
    found = (_View(one, orbit, place, horizon).cut() for one in passes)
    seen = (one for one in found if one is not None)
    return [one for one in seen if one.set.unix_s > window[0] and one.rise.unix_s < window[1]]


class _View:
    """One pass before a horizon."""

    def __init__(self, pass_: Pass, orbit: Orbit, place: Place, horizon: Horizon) -> None:
        self._pass, self._orbit, self._place, self._horizon = pass_, orbit, place, horizon

    def cut(self) -> Pass | None:
        """The pass as far as it is seen; None where all of it is hidden."""
        clear = self._clear()
        if not clear:
            return None
        rise, set_ = self._moment(clear[0][0]), self._moment(clear[-1][1])
        peak = self._peak(clear)
        one = self._pass
        windows = tuple(
            VisibleWindow(*part) for part in common_parts(((w.from_unix_s, w.to_unix_s) for w in one.windows), clear)
        )
        sunlit = common_parts(one.light.sunlit, ((rise.unix_s, set_.unix_s),))
        at_rise, at_peak, at_set = (sun_elevation_deg(moment.unix_s, self._place) for moment in (rise, peak, set_))
        magnitude, highest_deg = self._brightest(windows)
        grade, reason = one.grade, one.reason
        if one.windows and not windows:
            grade, reason = 0, HIDDEN_REASON
        elif windows:
            visible = Visibility(windows, magnitude, highest_deg)
            grade, reason = grade_pass(visible, sunlit, min(at_rise, at_peak, at_set), peak.elevation_deg)
        return replace(
            one,
            rise=rise,
            peak=peak,
            set=set_,
            rise_known=one.rise_known or rise is not one.rise,
            set_known=one.set_known or set_ is not one.set,
            windows=windows,
            magnitude=magnitude,
            light=PassLight(sun_elevations_deg=(at_rise, at_peak, at_set), sunlit=sunlit),
            grade=grade,
            reason=reason,
            hidden=tuple((before[1], after[0]) for before, after in pairwise(clear)),
            horizon=self._horizon,
        )

    def _clear(self) -> list[Span]:
        """The parts of the pass above the horizon."""
        first, last = self._pass.rise.unix_s, self._pass.set.unix_s
        count = min(max(math.ceil((last - first) / _STEP_S), 2), _MOST_SAMPLES)
        unix_s = np.linspace(first, last, count + 1)
        height = self._heights_deg(unix_s)
        is_clear = height > 0.0
        changes = np.flatnonzero(is_clear[1:] != is_clear[:-1]).tolist()
        edges = [self._crossing(float(unix_s[k]), float(unix_s[k + 1])) for k in changes]
        borders = [first] * bool(is_clear[0]) + edges + [last] * bool(is_clear[-1])
        return [(a, b) for a, b in zip(borders[::2], borders[1::2], strict=True) if b > a]

    def _heights_deg(self, unix_s: Floats) -> Floats:
        """Height above the horizon; below it where the orbit has no answer."""
        states = self._orbit.states(unix_s)
        position, velocity = teme_to_itrs(
            unix_s, columns(states.position_teme_km), columns(states.velocity_teme_km_s), np
        )
        seen = topocentric(self._place, position, velocity, np)
        azimuths, elevations = self._horizon.closed
        heights: Floats = seen.elevation_deg - np.interp(seen.azimuth_deg, azimuths, elevations)
        return np.where(np.isfinite(heights), heights, -1.0)

    def _crossing(self, before_unix_s: float, after_unix_s: float) -> float:
        """Where the height changes its sign, by halving."""
        is_clear_before = self._height_deg(before_unix_s) > 0.0
        while after_unix_s - before_unix_s > _CLOSE_ENOUGH_S:
            middle = (before_unix_s + after_unix_s) / 2.0
            if (self._height_deg(middle) > 0.0) == is_clear_before:
                before_unix_s = middle
            else:
                after_unix_s = middle
        return after_unix_s if not is_clear_before else before_unix_s

    def _height_deg(self, unix_s: float) -> float:
        try:
            seen = observe(self._orbit, self._place, unix_s)
        except OrbitError:
            return -1.0
        return seen.elevation_deg - self._horizon.elevation_deg(seen.azimuth_deg)

    def _moment(self, unix_s: float) -> Moment:
        for known in (self._pass.rise, self._pass.set):
            if unix_s == known.unix_s:
                return known
        seen = observe(self._orbit, self._place, unix_s)
        return Moment(
            unix_s=unix_s, azimuth_deg=seen.azimuth_deg, elevation_deg=seen.elevation_deg, range_km=seen.range_km
        )

    def _peak(self, clear: Sequence[Span]) -> Moment:
        """The highest that is seen: the peak, or the end of a part that is nearest to it."""
        peak = self._pass.peak
        if any(begin <= peak.unix_s <= end for begin, end in clear):
            return peak
        return max((self._moment(edge) for part in clear for edge in part), key=lambda moment: moment.elevation_deg)

    def _brightest(self, windows: Sequence[VisibleWindow]) -> tuple[float | None, float]:
        """Brightest magnitude and highest elevation in the windows."""
        if windows == self._pass.windows and self._pass.magnitude is not None:
            magnitudes: list[float] = [self._pass.magnitude]
        else:
            magnitudes = []
        elevations = [-90.0]
        for window in windows:
            for share in range(_WINDOW_SAMPLES):
                unix_s = window.from_unix_s + share / (_WINDOW_SAMPLES - 1) * window.duration_s
                seen = observe(self._orbit, self._place, unix_s, self._pass.standard)
                elevations.append(seen.elevation_deg)
                if seen.magnitude is not None and windows != self._pass.windows:
                    magnitudes.append(seen.magnitude)
        return min(magnitudes, default=None), max(elevations)
