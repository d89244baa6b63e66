"""The Earth from a point above it, ray by ray: the ground in the light of the Sun, and the air over the horizon.

Loads numpy, so pictures made of it come after the first picture of the dashboard only.
"""

from __future__ import annotations

from functools import cache
from math import sqrt
from typing import TYPE_CHECKING

from sim.constants import MEAN_EARTH_RADIUS_KM
from tui.map.daylight import LIGHT_ALTITUDES_DEG, LIGHT_STEPS
from tui.map.globe_projection import direction
from tui.map.ground.earth import GROUNDS, raster_for

if TYPE_CHECKING:
    from sim.types import Bools, Floats, Indices, Vector

AIR_SCALE_KM = 22.0
"""The glow over the horizon falls to a third in this height: thicker than the air is, as a picture needs it."""

HAZE = 0.7
"""Share of the air's colour in front of the ground at the horizon."""

AIR_AT_HORIZON = 0.85
"""Share of the air's colour just over the horizon."""

FAR_STEP_DEG = 0.6
"""Where a pixel spans more of the ground than this, a coarser raster keeps it from flickering."""

ROUNDED_TO = 0xF8F8F8
"""Colours in steps that are hardly seen: neighbours become alike."""

_AIR_BY_DAY, _AIR_AT_DUSK, _AIR_AT_NIGHT = (95, 160, 245), (150, 98, 74), (16, 36, 44)


class EarthRays:
    """Colours of rays that leave a point above a spherical Earth; lengths are in radii of the Earth.

    Args:
        colours: The colours of all grounds in all lights (`tui.map.ground.earth.earth_colours`).
        smooth: Mix colours between the pixels of the raster; else only colours of the table are shown on the ground.
    """

    def __init__(self, colours: list[int], *, smooth: bool) -> None:
        self._colours, self._smooth = colours, smooth

    def picture(
        self,
        rays: Floats,
        eye: Vector,
        pixel_rad: float,
        sun: tuple[float, float],
        space: int,
        ground_share: float = 1.0,
    ) -> tuple[Floats, Bools]:
        """What each ray ends in: red, green and blue from 0 to 255, and whether it ends on the ground.

        The air over the horizon may be thinner than a pixel, so a pixel shows the mean of what it covers: the horizon
        is a line without steps, and no brighter where it lies between two pixels.

        Args:
            rays: Directions in the Earth-fixed frame, of any length, (rows, columns, 3).
            eye: Where they begin, in the same frame.
            pixel_rad: Angle between neighbouring rays.
            sun: Latitude and longitude under the Sun, degrees.
            space: The colour where there is neither ground nor air, 0xRRGGBB.
            ground_share: The share of its light with which the ground is shown.
        """
        import numpy as np

        rays = rays / np.linalg.norm(rays, axis=2, keepdims=True)
        start = np.array(eye)
        beyond = float(start @ start) - 1.0  # the square of the distance to the horizon
        along = rays @ start
        inside = along * along - beyond
        hits = (inside >= 0.0) & (along < 0.0)
        distance = np.where(hits, -along - np.sqrt(np.maximum(inside, 0.0)), -along)
        point = start + distance[..., None] * rays
        point /= np.linalg.norm(point, axis=2, keepdims=True)  # below the lowest point of a ray that passes by
        light = np.clip(
            (
                LIGHT_ALTITUDES_DEG[0]
                + 0.75
                - np.degrees(np.arcsin(np.clip(point @ np.array(direction(*sun)), -1.0, 1.0)))
            )
            / 1.5,
            0.0,
            15.0,
        )
        air = _air(light)
        above, sky_veil = _sky_over_horizon(np.sqrt(np.maximum(1.0 - inside, 0.0)) - 1.0, pixel_rad * sqrt(beyond))
        above[along >= 0.0], sky_veil[along >= 0.0] = 1.0, 0.0
        picture = np.empty((*hits.shape, 3))
        picture[:] = [space >> 16, space >> 8 & 255, space & 255]
        picture += sky_veil[..., None] * (air - picture)
        near = above < 1.0
        ground = self._ground(point[near], distance[near] * pixel_rad, light[near])
        ground += (HAZE * (np.minimum(distance[near] / sqrt(beyond), 1.0)) ** 5)[:, None] * (air[near] - ground)
        share = above[near][:, None]
        picture[near] = share * picture[near] + (1.0 - share) * ground_share * ground
        return picture, hits

    def _ground(self, point: Floats, pixel: Floats, light: Floats) -> Floats:
        """Colours of the ground, (n, 3), at points (n, 3) where a pixel has this size across the ray."""
        import numpy as np

        latitude = np.degrees(np.arcsin(np.clip(point[:, 2], -1.0, 1.0)))
        longitude = np.degrees(np.arctan2(point[:, 1], point[:, 0]))
        pixel_deg = np.degrees(pixel)
        table = _table(tuple(self._colours))
        step = light if self._smooth else np.rint(light)
        lower = np.minimum(step.astype(int), LIGHT_STEPS - 2)
        share = (step - lower)[:, None]
        found = np.empty((len(latitude), 3))
        for chosen, finest_deg in ((pixel_deg < FAR_STEP_DEG, 0.125), (pixel_deg >= FAR_STEP_DEG, FAR_STEP_DEG)):
            samples = self._samples(latitude[chosen], longitude[chosen], finest_deg)
            mixed = sum(
                weight[:, None]
                * (
                    table[lower[chosen], ground] * (1.0 - share[chosen])
                    + table[lower[chosen] + 1, ground] * share[chosen]
                )
                for weight, ground in samples
            )
            found[chosen] = mixed
        return found

    def _samples(self, latitude: Floats, longitude: Floats, finest_deg: float) -> list[tuple[Floats, Indices]]:
        """Grounds around places with their weights: the four nearest pixels, or only the nearest one."""
        import numpy as np

        raster = raster_for(finest_deg)
        grounds = np.frombuffer(raster.values, dtype=np.uint8).reshape(raster.height, raster.width)
        down, across = (90.0 - latitude) / 180.0 * raster.height, (longitude + 180.0) / 360.0 * raster.width
        if not self._smooth:
            row = np.clip(down.astype(int), 0, raster.height - 1)
            return [(np.ones(len(row)), grounds[row, across.astype(int) % raster.width])]
        down, across = down - 0.5, across - 0.5
        row, column = np.floor(down).astype(int), np.floor(across).astype(int)
        of_row, of_column = down - row, across - column
        return [
            (
                (of_row if lower else 1.0 - of_row) * (of_column if east else 1.0 - of_column),
                grounds[np.clip(row + lower, 0, raster.height - 1), (column + east) % raster.width],
            )
            for lower in (0, 1)
            for east in (0, 1)
        ]


