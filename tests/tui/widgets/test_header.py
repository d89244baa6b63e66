"""The header: what the last refresh gave and when, and whether another one comes."""

from __future__ import annotations

import pytest

from sim.time import parse_instant
from tests.support.dashboard import WALL, make_app
from tests.support.operating import operating
from tui.session.frame import SourceBoard, SourceRow
from tui.widgets.panel import Panel


@pytest.mark.parametrize(
    ("offline", "told"),
    [(False, "no connection 12 min ago, next in 3 min"), (True, "no connection 12 min ago  ")],
)
async def test_header_says_when_the_next_refresh_comes_and_offline_that_none_does(offline: bool, told: str) -> None:
    app, now = make_app(), parse_instant(WALL)
    row = SourceRow("CelesTrak", "no connection", failed=True, last_try_unix_s=now - 720.0, next_try_unix_s=now + 180.0)
    async with operating(app, size=(250, 70)) as pilot:
        app.session.sources = SourceBoard(words=row.words, offline=offline, failed=True, each=(row,))
        app.draw()
        await pilot.pause()
        assert told in app.screen.query_one("#header", Panel).text
