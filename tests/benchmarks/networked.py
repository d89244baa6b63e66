"""The dashboard with every source at one port of this machine, for measuring: run in a terminal by the benchmarks.

    python networked.py PORT NOTES [options of tiangong]

Four seconds after the first picture it ends, and leaves in the file NOTES, as JSON, the longest time for which the
screen's loop did not come round, the longest between two pictures, what the refresh brought, and what network code
was there before the first picture.
"""

from __future__ import annotations

import asyncio
import gc
import json
import sys
from itertools import pairwise
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[2]))

from tui.app import TiangongApp
from tui.cli.commands.dashboard import DashboardArguments, options, parser
from tui.messages import UpdateFinished
from tui.session.loading import make_session

if TYPE_CHECKING:
    from sim.sources.registry import SourceSettings
    from tui.config.options import DashboardOptions
    from tui.messages import Request
    from tui.session.session import Session

WATCHED_S = 4.0
BEAT_S = 0.002
NETWORK_MODULES = ("httpx", "httpcore", "sim.sources.client", "sim.sources.refresh")
"""What has to do with connections: none of it is wanted before the first picture."""


class Noting(TiangongApp):
    """The dashboard, noting how evenly it runs."""

    def __init__(self, session: Session, options: DashboardOptions, port: int, notes: Path) -> None:
        super().__init__(session, options)
        self._port, self._notes = port, notes
        self._pictures: list[float] = []
        self._brought: dict[str, str] = {}
        self._loaded_before: list[str] = []

    def source_settings(self) -> SourceSettings:
        """All sources at the port, the operator's ephemeris among them."""
        from msgspec.structs import replace

        from sim.sources.registry import SOURCES

        urls = {source.key: f"http://127.0.0.1:{self._port}/{source.key}/" for source in SOURCES}
        return replace(super().source_settings(), use_operator_ephemeris=True, base_urls=urls)

    def post_display_hook(self) -> None:
        """A picture has been painted."""
        if not self._pictures:
            self._watch = asyncio.create_task(self._beat())
            self._loaded_before = [name for name in NETWORK_MODULES if name in sys.modules]
        self._pictures.append(perf_counter())
        super().post_display_hook()

    async def _beat(self) -> None:
        """Come round as often as the loop allows, and note when."""
        beats = [perf_counter()]
        while beats[-1] - beats[0] < WATCHED_S:
            await asyncio.sleep(BEAT_S)
            beats.append(perf_counter())
        notes = {
            "longest_away_s": max(b - a for a, b in pairwise(beats)),
            "longest_picture_s": max(b - a for a, b in pairwise(self._pictures)),
            "pictures": len(self._pictures),
            "brought": self._brought,
            "loaded_before": self._loaded_before,
        }
        self._notes.write_text(json.dumps(notes))
        self.exit(0)

    async def on_request(self, event: Request) -> None:
        """Note what came."""
        if isinstance(event, UpdateFinished):
            self._brought = {result.source.key: result.outcome for result in event.report.results}


def main() -> int:
    """As `tiangong` starts it."""
    port, notes, *words = sys.argv[1:]
    gc.disable()
    chosen = options(DashboardArguments.of(parser().parse_args(words)))
    session, _ = make_session(chosen)
    return Noting(session, chosen, int(port), Path(notes)).run() or 0


if __name__ == "__main__":
    sys.exit(main())
