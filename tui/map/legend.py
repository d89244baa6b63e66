"""What the signs and colours of a map mean: samples as the map draws them, each with its meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from sim.language import N_
from tui.drawing.canvas import PACKED
from tui.drawing.cells import blend
from tui.map.palette import Role
from tui.map.scene import ASCII_SIGNS, UNICODE_SIGNS, MapStyle
from tui.map.world_map import SHADES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.map.ground.earth import EarthColours
    from tui.map.scene import MapOptions, Signs


class Sample(msgspec.Struct, frozen=True):
    """A piece of the map and what it means.

    Attributes:
        cells: Text, ink and fill of its runs; a role (`tui.map.palette.Role`) or a packed colour each.
        meaning: In English; it is translated where it is shown.
    """

    cells: tuple[tuple[str, int, int], ...]
    meaning: str


_PLACES = (("sea", 0.0, -30.0), ("forest", -4.0, -62.0), ("desert", 23.0, 12.0), ("ice", -80.0, 60.0))
_CITIES = ((35.7, 139.7), (40.7, -74.0), (51.5, -0.1), (30.0, 31.2))
"""Of which at least one is bright in a raster of any size."""

_DAY, _DUSK, _NIGHT = 0, 9, 15
"""Steps of light, see `tui.map.daylight`."""

_SWATCH = "   "


def legend(options: MapOptions) -> list[Sample]:
    """Samples of all that a map with these options can show, the most important ones first."""
    signs = ASCII_SIGNS if options.style is MapStyle.ASCII else UNICODE_SIGNS
    return [*_always(signs), *_layers(options, signs), *_ground(options)]


def _line(role: Role, dots: str, signs: Signs) -> tuple[str, int, int]:
    """A piece of a line: in dots, or with the character that it has in whole cells."""
    sign = signs.strokes.get(role)
    return (sign * len(dots) if sign else dots, role, Role.SEA_DAY)


def _always(signs: Signs) -> Iterator[Sample]:
    """Station, tracks, place and Sun."""
    sea = Role.SEA_DAY
    named = (f" {signs.marker} ", Role.MARKER, Role.MARKER_FILL), ("Tiangong", Role.LABEL, sea)
    yield Sample(named, N_("the station"))
    yield Sample(
        (_line(Role.FUTURE, "⣀⣀", signs), (signs.arrows[0], Role.FUTURE, sea)),
        N_("where it goes; the arrowheads show which way"),
    )
    yield Sample((_line(Role.PAST, "⡀⡀⡀", signs),), N_("where it was, for one revolution"))
    yield Sample(
        (_line(Role.UNCERTAIN, "⣀⣀⣀", signs),),
        N_("it is somewhere on this line, or between two of them: its place is not known"),
    )
    yield Sample(((f" {signs.observer} ", Role.OBSERVER, sea),), N_("your place; o chooses it"))
    yield Sample(((f" {signs.sun} ", Role.SUN, sea),), N_("where the Sun stands overhead"))


def _layers(options: MapOptions, signs: Signs) -> Iterator[Sample]:
    """The samples of the layers that are shown."""
    sea, land = Role.SEA_DAY, Role.LAND_DAY
    dark = (_line(Role.FUTURE_DARK, "⡀ ⡀", signs), (" ", sea, sea), _line(Role.PAST_DARK, "⡀  ", signs))
    samples: tuple[tuple[str, tuple[tuple[str, int, int], ...], str], ...] = (
        ("shadow", dark, N_("the same ways where the station is in the Earth's shadow")),
        ("horizon", (_line(Role.FOOTPRINT, "⣀⣀⣀", signs),), N_("inside this circle the station is above the horizon")),
        (
            "seen",
            (_line(Role.SEEN, "⣀⣀⣀", signs),),
            N_("inside it can be seen now if the sky is clear: over 10° high, dark sky, station in sunlight"),
        ),
        ("pass", ((f" {signs.tick} ", Role.PASS, sea),), N_("a minute of the next pass to be seen from your place")),
        ("minutes", (("21:20", Role.TIME, sea),), N_("when the station will be there")),
        ("names", ((N_("Sea"), Role.NAME_SEA, sea),), N_("seas")),
        ("names", ((N_("Land"), Role.NAME_LAND, land),), N_("countries, when you zoom in")),
        ("names", ((f" {signs.city} ", Role.NAME_CITY, land),), N_("cities, when you zoom in")),
        ("scale", (("30°E", Role.SCALE, sea),), N_("degrees along the edges and a scale, when you zoom in")),
        ("sites", ((f" {signs.site} ", Role.SITE, land),), N_("where rockets start and capsules land")),
        ("stations", ((f" {signs.station} ", Role.SITE, land),), N_("ground stations for telemetry and command")),
        (
            "anomaly",
            (_line(Role.ANOMALY, "⣀⣀⣀", signs),),
            N_("South Atlantic Anomaly: inside, the field at 390 km is under 22 000 nT"),
        ),
    )
    return (Sample(cells, meaning) for layer, cells, meaning in samples if layer in options.layers)


def _ground(options: MapOptions) -> Iterator[Sample]:
    """Day and night: as the Earth looks, or in fills."""
    if options.earth is not None and options.style in {MapStyle.EARTH, MapStyle.GLOBE, MapStyle.WINDOW}:
        for step, meaning in (
            (_DAY, N_("sea, forest, desert, ice by day")),
            (_DUSK, N_("the same in twilight")),
            (_NIGHT, N_("the same by night")),
        ):
            yield Sample(tuple(_swatches(options.earth, step)), meaning)
        yield Sample((_city(options.earth),), N_("lights of a large city by night"))
        if "seen" in options.layers:
            shaded = tuple(_shaded(options.earth))
            yield Sample(shaded, N_("the ground shaded where the station can be seen now"))
        return
    for first, meaning in (
        (Role.SEA_DAY, N_("sea: day, civil, nautical and astronomical twilight, night")),
        (Role.LAND_DAY, N_("land: the same five")),
    ):
        yield Sample(tuple((_SWATCH, Role.LABEL, first + step) for step in range(5)), meaning)
    yield Sample((("⣀⠤⠒", Role.COAST_DAY, Role.SEA_DAY),), N_("coasts"))


def _swatches(kind: EarthColours, step: int) -> Iterator[tuple[str, int, int]]:
    for _name, latitude_deg, longitude_deg in _PLACES:
        colour = _colour(kind, step, latitude_deg, longitude_deg)
        yield _SWATCH, colour, colour


def _shaded(kind: EarthColours) -> Iterator[tuple[str, int, int]]:
    shade, share = SHADES[kind]
    for text, ink, _fill in _swatches(kind, _NIGHT):
        colour = PACKED | blend(ink & 0xFFFFFF, shade, share)
        yield text, colour, colour


def _city(kind: EarthColours) -> tuple[str, int, int]:
    def brightness(colour: int) -> int:
        return sum(colour >> shift & 255 for shift in (0, 8, 16))

    colour = max((_colour(kind, _NIGHT, *place) for place in _CITIES), key=brightness)
    return _SWATCH, colour, colour


def _colour(kind: EarthColours, step: int, latitude_deg: float, longitude_deg: float) -> int:
    from tui.map.ground.earth import GROUNDS, earth_colours, raster_for

    return PACKED | earth_colours(kind)[step * GROUNDS + raster_for(0.5).at(latitude_deg, longitude_deg)]
