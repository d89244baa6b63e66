"""Paints a picture of the sky over its light: two pixels to a cell, lines and letters over their mean.

The result is a `Canvas` whose inks and fills are colours of their own.
"""

from __future__ import annotations

import math
from array import array
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from tui.drawing.canvas import BRAILLE, PACKED, SIGN, STRONG, Canvas
from tui.drawing.cells import READABLE_CONTRAST, blend, lightened_ink, mean_colour, readable_ground
from tui.drawing.chart import merged
from tui.drawing.colours import TEXT_CONTRAST
from tui.drawing.styled_text import Line, Run, width
from tui.sky.sky_chart import MOON_RADIUS, discs
from tui.sky.sky_light import COLOUR_STEP, star_colour

if TYPE_CHECKING:
    from tui.drawing.canvas import CellRun
    from tui.sky.pass_geometry import Body, SkyBehind
    from tui.sky.sky_light import Pixels
    from tui.sky.sky_picture import Point, SkyPicture

INKS = {
    "": 0xD7E1EE,
    "value": 0xFFFFFF,
    "dim": 0xA7B4C6,
    "good": 0x7BD88F,
    "night": 0x93A4C0,
    "caution": 0xF2C14E,
    "mark": 0xFFB454,
    "figure name": 0x6C90D6,
    "Mercury": 0xD8D0C4,
    "Venus": 0xFFF6D8,
    "Mars": 0xFF9A6B,
    "Jupiter": 0xFFE6BE,
    "Saturn": 0xF0DFA8,
}
"""Colours of the styles of a picture, and of the planets."""

VEILS = {"faint": (0xA8C4F0, 0.2), "figure": (0x86B4FF, 0.34)}
"""Styles that are the ground itself, mixed with a colour."""

_BOLD = frozenset({"value", "mark"})
_MOON_LIT, _MOON_DARK, _SUN = 0xF6F1E0, 0x262C3A, 0xFFEBB0
_SAMPLES = (-0.375, -0.125, 0.125, 0.375)
_GLOW_PIXELS = 10


def paint(picture: SkyPicture, sky: SkyBehind, pixels: Pixels) -> Canvas:
    """The picture on its ground.

    Args:
        picture: Drawn with `painted`.
        sky: What it shows.
        pixels: The light of the sky, see `tui.sky.sky_light.sky_pixels`.
    """
    canvas = Canvas(picture.columns, picture.rows)
    ground = pixels.copy()
    for body in discs(picture, sky):
        _disc(picture, ground, body, sky)
    _lay_ground(canvas, ground)
    for cell, (bits, style) in merged(picture.layers).items():
        canvas.inks[cell], canvas.fills[cell] = _line_colours(style, _mean(canvas, cell))
        canvas.glyphs[cell] = BRAILLE.glyphs[bits]
    for (column, row), point in picture.points.items():
        _star(canvas, row * canvas.width + column, point, sky.eye_limit)
    for (column, row), (glyph, style) in picture.texts.items():
        cell = row * canvas.width + column
        put(canvas, cell, glyph, INKS.get(style, 0), style in _BOLD, VEILS.get(style))
    return canvas


def _lay_ground(canvas: Canvas, ground: Pixels) -> None:
    """Half blocks, spaces where both halves of a cell are alike."""
    upper, lower = ground[0::2], ground[1::2]
    canvas.inks[:] = array(canvas.inks.typecode, (upper | PACKED).ravel().tolist())
    canvas.fills[:] = array(canvas.fills.typecode, (lower | PACKED).ravel().tolist())
    canvas.glyphs[:] = ["▀" if differs else " " for differs in (upper != lower).ravel().tolist()]


def _mean(canvas: Canvas, cell: int) -> int:
    """The mean colour of a cell that shows nothing but ground, or the fill of one that shows a sign."""
    if canvas.glyphs[cell] != "▀":
        return canvas.fills[cell] & 0xFFFFFF
    return _mean_of_halves(canvas.inks[cell] & 0xFFFFFF, canvas.fills[cell] & 0xFFFFFF)


@lru_cache(maxsize=4096)
def _mean_of_halves(upper: int, lower: int) -> int:
    return mean_colour((upper, lower))


