"""View 2: people aboard and everyone flown at an instant; sorting, filter, detail, records."""

from __future__ import annotations

import asyncio
import re

import pytest
from textual.widgets import Input

from sim.chronicle import embedded_chronicle
from sim.language import use
from sim.time import parse_instant
from tests.support.dashboard import StageTime, make_app, panel, proof_text
from tests.support.operating import operating
from tui.app import TiangongApp
from tui.views.crew.stays import occupied_since_s
from tui.widgets.selectable import SelectablePanel
from tui.widgets.table import Table

RELIEF = "2025-11-01T03:00:00Z"
"""Two crews aboard."""

BEFORE_ANYONE = "2021-06-01T00:00:00Z"
PAST_THE_EDGE = "2026-10-12T00:00:00Z"


def names(app: TiangongApp, table: str = "everyone") -> list[str]:
    """Names in the rows, as they stand."""
    lines = panel(app, table).text.splitlines()[1:]
    found = (re.match(r"[▸ ] ([A-Za-z-]+(?: [A-Za-z-]+)*)", line) for line in lines)
    return [match[1] for match in found if match]


def cursor(app: TiangongApp, name: str) -> str:
    return app.screen.query_one(f"#{name}", SelectablePanel).cursor


async def test_aboard_during_handover_lists_both_crews() -> None:
    app = make_app(RELIEF)
    async with operating(app, size=(160, 45)) as pilot:
        await pilot.press("2")
        text = panel(app, "aboard").text
        for words in ("Chen Dong", "陈冬", "commander", "payload specialist", "China", "190 d 17:42:29", "SZ-20"):
            assert words in text
        assert "later SZ-21" in text, "the crew of Shenzhou-20 came home in another ship"
        assert "~36:47" in text
        assert ">=27:00" in text
        assert "aboard 6" in str(panel(app, "aboard").border_title)


async def test_aboard_after_one_second_changes_only_clocks() -> None:
    time = StageTime()
    app = make_app(RELIEF, time=time, paused=False)
    async with operating(app, size=(160, 45)) as pilot:
        await pilot.press("2")
        before = panel(app, "aboard").text.splitlines()
        time.pass_by(1.0)
        app.draw()
        after = panel(app, "aboard").text.splitlines()
        assert "190 d 17:42:30" in after[1]
        assert before[0] == after[0]
        assert before[1].replace("17:42:29", "17:42:30").replace("09:36:19", "09:36:20") == after[1]


async def test_everyone_in_2021_lists_only_those_flown_by_then() -> None:
    app = make_app(BEFORE_ANYONE)
    async with operating(app, size=(160, 45)) as pilot:
        await pilot.press("2")
        assert "nobody is aboard" in panel(app, "aboard").text
        assert "nobody has flown" in panel(app, "everyone").text
        assert "8:56 STS-102" in panel(app, "records").text
        app.seek(parse_instant("2021-07-01T00:00:00Z"))
        await pilot.pause()
        assert sorted(names(app)) == ["Liu Boming", "Nie Haisheng", "Tang Hongbo"]


async def test_aboard_after_last_known_date_is_marked_last_known() -> None:
    app = make_app(PAST_THE_EDGE)
    async with operating(app, size=(160, 45)) as pilot:
        await pilot.press("2")
        aboard = panel(app, "aboard")
        assert "last known crew" in str(aboard.border_title)
        assert "last known, as of 2026-10-10" in str(aboard.border_subtitle)
        assert "aboard" not in str(aboard.border_title)
        rows = [line for line in panel(app, "everyone").text.splitlines() if "Zhu Yangzhu" in line]
        assert "last aboard" in rows[0]
        clock = next(line for line in aboard.text.splitlines() if "Zhu Yangzhu" in line)
        assert clock.count("?") >= 2, "clocks that nobody can vouch for carry a question mark"


async def test_everyone_sorts_by_key_and_by_click_on_heading() -> None:
    app = make_app(PAST_THE_EDGE)
    async with operating(app, size=(160, 45)) as pilot:
        await pilot.press("2")
        assert names(app)[0] == "Chen Dong", "most time in space first"
        await pilot.press("a")
        assert names(app)[0] == "Jing Haipeng", "then by flights"
        await pilot.press("a")
        assert names(app)[0] == "Zhang Lu", "then by spacewalks"
        await pilot.press("a")
        assert names(app)[:3] == ["Zhang Lu", "Chen Dong", "Cai Xuzhe"], "then by time outside"
        await pilot.press("A")
        assert names(app)[-1] == "Zhang Lu", "the other way round"
        everyone = panel(app, "everyone")
        assert await pilot.click(everyone, offset=(4, 1))
        await pilot.pause()
        assert names(app) == sorted(names(app)), "a click on the heading sorts by name"
        assert everyone.text.splitlines()[0].split()[:2] == ["name", "▴"]


