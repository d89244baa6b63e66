"""The world map: light, projections, tracks, and incremental against fresh drawing."""

from __future__ import annotations

from math import asin, atan2, cos, degrees, radians, sin
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from rich.cells import cell_len

from tests.support.map_cases import as_text, cells, scene_at, shown
from tests.support.snapshots import TextSnapshot
from tui.drawing.canvas import BRAILLE
from tui.map.daylight import light_row
from tui.map.flat_projection import FlatProjection, snap_sun
from tui.map.globe_projection import GlobeProjection, direction
from tui.map.ground.flat_ground import levels_of
from tui.map.marks.track_lines import circle
from tui.map.palette import Role
from tui.map.scene import ASCII_SIGNS, UNICODE_SIGNS, MapOptions, MapScene, MapStyle
from tui.map.terminator import NIGHT, TWILIGHT_ALTITUDES_DEG, TWILIGHT_SINES, level_of_sine
from tui.map.world_map import WorldMap

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

LAND = {"Denver": (39.7, -105.0), "Lhasa": (29.6, 91.1), "Alice Springs": (-23.7, 133.9)}
SEA = {"Point Nemo": (-48.9, -123.4), "mid Atlantic": (30.0, -40.0)}
ALL_OPTIONS = [
    MapOptions(style=style, centre_longitude_deg=centre, textured=textured)
    for style in MapStyle
    for centre in (105.0, None)
    for textured in (False, True)
]


# -- light -------------------------------------------------------------------------------------------------


def sun_sine(place: tuple[float, float], sun: tuple[float, float]) -> float:
    """The sine of the Sun's altitude, from the angle between two directions."""
    return sum(a * b for a, b in zip(direction(*place), direction(*sun), strict=True))


def night_row(latitude_deg: float, declination_deg: float, columns: int) -> bytes:
    """Night levels along a whole parallel, the Sun's meridian in the middle of column 0."""
    step_deg = 360.0 / columns
    return light_row(latitude_deg, (declination_deg, step_deg / 2.0), 0.0, step_deg, columns, TWILIGHT_SINES)


@settings(max_examples=60)
@given(st.integers(1, 250), st.floats(-90, 90), st.floats(-23.5, 23.5))
def test_night_row_equals_the_computation_for_each_cell(
    columns: int, latitude_deg: float, declination_deg: float
) -> None:
    row = night_row(latitude_deg, declination_deg, columns)
    assert len(row) == columns
    for column, level in enumerate(row):
        sine = sun_sine((latitude_deg, column / columns * 360.0), (declination_deg, 0.0))
        # Exactly on a threshold rounding may decide either way.
        assert level in {level_of_sine(sine - 1e-9), level_of_sine(sine + 1e-9)}


def test_level_of_sine_at_known_altitudes() -> None:
    altitudes_deg = (10.0, -0.5, -3.0, -8.0, -15.0, -30.0)
    assert [level_of_sine(sin(radians(altitude))) for altitude in altitudes_deg] == [0, 0, 1, 2, 3, 4]
    assert list(TWILIGHT_ALTITUDES_DEG) == sorted(TWILIGHT_ALTITUDES_DEG, reverse=True)


@settings(max_examples=25)
@given(
    width=st.integers(2, 120),
    height=st.integers(1, 50),
    centre=st.floats(-180, 180),
    sun=st.tuples(st.floats(-23.5, 23.5), st.floats(-180, 180)),
)
def test_flat_projection_levels_are_right_to_one_column(
    width: int, height: int, centre: float, sun: tuple[float, float]
) -> None:
    flat = FlatProjection(width, height, BRAILLE, centre_longitude_deg=centre)
    levels = levels_of(flat, snap_sun(*sun, width))
    assert len(levels) == width * height
    for row in range(height):
        for column in range(0, width, 3):
            latitude_deg, longitude_deg = flat.place(column, row) or (0.0, 0.0)
            near = [
                level_of_sine(sun_sine((latitude_deg, longitude_deg + step * 360 / width), (sun[0] + d, sun[1])))
                for step in (-0.51, -0.38, -0.25, -0.13, 0.0, 0.13, 0.25, 0.38, 0.51)  # few columns span much
                for d in (-0.126, 0.126)
            ]
            assert min(near) <= levels[row * width + column] <= max(near)


