"""The stated error of the station's place as a covariance, radial, along and across the track (RTN).

What is learnt are quantiles of distances, so a covariance is a picture of them: its standard deviations are those of a
normal distribution with the same 90 %. Real errors have longer tails, because engines run or do not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.constants import DAY_S, TAU
from sim.orbit.closure.learnt import interpolated, learnt

if TYPE_CHECKING:
    from sim.orbit.propagation import Provenance
    from sim.orbit.uncertainty import ExpectedError
    from sim.types import Vector

SIGMAS_OF_90_PERCENT = 1.6448536269514722
"""Nine in ten normal errors are nearer than so many standard deviations."""


def sigma_rtn_km(provenance: Provenance, error: ExpectedError) -> Vector | None:
    """Standard deviations radial, along and across the track: the operator's own, else what is learnt.

    Radially and across the track by the age of the set (`seeds/makers/beside.py`). None if not known: other objects, or
    an unknown position along the orbit.
    """
    if provenance.stated is not None:
        return provenance.stated.sigma_rtn_km
    if not (error.is_stated and error.position_known):
        return None
    beside, age_days = learnt("beside"), abs(provenance.age_days)
    radial_km, across_km = (
        interpolated(beside["days"], beside[f"{way}_p90_km"], age_days) for way in ("radial", "across")
    )
    return (
        radial_km / SIGMAS_OF_90_PERCENT,
        error.p90_km / SIGMAS_OF_90_PERCENT,
        across_km / SIGMAS_OF_90_PERCENT,
    )


def covariance_rtn(sigma_km: Vector, mean_motion_rev_day: float) -> list[list[float]]:
    """The 6 by 6 covariance of position (km) and inertial velocity (km/s) along the axes of RTN.

    Three errors of a nearly circular orbit, each independent of the others, make it: being early or late, an
    eccentricity that is off, and a plane that is tilted, both averaged over the revolution. So an error along the track
    goes with the radial velocity, as it must: whoever is ahead on the circle flies in another direction.
    """
    n = mean_motion_rev_day * TAU / DAY_S
    radial_sq, across_sq = sigma_km[0] ** 2, sigma_km[2] ** 2
    # The eccentricity alone moves the place along the track by twice as much as radially.
    along_sq = max(sigma_km[1] ** 2, 4.0 * radial_sq)
    early_sq = along_sq - 4.0 * radial_sq
    matrix = [[0.0] * 6 for _ in range(6)]
    terms = {
        (0, 0): radial_sq,
        (1, 1): along_sq,
        (2, 2): across_sq,
        (3, 1): -n * (early_sq + 2.0 * radial_sq),
        (4, 0): -n * radial_sq,
        (3, 3): n * n * (early_sq + radial_sq),
        (4, 4): n * n * radial_sq,
        (5, 5): n * n * across_sq,
    }
    for (row, column), value in terms.items():
        matrix[row][column] = matrix[column][row] = value
    return matrix
