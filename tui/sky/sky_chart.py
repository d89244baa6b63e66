"""Draws the sky with a pass: horizon, rings, stars, Sun, Moon and planets, the path with minute ticks and shadow.

The same picture is a chart in a few styles of text, or is painted over the light of the sky (`tui.sky.sky_painting`).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sim.language import N_, _
from sim.language.compass import compass_points
from sim.language.names import both_names, one_name
from tui.drawing.canvas import BRAILLE
from tui.drawing.styled_text import width
from tui.sky.sky_picture import Label, Point, SkyPicture
from tui.sky.sky_projection import Disc, Dot
from tui.wording import quantities

if TYPE_CHECKING:
    from sim.passes.observation import Observation
    from tui.drawing.canvas import Stroke
    from tui.sky.pass_geometry import Body, PassScene, SkyBehind
    from tui.sky.sky_projection import SkyProjection

SMALL_ROWS, ROOMY_ROWS, VAST_ROWS, HUGE_ROWS = 18, 26, 40, 56
"""Rows from which the Moon is a disc, names of stars and full times are shown, lines of constellations on a chart are,
and all of their names."""

_NAMED = (
    (((VAST_ROWS, 2.1), (ROOMY_ROWS, 1.0)), VAST_ROWS),
    (((HUGE_ROWS, 2.1), (VAST_ROWS, 1.3), (ROOMY_ROWS, 0.5)), HUGE_ROWS),
)
"""How faint the stars are that have their names, by rows, and the rows from which they have both: in the panorama, and
on the disc, into which twice as much of the sky goes."""

SKYLINE_STEP_DEG = 1.0
_RINGS_DEG = (30.0, 60.0)
_STAR_GLYPHS = ((0.5, "✶"), (1.6, "*"), (2.6, "∙"), (9.0, "·"))
_PAINTED_GLYPHS = ((1.0, "✶"), (2.1, "∙"))
"""Fainter stars of a painted sky are single dots."""
_ARROWS = "→↘↓↙←↖↑↗"


def draw_sky(
    projection: SkyProjection, scene: PassScene, sky: SkyBehind, *, utc: bool, painted: bool = False
) -> SkyPicture:
    """The picture of a pass, without the station: all signs first, then labels where they have room."""
    picture = SkyPicture(projection, painted=painted)
    _horizon(picture)
    _skyline(picture, scene)
    _figures(picture, sky)
    _stars(picture, sky)
    way = _path(picture, scene)
    _compass(picture)
    _bodies(picture, sky)
    _minutes(picture, scene)
    _marks(picture, scene)
    _labels(picture, scene, sky, way, utc=utc)
    return picture


def _labels(picture: SkyPicture, scene: PassScene, sky: SkyBehind, way: Stroke, *, utc: bool) -> None:
    """What one looks for first gets its label first."""
    _mark_labels(picture, scene, way, utc=utc)
    for body in sky.bodies:
        if picture.cell(body.azimuth_deg, body.elevation_deg) is not None:
            style = _body_style(picture, body)
            any(picture.label(Label(*at, body.label, style), clear_of=way) for at in _beside(picture, body, sky))
    for elevation_deg in _RINGS_DEG:
        picture.label(Label(_ring_label_azimuth_deg(picture.projection), elevation_deg, f"{elevation_deg:.0f}°", "dim"))
    if picture.room >= VAST_ROWS:
        _minute_labels(picture, scene, way, utc=utc)
    if picture.room >= ROOMY_ROWS:
        _star_names(picture, sky, way)
    if picture.painted and picture.room >= VAST_ROWS:
        for name in sky.names:
            if name.rank <= (2 if picture.rows >= HUGE_ROWS else 1):
                at = Label(name.azimuth_deg, name.elevation_deg, _(name.text), "figure name")
                picture.label(at, clear_of=way, alone=True)


def _horizon(picture: SkyPicture) -> None:
    projection = picture.projection
    for elevation_deg in _RINGS_DEG:
        picture.curve(projection.ring(elevation_deg), "faint", dotted=True)
    picture.curve(projection.ring(0.0), "faint")
    if isinstance(projection, Disc):
        picture.glyph(0.0, 90.0, "+", "faint")


def _skyline(picture: SkyPicture, scene: PassScene) -> None:
    """The place's own horizon, where it has one."""
    horizon = scene.pass_.horizon
    if horizon is None:
        return
    degrees = (step * SKYLINE_STEP_DEG for step in range(round(360.0 / SKYLINE_STEP_DEG) + 1))
    projection = picture.projection
    picture.curve(
        (
            projection.dot(azimuth_deg, elevation_deg)
            if projection.holds(azimuth_deg, elevation_deg := max(horizon.elevation_deg(azimuth_deg), 0.0))
            else None
            for azimuth_deg in degrees
        ),
        "dim",
    )