def test_night_row_at_poles_is_all_day_or_all_night() -> None:
    assert set(night_row(85.0, 23.4, 100)) == {0}
    assert set(night_row(-89.0, 23.4, 100)) == {NIGHT}


# -- projections -------------------------------------------------------------------------------------------


@given(st.integers(1, 250), st.integers(1, 70), st.floats(-360, 360), st.booleans(), st.data())
def test_flat_projection_cell_inverts_place(
    width: int, height: int, centre: float, cropped: bool, data: st.DataObject
) -> None:
    south, north = (-60.0, 66.0) if cropped else (-90.0, 90.0)
    flat = FlatProjection(width, height, BRAILLE, centre_longitude_deg=centre, south_deg=south, north_deg=north)
    cell = data.draw(st.tuples(st.integers(0, width - 1), st.integers(0, height - 1)))
    place = flat.place(*cell)
    assert place is not None
    assert flat.cell(*place) == cell


@pytest.mark.parametrize("latitude", [-90.0, 0.0, 90.0])
@pytest.mark.parametrize("longitude", [-180.0, 180.0, 179.9999999999, 540.0, -0.0])
def test_flat_projection_edges_of_the_world_are_on_the_map(latitude: float, longitude: float) -> None:
    flat = FlatProjection(80, 40, BRAILLE, centre_longitude_deg=105.0)
    column, row = flat.cell(latitude, longitude) or (-1, -1)
    assert 0 <= column < 80
    assert row == {90.0: 0, 0.0: 20, -90.0: 39}[latitude]


def test_flat_projection_centre_meridian_is_in_the_middle() -> None:
    for centre in (-180.0, -75.0, 0.0, 105.0, 180.0):
        flat = FlatProjection(160, 45, BRAILLE, centre_longitude_deg=centre)
        column, _ = flat.cell(0.0, centre + 0.01) or (-1, -1)
        assert abs(column - 80) <= 1


@pytest.mark.parametrize("centre", [0.0, 105.0, 180.0, -75.0])
def test_world_map_fills_known_places_as_land_or_sea(centre: float) -> None:
    world = shown(160, 45, scene_at(0.0), MapOptions(centre_longitude_deg=centre))
    for place in (*LAND.values(), *SEA.values()):
        fill = next(
            world.canvas.fills[row * 160 + column]
            for row in range(45)
            for column in range(160)
            if world._projection is not None and world._projection.cell(*place) == (column, row)
        )
        assert (Role.LAND_DAY <= fill <= Role.LAND_NIGHT) == (place in LAND.values())


@given(st.integers(4, 120), st.integers(2, 60), st.tuples(st.integers(-30, 30), st.integers(0, 119)), st.data())
def test_globe_projection_cell_inverts_place(
    width: int, height: int, centre: tuple[int, int], data: st.DataObject
) -> None:
    globe = GlobeProjection(width, height, centre)
    column, row = data.draw(st.tuples(st.integers(0, width - 1), st.integers(0, height - 1)))
    place = globe.place(column, row)
    if place is not None:
        found = globe.cell(*place)
        assert found is not None
        assert abs(found[0] - column) <= 1  # at the edge of the disc rounding may tip a dot over
        assert abs(found[1] - row) <= 1


def test_globe_projection_place_on_edge_of_disc_is_visible() -> None:
    globe = GlobeProjection(4, 3, (-30, 17))
    place = globe.place(0, 1)
    assert place is not None
    assert globe.cell(*place) is not None


def test_globe_projection_far_side_is_hidden() -> None:
    globe = GlobeProjection(80, 40, (0, 35))
    assert globe.cell(0.0, 105.0) == (40, 20)
    assert globe.cell(0.0, -75.0) is None
    assert globe.place(0, 0) is None


@settings(max_examples=50)
@given(st.floats(-89, 89), st.floats(-180, 180), st.floats(1, 60))
def test_circle_points_have_the_radius(latitude: float, longitude: float, radius: float) -> None:
    for place in circle((latitude, longitude), radius, 36):
        cosine = sum(a * b for a, b in zip(direction(latitude, longitude), direction(*place), strict=True))
        assert cosine == pytest.approx(cos(radians(radius)), abs=1e-9)


