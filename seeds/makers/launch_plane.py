"""Make `seeds/launch_plane.json`: how launches to the station went with its plane, and how well its plane is foretold.

    python -m seeds.makers.launch_plane

- `launches`: of each ship the pass of the plane over the site that it took, and the seconds from that pass to lift-off;
- `plans`: how far past the site the station was at lift-off, by the length of the approach (`launch_phase`);
- `node`: how far off the node is after days, each set carried on to the epochs of later ones. Burns are in it.

Every calendar month counts the same in `node`, as in `seeds.makers.uncertainty`.
"""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

from seeds.makers.gap_errors import month_of, quantile
from seeds.makers.launch_phase import launches, learnt, measured_ahead
from seeds.makers.uncertainty import published_sets
from sim.astro.vectors import wrapped_deg
from sim.constants import DAY_S
from sim.orbit.closure.mean_orbit import carries, closable
from sim.orbit.element_history import ElementHistory, embedded_history
from sim.orbit.plane import plane_at
from sim.orbit.propagation import Sgp4Orbit
from sim.passes.plans.launches import SITES, crossings, site_named
from sim.time import iso_z

OUTPUT = Path(__file__).parent.parent / "launch_plane.json"
NODE_DAYS = (1.0, 3.0, 7.0, 14.0, 30.0, 60.0, 90.0, 120.0, 180.0)
REACH_S = 6.0 * 3600.0
"""Passes of the two kinds over a site are 1.7 h or more apart, those of one kind nearly a day."""


def launch_rows(history: ElementHistory) -> list[dict[str, Any]]:
    """Each launch with the nearest pass of the plane."""
    rows = []
    for launch in launches():
        site = next(name for name in SITES if abs(site_named(name).latitude_deg - launch.latitude_deg) < 1e-6)
        near = crossings(history, site_named(site), launch.unix_s - REACH_S, launch.unix_s + REACH_S)
        crossing = min(near, key=lambda one: abs(one.unix_s - launch.unix_s))
        rows.append({
            "ship": launch.name,
            "site": site,
            "launch": iso_z(launch.unix_s),
            "pass": crossing.name,
            "offset_s": round(launch.unix_s - crossing.unix_s, 1),
            "approach_hours": round(launch.approach_hours, 2),
        })  # fmt: skip
    return rows


def plan_rows(history: ElementHistory) -> dict[str, dict[str, float]]:
    """Where the station was at lift-off, by the kind of plan."""
    every = launches()
    measured = measured_ahead(every, [history.point(index) for index in range(len(history))])
    plans = {}
    for name, is_long in (("6.5 h", True), ("3.5 h", False)):
        ahead = learnt(measured, every, is_long=is_long)
        plans[name] = {
            "mean_deg": round(ahead.mean * 360.0, 2),
            "spread_deg": round(ahead.spread * 360.0, 2),
            "count": ahead.count,
        }
    return plans


def node_table() -> dict[str, list[float]]:
    """Median and 90 % of the error of the node by days."""
    sets = [one for one in published_sets() if carries(one) and closable(one)]
    samples: list[tuple[float, float, str]] = []
    for i, earlier in enumerate(sets):
        month = month_of(earlier.epoch_unix_s)
        orbit = Sgp4Orbit(earlier)
        for later in sets[i + 1 :]:
            days = (later.epoch_unix_s - earlier.epoch_unix_s) / DAY_S
            if days > NODE_DAYS[-1] * 1.1:
                break
            carried = plane_at(orbit, later.epoch_unix_s)
            samples.append((days, abs(wrapped_deg(math.degrees(carried.node_rad) - later.raan_deg)), month))
    return quantiles_by_day(samples)


def quantiles_by_day(samples: list[tuple[float, float, str]]) -> dict[str, list[float]]:
    """Median and 90 % around each node, months weighing the same; they never fall with time."""
    table: dict[str, list[float]] = {"days": list(NODE_DAYS), "median_deg": [], "p90_deg": []}
    for index, node in enumerate(NODE_DAYS):
        low = (node * NODE_DAYS[index - 1]) ** 0.5 if index else node / 1.5
        high = (node * NODE_DAYS[index + 1]) ** 0.5 if index + 1 < len(NODE_DAYS) else node * 1.1
        near = [(error, month) for days, error, month in samples if low <= days < high]
        for name, share in (("median_deg", 0.5), ("p90_deg", 0.9)):
            table[name].append(max(round(quantile(near, share) or 0.0, 4), *table[name][-1:], 0.0))
    return table


def made() -> dict[str, Any]:
    """All of it."""
    history = embedded_history()
    return {"launches": launch_rows(history), "plans": plan_rows(history), "node": node_table()}


if __name__ == "__main__":
    OUTPUT.write_text(json.dumps(made(), indent=1) + "\n", encoding="utf-8")
