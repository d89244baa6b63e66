"""How far the station was beside its track, radially and across it, by days from a set: `beside` in `uncertainty.json`.

    python -m seeds.makers.beside

Each set is carried to the epochs of later ones and moved along its track to their places; what is left counts. Every
calendar month counts the same, as in `seeds.makers.uncertainty`. Burns are in it, as nobody knows of them in advance.
"""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING

from seeds.makers.gap_errors import month_of
from seeds.makers.uncertainty import OUTPUT, published_sets, quantile_table
from sim.astro.vectors import cross, dot, norm
from sim.constants import DAY_S, TAU
from sim.orbit.closure.mean_orbit import carries
from sim.orbit.propagation import Sgp4Orbit

if TYPE_CHECKING:
    from sim.orbit.elements import ElementSet
    from sim.orbit.propagation import State

BESIDE_DAYS = (0.25, 0.5, 1.0, 2.0, 3.0, 5.0, 7.0, 10.0)
Sample = tuple[float, float, str]


def samples(sets: list[ElementSet]) -> tuple[list[Sample], list[Sample]]:
    """(radial, across): days, km and month of the earlier set."""
    orbits = [Sgp4Orbit(one) for one in sets]
    radial: list[Sample] = []
    across: list[Sample] = []
    for i, earlier in enumerate(sets):
        month = month_of(earlier.epoch_unix_s)
        for k in range(i + 1, len(sets)):
            days = (sets[k].epoch_unix_s - earlier.epoch_unix_s) / DAY_S
            if days > BESIDE_DAYS[-1] * 1.3:
                break
            radial_km, across_km = beside_km(orbits[i], orbits[k], sets[k].epoch_unix_s)
            radial.append((days, radial_km, month))
            across.append((days, across_km, month))
    return radial, across


def beside_km(predicted: Sgp4Orbit, true: Sgp4Orbit, unix_s: float) -> tuple[float, float]:
    """Distance radially and across the track, after the prediction is moved along its track to the true place."""
    wanted = true.state(unix_s)
    rate_rad_s = true.element_set.mean_motion_rev_day * TAU / DAY_S
    moved_s = 0.0
    for _ in range(3):
        state = predicted.state(unix_s + moved_s)
        moved_s -= _ahead_rad(wanted, state) / rate_rad_s
    state = predicted.state(unix_s + moved_s)
    normal = cross(wanted.position_teme_km, wanted.velocity_teme_km_s)
    across_km = dot(state.position_teme_km, normal) / norm(normal)
    return abs(norm(state.position_teme_km) - norm(wanted.position_teme_km)), abs(across_km)


def _ahead_rad(wanted: State, state: State) -> float:
    """How far one state is ahead of another in the plane of that other one."""
    normal = cross(wanted.position_teme_km, wanted.velocity_teme_km_s)
    along = cross(normal, wanted.position_teme_km)
    return math.atan2(
        dot(state.position_teme_km, along) / norm(along),
        dot(state.position_teme_km, wanted.position_teme_km) / norm(wanted.position_teme_km),
    )


def table() -> dict[str, list[float]]:
    """90 % of both, by days."""
    sets = [one for one in published_sets() if carries(one)]
    radial, across = (quantile_table(part, BESIDE_DAYS)["p90_km"] for part in samples(sets))
    return {"days": list(BESIDE_DAYS), "radial_p90_km": radial, "across_p90_km": across}


if __name__ == "__main__":
    data = json.loads(OUTPUT.read_text(encoding="utf-8"))
    OUTPUT.write_text(json.dumps({**data, "beside": table()}) + "\n", encoding="utf-8")
