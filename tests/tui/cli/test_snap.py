"""`tiangong snap`: the picture waits for what is computed beside the screen."""

from __future__ import annotations

import asyncio

import pytest

from tests.support.dashboard import make_app
from tui.cli.commands.snap import complete
from tui.views.station.position import Telemetry


async def test_snap_waits_for_a_search_that_is_under_way() -> None:
    app = make_app("2026-10-04T12:00:00Z")
    found = asyncio.Event()

    async def search() -> None:
        await found.wait()

    async with app.run_test(size=(80, 24)) as pilot:
        app.run_worker(search())
        picture = asyncio.create_task(complete(app, pilot))
        await app.workers.wait_for_complete([worker for worker in app.workers if worker.name != "search"])
        for _ in range(10):
            await pilot.pause()
        assert not picture.done()
        found.set()
        await picture
        assert all(worker.is_finished for worker in app.workers)
        assert app.controls.searches.started


@pytest.mark.usefixtures("brief_failure")
async def test_snap_of_a_dashboard_that_failed_ends_with_what_it_failed_with(monkeypatch: pytest.MonkeyPatch) -> None:
    def draw(*_arguments: object) -> list[object]:
        raise ArithmeticError("a panel that fails")

    monkeypatch.setattr(Telemetry, "draw", draw)
    app = make_app("2026-10-04T12:00:00Z")
    with pytest.raises(ArithmeticError, match="a panel that fails"):
        async with app.run_test(size=(160, 45)) as pilot:
            await asyncio.wait_for(complete(app, pilot), 60)
