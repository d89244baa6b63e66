"""The view out of the station's window: ahead along its course and down, with the horizon near the upper edge."""

from __future__ import annotations

from math import acos, atan, atan2, cos, degrees, floor, hypot, radians, sin, sqrt, tan
from typing import TYPE_CHECKING

import msgspec

from sim.astro.frames import enu_axes
from sim.astro.vectors import dot
from sim.constants import MEAN_EARTH_RADIUS_KM
from tui.drawing.canvas import BRAILLE
from tui.map.globe_projection import Vector, direction
from tui.map.projection import MapProjection

if TYPE_CHECKING:
    from tui.map.projection import Place
    from tui.map.scene import MapScene

STEP_DEG = 0.1
"""The camera moves in steps of this size: 11 km, a second and a half of flight."""

COURSE_STEP_DEG = 1.0
HALF_WIDTH_DEG = 40.0
"""Half of the angle that the picture spans across."""

HORIZON_AT = 0.72
"""How high the horizon stands, from the middle (0) to the upper edge (1)."""

LEAST_HEIGHT_KM = 50.0


class Camera(msgspec.Struct, frozen=True):
    """Where the eye is and which way it looks, on a spherical Earth."""

    latitude_deg: float
    longitude_deg: float
    height_km: float
    course_deg: float


def camera_of(scene: MapScene) -> Camera:
    """The camera for a scene, in steps."""
    return Camera(
        latitude_deg=round(scene.latitude_deg / STEP_DEG) * STEP_DEG,
        longitude_deg=round(scene.longitude_deg / STEP_DEG) * STEP_DEG,
        height_km=max(float(round(scene.height_km)), LEAST_HEIGHT_KM),
        course_deg=round(scene.course_deg / COURSE_STEP_DEG) * COURSE_STEP_DEG,
    )


class WindowProjection(MapProjection):
    """Perspective from the station; lengths are in radii of the Earth.

    Attributes:
        eye: Where the camera is.
        look: The direction in which it looks.
        right: To the right in the picture.
        up: Upwards in the picture.
        focal: Dots from the eye to the picture.
        horizon: Distance from the eye to the horizon.
    """

    def __init__(self, width: int, height: int, camera: Camera) -> None:
        super().__init__(width, height, BRAILLE)
        self.camera = camera
        out = 1.0 + camera.height_km / MEAN_EARTH_RADIUS_KM
        east, north, zenith = enu_axes(camera.latitude_deg, camera.longitude_deg)
        course = radians(camera.course_deg)
        ahead = _mixed(cos(course), north, sin(course), east)
        self.focal = self.dots_across / 2.0 / tan(radians(HALF_WIDTH_DEG))
        down = acos(1.0 / out) + atan(HORIZON_AT * self.dots_down / 2.0 / self.focal)
        self.eye = (zenith[0] * out, zenith[1] * out, zenith[2] * out)
        self.look = _mixed(cos(down), ahead, -sin(down), zenith)
        self.up = _mixed(sin(down), ahead, cos(down), zenith)
        self.right = _mixed(cos(course), east, -sin(course), north)
        self.out = out
        self.horizon = sqrt(out * out - 1.0)

    @property
    def cell_deg(self) -> float:
        """About how many degrees of the ground a column in the middle spans."""
        distance = self._distance(self.look)
        return degrees(2.0 / self.focal * (self.horizon if distance is None else distance))

    def dot(self, latitude_deg: float, longitude_deg: float) -> tuple[int, int] | None:
        """The dot at a place, or None behind the horizon and behind the eye."""
        place = direction(latitude_deg, longitude_deg)
        if dot(place, self.eye) < 1.0:
            return None
        ray = (place[0] - self.eye[0], place[1] - self.eye[1], place[2] - self.eye[2])
        depth = dot(ray, self.look)
        if depth <= 1e-6:
            return None
        across, upwards = dot(ray, self.right) / depth, dot(ray, self.up) / depth
        return (
            floor(self.dots_across / 2.0 + self.focal * across),
            floor(self.dots_down / 2.0 - self.focal * upwards),
        )

    def place(self, column: int, row: int) -> Place | None:
        """The place in the middle of a cell, or None above the horizon."""
        across = (column * 2 + 1.0 - self.dots_across / 2.0) / self.focal
        upwards = (self.dots_down / 2.0 - row * 4 - 2.0) / self.focal
        long = _mixed(1.0, _mixed(across, self.right, upwards, self.up), 1.0, self.look)
        length = sqrt(dot(long, long))
        ray = (long[0] / length, long[1] / length, long[2] / length)
        distance = self._distance(ray)
        if distance is None:
            return None
        x, y, z = _mixed(1.0, self.eye, distance, ray)
        return degrees(atan2(z, hypot(x, y))), degrees(atan2(y, x))

    def _distance(self, ray: Vector) -> float | None:
        """How far the ground is in a direction (a unit vector), or None beside the Earth."""
        along = dot(self.eye, ray)
        inside = along * along - (self.out * self.out - 1.0)
        return None if inside < 0.0 or along > 0.0 else -along - sqrt(inside)


def _mixed(share: float, one: Vector, other_share: float, other: Vector) -> Vector:
    """The sum of two vectors, each times a number."""
    return (
        share * one[0] + other_share * other[0],
        share * one[1] + other_share * other[1],
        share * one[2] + other_share * other[2],
    )
