"""What a newcomer asks is answered within three keys of a first start, at 80x24 and 160x45."""

from __future__ import annotations

import pytest
from textual.widgets import Input

from sim.time import iso_z
from tests.support.dashboard import StageTime, make_app, panel
from tests.support.operating import operating, text_after
from tui.views.dialogs.place import PlacePicker
from tui.wording import burns

pytestmark = pytest.mark.validation

START = "2026-10-08T12:00:00Z"

sizes = pytest.mark.parametrize("size", [(80, 24), (160, 45)])


async def answer(size: tuple[int, int], *keys: str) -> str:
    """What is on the screen after a first start and some keys."""
    assert len(keys) <= 3
    return await text_after(make_app(None, time=StageTime(START), paused=False), *keys, size=size)


@sizes
async def test_who_is_aboard_is_on_the_first_screen_and_one_key_away(size: tuple[int, int]) -> None:
    for keys in ((), ("2",)):
        text = await answer(size, *keys)
        assert all(name in text for name in ("Zhu Yangzhu", "Zhang Zhiyuan", "Lai Ka-ying", "朱杨柱"))


@sizes
async def test_the_record_spacewalk_is_seen_to_fall_after_three_keys(size: tuple[int, int]) -> None:
    text = await answer(size, "4", "enter")
    assert "Spacewalk 17" in text
    assert "Cai Xuzhe, Song Lingdong" in text
    text = await answer(size, "4", "enter", "enter")
    assert "2024-12-17 13:46:0" in text
    assert "to go to the world record" in text
    assert "x1" in text


@sizes
async def test_the_agreement_with_pakistan_and_who_flies_when_is_one_key_away(size: tuple[int, int]) -> None:
    text = await answer(size, "7")
    assert "2025-02-28" in text
    assert "Muhammad Zeeshan Ali" in text
    assert "Khurram Daud" in text
    assert "second half" in text


@sizes
async def test_the_last_raise_with_its_window_is_two_keys_away(size: tuple[int, int]) -> None:
    text = await answer(size, "6", "v") if size[0] < 100 else await answer(size, "6")
    app = make_app(START)
    last = next(b for b in reversed(app.session.read_altitude()[0].at(app.session.clock.now()).burns) if b.size_km > 0)
    assert burns.date(last) in text
    assert burns.size(last) in text


@sizes
async def test_the_next_visible_pass_at_a_town_that_is_typed_is_on_the_first_screen(size: tuple[int, int]) -> None:
    app = make_app(None, time=StageTime(START), paused=False)
    async with operating(app, size=size) as pilot:
        await pilot.press("o")
        assert isinstance(app.screen, PlacePicker)
        app.screen.query_one(Input).value = "Madrid"
        await pilot.pause()
        await pilot.press("enter")
        assert app.session.place.name == "Madrid"
        frame = app.session.frame()
        seen = [p for p in frame.passes or () if p.visible]
        text = panel(app, "tonight").text
        assert ("look" in text) if seen and seen[0].rise.unix_s < frame.unix_s + 6 * 86400 else ("no pass" in text)
        assert iso_z(frame.unix_s).startswith("2026-10-08T12:00")


async def test_every_raise_has_the_window_that_the_command_line_prints(capsys: pytest.CaptureFixture[str]) -> None:
    from tui.cli.main import main

    app = make_app("2026-10-08T12:00:00Z")
    async with operating(app, size=(250, 70)) as pilot:
        await pilot.press("6")
        app.draw()
        shown = panel(app, "decay").text.splitlines()
        lowered = panel(app, "history").captions[1]
    assert main(["burns", "--at", "2026-10-08T12:00:00Z", "--offline"]) == 0
    printed = capsys.readouterr().out
    rows = [line for line in shown if " km" in line and line[:2] == "20"]
    assert len(rows) > 12  # the state vector stands below them
    for row in rows:
        assert row[:22].strip() in printed
    raised, sunk = (int(part.split()[0]) for part in lowered.replace(" since 2021", "").split(", "))
    table = [line for line in printed.splitlines() if line[:2] == "20"]
    assert raised == sum("+" in line.split("km")[0] for line in table)
    assert sunk == len(table) - raised
