"""What does not change during a pass: its path across the sky, and the stars, Sun and Moon behind it."""

from __future__ import annotations

import math
from bisect import bisect_left
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import msgspec

from sim.astro.photometry import eye_limit_magnitude
from sim.astro.planets import planets_in_sky
from sim.astro.stars import (
    constellations,
    direction_in_sky,
    faintest_magnitude,
    sky_matrix,
    stars_in_sky,
    unit_vector,
)
from sim.astro.sun import sun_in_sky
from sim.astro.vectors import wrapped_deg
from sim.errors import OrbitError
from sim.language import N_, _
from sim.language.phrase import Phrase
from sim.passes.observation import observe
from tui.drawing.memo import Identity

if TYPE_CHECKING:
    from sim.astro.moon import MoonSighting
    from sim.astro.stars import StarInSky
    from sim.astro.sun import SkyPosition
    from sim.orbit.propagation import Orbit
    from sim.passes.model import Pass
    from sim.passes.observation import Observation
    from sim.places.place import Place

PATH_SAMPLES = 241
SKY_STEP_S, FAST_SKY_STEP_S = 60.0, 480.0
"""The sky is recomputed at this step (s) from the peak on, and at the longer one while time runs fast: it is never
off by more than an eighth of a degree, then a degree, which is a dot."""

OUT_OF_SIGHT_DEG, AHEAD_DEG, FACING_STEP_DEG = 75.0, 50.0, 45.0
"""A panorama turns when the station is so far from its middle, to so far ahead of it, in such steps."""

SUN_STEP_S = 60.0


FIGURES_FROM_MAGNITUDE = 1.0
"""Lines of constellations are drawn when such stars stand out: from the end of civil twilight on."""

CORNERS_FAINTER = 1.5
"""So many magnitudes beyond what an eye finds a star may be that a line ends at."""

PLANET_GLYPH = "✦"
_NO_STARS = -9.0


class Body(msgspec.Struct, frozen=True):
    """Sun, Moon or a planet in the sky of the place; the magnitude is that of a planet."""

    phrase: Phrase
    glyph: str
    azimuth_deg: float
    elevation_deg: float
    magnitude: float | None = None

    @property
    def name(self) -> str:
        """`Moon 45%`, whatever the language."""
        return self.phrase.english

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return self.phrase.text

    @property
    def is_up(self) -> bool:
        """Whether it is above the level horizon."""
        return self.elevation_deg > 0.0


class Name(msgspec.Struct, frozen=True):
    """The name of a constellation, where it is written in the sky, and how well it is known: 1 to 3."""

    text: str
    rank: int
    azimuth_deg: float
    elevation_deg: float


class SkyBehind(msgspec.Struct, frozen=True):
    """What stands in the sky behind the station.

    Attributes:
        unix_s: The instant it is computed for.
        sun_azimuth_deg: Clockwise from north.
        sun_elevation_deg: Geometric.
        stars: Those above the horizon that an eye finds in the present twilight, brightest first.
        standing_out: The faintest magnitude that stands out, a magnitude brighter than the faintest star.
        bodies: Sun, Moon and planets above the horizon; planets only where an eye finds them.
        moon_lit: Share of the Moon's disc in sunlight.
        figures: Lines of the constellations, from star to star, if stars stand out at all.
        names: Names of the constellations above the horizon.
    """

    unix_s: float
    sun_azimuth_deg: float
    sun_elevation_deg: float
    stars: tuple[StarInSky, ...]
    standing_out: float
    bodies: tuple[Body, ...]
    moon_lit: float
    figures: tuple[tuple[StarInSky, StarInSky], ...]
    names: tuple[Name, ...]

    @property
    def eye_limit(self) -> float:
        """The faintest magnitude an eye finds."""
        return eye_limit_magnitude(self.sun_elevation_deg)

    def body(self, name: str) -> Body | None:
        """Sun, Moon or a planet by the beginning of its name, if it is up."""
        return next((body for body in self.bodies if body.name.startswith(name)), None)


