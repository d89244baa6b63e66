"""View 4: spacewalks as bars against the record; detail, totals, and links that move the clock."""

from __future__ import annotations

import asyncio
import re

import pytest

from sim.language import use
from sim.time import parse_instant
from tests.support.dashboard import StageTime, make_app, panel
from tests.support.operating import operating
from tui.app import TiangongApp
from tui.drawing.styled_text import Run
from tui.views.spacewalks.bars import SpacewalkBars
from tui.views.spacewalks.years import number_cells
from tui.widgets.selectable import SelectablePanel

TODAY = "2026-10-04T12:00:00Z"
OPENING = parse_instant("2024-12-17T04:51:00Z")
FALL = parse_instant("2024-12-17T13:47:00Z")


def row(app: TiangongApp, number: int) -> str:
    lines = panel(app, "bars").text.splitlines()[1:]
    return next(line for line in lines if line[2:].split()[:1] == [str(number)])


def numbers(app: TiangongApp) -> list[int]:
    return [int(line[2:].split()[0]) for line in panel(app, "bars").text.splitlines()[1:] if line.strip()]


def cursor(app: TiangongApp, name: str) -> str:
    return app.screen.query_one(f"#{name}", SelectablePanel).cursor


async def test_spacewalk_bars_sort_by_duration_then_by_number() -> None:
    app = make_app(TODAY)
    async with operating(app, size=(160, 45)) as pilot:
        await pilot.press("4")
        assert numbers(app)[0] == 17
        assert "spacewalks 27, by length" in str(panel(app, "bars").border_title)
        await pilot.press("a")
        assert numbers(app) == list(range(1, 28))
        assert "in order" in str(panel(app, "bars").border_title)


async def test_spacewalk_bars_only_record_passes_former_record() -> None:
    app = make_app(TODAY)
    async with operating(app, size=(160, 45)) as pilot:
        await pilot.press("4")
        head, *rows = panel(app, "bars").text.splitlines()
        at = head.index("▼")
        assert "world record until 17 Dec 2024 13:47Z: STS-102 8:56" in head
        assert all(line[at] == "│" for line in rows if line.strip())
        beyond = [line for line in rows if "█" in line[at:]]
        assert len(beyond) == 1
        assert "9:06" in beyond[0]
        assert "Cai Xuzhe, Song Lingdong" in beyond[0]


async def test_spacewalk_bars_names_stand_on_the_bar_of_one_under_way_as_on_others() -> None:
    app = make_app("2024-12-17T11:00:00Z")
    async with operating(app, size=(160, 45)) as pilot:
        await pilot.press("4")
        bars = app.screen.query_one(SpacewalkBars)
        assert bars.newest is not None
        walk = bars.rows(bars.newest)[-1]
        first, second, *_ = bars.row_cells(bars.newest, walk, 60)["bar"]
        assert first == Run(" Cai Xuzhe, Song Lingdong ", "good-text")
        assert second.style == "good"
        assert set(second.text) == {"█"}


async def test_spacewalk_panel_of_station_view_names_those_of_one_whose_length_is_not_exact() -> None:
    app = make_app(TODAY)
    async with operating(app, size=(250, 70)):
        assert re.search(r"~7:00 SZ-21 +2026-03-16 Zhang Lu, Wu Fei █", panel(app, "walks").text)


@pytest.mark.parametrize(
    ("code", "names"),
    [("en", {17: "█ Cai, Song  ", 6: " Chen, Cai █"}), ("zh_CN", {17: "█ 蔡旭哲、宋令东  ", 6: "█ 陈冬、蔡旭哲  "})],
)
async def test_spacewalk_bars_names_stand_beside_a_bar_that_is_too_short_for_them(
    code: str, names: dict[int, str]
) -> None:
    use(code)
    app = make_app("2024-12-17T08:00:00Z")
    async with operating(app, size=(120, 36)) as pilot:
        await pilot.press("4")
        assert all(told in row(app, number) for number, told in names.items())
        assert row(app, 17).rstrip().endswith("│")


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (160, 45), (250, 70)])
async def test_spacewalk_panel_of_station_view_only_record_passes_former_record(size: tuple[int, int]) -> None:
    app = make_app(TODAY)
    async with operating(app, size=size):
        rows = [line for line in panel(app, "walks").text.splitlines() if "│" in line and "█" in line]
    beyond = [line for line in rows if line[line.index("│") + 1 :].startswith(("█", "▉", "▊", "▋", "▌", "▍", "▎", "▏"))]
    assert len(beyond) == 1
    assert "9:06" in beyond[0]


