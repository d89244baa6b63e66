"""View 3: the timeline, the ports at an instant, the detail, and links that move the clock."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.chronicle import embedded_chronicle
from sim.time import parse_instant
from tests.support.dashboard import make_app, panel, proof_text
from tests.support.operating import operating
from tui.app import TiangongApp
from tui.drawing.styled_text import line_width, plain
from tui.drawing.time_axis import SPANS_DAYS, Axis
from tui.views.missions.timeline import MissionTimeline
from tui.views.missions.timeline_rows import axis_line, plan_row, row_line, timeline_rows
from tui.views.missions.view import MissionsView

TODAY = "2026-10-04T12:00:00Z"


def timeline(app: TiangongApp) -> MissionTimeline:
    found = panel(app, "timeline")
    assert isinstance(found, MissionTimeline)
    return found


def row(app: TiangongApp, label: str) -> str:
    return next(line for line in timeline(app).text.splitlines() if line.startswith(label))


async def test_timeline_has_row_for_everything_and_line_for_instant() -> None:
    app = make_app("2025-11-01T03:00:00Z")
    async with operating(app, size=(120, 50)) as pilot:
        await pilot.press("3")
        text = timeline(app).text
        for name in ("spacewalks", "handovers", "aboard", "Tianhe 天和", "Mengtian 梦天", "Shenzhou-12", "Shenzhou-23",
                     "Tianzhou-2", "Tianzhou-10", "forward", "nadir", "aft"):  # fmt: skip
            assert name in text
        head, *rows = text.splitlines()
        at = head.index("▼")
        cells = {line[at] for line in rows if line.startswith("Shenzhou-1")}
        assert cells == {"│"}, "ships of other years leave the instant's line free"
        assert "█" in row(app, "Shenzhou-13")
        assert "┄" in row(app, "Shenzhou-23"), "past the edge of knowledge it is dots"
        assert "Shenzhou-24" not in text, "in 2025 nobody had said a word of it"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Tianhe", ("Tianhe 天和", "launch 2021-04-29", "22500 kg at launch", "16.6 m", "pressurised 113 m³",
                    "Long March 5B Y2", "2021-035A")),
        ("Wentian", ("Wentian 问天", "launch 2022-07-24", "docked 2022-07-24", "Tianhe forward →", "2022-09-30 03:44Z",
                     "starboard, for good", "2022-09-30 04:44Z", "pressurised not found")),
    ],
)  # fmt: skip
async def test_detail_of_a_module_has_its_launch_ports_and_sizes(name: str, words: tuple[str, ...]) -> None:
    app = make_app("2025-11-01T03:00:00Z")
    async with operating(app, size=(250, 70)) as pilot:
        await pilot.press("3")
        panel(app, "detail").set_subject(name)  # type: ignore[attr-defined]
        await pilot.pause()
        text = " ".join(panel(app, "detail").text.split())
        for word in words:
            assert word in text, f"{word}: {text}"
        await pilot.press("i")
        module = next(m for m in embedded_chronicle().modules if m.name == name)
        assert module.proof.sources[0].title in proof_text(app)


async def test_detail_of_a_module_before_its_launch_has_only_where_to_go() -> None:
    app = make_app("2021-06-01T00:00:00Z")
    async with operating(app, size=(250, 70)) as pilot:
        await pilot.press("3")
        panel(app, "detail").set_subject("Mengtian")  # type: ignore[attr-defined]
        await pilot.pause()
        text = " ".join(panel(app, "detail").text.split())
        assert "Mengtian 梦天 later than the instant shown" in text
        assert "2022-10-31" in text
        assert "kg at launch" not in text
        assert "docked" not in text


async def test_timeline_plans_are_marked_planned() -> None:
    app = make_app("2026-10-10T12:00:00Z")
    async with operating(app, size=(160, 45)) as pilot:
        await pilot.press("3", "end")
        text = timeline(app).text
        for what in ("Shenzhou-24", "Xuntian", "Expansion modules"):
            assert "planned: " in row(app, what)
        assert "◇" in row(app, "Shenzhou-24")
        assert "planned, not done as far as known" in panel(app, "detail").text
        assert "sources" in panel(app, "detail").text
        assert text.count("planned: ") >= 5


@pytest.mark.parametrize(
    ("at", "there", "absent"),
    [
        ("2021-07-01T00:00:00Z", ("Tianhe", "Tianzhou-2", "Shenzhou-12", "○ nadir"), ("Wentian", "Mengtian")),
        ("2022-08-15T00:00:00Z", ("Tianhe", "Wentian", "Shenzhou-14", "Tianzhou-4"), ("Mengtian", "starboard")),
        ("2022-10-15T00:00:00Z", ("Wentian", "starboard", "○ forward"), ("Mengtian", "port side")),
        ("2025-11-01T03:00:00Z", ("Mengtian", "port side", "Shenzhou-20", "Shenzhou-21", "Tianzhou-9"), ("○",)),
    ],
)
async def test_ports_diagram_shows_ports_of_instant(at: str, there: tuple[str, ...], absent: tuple[str, ...]) -> None:
    app = make_app(at)
    async with operating(app, size=(160, 45)) as pilot:
        await pilot.press("3", "v", "v")
        text = panel(app, "diagram").text
        for words in there:
            assert words in text
        for words in absent:
            assert words not in text


async def test_ports_diagram_of_complete_station_is_t_shaped() -> None:
    app = make_app("2025-11-01T03:00:00Z")
    async with operating(app, size=(160, 45)) as pilot:
        await pilot.press("3", "v", "v")
        lines = panel(app, "diagram").text.splitlines()
        found = {name: next((y, line.index(name)) for y, line in enumerate(lines) if name in line)
                 for name in ("Mengtian", "Tianhe", "Wentian", "Tianzhou-9", "Shenzhou-21", "Shenzhou-20")}  # fmt: skip
        assert found["Mengtian"][0] < found["Tianhe"][0] < found["Wentian"][0]
        assert found["Tianzhou-9"][0] == found["Tianhe"][0] == found["Shenzhou-21"][0]
        assert found["Tianzhou-9"][1] < found["Tianhe"][1] < found["Shenzhou-21"][1]
        assert found["Shenzhou-20"][0] == found["Wentian"][0]


async def test_ports_diagram_ship_between_ports_is_in_free_flight() -> None:
    app = make_app("2021-06-17T04:00:00Z")
    async with operating(app, size=(160, 45)) as pilot:
        await pilot.press("3", "v", "v")
        assert "in free flight: Shenzhou-12" in panel(app, "diagram").text


async def test_timeline_zooms_scrolls_and_follows_instant() -> None:
    app = make_app("2024-12-17T08:00:00Z")
    async with operating(app, size=(120, 36)) as pilot:
        await pilot.press("3", "plus", "plus", "plus", "plus", "plus", "plus")
        assert "Dec 2024" in str(timeline(app).border_title)
        assert "▼" in timeline(app).text.splitlines()[0]
        await pilot.press("right", "right", "right", "right", "right", "right")
        assert "▼" not in timeline(app).text.splitlines()[0], "scrolled away from the instant"
        shown = str(timeline(app).border_title)
        app.seek(parse_instant("2022-01-01T00:00:00Z"))
        assert str(timeline(app).border_title) == shown, "who scrolled away stays there"
        view = app.screen
        assert isinstance(view, MissionsView)
        view.action_go(parse_instant("2022-02-01T00:00:00Z"))
        await pilot.pause()
        assert "▼" in timeline(app).text.splitlines()[0], "going somewhere brings the instant into sight"
        before = timeline(app).text
        view.action_go(parse_instant("2022-02-01T00:00:10Z"))
        await pilot.pause()
        assert timeline(app).text == before, "the window stands still while the instant moves through it"
        await pilot.press("0")
        assert "2023" in timeline(app).text.splitlines()[0], "all of it"


async def test_mission_detail_links_go_to_launch_docking_undocking_landing() -> None:
    app = make_app(TODAY)
    async with operating(app, size=(80, 24)) as pilot:
        await pilot.press("3")
        for _ in range(6):
            await pilot.press("j")
        assert timeline(app).cursor == "Shenzhou-12"
        await pilot.press("enter")
        text = panel(app, "detail").text
        for words in (
            "神舟十二号",
            "→ launch",
            "2021-06-17 01:22:27Z",
            "→ docked",
            "2021-06-17 07:54Z",
            "Nie Haisheng",
        ):
            assert words in text
        wanted = ("2021-06-17T01:22:27Z", "2021-06-17T07:54:00Z", "2021-09-16T00:56:00Z")
        for step, instant in enumerate(wanted):
            if step:
                await pilot.press("down")
            await pilot.press("enter")
            assert app.session.clock.now() == parse_instant(instant)


async def test_mission_detail_names_other_return_ship() -> None:
    app = make_app(TODAY)
    async with operating(app, size=(250, 70)) as pilot:
        await pilot.press("3")
        timeline(app).choose("Shenzhou-20")
        await pilot.pause()
        text = panel(app, "detail").text
        assert "in Shenzhou-21" in text
        await pilot.press("i")
        assert "sources differ" in proof_text(app)


async def test_mission_detail_after_last_known_date_is_marked_last_known() -> None:
    app = make_app("2026-10-12T00:00:00Z")
    async with operating(app, size=(160, 45)) as pilot:
        await pilot.press("3")
        timeline(app).choose("Shenzhou-23")
        await pilot.pause()
        assert "last known, as of 2026-10-10" in " ".join(panel(app, "detail").text.split())
        assert "last known, as of 2026-10-10" in str(panel(app, "diagram").border_subtitle)


async def test_missions_view_clicks_select_rows_ships_and_instants() -> None:
    app = make_app(TODAY)
    async with operating(app, size=(160, 45)) as pilot:
        await pilot.press("3")
        lines = timeline(app).text.splitlines()
        y = next(y for y, line in enumerate(lines) if line.startswith("Tianzhou-6"))
        await pilot.click(timeline(app), offset=(4, y + 1))
        await pilot.pause()
        assert timeline(app).cursor == "Tianzhou-6"
        assert "天舟六号" in panel(app, "detail").text
        await pilot.press("v", "v")
        rows = panel(app, "diagram").text.splitlines()
        y = next(y for y, line in enumerate(rows) if "Shenzhou-23" in line)
        await pilot.click(panel(app, "diagram"), offset=(rows[y].index("Shenzhou-23") + 3, y + 1))
        await pilot.pause()
        assert timeline(app).cursor == "Shenzhou-23"
        await pilot.click(timeline(app), offset=(40, 1))
        await pilot.pause()
        assert app.session.clock.now() < parse_instant("2023-01-01T00:00:00Z")


# ── the pure parts ────────────────────────────────────────────────────────────────────────────


@given(
    start=st.floats(1.6e9, 1.8e9),
    span_days=st.sampled_from(SPANS_DAYS),
    columns=st.integers(1, 240),
    now=st.floats(1.6e9, 1.85e9),
    label=st.integers(6, 26),
)
@settings(max_examples=25)
def test_row_line_has_exact_width(start: float, span_days: float, columns: int, now: float, label: int) -> None:
    axis = Axis(start, span_days * 86400.0, columns)
    assert line_width(axis_line(axis, label, now)) == label + columns
    book = embedded_chronicle()
    for row in [*timeline_rows(book), *(plan_row(plan) for plan in book.plans)]:
        assert line_width(row_line(row, axis, label, now)) == label + columns


@given(start=st.floats(1.6e9, 1.8e9), span_days=st.sampled_from(SPANS_DAYS), columns=st.integers(30, 240))
@settings(max_examples=80)
def test_axis_labels_never_touch(start: float, span_days: float, columns: int) -> None:
    ticks = Axis(start, span_days * 86400.0, columns).ticks()
    assert all(after[0] >= before[0] + len(before[1]) + 1 for before, after in pairwise(ticks))


def test_row_line_bar_lies_at_its_instants() -> None:
    start, end = parse_instant("2021-01-01T00:00:00Z"), parse_instant("2023-01-01T00:00:00Z")
    axis = Axis(start, end - start, 73)  # ten days a cell
    book = embedded_chronicle()
    row = next(row for row in timeline_rows(book) if row.key == "Shenzhou-13")
    text = plain(row_line(row, axis, 14, end))[14:]
    filled = [x for x, char in enumerate(text) if char in "█▌▐━╸╺"]
    mission = book.missions_by_name["Shenzhou-13"]
    assert mission.launch is not None
    assert mission.end is not None
    assert filled[0] == axis.column(mission.launch.unix_s)
    assert abs(filled[-1] - axis.column(mission.end.unix_s)) <= 1


@pytest.mark.parametrize(
    ("at", "words"),
    [
        ("2021-05-03T00:00:00Z", "the nearest orbit found is of 2021-05-22, 20 days later"),
        ("2027-06-01T00:00:00Z", "days earlier, and what burns lie between is not known"),
    ],
)
async def test_station_page_where_the_place_is_not_known_says_why(at: str, words: str) -> None:
    app = make_app(at)
    async with operating(app, size=(160, 45)) as pilot:
        await pilot.press("3", "home")
        text = " ".join(panel(app, "detail").text.split())
        assert words in text


async def test_station_and_mission_pages_tell_what_else_is_known_with_sources_behind_the_key() -> None:
    app = make_app("2026-10-01T00:00:00Z")
    async with operating(app, size=(250, 120)) as pilot:
        await pilot.press("3", "home")
        text = " ".join(panel(app, "detail").text.split())
        for words in (
            "265 projects",
            "Lessons from orbit",
            "lesson 4",
            "Coordinated, not known to be on air",
            "800 m²",
        ):
            assert words in text
        timeline(app).choose("Shenzhou-20")
        await pilot.pause()
        text = " ".join(panel(app, "detail").text.split())
        for words in ("26 projects, 46.67 kg", "more than 120 maintenance tasks", "first crew to change ships"):
            assert words in text
        await pilot.press("i")
        assert "CCTV evening news, 2025-11-15" in proof_text(app)


async def test_timeline_with_spare_rows_has_the_mean_altitude_on_its_axis() -> None:
    app = make_app("2026-10-08T12:00:00Z")
    async with operating(app, size=(250, 70)) as pilot:
        await pilot.press("3")
        app.draw()
        lines = panel(app, "timeline").text.splitlines()
        (upper,) = (row for row, line in enumerate(lines) if line.startswith("400 km"))
        (lower,) = (row for row, line in enumerate(lines) if line.startswith("373 km"))
        assert lower - upper >= 8
        now = lines[0].index("▼")
        assert all(line[now] == "│" for line in lines[upper:lower])
        assert all(not line[now + 1 :].strip() for line in lines[upper:lower]), "nothing after the instant"