def _sky_over_horizon(height: Floats, pixel: float) -> tuple[Floats, Floats]:
    """How much of each pixel is above the horizon, and how much of the air's colour that part has on the mean.

    Args:
        height: Of each ray's lowest point over the ground, below it negative, in radii of the Earth.
        pixel: How much of that a pixel spans.
    """
    import numpy as np

    scale = AIR_SCALE_KM / MEAN_EARTH_RADIUS_KM
    above = np.clip(height / pixel + 0.5, 0.0, 1.0)
    top = np.maximum(height + pixel / 2.0, 0.0)
    low = np.minimum(np.maximum(height - pixel / 2.0, 0.0), top)
    span = np.maximum(top - low, 1e-9)
    return above, AIR_AT_HORIZON * scale / span * (np.exp(-low / scale) - np.exp(-top / scale))


@cache
def _table(colours: tuple[int, ...]) -> Floats:
    """The colours of all grounds in all lights, (LIGHT_STEPS, GROUNDS, 3)."""
    import numpy as np

    values = np.array(colours, dtype=np.int64)
    channels = np.stack((values >> 16, values >> 8 & 255, values & 255), axis=1).astype(float)
    return channels.reshape(LIGHT_STEPS, GROUNDS, 3)


def _air(light: Floats) -> Floats:
    """The colour of the air in each light: blue by day, warm at dusk, faint at night."""
    import numpy as np

    stops = (0.0, LIGHT_STEPS * 0.45, LIGHT_STEPS * 0.8)
    colours = (_AIR_BY_DAY, _AIR_AT_DUSK, _AIR_AT_NIGHT)
    return np.stack([np.interp(light, stops, [colour[i] for colour in colours]) for i in range(3)], axis=-1)


def packed(picture: Floats) -> list[list[int]]:
    """Rows of colours 0xRRGGBB, rounded a little.

    Args:
        picture: Red, green and blue from 0 to 255, (rows, columns, 3).
    """
    import numpy as np

    values = np.clip(np.rint(picture), 0, 255).astype(np.int64)
    packed = (values[..., 0] << 16 | values[..., 1] << 8 | values[..., 2]) & ROUNDED_TO
    rows: list[list[int]] = packed.tolist()
    return rows
