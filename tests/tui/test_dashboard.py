"""The dashboard through its keys: views, sizes, invalid input; with an injected clock that stands still."""

from __future__ import annotations

import random
import re
from itertools import permutations
from typing import TYPE_CHECKING

import pytest
from textual.app import App
from textual.events import Key
from textual.widgets import Input, Static

from sim.constants import TIANHE_LAUNCH_UNIX_S
from sim.places.nearest import over
from sim.time import iso_z, parse_instant
from tests.support.dashboard import RECORD_WALK, StageTime, make_app, notifications, panel
from tests.support.operating import operating
from tui.cli.commands.snap import screen_text
from tui.config.actions import ACTIONS, VIEWS, bindings
from tui.config.options import DashboardOptions
from tui.config.settings import Settings
from tui.config.settings_store import read_settings
from tui.drawing import themes
from tui.drawing.styled_text import width
from tui.map.scene import MapStyle
from tui.messages import AfterEscape
from tui.views.base import View
from tui.views.dialogs.goto import GoTo
from tui.views.dialogs.map_place import MapPlace
from tui.views.palette.palette import ActionCommands, ChronicleCommands, made_for
from tui.widgets.map.station_map import StationMap
from tui.widgets.panel import Panel

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.pilot import Pilot

SIZES = [(80, 24), (120, 36), (160, 45), (250, 70)]


async def test_station_view_during_record_walk_shows_it() -> None:
    app = make_app(RECORD_WALK)
    async with operating(app, size=(160, 45)):
        assert "SIM" in panel(app, "header").text
        assert "2024-12-17 08:00:00Z" in panel(app, "header").text
        assert "03:09:00 now" in panel(app, "walks").text
        assert "05:47:00 to the world record" in panel(app, "walks").text
        for name in ("Cai Xuzhe", "蔡旭哲", "Song Lingdong", "Wang Haoze"):
            assert name in panel(app, "crew").text
        assert "Shenzhou-19" in panel(app, "ports").text
        assert "Tianzhou-8" in panel(app, "ports").text


async def test_dashboard_opens_live_and_n_returns_to_live() -> None:
    time = StageTime()
    app = make_app(None, time=time, paused=False)
    async with operating(app, size=(120, 36)) as pilot:
        assert " LIVE " in panel(app, "header").text
        await pilot.press("right_curly_bracket")
        assert " SIM " in panel(app, "header").text
        await pilot.press("n")
        assert " LIVE " in panel(app, "header").text
        assert app.session.clock.now() == time.wall_unix_s


async def test_time_keys_move_the_clock() -> None:
    app = make_app(RECORD_WALK)
    start = parse_instant(RECORD_WALK)
    async with operating(app, size=(80, 24)) as pilot:
        for key, moved in (
            ("greater_than_sign", 60.0),
            ("less_than_sign", -60.0),
            ("right_curly_bracket", 86400.0),
            ("left_curly_bracket", -86400.0),
        ):
            before = app.session.clock.now()
            await pilot.press(key)
            assert app.session.clock.now() - before == moved
        assert app.session.clock.now() == start
        await pilot.press("right_square_bracket")
        period_s = app.session.orbit.elements(start).period_min * 60.0
        assert app.session.clock.now() - start == pytest.approx(period_s, abs=1.0)


async def test_rate_keys_step_through_rates_in_both_directions() -> None:
    app = make_app(RECORD_WALK, paused=False)
    clock = app.session.clock
    async with operating(app, size=(80, 24)) as pilot:
        for _ in range(20):
            await pilot.press("full_stop")
        assert clock.rate == 3600.0
        for _ in range(20):
            await pilot.press("comma")
        assert clock.rate == 1.0
        await pilot.press("r", "full_stop")
        assert clock.rate == -2.0
        await pilot.press("comma")
        assert clock.rate == -1.0
        await pilot.press("comma")
        assert clock.rate == -1.0
        assert any("1x is the slowest" in text for text in notifications(app))
        await pilot.press("r")
        assert clock.rate == 1.0
        await pilot.press("space")
        assert clock.paused
        await pilot.press("space")
        assert not clock.paused


async def test_event_keys_go_to_next_and_previous_event() -> None:
    app = make_app("2024-12-17T04:00:00Z")
    async with operating(app, size=(120, 36)) as pilot:
        await pilot.press("e")
        assert iso_z(app.session.clock.now()) == "2024-12-17T04:51:00Z"
        assert "Cai, Song" in panel(app, "walks").text
        await pilot.press("e")
        assert iso_z(app.session.clock.now()) == "2024-12-17T13:47:00Z"
        await pilot.press("E")
        assert iso_z(app.session.clock.now()) == "2024-12-17T04:51:00Z"


