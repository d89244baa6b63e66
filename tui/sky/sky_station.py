"""The station over a painted sky: trail, light by brightness, the flash where that changes, and the turn to it.

Everything is a function of the instant and of the rate of the clock.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from operator import attrgetter
from typing import TYPE_CHECKING

import msgspec

from sim.astro.vectors import wrapped_deg
from sim.language import _
from tui.drawing.canvas import PACKED, SIGN, Canvas
from tui.drawing.cells import blend
from tui.drawing.styled_text import width
from tui.sky.sky_painting import INKS, changed_line, write
from tui.sky.sky_projection import Panorama

if TYPE_CHECKING:
    from sim.passes.observation import Observation
    from tui.drawing.styled_text import Line
    from tui.sky.pass_geometry import PassScene
    from tui.sky.sky_painting import PaintedSky
    from tui.sky.sky_picture import SkyPicture

TRAIL_S = 48.0
"""So long the station's way glows behind it."""

FLASH_S, FLASH_WALL_S = 4.0, 0.6
"""How long a flash lasts at least, in the time of the clock and in that of the wall."""

FLASH_CELLS = 9.0
"""How far its ring runs, in cells across."""

TURN_FROM_DEG, TURN_STEP_DEG = 30.0, 5.0
"""From this angular distance on, the direction to the station is given, in steps."""

UNHURRIED_RATE = 10.0
"""At a higher rate of the clock the light around the station is smaller and its trail fades in steps: both move with
every frame."""

_SHADES, _SHADE_S = 4, TRAIL_S / 4
_instant = attrgetter("unix_s")
_FAINTEST, _BRIGHTEST = 3.0, -3.0
_SUNRISE, _SUNSET, _LIGHT = 0xFFFFFF, 0xFF7A3C, 0xFFF3D6


class Overlay(msgspec.Struct, frozen=True):
    """What is painted over the sky at one instant.

    Attributes:
        mark: Column, row and sign of the station; None where it is outside the picture.
        trail: Cells of its way and how fresh it is there, 1 to 4.
        glow: How bright the station is, 0 (not to be seen) to 4.
        reach: How far its light reaches, in cells across.
        magnitude: As text; empty where it is not seen.
        flash: How far its ring has run (0 to 1, in steps), and its colour; None without one.
        turn: The way to the station, as text; empty where one looks at it.
    """

    mark: tuple[int, int, str] | None
    trail: tuple[tuple[int, int], ...] = ()
    glow: int = 0
    reach: float = 0.0
    magnitude: str = ""
    flash: tuple[float, int] | None = None
    turn: str = ""


def overlay(
    scene: PassScene, picture: SkyPicture, unix_s: float, seen: Observation | None, *, rate: float, motion: bool
) -> Overlay:
    """What is painted over the sky.

    Args:
        scene: The pass.
        picture: The sky.
        unix_s: The instant.
        seen: Where the station is, if it is up; else the place where it rises or has set is marked.
        rate: Of the clock, 0 while it is paused: a flash is to be seen at any.
        motion: Whether there may be flashes.
    """
    if seen is None:
        edge = scene.pass_.rise if unix_s < scene.pass_.rise.unix_s else scene.pass_.set
        at = edge.azimuth_deg, max(edge.elevation_deg, 0.0)
        cell = picture.cell(*at)
        return Overlay(mark=None if cell is None else (*cell, "◌"), turn=turn_text(picture, *at))
    at = seen.azimuth_deg, max(seen.elevation_deg, 0.0)
    cell = picture.cell(*at)
    fast = abs(rate) > UNHURRIED_RATE
    sunlit = scene.sunlit(unix_s)
    magnitude = seen.magnitude if scene.seen(unix_s) else None
    glow = 0 if magnitude is None else brightness_step(magnitude)
    return Overlay(
        mark=None if cell is None else (*cell, "●" if sunlit else "○"),
        trail=_trail(scene, picture, unix_s, fast=fast),
        glow=glow,
        reach=0.9 + 0.45 * glow if fast else 2.4 * glow**0.5,
        magnitude="" if magnitude is None else f"{magnitude:+.1f}",
        flash=flash(scene, unix_s, rate) if motion else None,
        turn=turn_text(picture, *at),
    )


def brightness_step(magnitude: float) -> int:
    """How bright, in steps from 1 to 4."""
    share = (_FAINTEST - magnitude) / (_FAINTEST - _BRIGHTEST)
    return 1 + round(3.0 * min(max(share, 0.0), 1.0))


def flash(scene: PassScene, unix_s: float, rate: float) -> tuple[float, int] | None:
    """How far the ring has run at an instant (0 to 1), and its colour; None but after entry and exit."""
    length_s = max(FLASH_S, FLASH_WALL_S * abs(rate))
    edges = ((scene.pass_.shadow_exit_unix_s, _SUNRISE), (scene.pass_.shadow_entry_unix_s, _SUNSET))
    for begin_s, colour in edges:
        if begin_s is not None and 0.0 <= unix_s - begin_s < length_s:
            return round((unix_s - begin_s) / length_s * 8.0) / 8.0, colour
    return None


