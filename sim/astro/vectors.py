"""Vector algebra on three components, each a float (`m=math`) or an array of one shape (`m=numpy`)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sim.constants import TAU

if TYPE_CHECKING:
    from sim.types import Components, Floats, MathModule, Number, Vector


def columns(vectors: Floats) -> Components[Floats]:
    """The components of an array of vectors (..., 3), as views."""
    return vectors[..., 0], vectors[..., 1], vectors[..., 2]


def stacked(components: Components[Floats]) -> Floats:
    """Components as an array of vectors (..., 3), the inverse of `columns`; in half the time of `np.stack`."""
    import numpy as np

    x, y, z = components
    vectors = np.empty((*np.broadcast(x, z).shape, 3))
    vectors[..., 0], vectors[..., 1], vectors[..., 2] = x, y, z
    return vectors


def dot(a: Components[Number], b: Components[Number]) -> Number:
    """Scalar product."""
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def cross(a: Components[Number], b: Components[Number]) -> Components[Number]:
    """Vector product."""
    return a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]


def subtract(a: Components[Number], b: Components[Number] | Vector) -> Components[Number]:
    """Difference of two vectors."""
    return a[0] - b[0], a[1] - b[1], a[2] - b[2]


def norm(a: Components[Number], m: MathModule = math) -> Number:
    """Length."""
    x, y, z = a
    length: Number = m.sqrt(x * x + y * y + z * z)
    return length


def angle_rad(a: Components[Number], b: Components[Number], m: MathModule = math) -> Number:
    """Angle between two vectors, 0 to pi; exact for small angles too, unlike the arc cosine."""
    (ax, ay, az), (bx, by, bz) = a, b
    x, y, z = ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx
    angle: Number = m.atan2(m.sqrt(x * x + y * y + z * z), ax * bx + ay * by + az * bz)
    return angle


def rotate_z(vector: Components[Number], cos: Number, sin: Number) -> Components[Number]:
    """Components along axes turned eastwards about z by the angle with this cosine and sine."""
    x, y, z = vector
    return cos * x + sin * y, cos * y - sin * x, z


def smaller(a: Number, limit: float, m: MathModule = math) -> Number:
    """`a`, but at most the limit: a function for which `math` has no name."""
    if m is math:
        return a if a < limit else limit  # type: ignore[return-value]  # a float then
    result: Number = m.minimum(a, limit)
    return result


def larger(a: Number, limit: float, m: MathModule = math) -> Number:
    """`a`, but at least the limit."""
    if m is math:
        return a if a > limit else limit  # type: ignore[return-value]  # a float then
    result: Number = m.maximum(a, limit)
    return result


def wrapped_rad(angle_rad: float) -> float:
    """The same direction as an angle from -pi to pi."""
    return (angle_rad + math.pi) % TAU - math.pi


def wrapped_deg(angle_deg: float) -> float:
    """The same direction as an angle from -180 to 180 degrees."""
    return (angle_deg + 180.0) % 360.0 - 180.0
