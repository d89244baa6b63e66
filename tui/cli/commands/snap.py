"""`tiangong snap`: one picture of a view, as text or SVG."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.errors import TimeError
from sim.language import _
from tui.cli.arguments import Parser, add_dashboard_options, size
from tui.cli.commands import dashboard
from tui.cli.context import say
from tui.cli.output_file import write_output
from tui.session.loading import make_session
from tui.wording import quantities

if TYPE_CHECKING:
    import argparse

    from textual.pilot import Pilot
    from textual.screen import Screen

    from tui.app import TiangongApp
    from tui.config.options import DashboardOptions

QUIET_ROUNDS = 2
"""So often in turn nothing may be under way: what a search has found may set another one going when it is drawn."""

POLL_S = 0.02


def parser() -> Parser:
    made = Parser(
        "snap",
        _("One picture of a view, drawn without a terminal: text to stdout, or a file that ends in .svg or .txt."),
        ["tiangong snap", "tiangong snap --view crew --at 2024-12-17 --size 160x45 --output crew.svg"],
    )
    made.add_argument("--output", metavar="FILE", type=Path, help=_("a file that ends in .svg or .txt"))
    made.add_argument("--size", metavar="CxR", type=size, default=(160, 45), help=_("columns and rows; default 160x45"))
    add_dashboard_options(made)
    return made


def run(arguments: argparse.Namespace) -> None:
    path: Path | None = arguments.output
    form = ".txt" if path is None else path.suffix.lower()
    if form not in {".svg", ".txt"}:
        parser().error(_("--output must end in .svg or .txt"))
    import asyncio

    # A picture has all colours, whatever the terminal has; text has none, so the map is drawn in lines and the model is
    # said in words. Textual reads this variable when it is imported.
    if form == ".svg":
        os.environ.setdefault("TEXTUAL_COLOR_SYSTEM", "truecolor")
    else:
        os.environ["TEXTUAL_COLOR_SYSTEM"] = "standard"
    # A picture shows what is there: nothing is downloaded, and a given instant stands still.
    is_still = arguments.paused or arguments.at is not None
    asked = dashboard.DashboardArguments.of(arguments, offline=True, paused=is_still)
    chosen = dashboard.options(asked, stream=sys.stdout if path is None else None)
    picture = asyncio.run(_picture(chosen, arguments.size, svg=form == ".svg"))
    if path is None:
        print(picture)
        return
    write_output(path, f"{picture}\n".encode())


async def _picture(options: DashboardOptions, dimensions: tuple[int, int], *, svg: bool) -> str:
    from tui.app import TiangongApp

    session, messages = make_session(options)
    if session.clock.stops.times:  # a picture of another instant than the one asked for would pass for it
        raise TimeError(quantities.clock_limit_text(session.clock.stops))
    for message in messages:
        say(message)
    app = TiangongApp(session, options)
    async with app.run_test(size=dimensions) as pilot:
        await complete(app, pilot)
        if svg:
            return app.export_screenshot(title=app.title)
        return screen_text(app.screen)


async def complete(app: TiangongApp, pilot: Pilot[Any]) -> None:
    """Wait until all that the view shows has been computed and painted: passes, eclipses, the altitude history.

    Where the dashboard has failed there is nothing to wait for: what it failed with is raised when the pilot ends it.
    """
    from textual.worker import WorkerCancelled, WorkerFailed

    while app.is_running and not app.controls.searches.started:
        await pilot.pause(POLL_S)
    quiet = 0
    while quiet < QUIET_ROUNDS:
        if under_way := [worker for worker in app.workers if not worker.is_finished]:
            with suppress(WorkerCancelled, WorkerFailed):  # by a newer search; the screen says what failed
                await app.workers.wait_for_complete(under_way)
        quiet = 0 if under_way else quiet + 1
        await pilot.pause(POLL_S)


def screen_text(screen: Screen[Any]) -> str:
    """What the cells of a screen hold, without colour."""
    from tui.cli.output.asciicast import seen_parts

    rows = ("".join(widget.render_lines(part)[0].text for widget, part in row) for row in seen_parts(screen))
    return "\n".join(map(str.rstrip, rows))
