"""The station put together as it stood at an instant.

Body axes: x forward along the flight, y to starboard, z down to the Earth. The station is assumed to keep them: local
vertical, local horizontal (LVLH), Tianhe's forward port ahead and its nadir port below, as it flies outside of
manoeuvres. Nobody publishes its attitude from minute to minute.
"""

from __future__ import annotations

from functools import lru_cache
from math import cos, pi, sin
from typing import TYPE_CHECKING

import msgspec

from sim.astro.vectors import cross, dot
from sim.movements import NOTHING_MOVES
from sim.types import Vector
from tui.model.docking import apart_m
from tui.model.shapes import TIANHE, Material, VehicleShape, WingPair, shape_of
from tui.model.vectors import along, perpendicular, unit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sim.chronicle.model import PortKey
    from sim.chronicle.snapshot import ChronicleSnapshot
    from sim.movements import Movement, Movements, Turn

NODE_M = 1.6
"""From the forward port's face to the middle of the node, where the axes meet."""

NODE_RADIUS_M = 1.4

SIDES, FEW_SIDES = 16, 8
"""Faces around a body of revolution, and around one that is small in the picture."""

PORTS: dict[PortKey, tuple[Vector, Vector]] = {
    "forward": ((NODE_M, 0.0, 0.0), (1.0, 0.0, 0.0)),
    "nadir": ((0.0, 0.0, NODE_RADIUS_M), (0.0, 0.0, 1.0)),
    "aft": ((NODE_M - TIANHE.length_m, 0.0, 0.0), (-1.0, 0.0, 0.0)),
    "starboard": ((0.0, NODE_RADIUS_M, 0.0), (0.0, 1.0, 0.0)),
    "port side": ((0.0, -NODE_RADIUS_M, 0.0), (0.0, -1.0, 0.0)),
}
"""Where a port's face is (metres from the middle of the node) and which way it looks."""


class Placed(msgspec.Struct, frozen=True, kw_only=True):
    """A vehicle in its place.

    Attributes:
        vehicle: Its name.
        shape: What it looks like.
        origin_m: Where its docking end is, in body axes.
        axis: The way its body goes from there.
    """

    vehicle: str
    shape: VehicleShape
    origin_m: Vector
    axis: Vector


class Face(msgspec.Struct, frozen=True):
    """A flat convex polygon, seen from the side to which its normal points."""

    corners_m: tuple[Vector, ...]
    normal: Vector
    material: Material
    vehicle: str


def placed_vehicles(
    facts: ChronicleSnapshot,
    moves: Movements = NOTHING_MOVES,
    distance_m: Callable[[Movement], float] = apart_m,
) -> list[Placed]:
    """What is joined to the station at an instant, and what comes or goes; empty before the launch of Tianhe.

    Args:
        facts: The station at the instant.
        moves: What comes, goes and turns then. A laboratory of which only that it is being moved is known is drawn
            half-way round the node.
        distance_m: How far from its port a ship stands that comes or goes, metres.
    """
    if not facts.in_orbit:
        return []
    placed = [
        Placed(vehicle="Tianhe", shape=TIANHE, origin_m=(NODE_M, 0.0, 0.0), axis=(-1.0, 0.0, 0.0)),
    ]
    for docked in facts.ports:
        origin_m, axis = PORTS[docked.port]
        shape = shape_of(docked.vehicle, docked.kind)
        placed.append(Placed(vehicle=docked.vehicle, shape=shape, origin_m=origin_m, axis=axis))
    known = {vehicle.vehicle for vehicle in placed}
    placed += [_near_its_port(movement, distance_m(movement)) for movement in moves.near]
    turns = {turn.vehicle: turn for turn in moves.turns}
    for state in facts.modules:
        name = state.module.name
        if state.place == "being moved" and name not in known:
            placed.append(_turned(name, turns.get(name)))
    return placed


def _near_its_port(movement: Movement, apart_m: float) -> Placed:
    """A ship on the axis of a port."""
    face_m, axis = PORTS[movement.port]
    shape = shape_of(movement.vehicle, movement.kind)
    return Placed(vehicle=movement.vehicle, shape=shape, origin_m=along(face_m, (apart_m, axis)), axis=axis)


def _turned(name: str, turn: Turn | None) -> Placed:
    """A laboratory on its way round the node, in the plane of flight; half-way where the instants are not known."""
    side = 1.0 if name == "Wentian" else -1.0
    angle = pi / 2.0 * (0.5 if turn is None else turn.share)
    axis = cos(angle), side * sin(angle), 0.0
    origin_m = along((0.0, 0.0, 0.0), (NODE_RADIUS_M, axis))
    return Placed(vehicle=name, shape=shape_of(name, "module"), origin_m=origin_m, axis=axis)


def station_faces(vehicles: list[Placed], sun: Vector, sides: int = SIDES) -> list[Face]:
    """The faces of some vehicles, wings turned to the Sun.

    Args:
        vehicles: What to draw.
        sun: Unit vector to the Sun in body axes; wings follow it also in the Earth's shadow, ready for sunrise.
        sides: Faces around a body.
    """
    faces: list[Face] = []
    for vehicle in vehicles:
        faces += _kept_body_faces(vehicle, sides)
        for wings in vehicle.shape.wings:
            faces += _wing_faces(vehicle, wings, sun)
    return faces