@pytest.mark.validation
@pytest.mark.parametrize("size", SIZES)
async def test_views_at_every_size_fit_without_overlap(size: tuple[int, int]) -> None:
    app = make_app(RECORD_WALK)
    async with operating(app, size=size) as pilot:
        for number, view in enumerate(VIEWS, start=1):
            await pilot.press(str(number))
            assert app.current_mode == view
            assert isinstance(app.screen, View)
            shown = [p for p in app.screen.query(Panel) if p.display and p.region.area]
            assert shown, view
            for one in shown:
                assert app.screen.region.contains_region(one.region), f"{view}: {one!r} leaves the screen"
            for first, second in permutations(shown, 2):
                if first not in second.ancestors and second not in first.ancestors:
                    assert not first.region.overlaps(second.region), f"{view}: {first!r} lies over {second!r}"


@pytest.mark.parametrize("view", VIEWS)
async def test_dashboard_opens_with_any_view(view: str) -> None:
    app = make_app(RECORD_WALK, options=DashboardOptions(offline=True, view=view))
    async with operating(app, size=(80, 24)) as pilot:
        assert app.current_mode == view
        assert "2024-12-17 08:00:00Z" in screen_text(app.screen)
        await pilot.press("tab")
        assert "2024-12-17 08:00:00Z" in screen_text(app.screen)


async def test_next_view_key_cycles_through_all_views() -> None:
    app = make_app(RECORD_WALK)
    async with operating(app, size=(120, 36)) as pilot:
        seen = [app.current_mode]
        for _ in VIEWS[1:]:
            await pilot.press("ctrl+pagedown")
            seen.append(app.current_mode)
        assert seen == list(VIEWS)
        await pilot.press("ctrl+pageup")
        assert app.current_mode == VIEWS[-2]


async def test_go_to_dialog_invalid_date_shows_the_error_and_keeps_the_text() -> None:
    app = make_app(RECORD_WALK)
    async with operating(app, size=(100, 30)) as pilot:
        await pilot.press("g")
        assert isinstance(app.screen, GoTo)
        app.screen.query_one(Input).value = "the day after"
        await pilot.press("enter")
        assert "is not a date or time" in str(app.screen.query_one("#said", Static).render())
        app.screen.query_one(Input).value = "2019-01-01"
        await pilot.press("enter")
        assert "Tianhe was launched" in str(app.screen.query_one("#said", Static).render())
        await pilot.press("escape")
        assert app.session.clock.now() == parse_instant(RECORD_WALK)


async def test_go_to_dialog_accepts_local_time() -> None:
    app = make_app(RECORD_WALK)
    async with operating(app, size=(100, 30)) as pilot:
        await pilot.press("g")
        app.screen.query_one(Input).value = "2023-07-20 12:00"
        await pilot.press("enter")
        assert iso_z(app.session.clock.now()) == "2023-07-20T07:00:00Z"  # Islamabad is five hours ahead


async def test_station_view_stale_elements_are_marked_in_text() -> None:
    app = make_app(None, time=StageTime("2026-11-23T00:00:00Z"), paused=False)
    async with operating(app, size=(160, 45)) as pilot:
        assert "STALE" in panel(app, "header").text
        assert "live, position along the orbit is unknown since " in panel(app, "notice").text
        assert "unknown" in panel(app, "telemetry").text
        assert "too old to predict" in panel(app, "pass").text
        await pilot.press("x")
        assert "STALE" not in panel(app, "header").text
        assert iso_z(app.session.clock.now())[:10] == "2026-10-10"


async def test_station_view_before_first_crew_shows_empty_panels() -> None:
    app = make_app("2021-05-10T00:00:00Z")
    async with operating(app, size=(120, 36)) as pilot:
        assert "nobody aboard" in panel(app, "crew").text
        assert "no spacewalk yet" in panel(app, "walks").text
        await pilot.press("left_curly_bracket", *["left_curly_bracket"] * 20)
        assert app.session.clock.now() == TIANHE_LAUNCH_UNIX_S


async def test_station_view_after_seek_there_and_back_is_unchanged() -> None:
    app = make_app(RECORD_WALK)
    async with operating(app, size=(160, 45)) as pilot:
        await pilot.pause(0.5)
        before = {p.id: p.text for p in app.screen.query(Panel)}
        await pilot.press("right_curly_bracket", "greater_than_sign", "less_than_sign", "left_curly_bracket")
        await pilot.pause(0.5)
        assert {p.id: p.text for p in app.screen.query(Panel)} == before


