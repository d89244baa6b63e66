"""The light of the sky itself: twilight towards the Sun, night, the Milky Way, the ground; in pixels, two to a cell.

The colours are chosen by eye for the heights of the Sun at which one twilight ends and the next begins; they are dark
enough, by day too, for white letters on them. The light changes in steps of `LIGHT_STEP_S` and its colours in steps of
`COLOUR_STEP`, so that little has to be painted anew while time runs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import msgspec

from sim.astro.milky_way import milky_way_share
from sim.astro.stars import sky_matrix
from sim.astro.sun import sun_in_sky
from sim.constants import DEG
from tui.drawing.cells import blend

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from sim.passes.horizon import Horizon
    from sim.places.place import Place
    from sim.types import Floats
    from tui.sky.sky_projection import SkyProjection

    Pixels: TypeAlias = NDArray[np.int32]

LIGHT_STEP_S, FAST_LIGHT_STEP_S = 240.0, 960.0
"""The light is computed anew at this step, counted from the peak of the pass, and at the longer one while time runs
fast: the Sun is never off by more than half a degree, then by a degree at the ends of a pass."""

COLOUR_STEP = 3
"""Least difference between two values of red, green or blue."""

MILKY_WAY_LIGHT = (44.0, 48.0, 62.0)
"""What its brightest part adds to the colour of the night."""

_FADE_DEG, _GLOW_DEG = 22.0, 6.0
"""Elevation over which the colour of the horizon, and the glow above the Sun, fall to a third."""


class SkyColours(msgspec.Struct, frozen=True):
    """Colours (red, green, blue; 0 to 255) at one height of the Sun.

    Attributes:
        sun_elevation_deg: That height.
        zenith: Overhead.
        far: At the horizon opposite the Sun.
        near: At the horizon on the Sun's side.
        glow: Low over the place where it set or will rise.
    """

    sun_elevation_deg: float
    zenith: tuple[int, int, int]
    far: tuple[int, int, int]
    near: tuple[int, int, int]
    glow: tuple[int, int, int]


def _colours(sun_elevation_deg: float, zenith: int, far: int, near: int, glow: int) -> SkyColours:
    def channels(colour: int) -> tuple[int, int, int]:
        return colour >> 16, colour >> 8 & 255, colour & 255

    return SkyColours(sun_elevation_deg, channels(zenith), channels(far), channels(near), channels(glow))


SKY_COLOURS = (
    _colours(-18.0, 0x080D1E, 0x10172C, 0x10172C, 0x10172C),
    _colours(-15.0, 0x091024, 0x121A32, 0x1A2340, 0x2B2B42),
    _colours(-12.0, 0x0A132C, 0x141D3A, 0x28304F, 0x4E3C4C),
    _colours(-9.0, 0x0D1838, 0x1A2547, 0x444361, 0x905641),
    _colours(-6.0, 0x122046, 0x232F55, 0x675568, 0xB8652F),
    _colours(-3.0, 0x182F60, 0x36436D, 0x87695E, 0xC87431),
    _colours(0.0, 0x1D3D74, 0x47587F, 0x8B7467, 0xC98138),
    _colours(6.0, 0x204C8C, 0x4A78A8, 0x6C8098, 0x8F8672),
    _colours(20.0, 0x23569A, 0x4F82B4, 0x5F88B0, 0x6C8AA8),
)
"""By the height of the Sun, the lowest first; between them they are mixed, beyond them they stay."""


def sky_colours(sun_elevation_deg: float) -> SkyColours:
    """The colours at any height of the Sun."""
    height = min(max(sun_elevation_deg, SKY_COLOURS[0].sun_elevation_deg), SKY_COLOURS[-1].sun_elevation_deg)
    number = next(k for k in range(1, len(SKY_COLOURS)) if height <= SKY_COLOURS[k].sun_elevation_deg)
    low, high = SKY_COLOURS[number - 1], SKY_COLOURS[number]
    share = (height - low.sun_elevation_deg) / (high.sun_elevation_deg - low.sun_elevation_deg)

    def mixed(one: tuple[int, int, int], other: tuple[int, int, int]) -> tuple[int, int, int]:
        red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
        return red, green, blue

    return SkyColours(
        height,
        mixed(low.zenith, high.zenith),
        mixed(low.far, high.far),
        mixed(low.near, high.near),
        mixed(low.glow, high.glow),
    )


def twilight(elevations_deg: Floats, from_sun_deg: Floats, sun_elevation_deg: float) -> Floats:
    """Colours of the empty sky.

    Args:
        elevations_deg: Of the directions, any shape.
        from_sun_deg: Azimuths from that of the Sun, the same shape.
        sun_elevation_deg: Geometric.

    Returns:
        Red, green and blue from 0 to 255 in a last axis of three, not rounded.
    """
    import numpy as np

    colours = sky_colours(sun_elevation_deg)
    zenith, far, near, glow = (
        np.array(colour, dtype=float) for colour in (colours.zenith, colours.far, colours.near, colours.glow)
    )
    above = np.clip(elevations_deg, 0.0, 90.0)
    sunward = (1.0 + np.cos(from_sun_deg * DEG)) / 2.0
    low = (np.exp(-above / _FADE_DEG) - np.exp(-90.0 / _FADE_DEG)) / (1.0 - np.exp(-90.0 / _FADE_DEG))
    horizon = far + (near - far) * (sunward**2)[..., None]
    sky = zenith + (horizon - zenith) * low[..., None]
    warm = np.exp(-above / _GLOW_DEG) * sunward**3
    shown: Floats = sky + (glow - sky) * warm[..., None]
    return shown


def milky_way_strength(sun_elevation_deg: float, moon_lit: float) -> float:
    """How much of the Milky Way is seen, 0 to 1: all in a dark night, nothing before the end of nautical twilight.

    Args:
        sun_elevation_deg: Geometric.
        moon_lit: Share of the Moon's disc in sunlight; 0 where it is below the horizon.
    """
    dark = min(max((-12.0 - sun_elevation_deg) / 6.0, 0.0), 1.0)
    return dark * (1.0 - 0.8 * moon_lit)


def sky_pixels(
    projection: SkyProjection, place: Place, unix_s: float, moon_lit: float, horizon: Horizon | None, outside: int
) -> Pixels:
    """The sky and the ground in pixels, two rows of them to a row of cells.

    Args:
        projection: Size of the picture, and where directions are in it.
        place: The observer.
        unix_s: The instant.
        moon_lit: See `milky_way_strength`.
        horizon: The place's own, where it has one.
        outside: The colour of what is no sky.

    Returns:
        Colours 0xRRGGBB, shape (2 * rows, columns).
    """
    import numpy as np

    sun = sun_in_sky(unix_s, place)
    columns, rows = projection.columns, projection.rows
    x, y = np.meshgrid(np.arange(columns) * 2.0 + 0.5, np.arange(2 * rows) * 2.0 + 0.5)
    azimuths, elevations = projection.directions(x, y, np)
    light = twilight(elevations, azimuths - sun.azimuth_deg, sun.elevation_deg)
    strength = milky_way_strength(sun.elevation_deg, moon_lit)
    if strength > 0.0:
        a, e = azimuths * DEG, elevations * DEG
        enu = np.stack([np.sin(a) * np.cos(e), np.cos(a) * np.cos(e), np.sin(e)], axis=-1)
        share = milky_way_share(enu @ np.array(sky_matrix(unix_s, place)))
        low_air = 1.0 - np.exp(-np.clip(elevations, 0.0, 90.0) / 10.0)  # little of it comes through the air down there
        light += (strength * np.clip(share - 0.2, 0.0, 1.0) ** 1.3 * low_air)[..., None] * np.array(MILKY_WAY_LIGHT)
    edge = _rim(azimuths, horizon) if horizon is not None else 0.0
    covered = np.clip((elevations - edge) * projection.dots_per_deg / 2.0 + 0.5, 0.0, 1.0)[..., None]
    ground = np.array([outside >> 16, outside >> 8 & 255, outside & 255], dtype=float)
    stepped = (np.clip(light, 0.0, 255.0) / COLOUR_STEP).round() * COLOUR_STEP
    shown = (ground + (stepped - ground) * covered).round().astype(np.int32)
    packed: Pixels = (shown[..., 0] << 16) | (shown[..., 1] << 8) | shown[..., 2]
    return packed


def _rim(azimuths_deg: Floats, horizon: Horizon) -> Floats:
    """How high the place's own horizon stands at some azimuths; never below the level one."""
    import numpy as np

    known_at, known = horizon.closed
    return np.maximum(np.interp(azimuths_deg % 360.0, known_at, known), 0.0)


