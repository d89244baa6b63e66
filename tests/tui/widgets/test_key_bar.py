"""The footer: every view has its word, the keys belong to the view and its part, none that cannot work."""

from __future__ import annotations

import pytest

from sim.orbit.uncertainty import expected_error
from sim.time import parse_instant, to_datetime
from tests.support.dashboard import RECORD_WALK, StageTime, make_app, panel
from tests.support.operating import operating
from tui.config import footer
from tui.config.actions import ACTIONS, VIEWS
from tui.config.options import DashboardOptions
from tui.config.settings import VIEW_NAMES, Settings
from tui.drawing.styled_text import width
from tui.wording.coverage import known_border

SIZES = [(80, 24), (120, 36), (160, 45), (250, 70)]


def test_footer_entries_are_actions_of_the_table() -> None:
    known = {action.id for action in ACTIONS}
    entries = [*footer.TEXT, *footer.LAST, *footer.ALWAYS, *footer.UNKNOWN_ONLINE]
    entries += [entry for keys in footer.SCREENS.values() for entry in keys]
    assert {entry if isinstance(entry, str) else entry[0] for entry in entries} <= known
    assert set(VIEW_NAMES) <= set(footer.SCREENS)


@pytest.mark.validation
@pytest.mark.parametrize("size", SIZES)
async def test_footer_has_a_word_for_every_view_its_keys_and_find(size: tuple[int, int]) -> None:
    app = make_app(RECORD_WALK)
    async with operating(app, size=size) as pilot:
        for digit, name in enumerate(VIEWS, start=1):
            await pilot.press(str(digit))
            text = panel(app, "keybar").text
            assert width(text) <= size[0]
            for number, view in enumerate(VIEWS, start=1):
                words = (f"{number}{footer.VIEW_WORDS[view][1]}", f"{number} {view}")
                assert any(word in text for word in words), (text, view)
            assert "^P find" in text
            assert "? help" in text
            keys = footer.footer_keys(name if name != "orbit" else "orbit page", known=True, offline=True)
            first = next(key for key in keys if key.id != "pass.alarm")  # by the real clock these passes are over
            assert f"{first.shown} {first.word}" in text or size[0] > 80


async def test_footer_changes_with_the_active_part() -> None:
    app = make_app(RECORD_WALK)
    async with operating(app, size=(120, 36)) as pilot:
        await pilot.press("2")
        assert "person" in panel(app, "keybar").text
        await pilot.press("enter")
        assert "go there" in panel(app, "keybar").text
        await pilot.press("escape")
        assert "person" in panel(app, "keybar").text


@pytest.mark.parametrize("size", SIZES)
async def test_footer_and_notice_offline_and_stale_offer_only_what_works(size: tuple[int, int]) -> None:
    app = make_app(None, time=StageTime("2026-11-23T00:00:00Z"), paused=False)
    async with operating(app, size=size):
        notice, bar = panel(app, "notice").text, panel(app, "keybar").text
        assert "live, position" in notice
        frame = app.session.frame()
        border = to_datetime(known_border(frame.orbit, frame.status.provenance.epoch_unix_s, frame.unix_s))
        assert f"unknown since {border.day} {border:%b %Y}" in notice
        before, after = (expected_error(app.session.orbit, border.timestamp() + s).position_known for s in (-120, 120))
        assert (before, after) == (True, False)
        assert "x goes to the last known" in notice
        assert "fetch" not in notice + bar
        assert "x last known" in bar
        assert "watch" not in bar
        assert "alarm" not in bar


async def test_footer_before_the_first_set_names_the_first_known_instant_and_no_fetch() -> None:
    app = make_app("2021-04-29T05:00:00Z")
    async with operating(app, size=(160, 45)):
        bar = panel(app, "keybar").text
        assert "x first known" in bar
        assert "last known" not in bar
    keys = footer.footer_keys("station", known=False, offline=False, ahead=True)
    assert "update" not in {key.id for key in keys}


@pytest.mark.parametrize(
    ("at", "border"),
    [("2021-04-29T05:00Z", "2021-05-14T06:31Z"), ("2024-10-25T05:00Z", "2024-10-25T16:13Z")],
)
async def test_notice_before_a_set_names_the_day_from_which_the_position_is_known(at: str, border: str) -> None:
    """Days before the set itself: it says something of them, with a large error."""
    known_s = parse_instant(border)
    app = make_app(at)
    async with operating(app, size=(160, 45)):
        day = to_datetime(known_s)
        assert f"unknown until {day.day} {day:%b %Y}" in panel(app, "notice").text
    before, after = (expected_error(app.session.orbit, known_s + s).position_known for s in (-120, 120))
    assert (before, after) == (False, True)


async def test_header_80_columns_keeps_local_time_when_paused() -> None:
    app = make_app("2026-11-20T00:00:00Z")
    async with operating(app, size=(80, 24)):
        assert "paused" in panel(app, "header").text
        assert "05:00" in panel(app, "header").text


async def test_footer_writes_the_keys_of_the_settings() -> None:
    settings = Settings(keys={"place": "Y", "view.crew": "f9"})
    app = make_app(RECORD_WALK, options=DashboardOptions(offline=True, settings=settings))
    async with operating(app, size=(160, 45)):
        text = panel(app, "keybar").text
        assert "Y place" in text
        assert "F9 crew" in text.replace("f9", "F9")
        assert " o place" not in text
