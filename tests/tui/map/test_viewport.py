"""Zoom and pan: places stay under the pointer, edges of the world are kept, projections round trip."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.support.map_cases import cells, scene_at, shown
from tui.drawing.canvas import BRAILLE
from tui.map.flat_projection import FlatProjection
from tui.map.scene import ZOOMS, MapOptions, MapStyle
from tui.map.viewport import begun, centred, looking_at, next_zoom, panned, zoomed

PARTS = [zoom for zoom in ZOOMS if zoom > 1.0]


def flat(options: MapOptions, width: int = 114, height: int = 31) -> FlatProjection:
    assert options.centre_longitude_deg is not None
    return FlatProjection(
        width,
        height,
        BRAILLE,
        centre_longitude_deg=options.centre_longitude_deg,
        zoom=options.zoom,
        centre_latitude_deg=options.centre_latitude_deg,
    )


def turn(one: float, other: float) -> float:
    """The difference of two longitudes."""
    return (one - other + 180.0) % 360.0 - 180.0


@settings(max_examples=200)
@given(
    st.integers(1, 250),
    st.integers(1, 70),
    st.floats(-540, 540),
    st.floats(-90, 90),
    st.sampled_from(PARTS),
    st.data(),
)
def test_flat_projection_of_a_part_cell_inverts_place(
    width: int, height: int, centre: float, middle: float, zoom: float, data: st.DataObject
) -> None:
    part = FlatProjection(width, height, BRAILLE, centre_longitude_deg=centre, zoom=zoom, centre_latitude_deg=middle)
    assert -90.0 <= part.south_deg < part.north_deg <= 90.0
    cell = data.draw(st.tuples(st.integers(0, width - 1), st.integers(0, height - 1)))
    place = part.place(*cell)
    assert place is not None
    assert -180.0 <= place[1] <= 180.0
    assert part.cell(*place) == cell


@settings(max_examples=100)
@given(st.floats(-180, 180), st.floats(-90, 90), st.sampled_from(PARTS), st.floats(-90, 90), st.floats(-180, 180))
def test_flat_projection_of_a_part_has_no_cell_for_places_outside(
    centre: float, middle: float, zoom: float, latitude: float, longitude: float
) -> None:
    part = FlatProjection(80, 40, BRAILLE, centre_longitude_deg=centre, zoom=zoom, centre_latitude_deg=middle)
    cell = part.cell(latitude, longitude)
    east_deg = abs(turn(longitude, part.middle[1]))
    if latitude > part.north_deg + 1e-9 or latitude < part.south_deg - 1e-9 or east_deg > part.span_deg / 2.0 + 1e-6:
        assert cell is None
    elif part.south_deg + 1e-6 < latitude < part.north_deg - 1e-6 and east_deg < part.span_deg / 2.0 - 1e-6:
        assert cell is not None


def test_zoomed_by_keys_keeps_a_place_in_the_picture_that_an_edge_keeps_from_the_middle() -> None:
    options = centred(begun(MapOptions()), (63.0, 10.0))
    while options.zoom < ZOOMS[-1]:
        part = flat(options)
        assert part.cell(62.9, 10.0) is not None
        options = zoomed(options, 1)


@pytest.mark.parametrize("step", [1, -1])
def test_next_zoom_walks_through_all_and_stops_at_the_ends(step: int) -> None:
    zoom, seen = (ZOOMS[0] if step > 0 else ZOOMS[-1]), []
    for _ in range(len(ZOOMS) + 2):
        seen.append(zoom)
        zoom = next_zoom(zoom, step)
    assert seen[: len(ZOOMS)] == list(ZOOMS[::step])
    assert len(set(seen[len(ZOOMS) - 1 :])) == 1
    assert next_zoom(7.7, 0) == 1.0


@settings(max_examples=100)
@given(st.floats(-180, 180), st.floats(-40, 40), st.sampled_from(ZOOMS[:-1]), st.integers(1, 112), st.integers(8, 22))
@example(1.0, 0.0, 1.5, 112, 8)
def test_zoomed_keeps_the_place_under_the_pointer(
    centre: float, middle: float, zoom: float, column: int, row: int
) -> None:
    """To a cell, by which one in the outermost column may leave the picture."""
    before = centred(MapOptions(zoom=zoom), (middle, centre))
    old = flat(before)
    pointer = old.place(column, row)
    assert pointer is not None
    after = zoomed(before, 1, (old.middle, pointer))
    new = flat(after)
    assert after.zoom == next_zoom(zoom, 1)
    cell = new.cell(*pointer)
    assert cell is not None
    assert abs(cell[0] - column) <= 1
    if new.south_deg > -89.0 and new.north_deg < 89.0:  # at the poles the map ends before
        assert abs(cell[1] - row) <= 1


def test_zoomed_in_and_out_again_at_one_place_comes_back() -> None:
    options = centred(MapOptions(zoom=4.0), (30.0, 70.0))
    there = zoomed(options, 1, ((30.0, 70.0), (35.0, 80.0)))
    back = zoomed(there, -1, ((there.centre_latitude_deg, there.centre_longitude_deg or 0.0), (35.0, 80.0)))
    assert back.zoom == options.zoom
    assert back.centre_latitude_deg == pytest.approx(30.0)
    assert back.centre_longitude_deg == pytest.approx(70.0)


def test_zoomed_following_map_keeps_following() -> None:
    assert zoomed(MapOptions(centre_longitude_deg=None), 1, ((0.0, 0.0), (10.0, 10.0))).centre_longitude_deg is None


@pytest.mark.parametrize("centre", [179.0, -179.0])
def test_panned_goes_on_over_the_antimeridian(centre: float) -> None:
    options = centred(MapOptions(zoom=4.0), (10.0, centre))
    east = panned(options, (10.0, centre), 5.0 if centre > 0 else -5.0, 0.0)
    assert east.centre_longitude_deg == pytest.approx(-176.0 if centre > 0 else 176.0)
    part = flat(east)
    assert part.cell(10.0, 179.9) is not None
    assert part.cell(10.0, -179.9) is not None


def test_panned_to_a_pole_stops_there() -> None:
    options = centred(MapOptions(zoom=4.0), (60.0, 0.0))
    for _ in range(10):
        options = panned(options, flat(options).middle, 0.0, 20.0)
    assert flat(options).north_deg == 90.0
    options = panned(options, flat(options).middle, 0.0, -10.0)
    assert flat(options).north_deg < 85.0, "one step back is seen at once"


def test_looking_at_is_at_least_four_times_as_large() -> None:
    assert looking_at(MapOptions(zoom=1.0), (10.0, 20.0)).zoom == 4.0
    near = looking_at(MapOptions(zoom=12.0), (10.0, 200.0))
    assert near.zoom == 12.0
    assert near.centre_longitude_deg == pytest.approx(-160.0)


LAYERS = frozenset({"horizon", "seen", "shadow", "names", "scale", "sites", "stations", "anomaly"})


@settings(max_examples=15)
@given(
    st.sampled_from([(80, 24), (61, 17), (114, 31)]),
    st.sampled_from([MapStyle.EARTH, MapStyle.BRAILLE, MapStyle.ASCII, MapStyle.HALF]),
    st.sampled_from(PARTS),
    st.one_of(st.none(), st.floats(-180, 180)),
    st.lists(st.floats(0, 400), min_size=1, max_size=6),
)
def test_world_map_of_a_part_incremental_drawing_equals_fresh_one(
    size: tuple[int, int], style: MapStyle, zoom: float, centre: float | None, moves: list[float]
) -> None:
    options = MapOptions(style=style, zoom=zoom, centre_longitude_deg=centre, layers=LAYERS, earth="truecolor")
    world, seconds = shown(*size, scene_at(1000.0, height_km=390.0), options), 1000.0
    before = cells(world)
    for move in moves:
        seconds += move
        scene = scene_at(seconds, height_km=390.0)
        told = world.draw(scene)
        after = cells(world)
        assert after == cells(shown(*size, scene, options))
        assert told == {cell for cell in range(len(after)) if after[cell] != before[cell]}
        before = after


@pytest.mark.parametrize("zoom", PARTS)
def test_world_map_of_a_part_following_shows_the_station(zoom: float) -> None:
    for seconds in range(0, 5500, 700):
        options = MapOptions(centre_longitude_deg=None, zoom=zoom)
        world = shown(120, 36, scene_at(float(seconds)), options)
        assert "◉" in world.canvas.glyphs
