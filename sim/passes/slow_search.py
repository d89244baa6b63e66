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

from sim.constants import DAY_S, DEG, TAU
from sim.passes.search import FoundPasses, Instants, OpenPasses
from sim.passes.tracks import dot
from sim.passes.visibility import Light, light_along, merged

if TYPE_CHECKING:
    from collections.abc import Callable

    from sim.passes.model import Span
    from sim.passes.tracks import Sites, Sky
    from sim.types import Bools, Floats, Indices

LONGEST_PERIOD_S = 225.0 * 60.0
"""Beyond it (SGP4's deep space) the Earth turns too far in a revolution for one pass per approach."""

MOST_ECCENTRICITY = 0.15
"""Beyond it an ellipse is too far from a circle for the closed forms of `search`."""

_STEP_RAD, _LONGEST_STEP_S = 0.05, 300.0
_LONGEST_REACH_S = 2.0 * DAY_S
_PIECE_S = 600.0
_GOLDEN = (math.sqrt(5.0) - 1.0) / 2.0
_GOLDEN_ROUNDS, _HALVINGS = 34, 24


def is_slow(period_s: float, eccentricity: float) -> bool:
    """Whether passes of such an orbit are found here rather than by `search`."""
    return period_s > LONGEST_PERIOD_S or eccentricity > MOST_ECCENTRICITY


def reach_s(period_s: float) -> float:
    """How far beyond a window rise and set of a pass under way at its edges are looked for."""
    return min(max(period_s, DAY_S) * 1.05, _LONGEST_REACH_S)


def step_s(period_s: float, eccentricity: float) -> float:
    """Samples that the object moves by `_STEP_RAD` between at most, at its perigee."""
    fastest = TAU / period_s * math.sqrt(1.0 - eccentricity**2) / (1.0 - eccentricity) ** 2
    return min(_STEP_RAD / fastest, _LONGEST_STEP_S)


def slow_search(sky: Sky, sites: Sites, window: Span, threshold_deg: float, period_s: float, e: float) -> OpenPasses:
    """All passes over the first site of which any part lies in a window.

    Args:
        sky: Must reach `reach_s` beyond the window at both ends.
        sites: The observer.
        window: From and to.
        threshold_deg: Geometric elevation of rise and set.
        period_s: Of the orbit.
        e: Its mean eccentricity.
    """
    start, end = window
    reach = reach_s(period_s)
    count = math.ceil((end - start + 2.0 * reach) / step_s(period_s, e)) + 2
    times = np.linspace(start - reach, end + reach, count)

    def above(unix_s: Floats) -> Floats:
        return _sine_above(sky, sites, unix_s, threshold_deg)

    times, values = _with_extremes(above, times)
    up = np.nan_to_num(values, nan=-1.0) > 0.0
    rises, sets = _crossings(above, times, up)
    ends = _paired(times, up, rises, sets, window)
    return _as_passes(sky, sites, times, values, ends, window)


def _sine_above(sky: Sky, sites: Sites, unix_s: Floats, threshold_deg: float) -> Floats:
    """Sine of the elevation less that of the threshold; NaN without an answer."""
    sight = sky.track.at(unix_s)[0] - sites.position_km[0]
    above: Floats = dot(sight, sites.up[0]) / np.sqrt(dot(sight, sight)) - math.sin(threshold_deg * DEG)
    return above


def _with_extremes(value_at: Callable[[Floats], Floats], times: Floats) -> tuple[Floats, Floats]:
    """The samples with every highest and lowest point between them added, in order of time."""
    values = value_at(times)
    slopes = np.diff(values)
    turning = np.flatnonzero(slopes[:-1] * slopes[1:] < 0.0) + 1
    if not len(turning):
        return times, values
    sign = np.where(slopes[turning - 1] > 0.0, 1.0, -1.0)  # +1 at a highest point
    low, high = times[turning - 1], times[turning + 1]
    a, b = high - _GOLDEN * (high - low), low + _GOLDEN * (high - low)
    fa, fb = sign * value_at(a), sign * value_at(b)
    for _ in range(_GOLDEN_ROUNDS):
        left = fa > fb
        low, high = np.where(left, low, a), np.where(left, b, high)
        new = np.where(left, high - _GOLDEN * (high - low), low + _GOLDEN * (high - low))
        f_new = sign * value_at(new)
        a, b = np.where(left, new, b), np.where(left, a, new)
        fa, fb = np.where(left, f_new, fb), np.where(left, fa, f_new)
    extreme = (low + high) / 2.0
    every = np.concatenate((times, extreme))
    order = np.argsort(every, kind="stable")
    return every[order], np.concatenate((values, value_at(extreme)))[order]


def _crossings(value_at: Callable[[Floats], Floats], times: Floats, up: Bools) -> tuple[Floats, Floats]:
    """Where the value becomes positive, and where it stops being so."""
    changes = np.flatnonzero(up[1:] != up[:-1])
    low, high = times[changes], times[changes + 1]
    rising = up[changes + 1]
    for _ in range(_HALVINGS if len(changes) else 0):
        middle = (low + high) / 2.0
        beyond = (np.nan_to_num(value_at(middle), nan=-1.0) > 0.0) == rising
        low, high = np.where(beyond, low, middle), np.where(beyond, middle, high)
    found = (low + high) / 2.0
    return found[rising], found[~rising]


def _paired(times: Floats, up: Bools, rises: Floats, sets: Floats, window: Span) -> list[tuple[float, float]]:
    """Rise and set of each pass that reaches into the window; infinite where there is none."""
    begins = ([-math.inf] if up[0] else []) + rises.tolist()
    ends = sets.tolist() + ([math.inf] if up[-1] else [])
    return [(a, b) for a, b in zip(begins, ends, strict=True) if b > window[0] and a < window[1]]


def _as_passes(
    sky: Sky, sites: Sites, times: Floats, values: Floats, ends: list[tuple[float, float]], window: Span
) -> OpenPasses:
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
    found = FoundPasses(np.zeros(len(spans), dtype=np.intp), rise, peak, set_)
    # The first instant the orbit has an answer for is not a rise.
    told = np.isfinite(rise.sight_km[:, 0]) & np.isfinite(set_.sight_km[:, 0]) & np.isfinite(peak.sight_km[:, 0])
    return OpenPasses(found.rows(told), known[told, 0], known[told, 1])


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
    instants = [_instants(sky, sites, when) for when in (begin, (begin + end) / 2.0, end)]
    owner = np.array(owners, dtype=np.intp)
    pieces = FoundPasses(np.zeros(len(owner), dtype=np.intp), *instants)
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
    sunlit = [_contiguous([span for part in light.sunlit[a:b] for span in part]) for a, b in ranges]
    return Light(suns, sunlit, [merged(light.visible[a:b]) for a, b in ranges])


def _divided(begin: float, end: float) -> list[Span]:
    """A span in equal pieces; none if it has no length."""
    if not end > begin:
        return []
    edges = np.linspace(begin, end, math.ceil((end - begin) / _PIECE_S) + 1).tolist()
    return list(pairwise(edges))


def _contiguous(spans: list[Span]) -> tuple[Span, ...]:
    """Spans that follow one another without a gap as one."""
    joined: list[Span] = []
    for begin, end in spans:
        if joined and begin - joined[-1][1] < 0.001:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((begin, end))
    return tuple(joined)