@lru_cache(maxsize=4096)
def _line_colours(style: str, ground: int) -> tuple[int, int]:
    """Ink and fill of a cell with a line; the sky has few colours, and a picture a thousand such cells."""
    veil = VEILS.get(style)
    ink, ground = _read_colours(INKS.get(style, 0), ground, READABLE_CONTRAST, veil)
    return ink | PACKED | (SIGN if veil is None else 0), ground | PACKED


def _read_colours(ink: int, ground: int, least: float, veil: tuple[int, float] | None) -> tuple[int, int]:
    """Ink and ground of what must be read: the one lightened, the other darkened as far as that needs."""
    if veil is not None:
        return blend(ground, *veil), ground
    ink = lightened_ink(ink, ground, least)
    return ink, readable_ground(ground, ink, least)


def put(
    canvas: Canvas, cell: int, glyph: str, ink: int, bold: bool = False, veil: tuple[int, float] | None = None
) -> None:
    """Write a sign over the ground of a cell: it is lightened, and the ground darkened, as far as it must be read.

    Args:
        canvas: The picture.
        cell: Its index.
        glyph: The sign.
        ink: Its colour, unless there is a veil.
        bold: Whether it is bold.
        veil: A colour and its share, mixed with the ground instead of an ink.
    """
    ink, ground = _read_colours(ink, _mean(canvas, cell), TEXT_CONTRAST, veil)
    canvas.glyphs[cell] = glyph
    canvas.inks[cell] = ink | PACKED | (STRONG if bold else 0) | (SIGN if veil is None else 0)
    canvas.fills[cell] = ground | PACKED


def write(canvas: Canvas, cell: int, text: str, ink: int, bold: bool = False) -> None:
    """Write a text over a row from a cell on, also over half of a wide character; the caller makes sure that it fits.

    Args:
        canvas: The picture.
        cell: Index of the first cell.
        text: Of characters one or two cells wide.
        ink: Its colour.
        bold: Whether it is bold.
    """
    end = cell + width(text)
    if canvas.glyphs[cell] == "":
        canvas.glyphs[cell - 1] = " "
    if end < len(canvas.glyphs) and canvas.glyphs[end] == "":
        canvas.glyphs[end] = " "
    for char in text:
        for glyph in (char, "") if width(char) == 2 else (char,):
            put(canvas, cell, glyph, ink, bold)
            cell += 1


def _star(canvas: Canvas, cell: int, point: Point, eye_limit: float) -> None:
    """A star, the fainter the nearer to what an eye still finds."""
    ground = _mean(canvas, cell)
    star = point.star.star
    share = min(max(0.4 + 0.2 * (eye_limit - star.magnitude), 0.35), 1.0)
    canvas.glyphs[cell] = point.glyph or BRAILLE.glyphs[point.bits]
    canvas.inks[cell] = blend(ground, star_colour(star.b_v), round(share * 8.0) / 8.0) | PACKED
    canvas.fills[cell] = ground | PACKED


def _disc(picture: SkyPicture, ground: Pixels, body: Body, sky: SkyBehind) -> None:
    """The Sun, or the Moon with its lit side towards the Sun, and the glow around it."""
    centre = picture.projection.dot(body.azimuth_deg, body.elevation_deg)
    x0, y0 = round((centre.x - 0.5) / 2.0), round((centre.y - 0.5) / 2.0)  # whole, so that its disc is round
    is_moon = body.name.startswith("Moon")
    lit = sky.moon_lit if is_moon else 1.0
    towards = _towards_sun(picture, body, sky) if is_moon else (1.0, 0.0)
    for y in range(max(y0 - _GLOW_PIXELS, 0), min(y0 + _GLOW_PIXELS + 1, 2 * picture.rows)):
        for x in range(max(x0 - _GLOW_PIXELS, 0), min(x0 + _GLOW_PIXELS + 1, picture.columns)):
            if not picture.projection.holds(*picture.projection.direction(type(centre)(2.0 * x + 0.5, 2.0 * y + 0.5))):
                continue
            away = math.hypot(x - x0, y - y0)
            glow = 0.2 * lit * math.exp(-max(away - MOON_RADIUS, 0.0) / 2.2)
            colour = _stepped(blend(int(ground[y, x]), _MOON_LIT if is_moon else _SUN, glow if glow > 0.02 else 0.0))
            if away < MOON_RADIUS + 1.0:
                bright, dark = _covered(x - x0, y - y0, towards, lit)
                unlit = _lighter(_MOON_DARK, colour)  # by day the air before it shines
                colour = blend(colour, _MOON_LIT if is_moon else _SUN, bright)
                colour = blend(colour, unlit, dark / (1.0 - bright)) if dark > 0.0 else colour
            ground[y, x] = colour