async def test_everyone_cursor_keeps_person_when_sorted() -> None:
    app = make_app(RELIEF)
    async with operating(app, size=(160, 45)) as pilot:
        await pilot.press("2", "down", "j", "down")
        table = panel(app, "everyone")
        assert isinstance(table, Table)
        person = table.cursor
        assert person == names(app)[3]
        await pilot.press("a", "a")
        assert table.cursor == person
        app.seek(parse_instant(PAST_THE_EDGE))
        await pilot.pause()
        assert table.cursor == person
        assert person in panel(app, "person").text


async def test_everyone_filter_finds_latin_and_chinese_until_escape() -> None:
    app = make_app(PAST_THE_EDGE)
    async with operating(app, size=(120, 36)) as pilot:
        await pilot.press("2", "slash")
        await pilot.press(*"wang")
        assert sorted(names(app)) == ["Wang Haoze", "Wang Jie", "Wang Yaping"]
        assert "3 of 27" in str(panel(app, "everyone").border_subtitle)
        app.screen.query_one("#filter", Input).value = "王亚平"
        await pilot.pause()
        assert names(app) == ["Wang Yaping"]
        await pilot.press("enter")
        assert names(app) == ["Wang Yaping"], "Enter keeps the filter and gives the keys back"
        await pilot.press("escape")
        assert len(names(app)) > 20
        await pilot.press("slash", *"zz[", "enter")
        assert "no match for" in panel(app, "everyone").text


async def test_person_detail_has_flights_sources_and_conflicts() -> None:
    app = make_app(PAST_THE_EDGE)
    async with operating(app, size=(250, 70)) as pilot:
        await pilot.press("2")
        text = panel(app, "person").text
        for words in ("Chen Dong", "陈冬", "1978-12-12", "Shenzhou-11", "Shenzhou-14", "Shenzhou-20"):
            assert words in text
        assert "up SZ-20, down SZ-21" in text
        assert "2022-06-05 02:44:10Z" in text, "a launch to the second"
        assert "2022-06-05 09:42Z" in text, "a docking to the minute"
        await pilot.press("i")
        text = proof_text(app)
        assert "sources differ" in text
        assert "Launch Library 2" in text


async def test_person_detail_links_move_clock() -> None:
    app = make_app(PAST_THE_EDGE)
    async with operating(app, size=(80, 24)) as pilot:
        await pilot.press("2", "enter")
        assert panel(app, "person").display
        assert not panel(app, "everyone").display, "a small terminal shows one of them"
        await pilot.press("enter")
        assert app.session.clock.now() == parse_instant("2022-06-05T02:44:10Z"), "the first link: the launch"
        await pilot.press("escape")
        assert panel(app, "everyone").display


async def test_crew_records_are_those_of_the_instant() -> None:
    app = make_app("2021-12-31T00:00:00Z")
    async with operating(app, size=(250, 70)) as pilot:
        await pilot.press("2")
        text = panel(app, "records").text
        assert "first Chinese woman to walk in space" in text
        assert "Wang Yaping" in text
        assert "8:56 STS-102" in text
        assert "first from Hong Kong" not in text
        app.seek(parse_instant(PAST_THE_EDGE))
        await pilot.pause()
        text = panel(app, "records").text
        assert "9:06 Shenzhou-19" in text
        assert "first from Hong Kong" in text
        assert "Lai Ka-ying" in text
        assert "as of 2026-10-10" in str(panel(app, "records").border_subtitle)


async def test_crew_in_chinese_has_no_english_ship_and_two_headings_for_spacewalks() -> None:
    use("zh_CN")
    app = make_app("2026-10-08T12:00:00Z")
    async with operating(app, size=(120, 36)) as pilot:
        await pilot.press("2")
        assert "9:06 神舟十九号" in pilot.text
        assert "Shenzhou" not in panel(app, "records").text
        heading = next(line for line in pilot.text.splitlines() if "在轨时间" in line)
        assert heading.split().count("出舱") == heading.split().count("舱外") == 1
        assert "1978-12-12（" not in pilot.text  # born: the day alone says that the minute is not known


@pytest.mark.parametrize("size", [(46, 24), (60, 40), (120, 60), (250, 70)], ids=str)
async def test_crew_records_in_narrow_panel_begin_with_title(size: tuple[int, int]) -> None:
    app = make_app("2024-12-17T08:00:00Z")
    async with operating(app, size=size) as pilot:
        await pilot.press("2", "right", "right")
        lines = panel(app, "records").text.splitlines()
        first = next(row for row, line in enumerate(lines) if line.startswith("  "))
        assert " ".join(lines[:first]) == "longest spacewalk at the station (of those with a published length)"
        assert lines[first : first + 3] == [
            "  8:23  Ye Guangfu, Li Guangsu",
            "longest spacewalk in the world",
            "  8:56 STS-102  James Voss, Susan Helms",
        ]


