"""Transits as text, JSON, CSV and GeoJSON: each with its own error, warnings where the Sun is looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.language import N_, _
from sim.language.dates import weekday_and_day
from sim.language.lists import clauses
from sim.passes.transits import widest_arcsec
from sim.places.timezones import local_time, zone_words
from sim.sanitize import clean
from tui.cli.output.json_export import numbers, place_error_shape, rounded, stamp, time_error_shape
from tui.drawing.styled_text import wrapped
from tui.wording import quantities

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.orbit.space_object import SpaceObject
    from sim.passes.transit_path import PathPoint, TransitPath
    from sim.passes.transits import Transit
    from sim.places.place import Place
    from tui.cli.output.json_export import Shape

SUN_WARNING = N_(
    "never look at the Sun without a certified solar filter in front of the eyes, and of every binocular, telescope or "
    "camera: unfiltered optics blind at once and burn sensors"
)

TRANSIT_COLUMNS = (
    "time", "body", "separation_deg", "radius_deg", "transit", "chance", "duration_s", "speed_deg_s", "azimuth_deg",
    "elevation_deg", "range_km", "sunlit", "apparent_size_arcsec", "path_latitude_deg", "path_longitude_deg",
    "path_distance_km", "path_bearing_deg", "path_width_km", "path_error_km_p90", "error_s", "error_s_p90",
    "error_km_median", "error_km_p90", "stale", "hidden",
)  # fmt: skip

_CHANCES = {
    "sure": N_("the place lies on the path"),
    "possible": N_("the place may lie on the path or beside it: the path is not known so well"),
    "beside": N_("the place lies beside the path"),
    "not known": N_("nobody has learnt how far off this path may be"),
}


def transit_shape(transit: Transit, *, is_station: bool) -> Shape:
    """One transit at the place, and its path there."""
    path = transit.path
    size = widest_arcsec(transit) if is_station else None
    return {
        "time": stamp(transit.unix_s),
        "body": transit.body,
        **numbers(transit, separation_deg=4, radius_deg=4),
        "transit": transit.is_transit,
        "chance": transit.chance,
        **numbers(transit, duration_s=3, speed_deg_s=4, azimuth_deg=3, elevation_deg=3, range_km=1),
        "sunlit": transit.sunlit,
        "hidden": transit.hidden,
        "apparent_size_arcsec": rounded(size, 1),
        "path": {
            **numbers(path.nearest if path else None, latitude_deg=5, longitude_deg=5),
            **numbers(path, distance_km=2, bearing_deg=1, width_km=2),
            "error_km_p90": rounded(path.error_p90_km, 2) if path else None,
        },
        "warning": SUN_WARNING if transit.body == "sun" else None,
        **time_error_shape(transit.error),
        **place_error_shape(transit.error),
    }


def features(transits: Sequence[Transit], shapes: Sequence[Shape]) -> list[Shape]:
    """Centre line and limits of each path, cut at the date line (RFC 7946); times of the vertices beside them."""
    return [
        _feature({"role": role, "number": number, **shape}, stretches)
        for number, (transit, shape) in enumerate(zip(transits, shapes, strict=True), 1)
        if transit.path is not None
        for role, points in (
            ("centre line", transit.path.centre),
            ("limit", transit.path.limits[0]),
            ("limit", transit.path.limits[1]),
        )
        if (stretches := _stretches(points))
    ]


def _feature(properties: Shape, stretches: Sequence[Sequence[PathPoint]]) -> Shape:
    times = [[stamp(point.unix_s) for point in stretch] for stretch in stretches]
    places = [
        [[round(point.longitude_deg, 5), round(point.latitude_deg, 5)] for point in stretch] for stretch in stretches
    ]
    return {
        "type": "Feature",
        "properties": {**properties, "coordinateProperties": {"times": times}},
        "geometry": {"type": "MultiLineString", "coordinates": places},
    }


def _stretches(points: Sequence[PathPoint]) -> list[list[PathPoint]]:
    """Pieces that do not cross the date line, of two points and more; vertices are a few kilometres apart."""
    stretches: list[list[PathPoint]] = []
    for point in points:
        if stretches and abs(point.longitude_deg - stretches[-1][-1].longitude_deg) < 180.0:
            stretches[-1].append(point)
        else:
            stretches.append([point])
    return [stretch for stretch in stretches if len(stretch) > 1]


def transit_lines(transits: Sequence[Transit], place: Place, about: SpaceObject) -> list[str]:
    """Each transit as a few lines in local time."""
    head = (
        _("Transits over {place}, times in {zone}")
        if about.is_station
        else _("Transits of {object} over {place}, times in {zone}")
    )
    name = clean(about.label, limit=40)
    lines = [head.format(object=name, place=quantities.place_text(place), zone=zone_words(place))]
    if not transits:
        return [*lines, "", _("none")]
    for transit in transits:
        lines += ["", *_transit_text(transit, place, is_station=about.is_station)]
    if any(transit.body == "sun" for transit in transits):
        warning = _("WARNING: {warning}.").format(warning=_(SUN_WARNING))
        lines += ["", *wrapped(warning, 100)]
    return lines


def _transit_text(transit: Transit, place: Place, *, is_station: bool) -> list[str]:
    body = _("the Sun") if transit.body == "sun" else _("the Moon")
    how = (
        _("crosses {body} in {span:.2f} s").format(body=body, span=transit.duration_s)
        if transit.is_transit
        else _("passes {angle:.2f}° from the middle of {body}").format(body=body, angle=transit.separation_deg)
    )
    where = _("{elevation:.0f}° high in the {direction}, {range:.0f} km away, {light}").format(
        elevation=transit.elevation_deg,
        direction=quantities.compass(transit.azimuth_deg),
        range=transit.range_km,
        light=_("sunlit") if transit.sunlit else _("in shadow"),
    )
    time = _time_text(transit, place)
    lines = [_("{time}  {how}: {where}").format(time=time, how=how, where=where)]
    separation = _("separation {angle:.3f}° of a radius of {radius:.3f}°")
    details = [separation.format(angle=transit.separation_deg, radius=transit.radius_deg)]
    size = widest_arcsec(transit) if is_station else None
    if size is not None:
        details.append(_("the station at most {size:.0f}″ wide").format(size=size))
    error = quantities.time_error(transit.error.p90_s)
    details.append(_("the time may be off by {error} (90 %)").format(error=error))
    lines.append(f"    {clauses(details)}")
    if transit.path is not None:
        lines.append(f"    {_path_text(transit.path)}")
    lines.append(f"    {_(_CHANCES[transit.chance])}")
    if transit.hidden:
        hidden = _("from the place itself it is behind the place's own horizon then")
        lines.append(f"    {hidden}")
    return lines


def _time_text(transit: Transit, place: Place) -> str:
    """Day and time by the clocks of a place: to a tenth of a second, or `~05:08` where one in ten is minutes off."""
    pattern, unix_s = quantities.clock_pattern(transit.error), round(transit.unix_s)
    if pattern == quantities.EXACT_PATTERN:
        unix_s, tenth = divmod(round(transit.unix_s * 10.0), 10)
        pattern += f".{tenth}"
    day = weekday_and_day(local_time(unix_s, place))
    return f"{day} {quantities.clock_time(unix_s, place, utc=False, pattern=pattern)}"


def _path_text(path: TransitPath) -> str:
    """Where the centre line runs nearest to the place, and how well that is known."""
    off = _("not known") if path.error_p90_km is None else _("±{error:.1f} km (90 %)").format(error=path.error_p90_km)
    return _(
        "centre line {distance:.1f} km to the {direction} at {latitude:.4f}, {longitude:.4f}; {width:.1f} km wide; "
        "{error}"
    ).format(
        distance=path.distance_km,
        direction=quantities.compass(path.bearing_deg),
        latitude=path.nearest.latitude_deg,
        longitude=path.nearest.longitude_deg,
        width=path.width_km,
        error=off,
    )
