"""The river of time: its rows at known instants, its hands, and where it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sim.constants import DAY_S
from sim.orbit.uncertainty import expected_error
from sim.time import parse_instant
from tests.support.dashboard import RECORD_WALK, make_app, make_session
from tests.support.later import unmarked
from tests.support.operating import operating
from tui.app import TiangongApp
from tui.config.river_state import SPANS, RiverState
from tui.drawing.styled_text import Line, plain
from tui.drawing.styled_text import width as cells
from tui.views.base import View
from tui.widgets.river.marks import KNOWN_STEP_S, marks
from tui.widgets.river.rows import GUTTER, axis_at, river_lines
from tui.widgets.river.widget import TimeRiver

if TYPE_CHECKING:
    from tui.session.frame import Frame
    from tui.widgets.river.marks import Mark

WIDTH = 160
DAYS_3 = next(number for number, (span_s, _) in enumerate(SPANS) if span_s == 3 * DAY_S)


def rows(at: str, zoom: int, width: int = WIDTH) -> list[Line]:
    return river_lines(make_session(at).frame(), zoom, width, 3)[0]


def texts(at: str, zoom: int, width: int = WIDTH) -> list[str]:
    return [plain(line) for line in rows(at, zoom, width)]


def river(app: TiangongApp) -> TimeRiver:
    found = app.screen.query_one("#river")
    assert isinstance(found, TimeRiver)
    return found


@pytest.mark.parametrize("zoom", range(len(SPANS)))
@pytest.mark.parametrize("at", [RECORD_WALK, "2021-04-29T04:00:00Z", "2026-10-08T12:00:00Z"])
def test_axis_at_keeps_the_instant_in_its_second_quarter(at: str, zoom: int) -> None:
    unix_s = parse_instant(at)
    axis = axis_at(unix_s, zoom, 147)
    assert 0.25 * axis.span_s <= unix_s - axis.start_s < 0.5 * axis.span_s


def test_river_lines_name_crew_and_the_walk_under_way() -> None:
    crew, happening, axis = texts(RECORD_WALK, DAYS_3)
    assert "SZ-19 Cai Xuzhe · Song Lingdong" in crew
    assert "spacewalk 17 ◆" in happening
    assert "3 days" in axis
    assert (
        axis[GUTTER + axis_at(parse_instant(RECORD_WALK), DAYS_3, WIDTH - GUTTER).column(parse_instant(RECORD_WALK))]
        == "▲"
    )


def test_river_lines_put_a_mark_where_its_instant_lies() -> None:
    frame = make_session(RECORD_WALK).frame()
    lines, found = river_lines(frame, DAYS_3, WIDTH, 3)
    axis = axis_at(frame.unix_s, DAYS_3, WIDTH - GUTTER)
    begin = next(mark for mark in found if mark.label == "spacewalk 17")
    assert abs(begin.unix_s - parse_instant("2024-12-17T04:51:00Z")) < 60.0
    assert plain(lines[1])[GUTTER + axis.column(begin.unix_s)] == "◆"


def test_river_lines_of_hours_show_the_shadows_of_the_track() -> None:
    frame = make_session(RECORD_WALK).frame()
    axis = axis_at(frame.unix_s, 0, WIDTH - GUTTER)
    light = plain(river_lines(frame, 0, WIDTH, 3)[0][0])
    for point in (*frame.past[1:], *frame.future[:-2]):
        column = axis.column(point.unix_s + 45.0)
        if 0 <= column < axis.columns and light[GUTTER + column] in "░━":
            neighbours = {p.sunlit for p in (*frame.past, *frame.future) if abs(p.unix_s - point.unix_s) <= 180.0}
            if neighbours == {point.sunlit}:
                assert (light[GUTTER + column] == "━") == point.sunlit


@pytest.mark.parametrize("zoom", [0, 1])
@pytest.mark.parametrize(
    "at", ["2024-10-24T20:00:00Z", "2024-10-25T09:00:00Z", "2024-10-25T17:00:00Z", "2026-10-19T10:00:00Z"]
)
def test_river_lines_of_hours_claim_no_light_where_the_position_is_not_known(at: str, zoom: int) -> None:
    """In the hours around a gap of the history, and where it ends."""
    session = make_session(at)
    session.keep_eclipses(session.compute_eclipses(parse_instant(at)))
    frame = session.frame()
    axis = axis_at(frame.unix_s, zoom, WIDTH - GUTTER)
    row = plain(river_lines(frame, zoom, WIDTH, 3)[0][0])[GUTTER:]
    assert "┄" in row
    assert "  " not in row.strip()
    for column, sign in enumerate(row):
        first_s, last_s = axis.instant(column) - KNOWN_STEP_S, axis.instant(column + 1) + KNOWN_STEP_S
        known = {expected_error(frame.orbit, unix_s).position_known for unix_s in (first_s, last_s)}
        if sign in "░━" and len(known) == 1:
            assert known == {True}, column
        if sign == "┄" and len(known) == 1:
            assert known == {False}, column


@pytest.mark.parametrize("zoom", range(len(SPANS)))
@pytest.mark.parametrize("at", [RECORD_WALK, "2023-05-11T00:00:00Z", "2021-06-20T00:00:00Z", "2026-04-22T12:00:00Z"])
def test_river_lines_say_of_later_that_it_is_later(at: str, zoom: int) -> None:
    found = list(unmarked(texts(at, zoom), parse_instant(at)))
    assert found == []


@pytest.mark.parametrize("width", [40, 80, 120, 250])
@pytest.mark.parametrize("zoom", range(len(SPANS)))
def test_river_lines_are_as_wide_as_asked(width: int, zoom: int) -> None:
    assert {cells(text) for text in texts(RECORD_WALK, zoom, width)} == {width}


def test_marks_leave_out_plans_that_are_over() -> None:
    frame = make_session("2026-10-08T12:00:00Z").frame()
    found = marks(frame, axis_at(frame.unix_s, len(SPANS) - 1, 147))
    assert any(mark.plan for mark in found)
    assert all(mark.unix_s > frame.unix_s - 400 * DAY_S for mark in found if mark.plan)


@pytest.mark.parametrize(
    ("size", "shown"), [((80, 24), False), ((119, 45), False), ((120, 35), False), ((120, 36), True), ((250, 70), True)]
)
async def test_river_is_shown_by_itself_where_there_is_room(size: tuple[int, int], shown: bool) -> None:
    app = make_app()
    async with operating(app, size=size) as pilot:
        app.draw()
        await pilot.pause()
        assert bool(app.screen.query("#river")) == shown


@pytest.mark.parametrize("view", "1234567")
async def test_river_is_the_same_in_every_view_and_covers_nothing(view: str) -> None:
    app = make_app()
    async with operating(app, size=(160, 45)) as pilot:
        await pilot.press(view)
        app.draw()
        await pilot.pause()
        here = river(app).region
        assert (here.y, here.height, here.width) == (41, 3, 160)
        for widget in app.screen.query("Panel"):
            if widget is not river(app):
                assert not widget.region.overlaps(here), widget


async def test_river_key_shows_it_gives_it_the_keys_and_hides_it() -> None:
    app = make_app()
    async with operating(app, size=(80, 24)) as pilot:
        await pilot.press("R")
        assert app.focused is river(app)
        assert "3 days" in river(app).text
        await pilot.press("minus")
        assert "10 days" in river(app).text
        await pilot.press("4")
        app.draw()
        await pilot.pause()
        assert "10 days" in river(app).text
        await pilot.press("R")
        await pilot.press("R")
        assert not app.screen.query("#river")
        assert isinstance(app.screen, View)


async def test_river_arrow_scrubs_and_backspace_takes_all_of_it_back() -> None:
    app = make_app()
    async with operating(app, size=(160, 45)) as pilot:
        await pilot.press("R")
        cell_s = 3 * DAY_S / (160 - GUTTER)
        for _ in range(3):
            await pilot.press("right")
        assert app.session.clock.now() == pytest.approx(parse_instant(RECORD_WALK) + 3 * cell_s, abs=0.01)
        await pilot.press("backspace")
        assert app.session.clock.now() == pytest.approx(parse_instant(RECORD_WALK), abs=0.01)


async def test_river_clicked_goes_to_the_mark_and_wheel_scrubs() -> None:
    app = make_app()
    async with operating(app, size=(160, 45)) as pilot:
        app.draw()
        await pilot.pause()
        axis = axis_at(parse_instant(RECORD_WALK), DAYS_3, 160 - GUTTER)
        begin_s = parse_instant("2024-12-17T04:51:00Z")
        await pilot.click("#river", offset=(GUTTER + axis.column(begin_s), 1))
        await pilot.pause()
        assert abs(app.session.clock.now() - begin_s) < 60.0
        before_s = app.session.clock.now()
        river(app).action_scrub(1)
        await pilot.pause()
        assert app.session.clock.now() == pytest.approx(before_s + axis.span_s / axis.columns, abs=0.01)


async def test_river_of_running_time_draws_no_more_than_its_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[int] = []

    def counted(frame: Frame, zoom: int, width: int, height: int) -> tuple[list[Line], list[Mark]]:
        drawn.append(1)
        return river_lines(frame, zoom, width, height)

    monkeypatch.setattr("tui.widgets.river.widget.river_lines", counted)
    app = make_app()
    async with operating(app, size=(160, 45)) as pilot:
        for _ in range(2):
            app.draw()
            await pilot.pause()
        drawn.clear()
        clock = app.session.clock
        for _ in range(60):
            clock.step(60.0)
            app.draw()
        assert len(drawn) <= 4  # an hour is two or three cells


def test_river_state_zooms_within_its_spans() -> None:
    state = RiverState()
    assert [state.zoom_by(1) for _ in range(5)] == [True, True, True, False, False]
    assert state.zoom == 0
    assert all(state.zoom_by(-1) for _ in range(len(SPANS) - 1))
    assert not state.zoom_by(-1)
    assert state.zoom_by(0)
    assert SPANS[state.zoom][1] == "3 days"


async def test_river_wanted_again_while_it_is_being_removed_comes_back_once() -> None:
    app = make_app()
    async with operating(app, size=(160, 45)) as pilot:
        app.draw()
        await pilot.pause()
        view = app.screen
        assert isinstance(view, View)
        for wanted in (False, True, False, True):
            view.context.river.wanted = wanted
            view.keep_river()
        await pilot.pause()
        app.draw()
        await pilot.pause()
        assert len(app.screen.query("#river")) == 1


@pytest.mark.parametrize("name", ["river", "tonight"])
async def test_panel_without_a_border_keeps_its_rows_while_it_has_the_keys(name: str) -> None:
    app = make_app()
    async with operating(app, size=(160, 45)) as pilot:
        await pilot.press("R", "escape")
        widget = app.screen.query_one(f"#{name}")
        before = widget.content_size
        app.screen.set_focus(widget)
        await pilot.pause()
        assert widget.content_size == before


@pytest.mark.parametrize("at", ["2024-12-17T12:00Z", "2024-10-31T02:00Z", "2024-12-25T00:00Z"])
@pytest.mark.parametrize("width", [80, 120, 160, 250])
def test_river_lines_never_write_a_crew_across_the_instant(at: str, width: int) -> None:
    frame = make_session(at).frame()
    row = plain(river_lines(frame, DAYS_3, width, 3)[0][0])
    left, _, right = row.partition("┃")
    assert left[-1] in "━ "
    assert right[0] in "━ "