async def test_dashboard_thirty_random_resizes_during_fast_time_do_not_crash() -> None:
    app = make_app(RECORD_WALK, paused=False)
    dice = random.Random(7)
    async with operating(app, size=(100, 30)) as pilot:
        app.session.clock.set_rate(600.0)
        for _ in range(30):
            await pilot.resize_terminal(dice.randint(1, 180), dice.randint(1, 60))
            if dice.random() < 0.3:
                await pilot.press(str(dice.randint(1, 7)))
        await pilot.resize_terminal(120, 36)
        await pilot.press("1")
        assert "Cai Xuzhe" in panel(app, "crew").text


def test_actions_have_unique_ids_and_keys_and_a_description() -> None:
    ids = [action.id for action in ACTIONS]
    keys = [key for action in ACTIONS for key in action.keys.split(",")]
    assert len(ids) == len(set(ids))
    assert len(keys) == len(set(keys))
    assert all(action.title and action.shown for action in ACTIONS)
    assert len(bindings()) == len(ACTIONS)


@pytest.mark.validation
@pytest.mark.parametrize("theme", ["tiangong", "tiangong-day", "tiangong-red", "tiangong-contrast", "ansi-dark"])
async def test_station_view_in_every_theme_is_drawn(theme: str) -> None:
    app = make_app(RECORD_WALK)
    async with operating(app, size=(120, 36)) as pilot:
        app.theme = theme
        await pilot.pause()
        assert "Cai Xuzhe" in app.export_screenshot().replace("&#160;", " ")


async def test_dashboard_choices_are_saved_for_the_next_start() -> None:
    app = make_app(RECORD_WALK)
    async with operating(app, size=(120, 36)) as pilot:
        await pilot.press("t", "z", "m", "c")
        theme = app.theme
    kept = read_settings().settings
    assert kept.theme == theme != "tiangong"
    assert kept.utc
    assert kept.map_style == "braille"
    again = make_app(RECORD_WALK, options=DashboardOptions(offline=True, theme=kept.theme, settings=kept))
    async with operating(again, size=(120, 36)) as pilot:
        assert again.theme == theme
        assert again.screen.query_one(StationMap).options.style is MapStyle.BRAILLE


async def test_keys_of_settings_replace_the_usual_ones() -> None:
    settings = Settings(keys={"time.pause": "y"})
    app = make_app(RECORD_WALK, paused=False, options=DashboardOptions(offline=True, settings=settings))
    async with operating(app, size=(120, 36)) as pilot:
        await pilot.press("y")
        assert app.session.clock.paused


@pytest.mark.parametrize(
    ("name", "view"), [("crew", "crew"), ("ports", "missions"), ("walks", "spacewalks"), ("band", "orbit")]
)
async def test_station_view_click_on_a_panel_opens_its_view(name: str, view: str) -> None:
    app = make_app(RECORD_WALK)
    async with operating(app, size=(120, 36)) as pilot:
        await pilot.click(f"#{name}", offset=(4, 1))
        await pilot.pause()
        assert app.current_mode == view


async def test_footer_click_on_a_key_runs_its_action() -> None:
    app = make_app(RECORD_WALK)
    async with operating(app, size=(120, 36)) as pilot:
        await pilot.click("#keybar", offset=(panel(app, "keybar").text.index("crew"), 0))
        await pilot.pause()
        assert app.current_mode == "crew"
        before, _, _ = panel(app, "header").text.partition("SIM")
        await pilot.click("#header", offset=(width(before), 0))
        await pilot.pause()
        assert app.session.clock.live


async def test_map_names_the_ground_below_and_offers_the_clicked_place() -> None:
    app = make_app(RECORD_WALK)
    async with operating(app, size=(120, 36)) as pilot:
        app.draw()
        position = app.session.frame().status.position
        assert position is not None
        below = over(position.latitude_deg, position.longitude_deg)
        assert below in str(app.screen.query_one("#map").border_subtitle)
        await pilot.click("#map", offset=(11, 11))
        await pilot.pause()
        assert isinstance(app.screen, MapPlace)
        assert re.fullmatch(r"[\d.]+°[NS] [\d.]+°[EW]", str(app.screen.query_one("Vertical").border_title))


