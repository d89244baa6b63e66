"""Types shared by the engine: vectors, arrays over time, and the module a formula computes with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

Vector: TypeAlias = tuple[float, float, float]
"""Three components in one frame."""

MathModule: TypeAlias = Any
"""`math` for single instants, `numpy` (2 or newer, which has the same names) for arrays over time."""

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats: TypeAlias = NDArray[np.float64]
    Bools: TypeAlias = NDArray[np.bool_]
    Indices: TypeAlias = NDArray[np.intp]

Number = TypeVar("Number", float, "Floats")
"""A float with `m=math`, an array with `m=numpy`."""

Components: TypeAlias = tuple[Number, Number, Number]
"""A vector whose components are floats or arrays of one shape."""
