"""Samples of the track as text, JSON, CSV and GeoJSON: each with its own error; what is not known is null."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct

from sim.language import _
from sim.places.timezones import zone_title
from sim.sanitize import clean
from tui.cli.output.json_export import numbers, place_error_shape, rounded, stamp
from tui.cli.output.text_report import table
from tui.wording import quantities

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from zoneinfo import ZoneInfo

    from sim.orbit.space_object import SpaceObject
    from sim.orbit.uncertainty import ExpectedError
    from tui.cli.output.json_export import Shape

TRACK_COLUMNS = (
    "time", "latitude_deg", "longitude_deg", "height_km", "light", "error_km_median", "error_km_p90", "stale",
)  # fmt: skip


class Point(Struct, frozen=True):
    """One sample; place and light are `None` where the orbit has no answer or the place along it is not known."""

    unix_s: float
    latitude_deg: float | None
    longitude_deg: float | None
    height_km: float | None
    light: str | None
    error: ExpectedError


class Vertex(Struct, frozen=True):
    """One position of a line: longitude, latitude (degrees), height (m); its time and its error."""

    coordinates: tuple[float, float, float]
    unix_s: float
    error: ExpectedError


def point_shape(point: Point) -> Shape:
    """One sample of the track."""
    return {
        "time": stamp(point.unix_s),
        **numbers(point, latitude_deg=6, longitude_deg=6, height_km=4),
        "light": point.light,
        **place_error_shape(point.error),
    }


def track_lines(points: Sequence[Point], about: SpaceObject, zone: ZoneInfo | None = None) -> list[str]:
    """A table by the clocks of a zone (None is UTC); `?` where the place is not known."""
    has_fractions = any(point.unix_s != round(point.unix_s) for point in points)
    text = (
        _("Track, times in {zone}, errors 90 %")
        if about.is_station
        else _("Track of {object}, times in {zone}, errors 90 %")
    )
    head = text.format(object=clean(about.label, limit=40), zone=zone_title(zone.key) if zone else "UTC")
    rows = [_track_cells(point, zone, has_fractions=has_fractions) for point in points]
    return [
        head,
        "",
        *table(
            (_("time"), _("latitude"), _("longitude"), _("height"), _("light"), _("error")), rows, right=(1, 2, 3, 5)
        ),
    ]


def _track_cells(point: Point, zone: ZoneInfo | None, *, has_fractions: bool) -> tuple[str, ...]:
    time = quantities.instant(point.unix_s, zone, "milliseconds" if has_fractions else "seconds")
    if point.latitude_deg is None or point.longitude_deg is None or point.height_km is None:
        return (time, "?", "?", "?", "?", _("not known"))
    return (
        time,
        quantities.latitude(point.latitude_deg),
        quantities.longitude(point.longitude_deg),
        f"{point.height_km:.1f} km",
        _(point.light) if point.light else "",
        quantities.distance(point.error.p90_km) if point.error.is_stated else "?",
    )


def geojson(points: Sequence[Point], name: str, head: dict[str, Any], *, joined: bool = True) -> dict[str, Any]:
    """A line for each stretch between two crossings of the date line, heights in metres (RFC 7946).

    `coordinateProperties` holds time and error of every position, in lists as long as the lines. Positions that stand
    alone are a feature of points; all of them are where samples are too far apart to be joined by lines.
    """
    stretches = [line for line in _stretches(points) if line]
    lines = [line for line in stretches if joined and len(line) > 1]
    alone = [vertex for line in stretches if len(line) == 1 for vertex in line] if joined else _vertices(points)
    about = {"name": name, "start": stamp(points[0].unix_s), "end": stamp(points[-1].unix_s), **head}
    features = []
    if lines or not alone:
        places = [[vertex.coordinates for vertex in line] for line in lines]
        features.append(
            _feature("MultiLineString", places, {**about, "coordinateProperties": _coordinate_properties(lines)})
        )
    if alone:
        properties = {key: values[0] for key, values in _coordinate_properties([alone]).items()}
        places_alone = [vertex.coordinates for vertex in alone]
        features.append(_feature("MultiPoint", places_alone, {**about, "coordinateProperties": properties}))
    return {"type": "FeatureCollection", "features": features}


def _feature(kind: str, coordinates: object, properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": {"type": kind, "coordinates": coordinates}}


def _vertices(points: Sequence[Point]) -> list[Vertex]:
    """The samples that are known."""
    return [vertex for point in points if (vertex := _vertex(point)) is not None]


def _vertex(point: Point) -> Vertex | None:
    if point.latitude_deg is None or point.longitude_deg is None or point.height_km is None:
        return None
    place = (round(point.longitude_deg, 6), round(point.latitude_deg, 6), round(point.height_km * 1000.0, 1))
    return Vertex(place, point.unix_s, point.error)


def _coordinate_properties(lines: Sequence[Sequence[Vertex]]) -> dict[str, Any]:
    errors = [[vertex.error for vertex in line] for line in lines]
    return {
        "times": [[stamp(vertex.unix_s) for vertex in line] for line in lines],
        "error_km_median": [[rounded(error.median_km, 2) for error in line] for line in errors],
        "error_km_p90": [[rounded(error.p90_km, 2) for error in line] for line in errors],
        "stale": [[error.stale for error in line] for line in errors],
    }


def _stretches(points: Sequence[Point]) -> Iterator[list[Vertex]]:
    """Lines cut where they cross the date line, with the crossing itself at both ends."""
    line: list[Vertex] = []
    for point in points:
        here = _vertex(point)
        if here is None:
            yield line
            line = []
            continue
        if line and abs(here.coordinates[0] - line[-1].coordinates[0]) > 180.0:
            ending, beginning = _crossing(line[-1], here)
            yield [*line, ending]
            line = [beginning]
        line.append(here)
    yield line


def _crossing(before: Vertex, after: Vertex) -> tuple[Vertex, Vertex]:
    """Where a line meets the date line: the end of one stretch and the beginning of the next."""
    (longitude_deg, *rest), (next_longitude_deg, *next_rest) = before.coordinates, after.coordinates
    edge_deg = 180.0 if longitude_deg > 0 else -180.0
    span_deg = next_longitude_deg + 2.0 * edge_deg - longitude_deg
    part = (edge_deg - longitude_deg) / span_deg if span_deg else 0.0
    latitude_deg, height_m = (round(a + part * (b - a), 6) for a, b in zip(rest, next_rest, strict=True))
    unix_s = before.unix_s + part * (after.unix_s - before.unix_s)
    return (
        Vertex((edge_deg, latitude_deg, height_m), unix_s, before.error),
        Vertex((-edge_deg, latitude_deg, height_m), unix_s, before.error),
    )