@pytest.mark.parametrize(
    ("typed", "first"),
    [("cai", "Cai Xuzhe"), ("tianzhou-8", "Tianzhou-8"), ("spacewalk", "Spacewalks: all"), ("next t", "Next theme")],
)
async def test_command_palette_puts_names_before_scattered_letters(typed: str, first: str) -> None:
    app = make_app(RECORD_WALK)
    async with operating(app, size=(80, 24)):
        providers = (
            ActionCommands(app.screen),
            made_for(ChronicleCommands, chronicle=app.session.chronicle)(app.screen),
        )
        hits = [hit for provider in providers async for hit in provider.search(typed)]
        assert str(max(hits, key=lambda hit: hit.score).prompt).startswith(first)


async def until(pilot: Pilot[int], told: Callable[[], bool]) -> bool:
    """Whether something becomes true before long: a busy machine takes a while for the first view of a kind."""
    for _ in range(200):
        await pilot.pause(0.05)
        if told():
            return True
    return False


async def test_keys_behind_escape_and_a_letter_in_one_read_come_after_the_letter() -> None:
    app = make_app(paused=False)
    async with operating(app, size=(100, 30)) as pilot:
        for key in (Key("alt+4", "4"), Key("g", "g"), *(Key(letter, letter) for letter in "2022")):
            app.post_message(key)
        assert await until(pilot, lambda: [one.value for one in app.screen.query(Input)] == ["2022"])
        assert app.current_mode == "spacewalks"


async def test_key_that_comes_when_no_screen_is_left_does_nothing() -> None:
    app = make_app()
    async with operating(app, size=(100, 30)):
        pass
    assert not app.screen_stack
    await app.on_event(Key("2", "2"))


async def test_keys_behind_escape_are_not_lost_where_nobody_says_that_it_was_handled(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tui.controls.typed_ahead.LONGEST_HOLD_S", 0.05)
    take = View.post_message
    monkeypatch.setattr(
        View, "post_message", lambda view, message: not isinstance(message, AfterEscape) and take(view, message)
    )
    app = make_app(paused=False)
    async with operating(app, size=(100, 30)) as pilot:
        for key in (Key("alt+4", "4"), Key("5", "5")):
            app.post_message(key)
        assert await until(pilot, lambda: app.current_mode == "passes")


@pytest.mark.parametrize(("keys", "paused"), [({}, False), ({"time.pause": "alt+p"}, True)], ids=["free", "bound"])
async def test_letter_with_alt_is_escape_and_the_letter_unless_it_is_a_key(
    keys: dict[str, str], *, paused: bool
) -> None:
    app = make_app(paused=False, options=DashboardOptions(offline=True, settings=Settings(keys=keys)))
    async with operating(app, size=(100, 30)) as pilot:
        await pilot.press("g")
        app.post_message(Key("alt+4", "4"))
        assert await until(pilot, lambda: app.current_mode == "spacewalks")
        assert len(app.screen_stack) == 1
        app.post_message(Key("alt+p", "p"))
        if paused:
            assert await until(pilot, lambda: app.session.clock.paused)
        await pilot.pause(0.2)
        assert app.session.clock.paused == paused


NOT_HERE = {
    "App *",  # that are disabled
    "App:ansi .-ansi-scrollbar",
    *(f"App:ansi .bindings-table--{part}" for part in ("key", "description", "header", "divider")),
    "App:blur HeaderTitle",
}
"""Textual's rules for apps of which there is nothing on our screens."""

IN_SHAPES = {"App Screen.-maximized-view", "App Screen.-maximized-view .-maximized"}
"""Those that a view reads when one of its panels fills the screen."""


@pytest.mark.parametrize("theme", ["tiangong-day", "ansi-dark"])
async def test_app_looks_by_the_rules_of_textual_but_those_of_what_it_does_not_have(theme: str) -> None:
    plain, app = App[None](), make_app()
    themes.register(plain)
    looks: list[tuple[object, ...]] = []
    for one in (plain, app):
        async with operating(one, size=(160, 45)) as pilot:
            one.theme = theme
            await pilot.pause()
            looks.append((one.styles.background, one.styles.color))
    assert looks[0] == looks[1]
    ours = {rule.selectors.replace("TiangongApp", "App") for rule in app.stylesheet.rules}
    theirs = {rule.selectors for rule in plain.stylesheet.rules if rule.selectors.startswith("App")}
    assert theirs - ours == NOT_HERE | IN_SHAPES


async def test_panel_that_fills_the_screen_is_before_the_pattern_of_textual() -> None:
    app = make_app()
    async with operating(app, size=(160, 45)) as pilot:
        assert not app.screen.styles.has_rule("hatch")
        app.screen.maximize(panel(app, "crew"), container=False)
        await pilot.pause()
        assert app.screen.styles.has_rule("hatch")
