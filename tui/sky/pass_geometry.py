"""What does not change during a pass: its path across the sky, and the stars, Sun and Moon behind it."""

from __future__ import annotations

from bisect import bisect_left
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from sim.astro.stars import faintest_magnitude, stars_in_sky
from sim.astro.sun import sun_in_sky
from sim.errors import OrbitError
from sim.passes.observation import observe

if TYPE_CHECKING:
    from sim.astro.stars import StarInSky
    from sim.orbit.propagation import Orbit
    from sim.passes.model import Pass
    from sim.passes.observation import Observation
    from sim.places.place import Place

PATH_SAMPLES = 241
SKY_STEP_S = 60.0
"""The sky is recomputed at this step (s): it rotates by a quarter of a degree, less than a dot of the largest plot."""


class Body(msgspec.Struct, frozen=True):
    """Sun or Moon in the sky of the place."""

    name: str
    glyph: str
    azimuth_deg: float
    elevation_deg: float


class SkyBehind(msgspec.Struct, frozen=True):
    """Stars visible to the naked eye in the present twilight, and Sun and Moon if they are up."""

    sun_elevation_deg: float
    stars: tuple[StarInSky, ...]
    bodies: tuple[Body, ...]


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

    def minutes(self) -> list[float]:
        """Full minutes of the clock during the pass, UTC seconds since 1970."""
        first = int(self.pass_.rise.unix_s // 60.0) + 1
        return [60.0 * k for k in range(first, int(self.pass_.set.unix_s // 60.0) + 1)]

    def behind(self, unix_s: float) -> SkyBehind:
        """The sky at an instant; the same object within a minute."""
        return sky_behind(self.place, unix_s // SKY_STEP_S * SKY_STEP_S)


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
        raise OrbitError("the orbit has no position during this pass")
    return PassScene(pass_, place, tuple(points))


@lru_cache(maxsize=8)
def sky_behind(place: Place, unix_s: float) -> SkyBehind:
    """Stars, Sun and Moon above the horizon of a place."""
    from sim.astro.moon import moon_in_sky

    sun, moon = sun_in_sky(unix_s, place), moon_in_sky(unix_s, place)
    stars = stars_in_sky(unix_s, place, faintest_magnitude(sun.elevation_deg))
    bodies = (
        Body(name="Sun", glyph="☉", azimuth_deg=sun.azimuth_deg, elevation_deg=sun.elevation_deg),
        Body(
            name=f"Moon {moon.lit:.0%}",
            glyph="☽" if moon.waxing else "☾",
            azimuth_deg=moon.azimuth_deg,
            elevation_deg=moon.elevation_deg,
        ),
    )
    return SkyBehind(
        sun_elevation_deg=sun.elevation_deg,
        stars=tuple(s for s in stars if s.elevation_deg > 0.0),
        bodies=tuple(body for body in bodies if body.elevation_deg > 0.0),
    )
