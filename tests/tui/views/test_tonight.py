"""The card of the next pass worth seeing: one sentence, the one after, and why there is none."""

from __future__ import annotations

import pytest

from sim.passes.observation import observe
from sim.places.place import Place
from sim.time import to_datetime
from tests.support.dashboard import ISLAMABAD, StageTime, make_app, make_session, notifications, panel
from tests.support.operating import operating
from tui.config.options import DashboardOptions
from tui.drawing.styled_text import line_width, plain
from tui.session.frame import Frame
from tui.views.station.tonight import Tonight, next_visible, sentences, why_none
from tui.wording import quantities
from tui.wording.passes import brightness

EVENING = "2026-10-11T12:00:00Z"
"""The next pass worth it is that of Monday: it comes out of the shadow at 05:00."""

TROMSO = Place("Tromsø", 69.65, 18.96, 0.0, "Europe/Oslo", "NO")
SINGAPORE = Place("Singapore", 1.29, 103.85, 0.0, "Asia/Singapore", "SG")


def frame_at(at: str, place: Place = ISLAMABAD) -> Frame:
    session = make_session(at, place=place)
    session.keep_passes(session.compute_passes(session.clock.now()))
    return session.frame()


def card(frame: Frame, width: int, height: int = 2) -> list[str]:
    return [plain(line) for line in Tonight().draw(frame, width, height)]


def test_tonight_says_when_where_how_high_how_bright_and_how_long() -> None:
    frame = frame_at(EVENING)
    pass_ = next_visible(frame)[0]
    (window,) = pass_.windows
    first = observe(frame.orbit, frame.place, window.from_unix_s, pass_.standard)
    top = max(
        (
            observe(frame.orbit, frame.place, window.from_unix_s + k * window.duration_s / 400.0, pass_.standard)
            for k in range(401)
        ),
        key=lambda point: point.elevation_deg,
    )
    assert pass_.magnitude is not None
    sentence = sentences(frame, pass_)[0]
    assert sentence.startswith("tomorrow 05:00")
    assert f"look {quantities.compass(first.azimuth_deg)}" in sentence
    assert f"climbs to {top.elevation_deg:.0f}° in the {quantities.compass(top.azimuth_deg)}" in sentence
    assert brightness(pass_.magnitude) in sentence
    assert sentence.endswith(f"{round(window.duration_s / 60.0)} minutes")


def test_tonight_gives_the_one_after_and_only_visible_passes() -> None:
    frame = frame_at(EVENING)
    first, second = card(frame, 140)
    coming = next_visible(frame)
    assert sentences(frame, coming[0])[0] in first
    assert sentences(frame, coming[1])[0] in second
    assert all(p.visible and p.grade for p in coming)


@pytest.mark.parametrize("width", [40, 60, 80, 120, 250])
def test_tonight_line_fits_and_keeps_time_and_direction(width: int) -> None:
    frame = frame_at(EVENING)
    lines = Tonight().draw(frame, width, 1)
    assert [line_width(line) <= width for line in lines] == [True]
    assert "look" in plain(lines[0])
    assert "05:00" in plain(lines[0])
    assert "…" not in plain(lines[0])


def test_tonight_during_the_pass_says_where_to_look_now() -> None:
    at = next_visible(frame_at(EVENING))[0].windows[0].from_unix_s + 60.0
    frame = frame_at(to_datetime(at).strftime("%Y-%m-%dT%H:%M:%SZ"))
    seen = observe(frame.orbit, frame.place, frame.unix_s, None)
    assert f"up now: look {quantities.compass(seen.azimuth_deg)}" in card(frame, 120)[0]


@pytest.mark.parametrize(
    ("at", "place", "why"),
    [
        ("2026-09-25T12:00:00Z", TROMSO, "the station never rises"),
        ("2026-10-03T12:00:00Z", Place("far south", -50.0, 0.0), "no pass"),
        ("2026-12-20T12:00:00Z", ISLAMABAD, "unknown"),
    ],
)
def test_tonight_without_a_pass_says_why(at: str, place: Place, why: str) -> None:
    text = card(frame_at(at, place), 160)[0]
    assert why in text or "to see" in text


def test_tonight_why_none_counts_what_the_passes_of_the_week_lack() -> None:
    frame = frame_at("2026-06-21T12:00:00Z", Place("Turku", 51.0, 22.3))
    if not next_visible(frame):
        assert "no pass to see over Turku this week" in why_none(frame)[0]


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (160, 45), (250, 70)])
async def test_tonight_is_first_in_view_1_at_every_size(size: tuple[int, int]) -> None:
    app = make_app(EVENING)
    async with operating(app, size=size):
        shown = panel(app, "tonight")
        assert shown.region.y == 1
        assert "tomorrow 05:00" in shown.text
        assert "look WNW" in shown.text or "look NW" in shown.text


async def test_tonight_alarm_key_sets_and_cancels_and_the_list_shows_it() -> None:
    app = make_app(None, time=StageTime("2026-10-08T12:00:00Z"), paused=False)
    async with operating(app, size=(160, 45)) as pilot:
        await pilot.press("exclamation_mark")
        (alarm,) = app.session.alarms
        assert "alarm is set" in panel(app, "tonight").text
        await pilot.press("5")
        rows = panel(app, "table").text.splitlines()
        (marked,) = [row for row in rows[1:] if " !" in row]
        assert quantities.clock_time(alarm.rise_unix_s, ISLAMABAD, utc=False) in marked
        assert "! Alarms: tomorrow 04:42." in panel(app, "notes").text
        await pilot.press("home", "exclamation_mark")
        assert app.session.alarms == ()


@pytest.mark.parametrize("view", ["station", "passes"])
async def test_alarm_is_offered_only_for_passes_that_come_by_the_real_clock(view: str) -> None:
    past = make_app("2026-10-01T14:16:00Z", options=DashboardOptions(offline=True, view=view))
    async with operating(past, size=(160, 45)) as pilot:
        assert "alarm" not in panel(past, "keybar").text
        if view == "station":
            assert "!" not in panel(past, "tonight").text
        await pilot.press("exclamation_mark")
        assert any("by the real clock" in text for text in notifications(past))
    options = DashboardOptions(offline=True, view=view)
    coming = make_app(None, time=StageTime("2026-10-08T12:00:00Z"), paused=False, options=options)
    async with operating(coming, size=(160, 45)):
        assert "! alarm" in panel(coming, "keybar").text
