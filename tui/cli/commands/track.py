"""`tiangong track`: the path below the station, sampled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.errors import OrbitError
from sim.named_tuple import NamedTuple
from tui.cli.arguments import END_HELP, TIMES_HELP, Parser, add_common, add_format, end_of_span, instant, number
from tui.cli.context import Query, say

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from sim.orbit.propagation import Orbit

MOST_POINTS = 500_000
COLUMNS = ("time", "latitude_deg", "longitude_deg", "height_km", "light")


class Point(NamedTuple):
    """One sample; all but the time is `None` where the orbit has no answer."""

    unix_s: float
    latitude_deg: float | None
    longitude_deg: float | None
    height_km: float | None
    light: str | None


def parser() -> Parser:
    """What it takes."""
    made = Parser(
        "track",
        "The path below the station as a table or for a map.",
        [
            "tiangong track --step 60 > track.csv",
            "tiangong track --start 2026-09-01T00:00Z --end +3h --format geojson > track.geojson",
        ],
        f"{TIMES_HELP} {END_HELP}",
    )
    made.add_argument("--start", metavar="T", type=instant, help="first sample; default --at")
    made.add_argument("--end", metavar="T", type=end_of_span, help="no sample after it; default one revolution later")
    made.add_argument("--step", metavar="S", type=number(0.001, 86400), default=30.0, help="seconds; default 30")
    add_format(made, "csv", "json", "geojson")
    add_common(made)
    return made


def run(arguments: argparse.Namespace) -> int:
    """Print it."""
    if arguments.start is not None:
        arguments.at = arguments.start
    query = Query(arguments)
    start = query.at_unix_s
    query.require_flying()
    end = arguments.end(start) if arguments.end else start + query.orbit.elements(start).period_min * 60.0
    if end < start:
        parser().error("--end lies before --start")
    count = int((end - start) / arguments.step + 1e-9) + 1
    if count > MOST_POINTS:
        parser().error(f"{count} samples are too many, {MOST_POINTS} is the limit: take a larger --step")
    points = sampled(query.orbit, start, arguments.step, count)
    missing = sum(point.latitude_deg is None for point in points)
    if missing == len(points):
        raise OrbitError("the elements have no answer for any of these times")
    if missing:
        say(f"the elements have no answer for {missing} of {len(points)} times")
    query.warn_if_stale(end)
    _print(query, points, arguments)
    return 0


def sampled(orbit: Orbit, start_unix_s: float, step_s: float, count: int) -> list[Point]:
    """`count` samples from `start_unix_s` on."""
    import numpy as np

    from sim.astro.frames import itrs_to_geodetic, teme_position_to_itrs
    from sim.astro.shadow import limb_clearance_rad, sun_radius_rad
    from sim.astro.sun import SunTrack
    from sim.astro.vectors import columns

    unix_s = start_unix_s + step_s * np.arange(count, dtype=np.float64)
    states = orbit.states(unix_s)
    position_teme_km = columns(states.position_teme_km)
    geodetic = itrs_to_geodetic(teme_position_to_itrs(unix_s, position_teme_km, np), np)
    sun_km = columns(SunTrack(start_unix_s - 60.0, float(unix_s[-1]) + 60.0).teme_km(unix_s))
    clearance, radius = limb_clearance_rad(position_teme_km, sun_km, np), sun_radius_rad(sun_km, np)
    light = np.where(clearance >= radius, "sunlit", np.where(clearance <= -radius, "umbra", "penumbra"))
    rows = zip(unix_s.tolist(), *(column.tolist() for column in geodetic), light.tolist(), states.ok, strict=True)
    return [
        Point(t, lat, lon, h, word) if ok else Point(t, None, None, None, None) for t, lat, lon, h, word, ok in rows
    ]


def _print(query: Query, points: list[Point], arguments: argparse.Namespace) -> None:
    from sim.orbit.uncertainty import expected_error
    from tui.cli.output.json_export import SCHEMA, csv_text, elements_shape, rounded, stamp, to_json

    def row(point: Point) -> list[object]:
        return [
            stamp(point.unix_s),
            rounded(point.latitude_deg, 6),
            rounded(point.longitude_deg, 6),
            rounded(point.height_km, 4),
            point.light,
        ]

    at = points[0].unix_s
    head: dict[str, Any] = {
        "schema": SCHEMA,
        "elements": elements_shape(query.orbit.provenance(at), expected_error(query.orbit, at)),
    }
    if arguments.format == "csv":
        print(csv_text(COLUMNS, map(row, points)), end="")
    elif arguments.format == "json":
        print(to_json({**head, "track": [dict(zip(COLUMNS, row(point), strict=True)) for point in points]}))
    else:
        print(to_json(geojson(points, head)))


def geojson(points: list[Point], head: dict[str, Any]) -> dict[str, Any]:
    """One feature: a line for each stretch between two crossings of the date line, heights in metres (RFC 7946)."""
    from tui.cli.output.json_export import stamp

    lines = [line for line in _stretches(points) if len(line) > 1]
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {
                    "name": "Tiangong",
                    "start": stamp(points[0].unix_s),
                    "end": stamp(points[-1].unix_s),
                    **head,
                },
                "geometry": {"type": "MultiLineString", "coordinates": lines},
            }
        ],
    }


def _stretches(points: list[Point]) -> Iterator[list[list[float]]]:
    """Coordinates cut where the line crosses the date line, with the crossing itself at both ends."""
    line: list[list[float]] = []
    for point in points:
        if point.latitude_deg is None or point.longitude_deg is None or point.height_km is None:
            yield line
            line = []
            continue
        here = [round(point.longitude_deg, 6), round(point.latitude_deg, 6), round(point.height_km * 1000.0, 1)]
        if line and abs(here[0] - line[-1][0]) > 180.0:
            before = line[-1]
            edge = 180.0 if before[0] > 0 else -180.0
            span = here[0] + 2.0 * edge - before[0]
            part = (edge - before[0]) / span if span else 0.0
            middle = [round(a + part * (b - a), 6) for a, b in zip(before[1:], here[1:], strict=True)]
            line.append([edge, *middle])
            yield line
            line = [[-edge, *middle]]
        line.append(here)
    yield line
