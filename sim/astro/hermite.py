"""Interpolation through positions and velocities, and how far apart they may stand for it.

Four states fix a polynomial of degree seven, three one of degree five, two one of degree three.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.constants import MU_KM3_S2

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sim.types import Floats, Number

NODES = 4
"""States used for one interpolation, if there are as many."""

_KEPLER_ROUNDS = 60


def hermite(nodes: Sequence[Number], unix_s: Number) -> Iterator[tuple[Number, Number, Number, Number]]:
    """Weights of each node's position and velocity in the position, and in the velocity, at an instant.

    The polynomial through all positions and velocities in Lagrange's form: with l the polynomial that is one at its
    node and zero at the others, the position counts (1 - 2 l'(node) (t - node)) l² and the velocity (t - node) l².
    """
    for i, node in enumerate(nodes):
        others = [other for j, other in enumerate(nodes) if j != i]
        value = slope = None
        own_slope = 0.0 * node
        for other in others:
            inverse = 1.0 / (node - other)
            factor = (unix_s - other) * inverse
            slope = inverse if slope is None or value is None else slope * factor + value * inverse
            value = factor if value is None else value * factor
            own_slope = own_slope + inverse
        assert value is not None and slope is not None  # noqa: S101, PT018 - there are two nodes at least
        since = unix_s - node
        square, square_slope = value * value, 2.0 * value * slope
        tilt = 1.0 - 2.0 * own_slope * since
        yield (
            tilt * square,
            since * square,
            tilt * square_slope - 2.0 * own_slope * square,
            square + since * square_slope,
        )


def kepler_miss_km(position_km: Floats, velocity_km_s: Floats, step_s: Floats, nodes: int = NODES) -> Floats:
    """How far interpolation misses in the middle of a step, on the two-body orbit through a state at its beginning.

    At the ends of a series, where nodes stand on one side, it misses by three times as much.

    Args:
        position_km: (n, 3) in an inertial frame.
        velocity_km_s: (n, 3).
        step_s: (n,) from each node to the next.
        nodes: How many are used, 2 to 4.

    Returns:
        (n,) kilometres; infinite where a step is half a revolution or more, or the orbit is not closed.
    """
    first = -((nodes - 1) // 2)
    offsets = [float(first + k) for k in range(nodes)]
    places = np.zeros_like(position_km)
    middle = 0.5 * step_s
    states = [kepler_states(position_km, velocity_km_s, offset * step_s) for offset in offsets]
    for (node_km, node_km_s), (p, v, _, _) in zip(states, hermite([o * step_s for o in offsets], middle), strict=True):
        places += p[:, None] * node_km + v[:, None] * node_km_s
    miss = np.linalg.norm(places - kepler_states(position_km, velocity_km_s, middle)[0], axis=1)
    return np.where(np.isfinite(miss), miss, np.inf)


def kepler_states(position_km: Floats, velocity_km_s: Floats, after_s: Floats) -> tuple[Floats, Floats]:
    """Positions (km) and velocities (km/s) on two-body orbits some time later, (n, 3) each; NaN where not closed.

    By the change of the eccentric anomaly (Battin 1999, 4.3), halving where Newton would leave its bracket.
    """
    radius = np.linalg.norm(position_km, axis=1)
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        axis = 1.0 / (2.0 / radius - np.vecdot(velocity_km_s, velocity_km_s) / MU_KM3_S2)
        axis = np.where(axis > 0.0, axis, np.nan)
        rate = np.sqrt(MU_KM3_S2 / axis**3)
        sigma = np.vecdot(position_km, velocity_km_s) / np.sqrt(MU_KM3_S2 * axis)
        e_cos = 1.0 - radius / axis
        mean = rate * after_s
        low, high = mean - 2.0, mean + 2.0  # the eccentric anomaly's change leaves the mean one's by 2 e at most
        change = mean.copy()
        for _ in range(_KEPLER_ROUNDS):
            sin, cos = np.sin(change), np.cos(change)
            excess = change + sigma * (1.0 - cos) - e_cos * sin - mean
            low, high = np.where(excess < 0.0, change, low), np.where(excess >= 0.0, change, high)
            newton = change - excess / (1.0 + sigma * sin - e_cos * cos)
            change = np.where((newton >= low) & (newton <= high), newton, 0.5 * (low + high))
            if not (np.abs(excess) > 1e-13 * (1.0 + np.abs(mean))).any():
                break
        sin, cos = np.sin(change), np.cos(change)
        later = axis * (1.0 + sigma * sin - e_cos * cos)
        f, g = 1.0 - axis / radius * (1.0 - cos), after_s - (change - sin) / rate
        f_rate = -rate * axis**2 / (radius * later) * sin
        g_rate = 1.0 - axis / later * (1.0 - cos)
    position = f[:, None] * position_km + g[:, None] * velocity_km_s
    return position, f_rate[:, None] * position_km + g_rate[:, None] * velocity_km_s
