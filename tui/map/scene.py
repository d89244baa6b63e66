"""What a map shows, and how: the scene of one instant, the person's options, the signs that are drawn."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

import msgspec

from tui.drawing.canvas import BRAILLE, HALF_BLOCKS, OCTANTS, WHOLE_CELLS, DotGrid
from tui.drawing.cells import CellShape
from tui.map.palette import Role

if TYPE_CHECKING:
    from tui.map.ground.earth import EarthColours
    from tui.map.projection import Place


class MapStyle(Enum):
    """How the map is drawn."""

    BRAILLE = "braille"
    """Coasts and tracks in braille dots over filled cells."""
    HALF = "half"
    """Half blocks only: works with every font."""
    ASCII = "ascii"
    """Letters and signs of ASCII."""
    OCTANT = "octant"
    """Octants (Unicode 16): sharp, but few terminals know them."""
    GLOBE = "globe"
    """The Earth as a ball, the station's side towards us."""
    EARTH = "earth"
    """The Earth as it looks, two colours a cell."""
    WINDOW = "window"
    """The Earth as it passes below, seen from the station along its course."""


class TimeMark(msgspec.Struct, frozen=True):
    """A place on a track and what is written there."""

    latitude_deg: float
    longitude_deg: float
    text: str = ""
    """Empty for a tick alone."""
    seen: bool = True
    """Whether the station can be seen there and then (on the track of a pass)."""


class MapScene(msgspec.Struct, frozen=True):
    """What the map shows at one instant. Degrees; north and east are positive."""

    latitude_deg: float
    """Latitude under the station."""
    longitude_deg: float
    subsolar_latitude_deg: float
    """Latitude under the Sun."""
    subsolar_longitude_deg: float
    past: tuple[Place, ...] = ()
    """The track so far, oldest first. Samples stay where they are from tick to tick."""
    future: tuple[Place, ...] = ()
    """The track to come, next first."""
    footprint_radius_deg: float = 0.0
    """Earth-central angle of the circle from which the station stands above the horizon; 0 draws none."""
    observer: tuple[float, float, str] | None = None
    """Latitude, longitude and name of the observer's place."""
    label: str = "Tiangong"
    uncertain: bool = False
    """The place along the orbit is not known: no station is drawn, but `possible`; latitude and longitude are those of
    a place that the map may turn to."""
    possible: tuple[tuple[Place, ...], ...] = ()
    """The line below the orbit, on which the station is somewhere; or where the plane too is not known, the two
    parallels between which it is."""
    height_km: float = 0.0
    """Of the station above WGS84."""
    course_deg: float = 90.0
    """Direction of the ground track, clockwise from north."""
    sunlit: bool = True
    """Whether the Sun shines on the station."""
    past_light: tuple[float, ...] = ()
    """For each sample of the past track by how much the Sun stands clear of the Earth's limb (any unit, linear)."""
    future_light: tuple[float, ...] = ()
    times: tuple[TimeMark, ...] = ()
    """Times along the track ahead."""
    next_pass: tuple[TimeMark, ...] = ()
    """The next pass to be seen from the observer's place, minute by minute."""


ZOOMS = (1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0, 16.0)
"""How many times a map can be larger than one of the whole Earth."""


class MapOptions(msgspec.Struct, frozen=True):
    """How the person wants the map."""

    style: MapStyle = MapStyle.BRAILLE
    centre_longitude_deg: float | None = 105.0
    """The meridian in the middle; None follows the station."""
    centre_latitude_deg: float = 0.0
    """The parallel in the middle of a map that shows a part of the Earth, as far as that part lies on the map."""
    zoom: float = 1.0
    """How many times as large as the whole Earth; one of `ZOOMS`."""
    layers: frozenset[str] = frozenset({"horizon"})
    """Names of the layers shown (`tui.config.map_layers`)."""
    graticule: bool = True
    """Draw meridians and parallels, where there is room and no texture to confuse them with."""
    textured: bool = False
    """Show the night by texture, for terminals without any colour."""
    earth: EarthColours | None = None
    """The colours in which `EARTH` and `GLOBE` show the Earth as it looks; without, coasts and filled cells do."""
    pixels: CellShape = CellShape.HALF
    """Pixels in a cell, where the Earth is shown as it looks."""


class Signs(msgspec.Struct, frozen=True):
    """The glyphs of single marks."""

    marker: str
    sun: str
    observer: str
    arrows: tuple[str, str, str, str]
    """Right, left, up, down."""
    tick: str
    """A minute of a pass."""
    site: str
    """Where rockets start and capsules land."""
    station: str
    """A ground station."""
    city: str
    strokes: dict[Role, str]
    """Where lines are drawn in whole cells, the character of each kind of line."""


# All of these are one cell wide also where East Asian ambiguous characters take two.
STAR = "·"
"""The glyph of a star beside the Earth: what is written over it has the dark behind it as its ground."""

UNICODE_SIGNS = Signs(
    marker="◉",
    sun="☼",
    observer="⌂",
    arrows=("▸", "◂", "▴", "▾"),
    tick="•",
    site="▵",
    station="╤",
    city="·",
    strokes={},
)
ASCII_SIGNS = Signs(
    marker="@",
    sun="*",
    observer="X",
    arrows=(">", "<", "^", "v"),
    tick="x",
    site="A",
    station="T",
    city=".",
    strokes={
        Role.FOOTPRINT: "o",
        Role.PAST: "-",
        Role.FUTURE: "+",
        Role.UNCERTAIN: "~",
        Role.PAST_DARK: "-",
        Role.FUTURE_DARK: "+",
        Role.SEEN: "'",
        Role.PASS: "=",
        Role.ANOMALY: "%",
    },
)

GRIDS: dict[MapStyle, DotGrid] = {
    MapStyle.BRAILLE: BRAILLE,
    MapStyle.HALF: HALF_BLOCKS,
    MapStyle.ASCII: WHOLE_CELLS,
    MapStyle.OCTANT: OCTANTS,
    MapStyle.GLOBE: BRAILLE,
    MapStyle.EARTH: BRAILLE,
    MapStyle.WINDOW: BRAILLE,
}
