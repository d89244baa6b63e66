"""Where the panels of view 1 are: map and side column above, band and records below; one below the other in small."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.geometry import NULL_OFFSET, NULL_SPACING, Region, Size
from textual.layout import Layout, WidgetPlacement
from textual.layouts.vertical import VerticalLayout

if TYPE_CHECKING:
    from collections.abc import Sequence, Set

    from textual.layout import ArrangeResult
    from textual.widget import Widget

STACKED = frozenset({"-narrow", "-short"})
"""Classes of the view in which every panel but the map is one line."""

SIDE = {"telemetry": 9, "crew": 5, "ports": 7, "events": 5, "pass": 0}
"""The panels of the side column from above, with their rows; the last one takes what is left."""

SIDE_OF_MIDDLE = {**SIDE, "telemetry": 6, "ports": 5, "events": 4}
SIDE_OF_HIGH = {**SIDE, "telemetry": 13, "crew": 8, "events": 7}
STACKED_ROWS = 3
LEAST_PASS_ROWS = 5

BOTTOM = ("band", "walks")
BAND_SHARE = 3, 5
"""Of the width, for the altitude band."""


class StationLayout(Layout):
    """The layout of view 1.

    Containers with style rules would do the same, but each widget and each class of widgets before the first picture
    costs some two million instructions.
    """

    name = "station"

    def __init__(self) -> None:
        self._rows = VerticalLayout()

    def arrange(self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True) -> ArrangeResult:
        """Place the children; where the map is not among them, because one fills the screen, one below the other."""
        parts = {child.id: child for child in children if child.id == "map" or child.id in SIDE or child.id in BOTTOM}
        if "map" not in parts:
            return self._rows.arrange(parent, children, size, greedy)
        above = [child for child in children if child.id not in parts]
        placements = self._rows.arrange(parent, above, size, greedy)
        begin = max((placement.region.bottom for placement in placements), default=0)
        regions = part_regions(parent.classes, [name for name in parts if name], Size(size.width, size.height - begin))
        placements += [
            WidgetPlacement(regions[name].translate((0, begin)), NULL_OFFSET, NULL_SPACING, child)
            for name, child in parts.items()
            if name
        ]
        return placements


def part_regions(classes: Set[str], names: Sequence[str], size: Size) -> dict[str, Region]:
    """The regions of the map and of the panels beside and below it; where one does not fit, the ones below cover it.

    Args:
        classes: Of the view, by its size and by whether the river of time is shown.
        names: The ids of the parts that are shown.
        size: The room for them.
    """
    width, height = size
    is_stacked = not classes.isdisjoint(STACKED)
    low = _bottom_rows(classes)
    top = max(height - low, 0)
    if is_stacked:
        y = max(top - STACKED_ROWS, 0)
        side = Region(0, y, width, top - y)
        regions = {"map": Region(0, 0, width, y)}
        below = [Region(0, top, width, 1), Region(0, top + 1, width, 1)]
    else:
        columns, band = min(_side_columns(classes), width), width * BAND_SHARE[0] // BAND_SHARE[1]
        side = Region(width - columns, 0, columns, top)
        regions = {"map": Region(0, 0, width - columns, top)}
        below = [Region(0, top, band, low), Region(band, top, width - band, low)]
    y = side.y
    for name, rows in _side_rows(classes).items():
        if name in names:
            wanted = rows or max(side.bottom - y, LEAST_PASS_ROWS)
            regions[name] = Region(side.x, y, side.width, wanted)
            y += wanted
    return {name: _within(part, height) for name, part in (*regions.items(), *zip(BOTTOM, below, strict=True))}


def _within(region: Region, height: int) -> Region:
    """What of a region is in so many rows."""
    y = min(region.y, height)
    return Region(region.x, y, region.width, min(region.bottom, height) - y)


def _side_columns(classes: Set[str]) -> int:
    return 56 if "-huge" in classes else 40 if "-normal" in classes else 44


def _side_rows(classes: Set[str]) -> dict[str, int]:
    if not classes.isdisjoint(STACKED):
        return dict.fromkeys(SIDE, 1)
    if {"-huge", "-high"} <= classes:
        return SIDE_OF_HIGH
    return SIDE_OF_MIDDLE if "-middle" in classes else SIDE


def _bottom_rows(classes: Set[str]) -> int:
    has_river = "-river" in classes
    if not classes.isdisjoint(STACKED):
        return len(BOTTOM)
    if {"-huge", "-high"} <= classes:
        return 14 if has_river else 16
    if "-middle" in classes:
        return 8
    return 9 if has_river else 10


STATION_LAYOUT = StationLayout()