def _compass(picture: SkyPicture) -> None:
    for eighth, letters in enumerate(compass_points()[::2]):
        azimuth_deg = 45.0 * eighth
        if not picture.projection.holds(azimuth_deg, 0.0):
            continue
        column, row = picture.projection.letter(azimuth_deg).cell
        start = min(max(column - width(letters) // 2, 0), picture.columns - width(letters))
        style = "dim" if eighth % 2 else "value"
        picture.text(start, min(max(row, 0), picture.rows - 1), letters, style)


def _ring_label_azimuth_deg(projection: SkyProjection) -> float:
    """Azimuth at which the rings are labelled, away from the compass letters."""
    if isinstance(projection, Disc):
        return projection.up_deg + 200.0
    return projection.facing_deg - projection.span_deg * 0.49


def _figures(picture: SkyPicture, sky: SkyBehind) -> None:
    """The lines of the constellations; on a chart only where it is large."""
    projection = picture.projection
    least = VAST_ROWS if not picture.painted else ROOMY_ROWS if isinstance(projection, Disc) else SMALL_ROWS
    if picture.room < least:
        return
    lines: list[Dot | None] = []
    for one, other in sky.figures:
        start, end = (projection.dot(seen.azimuth_deg, seen.elevation_deg) for seen in (one, other))
        lines += [start, end, None]
    picture.curve(lines, "figure" if picture.painted else "faint", dotted=not picture.painted)


def _stars(picture: SkyPicture, sky: SkyBehind) -> None:
    if picture.painted:
        _points(picture, sky)
        return
    faintest = 9.0 if picture.room >= VAST_ROWS else 2.6 if picture.room >= ROOMY_ROWS else 1.6
    for seen in sky.stars:
        magnitude = seen.star.magnitude
        if magnitude <= min(faintest, sky.standing_out):
            glyph = next(glyph for limit, glyph in _STAR_GLYPHS if magnitude <= limit)
            style = "" if magnitude <= _STAR_GLYPHS[1][0] else "dim"
            picture.glyph(seen.azimuth_deg, seen.elevation_deg, glyph, style, over=False)


def _points(picture: SkyPicture, sky: SkyBehind) -> None:
    """Stars as signs and dots in colours of their own."""
    for seen in sky.stars:
        cell = picture.cell(seen.azimuth_deg, seen.elevation_deg)
        if cell is None:
            continue
        glyph = next((glyph for limit, glyph in _PAINTED_GLYPHS if seen.star.magnitude <= limit), "")
        dot = picture.projection.dot(seen.azimuth_deg, seen.elevation_deg)
        bit = 0 if glyph else BRAILLE.bit(round(dot.x), round(dot.y))
        before = picture.points.get(cell)
        if before is None:
            picture.points[cell] = Point(glyph, bit, seen)
        elif not before.glyph:
            picture.points[cell] = Point("", before.bits | bit, before.star)


def _star_names(picture: SkyPicture, sky: SkyBehind, way: Stroke) -> None:
    limits, named = _NAMED[isinstance(picture.projection, Disc)]
    faintest = min(next(limit for rows, limit in limits if picture.room >= rows), sky.standing_out)
    for seen in sky.stars:
        if seen.star.name and seen.star.magnitude <= faintest:
            name, name_zh = seen.star.name, seen.star.name_zh
            text = both_names(name, name_zh) if picture.room >= named else one_name(name, name_zh)
            picture.label(Label(seen.azimuth_deg, seen.elevation_deg, text, "dim"), clear_of=way, alone=True)


MOON_RADIUS = 2.5
"""In pixels of a painted sky: eight times and more as large as it is, so that its phase can be seen."""


def _has_disc(picture: SkyPicture, body: Body) -> bool:
    """Whether a body is painted as a disc."""
    return picture.painted and picture.room >= SMALL_ROWS and body.name.startswith(("Sun", "Moon"))


def discs(picture: SkyPicture, sky: SkyBehind) -> list[Body]:
    """Sun and Moon where they are painted as discs."""
    return [body for body in sky.bodies if _has_disc(picture, body)]


def _bodies(picture: SkyPicture, sky: SkyBehind) -> None:
    for body in sky.bodies:
        cell = picture.cell(body.azimuth_deg, body.elevation_deg)
        if cell is not None and _has_disc(picture, body):
            across, down = math.ceil(MOON_RADIUS), math.ceil(MOON_RADIUS / 2.0)
            disc = {(cell[0] + x, cell[1] + y) for x in range(-across, across + 1) for y in range(-down, down + 1)}
            picture.taken |= disc
            for spot in disc & picture.points.keys():
                del picture.points[spot]
        else:
            picture.glyph(body.azimuth_deg, body.elevation_deg, body.glyph, _body_style(picture, body))


def _body_style(picture: SkyPicture, body: Body) -> str:
    if picture.painted and body.magnitude is not None:
        return body.name
    return "caution" if body.glyph == "☉" else "value"


def _beside(picture: SkyPicture, body: Body, sky: SkyBehind) -> list[tuple[float, float]]:
    """Directions a body's label may be written beside: its own, or those of the edges of the disc it stands in."""
    own = (body.azimuth_deg, body.elevation_deg)
    if picture.cell(*own) not in picture.taken:
        return [own]
    to = picture.projection.dot
    at = to(*own)
    centres = [to(disc.azimuth_deg, disc.elevation_deg) for disc in discs(picture, sky)]
    dot = min(centres, key=lambda centre: math.hypot(centre.x - at.x, centre.y - at.y))
    across = 2.0 * math.ceil(MOON_RADIUS)
    edges = [(across, 0.0), (0.0, across), (0.0, -across), (-across, 0.0)]
    found = [picture.projection.direction(Dot(dot.x + right, dot.y + down)) for right, down in edges]
    beside = [direction for direction in found if picture.cell(*direction) is not None]
    return beside if _has_disc(picture, body) else [own, *beside]


def _path(picture: SkyPicture, scene: PassScene) -> Stroke:
    """Draw the path: a bright line in sunlight, a dim dotted one in shadow. Returns its dots."""
    projection = picture.projection
    seen = [(point.azimuth_deg, max(point.elevation_deg, 0.0)) for point in scene.points]
    picture.way = [projection.dot(*at) if projection.holds(*at) else None for at in seen]

    def dots(*, sunlit: bool) -> list[Dot | None]:
        return [dot if point.sunlit is sunlit else None for dot, point in zip(picture.way, scene.points, strict=True)]

    way = picture.curve(dots(sunlit=False), "night", dotted=True).copy()
    way.bits.update(picture.curve(dots(sunlit=True), "good").bits)
    return way


def _minutes(picture: SkyPicture, scene: PassScene) -> None:
    """A tick at each full minute of the clock, and two arrows in the direction of motion."""
    minutes = scene.minutes()
    for unix_s in minutes:
        point = scene.at(unix_s)
        glyph = "•" if point.sunlit else "◦"
        picture.glyph(point.azimuth_deg, max(point.elevation_deg, 0.0), glyph, _style(point))
    start = scene.pass_.rise.unix_s
    third = scene.pass_.duration_s / 3.0
    _arrow(picture, scene.at(start + third * 0.8), scene.at(start + third * 0.8 + 20.0))
    _arrow(picture, scene.at(start + third * 2.4 - 20.0), scene.at(start + third * 2.4))


def _style(point: Observation) -> str:
    return "good" if point.sunlit else "night"


def _arrow(picture: SkyPicture, one: Observation, other: Observation) -> None:
    start = picture.projection.dot(one.azimuth_deg, one.elevation_deg)
    end = picture.projection.dot(other.azimuth_deg, other.elevation_deg)
    eighth = round(math.atan2(end.y - start.y, end.x - start.x) / (math.pi / 4.0)) % 8
    picture.glyph(other.azimuth_deg, max(other.elevation_deg, 0.0), _ARROWS[eighth], _style(other))


_EDGES = (("◐", N_("shadow")), ("◑", N_("sun")))


def _edges(scene: PassScene) -> list[tuple[float, str, str]]:
    """When the station goes into the shadow and comes out of it, with sign and word."""
    instants = (scene.pass_.shadow_entry_unix_s, scene.pass_.shadow_exit_unix_s)
    return [(unix_s, *names) for unix_s, names in zip(instants, _EDGES, strict=True) if unix_s is not None]


def _marks(picture: SkyPicture, scene: PassScene) -> None:
    """Entry into and exit from the shadow."""
    for unix_s, glyph, _word in _edges(scene):
        point = scene.at(unix_s)
        picture.glyph(point.azimuth_deg, max(point.elevation_deg, 0.0), glyph, "caution")


def _mark_labels(picture: SkyPicture, scene: PassScene, way: Stroke, *, utc: bool) -> None:
    """Times of rise, peak and set, and of entry into and exit from the shadow."""
    pass_, place = scene.pass_, scene.place
    as_known = quantities.clock_pattern if picture.room >= ROOMY_ROWS else quantities.minute_pattern
    pattern = as_known(pass_.error)

    def time(unix_s: float) -> str:
        return quantities.time_of_day(unix_s, place, utc=utc, pattern=pattern)

    for unix_s, _glyph, word in _edges(scene):
        point = scene.at(unix_s)
        at = Label(point.azimuth_deg, max(point.elevation_deg, 0.0), f"{_(word)} {time(unix_s)}", "caution")
        picture.label(at, clear_of=way)
    for moment, word in ((pass_.rise, _("rise")), (pass_.peak, _("peak")), (pass_.set, _("set"))):
        text = f"{word} {time(moment.unix_s)}" if picture.room >= ROOMY_ROWS else time(moment.unix_s)
        picture.label(Label(moment.azimuth_deg, max(moment.elevation_deg, 0.0), text, "value"), clear_of=way)


def _minute_labels(picture: SkyPicture, scene: PassScene, way: Stroke, *, utc: bool) -> None:
    pattern = quantities.minute_pattern(scene.pass_.error)
    for unix_s in scene.minutes():
        point = scene.at(unix_s)
        text = quantities.time_of_day(unix_s, scene.place, utc=utc, pattern=pattern)
        picture.label(Label(point.azimuth_deg, max(point.elevation_deg, 0.0), text, "dim"), clear_of=way)
