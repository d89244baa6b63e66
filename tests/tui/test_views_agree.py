"""All views give equal values at one instant, and none shows a value that is unknown."""

from __future__ import annotations

import re

import pytest

from sim.orbit.element_history import ElementHistory, embedded_history
from sim.orbit.tle import parse_tle
from sim.passes.finder import find_passes
from sim.places.place import Place
from sim.time import iso_z, parse_instant
from tests.support.dashboard import ISLAMABAD, RECORD_WALK, make_app, make_session, notifications
from tests.support.operating import operating
from tui.app import TiangongApp
from tui.cli.output.pass_report import pass_lines
from tui.drawing.styled_text import plain
from tui.views.station.events import EventLine
from tui.views.station.tonight import Tonight
from tui.widgets.panel import Panel

FORTY_DAYS_AFTER = "2026-11-20T08:00:00Z"


def text_of(app: TiangongApp, name: str) -> str:
    return app.screen.query_one(f"#{name}", Panel).text


async def test_views_show_equal_altitude_and_decay() -> None:
    app = make_app()
    report = embedded_history().altitude.at(parse_instant(RECORD_WALK))
    assert report.decay is not None
    mean = f"{report.mean_altitude_km:.1f} km"
    async with operating(app, size=(160, 45)) as pilot:
        assert mean in text_of(app, "telemetry")
        assert f"mean {mean}  {report.decay.km_day:+.2f} km a day" in text_of(app, "band")
        await pilot.press("6")
        assert mean in text_of(app, "decay")
        assert f"{report.decay.km_day:+.3f} km a day" in text_of(app, "decay")


async def test_views_next_pass_is_the_first_of_the_pass_table() -> None:
    app = make_app("2026-10-08T13:00:00Z")  # the very next pass stays below 10 degrees
    async with operating(app, size=(160, 45)) as pilot:
        assert "tomorrow 04:42" in text_of(app, "pass")
        await pilot.press("5")
        assert "04:42:" in text_of(app, "table").splitlines()[1]
        await pilot.press("p")
        assert iso_z(app.session.clock.now()) == "2026-10-08T20:27:17Z"


async def test_views_eclipse_times_name_their_zone() -> None:
    app = make_app()
    async with operating(app, size=(160, 45)) as pilot:
        await pilot.press("6")
        eclipses = app.screen.query_one("#eclipses", Panel)
        assert eclipses.border_title == "eclipses ahead, local time"
        assert "13:55:19" in eclipses.text
        await pilot.press("z")
        assert eclipses.border_title == "eclipses ahead, UTC"
        assert "08:55:19" in eclipses.text


async def test_views_deny_no_pass_of_which_the_time_is_not_known() -> None:
    app = make_app("2026-10-18T20:00:00Z", place=Place("Beijing", 39.91, 116.4, 0.0, "Asia/Shanghai", "CN"))
    async with operating(app, size=(160, 45)) as pilot:
        assert app.session.frame().passes == ()
        assert "no pass over Beijing can be predicted this week" in text_of(app, "tonight")
        assert "no pass over Beijing can be predicted in the next ten days" in " ".join(text_of(app, "pass").split())
        await pilot.press("5")
        assert "no pass over Beijing can be predicted in the next ten days" in text_of(app, "table")
        assert "go to the last known instant" in text_of(app, "table")


@pytest.mark.parametrize(
    ("at", "told"),
    [
        ("2026-10-17T00:00Z", "no pass to see over Islamabad is known this week"),
        ("2026-10-16T00:00Z", "no other is known this week"),
    ],
)
def test_station_view_does_not_say_that_no_other_pass_comes_where_times_are_not_known(at: str, told: str) -> None:
    session = make_session(at)
    session.keep_passes(session.compute_passes(session.clock.now()))
    lines = [plain(line) for line in Tonight().draw(session.frame(), 160, 2)]
    assert told in lines[-1]


async def test_views_unknown_position_show_no_shadow_times() -> None:
    app = make_app(FORTY_DAYS_AFTER)
    async with operating(app, size=(160, 45)) as pilot:
        await pilot.press("6")
        assert text_of(app, "eclipses").startswith("Unknown: eclipse times")
        assert not any(char.isdigit() for char in text_of(app, "eclipses"))


