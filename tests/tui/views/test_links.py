"""What lies on the screen leads to itself: by click, and by Tab, the arrows and Enter; panels fill the screen."""

from __future__ import annotations

import pytest

from sim.time import parse_instant
from tests.support.dashboard import RECORD_WALK, make_app, panel
from tests.support.operating import operating
from tui.drawing.styled_text import Run
from tui.views.base import View
from tui.views.crew.person import PersonDetail
from tui.views.list_view import ListView
from tui.views.missions.mission import MissionDetail
from tui.views.passes.view import PassesView
from tui.views.spacewalks.spacewalk import SpacewalkDetail
from tui.widgets.links import actions_in, lit
from tui.wording.passes import pass_key

SIZES = [(80, 24), (120, 36), (160, 45), (250, 70)]


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_tab_reaches_every_panel_of_the_station(size: tuple[int, int]) -> None:
    app = make_app()
    async with operating(app, size=size) as pilot:
        app.draw()
        await pilot.pause()
        shown = {w.id for w in app.screen.query("Panel") if w.can_focus and w.region.area}
        assert {"tonight", "crew", "ports", "band", "walks", "telemetry"} <= shown
        seen = set()
        for _ in shown:
            await pilot.press("tab")
            seen.add(app.focused.id if app.focused is not None else "")
        assert seen == shown
        await pilot.press("escape")
        assert app.focused is None


@pytest.mark.parametrize("view", "2345")
async def test_tab_reaches_every_part_of_a_list_view_and_the_river(view: str) -> None:
    app = make_app()
    async with operating(app, size=(160, 45)) as pilot:
        await pilot.press(view)
        app.draw()
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, ListView)
        seen = []
        for _ in (*screen.parts, "river"):
            await pilot.press("tab")
            seen.append(app.focused.id if app.focused is not None else "")
        assert seen == [*screen.parts[1:], "river", screen.parts[0]]


@pytest.mark.parametrize("size", SIZES[:3], ids=str)
async def test_crew_member_entered_opens_the_person(size: tuple[int, int]) -> None:
    app = make_app()
    async with operating(app, size=size) as pilot:
        app.screen.set_focus(panel(app, "crew"))
        await pilot.pause()
        await pilot.press("down", "enter")
        assert app.current_mode == "crew"
        assert app.screen.query_one(PersonDetail).subject == "Song Lingdong"


async def test_crew_member_clicked_opens_the_person() -> None:
    app = make_app()
    async with operating(app, size=(160, 45)) as pilot:
        await pilot.click("#crew", offset=(4, 3))
        await pilot.pause()
        assert app.screen.query_one(PersonDetail).subject == "Wang Haoze"


async def test_ship_at_a_port_opens_its_page() -> None:
    app = make_app()
    async with operating(app, size=(160, 45)) as pilot:
        app.screen.set_focus(panel(app, "ports"))
        await pilot.pause()
        await pilot.press("down", "enter")
        assert app.screen.query_one(MissionDetail).subject == "Tianzhou-8"


async def test_spacewalk_bar_opens_that_spacewalk() -> None:
    app = make_app()
    async with operating(app, size=(160, 45)) as pilot:
        app.screen.set_focus(panel(app, "walks"))
        await pilot.pause()
        await pilot.press("down", "enter")  # after the one under way, the longest
        await pilot.pause()
        assert app.screen.query_one(SpacewalkDetail).subject == "15"


async def test_pass_opens_that_pass() -> None:
    app = make_app()
    async with operating(app, size=(160, 45)) as pilot:
        app.draw()
        await pilot.pause()
        app.screen.set_focus(panel(app, "tonight"))
        await pilot.pause()
        await pilot.press("down", "down", "enter")
        view = app.screen
        assert isinstance(view, PassesView)
        chosen = view.table.pass_of(view.table.cursor)
        assert chosen is not None
        assert chosen.visible
        assert pass_key(chosen) == view.table.cursor


async def test_raise_leads_to_its_date_and_back() -> None:
    app = make_app("2026-10-08T00:00:00Z")
    async with operating(app, size=(160, 45)) as pilot:
        await pilot.press("6")
        app.draw()
        await pilot.pause()
        app.screen.set_focus(panel(app, "decay"))
        await pilot.pause()
        await pilot.press("enter")
        altitude = app.session.altitude
        assert altitude is not None
        latest = altitude.at(parse_instant("2026-10-08T00:00:00Z")).burns[-1]
        assert app.session.clock.now() == pytest.approx(latest.unix_s or latest.after_unix_s, abs=1.0)
        await pilot.press("backspace")
        assert app.session.clock.now() == pytest.approx(parse_instant("2026-10-08T00:00:00Z"), abs=1.0)


async def test_point_of_the_altitude_curve_leads_to_its_instant() -> None:
    app = make_app()
    async with operating(app, size=(160, 45)) as pilot:
        await pilot.press("6")
        app.draw()
        await pilot.pause()
        await pilot.click("#history", offset=(40, 8))
        await pilot.pause()
        gone_days = (parse_instant(RECORD_WALK) - app.session.clock.now()) / 86400.0
        assert 180.0 < gone_days < 365.0  # of a year, the left part


@pytest.mark.parametrize("back", ["f", "escape"])
async def test_panel_fills_the_screen_and_is_small_again(back: str) -> None:
    app = make_app()
    async with operating(app, size=(160, 45)) as pilot:
        app.screen.set_focus(panel(app, "band"))
        await pilot.press("f")
        assert panel(app, "band").outer_size == (160, 45)
        await pilot.press(back)
        assert panel(app, "band").outer_size.width < 120
        assert isinstance(app.screen, View)
        assert app.screen.maximized is None


async def test_border_clicked_fills_the_screen() -> None:
    app = make_app()
    async with operating(app, size=(160, 45)) as pilot:
        await pilot.click("#walks", offset=(4, 0))
        await pilot.pause()
        assert app.current_mode == "station"
        assert panel(app, "walks").outer_size == (160, 45)


def test_lit_marks_one_link_of_several() -> None:
    lines = [(Run("a", "", "x"), Run("b", "dim", "x"), Run(" "), Run("c", "", "y")), (Run("d", "", "y"),)]
    assert actions_in(lines) == ["x", "y"]
    assert [run.style for line in lit(lines, 1) for run in line] == ["", "dim", "", "/on", "/on"]
    assert lit(lines, 5) == [tuple(line) for line in lines]
