"""`tiangong record`: a span of a view as an asciicast, the same bytes each time."""

from __future__ import annotations

import math
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

from sim.language import _
from sim.time import iso_z
from tui.cli.arguments import Parser, add_dashboard_options, end_of_span, number, size, span_s
from tui.cli.commands import dashboard
from tui.cli.context import say
from tui.cli.output_file import write_output
from tui.session.loading import make_session

if TYPE_CHECKING:
    import argparse

    from tui.config.options import DashboardOptions

MOST_FRAMES = 6001
"""Ten minutes at ten frames a second, first and last included; a longer film is nothing for a page."""

DEFAULT_SPAN_S = 600.0

FASTEST_RECORDED = 1e8
"""Three years a second: nobody has to press a key in a film, so that five years may go by in a minute."""


def parser() -> Parser:
    made = Parser(
        "record",
        _(
            "A span of a view as an asciicast (version 2), to be played by asciinema or on a page. It is drawn "
            "without a terminal and without the network, and the same options always give the same file. It writes "
            "no GIF and no moving SVG: a player shows the text itself, sharp at any size, and asciinema's agg makes "
            "a GIF of the file (agg FILE.cast FILE.gif)."
        ),
        [
            "tiangong record --at 2024-12-17T13:30:00Z --end +30m --rate 240 --output record-walk.cast",
            "tiangong record --view missions --at 2021-04-29T04:00Z --duration 1826d --rate 2e7 --output built.cast",
        ],
    )
    made.add_argument("--output", metavar="FILE", type=Path, required=True, help=_("a file that ends in .cast"))
    span = made.add_mutually_exclusive_group()
    span.add_argument("--end", metavar="T", type=end_of_span, help=_("the last instant: a date, or +30m after --at"))
    span.add_argument(
        "--duration", metavar="SPAN", type=span_s, help=_("how long a span is shown: 90s, 30m, 2d; default 10m")
    )
    made.add_argument("--fps", metavar="N", type=number(1.0, 30.0), default=10.0, help=_("frames a second; default 10"))
    made.add_argument("--size", metavar="CxR", type=size, default=(120, 36), help=_("columns and rows; default 120x36"))
    add_dashboard_options(made, fastest=FASTEST_RECORDED)
    return made


def run(arguments: argparse.Namespace) -> None:
    import asyncio

    if arguments.output.suffix.lower() != ".cast":
        parser().error(_("--output must end in .cast"))
    os.environ.setdefault("TEXTUAL_COLOR_SYSTEM", "truecolor")  # read by Textual when it is imported
    begin_s = arguments.at if arguments.at is not None else time.time()
    rate = 1.0 if arguments.rate is None else arguments.rate
    if rate <= 0.0 or arguments.paused:
        parser().error(_("a recording runs forwards: --rate must be above 0, without --paused"))
    end_s = arguments.end(begin_s) if arguments.end else begin_s + (arguments.duration or DEFAULT_SPAN_S)
    count = int((end_s - begin_s) / rate * arguments.fps + 1e-9) + 1
    if end_s <= begin_s:
        parser().error(_("--end lies before --at"))
    if count > MOST_FRAMES:
        least = _rounded_up((end_s - begin_s) * arguments.fps / (MOST_FRAMES - 1))
        parser().error(
            _("that would be {count} frames, {most} are the most: use --rate {least:.3g} or more").format(
                count=count, most=MOST_FRAMES, least=least
            )
        )
    arguments.at = begin_s
    chosen = dashboard.options(dashboard.DashboardArguments.of(arguments, offline=True))
    text = asyncio.run(film(chosen, arguments.size, count, arguments.fps))
    write_output(arguments.output, text.encode())
    seconds = (count - 1) / arguments.fps
    span = _("{begin} to {end}").format(begin=iso_z(begin_s), end=iso_z(end_s))
    say(
        _("{output}: {span}, {count} frames in {seconds:.0f} s, {size} bytes").format(
            output=arguments.output, span=span, count=count, seconds=seconds, size=len(text.encode())
        )
    )


def _rounded_up(rate: float) -> float:
    """The next rate of three digits, so that the one that is shown is high enough."""
    step: float = 10.0 ** (math.floor(math.log10(rate)) - 2)
    return math.ceil(rate / step - 1e-9) * step


async def film(options: DashboardOptions, dimensions: tuple[int, int], count: int, fps: float) -> str:
    """Draw frames of so many columns and rows, each once everything in it is computed; the text of the file."""
    from sim.clock import SimulationClock
    from tui.app import TiangongApp
    from tui.cli.output.asciicast import Cast, ScreenReader

    begin_s, gone_s = options.at_unix_s or 0.0, 0.0  # moved on by hand: no film depends on how fast it is made
    clock = SimulationClock(wall=lambda: begin_s + gone_s, monotonic=lambda: gone_s)
    session, messages = make_session(options, clock)
    for message in messages:
        say(message)
    app = TiangongApp(session, options)
    cast, reader = Cast(*dimensions, title=f"Tiangong {iso_z(session.clock.now())}"), ScreenReader()
    async with app.run_test(size=dimensions) as pilot:
        await pilot.pause()
        await app.workers.wait_for_complete()
        for index in range(count):
            gone_s = index / fps
            app.draw()
            await pilot.pause()
            if app.session.passes_wanted(app.session.clock.now()):
                await app.workers.wait_for_complete()  # a new list of passes is in this frame, not in a later one
                app.draw()
                await pilot.pause()
            app.clear_notifications()
            await pilot.pause()
            cast.take(gone_s, reader.rows(app.screen))
    cast.end(gone_s + 1.0)
    return cast.text
