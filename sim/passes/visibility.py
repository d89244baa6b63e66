"""Light on passes: where the station is sunlit, how dark the sky is, what can be seen and how bright it is.

Between rise, peak and set each pass is drawn as two cubics (some 0.3 km off at most). On them the Sun's height above
the Earth's limb and above the observer's horizon are sampled; an entry into shadow is then refined with exact
states. Visible means: sunlit (the Sun's centre above the oblate limb), the Sun below -6 degrees at the place, above the
threshold, and brighter than the eye's limit in that sky with the air on the way, judged along the whole pass and never
at culmination alone. If the magnitude of an object is not known, the last condition is left out.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from sim.astro.photometry import eye_limit_magnitude, magnitude, phase_angle_rad
from sim.astro.shadow import limb_clearance_rad
from sim.astro.sun import DARK_SKY_ELEVATION_DEG
from sim.astro.vectors import columns, stacked
from sim.constants import DEG
from sim.passes.model import Span, VisibleWindow, common_parts, without_gaps
from sim.passes.tracks import dot

if TYPE_CHECKING:
    from sim.passes.search import FoundPasses, Instants
    from sim.passes.tracks import Sites, Sky
    from sim.types import Bools, Floats, Indices

_STEPS = 4
_S = np.linspace(0.0, 1.0, _STEPS + 1)
_BETWEEN = np.maximum(0.0, 1.0 - np.abs(np.linspace(0.0, 2.0, 2 * _STEPS + 1)[:, None] - np.arange(3.0)))
"""Shares of rise, peak and set in each sample, (9, 3)."""


def _way() -> Floats:
    """Shares of the seven ends of two cubics in each sample, (9, 7).

    The ends are the line of sight and the way by its rate over the cubic: at the rise, at the peak (with the rates of
    both cubics) and at the set.
    """
    s, rest = _S[:, None], 1.0 - _S[:, None]
    cubic = np.hstack(
        ((1.0 + 2.0 * s) * rest**2, s * rest**2, (1.0 + 2.0 * rest) * s**2, -rest * s**2)
    )  # value and rate at the start, then at the end
    shares = np.zeros((2 * _STEPS + 1, 7))
    shares[: _STEPS + 1, :4] = cubic
    shares[_STEPS + 1 :, [2, 4, 5, 6]] = cubic[1:]
    return shares


_WAY = _way()

_WINDOW_SAMPLES = 17
"""Some 30 s apart; what is brighter between them is so by less than a twentieth of a magnitude."""
_CLOSE_ENOUGH_S = 0.5
"""Of a step towards a shadow edge; the slope of the chord leaves a fiftieth of it."""


class Visibility(msgspec.Struct, frozen=True):
    """What can be seen of a pass that is sunlit in a dark sky.

    Attributes:
        windows: In order; none where it is too faint all along.
        magnitude: Brightest in them, else brightest of all; None if unknown.
        elevation_deg: Highest in them, else highest of all.
    """

    windows: tuple[VisibleWindow, ...]
    magnitude: float | None
    elevation_deg: float


class Light(msgspec.Struct, frozen=True):
    """Light along passes, one entry a pass.

    Attributes:
        sun_elevation_deg: (k, 3) at rise, peak and set.
        sunlit: The parts of each pass in sunlight.
        visible: None where the pass is never sunlit in a dark sky.
    """

    sun_elevation_deg: Floats
    sunlit: list[tuple[Span, ...]]
    visible: list[Visibility | None]


def light_along(sky: Sky, sites: Sites, found: FoundPasses, standard_magnitude: Floats) -> Light:
    """Light along all passes at once.

    `standard_magnitude` is that of the object during each pass, (k,), NaN where it is not known.
    """
    unix_s, sight = _sampled(found)
    site_km, up = sites.position_km[found.site][:, None], sites.up[found.site][:, None]
    # From rise to peak the Sun goes round by a degree: drawn straight, its direction stays exact to a millionth.
    sun = _BETWEEN @ sky.sun_km(stacked((found.rise.unix_s, found.peak.unix_s, found.set.unix_s)))
    clearance = limb_clearance_rad(columns(site_km + sight), columns(sun), np)
    to_sun = sun - site_km
    sun_elevation = np.arcsin(dot(to_sun, up) / np.sqrt(dot(to_sun, to_sun))) / DEG
    darkness = DARK_SKY_ELEVATION_DEG - sun_elevation

    shadow_edges = _crossings(unix_s, clearance)
    _close_in(sky, shadow_edges)
    sunlit = _spans(unix_s, clearance, shadow_edges)
    dark = _spans(unix_s, darkness, _crossings(unix_s, darkness))
    visible = _visibility(sky, sites, found, list(map(common_parts, sunlit, dark)), standard_magnitude)
    return Light(sun_elevation[:, (0, _STEPS, 2 * _STEPS)], sunlit, visible)


def _sampled(found: FoundPasses) -> tuple[Floats, Floats]:
    """Instants (k, 9) and lines of sight (k, 9, 3) in equal steps from rise to peak and from peak to set."""
    rise, peak, set_ = found.rise, found.peak, found.set
    before_s, after_s = (peak.unix_s - rise.unix_s)[:, None], (set_.unix_s - peak.unix_s)[:, None]
    unix_s = np.empty((len(rise.unix_s), 2 * _STEPS + 1))
    unix_s[:, : _STEPS + 1] = rise.unix_s[:, None] + _S * before_s
    unix_s[:, _STEPS:] = peak.unix_s[:, None] + _S * after_s
    ends = np.empty((len(rise.unix_s), 7, 3))
    ends[:, 0], ends[:, 2], ends[:, 5] = rise.sight_km, peak.sight_km, set_.sight_km
    ends[:, 1], ends[:, 3] = before_s * rise.velocity_km_s, before_s * peak.velocity_km_s
    ends[:, 4], ends[:, 6] = after_s * peak.velocity_km_s, after_s * set_.velocity_km_s
    return unix_s, _WAY @ ends


def _cubic(start: Instants, end: Instants, fraction: Floats) -> Floats:
    """Lines of sight on the cubic through two instants: (k, n, 3) for fractions of shape (k or 1, n)."""
    s = fraction[..., None]
    length_s = (end.unix_s - start.unix_s)[:, None, None]
    rest = 1.0 - s
    from_start = (1.0 + 2.0 * s) * start.sight_km[:, None] + (s * length_s) * start.velocity_km_s[:, None]
    from_end = (1.0 + 2.0 * rest) * end.sight_km[:, None] - (rest * length_s) * end.velocity_km_s[:, None]
    return rest**2 * from_start + s**2 * from_end


class _Edges(msgspec.Struct, frozen=True):
    """Where a signal changes its sign: row, instant (changed in place when refined) and slope per second."""

    row: Indices
    unix_s: Floats
    slope: Floats


def _crossings(unix_s: Floats, signal: Floats) -> _Edges:
    """Changes of sign along axis 1, by the chord."""
    positive = signal > 0.0
    row, column = np.nonzero(positive[:, 1:] != positive[:, :-1])
    before, after = signal[row, column], signal[row, column + 1]
    start, end = unix_s[row, column], unix_s[row, column + 1]
    slope = (after - before) / (end - start)
    return _Edges(row, start - before / slope, slope)


def _close_in(sky: Sky, edges: _Edges) -> None:
    """Move shadow edges from the cubic to the orbit itself."""
    for _ in range(4 if len(edges.row) else 0):
        position, _ = sky.track.at(edges.unix_s)
        step = -limb_clearance_rad(columns(position), columns(sky.sun_km(edges.unix_s)), np) / edges.slope
        edges.unix_s[:] += np.where(np.isfinite(step), np.clip(step, -20.0, 20.0), 0.0)
        if not (np.abs(step) > _CLOSE_ENOUGH_S).any():
            break


def _spans(unix_s: Floats, signal: Floats, edges: _Edges) -> list[tuple[Span, ...]]:
    """The spans of each row in which its signal is positive."""
    first, last = unix_s[:, 0].tolist(), unix_s[:, -1].tolist()
    begins_positive = (signal[:, 0] > 0.0).tolist()
    spans: list[tuple[Span, ...]] = [
        ((a, b),) if positive else () for a, b, positive in zip(first, last, begins_positive, strict=True)
    ]
    changes: dict[int, list[float]] = {}
    for row, instant in zip(edges.row.tolist(), edges.unix_s.tolist(), strict=True):
        changes.setdefault(row, []).append(min(max(instant, first[row]), last[row]))
    for row, instants in changes.items():
        borders = [first[row]] * begins_positive[row] + instants + [last[row]]
        spans[row] = tuple((a, b) for a, b in zip(borders[::2], borders[1::2], strict=False) if b > a)
    return spans


def _visibility(
    sky: Sky, sites: Sites, found: FoundPasses, spans: list[tuple[Span, ...]], standard_magnitude: Floats
) -> list[Visibility | None]:
    """What the eye finds in the sunlit and dark spans of each pass."""
    result: list[Visibility | None] = [None] * len(spans)
    owner = [row for row, of_pass in enumerate(spans) for _ in of_pass]
    if not owner:
        return result
    begin = np.array([a for of_pass in spans for a, _ in of_pass])[:, None]
    end = np.array([b for of_pass in spans for _, b in of_pass])[:, None]
    unix_s = begin + (end - begin) * np.linspace(0.0, 1.0, _WINDOW_SAMPLES)
    shown, elevation, margin = _sight(sky, sites, found.rows(np.array(owner)), unix_s, standard_magnitude[owner])
    seen = _spans(unix_s, margin, _limit_crossings(unix_s, margin))
    # Where nothing is seen of a span, what it would be at its best says how far from it.
    counted = margin > 0.0
    counted |= ~counted.any(axis=1, keepdims=True)
    brightest = shown.min(axis=1, where=counted, initial=np.inf).tolist()
    highest = elevation.max(axis=1, where=counted, initial=-90.0).tolist()
    for row, windows, least, most in zip(owner, seen, brightest, highest, strict=True):
        found_windows = tuple(VisibleWindow(a, b) for a, b in windows)
        here = Visibility(found_windows, None if math.isnan(least) else least, most)
        so_far = result[row]
        result[row] = here if so_far is None else _joined(so_far, here)
    return result


def merged(parts: list[Visibility | None]) -> Visibility | None:
    """What is seen in the parts of one pass, windows that follow one another without a gap as one; None if nothing."""
    whole: Visibility | None = None
    for part in parts:
        if part is not None:
            whole = part if whole is None else _joined(whole, part)
    if whole is None:
        return None
    spans = without_gaps((window.from_unix_s, window.to_unix_s) for window in whole.windows)
    return Visibility(tuple(VisibleWindow(*span) for span in spans), whole.magnitude, whole.elevation_deg)


def _joined(one: Visibility, other: Visibility) -> Visibility:
    """What is seen in two spans of one pass."""
    if bool(one.windows) != bool(other.windows):
        return one if one.windows else other
    known = [part.magnitude for part in (one, other) if part.magnitude is not None]
    highest_deg = max(one.elevation_deg, other.elevation_deg)
    return Visibility(one.windows + other.windows, min(known, default=None), highest_deg)


def _sight(
    sky: Sky, sites: Sites, passes: FoundPasses, unix_s: Floats, standard_magnitude: Floats
) -> tuple[Floats, Floats, Floats]:
    """Magnitude (as if sunlit), elevation in degrees, and by how much it is brighter than the eye's limit.

    Args:
        sky: The Earth, the Sun and the orbit.
        sites: The observers.
        passes: (n,) passes, from whose cubics the lines of sight are taken.
        unix_s: (n, samples) instants of each.
        standard_magnitude: (n,) of the object during each of them, NaN where it is not known.
    """
    # A row for each sample: from the instant before it to the one after it.
    rising = (unix_s < passes.peak.unix_s[:, None]).ravel()
    before, after = _chosen(rising, passes.rise, passes.peak), _chosen(rising, passes.peak, passes.set)
    length_s = after.unix_s - before.unix_s  # nothing where a pass is cut at its peak
    fraction = (unix_s.ravel() - before.unix_s) / np.where(length_s > 0.0, length_s, 1.0)
    sight = _cubic(before, after, fraction[:, None]).reshape(*unix_s.shape, 3)
    site_km, up = sites.position_km[passes.site][:, None], sites.up[passes.site][:, None]
    range_km = np.sqrt(dot(sight, sight))
    elevation = np.arcsin(dot(sight, up) / range_km) / DEG
    to_sun = sky.sun_km(unix_s) - site_km
    phase_rad = phase_angle_rad(columns(sight), columns(to_sun - sight), np)
    extinction = sites.extinction[passes.site][:, None]
    shown = magnitude(standard_magnitude[:, None], range_km, phase_rad, elevation, extinction, np)
    sun_elevation = np.arcsin(dot(to_sun, up) / np.sqrt(dot(to_sun, to_sun))) / DEG
    margin = eye_limit_magnitude(sun_elevation, np) - shown
    margin[np.isnan(margin)] = 1.0
    return shown, elevation, margin


def _limit_crossings(unix_s: Floats, margin: Floats) -> _Edges:
    """Where brightness goes through the eye's limit, by parabolas through three samples; rows in equal steps.

    Near the horizon, where brightness bends most, within a second or two of what closer samples give.
    """
    positive = margin > 0.0
    row, column = np.nonzero(positive[:, 1:] != positive[:, :-1])
    middle = np.minimum(column + 1, margin.shape[1] - 2)
    left, here, right = margin[row, middle - 1], margin[row, middle], margin[row, middle + 1]
    slope, bend = (right - left) / 2.0, (right + left) / 2.0 - here
    before, after = margin[row, column], margin[row, column + 1]
    steps = column - middle + before / (before - after)  # from the middle sample, by the chord
    for _ in range(2):
        steps -= (here + (slope + bend * steps) * steps) / (slope + 2.0 * bend * steps)
    steps = np.minimum(np.maximum(steps, column - middle), column - middle + 1)
    step_s = unix_s[row, 1] - unix_s[row, 0]
    return _Edges(row, unix_s[row, middle] + steps * step_s, slope / step_s)


def _chosen(first: Bools, one: Instants, other: Instants) -> Instants:
    """For each sample the first or the other instant of its pass."""
    samples = len(first) // len(one.unix_s)
    row = np.arange(len(first)) // samples + np.where(first, 0, len(one.unix_s))
    return one.followed_by(other).rows(row)