_BLACK_BODIES = (
    (3000.0, 0xFFB46B), (4000.0, 0xFFD1A3), (5000.0, 0xFFE4CE), (6000.0, 0xFFF3EF), (7000.0, 0xF5F3FF),
    (8000.0, 0xE3E9FF), (10000.0, 0xCCDBFF), (15000.0, 0xB3CCFF), (30000.0, 0x9FBFFF),
)  # fmt: skip
"""Colour of a black body by temperature in kelvin (M. Charity, "What color is a blackbody?", D65)."""


def star_colour(b_v: float | None) -> int:
    """Colour 0xRRGGBB of a star by its index B-V; white where that is not known.

    The temperature is that of Ballesteros 2012 (Europhysics Letters 97, 34008).
    """
    if b_v is None:
        return 0xFFFFFF
    index = min(max(b_v, -0.4), 2.0)
    kelvin = 4600.0 * (1.0 / (0.92 * index + 1.7) + 1.0 / (0.92 * index + 0.62))
    kelvin = min(max(kelvin, _BLACK_BODIES[0][0]), _BLACK_BODIES[-1][0])
    number = next(k for k in range(1, len(_BLACK_BODIES)) if kelvin <= _BLACK_BODIES[k][0])
    (cold, one), (hot, other) = _BLACK_BODIES[number - 1], _BLACK_BODIES[number]
    return blend(one, other, (kelvin - cold) / (hot - cold))
