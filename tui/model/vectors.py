"""Points and directions of the model; products and lengths are those of `sim.astro.vectors`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.astro.vectors import cross, norm

if TYPE_CHECKING:
    from sim.types import Vector


def along(start: Vector, *steps: tuple[float, Vector]) -> Vector:
    """The point reached from a start by going some distance in each of some directions."""
    x, y, z = start
    for distance, direction in steps:
        x, y, z = x + distance * direction[0], y + distance * direction[1], z + distance * direction[2]
    return x, y, z


def unit(vector: Vector) -> Vector:
    """The vector of length 1 in the same direction.

    Raises:
        ZeroDivisionError: The vector has no direction.
    """
    length = norm(vector)
    return vector[0] / length, vector[1] / length, vector[2] / length


def perpendicular(vector: Vector) -> Vector:
    """Some unit vector at right angles to a vector."""
    smallest = min(range(3), key=lambda axis: abs(vector[axis]))
    axis = [0.0, 0.0, 0.0]
    axis[smallest] = 1.0
    return unit(cross(vector, (axis[0], axis[1], axis[2])))
