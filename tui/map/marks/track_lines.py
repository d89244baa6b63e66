"""Lines over the map: tracks, horizon circle and other curves, kept from frame to frame."""

from __future__ import annotations

from itertools import pairwise
from math import asin, atan2, cos, degrees, radians, sin
from typing import TYPE_CHECKING

from tui.map.palette import Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui.drawing.canvas import Stroke
    from tui.map.projection import MapProjection, Place

ARROW_STEP_DEG = 45
"""The future track carries an arrowhead wherever it crosses a multiple of this longitude."""

DOTTED = {Role.FUTURE: 0, Role.PAST: 1, Role.FUTURE_DARK: 2, Role.PAST_DARK: 3}
"""Dots left out after each lit one, so that without colours too the tracks can be told apart."""

DARK = frozenset({Role.FUTURE_DARK, Role.PAST_DARK})
"""Tracks in the Earth's shadow."""

Leg = tuple["Place", "Place"]


def circle(centre: Place, radius_deg: float, points: int) -> list[Place]:
    """Places at this Earth-central angle around a centre, by azimuth, the last one equal to the first."""
    latitude, longitude = radians(centre[0]), radians(centre[1])
    radius = radians(radius_deg)
    up, out = sin(latitude), cos(latitude) * sin(radius)
    inward, step = cos(radius), radians(360.0 / points)
    places = []
    for number in range(points + 1):
        sine = up * inward + out * cos(number * step)
        turn = atan2(out * sin(number * step), inward - up * sine)
        places.append((degrees(asin(max(-1.0, min(1.0, sine)))), degrees(longitude + turn)))
    return places


def track_key(places: Sequence[Place]) -> tuple[object, ...]:
    """What tells two tracks apart: samples stay in place, so their number and ends are enough."""
    return (len(places), *places[:1], *places[-1:])


def between(start: Place, end: Place, share: float) -> Place:
    """A place on the way from one to another (share 1), the short way round."""
    turn = (end[1] - start[1] + 180.0) % 360.0 - 180.0
    return start[0] + share * (end[0] - start[0]), (start[1] + share * turn + 180.0) % 360.0 - 180.0


def legs_by_light(places: Sequence[Place], light: Sequence[float]) -> Iterator[tuple[bool, Leg]]:
    """The legs of a track, cut where the light changes its sign; of each whether it lies in shadow.

    Args:
        places: Samples of the track.
        light: For each of them how far it is in sunlight, negative in shadow; may be empty: all of it is lit.
    """
    if len(light) != len(places):
        yield from ((False, leg) for leg in pairwise(places))
        return
    for (start, end), (before, after) in zip(pairwise(places), pairwise(light), strict=True):
        if (before < 0.0) == (after < 0.0):
            yield before < 0.0, (start, end)
            continue
        edge = between(start, end, before / (before - after))
        yield before < 0.0, (start, edge)
        yield after < 0.0, (edge, end)


class TrackLines:
    """Draws lines of a map; what has been drawn is kept as long as it stays true."""

    def __init__(self) -> None:
        self._lines: dict[Role, tuple[object, Stroke]] = {}
        self._legs: dict[Role, tuple[object, dict[Leg, dict[int, int]]]] = {}
        self._heads: tuple[object, dict[int, str]] = None, {}

    def track(self, places: Sequence[Place], light: Sequence[float], role: Role, projection: MapProjection) -> Stroke:
        """The legs of a track in one light. Samples stay in place as time goes on, and so do the lines between them.

        Args:
            places: Samples of the track.
            light: As in `legs_by_light`.
            role: What kind of line it is, which decides which legs are drawn and in which texture.
            projection: Where places are in the picture.
        """
        key = (projection, places, light)
        kept = self._lines.get(role)
        if kept is not None and kept[0] == key:
            return kept[1]
        is_dark = role in DARK
        drawn = self._legs.get(role)
        known = drawn[1] if drawn is not None and drawn[0] is projection else {}
        fresh: dict[Leg, dict[int, int]] = {}
        whole = projection.stroke()
        for leg in (leg for dark, leg in legs_by_light(places, light) if dark is is_dark):
            bits = known.get(leg)
            if bits is None:
                stroke = projection.stroke()
                stroke.path((projection.dot(*place) for place in leg), dotted=DOTTED[role])
                bits = stroke.bits
            fresh[leg] = bits
            whole.add(bits)
        self._legs[role] = projection, fresh
        self._lines[role] = key, whole
        return whole

    def footprint(self, station: Place, radius_deg: float, projection: MapProjection) -> Stroke:
        """The horizon circle around the middle of the station's cell, so that it moves when the marker does."""
        centre = middle_of_cell(station, projection)
        key = (projection, centre, radius_deg)
        kept = self._lines.get(Role.FOOTPRINT)
        if kept is None or kept[0] != key:
            stroke, points = projection.stroke(), max(36, min(180, projection.width))
            stroke.path(projection.dot(*place) for place in circle(centre, radius_deg, points))
            kept = self._lines[Role.FOOTPRINT] = key, stroke
        return kept[1]

    def curve(self, paths: Sequence[Sequence[Place]], role: Role, key: object, projection: MapProjection) -> Stroke:
        """Solid lines through places."""
        kept = self._lines.get(role)
        if kept is None or kept[0] != (projection, key):
            stroke = projection.stroke()
            for path in paths:
                stroke.path(projection.dot(*place) for place in path)
            kept = self._lines[role] = (projection, key), stroke
        return kept[1]

    def arrows(
        self, future: Sequence[Place], signs: tuple[str, str, str, str], projection: MapProjection
    ) -> dict[int, str]:
        """Arrowheads along the future track, at fixed longitudes so that they stay put while time passes.

        Args:
            future: The track.
            signs: Right, left, up, down.
            projection: Where places are in the picture.
        """
        key = (projection, track_key(future))
        if self._heads[0] == key:
            return self._heads[1]
        heads: dict[int, str] = {}
        for before, after in pairwise(future):
            if before[1] % 360 // ARROW_STEP_DEG == after[1] % 360 // ARROW_STEP_DEG:
                continue
            start, end = projection.dot(*before), projection.dot(*after)
            cell = projection.cell(*after)
            if start is None or end is None or cell is None:
                continue
            right, down = end[0] - start[0], end[1] - start[1]
            if projection.wraps and abs(right) > projection.dots_across // 2:
                right = -right  # over the seam
            sideways = 2 * abs(right) >= abs(down)  # most of the way is eastwards or westwards
            arrow = signs[(0 if right >= 0 else 1) if sideways else (2 if down < 0 else 3)]
            heads[cell[1] * projection.width + cell[0]] = arrow
        self._heads = key, heads
        return heads


def middle_of_cell(station: Place, projection: MapProjection) -> Place:
    """The middle of the cell that a place lies in; outside the picture the place itself."""
    cell = projection.cell(*station)
    centre = None if cell is None else projection.place(*cell)
    return station if centre is None else centre
