"""Vectors of three numbers."""

from __future__ import annotations

from math import sqrt

Vector = tuple[float, float, float]


def dot(one: Vector, other: Vector) -> float:
    """The scalar product."""
    return one[0] * other[0] + one[1] * other[1] + one[2] * other[2]


def cross(one: Vector, other: Vector) -> Vector:
    """The vector product, right-handed."""
    return (
        one[1] * other[2] - one[2] * other[1],
        one[2] * other[0] - one[0] * other[2],
        one[0] * other[1] - one[1] * other[0],
    )


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
    length = sqrt(dot(vector, vector))
    return vector[0] / length, vector[1] / length, vector[2] / length


def perpendicular(vector: Vector) -> Vector:
    """Some unit vector at right angles to a vector."""
    smallest = min(range(3), key=lambda axis: abs(vector[axis]))
    axis = [0.0, 0.0, 0.0]
    axis[smallest] = 1.0
    return unit(cross(vector, (axis[0], axis[1], axis[2])))
