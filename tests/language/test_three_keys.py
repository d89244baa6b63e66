"""What a newcomer asks is answered in Chinese, too, within three keys of a first start, at 80x24 and 160x45."""

from __future__ import annotations

import re

import pytest

from sim.language import use
from tests.support.dashboard import StageTime, make_app
from tui.cli.commands.snap import screen_text
from tui.wording import burns

START = "2026-10-08T12:00:00Z"

sizes = pytest.mark.parametrize("size", [(80, 24), (160, 45)])


async def answer(size: tuple[int, int], *keys: str) -> str:
    """What is on the screen after a first start and some keys."""
    assert len(keys) <= 3
    use("zh_CN")
    app = make_app(None, time=StageTime(START), paused=False)
    async with app.run_test(size=size) as pilot:
        await app.workers.wait_for_complete()
        for key in keys:
            await pilot.press(key)
            await app.workers.wait_for_complete()
            await pilot.pause()
            await pilot.pause()
        app.clear_notifications()
        return screen_text(app.screen)


@sizes
async def test_who_is_aboard_is_on_the_first_screen_and_one_key_away(size: tuple[int, int]) -> None:
    for keys in ((), ("2",)):
        text = await answer(size, *keys)
        assert all(name in text for name in ("朱杨柱", "张志远", "黎家盈"))
        assert "指令长" in text or not keys


@sizes
async def test_the_record_spacewalk_is_seen_to_fall_after_three_keys(size: tuple[int, int]) -> None:
    text = await answer(size, "4", "enter")
    assert "第17次出舱活动" in text
    assert "蔡旭哲、宋令东" in text
    text = await answer(size, "4", "enter", "enter")
    assert "2024-12-17 13:46:0" in text
    assert "距世界纪录还有" in text


@sizes
async def test_the_agreement_with_pakistan_and_who_flies_when_is_one_key_away(size: tuple[int, int]) -> None:
    text = re.sub(r"[\s│]", "", await answer(size, "7"))  # lines break between characters
    assert "2025-02-28" in text
    assert "MuhammadZeeshanAli" in text
    assert "KhurramDaud" in text
    assert "下半年" in text


@sizes
async def test_the_last_raise_with_its_window_is_two_keys_away(size: tuple[int, int]) -> None:
    text = await answer(size, "6", "v") if size[0] < 100 else await answer(size, "6")
    app = make_app(START)
    last = next(b for b in reversed(app.session.read_altitude()[0].at(app.session.clock.now()).burns) if b.size_km > 0)
    assert burns.date(last) in text
    assert burns.size(last) in text
