"""What a newcomer asks is answered in Chinese, too, within three keys of a first start, at 80x24 and 160x45."""

from __future__ import annotations

import re

import pytest

from sim.language import use
from tests.tui import test_three_keys

pytestmark = pytest.mark.validation

sizes = test_three_keys.sizes


async def answer(size: tuple[int, int], *keys: str) -> str:
    """What is on the screen in Chinese after a first start and some keys."""
    use("zh_CN")
    return await test_three_keys.answer(size, *keys)


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
    use("zh_CN")
    await test_three_keys.test_the_last_raise_with_its_window_is_two_keys_away(size)
