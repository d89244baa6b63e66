"""Elevation against time: a mountain, its sunlit side filled, its shadowed side hatched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.language import N_
from tui.drawing.canvas import BRAILLE
from tui.drawing.cell_grid import CellGrid
from tui.drawing.memo import Memo
from tui.drawing.styled_text import Line, Run, choose, spread
from tui.sky.sky_picture import with_text
from tui.widgets.sky.pass_panel import PassPanel
from tui.wording import quantities

if TYPE_CHECKING:
    from collections.abc import Hashable

    from tui.session.frame import Frame
    from tui.sky.pass_geometry import PassScene

_SCALE = 4
"""Cells at the left for the degrees."""

_FULL, _HATCHED = 0b11111111, 0b01011010


class ElevationMountain(PassPanel):
    """How high, when."""

    BORDER_TITLE = N_("elevation (°)")
    on_stage = True

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._background = Memo[list[Line]]()

    def scene_key(self, frame: Frame, scene: PassScene) -> Hashable:
        """The column of the instant."""
        return frame.utc, now_column(scene, frame.unix_s, self.content_area.width - _SCALE)

    def draw_scene(self, frame: Frame, scene: PassScene, width: int, height: int) -> list[Line]:
        key = (scene, width, height, frame.utc)
        lines = self._background.get(key, lambda: mountain(scene, width, height, utc=frame.utc))
        column = now_column(scene, frame.unix_s, width - _SCALE)
        if column is not None:
            for row in range(height - 1 if height > 2 else height):
                lines = with_text(lines, _SCALE + column, row, Run("│", "mark"))
        return lines


def now_column(scene: PassScene, unix_s: float, columns: int) -> int | None:
    """Column of an instant, `None` outside the pass."""
    if not scene.is_up(unix_s) or columns <= 0:
        return None
    return min(int((unix_s - scene.pass_.rise.unix_s) / scene.pass_.duration_s * columns), columns - 1)


def scale_top_deg(peak_deg: float) -> float:
    """Upper end of the scale: steep and flat passes stay comparable, yet low ones can be read."""
    return next(top for top in (30.0, 60.0, 90.0) if peak_deg <= top or top == 90.0)


def mountain(scene: PassScene, width: int, height: int, *, utc: bool) -> list[Line]:
    """The picture without the instant."""
    columns, rows = width - _SCALE, max(height - 1, 1)
    top_deg = scale_top_deg(scene.pass_.peak.elevation_deg)
    heights = _heights(scene, columns * BRAILLE.across, rows * BRAILLE.down, top_deg)
    sheet = CellGrid(width, rows)
    for row in range(rows):
        floor = (rows - 1 - row) * BRAILLE.down
        sheet.put(0, row, _scale_text(row, rows, top_deg), "dim")
        for column in range(columns):
            pair = heights[2 * column : 2 * column + 2]
            sunlit = pair[0][1]
            bits = sum(_column_bits(dots - floor, side) for side, (dots, _) in enumerate(pair))
            glyph = BRAILLE.glyphs[bits & (_FULL if sunlit else _HATCHED)]
            sheet.put(_SCALE + column, row, glyph, "good" if sunlit else "night")
    lines = sheet.lines()
    return [*lines, _times(scene, width, utc=utc)] if height > 1 else lines


def _heights(scene: PassScene, across: int, down: int, top_deg: float) -> list[tuple[int, bool]]:
    """For each column of dots: how many are below the curve, and whether the station is in the sun."""
    found = []
    start, span = scene.pass_.rise.unix_s, scene.pass_.duration_s
    for k in range(across):
        point = scene.at(start + (k + 0.5) / across * span)
        found.append((max(round(point.elevation_deg / top_deg * down), 0), point.sunlit))
    return found


def _column_bits(dots: int, side: int) -> int:
    """Bits of one column of a cell with `dots` dots lit from below."""
    lit = min(max(dots, 0), BRAILLE.down)
    return sum(BRAILLE.bit(side, BRAILLE.down - 1 - k) for k in range(lit))


def _scale_text(row: int, rows: int, top_deg: float) -> str:
    value = top_deg if row == 0 else 0.0 if row == rows - 1 else None
    if value is None and rows >= 6 and row == rows // 2:
        value = top_deg * (rows - rows // 2) / rows
    return f"{value:.0f}°".rjust(_SCALE - 1) + " " if value is not None else " " * _SCALE


def _times(scene: PassScene, width: int, *, utc: bool) -> Line:
    pass_ = scene.pass_

    def time(unix_s: float, pattern: str = "%H:%M:%S") -> str:
        return quantities.time_of_day(unix_s, scene.place, utc=utc, pattern=pattern)

    columns = width - _SCALE
    variants: list[Line] = []
    minutes = quantities.minute_pattern(pass_.error)
    for pattern in (quantities.clock_pattern(pass_.error), minutes):
        left, middle, right = (time(m.unix_s, pattern) for m in (pass_.rise, pass_.peak, pass_.set))
        share = (pass_.peak.unix_s - pass_.rise.unix_s) / pass_.duration_s
        start = round(share * columns - len(middle) / 2)
        start = min(max(start, len(left) + 1), columns - len(right) - len(middle) - 1)
        gap = columns - start - len(middle) - len(right)
        if start > len(left) and gap > 0:
            text = left.ljust(start) + middle + " " * gap + right
            variants.append((Run(" " * _SCALE), Run(text, "dim")))
    ends: Line = spread((Run(" " * _SCALE), Run(time(pass_.rise.unix_s, minutes), "dim")), (), width)
    return choose(width, *variants, ends)