@lru_cache(maxsize=16)
def _kept_body_faces(vehicle: Placed, sides: int) -> tuple[Face, ...]:
    """The faces of a body, kept while its place is the same: only wings turn with the Sun."""
    return tuple(_body_faces(vehicle, sides))


def _body_faces(vehicle: Placed, sides: int) -> Iterator[Face]:
    """Rings of faces around the axis, and discs where the radius jumps or the body ends."""
    right = perpendicular(vehicle.axis)
    ahead = cross(vehicle.axis, right)
    angles = [2.0 * pi * side / sides for side in range(sides)]
    spokes = [along((0.0, 0.0, 0.0), (cos(angle), right), (sin(angle), ahead)) for angle in angles]
    middles = [
        along((0.0, 0.0, 0.0), (cos(angle + pi / sides), right), (sin(angle + pi / sides), ahead)) for angle in angles
    ]
    distance_m, radius_m = 0.0, 0.0
    for segment in vehicle.shape.segments:
        if abs(segment.radius_m - radius_m) > 1e-9:
            yield _disc(vehicle, spokes, distance_m, segment.radius_m, radius_m, segment.material)
        near = [along(vehicle.origin_m, (distance_m, vehicle.axis), (segment.radius_m, spoke)) for spoke in spokes]
        distance_m += segment.length_m
        far = [along(vehicle.origin_m, (distance_m, vehicle.axis), (segment.end_radius_m, spoke)) for spoke in spokes]
        slope = cos(pi / sides) * (segment.radius_m - segment.end_radius_m) / segment.length_m
        for side, middle in enumerate(middles):
            after = (side + 1) % sides
            corners_m = near[side], near[after], far[after], far[side]
            normal = unit(along(middle, (slope, vehicle.axis)))
            yield Face(corners_m, normal, segment.material, vehicle.vehicle)
        radius_m = segment.end_radius_m
    yield _disc(vehicle, spokes, distance_m, 0.0, radius_m, vehicle.shape.segments[-1].material)


def _disc(
    vehicle: Placed, spokes: list[Vector], distance_m: float, radius_m: float, before_m: float, material: Material
) -> Face:
    """A disc across the axis where the radius changes: it looks back where the body grows, ahead where it shrinks."""
    axis = vehicle.axis
    centre_m = along(vehicle.origin_m, (distance_m, axis))
    corners_m = tuple(along(centre_m, (max(radius_m, before_m), spoke)) for spoke in spokes)
    side = -1.0 if radius_m > before_m else 1.0
    return Face(corners_m, (side * axis[0], side * axis[1], side * axis[2]), material, vehicle.vehicle)


def wing_axes(vehicle: Placed, wings: WingPair, sun: Vector) -> tuple[Vector, Vector]:
    """Which way a pair of wings extends, and the way its cells face: as near to the Sun as its joints allow.

    Unit vectors in body axes. Wings with one joint extend across the vehicle and the station's plane of symmetry (the
    way of those of a ship at the nadir port is assumed, like those at the others).
    """
    axis = vehicle.axis
    if wings.joints == 2:
        across = cross(axis, sun)
        extent = unit(across) if dot(across, across) > 1e-6 else perpendicular(axis)
    else:
        # A body that itself lies across the station carries its wings up and down.
        extent = (0.0, 1.0, 0.0) if abs(axis[1]) < 0.6 else (0.0, 0.0, 1.0)
    facing = along(sun, (-dot(sun, extent), extent))
    return extent, unit(facing) if dot(facing, facing) > 1e-6 else perpendicular(extent)


def _wing_faces(vehicle: Placed, wings: WingPair, sun: Vector) -> Iterator[Face]:
    """Panels along both wings, front and back, and the booms that carry them."""
    extent, facing = wing_axes(vehicle, wings, sun)
    across = cross(facing, extent)
    hub_m = along(vehicle.origin_m, (wings.station_m, vehicle.axis))
    back = -facing[0], -facing[1], -facing[2]
    half_m, step_m = wings.width_m / 2.0, wings.length_m / wings.panels
    for side in (1.0, -1.0):
        for panel in range(-1, wings.panels):
            inner_m = wings.root_m + panel * step_m if panel >= 0 else 0.0
            outer_m = inner_m + step_m if panel >= 0 else wings.root_m
            wide_m = half_m if panel >= 0 else 0.25
            corners_m = (
                along(hub_m, (side * inner_m, extent), (-wide_m, across)),
                along(hub_m, (side * outer_m, extent), (-wide_m, across)),
                along(hub_m, (side * outer_m, extent), (wide_m, across)),
                along(hub_m, (side * inner_m, extent), (wide_m, across)),
            )
            if panel < 0:
                front = rear = Material.DARK
            else:
                front, rear = (Material.CELLS_DARK if panel % 2 else Material.CELLS), Material.BACK
            yield Face(corners_m, facing, front, vehicle.vehicle)
            yield Face(corners_m, back, rear, vehicle.vehicle)
