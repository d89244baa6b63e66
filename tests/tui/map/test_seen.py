"""The cells from where the station can be seen, and the outline around them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from sim.passes.seen_from import SeenFrom
from tests.passes.test_seen_from import elevation_deg, sun_deg
from tests.support.map_cases import scene_at, shown
from tui.drawing.canvas import BRAILLE
from tui.map.flat_projection import FlatProjection
from tui.map.globe_projection import GlobeProjection
from tui.map.marks.seen import outline, seen_cells, seen_from
from tui.map.palette import Role
from tui.map.projection import MapProjection
from tui.map.scene import ZOOMS, MapOptions, MapStyle


def cells_by_search(region: SeenFrom, projection: MapProjection) -> set[int]:
    """Every cell whose middle fulfils both conditions, by vectors."""
    found = set()
    for cell in range(projection.width * projection.height):
        place = projection.place(cell % projection.width, cell // projection.width)
        if place is not None and elevation_deg(region, *place) >= 10.0 and sun_deg(region, *place) <= -6.0:
            found.add(cell)
    return found


@settings(max_examples=30)
@given(
    st.floats(-42, 42),
    st.floats(-180, 180),
    st.tuples(st.floats(-23.5, 23.5), st.floats(-180, 180)),
    st.floats(-180, 180),
    st.sampled_from(ZOOMS),
    st.floats(-80, 80),
)
def test_seen_cells_of_flat_maps_equal_search(
    latitude: float, longitude: float, sun: tuple[float, float], centre: float, zoom: float, middle: float
) -> None:
    region = SeenFrom(latitude, longitude, 390.0, *sun)
    flat = FlatProjection(70, 33, BRAILLE, centre_longitude_deg=centre, zoom=zoom, centre_latitude_deg=middle)
    assert seen_cells(region, flat) == cells_by_search(region, flat)


@pytest.mark.parametrize("centre", [(0, 0), (10, 60), (-14, 119)])
def test_seen_cells_of_the_globe_equal_search(centre: tuple[int, int]) -> None:
    globe = GlobeProjection(60, 30, centre)
    region = SeenFrom(centre[0] * 3.0, centre[1] * 3.0, 390.0, 10.0, centre[1] * 3.0 + 170.0)
    found = seen_cells(region, globe)
    assert found
    assert found == cells_by_search(region, globe)


@settings(max_examples=100)
@given(st.floats(-42, 42), st.floats(-180, 180), st.floats(-23.5, 23.5), st.floats(-180, 180))
def test_outline_points_lie_on_a_limit_or_at_the_first_parallel(
    latitude: float, longitude: float, declination: float, sun: float
) -> None:
    region = SeenFrom(latitude, longitude, 390.0, declination, sun)
    for line in outline(region):
        for place in line:
            high, dark = elevation_deg(region, *place) - 10.0, sun_deg(region, *place) + 6.0
            assert min(abs(high), abs(dark)) < 1e-5


def test_seen_from_station_in_shadow_or_unknown_is_nowhere() -> None:
    scene = scene_at(1000.0, height_km=390.0)
    flat = FlatProjection(80, 24, BRAILLE, centre_longitude_deg=0.0)
    assert seen_from(scene, flat) is not None
    assert seen_from(replace(scene, sunlit=False), flat) is None
    assert seen_from(replace(scene, uncertain=True), flat) is None


@pytest.mark.parametrize("style", [MapStyle.EARTH, MapStyle.BRAILLE, MapStyle.ASCII, MapStyle.GLOBE])
def test_world_map_shows_where_the_station_is_seen(style: MapStyle) -> None:
    place = scene_at(1000.0)
    dusk = replace(
        place, height_km=390.0, subsolar_latitude_deg=0.0, subsolar_longitude_deg=place.longitude_deg - 105.0
    )
    options = MapOptions(style=style, layers=frozenset({"seen"}), earth="truecolor")
    world, without = (shown(114, 31, dusk, replace(options, layers=layers)) for layers in (options.layers, frozenset()))
    assert Role.SEEN in world.canvas.inks
    changed = {
        cell
        for cell, (one, other) in enumerate(zip(world.canvas.fills, without.canvas.fills, strict=True))
        if one != other
    }
    if style in {MapStyle.EARTH, MapStyle.GLOBE}:
        assert len(changed) > 10
    else:
        assert not changed, "in roles the outline alone tells it"
