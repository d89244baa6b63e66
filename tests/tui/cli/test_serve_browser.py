"""`tiangong serve` in a real browser: drawing, keys, mouse, resizing, and the end with the tab."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pyte
import pytest

pytest.importorskip("textual_serve", reason="textual-serve is not installed (extra “web”)")

from tests.support.browser import Page, browsing, chromium
from tests.support.web import WAIT_S, serving
from tests.tui.cli.test_serve import AT, drawn, vanished, visitor_folders

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PROGRAM = chromium()
pytestmark = [
    pytest.mark.skipif(PROGRAM is None, reason="no Chromium is installed"),
    pytest.mark.usefixtures("temporary_folder"),
]


def text_of(page: Page, columns: int = 200, rows: int = 80) -> str:
    """What a terminal large enough shows after the bytes that the page has received."""
    screen = pyte.Screen(columns, rows)
    pyte.ByteStream(screen).feed(bytes(page.received))
    return "\n".join(screen.display)


async def shown(page: Page, condition: Callable[[str], bool]) -> None:
    """Wait until the page has received a screen that satisfies a condition."""
    async with asyncio.timeout(WAIT_S):
        while not condition(text_of(page)):
            await page.evaluate("1")  # takes in what has come meanwhile
            await asyncio.sleep(0.1)


async def click_on(page: Page, words: str) -> None:
    """Click on the first letter of a text in the key bar, the last row of the screen."""
    lines = text_of(page).rstrip().splitlines()
    row = len(lines) - 1
    columns = next(len(line.rstrip()) for line in lines if line.rstrip().endswith("╮"))
    width_px = await page.evaluate("document.querySelector('.xterm-screen').clientWidth")
    height_px = await page.evaluate("document.querySelector('.xterm-screen').clientHeight")
    await page.click((lines[row].index(words) + 0.5) * width_px / columns, (row + 0.5) * height_px / len(lines))


async def test_browser_draws_takes_keys_and_mouse_resizes_reloads_and_ends(tmp_path: Path) -> None:
    assert PROGRAM is not None
    with serving(*AT, cwd=tmp_path) as (url, _):
        async with browsing(PROGRAM, tmp_path / "profile") as page:
            await page.open(url)
            await shown(page, drawn)
            assert (await page.evaluate("document.title")).startswith("Tiangong 天宫")
            assert "天" in text_of(page)
            async with asyncio.timeout(WAIT_S):
                while await page.colours() < 50:  # a page without the drawn dashboard has a handful
                    await asyncio.sleep(0.2)

            await page.press("2")
            await shown(page, lambda text: "ground track" not in text)
            await click_on(page, "station")
            await shown(page, lambda text: "ground track" in text)

            received = len(page.received)
            await page.resize(1400, 900)
            await shown(page, lambda _: len(page.received) > received + 2000)

            await page.open(url)  # a reload
            await shown(page, drawn)
            assert page.complaints == []
            assert [each for each in page.requested if not each.startswith((url, "data:"))] == []
            await page.open("about:blank")
            await vanished(visitor_folders)
