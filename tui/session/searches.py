"""Work that takes longer than a frame: passes, eclipses, the altitude history, the live sources.

Each runs in a daemon thread, which loads numpy or the network library after the first picture.
"""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING

from textual import work

from sim.errors import TiangongError
from tui.config.settings import cache_dir
from tui.session.daemon_thread import in_daemon_thread
from tui.session.frame import SourceBoard
from tui.session.loading import load_orbit
from tui.widgets.notifications import FewToasts

if TYPE_CHECKING:
    from sim.chronicle import EventList
    from sim.orbit.altitude import AltitudeHistory
    from sim.orbit.propagation import Orbit
    from sim.sources.refresh_report import RefreshReport
    from sim.sources.registry import SourceSettings
    from tui.config.options import DashboardOptions
    from tui.session.live_sources import LiveSources
    from tui.session.session import EclipseList, PassList, Session
    from tui.views.dialogs.update import Update

LIVE_DELAY_S = 1.0
"""The first refresh waits until the screen has settled."""


class BackgroundWork(FewToasts):
    """An app with a session whose lists are filled beside the screen.

    Args:
        session: What frames are made of.
        options: What the command line asked for.
    """

    def __init__(self, session: Session, options: DashboardOptions) -> None:
        super().__init__()
        self.session = session
        self.options = options
        self._live: LiveSources | None = None

    def draw(self) -> None:
        """Draw a frame of the present instant."""

    def start_background(self) -> None:
        """Begin once the first frame is on the screen."""
        # One thread is enough for arrays of this size; starting more takes a third of the time numpy takes to load.
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        self.want_passes()
        self._read_altitude()
        self.set_timer(LIVE_DELAY_S, self._start_live)

    def on_unmount(self) -> None:
        """End a refresh that is under way."""
        if self._live is not None:
            self._live.cancel()

    def _at_work(self, group: str) -> bool:
        return any(worker.group == group and worker.is_running for worker in self.workers)

    # ── passes, eclipses, altitude ────────────────────────────────────────────────────────────

    def want_passes(self) -> None:
        """Have the passes ahead computed, unless that is under way."""
        if not self._at_work("passes"):
            self._find_passes(self.session.clock.now())

    @work(group="passes", exit_on_error=False)
    async def _find_passes(self, unix_s: float) -> None:
        self._take_passes(await in_daemon_thread(self.session.compute_passes, unix_s))

    def _take_passes(self, passes: PassList) -> None:
        self.session.keep_passes(passes)
        self.draw()

    def want_eclipses(self) -> None:
        """Have the eclipses of the coming day computed, unless that is under way."""
        if not self._at_work("eclipses"):
            self._find_eclipses(self.session.clock.now())

    @work(group="eclipses", exit_on_error=False)
    async def _find_eclipses(self, unix_s: float) -> None:
        self._take_eclipses(await in_daemon_thread(self.session.compute_eclipses, unix_s))

    def _take_eclipses(self, eclipses: EclipseList) -> None:
        self.session.keep_eclipses(eclipses)
        self.draw()

    @work(group="altitude", exclusive=True, exit_on_error=False)
    async def _read_altitude(self) -> None:
        await in_daemon_thread(self.session.read_cities)
        self._take_altitude(*await in_daemon_thread(self.session.read_altitude))

    def _take_altitude(self, altitude: AltitudeHistory, events: EventList) -> None:
        self.session.altitude, self.session.events = altitude, events
        self.draw()

    # ── live sources ──────────────────────────────────────────────────────────────────────────

    def _start_live(self) -> None:
        """Look at the store, and ask what may be asked; nothing of it when a file is used alone."""
        from tui.session.live_sources import LiveSources

        if self.options.elements_path is not None:
            self.session.sources = SourceBoard(words="elements of a file, used alone")
            return
        self._live = LiveSources(cache_dir(), self.source_settings())
        self._show_sources()
        if not self._live.offline:
            self._refresh(None)

    def source_settings(self) -> SourceSettings:
        """What the person allows."""
        from sim.sources.registry import SourceSettings

        settings = self.options.settings
        return SourceSettings(
            offline=self.options.offline or settings.offline,
            use_operator_ephemeris=settings.operator_ephemeris,
            use_launch_library=settings.crew_news,
        )

    def _show_sources(self) -> None:
        if self._live is not None:
            facts = self.session.chronicle.at(self.session.clock.wall_unix_s())
            self.session.sources = self._live.board([(m.name, m.name_zh) for m in facts.aboard], self.session.orbit)
            self.draw()

    def action_update(self) -> None:
        """Fetch now what the services' rules allow."""
        if self._live is None or self._live.offline:
            alone = self.session.sources.words or "the sources are not ready yet: ask again in a moment"
            words = alone if self._live is None else "offline: no connection is ever opened"
            self.notify(words, title="update", timeout=4, markup=False)
            return
        if self._live.busy:
            self.notify("an update is under way", timeout=2)
            return
        from tui.views.dialogs.update import Update

        screen = Update(self._live.cancel)
        self.push_screen(screen)
        self._refresh(screen)

    @work(group="live", exit_on_error=False)
    async def _refresh(self, screen: Update | None) -> None:
        live = self._live
        if live is None or live.busy:
            return
        loop = asyncio.get_running_loop()

        def progress(source: str, words: str) -> None:
            if screen is not None:
                loop.call_soon_threadsafe(screen.say, source, words)

        known = self.session.orbit.elements(self.session.clock.wall_unix_s())
        try:
            report = await in_daemon_thread(live.refresh, known, progress)
            orbit = (await in_daemon_thread(load_orbit)).orbit if report.changed else None
        except TiangongError as problem:
            self._refresh_failed(str(problem), screen)
        else:
            self._take_report(report, orbit, screen)

    def _refresh_failed(self, words: str, screen: Update | None) -> None:
        self._show_sources()
        if screen is not None:
            screen.fail(words)
        else:
            self.notify(words, title="update failed", severity="warning", markup=False)

    def _take_report(self, report: RefreshReport, orbit: Orbit | None, screen: Update | None) -> None:
        if orbit is not None:
            self.session.use_orbit(orbit)
            self._read_altitude()
            self.want_passes()
        for result in report.results:
            if result.change is not None:
                self.notify(result.change.text, title=f"new elements from {result.source.title}", markup=False)
        if report.clock_offset_s is not None:
            words = f"this machine's clock is off by {report.clock_offset_s:+.0f} s: so is every place shown"
            self.notify(words, title="clock", severity="warning", timeout=10)
        self._show_sources()
        if screen is not None and screen.is_attached:
            screen.finish(report)
        if self._live is not None:
            self.set_timer(self._live.pause_s(), lambda: self._refresh(None))
