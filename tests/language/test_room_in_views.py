"""In Chinese as in English nothing is cut and no title is longer than its border, at any size of the terminal."""

from __future__ import annotations

import pytest

from sim.language import use
from tests.support.dashboard import make_app
from tests.support.operating import operating
from tui.drawing.styled_text import width
from tui.widgets.panel import Panel

pytestmark = pytest.mark.validation

AT = "2024-12-17T08:00:00Z"
KEYS = {"station": ("1",), "passes": ("5",), "orbit": ("6",), "orbit, second page": ("6", "v"), "theatre": ("w",)}
CORNERS = 4
"""Cells of a border that a title leaves free."""

OF_ANY_LENGTH = {"sky", "events", "header", "notice", "keybar", "river"}
"""Panels that shorten their texts in every language, as titles of events have any length."""


async def panels(size: tuple[int, int], keys: tuple[str, ...]) -> list[Panel]:
    """Those that are on the screen."""
    use("zh_CN")
    app = make_app(AT)
    async with operating(app, size=size) as pilot:
        await pilot.press(*keys)
        return [one for one in app.screen.query(Panel) if one.content_size.area and one.id not in OF_ANY_LENGTH]


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (160, 45), (250, 70)], ids=str)
@pytest.mark.parametrize("view", KEYS)
async def test_nothing_is_cut(view: str, size: tuple[int, int]) -> None:
    shown = await panels(size, KEYS[view])
    assert shown
    for panel in shown:
        longest = max(map(width, panel.captions))
        assert longest <= panel.outer_size.width - CORNERS or not panel.gutter.top, panel.captions
        if panel.id != "table":  # its last column takes what room there is
            assert "…" not in panel.text
