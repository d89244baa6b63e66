"""A scene with the station, and its picture in character cells."""

from __future__ import annotations

from functools import lru_cache
from math import cos, hypot, radians, sin, sqrt
from typing import TYPE_CHECKING

import msgspec

from sim.astro.vectors import cross, dot
from sim.types import Vector
from tui.drawing.cells import CellShape, cell_rows
from tui.model.assembly import FEW_SIDES, SIDES, Face, Placed, station_faces
from tui.model.camera import DISTANCE_M, Camera, Projection
from tui.model.lighting import Illumination, Light, face_light, linear_light, packed_colour
from tui.model.raster import NOBODY, ZBuffer
from tui.model.vectors import along, perpendicular

if TYPE_CHECKING:
    from tui.drawing.cells import Cell

SPACE_COLOUR = 0x05070C
STAR_GLYPH = "·"

SAMPLES = 2
"""Samples a pixel each way: edges are averaged."""

WHOLE_FROM_ROWS = 30
"""A picture that is at least so high shows all of the station; the tips of its wings may leave a lower one."""

FILLED = 0.96
"""The share of such a picture that it fills at most."""

SMALL_COLUMNS_PER_M = 1.2
"""Below this size eight faces around a body and a coarser shadow look the same, at half the price."""

SHADOW_PIXELS_PER_M, SMALL_SHADOW_PIXELS_PER_M = 4.0, 2.0
SHADOW_SLACK_M = 0.7
"""A face is shaded by what is at least so much nearer to the Sun: less would let it shade itself."""


_NOTHING = (NOBODY, NOBODY, NOBODY, NOBODY)
"""The samples of a pixel in which nothing of the station is."""


