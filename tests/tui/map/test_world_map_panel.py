"""The map as a widget: bytes to the terminal, colours, mouse and sizes."""

from __future__ import annotations

from itertools import combinations
from unittest.mock import patch

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rich.color import Color, ColorSystem
from textual.geometry import Size
from textual.strip import Strip
from textual.theme import Theme

from tests.support.dashboard import make_app
from tests.support.map_cases import BareMap, MapApp, Terminal, cells, expected_row, scene_at, shown
from tests.support.operating import operating
from tui.cli.commands.snap import screen_text
from tui.drawing.canvas import PACKED
from tui.map.palette import PALETTES, Role, palette
from tui.map.scene import MapOptions, MapScene, MapStyle
from tui.map.world_map import WorldMap
from tui.widgets.map.map_colours import LEAST_STYLES, theme_variable
from tui.widgets.map.station_map import StationMap
from tui.widgets.map.world_map_panel import CENTRES_DEG, STYLES, GroundTrack
from tui.widgets.model.station_model import StationModel

FRAME_S = 6.0
"""Simulated time a frame in the budgets: 60 times real time at ten frames a second."""


@pytest.fixture(autouse=True)
def _truecolor(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same colours wherever the tests run."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr("textual.constants.COLOR_SYSTEM", "truecolor")


def painted(app: MapApp) -> str:
    """The text of the whole screen as it was composed."""
    return screen_text(app.screen)


def world_of(track: GroundTrack) -> WorldMap:
    assert track._map is not None
    return track._map


def assert_terminal_shows(app: MapApp, terminal: Terminal) -> None:
    """The terminal's cells inside the widget are the map's."""
    track = app.track
    region = track.content_region
    for row in range(region.height):
        found = terminal.row(region.y + row, region.x, region.right)
        assert found == expected_row(track, world_of(track), row), f"row {row}"


# -- differential: the bytes written against the widget ------------------------------------------------------


async def replay(
    size: tuple[int, int], options: MapOptions, instants: list[float], sizes: list[tuple[int, int]] | None = None
) -> None:
    """Run a real app through instants, replay all it writes, and compare after each."""
    app = MapApp(scene_at(instants[0]), options)
    async with operating(app, size=size) as pilot:
        written, terminal = app.record(), Terminal(*size)
        app.screen.refresh()
        app.refresh()
        await pilot.pause()
        for number, seconds in enumerate(instants):
            if sizes and number < len(sizes):
                await pilot.resize_terminal(*sizes[number])
                await pilot.pause()
                terminal.screen.resize(sizes[number][1], sizes[number][0])
            app.track.show_scene(scene_at(seconds))
            await pilot.pause()
            terminal.feed(written)
            written.clear()
            assert_terminal_shows(app, terminal)
            fresh = shown(*app.track.content_size, scene_at(seconds), world_of(app.track).options)
            assert cells(world_of(app.track)) == cells(fresh)


@pytest.mark.parametrize("style", [MapStyle.EARTH, MapStyle.BRAILLE, MapStyle.HALF, MapStyle.GLOBE])
async def test_ground_track_after_small_steps_terminal_shows_the_map(style: MapStyle) -> None:
    await replay((90, 30), MapOptions(style=style), [1000.0 + FRAME_S * i for i in range(16)])


async def test_ground_track_after_jumps_terminal_shows_the_map() -> None:
    instants = [0.0, 30.0, 29.0, 5000.0, 86400.0 * 90, 86400.0 * 90 + 90.0, -7200.0, -7199.0]
    for style in (MapStyle.BRAILLE, MapStyle.EARTH):
        await replay((120, 36), MapOptions(style=style, centre_longitude_deg=None), instants)


@settings(max_examples=12)
@given(st.lists(st.floats(-4000, 4000), min_size=2, max_size=8), st.integers(24, 110), st.integers(8, 40))
@example([2771.0, -1.0], 24, 8)  # over the equator within a dot
async def test_ground_track_after_any_changes_terminal_shows_the_map(
    moves: list[float], width: int, height: int
) -> None:
    await replay((width, height), MapOptions(), [sum(moves[:n]) for n in range(1, len(moves) + 1)])


async def test_ground_track_after_resizes_terminal_shows_the_map() -> None:
    sizes = [(80, 24), (31, 9), (160, 45), (12, 40), (100, 31), (101, 31)]
    await replay((90, 30), MapOptions(), [1000.0 + i for i in range(len(sizes))], sizes)


# -- budgets ---------------------------------------------------------------------------------------------------


async def frames(size: tuple[int, int], count: int, step_s: float = FRAME_S) -> tuple[float, float, float]:
    """Mean bytes a frame, bytes of a whole repaint, and the share of the map's rows rendered anew a frame."""
    app = MapApp(scene_at(1000.0), bare=True)
    async with operating(app, size=size) as pilot:
        written = app.record()
        app.screen.refresh()
        await pilot.pause()
        whole = sum(len(data.encode()) for data in written)
        written.clear()
        track, drawn = app.track, 0
        render_line = track.render_line

        def counted(y: int) -> Strip:
            nonlocal drawn
            drawn += 1
            return render_line(y)

        track.__dict__["render_line"] = counted
        for number in range(1, count + 1):
            track.show_scene(scene_at(1000.0 + step_s * number))
            await pilot.pause()
        mean = sum(len(data.encode()) for data in written) / count
        return mean, whole, drawn / count / size[1]


async def test_ground_track_moving_frame_writes_few_bytes() -> None:
    mean, whole, _ = await frames((160, 45), 100)
    assert mean <= 4200  # of a changed row Textual writes all from the widget's left edge to the change
    assert mean <= whole / 10


@pytest.mark.parametrize(("size", "budget"), [((80, 24), 1000), ((106, 30), 2000), ((250, 70), 13000)])
async def test_ground_track_at_other_sizes_writes_few_bytes(size: tuple[int, int], budget: int) -> None:
    mean, _, _ = await frames(size, 60)
    assert mean <= budget


async def test_ground_track_moving_frame_draws_few_cells() -> None:
    _, _, share = await frames((160, 45), 100)
    assert 0.0 < share <= 0.08


async def test_ground_track_changed_row_is_painted_as_one_stretch() -> None:
    app = MapApp(scene_at(1000.0), MapOptions(style=MapStyle.EARTH), bare=True)
    async with operating(app, size=(160, 45)):
        with patch.object(app.track, "refresh") as refresh:
            for number in range(1, 41):
                app.track.show_scene(scene_at(1000.0 + FRAME_S * number))
        painted = [[region.y for region in call.args] for call in refresh.call_args_list]
        assert max(map(len, painted)) > 15  # the light moves on
        assert all(len(rows) == len({*rows}) for rows in painted)


async def test_ground_track_at_rate_one_writes_few_bytes() -> None:
    mean, _, _ = await frames((160, 45), 60, step_s=1.0)
    assert mean <= 1000


async def test_ground_track_unchanged_scene_writes_nothing() -> None:
    mean, _, share = await frames((160, 45), 10, step_s=0.001)
    assert mean == share == 0


# -- colours -----------------------------------------------------------------------------------------------------


def colour_of(track: GroundTrack, role: Role) -> Color | None:
    style = track.colours.style(int(Role.COAST_DAY), role, track.options.style)
    return style.bgcolor


async def test_ground_track_theme_chooses_the_palette() -> None:
    app = MapApp(scene_at(1000.0))
    async with operating(app, size=(90, 30)) as pilot:
        for name in ("red", "contrast"):
            app.register_theme(Theme(name=name, primary="#ff0000", dark=True, variables={"map-palette": name}))
        for theme, chosen in [
            ("textual-dark", "dark"),
            ("textual-light", "light"),
            ("red", "red"),
            ("contrast", "contrast"),
            ("ansi-dark", "ansi"),
            ("nord", "dark"),
        ]:
            app.theme = theme
            await pilot.pause()
            for role in (Role.SEA_DAY, Role.LAND_NIGHT):
                colour = palette(chosen, "truecolor").colours()[role]
                assert colour_of(app.track, role) == (Color.parse(colour) if colour else None), theme


async def test_ground_track_after_theme_change_terminal_shows_it() -> None:
    app = MapApp(scene_at(1000.0))
    async with operating(app, size=(90, 30)) as pilot:
        written, terminal = app.record(), Terminal(90, 30)
        app.theme = "textual-light"
        await pilot.pause()
        terminal.feed(written)
        assert_terminal_shows(app, terminal)
        backgrounds = {back for row in range(4, 20) for _, _, back in terminal.row(row, 10, 80)}
        assert backgrounds & {colour.removeprefix("#") for colour in PALETTES["light"]["truecolor"].land}


async def test_ground_track_theme_variable_overrides_a_colour() -> None:
    own = {theme_variable(Role.SEA_DAY): "#123456", theme_variable(Role.FUTURE): "#abcdef"}
    app = MapApp(scene_at(1000.0), bare=True)
    async with operating(app, size=(90, 30)) as pilot:
        app.register_theme(Theme("mine", primary="#ffffff", variables=own))
        app.theme = "mine"
        await pilot.pause()
        style = app.track.colours.style(Role.FUTURE, Role.SEA_DAY, app.track.options.style)
        assert style.bgcolor == Color.parse("#123456")
        assert style.color == Color.parse("#abcdef")
        night = app.track.colours.style(Role.PAST, Role.SEA_NIGHT, app.track.options.style)
        assert night.bgcolor == Color.parse(PALETTES["dark"]["truecolor"].sea[4])


def test_theme_variable_of_each_role_is_unique() -> None:
    assert len({theme_variable(role) for role in Role}) == len(Role)
    assert theme_variable(Role.LAND_DAY) == "map-land-day"


@pytest.mark.parametrize(("system", "depth"), [("256", "256"), ("standard", "standard")])
async def test_ground_track_with_fewer_colours_has_its_palette(
    system: str, depth: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("textual.constants.COLOR_SYSTEM", system)
    app = MapApp(scene_at(1000.0), bare=True)
    async with operating(app, size=(90, 30)):
        assert colour_of(app.track, Role.LAND_DAY) == Color.parse(PALETTES["dark"][depth].land[0])


async def test_ground_track_without_colour_shows_light_by_brightness(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = MapApp(scene_at(1000.0), bare=True)
    async with operating(app, size=(90, 30)) as pilot:
        written = app.record()
        app.screen.refresh()
        await pilot.pause()
        terminal = Terminal(90, 30)
        terminal.feed(written)
        backgrounds = {back for row in range(30) for _, _, back in terminal.row(row, 0, 90)}
        assert all(back[:2] == back[2:4] == back[4:] for back in backgrounds)
        assert len(backgrounds) >= 10


async def test_ground_track_with_terminal_colours_shows_night_by_texture() -> None:
    app = MapApp(scene_at(1000.0), bare=True)
    async with operating(app, size=(90, 30)) as pilot:
        app.theme = "ansi-dark"
        await pilot.pause()
        text = "".join(world_of(app.track).canvas.text(row) for row in range(30))
        assert text.count("⠂") > 200


# -- options, sizes, mouse -----------------------------------------------------------------------------------------


async def test_ground_track_cycle_style_and_centre_redraw() -> None:
    app = MapApp(scene_at(1000.0), bare=True)
    async with operating(app, size=(90, 30)) as pilot:
        track, seen = app.track, []
        for _ in STYLES:
            await pilot.pause()
            seen.append([world_of(track).canvas.text(row) for row in range(30)])
            track.cycle_style()
        assert all(one != other for one, other in combinations(seen, 2))
        assert track.options == MapOptions()
        centres = [track.cycle_centre() for _ in CENTRES_DEG]
        assert centres == [*CENTRES_DEG[1:], CENTRES_DEG[0]]
        track.options = MapOptions(style=MapStyle.OCTANT, centre_longitude_deg=-75.0)
        assert track.cycle_style() is STYLES[0]
        assert track.cycle_centre() == CENTRES_DEG[0]


async def test_world_map_following_keeps_the_station_near_the_middle() -> None:
    for seconds in range(0, 5500, 450):
        world = shown(120, 36, scene_at(float(seconds)), MapOptions(centre_longitude_deg=None))
        marker = world.canvas.inks.index(Role.MARKER)
        assert abs(marker % 120 - 60) <= 6


async def test_ground_track_click_gives_the_place() -> None:
    app = MapApp(scene_at(1000.0))
    async with operating(app, size=(90, 30)) as pilot:
        await pilot.click(BareMap, offset=(20, 10))
        await pilot.pause()
        place = app.track.place_at(20, 10)
        assert place is not None
        clicks = [message for message in app.messages if isinstance(message, GroundTrack.Clicked)]
        assert [(click.latitude_deg, click.longitude_deg) for click in clicks] == [place]


async def test_ground_track_before_the_first_scene_is_blank() -> None:
    app = MapApp(None, bare=True)
    async with operating(app, size=(40, 12)) as pilot:
        assert painted(app).strip() == ""
        assert app.track.place_at(3, 3) is None
        app.track.show_scene(scene_at(0.0))
        await pilot.pause()
        assert "◉" in painted(app)


async def test_ground_track_hidden_shows_the_newest_scene_later() -> None:
    app = MapApp(scene_at(0.0), bare=True)
    async with operating(app, size=(80, 24)) as pilot:
        app.track.display = False
        await pilot.pause()
        app.track.show_scene(scene_at(4000.0))
        app.track.display = True
        await pilot.pause()
        assert cells(world_of(app.track)) == cells(shown(80, 24, scene_at(4000.0)))


@pytest.mark.validation
async def test_ground_track_resizing_does_not_crash() -> None:
    app = MapApp(scene_at(0.0))
    sizes = [(1, 1), (2, 40), (160, 50), (7, 3), (60, 2), (59, 31), (3, 70), (250, 1), (80, 24), (9, 4), (10, 5)]
    async with operating(app, size=(80, 24)) as pilot:
        for style in MapStyle:
            app.track.options = MapOptions(style=style)
            for number, (width, height) in enumerate(sizes):
                await pilot.resize_terminal(width, height)
                app.track.show_scene(scene_at(number * 77.0))
                await pilot.pause()
        assert app.track.content_size == Size(1, 1)
        assert app.is_running


async def test_ground_track_scene_with_odd_values_is_shown() -> None:
    app = MapApp(MapScene(90.0, 180.0, -23.4, -180.0), bare=True)
    async with operating(app, size=(80, 24)) as pilot:
        app.track.show_scene(MapScene(-90.0, -180.0, 23.4, 180.0, ((0.0, 180.0),), ((0.0, -180.0),), 90.0))
        await pilot.pause()
        assert app.is_running


async def test_map_colours_of_hours_are_no_more_than_half_the_cells_of_the_screen() -> None:
    """In fast time every frame of the Earth has colours of its own."""
    app = make_app()
    async with operating(app, size=(80, 24)):
        colours = app.screen.query_one(StationMap).colours
        Strip.render_ansi.cache_clear()
        for number in range(5 * 80 * 24):
            style = colours.style(PACKED + number, PACKED + 2 * number, MapStyle.EARTH)
            Strip.render_ansi(style, ColorSystem.TRUECOLOR)
        assert Strip.render_ansi.cache_info().currsize <= max(80 * 24 // 2, LEAST_STYLES) + 1


async def test_picture_colours_of_hours_are_no_more_than_half_the_cells_of_the_screen() -> None:
    """The models of station and sky are painted with ever new colours too."""
    app = make_app()
    async with operating(app, size=(80, 24)) as pilot:
        app.action_view("model")
        await pilot.pause()
        model = app.screen.query_one(StationModel)
        Strip.render_ansi.cache_clear()
        for number in range(5 * 80 * 24):
            Strip.render_ansi(model._run_style(f"#{number:06x}#{2 * number:06x}", ""), ColorSystem.TRUECOLOR)
        assert len(model._run_styles) <= LEAST_STYLES
        assert Strip.render_ansi.cache_info().currsize <= LEAST_STYLES + 1
