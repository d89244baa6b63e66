"""Ships that come and go in the model of the station: a function of the instant alone, and the same in words."""

from __future__ import annotations

from itertools import pairwise
from math import hypot

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.astro.vectors import dot
from sim.chronicle import embedded_chronicle
from sim.chronicle.model import PortStay
from sim.movements import NOTHING_MOVES, WINDOW_S, movements_at
from sim.time import parse_instant
from tests.support.dashboard import make_app
from tests.support.operating import operating
from tui.config.options import DashboardOptions
from tui.drawing.styled_text import plain
from tui.model.assembly import PORTS, Placed, placed_vehicles
from tui.model.docking import FARTHEST_M, MOST_ROOM_M, movements_text, room_m
from tui.model.scene import fitted_camera
from tui.model.vectors import along
from tui.widgets.model.station_model import StationModel

BOOK = embedded_chronicle()
FLOWN = [stay for stay in BOOK.stays if not stay.permanent]


def placed_at(unix_s: float) -> dict[str, Placed]:
    return {one.vehicle: one for one in placed_vehicles(BOOK.at(unix_s), movements_at(BOOK, unix_s))}


def apart_m(vehicle: Placed, stay: PortStay) -> float:
    """How far a vehicle is from a port; it must stand on the port's axis and look along it."""
    face_m, axis = PORTS[stay.port]
    assert vehicle.axis == axis
    offset_m = along(vehicle.origin_m, (-1.0, face_m))
    assert dot(offset_m, axis) == pytest.approx(hypot(*offset_m), abs=1e-9)
    return hypot(*offset_m)


@pytest.mark.parametrize("stay", FLOWN, ids=lambda stay: f"{stay.vehicle}-{stay.port}-{stay.begin.date}")
def test_vehicle_comes_along_the_axis_docks_at_the_instant_and_leaves(stay: PortStay) -> None:
    begin_s = stay.begin.unix_s
    before = [placed_at(begin_s - left_s)[stay.vehicle] for left_s in (1000.0, 600.0, 300.0, 60.0, 1.0)]
    distances_m = [apart_m(vehicle, stay) for vehicle in before]
    assert distances_m == sorted(distances_m, reverse=True)
    assert FARTHEST_M >= distances_m[0] > 40.0
    assert 0.0 < distances_m[-1] < 0.01
    for later_s in (0.0, 1.0, 3600.0):
        assert apart_m(placed_at(begin_s + later_s)[stay.vehicle], stay) == 0.0
    if stay.end is not None:
        after = [placed_at(stay.end.unix_s + gone_s)[stay.vehicle] for gone_s in (0.0, 60.0, 600.0)]
        gone_m = [apart_m(vehicle, stay) for vehicle in after] if not _is_laboratory(stay) else [0.0, 1.0, 2.0]
        assert gone_m == sorted(gone_m)
        assert gone_m[0] == 0.0 < gone_m[1]


def _is_laboratory(stay: PortStay) -> bool:
    return stay.vehicle in {"Wentian", "Mengtian"}  # they are turned to their own port


@given(st.sampled_from(FLOWN), st.floats(-1500.0, 1500.0))
@settings(max_examples=150)
def test_positions_are_a_continuous_function_of_the_instant(stay: PortStay, offset_s: float) -> None:
    unix_s = stay.begin.unix_s + offset_s
    here, there = placed_at(unix_s), placed_at(unix_s + 0.5)
    assert here == placed_at(unix_s)  # nothing is remembered
    for name in here.keys() & there.keys():
        moved_m = along(there[name].origin_m, (-1.0, here[name].origin_m))
        assert hypot(*moved_m) <= 2.0 * FARTHEST_M / WINDOW_S * 0.5 + 1e-9


def test_movements_are_nothing_at_most_instants() -> None:
    assert movements_at(BOOK, parse_instant("2026-06-15T00:00:00Z")) is NOTHING_MOVES
    assert movements_at(BOOK, parse_instant("2021-01-01T00:00:00Z")) is NOTHING_MOVES


def test_laboratory_turns_evenly_from_its_first_port_to_its_own() -> None:
    begin_s, end_s = parse_instant("2022-11-03T00:48:00Z"), parse_instant("2022-11-03T01:32:00Z")
    axes = [placed_at(begin_s + share * (end_s - begin_s - 1e-3))["Mengtian"].axis for share in (0.0, 0.5, 1.0)]
    for axis, expected in zip(axes, ((1.0, 0.0, 0.0), (0.5**0.5, -(0.5**0.5), 0.0), (0.0, -1.0, 0.0)), strict=True):
        assert axis == pytest.approx(expected, abs=1e-4)
    assert apart_m(placed_at(end_s)["Mengtian"], next(s for s in BOOK.stays if s.port == "port side")) == 0.0


def test_picture_opens_and_closes_without_a_jump() -> None:
    docking_s = parse_instant("2024-10-30T03:00:00Z")

    def scale(unix_s: float) -> float:
        framed = placed_vehicles(BOOK.at(unix_s), movements_at(BOOK, unix_s), room_m)
        return fitted_camera(tuple(framed), 110, 34, azimuth_deg=0.0, elevation_deg=20.0).columns_per_m

    scales = [scale(docking_s - WINDOW_S - 10.0 + 2.0 * step) for step in range(650)]
    assert max(abs(one - other) for one, other in pairwise(scales)) < 0.05
    assert min(scales) > scales[0] / (1.0 + MOST_ROOM_M / 15.0)
    rooms = [room_m(move) for move in movements_at(BOOK, docking_s - 1e-6).near]
    assert rooms == [pytest.approx(0.0, abs=1e-6)]


@pytest.mark.parametrize(
    ("instant", "text"),
    [
        ("2024-10-30T02:53:40Z",
         "Shenzhou-19 docks at the forward port in 6 min 20 s (schematic: the flight is not recorded)."),
        ("2024-11-03T08:12:30Z", "Shenzhou-18 left the nadir port 30 s ago (schematic: the flight is not recorded)."),
        ("2021-09-18T05:50:00Z",
         "Tianzhou-2 docks at the forward port in about 10 min 00 s (schematic: the flight is not recorded)."),
        ("2022-11-03T01:10:00Z", "Mengtian is being turned from the forward port to its own, 50% done "
         "(schematic: the flight is not recorded)."),
        ("2024-10-30T03:00:00Z", ""),
    ],
)  # fmt: skip
def test_movements_text_says_what_the_picture_shows(instant: str, text: str) -> None:
    assert movements_text(movements_at(BOOK, parse_instant(instant))) == text


@pytest.mark.parametrize("theme", ["tiangong", "mono"])
async def test_station_model_moves_forwards_and_backwards_and_says_so(theme: str) -> None:
    app = make_app("2024-10-30T02:52:00Z", options=DashboardOptions(offline=True, view="model", theme=theme))
    async with operating(app, size=(110, 36)) as pilot:
        model = app.screen.query_one(StationModel)
        model.turns = False
        pictures = []
        for key in ("greater_than_sign", "greater_than_sign", "less_than_sign", "less_than_sign"):
            await pilot.press(key)
            pictures.append([str(row) for row in model._content_lines])
            assert "Shenzhou-19 docks at the forward port in" in " ".join(
                "".join(plain(row)) for row in model._content_lines
            )
        assert pictures[0] == pictures[2]
        assert pictures[0] != pictures[1] != pictures[3]
        assert "Shenzhou-19" in set(model.keys())