def turn_text(picture: SkyPicture, azimuth_deg: float, elevation_deg: float) -> str:
    """`◀ turn left 60°`: from the direction a panorama faces to that of the station; empty where that is near."""
    projection = picture.projection
    if not isinstance(projection, Panorama) or elevation_deg > 75.0:
        return ""
    offset_deg = wrapped_deg(azimuth_deg - projection.facing_deg)
    if abs(offset_deg) < TURN_FROM_DEG:
        return ""
    angle = round(abs(offset_deg) / TURN_STEP_DEG) * TURN_STEP_DEG
    return (
        _("turn right {angle:.0f}° ▶").format(angle=angle)
        if offset_deg > 0.0
        else _("◀ turn left {angle:.0f}°").format(angle=angle)
    )


def turn_column(text: str, columns: int) -> int:
    """Where that text begins in the first row: at the side one turns to; negative where it does not fit."""
    room = columns - width(text) - 1
    return min(1, room) if text.startswith("◀") else room


def _trail(scene: PassScene, picture: SkyPicture, unix_s: float, *, fast: bool) -> tuple[tuple[int, int], ...]:
    """Cells of the way of the last `TRAIL_S` seconds in sunlight, and how fresh it is there."""
    freshness: dict[int, int] = {}
    begin, end = (bisect_right(scene.points, at_s, key=_instant) for at_s in (unix_s - TRAIL_S, unix_s))
    now_s = math.ceil(unix_s / _SHADE_S) * _SHADE_S if fast else unix_s
    for point, dot in zip(scene.points[begin:end], picture.way[begin:end], strict=True):
        cell = picture.cell_of(dot) if dot is not None and point.sunlit else None
        if cell is not None:
            shade = _SHADES - int((now_s - point.unix_s) / _SHADE_S)
            freshness[cell[1] * picture.columns + cell[0]] = max(shade, 1)
    return tuple(freshness.items())


def with_overlay(sky: PaintedSky, picture: SkyPicture, over: Overlay) -> list[Line]:
    """The lines of the painted sky with the station; rows without it stay the same objects."""
    top = sky.canvas.copy()
    touched: dict[int, tuple[int, int]] = {}

    def touch(cell: int, cells: int = 1) -> None:
        row, column = divmod(cell, top.width)
        first, after = touched.get(row, (column, column))
        touched[row] = min(first, column), max(after, column + cells)

    def put_text(cell: int, text: str, ink: int, *, bold: bool = False) -> None:
        write(top, cell, text, ink, bold)
        touch(cell, width(text))

    for cell, fresh in over.trail:
        touch(cell)
        ink = blend(INKS["good"], _LIGHT, fresh / _SHADES)
        top.inks[cell] = ink | PACKED | SIGN
    if over.mark is not None:
        for cell, colour, share in _lights(top, over):
            touch(cell)
            _lighten(top, cell, colour, share)
        column, row, glyph = over.mark
        put_text(row * top.width + column, glyph, INKS["mark"] if over.glow < 3 else _LIGHT, bold=True)
        beside = _magnitude_column(picture, column, row, over.magnitude) if over.magnitude else None
        if beside is not None:
            put_text(row * top.width + beside, over.magnitude, INKS["mark"])
    if over.turn and (start := turn_column(over.turn, top.width)) >= 0:
        put_text(start, over.turn, INKS["mark"], bold=True)
    changed = list(sky.lines)
    for row, (first, after) in touched.items():
        changed[row] = changed_line(sky, top, row, first, after)
    return changed


def _lights(canvas: Canvas, over: Overlay) -> list[tuple[int, int, float]]:
    """Cells around the station that its light or the ring of a flash reaches: index, colour, share."""
    if over.mark is None:
        return []
    column, row, _ = over.mark
    reach = FLASH_CELLS if over.flash is not None else over.reach if over.glow else 0.0
    found = []
    for y in range(max(row - int(reach / 2.0) - 1, 0), min(row + int(reach / 2.0) + 2, canvas.height)):
        for x in range(max(column - int(reach) - 1, 0), min(column + int(reach) + 2, canvas.width)):
            away = math.hypot(x - column, 2.0 * (y - row))
            share, colour = 0.11 * over.glow * math.exp(-away / 1.7) if over.glow else 0.0, _LIGHT
            if over.flash is not None:
                run, flash_colour = over.flash
                ring = (1.0 - run) * 0.85 * math.exp(-(((away - run * FLASH_CELLS) / 1.1) ** 2))
                if ring > share:
                    share, colour = ring, flash_colour
            if share > 0.03 and (over.flash is not None or away <= reach):
                found.append((y * canvas.width + x, colour, share))
    return found


def _lighten(canvas: Canvas, cell: int, colour: int, share: float) -> None:
    """Mix a colour into the ground of a cell; a sign keeps its ink."""
    canvas.fills[cell] = blend(canvas.fills[cell] & 0xFFFFFF, colour, share) | PACKED
    if canvas.glyphs[cell] in {" ", "▀"}:
        canvas.inks[cell] = blend(canvas.inks[cell] & 0xFFFFFF, colour, share) | PACKED


def _magnitude_column(picture: SkyPicture, column: int, row: int, text: str) -> int | None:
    """Where the brightness is written, beside the station where nothing else is; None where there is no room."""
    for start in (column + 2, column - 1 - len(text)):
        cells = [(start + k, row) for k in range(len(text))]
        around = [(start - 1, row), *cells, (start + len(text), row)]
        if all(0 <= x < picture.columns for x, _ in cells) and not any(
            spot in picture.texts or (spot in picture.points and picture.points[spot].glyph)
            for spot in around
            if spot != (column, row)
        ):
            return start
    return None