async def test_spacewalk_panel_of_station_view_names_all_and_says_what_the_clock_counts() -> None:
    app = make_app(TODAY)
    async with operating(app, size=(120, 36)):
        rows = [line for line in panel(app, "walks").text.splitlines() if "█" in line]
        assert all("," in line for line in rows), "family names where whole ones have no room"
    app = make_app("2024-12-17T08:00:00Z")
    async with operating(app, size=(120, 36)):
        assert "Cai, Song; 05:47:00 to the world record" in panel(app, "walks").text


async def test_spacewalk_bars_inexact_durations_are_marked_in_text() -> None:
    app = make_app(TODAY)
    async with operating(app, size=(160, 45)) as pilot:
        await pilot.press("4")
        assert "~6:30" in row(app, 22)
        assert "▒" in row(app, 22)
        assert "▒" not in row(app, 17)
        assert "?" in row(app, 9)
        assert "duration not published" in row(app, 9)
        assert "Zhu Yangzhu, Zhang Zhiyuan" in row(app, 27)
        totals = panel(app, "totals").text
        assert ">=~47:47" in totals
        assert "~36:47" in totals
        assert "34:14" in totals


async def test_spacewalk_bars_in_2022_list_only_earlier_ones() -> None:
    app = make_app("2022-10-01T00:00:00Z")
    async with operating(app, size=(160, 45)) as pilot:
        await pilot.press("4")
        assert sorted(numbers(app)) == [1, 2, 3, 4, 5, 6]
        assert "until" not in panel(app, "bars").text.splitlines()[0], "the record had not fallen yet"
        app.seek(parse_instant("2021-05-01T00:00:00Z"))
        await pilot.pause()
        assert "no spacewalk yet" in panel(app, "bars").text


async def test_spacewalk_now_during_record_counts_past_former_record() -> None:
    time = StageTime()
    app = make_app(TODAY, time=time)
    async with operating(app, size=(120, 36)) as pilot:
        await pilot.press("4", "enter", "down", "enter")
        clock = app.session.clock
        assert clock.now() == OPENING
        assert clock.rate == 300.0, "nine hours are seen in less than two minutes"
        assert not clock.paused
        clock.set_rate(1.0)
        assert panel(app, "now").display
        assert "00:00:00 outside" in panel(app, "now").text
        time.pass_by(8 * 3600 + 55 * 60 + 59)
        app.draw()
        assert "00:00:01 to go to the world record" in panel(app, "now").text
        time.pass_by(2.0)
        app.draw()
        assert "world record passed by 00:00:01" in panel(app, "now").text
        assert "under way" in panel(app, "walk").text
        time.pass_by(600.0)
        app.draw()
        assert not panel(app, "now").display, "9:06 after the hatch was opened it is over"


async def test_spacewalk_detail_link_moves_clock_to_broken_record() -> None:
    app = make_app(TODAY)
    async with operating(app, size=(120, 36)) as pilot:
        await pilot.press("4", "enter", "enter")
        assert app.session.clock.now() == FALL - 60.0
        assert "00:01:00 to go" in panel(app, "now").text


async def test_spacewalk_detail_without_times_links_to_day_and_shows_no_clock() -> None:
    app = make_app(TODAY)
    async with operating(app, size=(160, 45)) as pilot:
        await pilot.press("4", "a")
        for _ in range(40):
            await pilot.press("up")
        for _ in range(8):
            await pilot.press("down")
        assert "Spacewalk 9" in panel(app, "walk").text
        assert "play it" not in panel(app, "walk").text
        assert "not published" in panel(app, "walk").text
        await pilot.press("enter", "enter")
        assert app.session.clock.now() == parse_instant("2023-02-28T00:00:00Z")
        assert "may be under way" in panel(app, "now").text
        assert "outside" not in panel(app, "now").text.splitlines()[0]


async def test_spacewalk_detail_has_hatch_tasks_and_sources() -> None:
    app = make_app(TODAY)
    async with operating(app, size=(250, 70)) as pilot:
        await pilot.press("4")
        text = panel(app, "walk").text
        for words in ("Wentian airlock", "Wang Haoze", "2024-12-17 04:51Z", "sources, doubts",
                      "0:10 longer than the 8:56 of STS-102"):  # fmt: skip
            assert words in text
        totals = panel(app, "totals").text
        for words in ("by crew", "Shenzhou-19", "24:28", "hatches", "suits", "Feitian"):
            assert words in totals


