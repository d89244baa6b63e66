"""The map in the station's view: wheel, keys, drag, menu, layers, and what is kept of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import pytest
from textual.events import MouseScrollDown, MouseScrollUp
from textual.widgets import OptionList

from sim.orbit.element_history import ElementHistory
from sim.orbit.tle import parse_tle
from sim.time import parse_instant
from tests.support.dashboard import make_app, notifications
from tests.support.operating import operating
from tests.support.orbits import LINES
from tui.config.map_layers import MAP_LAYERS
from tui.config.options import DashboardOptions
from tui.config.settings import MAP_LAYERS as LAYER_NAMES
from tui.config.settings import SHOWN_LAYERS, Settings
from tui.config.settings_store import read_settings
from tui.map.palette import Role
from tui.map.scene import ZOOMS, MapStyle
from tui.views.dialogs.layers import LayerList
from tui.views.dialogs.map_place import MapPlace
from tui.views.station.view import StationView
from tui.widgets.map import world_map_panel
from tui.widgets.map.station_map import StationMap
from tui.widgets.map.world_map_panel import GroundTrack

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from tui.app import TiangongApp

Turn = TypeVar("Turn", MouseScrollUp, MouseScrollDown)
EVENING = "2026-10-01T14:16:00Z"
"""The station is in sunlight and over the night."""


@pytest.fixture(autouse=True)
def _truecolor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr("textual.constants.COLOR_SYSTEM", "truecolor")
    monkeypatch.setattr(world_map_panel, "SETTLED_S", 0.01)


def track_of(app: TiangongApp) -> GroundTrack:
    view = app.screen_stack[0]
    assert isinstance(view, StationView)
    return view.map


async def settled(app: TiangongApp, pilot: Pilot[int]) -> None:
    await pilot.pause()
    await pilot.pause(0.1)
    await pilot.pause()


@pytest.mark.parametrize("size", [(80, 24), (160, 45), (250, 70)])
async def test_station_map_keys_zoom_pan_and_are_kept(size: tuple[int, int]) -> None:
    app = make_app(EVENING)
    async with operating(app, size=size) as pilot:
        await settled(app, pilot)
        track = track_of(app)
        assert track.options.zoom == 1.0
        await pilot.press("plus", "plus", "plus", "plus")
        assert track.options.zoom == 4.0
        before = track.middle
        await pilot.press("right", "up")
        after = track.middle
        assert before is not None
        assert after is not None
        assert (after[1] - before[1]) % 360.0 == pytest.approx(90.0 / 8, abs=1.0)
        assert after[0] > before[0]
        await settled(app, pilot)
        kept = read_settings().settings
        assert kept.map_zoom == 4.0
        assert kept.map_longitude_deg == pytest.approx(track.options.centre_longitude_deg, abs=0.01)
        assert kept.map_latitude_deg == pytest.approx(track.options.centre_latitude_deg, abs=0.01)
        await pilot.press("0")
        assert track.options.zoom == 1.0
        await settled(app, pilot)
    again = make_app(EVENING, options=DashboardOptions(offline=True, settings=kept))
    async with operating(again, size=size) as pilot:
        assert track_of(again).options.zoom == 4.0
        assert track_of(again).options.centre_longitude_deg == kept.map_longitude_deg


async def test_station_map_c_follows_the_station_and_stays() -> None:
    app = make_app(EVENING)
    async with operating(app, size=(120, 36)) as pilot:
        await settled(app, pilot)
        track = track_of(app)
        await pilot.press("plus", "plus", "right", "plus")
        assert track.options.centre_longitude_deg is not None
        await settled(app, pilot)
        assert "c follow" in pilot.text.splitlines()[-1]
        await pilot.press("c")
        assert track.options.centre_longitude_deg is None
        await settled(app, pilot)
        assert "c follow" not in pilot.text.splitlines()[-1]
        await pilot.pause()
        assert "◉" in "".join(world.canvas.glyphs) if (world := track._map) else False
        await settled(app, pilot)
        assert read_settings().settings.map_follow
        await pilot.press("c")
        assert track.options.centre_longitude_deg is not None
        assert track.options.zoom == 3.0


@pytest.mark.parametrize("style", [MapStyle.EARTH, MapStyle.GLOBE])
@pytest.mark.parametrize("size", [(80, 24), (160, 45)])
async def test_station_map_comes_nearer_at_the_station_and_flies_along(size: tuple[int, int], style: MapStyle) -> None:
    app = make_app(EVENING, options=DashboardOptions(offline=True, settings=Settings(map_style=style.value)))
    async with operating(app, size=size) as pilot:
        track = track_of(app)
        whole = track.options
        for _ in ZOOMS[1:]:
            await pilot.press("plus")
            assert "◉" in _shown(track), track.options.zoom
        assert track.options.zoom == ZOOMS[-1]
        assert track.options.centre_longitude_deg is None
        for _ in range(9):
            await pilot.press("greater_than_sign")
            assert "◉" in _shown(track)
        await pilot.press("0")
        assert track.options == whole


async def test_station_map_comes_nearer_at_the_place_where_the_station_is_not_known() -> None:
    app = make_app("2026-10-01T14:16:00Z")
    async with operating(app, size=(120, 36)) as pilot:
        app.seek(parse_instant("2035-01-01T00:00:00Z"))
        await settled(app, pilot)
        track = track_of(app)
        await pilot.press(*["plus"] * 6)
        assert track.options.zoom == 8.0
        assert "⌂" in _shown(track)
        assert "c follow" not in pilot.text.splitlines()[-1]  # there is nothing to follow
        app.seek(parse_instant(EVENING))
        await settled(app, pilot)
        assert "◉" in _shown(track)


async def test_globe_that_cannot_be_moved_says_so_also_where_the_station_is_not_known() -> None:
    settings = Settings(map_style="globe")
    app = make_app("2021-05-10T00:00:00Z", options=DashboardOptions(offline=True, settings=settings))
    async with operating(app, size=(120, 36)) as pilot:
        app.seek(parse_instant("2035-01-01T00:00:00Z"))
        await settled(app, pilot)
        await pilot.press("right")
        await settled(app, pilot)
        assert "this picture cannot be moved: m goes on to a map that can" in notifications(app)


async def test_station_map_that_the_person_has_moved_comes_nearer_where_it_lies() -> None:
    app = make_app(EVENING)
    async with operating(app, size=(120, 36)) as pilot:
        track = track_of(app)
        await pilot.press("left", "plus")
        assert track.options.zoom == 1.5
        assert track.options.centre_longitude_deg == pytest.approx(105.0 - 45.0, abs=3.0)


async def test_station_map_wheel_zooms_at_the_pointer() -> None:
    app = make_app(EVENING)
    async with operating(app, size=(160, 45)) as pilot:
        await settled(app, pilot)
        track = track_of(app)
        await pilot.hover(StationMap, offset=(31, 13))
        place = track.place_at(30, 12)
        assert place is not None
        for _ in range(4):
            track.on_mouse_scroll_up(_scroll(MouseScrollUp, track, 30, 12))
            await pilot.pause()
        assert track.options.zoom == 4.0
        assert track._map is not None
        assert track._map.flat is not None
        cell = track._map.flat.cell(*place)
        assert cell is not None
        assert abs(cell[0] - 30) <= 2
        assert abs(cell[1] - 12) <= 2
        track.on_mouse_scroll_down(_scroll(MouseScrollDown, track, 30, 12))
        assert track.options.zoom == 3.0


def _scroll(kind: type[Turn], track: GroundTrack, x: int, y: int) -> Turn:
    at = track.content_region
    return kind(track, x, y, 0, 0, 0, False, False, False, at.x + x, at.y + y)


async def test_station_map_drag_moves_it_and_is_no_click() -> None:
    app = make_app(EVENING)
    async with operating(app, size=(160, 45)) as pilot:
        await settled(app, pilot)
        track = track_of(app)
        place = track.place_at(40, 15)
        await pilot.mouse_down(StationMap, offset=(41, 16))
        await pilot.hover(StationMap, offset=(51, 16))
        await pilot.mouse_up(StationMap, offset=(51, 16))
        await settled(app, pilot)
        assert isinstance(app.screen, StationView), "no menu"
        moved = track.place_at(50, 15)
        assert place is not None
        assert moved is not None
        assert (moved[1] - place[1] + 180.0) % 360.0 - 180.0 == pytest.approx(0.0, abs=3.2)


async def test_station_map_click_offers_to_look_and_to_be_there() -> None:
    app = make_app(EVENING)
    async with operating(app, size=(160, 45)) as pilot:
        await settled(app, pilot)
        track = track_of(app)
        assert track._map is not None
        assert track._map.flat is not None
        cell = track._map.flat.cell(31.2, 121.4)
        assert cell is not None
        await pilot.click(StationMap, offset=(cell[0] + 1, cell[1] + 1))
        await settled(app, pilot)
        assert isinstance(app.screen, MapPlace)
        options = app.screen.query_one(OptionList)
        texts = [str(options.get_option_at_index(n).prompt) for n in range(options.option_count)]
        assert texts[0].startswith("Look here")
        assert any("my place" in text for text in texts[1:])
        await pilot.press("enter")
        await settled(app, pilot)
        assert track.options.zoom == 4.0
        await pilot.press("enter", "down", "enter")
        await settled(app, pilot)
        assert app.session.place.country == "CN"
        assert read_settings().settings.place == app.session.place


async def test_station_map_menu_escape_changes_nothing() -> None:
    app = make_app(EVENING)
    async with operating(app, size=(80, 24)) as pilot:
        await settled(app, pilot)
        place, options = app.session.place, track_of(app).options
        await pilot.press("enter")
        await settled(app, pilot)
        assert isinstance(app.screen, MapPlace)
        await pilot.press("escape")
        await settled(app, pilot)
        assert app.session.place == place
        assert track_of(app).options == options


def test_map_layers_names_are_those_of_the_settings() -> None:
    assert tuple(layer.name for layer in MAP_LAYERS) == LAYER_NAMES
    assert len({layer.key for layer in MAP_LAYERS}) == len(MAP_LAYERS)
    assert not {layer.key for layer in MAP_LAYERS} & {"l", "q"}, "these close the list"


@pytest.mark.parametrize("size", [(80, 24), (160, 45)])
async def test_layers_are_shown_and_hidden_by_key_and_click_and_kept(size: tuple[int, int]) -> None:
    app = make_app(EVENING)
    async with operating(app, size=size) as pilot:
        await settled(app, pilot)
        assert track_of(app).options.layers == frozenset(SHOWN_LAYERS)
        await pilot.press("l")
        await settled(app, pilot)
        assert isinstance(app.screen, LayerList)
        await pilot.press("a")
        await settled(app, pilot)
        assert "anomaly" in track_of(app).options.layers
        assert "anomaly" in read_settings().settings.map_layers
        await pilot.click(OptionList, offset=(8, 0))
        await settled(app, pilot)
        assert "horizon" not in track_of(app).options.layers
        options = app.screen.query_one(OptionList)
        texts = [str(options.get_option_at_index(n).prompt) for n in range(options.option_count)]
        assert texts[0].startswith("[ ] h")
        assert texts[1].startswith("[x] v")
        assert texts[-1].startswith("[x] a")
        await pilot.press("escape")
        await settled(app, pilot)
        assert isinstance(app.screen, StationView)
        world = track_of(app)._map
        assert world is not None
        assert Role.ANOMALY in world.canvas.inks
        assert Role.FOOTPRINT not in world.canvas.inks


async def test_layers_of_a_view_without_map_say_so() -> None:
    app = make_app(EVENING, options=DashboardOptions(offline=True, view="crew"))
    async with operating(app, size=(120, 36)) as pilot:
        await settled(app, pilot)
        await pilot.press("L")
        await settled(app, pilot)
        assert not isinstance(app.screen, LayerList)


async def test_window_shows_the_earth_below_and_returns() -> None:
    app = make_app(EVENING)
    async with operating(app, size=(160, 45)) as pilot:
        await settled(app, pilot)
        await pilot.press("W")
        await settled(app, pilot)
        assert track_of(app).options.style is MapStyle.WINDOW
        assert read_settings().settings.map_style == "window"
        await pilot.press("W")
        assert track_of(app).options.style is MapStyle.EARTH


def test_settings_with_odd_map_values_use_the_defaults(tmp_path: object) -> None:
    from pathlib import Path

    path = Path(str(tmp_path)) / "settings.toml"
    path.write_text('[map]\nzoom = 99\nlongitude_deg = "east"\nlayers = ["anomaly", "unheard"]\n', encoding="utf-8")
    found = read_settings(path)
    assert len(found.problems) == 3
    assert found.settings.map_zoom == Settings().map_zoom
    assert found.settings.map_layers == SHOWN_LAYERS


async def test_map_at_an_instant_without_a_position_keeps_nothing_of_the_one_before() -> None:
    app = make_app("2026-08-22T16:01:00Z", orbit=ElementHistory([parse_tle(*LINES["decaying module"])]))
    async with operating(app, size=(100, 34)) as pilot:
        app.draw()
        await pilot.pause()
        world = app.screen.query_one(StationMap)
        assert "◉" in _shown(world)
        app.seek(parse_instant("2021-05-10T00:00:00Z"))
        await pilot.pause()
        assert app.session.frame().status.position is None
        assert world.captions[1] == "position unknown"
        assert not {"◉", "▸"} & set(_shown(world))
        await pilot.press("backspace")
        assert "◉" in _shown(world)


def _shown(world: GroundTrack) -> str:
    """What stands in the map, without blanks."""
    return "".join(world.render_line(y).text for y in range(world.size.height)).strip()