async def test_views_orbit_without_a_state_show_no_position() -> None:
    fallen = parse_tle(
        "1 48274U 21035A   24351.50000000  .00016717  00000+0  99999-0 0  9007",
        "2 48274  41.4700 208.9163 0006703  69.9862  25.2906 16.40000000    01",
        strict=False,
    )
    app = make_app("2024-12-18T00:00:00Z", orbit=ElementHistory([fallen]))
    async with operating(app, size=(160, 45)) as pilot:
        assert "Passes cannot be predicted" in text_of(app, "pass")
        await pilot.press("6")
        assert text_of(app, "eclipses").startswith("Unknown: eclipse times")
        for name in ("decay", "notice"):
            assert "these elements decay before 2024-12-18" in text_of(app, name).replace("\n", " ")
        assert "km" not in text_of(app, "decay")


async def test_views_unknown_position_show_no_height() -> None:
    app = make_app(FORTY_DAYS_AFTER)
    report = embedded_history().altitude.at(parse_instant(FORTY_DAYS_AFTER))
    async with operating(app, size=(160, 45)) as pilot:
        assert "The height is unknown" in text_of(app, "band")
        assert "this revolution" not in str(app.screen.query_one("#band", Panel).border_subtitle)
        assert f"{report.mean_altitude_km:.0f} ±17 km" in text_of(app, "telemetry")
        assert text_of(app, "telemetry").rstrip().endswith("⁶more")  # there is no room for all that is to be said
        await pilot.resize_terminal(120, 36)
        await pilot.pause()
        assert "mean altitude" in text_of(app, "band")  # what is known is drawn
        assert app.screen.query_one("#band", Panel).border_subtitle == "height of the instant unknown"
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert text_of(app, "band").split("  ")[:3] == ["⁶band", "340–450 km", "height of the instant unknown"]
        assert "mean altitude" in text_of(app, "telemetry")


async def test_views_before_the_first_elements_show_no_staleness() -> None:
    app = make_app("2021-04-29T04:00:00Z")
    async with operating(app, size=(160, 45)) as pilot:
        assert "elements are from 24 d later" in text_of(app, "notice")
        assert "elements are too recent" in text_of(app, "pass")
        await pilot.press("5")
        said = " ".join(text_of(app, "notes").split())
        assert "from 24 d later: the position along the orbit is unknown" in said
        assert " old" not in said


async def test_next_pass_key_unknown_position_does_not_move_the_clock() -> None:
    app = make_app(FORTY_DAYS_AFTER)
    async with operating(app, size=(160, 45)) as pilot:
        await pilot.press("p")
        assert iso_z(app.session.clock.now()) == FORTY_DAYS_AFTER
        assert any("too far away to predict" in text for text in notifications(app))


def test_pass_lines_sixty_seconds_are_a_minute() -> None:
    passes = find_passes(
        embedded_history(), ISLAMABAD, parse_instant("2025-03-01T00:00:00Z"), parse_instant("2025-03-31T00:00:00Z")
    )
    assert any(one.duration_s % 60.0 >= 59.5 for one in passes)
    assert not any(":60" in line for line in pass_lines(passes, ISLAMABAD))


async def test_views_pass_times_are_to_the_second_those_of_the_command() -> None:
    """Both are those of the nearest second; a time that is cut would be a second early in half of all passes."""
    app = make_app("2026-10-08T13:00:00Z")
    async with operating(app, size=(160, 45)) as pilot:
        await pilot.press("5")
        found = app.session.frame().passes
        assert found
        written = "\n".join(pass_lines(found, ISLAMABAD))
        shown = {time for line in text_of(app, "table").splitlines() for time in re.findall(r"\d\d:\d\d:\d\d", line)}
        assert len(shown) > 30
        assert shown <= set(re.findall(r"\d\d:\d\d:\d\d", written))


@pytest.mark.parametrize("size", [(80, 24), (160, 50)])
@pytest.mark.parametrize("keys", ["", "w", "5"])
async def test_views_count_down_to_no_second_and_mark_times_that_are_minutes_off(
    keys: str, size: tuple[int, int]
) -> None:
    async with operating(make_app("2021-10-04T23:46:00Z"), size=size) as pilot:  # 90 %: 8 minutes
        await pilot.press(*keys)
        assert "~05:02" in pilot.text
        assert not re.search(r"(?<!~)05:0[24]", pilot.text)  # rise and peak of the pass to see
        assert not re.search(r"in (00:)?\d\d:\d\d", pilot.text)


def test_events_of_view_1_have_a_plan_as_next_while_its_span_lasts() -> None:
    lines = EventLine().draw(make_session("2026-11-01").frame(), 60, 4)
    assert plain(lines[0]).startswith("next by 2026-11-30 Planned: Shenzhou-24")
    assert plain(lines[2]).startswith("2026-10-05 Yang Liwei")
