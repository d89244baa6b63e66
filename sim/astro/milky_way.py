"""How bright the Milky Way is by direction: a smooth disc of stars seen through a thinner disc of dust.

Stars: an exponential disc, 2.6 kpc long and 0.3 kpc high, the Sun 8.0 kpc from its middle (Juric et al. 2008,
ApJ 673, 864). Dust: 2.26 kpc long and 0.134 kpc high (Drimmel and Spergel 2001, ApJ 556, 181), at the Sun 0.67
magnitudes a kiloparsec (Trumpler 1930, Lick Bulletin 14, 154). The light of a line of sight is the sum along it. Clouds
of stars and of dust (the Great Rift, the Coalsack) are not in it: it is a band, not a portrait.
"""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING

from sim.constants import DEG

if TYPE_CHECKING:
    from sim.types import Floats

SUN_KPC = 8.0
STARS_LENGTH_KPC, STARS_HEIGHT_KPC = 2.6, 0.3
DUST_LENGTH_KPC, DUST_HEIGHT_KPC = 2.26, 0.134
DUST_PER_KPC = 0.67 * math.log(10.0) / 2.5
_FARTHEST_KPC, _STEPS = 16.0, 160
_GRID_DEG = 2.0

TO_GALACTIC = (
    (-0.0548755604, -0.8734370902, -0.4838350155),
    (0.4941094279, -0.4448296300, 0.7469822445),
    (-0.8676661490, -0.1980763734, 0.4559837762),
)
"""Rows that turn a direction of J2000 (equatorial) into galactic axes (ESA 1997, Hipparcos, section 1.5.3)."""


def milky_way_share(directions: Floats) -> Floats:
    """Brightness by direction on a scale from 0 (at the galactic poles) to 1 (the brightest line of sight).

    The scale is that of magnitudes, as the eye has it.

    Args:
        directions: Unit vectors of J2000, equatorial, shape (..., 3).

    Returns:
        Shape (...).
    """
    import numpy as np

    x, y, z = np.moveaxis(directions @ np.array(TO_GALACTIC).T, -1, 0)
    longitudes = np.abs(np.degrees(np.arctan2(y, x))) / _GRID_DEG
    latitudes = np.degrees(np.arcsin(np.clip(np.abs(z), 0.0, 1.0))) / _GRID_DEG
    table = _shares()
    column = np.minimum(longitudes.astype(int), table.shape[0] - 2)
    row = np.minimum(latitudes.astype(int), table.shape[1] - 2)
    u, v = longitudes - column, latitudes - row
    near = table[column, row] * (1.0 - v) + table[column, row + 1] * v
    far = table[column + 1, row] * (1.0 - v) + table[column + 1, row + 1] * v
    share: Floats = near * (1.0 - u) + far * u
    return share


@cache
def _shares() -> Floats:
    """The scale by galactic longitude (0 to 180) and latitude (0 to 90), every `_GRID_DEG` degrees."""
    import numpy as np

    longitudes, latitudes = np.meshgrid(
        np.arange(0.0, 180.0 + _GRID_DEG, _GRID_DEG), np.arange(0.0, 90.0 + _GRID_DEG, _GRID_DEG), indexing="ij"
    )
    magnitudes = -2.5 * np.log10(surface_brightness(longitudes, latitudes))
    share: Floats = (magnitudes[0, -1] - magnitudes) / (magnitudes[0, -1] - magnitudes.min())
    return share


def surface_brightness(longitudes_deg: Floats, latitudes_deg: Floats) -> Floats:
    """Light of a line of sight, in stars' light at the Sun times kiloparsecs; any shape, the same for both."""
    import numpy as np

    edges = _FARTHEST_KPC * np.linspace(0.0, 1.0, _STEPS + 1) ** 2  # fine steps near the Sun, where the dust's sheet is
    l_rad, b_rad = longitudes_deg * DEG, latitudes_deg * DEG
    light, depth = np.zeros(np.shape(longitudes_deg)), np.zeros(np.shape(longitudes_deg))
    for start, end in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        middle, step = (start + end) / 2.0, end - start
        flat = middle * np.cos(b_rad)
        height = np.abs(middle * np.sin(b_rad))
        radius = np.sqrt(np.maximum(SUN_KPC**2 + flat**2 - 2.0 * SUN_KPC * flat * np.cos(l_rad), 0.0))
        dust = np.exp(-(radius - SUN_KPC) / DUST_LENGTH_KPC - height / DUST_HEIGHT_KPC) * DUST_PER_KPC * step
        stars = np.exp(-(radius - SUN_KPC) / STARS_LENGTH_KPC - height / STARS_HEIGHT_KPC) * step
        light += stars * np.exp(-depth - dust / 2.0)
        depth += dust
    brightness: Floats = light
    return brightness