async def test_crew_view_in_small_terminal_keeps_list_below_aboard() -> None:
    app = make_app("2024-12-17T08:00:00Z")
    async with operating(app, size=(80, 24)) as pilot:
        await pilot.press("2", "left")
        assert panel(app, "everyone").display
        assert panel(app, "everyone").size.height > 10


async def test_crew_view_has_one_cursor_that_of_the_table_used_last() -> None:
    app = make_app("2026-10-08T12:00:00Z")
    async with operating(app, size=(160, 45)) as pilot:
        await pilot.press("2")

        def marks() -> list[int]:
            return [panel(app, name).text.count("▸") for name in ("aboard", "everyone")]

        assert marks() == [0, 1]
        await pilot.press("left")  # from the first part to the last: those aboard
        await pilot.pause()
        assert marks() == [1, 0]
        await pilot.press("enter")
        assert marks() == [1, 0], "the person shown is the one marked"


async def test_crew_stays_have_a_row_for_everyone_and_their_missions() -> None:
    app = make_app("2022-10-08T12:00:00Z")
    async with operating(app, size=(160, 45)) as pilot:
        await pilot.press("2")
        lines = panel(app, "stays").text.splitlines()
        assert "2022" in lines[0]
        assert [line.split()[0] for line in lines[1:10]] == [
            "Nie", "Liu", "Tang", "Zhai", "Wang", "Ye", "Chen", "Liu", "Cai"
        ]  # fmt: skip
        assert [("SZ-12" in line, "SZ-13" in line) for line in lines[1:10:3]] == [
            (True, False), (False, True), (False, False)
        ]  # fmt: skip
        assert "without a break since 2022-06-05" in str(panel(app, "stays").border_title)
        await pilot.press("down", "down")
        assert cursor(app, "stays") == "Ye Guangfu"


async def test_crew_stays_while_nobody_was_aboard_tell_of_no_break() -> None:
    app = make_app("2022-05-01T00:00:00Z")
    async with operating(app, size=(160, 45)) as pilot:
        await pilot.press("2")
        assert str(panel(app, "stays").border_title) == "who flew when"


def test_occupied_since_begins_where_the_station_had_been_empty() -> None:
    members = embedded_chronicle().crew_members
    docked = min(m.dock.unix_s for m in members if m.mission == "Shenzhou-14" and m.dock is not None)
    assert occupied_since_s(members, docked - 1.0) is None
    assert occupied_since_s(members, docked) == docked
    assert occupied_since_s(members, parse_instant("2026-10-08T12:00:00Z")) == docked, "crews hand over aboard"
    first = min(m.dock.unix_s for m in members if m.dock is not None)
    assert occupied_since_s(members, first + 86400.0) == first


async def test_person_with_room_below_shows_where_it_was_read_and_without_does_not() -> None:
    for size, there in (((250, 70), True), ((80, 24), False)):
        app = make_app("2026-10-08T12:00:00Z")
        async with operating(app, size=size) as pilot:
            await pilot.press("2", "v")
            assert ("Launch Library 2 astronaut record of Chen Dong" in panel(app, "person").text) == there


async def test_crew_moves_in_one_burst_come_to_an_end() -> None:
    app = make_app("2026-10-08T12:00:00Z")
    async with operating(app, size=(250, 70)) as pilot:
        await pilot.press("2")
        for front, moves, name in (
            ("stays", ("home", "down", "down"), "Tang Hongbo"),
            ("everyone", ("home", "down", "down"), "Ye Guangfu"),
        ):
            app.screen.query_one(f"#{front}", SelectablePanel).focus()
            await pilot.pause()
            for key in moves:
                app.simulate_key(key)
            await asyncio.wait_for(pilot.pause(), 60.0)
            await pilot.pause()
            assert cursor(app, "everyone") == cursor(app, "stays") == name
            assert name in panel(app, "person").text


async def test_overview_names_both_crews_while_they_hand_over() -> None:
    app = make_app("2022-11-30T05:00:00Z")
    async with operating(app, size=(160, 45)):
        shown = panel(app, "crew").text
        for name in ("Chen Dong", "Liu Yang", "Cai Xuzhe", "Fei Junlong", "Deng Qingming", "Zhang Lu"):
            assert name in shown
        assert shown.count("SZ-15") == 3
