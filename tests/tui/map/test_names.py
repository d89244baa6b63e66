"""Signs and names on the map: whole or absent, never over or against one another."""

from __future__ import annotations

from math import cos, hypot, radians

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from sim.errors import PlaceError
from sim.places.gazetteer import find_place
from tests.support.map_cases import scene_at, shown
from tui.drawing.canvas import Mark, place_text
from tui.map.coastline import land_for
from tui.map.globe_projection import direction
from tui.map.marks import places
from tui.map.marks.name_board import NameBoard
from tui.map.marks.scale import degree_ticks, scale_bar
from tui.map.palette import Role
from tui.map.scene import ZOOMS, MapOptions, MapStyle, TimeMark

WIDTH, HEIGHT = 60, 16
cells = st.tuples(st.integers(-2, WIDTH + 1), st.integers(-2, HEIGHT + 1))
names = st.sampled_from(["A", "Islamabad", "Tiangong", "天宫空间站", "x" * 30, "x" * 80, "Bay of Bengal"])
inside = st.tuples(st.integers(0, WIDTH - 1), st.integers(0, HEIGHT - 1))


@settings(max_examples=3 * settings().max_examples)
@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("sign"), inside, names),
            st.tuples(st.just("beside"), cells, names),
            st.tuples(st.just("around"), cells, names),
            st.tuples(st.just("named"), inside, names),
            st.tuples(st.just("at"), cells, names),
        ),
        max_size=25,
    ),
    st.frozensets(st.integers(0, WIDTH * HEIGHT - 1), max_size=200),
)
def test_name_board_names_never_overlap_nor_touch(
    steps: list[tuple[str, tuple[int, int], str]], lines: frozenset[int]
) -> None:
    board = NameBoard(WIDTH, HEIGHT, lines, lambda _column, _row: True)
    taken: dict[int, int] = {}
    for number, (kind, cell, name) in enumerate(steps):
        before = set(board.marks)
        match kind:
            case "sign":
                board.sign(cell, "◉", Role.MARKER)
            case "beside":
                board.beside(cell, name, Role.LABEL, (0, 1, -1))
            case "around":
                board.around(cell, name, Role.NAME_SEA, reach=4)
            case "named":
                board.named_sign(cell, "·", name, Role.NAME_CITY)
            case _:
                board.at(cell, name, Role.SCALE)
        added = set(board.marks) - before
        assert before <= set(board.marks), "nothing that was written goes"
        wanted = {"sign": {0, 1}, "named": {0, cell_len(name) + 1}}.get(kind, {0, cell_len(name)})
        assert len(added) in wanted, "whole or absent"
        if kind == "around":
            assert not added & lines
        if kind == "named":
            for mark in added:
                assert not {mark - 1, mark + 1} & before or mark % WIDTH in {0, WIDTH - 1}
        if kind != "sign":
            text = {c for c in added if board.marks[c][0] != "·" or kind != "named"}
            assert len({c // WIDTH for c in text}) <= 1
            for mark in text:
                for side in (mark - 1, mark + 1):
                    if side // WIDTH == mark // WIDTH and side in taken:
                        assert taken[side] == number, "a gap beside each name"
        taken |= dict.fromkeys(added, number)


def test_place_text_accents_take_no_cell() -> None:
    marks: dict[int, Mark] = {}
    place_text(marks, 10, 2, "d\u1e0dhi\u0307\u0304 \u5929\u0304x", 7)
    assert [marks[cell][0] for cell in sorted(marks)] == [
        "d",
        "\u1e0d",
        "h",
        "i\u0307\u0304",
        " ",
        "\u5929\u0304",
        "",
        "x",
    ]
    assert sorted(marks) == list(range(12, 20))


@example((178, 50), 16.0, 84.0, 34.0, 0.0)  # a name with accents that take no cell
@settings(max_examples=25)
@given(
    st.sampled_from([(80, 24), (114, 31), (178, 50)]),
    st.sampled_from(ZOOMS),
    st.floats(-180, 180),
    st.floats(-60, 60),
    st.floats(0, 6000),
)
def test_world_map_with_all_names_has_each_of_them_whole(
    size: tuple[int, int], zoom: float, centre: float, middle: float, seconds: float
) -> None:
    options = MapOptions(
        style=MapStyle.BRAILLE,
        zoom=zoom,
        centre_longitude_deg=centre,
        centre_latitude_deg=middle,
        layers=frozenset({"names", "scale", "sites", "stations", "minutes"}),
    )
    future = scene_at(seconds).future
    times = tuple(TimeMark(*place, f"{number:02}:00") for number, place in enumerate(future[::20]))
    world = shown(*size, scene_at(seconds, times=times), options)
    known = {area.name for kind in ("sea", "country") for area in places._areas(kind)}
    known |= {"Tiangong", "Islamabad", *(name for name, _ in (*places.sites(), *places.ground_stations()))}
    for row in range(size[1]):
        assert cell_len(world.canvas.text(row)) == size[0]
        for role in (Role.NAME_SEA, Role.NAME_LAND, Role.LABEL):
            inks = world.canvas.inks[row * size[0] : (row + 1) * size[0]]
            glyphs = world.canvas.glyphs[row * size[0] : (row + 1) * size[0]]
            written = "".join(g if ink == role else "\n" for g, ink in zip(glyphs, inks, strict=True))
            assert {word for word in written.split("\n") if word} <= known


def test_world_map_station_beside_home_leaves_both_readable() -> None:
    scene = scene_at(0.0, latitude_deg=33.7, longitude_deg=76.4, observer=(33.7, 73.1, "Islamabad"), future=(), past=())
    world = shown(114, 31, scene, MapOptions(centre_longitude_deg=70.0))
    rows = [world.canvas.text(row) for row in range(31)]
    assert any("⌂◉" in row for row in rows)
    text = "\n".join(rows)
    assert "IslamabadTiangong" not in text
    assert "TiangongIslamabad" not in text
    assert "◉Islamabad" not in text
    assert "◉ Islamabad" not in text, "it would read as the name of the station"
    assert "Islamabad" in text
    assert "Tiangong" in text


# -- what is named -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sea", places._areas("sea"), ids=lambda sea: f"{sea.name} {sea.longitude_deg:.0f}")
def test_seas_stand_on_water(sea: places.NamedPlace) -> None:
    sampler = land_for(0.25)
    around = [(0.0, 0.0), (0.5, 0.0), (-0.5, 0.0), (0.0, 0.7), (0.0, -0.7)]
    assert not any(sampler.at(sea.latitude_deg + north, sea.longitude_deg + east) for north, east in around)


def test_countries_stand_on_land() -> None:
    sampler, countries = land_for(0.25), places._areas("country")
    wet = [c.name for c in countries if not sampler.at(c.latitude_deg, c.longitude_deg)]
    assert len(countries) > 140
    assert len(wet) <= 4, wet  # islands smaller than the squares of the grid


TOWNS_BEYOND_THE_LIST = {"Hotan": (37.117, 79.917), "Swakopmund": (-22.683, 14.533)}
"""From Wikipedia's pages on these towns; the others are in the embedded list."""


def test_ground_stations_lie_near_the_towns_whose_names_they_have() -> None:
    towns = {"Kashi": "Kashgar"}
    apart_km = {}
    for name, position in places.ground_stations():
        try:
            town = find_place(towns.get(name, name))
            expected = town.latitude_deg, town.longitude_deg
        except PlaceError:
            expected = TOWNS_BEYOND_THE_LIST[name]
        sight = (a - b for a, b in zip(direction(*position), direction(*expected), strict=True))
        apart_km[name] = 6371.0 * hypot(*sight)
    assert len(apart_km) == 11
    assert max(apart_km.values()) < 60.0, apart_km


def test_anomaly_is_closed_and_holds_its_weakest_point() -> None:
    outline = places.anomaly()
    assert outline[0] == outline[-1]
    assert min(lat for lat, _ in outline) < -23.8 < max(lat for lat, _ in outline)
    assert min(lon for _, lon in outline) < -58.9 < max(lon for _, lon in outline)


def test_scale_bar_has_the_length_it_names() -> None:
    for zoom in ZOOMS[2:]:
        world = shown(114, 31, scene_at(0.0), MapOptions(zoom=zoom, centre_latitude_deg=40.0))
        assert world.flat is not None
        bar = scale_bar(world.flat)
        length_km = float(bar.split()[-2])
        cells_long = bar.index("┤") + 1
        north, _ = world.flat.middle
        cell_km = world.flat.cell_deg * 111.195 * cos(radians(north))
        assert abs(cells_long * cell_km - length_km) <= 0.6 * cell_km


def test_degree_ticks_name_the_cell_they_stand_on() -> None:
    world = shown(114, 31, scene_at(0.0), MapOptions(zoom=4.0, centre_latitude_deg=40.0, centre_longitude_deg=175.0))
    assert world.flat is not None
    ticks = degree_ticks(world.flat)
    assert any("W" in text for _, _, text in ticks)
    assert any("E" in text for _, _, text in ticks)
    for column, row, text in ticks:
        degrees = int(text.rstrip("NSEW°")) * (-1 if text[-1] in "SW" else 1)
        if row == 30:
            place = world.flat.place(column + len(text) // 2, row)
            assert place is not None
            assert abs((place[1] - degrees + 180) % 360 - 180) <= world.flat.cell_deg
        else:
            place = world.flat.place(column, row)
            assert place is not None
            assert abs(place[0] - degrees) <= world.flat.row_deg
