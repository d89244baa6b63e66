"""Everything that is drawn over the ground: lines, signs and names, and the cells that are shaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from sim.language import _
from tui.drawing.canvas import BRAILLE, OCTANTS, Mark, Stroke
from tui.map.flat_projection import snap_sun
from tui.map.marks.name_board import NameBoard
from tui.map.marks.track_lines import DARK, DOTTED, TrackLines, track_key
from tui.map.palette import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.passes.seen_from import SeenFrom
    from tui.map.projection import MapProjection, Place
    from tui.map.scene import MapScene, Signs

FOOTPRINT_FROM_COLUMNS = 60
"""Narrower maps leave out the horizon circle: it would be a smudge."""

LAYERS_FROM_COLUMNS = 44
"""Narrower maps leave out all layers but the horizon circle and the shadow."""

TIMES_FROM_COLUMNS = 70
"""Narrower maps leave out the times along the track."""

SENTENCE_FROM_COLUMNS = 70
"""Narrower maps have a name with a question mark instead of a sentence where the place is not known."""


class Marks(msgspec.Struct, frozen=True):
    """What is drawn over the ground.

    Attributes:
        cells: Glyph and ink by cell; the fill stays that of the ground.
        shaded: Cells from where the station can be seen now.
    """

    cells: dict[int, Mark]
    shaded: frozenset[int]


class MarksDrawer:
    """Draws the marks of one scene after the other.

    Args:
        signs: The glyphs.
        layers: Names of the layers that are shown.
    """

    def __init__(self, signs: Signs, layers: frozenset[str]) -> None:
        self.signs, self.layers = signs, layers
        self.draft = False
        """Leave out what can wait for the first picture."""
        self._lines = TrackLines()
        self._seen: tuple[object, frozenset[int], list[list[Place]]] = None, frozenset(), []

    def state(self, scene: MapScene, projection: MapProjection) -> tuple[object, ...]:
        """All that the marks depend on, besides the projection."""
        return (
            snap_sun(scene.subsolar_latitude_deg, scene.subsolar_longitude_deg, projection.width),
            track_key(scene.past),
            track_key(scene.future),
            projection.dot(scene.latitude_deg, scene.longitude_deg),
            _side_of_label(scene, projection),
            round(scene.footprint_radius_deg, 1),
            scene.observer,
            scene.label,
            scene.uncertain,
            scene.possible,
            scene.times,
            scene.next_pass,
            self._region(scene, projection),
            self.draft,
        )

    def draw(self, scene: MapScene, projection: MapProjection) -> Marks:
        """Lines, then signs and names; what comes later covers what came before."""
        cells: dict[int, Mark] = {}
        shaded = self._draw_layers(cells, scene, projection)
        wide = projection.width >= FOOTPRINT_FROM_COLUMNS and "horizon" in self.layers
        if wide and scene.footprint_radius_deg > 0 and not scene.uncertain:
            station = (scene.latitude_deg, scene.longitude_deg)
            radius_deg = round(scene.footprint_radius_deg, 1)
            self._ink(cells, self._lines.footprint(station, radius_deg, projection), Role.FOOTPRINT)
        self._draw_tracks(cells, scene, projection)
        board = NameBoard(
            projection.width,
            projection.height,
            frozenset(cells),
            is_ground=lambda column, row: projection.place(column, row) is not None,
        )
        self._draw_station(board, scene, projection)
        self._draw_places(board, scene, projection)
        cells.update(board.marks)
        return Marks(cells=cells, shaded=shaded)

    def _shows(self, layer: str, projection: MapProjection) -> bool:
        return layer in self.layers and not self.draft and projection.width >= LAYERS_FROM_COLUMNS

    def _ink(self, cells: dict[int, Mark], stroke: Stroke, role: Role) -> None:
        """Turn a layer of dots into marks."""
        single = self.signs.strokes.get(role)
        glyphs = BRAILLE.glyphs if stroke.grid is OCTANTS else stroke.grid.glyphs
        for cell, bits in stroke.bits.items():
            cells[cell] = (single or glyphs[bits], role)

    # -- lines ---------------------------------------------------------------------------------------------

    def _region(self, scene: MapScene, projection: MapProjection) -> SeenFrom | None:
        """From where the station can be seen, if that is shown."""
        if not self._shows("seen", projection):
            return None
        from tui.map.marks.seen import seen_from  # after the first picture

        return seen_from(scene, projection)

    def _draw_layers(self, cells: dict[int, Mark], scene: MapScene, projection: MapProjection) -> frozenset[int]:
        """The lines of the layers; returns the cells to shade."""
        if self._shows("anomaly", projection):
            from tui.map.marks.places import anomaly

            self._ink(cells, self._lines.curve([anomaly()], Role.ANOMALY, "anomaly", projection), Role.ANOMALY)
        region = self._region(scene, projection)
        if region is None:
            return frozenset()
        if self._seen[0] != (projection, region):
            from tui.map.marks.seen import outline, seen_cells

            self._seen = (projection, region), seen_cells(region, projection), outline(region)
        _, shaded, edge = self._seen
        self._ink(cells, self._lines.curve(edge, Role.SEEN, region, projection), Role.SEEN)
        return shaded

    def _draw_tracks(self, cells: dict[int, Mark], scene: MapScene, projection: MapProjection) -> None:
        """Past and future, in shadow and in light, then the next pass; where the station may be, if that is all."""
        if scene.uncertain:
            line = self._lines.curve(scene.possible, Role.UNCERTAIN, scene.possible, projection)
            self._ink(cells, line, Role.UNCERTAIN)
            if len(scene.possible) == 1:
                self._draw_arrows(cells, scene.possible[0], Role.UNCERTAIN, projection)
            return
        station = (scene.latitude_deg, scene.longitude_deg)
        shadow = "shadow" in self.layers
        here_dark = shadow and not scene.sunlit
        sides = (
            (scene.past, scene.past_light, (*scene.past[-1:], station), (Role.PAST_DARK, Role.PAST)),
            (scene.future, scene.future_light, (station, *scene.future[:1]), (Role.FUTURE_DARK, Role.FUTURE)),
        )
        for places, light, newest, roles in sides:
            for role in roles:
                stroke = self._lines.track(places, light if shadow else (), role, projection).copy()
                if here_dark is (role in DARK):
                    self._add_newest(stroke, newest, role, projection)
                self._ink(cells, stroke, role)
        if self._shows("pass", projection) and len(scene.next_pass) > 1:
            way = [(mark.latitude_deg, mark.longitude_deg) for mark in scene.next_pass]
            self._ink(cells, self._lines.curve([way], Role.PASS, scene.next_pass, projection), Role.PASS)
        self._draw_arrows(cells, scene.future, Role.FUTURE, projection)

    def _draw_arrows(
        self, cells: dict[int, Mark], places: Sequence[Place], role: Role, projection: MapProjection
    ) -> None:
        arrows = self._lines.arrows(places, self.signs.arrows, projection)
        cells.update((cell, (arrow, role)) for cell, arrow in arrows.items())

    @staticmethod
    def _add_newest(stroke: Stroke, places: Sequence[Place], role: Role, projection: MapProjection) -> None:
        """The piece of a track between the station and the sample next to it."""
        stroke.path((projection.dot(*place) for place in places), dotted=DOTTED[role])

    # -- signs and names -----------------------------------------------------------------------------------

    def _draw_station(self, board: NameBoard, scene: MapScene, projection: MapProjection) -> None:
        """Station, observer and Sun with their names."""
        signs = self.signs
        station = None if scene.uncertain else projection.cell(scene.latitude_deg, scene.longitude_deg)
        if station is not None:
            board.sign(station, signs.marker, Role.MARKER)
        home = None if scene.observer is None else projection.cell(*scene.observer[:2])
        has_home = home is not None and board.sign(home, signs.observer, Role.OBSERVER)
        if station is not None:
            side = _side_of_label(scene, projection)
            board.beside(station, scene.label, Role.LABEL, (side, 0, -side))
        if scene.observer is not None and home is not None and has_home:
            board.beside(home, scene.observer[2], Role.OBSERVER, (0, 1, -1))
        sun = snap_sun(scene.subsolar_latitude_deg, scene.subsolar_longitude_deg, projection.width)
        noon = projection.cell(sun[0] / 4, (sun[1] + 0.5) / projection.width * 360.0 - 180.0)
        if noon is not None:
            board.sign(noon, signs.sun, Role.SUN)
        if scene.uncertain:
            _name_possible(board, scene, projection)

    def _draw_places(self, board: NameBoard, scene: MapScene, projection: MapProjection) -> None:
        """The layers of signs and names, the most important ones first."""
        if self._shows("pass", projection):
            self._draw_pass(board, scene, projection)
        if self._shows("anomaly", projection):
            self._name_anomaly(board, projection)
        for layer, sign in (("sites", self.signs.site), ("stations", self.signs.station)):
            if self._shows(layer, projection):
                from tui.map.marks.places import ground_stations, sites

                for name, place in sites() if layer == "sites" else ground_stations():
                    cell = projection.cell(*place)
                    if cell is not None and board.sign(cell, sign, Role.SITE):
                        board.beside(cell, _(name), Role.SITE, (0, 1, -1))
        if self._shows("minutes", projection) and projection.width >= TIMES_FROM_COLUMNS:
            for mark in scene.times:
                cell = projection.cell(mark.latitude_deg, mark.longitude_deg)
                if cell is not None:
                    board.beside(cell, mark.text, Role.TIME, (1, -1, 0))
        if self._shows("scale", projection) and projection.cell_deg * projection.width < 359.0:
            self._draw_scale(board, projection)
        if self._shows("names", projection):
            self._draw_names(board, projection)

    def _draw_pass(self, board: NameBoard, scene: MapScene, projection: MapProjection) -> None:
        """A tick for each minute of the next pass, with its text where there is one."""
        ticks = []
        for mark in scene.next_pass:
            cell = projection.cell(mark.latitude_deg, mark.longitude_deg)
            if cell is not None and board.sign(cell, self.signs.tick, Role.PASS):
                ticks.append((cell, mark.text))
        for cell, text in ticks:
            if text:
                board.beside(cell, text, Role.PASS, (-1, 1, 0))

    @staticmethod
    def _name_anomaly(board: NameBoard, projection: MapProjection) -> None:
        """The name of the anomaly inside its outline."""
        from tui.map.marks.places import ANOMALY_NAME, anomaly

        outline = anomaly()
        middle = [(max(values) + min(values)) / 2.0 for values in zip(*outline, strict=True)]
        cell = projection.cell(middle[0], middle[1])
        name = _(ANOMALY_NAME)
        if cell is not None and board.has_ground(cell, name):
            board.around(cell, name, Role.ANOMALY, reach=6)

    @staticmethod
    def _draw_scale(board: NameBoard, projection: MapProjection) -> None:
        """Degrees along the edges, and the scale in the lower left corner."""
        from tui.map.marks.scale import degree_ticks, scale_bar

        board.at((1, projection.height - 2), scale_bar(projection), Role.SCALE)
        for column, row, text in degree_ticks(projection):
            board.at((column, row), text, Role.SCALE)

    def _draw_names(self, board: NameBoard, projection: MapProjection) -> None:
        """Seas, countries, cities: by zoom."""
        from tui.map.marks import places

        for kind, role in ((places.seas, Role.NAME_SEA), (places.countries, Role.NAME_LAND)):
            for area in kind(projection):
                cell = projection.cell(area.latitude_deg, area.longitude_deg)
                if cell is not None and board.has_ground(cell, area.label):
                    board.around(cell, area.label, role, reach=2)
        for city, cell in places.cities(projection):
            board.named_sign(cell, self.signs.city, city.label, Role.NAME_CITY)


def _side_of_label(scene: MapScene, projection: MapProjection) -> int:
    """Whether the station's name stands a row below it (1) or above it (-1): where the track bends away from it.

    That is below a track that climbs, and above one that falls; where it does neither, towards the equator.
    """
    ahead = projection.dot(*scene.future[0]) if scene.future else None
    here = projection.dot(scene.latitude_deg, scene.longitude_deg)
    climb = here[1] - ahead[1] if ahead and here else 0
    return 1 if (climb or -scene.latitude_deg) > 0 else -1


def _name_possible(board: NameBoard, scene: MapScene, projection: MapProjection) -> None:
    """What the lines are on which the station may be: near the southernmost place of them that has room for it.

    Where no place has, as at the edge of a map that comes nearer, the name alone stands beside a line or over it.
    """
    texts = [f"{scene.label}?"]
    if projection.width >= SENTENCE_FROM_COLUMNS:
        on_line, between = _("{object} is somewhere on this line"), _("{object} is somewhere between these lines")
        texts.insert(0, (on_line if len(scene.possible) == 1 else between).format(object=scene.label))
    places = sorted((place for line in scene.possible for place in line), key=lambda place: place[0])
    cells = list(dict.fromkeys(cell for place in places if (cell := projection.cell(*place)) is not None))
    for text in texts:
        for cell in cells:
            if board.around(cell, text, Role.LABEL, reach=2):
                return
    for cell in cells:
        if board.beside(cell, texts[-1], Role.LABEL, (0, 1, -1), on_ground=True):
            return