def _lighter(one: int, other: int) -> int:
    """The more of red, of green and of blue that two colours have."""
    return sum(max(one & part, other & part) for part in (0xFF0000, 0x00FF00, 0x0000FF))


def _stepped(colour: int) -> int:
    """A colour in the steps of the light of the sky."""
    red, green, blue = (round((colour >> shift & 255) / COLOUR_STEP) * COLOUR_STEP for shift in (16, 8, 0))
    return red << 16 | green << 8 | blue


def _covered(x: float, y: float, towards: tuple[float, float], lit: float) -> tuple[float, float]:
    """Shares of a pixel that the lit and the dark part of a disc cover; `x` and `y` from its middle, in pixels."""
    bright = dark = 0
    for down in _SAMPLES:
        for right in _SAMPLES:
            u, v = (x + right) / MOON_RADIUS, (y + down) / MOON_RADIUS
            if u * u + v * v > 1.0:
                continue
            sunward = u * towards[0] + v * towards[1]
            across = u * towards[1] - v * towards[0]
            if sunward >= (1.0 - 2.0 * lit) * math.sqrt(max(1.0 - across * across, 0.0)):
                bright += 1
            else:
                dark += 1
    return bright / 16.0, dark / 16.0


def _towards_sun(picture: SkyPicture, moon: Body, sky: SkyBehind) -> tuple[float, float]:
    """Unit vector on the picture, right and down, along the great circle from the Moon to the Sun."""

    def vector(azimuth_deg: float, elevation_deg: float) -> tuple[float, float, float]:
        azimuth, elevation = math.radians(azimuth_deg), math.radians(elevation_deg)
        level = math.cos(elevation)
        return level * math.sin(azimuth), level * math.cos(azimuth), math.sin(elevation)

    one, other = (
        vector(moon.azimuth_deg, moon.elevation_deg),
        vector(sky.sun_azimuth_deg, sky.sun_elevation_deg),
    )
    along = sum(a * b for a, b in zip(one, other, strict=True))
    east, north, up = (a + 0.02 * (b - along * a) for a, b in zip(one, other, strict=True))
    dot = picture.projection.dot
    start = dot(moon.azimuth_deg, moon.elevation_deg)
    end = dot(math.degrees(math.atan2(east, north)), math.degrees(math.atan2(up, math.hypot(east, north))))
    x, y = end.x - start.x, end.y - start.y
    length = math.hypot(x, y) or 1.0
    return x / length, y / length


class PaintedSky(NamedTuple):
    """A painted sky: its cells, its rows as lines, and in which column each run of a line begins."""

    canvas: Canvas
    lines: list[Line]
    starts: list[list[int]]


def in_lines(canvas: Canvas) -> PaintedSky:
    """All rows of a canvas for a panel; the style of a run is `#`, ink, `#`, fill (`picture_colours`)."""
    placed = [canvas.placed_runs(row) for row in range(canvas.height)]
    return PaintedSky(canvas, [_line(runs) for _, runs in placed], [starts for starts, _ in placed])


def changed_line(sky: PaintedSky, changed: Canvas, row: int, first: int, after: int) -> Line:
    """A row of a canvas that differs from that of a sky in some columns alone: from `first` to before `after`."""
    line = sky.lines[row]
    which, begin, end = changed.around(sky.starts[row], first, after)
    return (*line[: which.start], *_line(changed.runs(row, begin, end)), *line[which.stop :])


def _line(runs: list[CellRun]) -> Line:
    return tuple(Run(text, f"#{ink:07x}#{fill:07x}") for text, ink, fill in runs)
