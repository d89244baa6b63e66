"""One's own horizon, of trees and houses: a file of azimuths and elevations, and what of a pass is seen above it."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

import msgspec

from sim.errors import FileFormatError, PlaceError
from sim.language import _
from sim.sanitize import clean
from sim.table_file import read_text

if TYPE_CHECKING:
    from pathlib import Path

LARGEST_BYTES = 200_000
MOST_POINTS = 3_601
LOWEST_DEG, HIGHEST_DEG = -10.0, 90.0

_LINE = r"\s*([+-]?\d+(?:\.\d+)?)\s*°?\s*(?:[,;\t]|\s)\s*([+-]?\d+(?:\.\d+)?)\s*°?\s*[,;]?\s*(?:#.*)?"


class Horizon(msgspec.Struct, frozen=True):
    """Elevation of the horizon by azimuth: interpolated linearly, and across north.

    Attributes:
        azimuths_deg: Clockwise from north, ascending, 0 to 360; two of one azimuth are an upright edge.
        elevations_deg: Of the upper rim there.
    """

    azimuths_deg: tuple[float, ...]
    elevations_deg: tuple[float, ...]

    @property
    def closed(self) -> tuple[tuple[float, ...], tuple[float, ...]]:
        """The points with the last one before the first and the first one behind the last, a turn away."""
        azimuths, elevations = self.azimuths_deg, self.elevations_deg
        return (
            (azimuths[-1] - 360.0, *azimuths, azimuths[0] + 360.0),
            (elevations[-1], *elevations, elevations[0]),
        )

    def elevation_deg(self, azimuth_deg: float) -> float:
        """Elevation of the horizon in a direction."""
        azimuths, elevations = self.closed
        wanted = azimuth_deg % 360.0
        right = min(max(bisect_right(azimuths, wanted), 1), len(azimuths) - 1)
        span = azimuths[right] - azimuths[right - 1]
        part = (wanted - azimuths[right - 1]) / span if span > 0.0 else 0.0
        return elevations[right - 1] + part * (elevations[right] - elevations[right - 1])


def parse_horizon(text: str, name: str = "") -> Horizon:
    """Read a table of azimuth and elevation in degrees, one point a line.

    Commas, semicolons, tabs or blanks part the two; a heading and lines that begin with `#` are passed over. A decimal
    comma is understood where a semicolon, tab or blank parts the two.

    Args:
        text: The file.
        name: What to call it in an error; `the horizon` if not given.

    Raises:
        PlaceError: A line is not a point, a number is out of range, or there is no point.
    """
    name = name or _("the horizon")
    points: list[tuple[float, float]] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        match = re.fullmatch(_LINE, _with_points(line), re.ASCII)
        if match is None:
            if not points and not re.search(r"\d", line):
                continue  # a heading
            raise PlaceError(
                _("{name}, line {number}: “{line}” is not an azimuth and an elevation").format(
                    name=name, number=number, line=clean(line, limit=30)
                )
            )
        azimuth_deg, elevation_deg = float(match[1]), float(match[2])
        if not 0.0 <= azimuth_deg <= 360.0 or not LOWEST_DEG <= elevation_deg <= HIGHEST_DEG:
            raise PlaceError(_out_of_range(name, number))
        points.append((azimuth_deg, elevation_deg))
        if len(points) > MOST_POINTS:
            raise PlaceError(_("{name} has more than {most_points} points").format(name=name, most_points=MOST_POINTS))
    if not points:
        raise PlaceError(_("{name} holds no points: write azimuth,elevation in degrees, one a line").format(name=name))
    points.sort(key=lambda point: point[0])  # stable: the two points of an upright edge keep their order
    azimuths, elevations = zip(*points, strict=True)
    return Horizon(azimuths_deg=azimuths, elevations_deg=elevations)


def _out_of_range(name: str, number: int) -> str:
    text = _(
        "{name}, line {number}: the azimuth must be from 0 to 360, the elevation from {lowest_deg:g} to {highest_deg:g}"
    )
    return text.format(name=name, number=number, lowest_deg=LOWEST_DEG, highest_deg=HIGHEST_DEG)


def _with_points(line: str) -> str:
    """A line with decimal points for decimal commas, where commas part nothing."""
    return re.sub(r"(?<=\d),(?=\d)", ".", line) if re.search(r"\d\s*;|\d\s*\t|\d,\d+\s+[+-]?\d", line) else line


def read_horizon(path: Path) -> Horizon:
    """The horizon of a file.

    Raises:
        PlaceError: It cannot be read, is too large, or holds something else.
    """
    name = clean(path.name, limit=60)
    try:
        text = read_text(path, LARGEST_BYTES)
    except FileFormatError as problem:
        raise PlaceError(_("the horizon {name}: {problem}").format(name=name, problem=problem)) from None
    return parse_horizon(text, name)