# -- tracks and marks --------------------------------------------------------------------------------------


def inks_of(world: WorldMap, role: Role) -> list[int]:
    return [
        cell for cell, ink in enumerate(world.canvas.inks) if ink == role and world.canvas.glyphs[cell] not in {" ", ""}
    ]


def test_world_map_marker_is_at_the_station_above_all() -> None:
    for seconds in range(0, 6000, 173):
        scene = scene_at(float(seconds))
        world = shown(120, 36, scene)
        (marker,) = inks_of(world, Role.MARKER)
        assert world.canvas.glyphs[marker] == UNICODE_SIGNS.marker
        assert world.canvas.fills[marker] == Role.MARKER_FILL
        latitude, longitude = world.place(marker % 120, marker // 120) or (0.0, 0.0)
        assert abs(latitude - scene.latitude_deg) <= 2.51
        assert abs((longitude - scene.longitude_deg + 180) % 360 - 180) <= 1.51


@pytest.mark.parametrize("style", list(MapStyle))
def test_world_map_past_and_future_differ_without_colour(style: MapStyle) -> None:
    world = shown(160, 45, scene_at(1000.0), MapOptions(style=style))
    past, future = inks_of(world, Role.PAST), inks_of(world, Role.FUTURE)
    if style is MapStyle.ASCII:
        assert {world.canvas.glyphs[cell] for cell in past} == {"-"}
        assert {world.canvas.glyphs[cell] for cell in future} == {"+", ">"}
    else:
        grid = world._projection.grid.glyphs if world._projection else ()
        grid = BRAILLE.glyphs if style is MapStyle.OCTANT else grid
        dots = [
            sum(grid.index(world.canvas.glyphs[c]).bit_count() for c in found if world.canvas.glyphs[c] in grid)
            for found in (past, future)
        ]
        columns = [len({cell % 160 for cell in found}) for found in (past, future)]
        assert dots[0] / columns[0] < 0.8 * dots[1] / columns[1]


@pytest.mark.parametrize(("forwards", "arrow"), [(True, "▸"), (False, "◂")])
@pytest.mark.parametrize("centre", [105.0, 0.0, 180.0])
def test_world_map_arrows_point_along_the_motion(forwards: bool, arrow: str, centre: float) -> None:
    scene = scene_at(1000.0)
    if not forwards:
        scene = replace(scene, past=scene.future[::-1], future=scene.past[::-1])
    world = shown(160, 45, scene, MapOptions(centre_longitude_deg=centre))
    arrows = [glyph for glyph in world.canvas.glyphs if glyph in UNICODE_SIGNS.arrows]
    assert len(arrows) >= 3
    assert set(arrows) == {arrow}


def test_world_map_arrows_keep_their_cells_as_time_passes() -> None:
    def arrows(seconds: float) -> set[int]:
        world = shown(160, 45, scene_at(seconds))
        return {cell for cell, glyph in enumerate(world.canvas.glyphs) if glyph == "▸"}

    assert len(arrows(1000.0) & arrows(1060.0)) >= len(arrows(1000.0)) - 2


@settings(max_examples=60)
@given(
    st.integers(1, 200),
    st.integers(1, 60),
    st.floats(0, 6000),
    st.sampled_from(["Tiangong", "天宫空间站", "", "x" * 50]),
    st.sampled_from(list(MapStyle)),
)
def test_world_map_names_are_whole_or_absent(
    width: int, height: int, seconds: float, label: str, style: MapStyle
) -> None:
    scene = scene_at(seconds, label=label)
    world = shown(width, height, scene, MapOptions(style=style))
    for row in range(height):
        assert cell_len(world.canvas.text(row)) == width
    for role, name in ((Role.LABEL, label), (Role.OBSERVER, "Islamabad")):
        written = "".join(
            glyph
            for glyph, ink in zip(world.canvas.glyphs, world.canvas.inks, strict=True)
            if ink == role and glyph not in {" ", "⌂", "X"}
        )
        assert written in {name, ""}
    if width >= 60 and height >= 12 and len(label) < 20 and style is not MapStyle.GLOBE:
        assert (Role.LABEL in world.canvas.inks) == bool(label)


def unknown_scene(lines: int = 1) -> MapScene:
    """A scene of which the line below the orbit is known alone, or the two parallels between which the station is."""
    parallel = [tuple((latitude, float(longitude)) for longitude in range(-180, 181, 3)) for latitude in (41.5, -41.5)]
    possible = (scene_at(1000.0).future,) if lines == 1 else tuple(parallel)
    return scene_at(1000.0, uncertain=True, possible=possible)


@pytest.mark.parametrize(
    ("width", "lines", "text"),
    [
        (120, 1, "Tiangong is somewhere on this line"),
        (120, 2, "Tiangong is somewhere between these lines"),
        (60, 1, "Tiangong?"),
    ],
)
def test_world_map_unknown_position_has_no_marker_but_the_lines_on_which_the_station_is(
    width: int, lines: int, text: str
) -> None:
    world = shown(width, 36, unknown_scene(lines))
    assert text in "\n".join(world.canvas.text(row) for row in range(36))
    assert not [role for role in (Role.MARKER, Role.FUTURE, Role.PAST, Role.FOOTPRINT) if inks_of(world, role)]
    assert len(inks_of(world, Role.UNCERTAIN)) > width / 2


def test_world_map_out_of_the_window_is_the_globe_while_the_position_is_unknown() -> None:
    window, globe = (
        shown(80, 30, unknown_scene(), MapOptions(style=style, earth="truecolor", layers=frozenset()))
        for style in (MapStyle.WINDOW, MapStyle.GLOBE)
    )
    assert cells(window) == cells(globe)


@pytest.mark.parametrize("size", [(20, 8), (58, 14), (80, 24), (120, 36)])
@pytest.mark.parametrize("lines", [1, 2])
def test_world_map_globe_has_what_its_lines_are_on_the_ground(size: tuple[int, int], lines: int) -> None:
    options = MapOptions(style=MapStyle.GLOBE, earth="truecolor", layers=frozenset({"names"}))
    named = 0
    for latitude_deg in (-60.0, -30.0, 0.0, 60.0):
        for longitude_deg in (-180.0, -100.0, -60.0, 0.0, 20.0, 60.0):
            observer = (latitude_deg, longitude_deg, "Islamabad")
            scene = replace(
                unknown_scene(lines), latitude_deg=latitude_deg, longitude_deg=longitude_deg, observer=observer
            )
            world = shown(*size, scene, options)
            written = inks_of(world, Role.LABEL)
            named += bool(written)
            for cell in written:
                assert world.place(cell % size[0], cell // size[0]) is not None, (observer, cell)
    assert named > 4


def test_world_map_narrow_omits_horizon_circle() -> None:
    assert inks_of(shown(60, 20, scene_at(1000.0)), Role.FOOTPRINT)
    assert not inks_of(shown(59, 20, scene_at(1000.0)), Role.FOOTPRINT)


def test_world_map_shows_observer_and_sun() -> None:
    world = shown(160, 45, scene_at(3000.0))
    (home,) = [cell for cell in inks_of(world, Role.OBSERVER) if world.canvas.glyphs[cell] == "⌂"]
    latitude, longitude = world.place(home % 160, home // 160) or (0.0, 0.0)
    assert abs(latitude - 33.7) <= 2.01
    assert abs(longitude - 73.1) <= 1.13
    (sun,) = inks_of(world, Role.SUN)
    scene = scene_at(3000.0)
    latitude, longitude = world.place(sun % 160, sun // 160) or (0.0, 0.0)
    assert abs(latitude - scene.subsolar_latitude_deg) <= 2.13
    assert abs(longitude - scene.subsolar_longitude_deg) <= 1.13


@pytest.mark.parametrize("textured", [False, True])
def test_world_map_ascii_style_is_ascii(textured: bool) -> None:
    world = shown(80, 24, scene_at(1000.0), MapOptions(style=MapStyle.ASCII, textured=textured))
    assert "".join(world.canvas.glyphs).isascii()
    assert ASCII_SIGNS.marker in world.canvas.glyphs
    text = "".join(world.canvas.glyphs)
    assert (";" in text) == textured  # without colours the night has its own sign


# -- differential: kept cells against a fresh drawing -------------------------------------------------------

steps = st.lists(
    st.one_of(
        st.floats(0, 120),
        st.floats(-3600, 3600),
        st.sampled_from([0.001, 6.0, 30.0, 86400.0, 86400.0 * 91]),
    ),
    min_size=1,
    max_size=12,
)
toggles = st.lists(st.sampled_from(["", "observer", "label", "uncertain", "footprint", "future"]), max_size=12)


def changed(scene: MapScene, toggle: str) -> MapScene:
    match toggle:
        case "observer":
            return replace(scene, observer=(-34.0, -58.4, "Buenos Aires"))
        case "label":
            return replace(scene, label="天宫")
        case "uncertain":
            return replace(scene, uncertain=True, possible=(scene.future,))
        case "footprint":
            return replace(scene, footprint_radius_deg=17.0)
        case "future":
            return replace(scene, future=scene.future[:40])
    return scene


@settings(max_examples=40)
@given(
    st.sampled_from([(1, 1), (2, 40), (61, 17), (80, 24), (101, 31), (160, 45)]),
    st.sampled_from(ALL_OPTIONS),
    steps,
    toggles,
)
def test_world_map_incremental_drawing_equals_fresh_one(
    size: tuple[int, int], options: MapOptions, moves: list[float], toggled: list[str]
) -> None:
    world = WorldMap(*size, options)
    seconds, before = 1000.0, cells(world)
    for number, move in enumerate([0.0, *moves]):
        seconds += move
        scene = changed(scene_at(seconds), toggled[number] if number < len(toggled) else "")
        told = world.draw(scene)
        after = cells(world)
        assert after == cells(shown(*size, scene, options))
        assert told == {cell for cell in range(len(after)) if after[cell] != before[cell]}
        before = after


def test_world_map_same_scene_changes_no_cell() -> None:
    world = shown(160, 45, scene_at(1000.0))
    assert world.draw(scene_at(1000.0)) == set()
    assert world.draw(scene_at(1000.05)) == set()


# -- pictures ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "size", "options"),
    [
        ("map-80x24", (80, 24), MapOptions()),
        ("map-160x45", (160, 45), MapOptions()),
        ("map-ascii-80x24", (80, 24), MapOptions(style=MapStyle.ASCII, textured=True)),
        ("map-half-80x24", (80, 24), MapOptions(style=MapStyle.HALF, centre_longitude_deg=0.0)),
        ("globe-100x44", (100, 44), MapOptions(style=MapStyle.GLOBE)),
    ],
)
def test_world_map_looks_like_its_snapshot(
    name: str, size: tuple[int, int], options: MapOptions, snapshot: SnapshotAssertion
) -> None:
    world = shown(*size, scene_at(1000.0), options)
    assert as_text(world) == snapshot(extension_class=TextSnapshot, name=name)


@settings(max_examples=40)
@given(
    st.integers(1, 30),
    st.integers(1, 30),
    st.sampled_from(ALL_OPTIONS),
    st.floats(-90, 90),
    st.floats(-180, 180),
)
def test_world_map_tiny_sizes_and_extreme_places_are_drawn(
    width: int, height: int, options: MapOptions, latitude: float, longitude: float
) -> None:
    scene = scene_at(0.0, latitude_deg=latitude, longitude_deg=longitude, observer=(latitude, longitude, "here"))
    world = shown(width, height, scene, options)
    assert len(world.canvas.glyphs) == width * height


def test_world_map_scene_without_tracks_is_drawn() -> None:
    scene = MapScene(0.0, 0.0, 0.0, 0.0)
    assert UNICODE_SIGNS.marker in shown(80, 24, scene).canvas.glyphs


def test_direction_inverts_to_angles() -> None:
    x, y, z = direction(30.0, 60.0)
    assert degrees(asin(z)) == pytest.approx(30.0)
    assert degrees(atan2(y, x)) == pytest.approx(60.0)
