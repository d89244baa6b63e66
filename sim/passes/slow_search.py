"""Passes of slow and of long orbits (geostationary, Molniya, high ellipses), which may last for days or for ever.

The elevation is sampled so closely that the object moves by a twentieth of a radian at most from sample to sample as
seen from the Earth's centre; every highest and lowest point between samples is refined, so that no pass and no dip
below the threshold falls between two of them; then each crossing is found by halving.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from sim.astro.sampling import halved, sample_times, with_extremes
from sim.constants import DAY_S, DEG
from sim.passes.model import Span, without_gaps
from sim.passes.search import FoundPasses, Instants
from sim.passes.tracks import dot
from sim.passes.visibility import Light, light_along, merged

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sim.astro.sampling import ValueAt
    from sim.passes.tracks import Sites, Sky
    from sim.types import Bools, Floats, Indices

_STEP_RAD = 0.05
_LONGEST_REACH_S = 2.0 * DAY_S
_PIECE_S = 600.0
_HALVINGS = 24


def reach_s(period_s: float) -> float:
    """How far beyond a window rise and set of a pass under way at its edges are looked for."""
    return min(max(period_s, DAY_S) * 1.05, _LONGEST_REACH_S)


def slow_search(sky: Sky, sites: Sites, window: Span, threshold_deg: float, period_s: float, e: float) -> FoundPasses:
    """All passes over the first site of which any part lies in a window.

    `sky` must reach `reach_s` beyond the window at both ends.
    """
    start, end = window
    reach, threshold_sin = reach_s(period_s), math.sin(threshold_deg * DEG)

    def above(unix_s: Floats) -> Floats:
        """Sine of the elevation less that of the threshold; NaN without an answer."""
        sight = sky.track.at(unix_s)[0] - sites.position_km[0]
        sine: Floats = dot(sight, sites.up[0]) / np.sqrt(dot(sight, sight)) - threshold_sin
        return sine

    times = sample_times(start - reach, end + reach, _STEP_RAD, period_s, e)
    values = above(times)
    slopes = np.diff(values)
    turning = np.flatnonzero(slopes[:-1] * slopes[1:] < 0.0) + 1
    times, values = with_extremes(above, times, values, turning, np.where(slopes[turning - 1] > 0.0, 1.0, -1.0))
    ends = _ends(above, times, np.nan_to_num(values, nan=-1.0) > 0.0)
    inside = [(rise, set_) for rise, set_ in ends if set_ > start and rise < end]
    return _as_passes(sky, sites, times, values, inside, window)


def _ends(value_at: ValueAt, times: Floats, up: Bools) -> Iterator[Span]:
    """Where the value becomes positive and where it stops being so, infinite where it does not among the samples."""
    changes = np.flatnonzero(up[1:] != up[:-1])
    low, high = halved(
        lambda unix_s: np.nan_to_num(value_at(unix_s), nan=-1.0) > 0.0,
        times[changes],
        times[changes + 1],
        up[changes + 1],
        _HALVINGS,
    )
    ends = [-math.inf] * bool(up[0]) + ((low + high) / 2.0).tolist() + [math.inf] * bool(up[-1])
    return zip(ends[::2], ends[1::2], strict=True)


def _as_passes(sky: Sky, sites: Sites, times: Floats, values: Floats, ends: list[Span], window: Span) -> FoundPasses:
    known = np.array([(math.isfinite(a), math.isfinite(b)) for a, b in ends], dtype=bool).reshape(-1, 2)
    spans = [(a if math.isfinite(a) else window[0], b if math.isfinite(b) else window[1]) for a, b in ends]
    peaks = []
    for a, b in spans:
        inside = np.flatnonzero((times >= a) & (times <= b))
        peaks.append(float(times[inside[np.nanargmax(values[inside])]]) if len(inside) else (a + b) / 2.0)
    rise, peak, set_ = (
        _instants(sky, sites, np.array(column, dtype=np.float64))
        for column in ([a for a, _ in spans], peaks, [b for _, b in spans])
    )
    # The first instant the orbit has an answer for is not a rise.
    told = np.isfinite(rise.sight_km[:, 0]) & np.isfinite(set_.sight_km[:, 0]) & np.isfinite(peak.sight_km[:, 0])
    return FoundPasses(np.zeros(len(spans), dtype=np.intp), rise, peak, set_, known[:, 0], known[:, 1]).rows(told)


def _instants(sky: Sky, sites: Sites, unix_s: Floats) -> Instants:
    position, velocity = sky.track.at(unix_s)
    return Instants(unix_s, position - sites.position_km[0], velocity)


# ── light ──────────────────────────────────────────────────────────────────────────────────────────


def slow_light(sky: Sky, sites: Sites, found: FoundPasses, standard_magnitude: Floats) -> Light:
    """`light_along` for passes of hours or days: each is divided into pieces of minutes, whose answers are joined."""
    if not len(found.site):
        return light_along(sky, sites, found, standard_magnitude)
    edges: list[Span] = []
    owners: list[int] = []
    at_peak: list[int] = []
    for row, (a, peak, b) in enumerate(
        zip(found.rise.unix_s.tolist(), found.peak.unix_s.tolist(), found.set.unix_s.tolist(), strict=True)
    ):
        before, after = _divided(a, peak), _divided(peak, b)
        if not b > a:  # nothing but an instant
            after = [(a, a + 1.0)]
        at_peak.append(len(edges) + max(len(before) - 1, 0))
        edges += before + after
        owners += [row] * (len(before) + len(after))
    begin, end = np.array(edges).T
    rise, middle, set_ = (_instants(sky, sites, when) for when in (begin, (begin + end) / 2.0, end))
    owner = np.array(owners, dtype=np.intp)
    whole = np.ones(len(owner), dtype=bool)
    pieces = FoundPasses(np.zeros(len(owner), dtype=np.intp), rise, middle, set_, whole, whole)
    light = light_along(sky, sites, pieces, standard_magnitude[owner])
    return _joined(light, owner, at_peak, found)


def _joined(light: Light, owner: Indices, at_peak: list[int], found: FoundPasses) -> Light:
    """The light of pieces as that of their passes."""
    first = np.searchsorted(owner, np.arange(len(found.site)))
    last = np.searchsorted(owner, np.arange(len(found.site)), side="right")
    # Where the highest point is the rise itself, the first piece begins with it.
    is_rise = found.peak.unix_s <= found.rise.unix_s
    suns = np.stack(
        (
            light.sun_elevation_deg[first, 0],
            np.where(is_rise, light.sun_elevation_deg[first, 0], light.sun_elevation_deg[at_peak, 2]),
            light.sun_elevation_deg[last - 1, 2],
        ),
        axis=1,
    )
    ranges = list(zip(first.tolist(), last.tolist(), strict=True))
    sunlit = [without_gaps(span for part in light.sunlit[a:b] for span in part) for a, b in ranges]
    return Light(suns, sunlit, [merged(light.visible[a:b]) for a, b in ranges])


def _divided(begin: float, end: float) -> list[Span]:
    """A span in equal pieces; none if it has no length."""
    if not end > begin:
        return []
    edges = np.linspace(begin, end, math.ceil((end - begin) / _PIECE_S) + 1).tolist()
    return list(pairwise(edges))
