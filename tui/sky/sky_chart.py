"""Draws the sky with a pass: horizon, rings, stars, Sun and Moon, the path with minute ticks and shadow."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec

from tui.drawing.chart import Drawing
from tui.drawing.styled_text import Line, Run, width
from tui.sky.sky_projection import Disc, Dot
from tui.wording import quantities

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sim.passes.observation import Observation
    from tui.drawing.canvas import Stroke
    from tui.sky.pass_geometry import PassScene, SkyBehind
    from tui.sky.sky_projection import SkyProjection

ROOMY_ROWS, VAST_ROWS = 26, 40
"""Rows from which names of stars and full times are shown, and from which constellation lines are."""

SKYLINE_STEP_DEG = 1.0
_RINGS_DEG = (30.0, 60.0)
_LETTERS = ((0, "N"), (45, "NE"), (90, "E"), (135, "SE"), (180, "S"), (225, "SW"), (270, "W"), (315, "NW"))
_STAR_GLYPHS = ((0.5, "✶"), (1.6, "*"), (2.6, "∙"), (9.0, "·"))
_ARROWS = "→↘↓↙←↖↑↗"
_SIDES = ((1, 0), (-1, 0), (0, -1), (0, 1))
"""Sides of its point where a label may be, in order of preference: right, left, above, below."""


class Label(msgspec.Struct, frozen=True, gc=False):
    """A text beside a point of the sky."""

    azimuth_deg: float
    elevation_deg: float
    text: str
    style: str


class SkyPicture(Drawing):
    """A picture of the sky in cells: lines of dots, glyphs above them, labels in free cells.

    Args:
        projection: Size of the picture, and where directions are in it.
    """

    def __init__(self, projection: SkyProjection) -> None:
        super().__init__(projection.columns, projection.rows)
        self.projection = projection
        self.room = min(self.rows, self.columns // 2)

    def cell(self, azimuth_deg: float, elevation_deg: float) -> tuple[int, int] | None:
        """The cell of a direction; `None` outside the picture."""
        if not self.projection.holds(azimuth_deg, elevation_deg):
            return None
        column, row = self.projection.dot(azimuth_deg, elevation_deg).cell
        return (column, row) if 0 <= column < self.columns and 0 <= row < self.rows else None

    def curve(self, dots: Iterable[Dot | None], style: str, *, dotted: bool = False) -> Stroke:
        """Draw a line through dots, interrupted at each `None`; returns the layer."""
        joined = (
            ((round(one.x), round(one.y)), (round(other.x), round(other.y)))
            for one, other in pairwise(dots)
            if one is not None and other is not None and self.projection.joined(one, other)
        )
        return self.draw(joined, style, dotted=dotted)

    def glyph(self, azimuth_deg: float, elevation_deg: float, glyph: str, style: str, *, over: bool = True) -> bool:
        """Draw a glyph; false if the direction is outside, or if its cell is taken and `over` is false."""
        cell = self.cell(azimuth_deg, elevation_deg)
        if cell is None or (not over and cell in self.texts):
            return False
        self.texts[cell] = (glyph, style)
        return True

    def label(self, label: Label, *, clear_of: Stroke | None = None) -> bool:
        """Write a label on the first side of its point where all cells are free; false if there is none.

        Args:
            label: The label.
            clear_of: Lines that the label must not cover.
        """
        cell = self.cell(label.azimuth_deg, label.elevation_deg)
        if cell is None:
            return False
        column, row = cell
        size = width(label.text)
        for right, down in _SIDES:
            start = column + 2 if right > 0 else column - 1 - size if right < 0 else column - size // 2
            beside = range(-1, size + 1) if down or right < 0 else range(size + 1)
            if start < 0 or start + size > self.columns:
                continue
            if all(self._free((start + k, row + down), clear_of) for k in beside if (start + k, row) != cell):
                self.text(start, row + down, label.text, label.style)
                return True
        return False

    def _free(self, cell: tuple[int, int], clear_of: Stroke | None) -> bool:
        column, row = cell
        if not 0 <= row < self.rows or cell in self.texts:
            return False
        return clear_of is None or row * self.columns + column not in clear_of.bits


def draw_sky(projection: SkyProjection, scene: PassScene, sky: SkyBehind, *, utc: bool) -> SkyPicture:
    """The picture of a pass, without the station."""
    picture = SkyPicture(projection)
    _horizon(picture)
    _skyline(picture, scene)
    _stars(picture, sky)
    way = _path(picture, scene)
    _compass(picture)
    _bodies(picture, sky, way)
    _minutes(picture, scene)
    _marks(picture, scene, way, utc=utc)
    if picture.room >= ROOMY_ROWS:
        _star_names(picture, sky, way)
    return picture


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
    for azimuth_deg, letters in _LETTERS:
        if not picture.projection.holds(azimuth_deg, 0.0):
            continue
        column, row = picture.projection.letter(azimuth_deg).cell
        start = min(max(column - len(letters) // 2, 0), picture.columns - len(letters))
        style = "value" if len(letters) == 1 else "dim"
        picture.text(start, min(max(row, 0), picture.rows - 1), letters, style)
    for elevation_deg in _RINGS_DEG:
        picture.label(Label(_ring_label_azimuth_deg(picture.projection), elevation_deg, f"{elevation_deg:.0f}°", "dim"))


def _ring_label_azimuth_deg(projection: SkyProjection) -> float:
    """Azimuth at which the rings are labelled, away from the compass letters."""
    if isinstance(projection, Disc):
        return projection.up_deg + 200.0
    return projection.facing_deg - projection.span_deg * 0.49


def _stars(picture: SkyPicture, sky: SkyBehind) -> None:
    from sim.astro.stars import bright_stars

    if picture.room >= VAST_ROWS:
        shown = {seen.star: seen for seen in sky.stars}
        catalogue = bright_stars()
        for seen in sky.stars:
            one = picture.projection.dot(seen.azimuth_deg, seen.elevation_deg)
            for row in seen.star.joined:
                other = shown.get(catalogue[row])
                if other is not None:
                    end = picture.projection.dot(other.azimuth_deg, other.elevation_deg)
                    picture.curve((one, end), "faint", dotted=True)
    faintest = 9.0 if picture.room >= VAST_ROWS else 2.6 if picture.room >= ROOMY_ROWS else 1.6
    for seen in sky.stars:
        magnitude = seen.star.magnitude
        if magnitude <= faintest:
            glyph = next(glyph for limit, glyph in _STAR_GLYPHS if magnitude <= limit)
            style = "" if magnitude <= _STAR_GLYPHS[1][0] else "dim"
            picture.glyph(seen.azimuth_deg, seen.elevation_deg, glyph, style, over=False)


def _star_names(picture: SkyPicture, sky: SkyBehind, way: Stroke) -> None:
    faintest = 2.1 if picture.room >= VAST_ROWS else 1.0
    for seen in sky.stars:
        if seen.star.name and seen.star.magnitude <= faintest:
            both = f"{seen.star.name} {seen.star.name_zh}".rstrip()
            text = both if picture.room >= VAST_ROWS else seen.star.name
            picture.label(Label(seen.azimuth_deg, seen.elevation_deg, text, "dim"), clear_of=way)


def _bodies(picture: SkyPicture, sky: SkyBehind, way: Stroke) -> None:
    for body in sky.bodies:
        style = "caution" if body.glyph == "☉" else "value"
        if picture.glyph(body.azimuth_deg, body.elevation_deg, body.glyph, style):
            picture.label(Label(body.azimuth_deg, body.elevation_deg, body.name, style), clear_of=way)


def _path(picture: SkyPicture, scene: PassScene) -> Stroke:
    """Draw the path: a bright line in sunlight, a dim dotted one in shadow. Returns its dots."""
    projection = picture.projection

    def dots(*, sunlit: bool) -> list[Dot | None]:
        found: list[Dot | None] = []
        for point in scene.points:
            wanted = point.sunlit is sunlit and projection.holds(point.azimuth_deg, max(point.elevation_deg, 0.0))
            found.append(projection.dot(point.azimuth_deg, max(point.elevation_deg, 0.0)) if wanted else None)
        return found

    way = picture.curve(dots(sunlit=False), "night", dotted=True).copy()
    way.bits.update(picture.curve(dots(sunlit=True), "good").bits)
    return way


def _minutes(picture: SkyPicture, scene: PassScene) -> None:
    """A tick at each full minute of the clock, and two arrows in the direction of motion."""
    minutes = scene.minutes()
    for unix_s in minutes:
        point = scene.at(unix_s)
        _tick(picture, point, "•" if point.sunlit else "◦")
    start = scene.pass_.rise.unix_s
    third = scene.pass_.duration_s / 3.0
    _arrow(picture, scene.at(start + third * 0.8), scene.at(start + third * 0.8 + 20.0))
    _arrow(picture, scene.at(start + third * 2.4 - 20.0), scene.at(start + third * 2.4))


def _style(point: Observation) -> str:
    return "good" if point.sunlit else "night"


def _tick(picture: SkyPicture, point: Observation, glyph: str) -> None:
    picture.glyph(point.azimuth_deg, max(point.elevation_deg, 0.0), glyph, _style(point))


def _arrow(picture: SkyPicture, one: Observation, other: Observation) -> None:
    import math

    start = picture.projection.dot(one.azimuth_deg, one.elevation_deg)
    end = picture.projection.dot(other.azimuth_deg, other.elevation_deg)
    eighth = round(math.atan2(end.y - start.y, end.x - start.x) / (math.pi / 4.0)) % 8
    picture.glyph(other.azimuth_deg, max(other.elevation_deg, 0.0), _ARROWS[eighth], _style(other))


def _marks(picture: SkyPicture, scene: PassScene, way: Stroke, *, utc: bool) -> None:
    """Rise, peak and set, and entry into and exit from the shadow, with their times."""
    pass_, place = scene.pass_, scene.place
    pattern = quantities.clock_pattern(pass_.error) if picture.room >= ROOMY_ROWS else "%H:%M"

    def time(unix_s: float) -> str:
        return quantities.time_of_day(unix_s, place, utc=utc, pattern=pattern)

    edges = ((pass_.shadow_entry_unix_s, "◐", "shadow"), (pass_.shadow_exit_unix_s, "◑", "sun"))
    for unix_s, glyph, word in edges:
        if unix_s is not None:
            point = scene.at(unix_s)
            picture.glyph(point.azimuth_deg, max(point.elevation_deg, 0.0), glyph, "caution")
            at = Label(point.azimuth_deg, max(point.elevation_deg, 0.0), f"{word} {time(unix_s)}", "caution")
            picture.label(at, clear_of=way)
    for moment, word in ((pass_.rise, "rise"), (pass_.peak, "peak"), (pass_.set, "set")):
        text = f"{word} {time(moment.unix_s)}" if picture.room >= ROOMY_ROWS else time(moment.unix_s)
        picture.label(Label(moment.azimuth_deg, max(moment.elevation_deg, 0.0), text, "value"), clear_of=way)
    if picture.room >= VAST_ROWS:
        for unix_s in scene.minutes():
            point = scene.at(unix_s)
            text = quantities.time_of_day(unix_s, place, utc=utc, pattern="%H:%M")
            picture.label(Label(point.azimuth_deg, max(point.elevation_deg, 0.0), text, "dim"), clear_of=way)


def with_glyph(lines: list[Line], column: int, row: int, run: Run) -> list[Line]:
    """The lines with one cell replaced; unchanged lines stay the same objects."""
    changed = list(lines)
    runs: list[Run] = []
    at = 0
    for old in lines[row]:
        end = at + width(old.text)
        if not at <= column < end:
            runs.append(old)
        else:
            offset = _index_at(old.text, column - at)
            before, after = old.text[:offset], old.text[offset + 1 :]
            runs += [Run(before, old.style, old.action), run, Run(after, old.style, old.action)]
        at = end
    changed[row] = tuple(r for r in runs if r.text)
    return changed


def _index_at(text: str, cell: int) -> int:
    """Index of the character that covers a cell of the text."""
    at = 0
    for index, char in enumerate(text):
        at += width(char)
        if at > cell:
            return index
    return len(text)
