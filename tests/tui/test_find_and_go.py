"""Finding and going: the palette, words typed after `/`, the prompt for a date, rates, and the way back."""

from __future__ import annotations

import asyncio
from functools import partial

import pytest
from textual import events
from textual.command import Hit, Hits, Provider
from textual.widgets import Input, Static

from sim.time import iso_z, parse_instant
from tests.support.dashboard import RECORD_WALK, StageTime, make_app, notifications, panel
from tests.support.operating import operating
from tui.app import TiangongApp
from tui.config.actions import VIEWS
from tui.config.settings_store import read_settings
from tui.config.state_file import read_state
from tui.views.base import View
from tui.views.dialogs.bookmarks import BookmarkList
from tui.views.dialogs.goto import GoTo
from tui.views.palette.finds import PlaceCommands, ShelfCommands
from tui.views.palette.palette import ActionCommands, ChronicleCommands, Palette, made_for

START = parse_instant(RECORD_WALK)


async def found(app: TiangongApp, typed: str) -> list[tuple[str, str]]:
    """Titles and helps of what the palette finds, best first."""
    providers = (
        ActionCommands(app.screen),
        made_for(ChronicleCommands, chronicle=app.session.chronicle)(app.screen),
        made_for(ShelfCommands, entries=staticmethod(app.controls.dialogs._finds))(app.screen),
        PlaceCommands(app.screen),
    )
    hits = [hit for provider in providers async for hit in provider.search(typed)]
    hits.sort(key=lambda hit: -hit.score)
    return [(str(hit.prompt), hit.help or "") for hit in hits]


@pytest.mark.parametrize(
    ("typed", "title", "help_words"),
    [
        ("cai", "Cai Xuzhe 蔡旭哲", "person"),
        ("蔡", "Cai Xuzhe 蔡旭哲", "person"),
        ("sz-20", "Shenzhou-20", "mission"),
        ("神舟二十", "Shenzhou-20", ""),
        ("islamabad", "Place Islamabad", "33.7"),
        ("伊斯兰堡", "Place Islamabad", "33.7"),
        ("red", "Theme red", "theme"),
        ("min elevation", "Setting passes.min_elevation_deg", "now 10"),
        ("stale", "What is “STALE”", "word"),
        ("raise 2024", "", "raise · 2024-"),
        ("rate 60", "Rate 60x", "F4"),
        ("spacewalk 17 begins", "Spacewalk 17 begins", "2024-12-17"),
        ("agreement", "", "agreement · 2025-02-28"),
    ],
)
async def test_palette_finds_everything_by_name_with_its_date(typed: str, title: str, help_words: str) -> None:
    app = make_app(RECORD_WALK)
    async with operating(app, size=(80, 24)):
        hits = await found(app, typed)
        assert any(title in name and help_words in told for name, told in hits[:6]), hits[:8]


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("record", "Spacewalk 17 passes"),
        ("crew", "Crew: who"),
        ("pass", "Passes: the next"),
        ("river", "River of time"),
    ],
)
async def test_palette_offers_what_is_called_so_before_what_names_it_too(typed: str, title: str) -> None:
    app = make_app(RECORD_WALK)
    async with operating(app, size=(80, 24)):
        assert (await found(app, typed))[0][0].startswith(title)


async def test_palette_opening_a_person_or_ship_leaves_the_clock() -> None:
    app = make_app(RECORD_WALK)
    async with operating(app, size=(100, 30)) as pilot:
        for typed, view in (("wang yaping", "crew"), ("tianzhou-8", "missions")):
            await pilot.press("ctrl+p")
            app.screen.query_one(Input).value = typed
            await pilot.pause(0.4)
            await pilot.press("enter")
            assert app.current_mode == view
            assert app.session.clock.now() == START


@pytest.mark.parametrize("view", ["1", "3", "6", "7"])
async def test_filter_key_without_a_table_hands_the_word_to_the_palette(view: str) -> None:
    app = make_app(RECORD_WALK)
    async with operating(app, size=(100, 30)) as pilot:
        await pilot.press(view)
        before = (app.current_mode, app.session.utc, app.theme)
        for key in ("slash", *"shenzhou"):  # in one burst, as a paste or a fast typist sends it
            app.post_message(events.Key(key, "/" if key == "slash" else key))
        await pilot.pause()
        assert isinstance(app.screen, Palette)
        assert app.screen.query_one(Input).value == "shenzhou"
        await pilot.press("escape")
        assert (app.current_mode, app.session.utc, app.theme) == before
        assert app.session.clock.now() == START


