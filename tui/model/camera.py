"""Where the station is looked at from, and where its points fall in the picture."""

from __future__ import annotations

from math import cos, hypot, radians, sin

import msgspec

from sim.astro.vectors import cross, dot
from sim.types import Vector

DISTANCE_M = 150.0
"""From the eye to the point looked at: far enough that no part comes near the eye."""


class Camera(msgspec.Struct, frozen=True, kw_only=True):
    """An eye that looks at a point of the station, with the Earth below.

    Attributes:
        azimuth_deg: Where the eye is around the station: 0 ahead of it, 90 to starboard.
        elevation_deg: How high above the horizontal plane, -90 to 90.
        columns_per_m: Size of the picture at the point looked at.
        target_m: The point looked at, in body axes.
    """

    azimuth_deg: float
    elevation_deg: float
    columns_per_m: float
    target_m: Vector = (0.0, 0.0, 0.0)

    def basis(self) -> tuple[Vector, Vector, Vector]:
        """Unit vectors in body axes: to the right of the picture, up in it, and from the station to the eye."""
        azimuth, elevation = radians(self.azimuth_deg), radians(self.elevation_deg)
        to_eye = cos(elevation) * cos(azimuth), cos(elevation) * sin(azimuth), -sin(elevation)
        right = sin(azimuth), -cos(azimuth), 0.0
        up = cross(right, (-to_eye[0], -to_eye[1], -to_eye[2]))
        return right, up, to_eye


class Projection:
    """A camera with a picture of a size.

    Args:
        camera: The eye.
        columns: Pixels across.
        rows: Pixels down.
        column_pixels: Pixels across in the width of a character cell.
        row_pixels: Pixels down in half the height of a cell (which is about its width).
    """

    def __init__(self, camera: Camera, columns: int, rows: int, column_pixels: float, row_pixels: float) -> None:
        self.right, self.up, self.to_eye = camera.basis()
        self.target_m = camera.target_m
        self._across = camera.columns_per_m * column_pixels * DISTANCE_M
        self._down = camera.columns_per_m * row_pixels * DISTANCE_M
        self._centre = columns / 2.0, rows / 2.0
        self._size = columns, rows

    def point(self, place_m: Vector) -> tuple[float, float, float]:
        """Across and down in pixels, and nearness: 1 / distance (per metre), which is linear over a flat face."""
        x, y, z = place_m[0] - self.target_m[0], place_m[1] - self.target_m[1], place_m[2] - self.target_m[2]
        right, up, to_eye = self.right, self.up, self.to_eye
        nearness = 1.0 / (DISTANCE_M - x * to_eye[0] - y * to_eye[1] - z * to_eye[2])
        across = self._centre[0] + self._across * (x * right[0] + y * right[1] + z * right[2]) * nearness
        down = self._centre[1] - self._down * (x * up[0] + y * up[1] + z * up[2]) * nearness
        return across, down, nearness

    @property
    def pixel_rad(self) -> float:
        """The angle that a pixel spans in the middle of the picture, the larger of the two ways."""
        return max(1.0 / self._across, 1.0 / self._down)

    def slopes(self) -> tuple[list[float], list[float]]:
        """The way that the eye looks through each pixel, as slopes against the way ahead (which is against `to_eye`).

        Returns:
            To the right, a number for each column, and up, a number for each row.
        """
        columns, rows = self._size
        across = [(column + 0.5 - self._centre[0]) / self._across for column in range(columns)]
        upwards = [(self._centre[1] - row - 0.5) / self._down for row in range(rows)]
        return across, upwards

    @property
    def least_depth(self) -> float:
        """The cosine of the angle from the middle of the picture to its corners."""
        across, upwards = self._centre[0] / self._across, self._centre[1] / self._down
        return 1.0 / hypot(1.0, across, upwards)

    def far_point(self, way: Vector) -> tuple[float, float] | None:
        """Across and down in pixels of what is far away in a direction (body axes), None where it is behind the eye."""
        depth = -dot(way, self.to_eye)
        if depth <= 1e-6:
            return None
        across = self._centre[0] + self._across * dot(way, self.right) / depth
        return across, self._centre[1] - self._down * dot(way, self.up) / depth

    def faces_eye(self, place_m: Vector, normal: Vector) -> bool:
        """Whether a face through a point with this normal is seen from its front."""
        offset_m = place_m[0] - self.target_m[0], place_m[1] - self.target_m[1], place_m[2] - self.target_m[2]
        return dot(normal, self.to_eye) * DISTANCE_M > dot(normal, offset_m)