async def test_spacewalk_bars_filter_searches_people_and_tasks() -> None:
    app = make_app(TODAY)
    async with operating(app, size=(120, 36)) as pilot:
        await pilot.press("4", "slash", *"solar wing", "enter")
        assert sorted(numbers(app)) == [13, 14, 27]


async def test_spacewalk_years_give_number_and_time_of_each_year_up_to_the_instant() -> None:
    app = make_app("2024-12-17T08:00:00Z")  # the seventeenth is under way
    async with operating(app, size=(250, 70)) as pilot:
        await pilot.press("4")
        years, counts, times = (line.split() for line in panel(app, "years").text.splitlines()[-3:])
        assert [word.strip("╵▲") for word in years if word.startswith("╵")] == ["2021", "2022", "2023", "2024"]
        assert [word for word in counts if word.isdigit()] == ["4", "3", "6", "4"]
        # 2023: 7:55 and 7:25, and the four of Shenzhou-15, of which one length and a total of 27 hours were published
        over = [walk for walk in app.session.chronicle.spacewalks if walk.number in {14, 15, 16}]
        minutes = sum(walk.duration.minutes or 0 for walk in over)
        assert times == ["25:17", "15:53", ">=42:20", f"{minutes // 60}:{minutes % 60:02d}"]


@pytest.mark.parametrize(
    ("texts", "tops", "cells"),
    [
        (["1", "12"], [(2, 5), (8, 3)], [(2, 4), (8, 2)]),  # room for all
        (["9", "10", "11"], [(2, 9), (3, 9), (4, 9)], [(2, 8), (3, 7), (4, 8)]),  # the middle one above the others
        (["15", "16"], [(2, 6), (3, 2)], [(2, 1), (3, 0)]),  # above the taller neighbour, and its number above that
        (["27"], [(19, 4)], [(18, 3)]),  # at the right edge
    ],
)
def test_spacewalk_years_numbers_stand_as_low_as_they_touch_nothing(
    texts: list[str], tops: list[tuple[int, int]], cells: list[tuple[int, int]]
) -> None:
    assert number_cells(texts, tops, width=20) == cells


async def test_spacewalk_years_write_each_number_in_one_row() -> None:
    app = make_app("2026-10-08T12:00:00Z")
    async with operating(app, size=(250, 70)) as pilot:
        await pilot.press("4")
        rows = panel(app, "years").text.splitlines()[:-3]
        words = {word for row in rows for word in re.findall(r"\d+", row[4:].partition("STS-102 8:56")[2] or row[4:])}
        assert words == {str(walk.number) for walk in app.session.chronicle.spacewalks}


async def test_spacewalk_years_share_their_cursor_with_the_list() -> None:
    app = make_app("2026-10-08T12:00:00Z")
    async with operating(app, size=(250, 70)) as pilot:
        await pilot.press("4")
        assert cursor(app, "bars") == cursor(app, "years") == "17"
        await pilot.press("v", "v", "v", "right")
        assert app.focused is panel(app, "years")
        assert cursor(app, "bars") == cursor(app, "years") == "18"
        assert "Spacewalk 18" in panel(app, "walk").text


@pytest.mark.parametrize(("size", "shown"), [((80, 24), False), ((160, 45), True), ((250, 70), True)])
async def test_spacewalk_years_stand_below_the_list_where_there_is_room(size: tuple[int, int], shown: bool) -> None:
    app = make_app("2026-10-08T12:00:00Z")
    async with operating(app, size=size) as pilot:
        await pilot.press("4")
        assert bool(panel(app, "years").size) == shown
        assert (len(numbers(app)) == 27) == shown, "the list has all its rows"
        await pilot.press("v", "v", "v")
        assert "2026" in panel(app, "years").text, "a small terminal shows it when it is gone to"


async def test_spacewalk_moves_in_one_burst_come_to_an_end() -> None:
    app = make_app("2026-10-08T12:00:00Z")
    async with operating(app, size=(250, 70)) as pilot:
        await pilot.press("4")
        for front, moves, number in (("years", ("right", "right"), "19"), ("bars", ("home", "down", "down"), "18")):
            app.screen.query_one(f"#{front}", SelectablePanel).focus()
            await pilot.pause()
            for key in moves:
                app.simulate_key(key)
            await asyncio.wait_for(pilot.pause(), 60.0)
            await pilot.pause()
            assert cursor(app, "bars") == cursor(app, "years") == number
