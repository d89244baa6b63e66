"""`tiangong snap`: the picture waits for what is computed beside the screen."""

from __future__ import annotations

import asyncio

from tests.support.dashboard import make_app
from tui.cli.commands.snap import complete


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
