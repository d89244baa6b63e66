"""The place picker: type-ahead, coordinates, saved places."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input, OptionList, Static

from sim.language import use
from sim.places.gazetteer import find_place
from sim.places.place import Place
from tests.support.dashboard import ISLAMABAD, make_app, notifications
from tests.support.operating import operating
from tui.config.settings_store import read_settings
from tui.drawing.styled_text import width
from tui.views.dialogs.place import PlacePicker, coordinates_words, first_offers, offer_lines, problem_with

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

    from tui.app import TiangongApp

BEIJING = find_place("Beijing")


def picker(app: TiangongApp) -> PlacePicker:
    screen = app.screen
    assert isinstance(screen, PlacePicker)
    return screen


def said(app: TiangongApp) -> str:
    return str(picker(app).query_one("#said", Static).render())


def offers(app: TiangongApp) -> list[str]:
    return [str(option.prompt).strip() for option in picker(app).query_one(OptionList).options]


async def typed(app: TiangongApp, pilot: Pilot[int], text: str) -> None:
    picker(app).query_one("#wanted", Input).value = text
    await pilot.pause()


@pytest.mark.parametrize("typed_next", ["qqqq", "lahore"])
async def test_place_picker_takes_the_place_that_was_selected_though_the_list_changed_since(typed_next: str) -> None:
    app = make_app()
    async with operating(app, size=(100, 30)) as pilot:
        await pilot.press("o", *"hyderabad")
        picker(app).query_one("#wanted", Input).value = typed_next  # handled before the selection is
        picker(app).query_one(OptionList).action_select()
        await pilot.pause()
        assert app.session.place.name == "Hyderabad"


async def test_place_picker_typed_city_is_offered_and_taken_with_enter() -> None:
    app = make_app()
    async with operating(app, size=(100, 30)) as pilot:
        await pilot.press("o", *"hyderabad")
        assert [row.split()[0] for row in offers(app)] == ["Hyderabad,", "Hyderabad,"]
        assert "Asia/Kolkata" in offers(app)[0]
        await pilot.press("down", "enter")
        assert app.session.place.country == "PK"
        assert app.session.place.timezone == "Asia/Karachi"
        await pilot.pause()
        frame = app.session.frame()
        assert frame.place.name == "Hyderabad"
        assert frame.passes  # computed for the new place
        kept = read_settings().settings.place
        assert kept is not None
        assert (kept.name, kept.country) == ("Hyderabad", "PK")


async def test_place_picker_chinese_name_is_found() -> None:
    app = make_app()
    async with operating(app, size=(100, 30)) as pilot:
        await pilot.press("o")
        await typed(app, pilot, "北京")
        assert "Beijing" in offers(app)[0]
        assert "北京" in offers(app)[0]


async def test_place_picker_coordinates_are_shown_with_the_nearest_city() -> None:
    app = make_app()
    async with operating(app, size=(100, 30)) as pilot:
        await pilot.press("o")
        await typed(app, pilot, "33.7, 73.1")
        assert "33.7° north, 73.1° east" in said(app)
        assert "Islamabad" in said(app)
        await typed(app, pilot, "33.7, -73.1")
        assert "73.1° west: no city within 300 km" in said(app)
        await pilot.press("enter")
        assert app.session.place.longitude_deg == -73.1
        assert app.session.place.timezone == "Etc/GMT+5"


async def test_place_picker_own_name_is_taken_and_saved() -> None:
    app = make_app()
    async with operating(app, size=(80, 24)) as pilot:
        await pilot.press("o")
        await typed(app, pilot, "Home = N 51 58.123 E 5 1.5")
        assert offers(app)[0].startswith("Home")
        await pilot.press("ctrl+s", "enter")
        assert (app.session.place.name, app.session.place.timezone) == ("Home", "Europe/Amsterdam")
        await pilot.press("o")
        await typed(app, pilot, "hom")
        assert offers(app)[0].startswith("★ Home")
    assert [place.name for place in read_settings().settings.places] == ["Home"]


async def test_place_picker_zone_of_the_session_goes_on_to_count() -> None:
    app = make_app()
    app.session.zone = "Asia/Tokyo"
    async with operating(app, size=(80, 24)) as pilot:
        await pilot.press("o", *"beijing", "enter")
        assert (app.session.place.name, app.session.place.timezone) == ("Beijing", "Asia/Tokyo")
    kept = read_settings().settings.place
    assert kept is not None
    assert kept.timezone == "Asia/Shanghai"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("95, 10", "latitude 95 is outside -90 to 90"),
        ("10, 190", "longitude 190 is outside -180 to 180"),
        ("33.7N 20S", "names one axis twice"),
        ("Qwertzuiop", "is not in the list of places"),
    ],
)
async def test_place_picker_unknown_place_shows_a_message_and_stays_open(text: str, words: str) -> None:
    app = make_app()
    async with operating(app, size=(100, 30)) as pilot:
        await pilot.press("o")
        await typed(app, pilot, text)
        assert words in said(app)
        await pilot.press("enter")
        assert words in said(app)
        assert app.session.place == ISLAMABAD
        await pilot.press("escape")
        assert not isinstance(app.screen, PlacePicker)
        assert app.session.place == ISLAMABAD


async def test_place_picker_saves_and_removes_places_without_choosing() -> None:
    app = make_app()
    async with operating(app, size=(100, 30)) as pilot:
        await pilot.press("o")
        await typed(app, pilot, "Wenchang")
        await pilot.press("ctrl+s")
        assert "is saved" in said(app)
        await pilot.press("escape")
        assert app.session.place == ISLAMABAD
        loaded = read_settings().settings
        assert [p.name for p in loaded.places] == [app.settings.places[0].name]
        assert loaded.place is None  # the current one was not chosen here
        await pilot.press("o")
        assert offers(app)[0].startswith("★")
        await pilot.press("ctrl+s", "escape")
        assert read_settings().settings.places == ()


async def test_place_picker_click_takes_an_offer() -> None:
    app = make_app()
    async with operating(app, size=(100, 30)) as pilot:
        await pilot.press("o")
        await typed(app, pilot, "Beijing")
        await pilot.click(OptionList, offset=(2, 0))
        await pilot.pause()
        assert app.session.place.name == "Beijing"


def test_first_offers_are_cities_of_the_zone_and_the_launch_sites() -> None:
    offered = first_offers(ISLAMABAD, (BEIJING,))
    assert offered[:2] == [BEIJING, ISLAMABAD]
    assert [place.name for place in offered[2:5]] == ["Karachi", "Lahore", "Peshawar"]
    assert {"Jiuquan", "Wenchang", "Dongfeng"} <= {place.name.split()[0] for place in offered}


def test_offer_lines_of_any_script_are_aligned() -> None:
    rows = offer_lines((BEIJING, ISLAMABAD, Place("x", 1.0, 2.0)), ISLAMABAD, (BEIJING,), 74)
    assert [row[0] for row in rows] == ["★", "●", " "]
    assert {width(row[: row.index("°")]) - len(row[: row.index("°")].split()[-1]) for row in rows} == {35}


@pytest.mark.parametrize("code", ["en", "zh_CN"])
async def test_place_picker_in_a_narrow_terminal_cuts_no_place(code: str) -> None:
    use(code)
    app = make_app()
    async with operating(app, size=(80, 24)) as pilot:
        await pilot.press("o")
        landing = "东风着陆场, CN" if code == "zh_CN" else "Dongfeng landing site (approximate), CN"
        assert any(landing in offer and offer.endswith("Asia/Shanghai") for offer in offers(app))
        assert "…" not in pilot.text
        await pilot.resize_terminal(60, 24)
        assert "…" not in pilot.text
        assert not any("Asia" in offer for offer in offers(app))
        await pilot.resize_terminal(80, 24)
        assert any(offer.endswith("Asia/Shanghai") for offer in offers(app))


def test_coordinates_words_name_place_or_problem() -> None:
    assert problem_with("33.7, 73.1") == ""
    assert problem_with("Beijing") == ""
    assert "latitude 91" in problem_with("91, 0")
    words = coordinates_words(Place("sea", -60.0, -140.0))
    assert words == "60° south, 140° west: no city within 300 km; times by UTC-9 by the Sun"


async def test_place_picker_unwritable_folder_shows_a_message(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("TIANGONG_CONFIG_DIR", str(tmp_path / "file" / "nowhere"))
    app = make_app()
    async with operating(app, size=(100, 30)) as pilot:
        await pilot.press("o", *"beijing", "enter")
        assert app.session.place.name == "Beijing"
        assert any("cannot be written" in text for text in notifications(app))
