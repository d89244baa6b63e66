"""`tiangong track`: the path below the station, sampled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.astro.frames import itrs_to_geodetic, teme_position_to_itrs
from sim.astro.shadow import limb_clearance_rad, sun_radius_rad
from sim.astro.sun import SunTrack
from sim.astro.vectors import columns
from sim.errors import OrbitError
from sim.language import _
from sim.language.lists import joined
from sim.orbit.uncertainty import errors_along
from tui.cli.arguments import (
    END_HELP,
    TIMES_HELP,
    Parser,
    add_common,
    add_format,
    end_of_span,
    instant,
    number,
    step_count,
)
from tui.cli.context import Query, say
from tui.cli.output.json_export import csv_text, to_json
from tui.cli.output.track_export import TRACK_COLUMNS, Point, geojson, point_shape, track_lines

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from sim.orbit.propagation import Orbit

MOST_POINTS = 500_000


def parser() -> Parser:
    made = Parser(
        "track",
        _("The path below the station as a table or for a map."),
        [
            "tiangong track --start 2026-10-08 --step 60 > track.csv",
            "tiangong track --start 2026-10-08 --step 60 --format text --zone Asia/Shanghai",
            "tiangong track --start 2026-09-01T00:00Z --end +3h --format geojson > track.geojson",
        ],
        joined((_(TIMES_HELP), _(END_HELP))),
    )
    made.add_argument("--start", metavar="T", type=instant, help=_("first sample; default --at"))
    made.add_argument(
        "--end", metavar="T", type=end_of_span, help=_("no sample after it; default one revolution later")
    )
    made.add_argument("--step", metavar="S", type=number(0.001, 86400), default=30.0, help=_("seconds; default 30"))
    add_format(made, "csv", "json", "geojson", "text")
    add_common(made)
    return made


def run(arguments: argparse.Namespace) -> None:
    if arguments.start is not None:
        arguments.at = arguments.start
    query = Query(arguments)
    start = query.at_unix_s
    query.require_flying()
    end = arguments.end(start) if arguments.end else start + query.orbit.elements(start).period_min * 60.0
    if end < start:
        parser().error(_("--end lies before --start"))
    too_many = _("{count} samples are too many, {most} is the limit: take a larger --step")
    count = step_count(parser, end - start, arguments.step, MOST_POINTS, too_many)
    points = sampled(query.orbit, start, arguments.step, count)
    if all(point.latitude_deg is None and point.error.position_known for point in points):
        raise OrbitError(_("the elements have no answer for any of these times"))
    query.require_covered(points[-1].unix_s)
    missing = sum(point.latitude_deg is None for point in points)
    if missing:
        say(_("the place is not known for {missing} of {count} times").format(missing=missing, count=len(points)))
    query.warn_if_stale(end)
    _print(query, points, arguments.format)


def sampled(orbit: Orbit, start_unix_s: float, step_s: float, count: int) -> list[Point]:
    """`count` samples from `start_unix_s` on."""
    import numpy as np

    unix_s = start_unix_s + step_s * np.arange(count, dtype=np.float64)
    states = orbit.states(unix_s)
    position_teme_km = columns(states.position_teme_km)
    geodetic = itrs_to_geodetic(teme_position_to_itrs(unix_s, position_teme_km, np), np)
    sun_km = columns(SunTrack(start_unix_s - 60.0, float(unix_s[-1]) + 60.0).teme_km(unix_s))
    clearance, radius = limb_clearance_rad(position_teme_km, sun_km, np), sun_radius_rad(sun_km, np)
    light = np.where(clearance >= radius, "sunlit", np.where(clearance <= -radius, "umbra", "penumbra"))
    times = unix_s.tolist()
    rows = zip(
        times,
        *(column.tolist() for column in geodetic),
        light.tolist(),
        states.ok.tolist(),
        errors_along(orbit, times),
        strict=True,
    )
    return [
        Point(t, lat, lon, h, word, error) if ok and error.position_known else Point(t, None, None, None, None, error)
        for t, lat, lon, h, word, ok, error in rows
    ]


def _print(query: Query, points: Sequence[Point], form: str) -> None:
    if form == "text":
        print("\n".join(track_lines(points, query.object, query.clock_zone)))
    elif form == "csv":
        print(csv_text(TRACK_COLUMNS, map(point_shape, points)), end="")
    elif form == "json":
        print(to_json(query.answer_shape(points[0].unix_s, track=[point_shape(point) for point in points])))
    else:
        at = points[0].unix_s
        half_s = query.orbit.elements(at).period_min * 30.0
        joined = len(points) < 2 or points[1].unix_s - points[0].unix_s < half_s
        if not joined:
            say(_("the steps are half a revolution or more: the GeoJSON holds points, no lines"))
        print(to_json(geojson(points, query.object.name, query.answer_shape(at), joined=joined)))
