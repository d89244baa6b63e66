"""The station in three dimensions on the screen: beside the timeline, full screen, by keys and by the mouse."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from tests.support.dashboard import make_app
from tests.support.operating import operating
from tui.app import TiangongApp
from tui.config.options import DashboardOptions
from tui.drawing.styled_text import plain
from tui.model.scene import STAR_GLYPH
from tui.views.missions.mission import MissionDetail
from tui.widgets.model.station_model import StationModel

AT = "2026-06-15T03:00:00Z"


def model(app: TiangongApp) -> StationModel:
    return app.screen.query_one(StationModel)


def model_app(at: str = AT, *, theme: str = "tiangong") -> TiangongApp:
    return make_app(at, options=DashboardOptions(offline=True, view="model", theme=theme))


async def lists_are_read(pilot: Pilot[int], app: TiangongApp) -> None:
    """Wait until the threads of the first seconds have brought what the backdrop waits for."""
    while (frame := model(app).newest) is None or frame.altitude is None:
        await pilot.pause(0.05)
    await pilot.pause()


def drawn(app: TiangongApp) -> list[str]:
    """What the model's rows look like: glyphs and colours."""
    return ["".join(f"{run.text}{run.style}" for run in row) for row in model(app)._content_lines]


async def test_missions_view_f_key_opens_the_model_and_returns() -> None:
    app = make_app(AT)
    async with operating(app, size=(120, 36)) as pilot:
        await pilot.press("3", "f")
        assert app.current_mode == "model"
        assert any("▀" in row for row in drawn(app))
        await pilot.press("f")
        assert app.current_mode == "missions"


@pytest.mark.validation
@pytest.mark.parametrize("size", [(80, 24), (120, 36), (160, 45), (250, 70)], ids=str)
async def test_missions_view_at_every_size_contains_the_model(size: tuple[int, int]) -> None:
    app = make_app(AT)
    async with operating(app, size=size) as pilot:
        await pilot.press("3", "v", "v", "v")
        assert model(app).active
        assert model(app).content_size.area > 100
        assert any("▀" in row for row in drawn(app))


async def test_station_model_arrow_keys_turn_it_and_stop_its_rotation() -> None:
    app = model_app()
    async with operating(app, size=(110, 36)) as pilot:
        assert model(app).turns
        before = drawn(app)
        await pilot.press("right")
        assert not model(app).turns
        turned = drawn(app)
        assert turned != before
        await pilot.press("left")
        assert drawn(app) == before
        await pilot.press("pageup")
        assert drawn(app) != before
        await pilot.press("plus", "0")
        assert drawn(app) == before
        assert model(app).turns


async def test_station_model_tab_selects_parts_and_enter_opens_their_page() -> None:
    app = model_app()
    async with operating(app, size=(160, 45)) as pilot:
        seen = []
        for _ in range(5):
            await pilot.press("tab")
            seen.append(model(app).cursor)
        assert set(seen) == {"Tianhe", "Wentian", "Mengtian", "Shenzhou-23", "Tianzhou-10"}
        await pilot.press("enter")
        detail = app.screen.query_one(MissionDetail)
        assert detail.display
        assert seen[-1] in detail.text
        await pilot.press("escape")
        assert not detail.display
        assert app.current_mode == "model"


async def test_station_model_click_on_a_part_opens_its_page() -> None:
    app = model_app()
    async with operating(app, size=(160, 45)) as pilot:
        picture = model(app)._picture.latest
        assert picture is not None
        width, height = model(app).content_size
        spots = [(x, y) for y in range(height) for x in range(width) if picture.vehicle_at(x, y) == "Mengtian"]
        x, y = spots[len(spots) // 2]
        await pilot.click(StationModel, offset=(x + 1, y + 1))
        await pilot.pause()
        assert "Mengtian" in app.screen.query_one(MissionDetail).text
        assert model(app).cursor == "Mengtian"


async def test_station_model_drag_turns_and_opens_nothing() -> None:
    app = model_app()
    async with operating(app, size=(160, 45)) as pilot:
        before = drawn(app)
        await pilot.mouse_down(StationModel, offset=(60, 20))
        await pilot.hover(StationModel, offset=(70, 22))
        await pilot.mouse_up(StationModel, offset=(70, 22))
        await pilot.pause()
        assert drawn(app) != before
        assert not app.screen.query_one(MissionDetail).display


async def test_station_model_at_later_instants_has_more_parts() -> None:
    counts = []
    for at in ("2021-05-15T00:00:00Z", "2022-08-15T00:00:00Z", AT):
        app = model_app(at)
        async with operating(app, size=(110, 36)):
            counts.append(len(model(app).keys()))
    assert counts == [1, 4, 5]


@pytest.mark.parametrize("theme", ["ansi-dark", "textual-ansi"])
async def test_station_model_with_terminal_colours_is_text(theme: str) -> None:
    app = model_app(theme=theme)
    async with operating(app, size=(110, 36)):
        text = " ".join(plain(row).strip() for row in model(app)._content_lines)
        if app.native_ansi_color:
            assert "Shenzhou-23 below, at the nadir port" in text
            assert "Attitude assumed" in text


async def test_station_model_red_theme_is_only_red() -> None:
    app = model_app(theme="tiangong-red")
    async with operating(app, size=(110, 36)):
        colours = [
            model(app)._mixed(run.style)
            for row in model(app)._content_lines
            for run in row
            if run.style.startswith("#")
        ]
        assert colours
        for style in colours:
            assert style.color is not None
            red, green, blue = style.color.get_truecolor()
            assert max(green, blue) <= red // 4 + 2


async def test_station_model_at_unknown_place_is_drawn_without_earth_and_says_so() -> None:
    app = model_app("2026-11-20T12:00:00Z")
    async with operating(app, size=(120, 36)) as pilot:
        await lists_are_read(pilot, app)
        rows = drawn(app)
        text = "\n".join(plain(row) for row in model(app)._content_lines)
        assert any("▀" in row for row in rows)
        assert "Its light is not known at this instant" in text
        assert STAR_GLYPH not in text


async def test_station_model_shows_the_earth_below_once_the_first_lists_are_there() -> None:
    app = model_app()
    async with operating(app, size=(120, 36)) as pilot:
        await lists_are_read(pilot, app)
        lowest = model(app)._content_lines[-4]
        assert len({run.style for run in lowest}) > 5