async def test_palette_closed_by_a_view_opened_in_the_same_burst_is_not_set_up() -> None:
    app = make_app()
    async with operating(app, size=(100, 30)) as pilot:
        app.controls.dialogs.open_palette()
        app.controls.navigation.open_view("crew")
        await pilot.pause()
        assert (app.current_mode, len(app.screen_stack)) == ("crew", 1)
        await pilot.press("ctrl+p")
        assert isinstance(app.screen, Palette)


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (250, 70)])
async def test_palette_closed_while_something_is_typed_begins_no_search(
    size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def slow(_: Provider, query: str) -> Hits:
        for _turn in range(30):  # the list of results is gone by then, and the palette is not
            await asyncio.sleep(0)
        yield Hit(1.0, query, str)

    monkeypatch.setattr(ActionCommands, "search", slow)
    app = make_app()
    async with operating(app, size=size) as pilot:
        palette = Palette(app.session.chronicle, lambda: ())
        await app.push_screen(palette)
        await pilot.pause(0.2)
        missing = partial(palette.query_one, "#gone")
        typed, due = Input.Changed(palette.query_one(Input), "w"), palette.set_timer(60.0, missing)
        palette.dismiss()
        for event in (typed, events.Timer(due, 0.0, 0, missing)):
            assert palette.post_message(event), "it takes messages until it is gone"
        await pilot.pause(0.1)
        assert isinstance(app.screen, View)


@pytest.mark.parametrize("view", ["2", "4", "5"])
async def test_filter_key_with_a_table_takes_the_whole_word(view: str) -> None:
    app = make_app(RECORD_WALK)
    async with operating(app, size=(100, 30)) as pilot:
        await pilot.press(view)
        for key in ("slash", *"nothing"):
            app.post_message(events.Key(key, "/" if key == "slash" else key))
        await pilot.pause()
        assert app.screen.query_one("#filter", Input).value == "nothing"
        assert app.session.clock.now() == START


@pytest.mark.parametrize(
    ("typed", "there"),
    [
        ("+2d", "2024-12-19T08:00:00Z"),
        ("-90m", "2024-12-17T06:30:00Z"),
        ("2023-07-20 12:00", "2023-07-20T07:00:00Z"),
        ("now-1h", "2026-10-08T11:00:00Z"),
        ("now", "2026-10-08T12:00:00Z"),
        ("17 Dec 2023", "2023-12-16T19:00:00Z"),
    ],
)
async def test_go_to_prompt_tells_what_it_understood_and_goes_there(typed: str, there: str) -> None:
    app = make_app(RECORD_WALK)
    async with operating(app, size=(100, 30)) as pilot:
        await pilot.press("g")
        assert isinstance(app.screen, GoTo)
        app.screen.query_one(Input).value = typed
        await pilot.pause()
        assert there in str(app.screen.query_one("#said", Static).render())
        await pilot.press("enter")
        assert iso_z(app.session.clock.now()) == there


@pytest.mark.parametrize(("key", "rate"), [("f2", 1.0), ("f3", 10.0), ("f4", 60.0), ("f5", 600.0), ("f6", 3600.0)])
async def test_rate_keys_set_the_rate_in_either_direction(key: str, rate: float) -> None:
    app = make_app(RECORD_WALK, paused=False)
    async with operating(app, size=(80, 24)) as pilot:
        await pilot.press(key)
        assert app.session.clock.rate == rate
        await pilot.press("r", key)
        assert app.session.clock.rate == -rate


async def test_backspace_returns_to_instant_view_and_row() -> None:
    app = make_app(RECORD_WALK)
    async with operating(app, size=(120, 36)) as pilot:
        await pilot.press("2", "down", "down")
        row = app.screen.query_one("#everyone").cursor  # type: ignore[attr-defined]
        await pilot.press("e", "6", "x")
        assert app.session.clock.now() != START
        await pilot.press("backspace", "backspace")
        assert app.session.clock.now() == START
        assert app.current_mode == "crew"
        assert app.screen.query_one("#everyone").cursor == row  # type: ignore[attr-defined]
        await pilot.press("backslash")
        assert app.session.clock.now() > START


async def test_jump_from_live_says_how_to_come_back() -> None:
    app = make_app(None, time=StageTime(), paused=False)
    async with operating(app, size=(120, 36)) as pilot:
        await pilot.press("E")
        assert "Backspace: back to live" in notifications(app)
        await pilot.press("backspace")
        assert app.session.clock.live


async def test_bookmark_keys_keep_list_and_go() -> None:
    app = make_app(RECORD_WALK)
    async with operating(app, size=(80, 24)) as pilot:
        await pilot.press("4", "b", *"fall", "enter")
        assert [mark.name for mark in read_state().bookmarks] == ["fall"]
        await pilot.press("right_curly_bracket", "1", "B")
        assert isinstance(app.screen, BookmarkList)
        await pilot.press("enter")
        assert (app.session.clock.now(), app.current_mode) == (START, "spacewalks")
        await pilot.press("B", "d", "escape")
        assert read_state().bookmarks == ()


async def test_palette_place_and_theme_are_taken_and_kept() -> None:
    app = make_app(RECORD_WALK)
    async with operating(app, size=(100, 30)) as pilot:
        for typed in ("berlin", "theme red"):
            await pilot.press("ctrl+p")
            app.screen.query_one(Input).value = typed
            await pilot.pause(0.5)
            await pilot.press("enter")
        assert app.session.place.name == "Berlin"
        assert app.theme == "tiangong-red"
    kept = read_settings().settings
    assert kept.place is not None
    assert (kept.place.name, kept.theme) == ("Berlin", "tiangong-red")


async def test_orbit_view_at_80x24_reaches_decay_and_sources() -> None:
    app = make_app(RECORD_WALK)
    async with operating(app, size=(80, 24)) as pilot:
        await pilot.press("6")
        seen = set()
        for _ in range(3):
            seen |= {name for name in ("history", "decay", "elements", "sources") if panel(app, name).region.area}
            await pilot.press("v")
        assert seen == {"history", "decay", "elements", "sources"}
        assert panel(app, "history").region.area


@pytest.mark.parametrize("view", [name for name in VIEWS if name != "station"])
async def test_jump_noted_while_a_view_is_being_built_names_the_view(view: str) -> None:
    app = make_app()
    async with operating(app, size=(100, 30)) as pilot:
        app.action_view(view)
        assert not app.screen.is_mounted
        app.seek(START + 3600.0)  # notes where it came from
        app.seek(START)
        await pilot.pause()
        assert app.current_mode == view
    assert app.return_code in {None, 0}