@dataclass(frozen=True, eq=False)
class PassScene:
    """A pass with its path.

    Attributes:
        pass_: The pass.
        place: The observer.
        points: Observations from rise to set at equal time steps.
    """

    pass_: Pass
    place: Place
    points: tuple[Observation, ...]

    def at(self, unix_s: float) -> Observation:
        """The first observation at or after an instant; the last one after the pass."""
        return self.points[min(bisect_left(self.points, unix_s, key=lambda p: p.unix_s), len(self.points) - 1)]

    def is_up(self, unix_s: float) -> bool:
        """Whether the pass is under way."""
        return self.pass_.rise.unix_s <= unix_s <= self.pass_.set.unix_s

    def sunlit(self, unix_s: float) -> bool:
        """Whether the station is in the sun at an instant of the pass."""
        return any(start <= unix_s <= end for start, end in self.pass_.light.sunlit)

    def seen(self, unix_s: float) -> bool:
        """Whether the station is visible to the naked eye at an instant, under a clear sky."""
        return any(window.from_unix_s <= unix_s <= window.to_unix_s for window in self.pass_.windows)

    @cached_property
    def highest_seen(self) -> Observation:
        """The highest point at which it can be seen; the first one of a pass that cannot."""
        seen = (point for point in self.points if self.seen(point.unix_s))
        return max(seen, key=lambda point: point.elevation_deg, default=self.points[0])

    def minutes(self) -> list[float]:
        """Full minutes of the clock during the pass, UTC seconds since 1970."""
        first = int(self.pass_.rise.unix_s // 60.0) + 1
        return [60.0 * k for k in range(first, int(self.pass_.set.unix_s // 60.0) + 1)]

    def behind(self, unix_s: float, step_s: float = SKY_STEP_S) -> SkyBehind:
        """The sky at an instant; the same object for a step, of which the peak is the middle of one."""
        return sky_behind(self.place, self.stepped(unix_s, step_s))

    def stepped(self, unix_s: float, step_s: float) -> float:
        """The nearest instant in whole steps from the peak: what is shown for a step is right in its middle."""
        peak_s = self.pass_.peak.unix_s
        return peak_s + round((unix_s - peak_s) / step_s) * step_s

    @cached_property
    def facings(self) -> tuple[tuple[float, float], ...]:
        """Where one faces to keep the station in sight: instants from which on, and azimuths (deg).

        As few turns as can be: each is so far ahead of the station that it lasts.
        """
        windows = self.pass_.windows
        first_s = windows[0].from_unix_s if windows else self.pass_.rise.unix_s
        ahead = [point for point in self.points if point.unix_s >= first_s] or [*self.points[-1:]]
        found: list[tuple[float, float]] = []
        for point, following in zip(ahead, [*ahead[10:], *ahead[-1:] * 10], strict=False):
            if found and abs(wrapped_deg(point.azimuth_deg - found[-1][1])) <= OUT_OF_SIGHT_DEG:
                continue
            way = wrapped_deg(following.azimuth_deg - point.azimuth_deg)
            wanted_deg = point.azimuth_deg + math.copysign(AHEAD_DEG if found else AHEAD_DEG / 2.0, way)
            found.append((point.unix_s, round(wanted_deg / FACING_STEP_DEG) * FACING_STEP_DEG % 360.0))
        return tuple(found)

    def facing_deg(self, unix_s: float) -> float:
        """Where one faces at an instant; before the pass where the station is first seen."""
        begun = [azimuth_deg for from_s, azimuth_deg in self.facings if from_s <= unix_s]
        return begun[-1] if begun else self.facings[0][1]

    def sun_elevation_deg(self, unix_s: float) -> float:
        """Geometric elevation of the Sun, to the minute."""
        return sun_in_sky(unix_s // SUN_STEP_S * SUN_STEP_S, self.place).elevation_deg


def pass_scene(orbit: Orbit, place: Place, pass_: Pass) -> PassScene:
    """Compute the path of a pass, `PATH_SAMPLES` observations; about 10 ms.

    Raises:
        OrbitError: The orbit has no position at any instant of the pass.
    """
    step_s = pass_.duration_s / (PATH_SAMPLES - 1)
    points = []
    for number in range(PATH_SAMPLES):
        with suppress(OrbitError):  # an ephemeris may end during the pass
            points.append(observe(orbit, place, pass_.rise.unix_s + number * step_s, pass_.standard))
    if not points:
        raise OrbitError(_("the orbit has no position during this pass"))
    return PassScene(pass_, place, tuple(points))


def scene_of(orbit: Orbit, place: Place, pass_: Pass) -> PassScene | None:
    """The path of a pass, kept for the latest few; `None` where the orbit has none."""
    return _scene(Identity(orbit), place, Identity(pass_))


@lru_cache(maxsize=4)
def _scene(orbit: Identity[Orbit], place: Place, pass_: Identity[Pass]) -> PassScene | None:
    try:
        return pass_scene(orbit.value, place, pass_.value)
    except OrbitError:
        return None


@lru_cache(maxsize=8)
def sky_behind(place: Place, unix_s: float) -> SkyBehind:
    """Stars, Sun, Moon and planets above the horizon of a place."""
    from sim.astro.moon import moon_in_sky

    sun, moon = sun_in_sky(unix_s, place), moon_in_sky(unix_s, place)
    limit = eye_limit_magnitude(sun.elevation_deg)
    standing_out = faintest_magnitude(sun.elevation_deg)
    dark = standing_out > FIGURES_FROM_MAGNITUDE
    catalogue = stars_in_sky(unix_s, place, 99.0 if dark else standing_out + 1.0)
    return SkyBehind(
        unix_s=unix_s,
        sun_azimuth_deg=sun.azimuth_deg,
        sun_elevation_deg=sun.elevation_deg,
        stars=tuple(s for s in catalogue if s.elevation_deg > 0.0 and s.star.magnitude <= limit)
        if standing_out > _NO_STARS
        else (),
        standing_out=standing_out,
        bodies=tuple(body for body in (*_sun_and_moon(sun, moon), *_planets(unix_s, place, limit)) if body.is_up),
        moon_lit=moon.lit,
        figures=_figures(catalogue, limit + CORNERS_FAINTER) if dark else (),
        names=_names(unix_s, place) if dark else (),
    )


def _sun_and_moon(sun: SkyPosition, moon: MoonSighting) -> tuple[Body, Body]:
    return (
        Body(phrase=Phrase(N_("Sun")), glyph="☉", azimuth_deg=sun.azimuth_deg, elevation_deg=sun.elevation_deg),
        Body(
            phrase=Phrase(N_("Moon {lit:.0%}"), {"lit": moon.lit}),
            glyph="☽" if moon.waxing else "☾",
            azimuth_deg=moon.azimuth_deg,
            elevation_deg=moon.elevation_deg,
        ),
    )


def _planets(unix_s: float, place: Place, limit: float) -> list[Body]:
    """Those an eye finds, below the horizon too."""
    return [
        Body(
            phrase=Phrase(planet.name),
            glyph=PLANET_GLYPH,
            azimuth_deg=planet.azimuth_deg,
            elevation_deg=planet.elevation_deg,
            magnitude=planet.magnitude,
        )
        for planet in planets_in_sky(unix_s, place)
        if planet.magnitude <= limit
    ]


def _figures(catalogue: list[StarInSky], limit: float) -> tuple[tuple[StarInSky, StarInSky], ...]:
    """The lines with both ends above the horizon and bright enough, from all stars in the order of the catalogue."""
    return tuple(
        (seen, catalogue[row])
        for seen in catalogue
        if seen.elevation_deg > 0.0
        for row in seen.star.joined  # fainter ones
        if catalogue[row].elevation_deg > 0.0 and catalogue[row].star.magnitude <= limit
    )


def _names(unix_s: float, place: Place) -> tuple[Name, ...]:
    """The names of constellations above the horizon."""
    matrix = sky_matrix(unix_s, place)
    found = []
    for constellation in constellations():
        azimuth_deg, elevation_deg = direction_in_sky(matrix, unit_vector(constellation.ra_deg, constellation.dec_deg))
        if elevation_deg > 0.0:
            found.append(
                Name(
                    text=constellation.name,
                    rank=constellation.rank,
                    azimuth_deg=azimuth_deg,
                    elevation_deg=elevation_deg,
                )
            )
    return tuple(found)