class Scene(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be drawn.

    Attributes:
        vehicles: The station's parts.
        light: The light on them.
        camera: The eye.
        highlighted: A vehicle to draw brighter, or an empty string.
    """

    vehicles: tuple[Placed, ...]
    light: Illumination
    camera: Camera
    highlighted: str = ""


class Backdrop(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """What is seen behind the station.

    Attributes:
        pixels: Rows of colours 0xRRGGBB, as many as the picture has pixels; `SPACE_COLOUR` where there is nothing.
        stars: The colour of the star in a cell, by column and row.
    """

    pixels: list[list[int]]
    stars: dict[tuple[int, int], int]


class Picture:
    """A scene drawn.

    Attributes:
        rows: The cells, row by row.
    """

    def __init__(self, rows: list[list[Cell]], buffer: ZBuffer, faces: list[Face], shape: CellShape) -> None:
        self.rows = rows
        self._buffer, self._faces = buffer, faces
        self._across, self._down = shape.grid.across * SAMPLES, shape.grid.down * SAMPLES

    def vehicle_at(self, column: int, row: int) -> str:
        """The name of the vehicle that is seen in a cell, the nearest if there are several; empty if there is none."""
        buffer = self._buffer
        if not (0 <= row < len(self.rows) and 0 <= column < len(self.rows[row])):
            return ""
        pixels = (
            line * buffer.columns + column * self._across + x
            for line in range(row * self._down, (row + 1) * self._down)
            for x in range(self._across)
        )
        seen = [pixel for pixel in pixels if buffer.owners[pixel] != NOBODY]
        nearest = max(seen, key=buffer.nearness.__getitem__, default=None)
        return "" if nearest is None else self._faces[buffer.owners[nearest]].vehicle


def render(
    scene: Scene, width: int, height: int, shape: CellShape = CellShape.HALF, backdrop: Backdrop | None = None
) -> Picture:
    """Draw a scene in cells, before a backdrop if there is one.

    It takes some 20 ms at 110 x 34 cells in plain Python, twice that in a new light.
    """
    grid = shape.grid
    across, down = grid.across * SAMPLES, grid.down * SAMPLES
    columns, rows = width * across, height * down
    faces, lights = _lit_faces(scene.vehicles, scene.light, scene.camera.columns_per_m < SMALL_COLUMNS_PER_M)
    projection = Projection(scene.camera, columns, rows, across, down / 2.0)
    buffer = ZBuffer(columns, rows)
    for number, face in enumerate(faces):
        if projection.faces_eye(face.corners_m[0], face.normal):
            buffer.fill([projection.point(corner) for corner in face.corners_m], number)
    if scene.highlighted:
        lights = [
            _brighter(light) if face.vehicle == scene.highlighted else light
            for face, light in zip(faces, lights, strict=True)
        ]
    behind = [None] * (rows // SAMPLES) if backdrop is None else backdrop.pixels
    pixels = [_averaged(buffer, number * SAMPLES, lights, colours) for number, colours in enumerate(behind)]
    cells = cell_rows(pixels, shape)
    for (column, row), colour in (backdrop.stars if backdrop is not None else {}).items():
        if cells[row][column][1:] == (SPACE_COLOUR, SPACE_COLOUR):
            cells[row][column] = STAR_GLYPH, colour, SPACE_COLOUR
    return Picture(cells, buffer, faces, shape)


def fitted_camera(
    vehicles: tuple[Placed, ...],
    width: int,
    height: int,
    *,
    azimuth_deg: float,
    elevation_deg: float,
    sun: Vector | None = None,
) -> Camera:
    """The camera (see `Camera`) that shows the station as large as it can stay while it turns in so many cells.

    Args:
        vehicles: What is to be seen.
        width: Columns of cells.
        height: Rows of cells.
        azimuth_deg: Where the eye is around the station.
        elevation_deg: How high it is.
        sun: Where the wings are turned to; without it there is room for them however they stand.
    """
    ends = [
        point
        for vehicle in vehicles
        for point in (vehicle.origin_m, along(vehicle.origin_m, (vehicle.shape.length_m, vehicle.axis)))
    ] or [(0.0, 0.0, 0.0)]
    lowest = [min(end[axis] for end in ends) for axis in range(3)]
    highest = [max(end[axis] for end in ends) for axis in range(3)]
    target_m = tuple((low + high) / 2.0 for low, high in zip(lowest, highest, strict=True))
    span_m = max((vehicle.shape.span_m for vehicle in vehicles), default=20.0)
    body_m = max(hypot(*(a - b for a, b in zip(end, target_m, strict=True))) for end in ends)
    share = 0.38 if height >= WHOLE_FROM_ROWS else 0.12
    reach_m = max(body_m + 4.0, hypot(body_m, 0.42 * span_m))
    columns_per_m = min(width / (2.0 * reach_m), height / (0.5 * reach_m + share * span_m))
    if sun is not None and height >= WHOLE_FROM_ROWS:
        across_m, up_m = _reach(vehicles, sun, (target_m[0], target_m[1], target_m[2]), elevation_deg)
        columns_per_m = FILLED * min(width / (2.0 * across_m), height / up_m)
    return Camera(
        azimuth_deg=azimuth_deg,
        elevation_deg=elevation_deg,
        columns_per_m=columns_per_m,
        target_m=(target_m[0], target_m[1], target_m[2]),
    )


@lru_cache(maxsize=4)
def _reach(vehicles: tuple[Placed, ...], sun: Vector, target_m: Vector, elevation_deg: float) -> tuple[float, float]:
    """How far the station reaches aside and up or down from the middle while it turns once, in metres there.

    A point goes round on a circle. Aside it is farthest a little before the middle, for what is nearer is larger; up or
    down where it is nearest or farthest.
    """
    sine, cosine = sin(radians(elevation_deg)), cos(radians(elevation_deg))
    across_m = up_m = 1.0
    for face in station_faces([*vehicles], sun, FEW_SIDES):
        for corner in face.corners_m:
            radius = hypot(corner[0] - target_m[0], corner[1] - target_m[1])
            height = target_m[2] - corner[2]
            middle, swing = DISTANCE_M - height * sine, radius * cosine
            across_m = max(across_m, radius * DISTANCE_M / sqrt(middle * middle - swing * swing))
            for side in (1.0, -1.0):
                seen_m = (height * cosine - side * radius * sine) * DISTANCE_M / (middle - side * swing)
                up_m = max(up_m, abs(seen_m))
    return across_m, up_m


@lru_cache(maxsize=4)
def _lit_faces(vehicles: tuple[Placed, ...], light: Illumination, small: bool) -> tuple[list[Face], list[Light]]:
    """The faces of the station and the light that comes from each."""
    faces = station_faces([*vehicles], light.sun, FEW_SIDES if small else SIDES)
    pixels_per_m = SMALL_SHADOW_PIXELS_PER_M if small else SHADOW_PIXELS_PER_M
    shadow = _ShadowMap(faces, light.sun, pixels_per_m) if light.sunlight > 0.0 else None
    lights = []
    for face in faces:
        shaded = shadow is not None and dot(face.normal, light.sun) > 0.0 and shadow.covers(face)
        lights.append(face_light(face.normal, face.material, light, shaded=shaded))
    return faces, lights


def _brighter(light: Light) -> Light:
    """The light of a vehicle that is pointed out: lifted towards yellow."""
    red, green, blue = light
    return red * 1.15 + 0.10, green * 1.15 + 0.07, blue * 1.10 + 0.01


def _averaged(buffer: ZBuffer, top: int, lights: list[Light], behind: list[int] | None) -> list[int]:
    """The colours of a row of pixels, each the mean of its samples.

    Args:
        buffer: What is nearest at each sample.
        top: The upper one of the row's two lines of samples.
        lights: The light from each face.
        behind: The colours of the backdrop in this row; empty space if None.
    """
    columns, owners = buffer.columns, buffer.owners
    upper = owners[top * columns : (top + 1) * columns]
    lower = owners[(top + 1) * columns : (top + 2) * columns]
    known: dict[tuple[int, int, int, int, int], int] = {}
    row = []
    for column, samples in enumerate(zip(upper[0::2], upper[1::2], lower[0::2], lower[1::2], strict=True)):
        beyond = SPACE_COLOUR if behind is None or NOBODY not in samples else behind[column]
        if samples == _NOTHING:
            row.append(beyond)
            continue
        key = *samples, beyond
        colour = known.get(key)
        if colour is None:
            light = linear_light(beyond)
            one, two, three, four = (light if owner == NOBODY else lights[owner] for owner in samples)
            colour = known[key] = packed_colour(
                (
                    (one[0] + two[0] + three[0] + four[0]) / 4.0,
                    (one[1] + two[1] + three[1] + four[1]) / 4.0,
                    (one[2] + two[2] + three[2] + four[2]) / 4.0,
                )
            )
        row.append(colour)
    return row


class _ShadowMap:
    """What the Sun sees: a z-buffer from its direction, asked at the middle of each face."""

    def __init__(self, faces: list[Face], sun: Vector, pixels_per_m: float) -> None:
        self._right = perpendicular(sun)
        self._up = cross(sun, self._right)
        self._sun = sun
        self._pixels_per_m = pixels_per_m
        reach_m = max((hypot(*corner) for face in faces for corner in face.corners_m), default=1.0)
        self._half_m = reach_m + 1.0
        size = int(2.0 * self._half_m * pixels_per_m) + 1
        self._buffer = ZBuffer(size, size)
        for number, face in enumerate(faces):
            if dot(face.normal, sun) > 0.0:
                self._buffer.fill([self._point(corner) for corner in face.corners_m], number)

    def _point(self, place_m: Vector) -> tuple[float, float, float]:
        """Across and down in pixels; nearness to the Sun in metres, positive."""
        return (
            (dot(place_m, self._right) + self._half_m) * self._pixels_per_m,
            (dot(place_m, self._up) + self._half_m) * self._pixels_per_m,
            dot(place_m, self._sun) + 1000.0,
        )

    def covers(self, face: Face) -> bool:
        """Whether something stands between the middle of a face and the Sun."""
        share = 1.0 / len(face.corners_m)
        middle = along((0.0, 0.0, 0.0), *((share, corner) for corner in face.corners_m))
        x, y, nearness = self._point(middle)
        return self._buffer.nearness[int(y) * self._buffer.columns + int(x)] > nearness + SHADOW_SLACK_M
