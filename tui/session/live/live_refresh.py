"""Refreshes of the live sources while the dashboard runs: the first after the first picture, others when allowed.

The network library is loaded by the first refresh, in its thread.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sim.errors import TiangongError
from sim.language import _
from tui.config.settings import cache_dir
from tui.messages import Notice, UpdateFailed, UpdateFinished, UpdateProgress, UpdateStarted
from tui.session.daemon_thread import in_daemon_thread
from tui.session.frame import SourceBoard
from tui.session.loading import load_orbit

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.timer import Timer

    from sim.orbit.propagation import Orbit
    from sim.sources.refresh_report import RefreshReport
    from sim.sources.registry import SourceSettings
    from tui.config.options import DashboardOptions
    from tui.session.host import Host
    from tui.session.live.live_sources import LiveSources
    from tui.session.searches import BackgroundSearches
    from tui.session.session import Session

LIVE_DELAY_S = 1.0
"""The first refresh waits until the screen has settled."""


def allowed_sources(options: DashboardOptions) -> SourceSettings:
    """Which sources the person allows, by the command line and the settings."""
    from sim.sources.registry import SourceSettings

    settings = options.settings
    return SourceSettings(
        offline=options.offline or settings.offline,
        use_operator_ephemeris=settings.operator_ephemeris,
        use_launch_library=settings.crew_news,
    )


class LiveRefresh:
    """Asks the live sources, and takes new elements into the session.

    Args:
        session: Gets the elements and the state of the sources.
        host: Runs the refreshes.
        searches: Are done again with new elements.
        source_settings: What the person allows; called at the start.
        uses_file: Whether elements of a file are used alone: then no source is asked.

    Attributes:
        sources: The store and the permissions; `None` before the start and where a file is used alone.
    """

    def __init__(
        self,
        session: Session,
        host: Host,
        searches: BackgroundSearches,
        source_settings: Callable[[], SourceSettings],
        *,
        uses_file: bool,
    ) -> None:
        self._session = session
        self._host = host
        self._searches = searches
        self._source_settings = source_settings
        self._uses_file = uses_file
        self.sources: LiveSources | None = None
        self._next_look: Timer | None = None

    def start_soon(self) -> None:
        """Start when the screen has settled."""
        self._host.set_timer(LIVE_DELAY_S, self.start)

    def start(self) -> None:
        """Read the store, and ask what may be asked."""
        from tui.session.live.live_sources import LiveSources

        if not self._uses_file:
            self.sources = LiveSources(cache_dir(), self._source_settings())
        self.show_sources()
        if self.sources is not None and not self.sources.offline:
            self._refresh()

    def cancel(self) -> None:
        """End a refresh that is under way."""
        if self.sources is not None:
            self.sources.cancel()

    def update(self) -> None:
        """Fetch now what the services' rules allow, or say why not."""
        if self.sources is None:
            text = self._session.sources.words or _("the sources are not ready yet: ask again in a moment")
            self._host.post_message(Notice(text, title=_("update"), timeout_s=4.0))
        elif self.sources.offline:
            self._host.post_message(
                Notice(_("offline: no connection is ever opened"), title=_("update"), timeout_s=4.0)
            )
        elif self.sources.busy:
            self._host.post_message(Notice(_("an update is under way"), timeout_s=2.0))
        else:
            self._host.post_message(UpdateStarted())
            self._refresh()

    def _refresh(self) -> None:
        if self.sources is not None:
            self._host.run_worker(partial(self._ask, self.sources), group="live", exit_on_error=False)

    async def _ask(self, sources: LiveSources) -> None:
        if sources.busy:
            return
        known = self._session.orbit.elements(self._session.clock.wall_unix_s())
        try:
            report = await in_daemon_thread(sources.refresh, known, self._report_progress)
            orbit = (await in_daemon_thread(load_orbit)).orbit if report.changed else None
        except TiangongError as problem:
            self.show_sources()
            self._host.post_message(UpdateFailed(str(problem)))
        else:
            self._take_report(report, orbit)
        # A refresh that a person asks for puts the next look off: it does not add one.
        if self._next_look is not None:
            self._next_look.stop()
        self._next_look = self._host.set_timer(sources.pause_s(), self._refresh)

    def _report_progress(self, source: str, text: str) -> None:
        self._host.post_message(UpdateProgress(source, text))

    def _take_report(self, report: RefreshReport, orbit: Orbit | None) -> None:
        if orbit is not None:
            self._session.use_orbit(orbit)
            self._searches.read_altitude()
            self._searches.want_passes()
        for result in report.results:
            if result.change is not None:
                title = _("new elements from {title}").format(title=result.source.title)
                self._host.post_message(Notice(result.change.text, title=title))
        if report.clock_offset_s is not None:
            text = _("this machine's clock is off by {clock_offset_s:+.0f} s: so is every place shown").format(
                clock_offset_s=report.clock_offset_s
            )
            self._host.post_message(Notice(text, title=_("clock"), severity="warning", timeout_s=10.0))
        self.show_sources()
        self._host.post_message(UpdateFinished(report))

    def show_sources(self) -> None:
        """Write the state of the sources as it is now, in the language of this process, and draw it."""
        if self._uses_file:
            self._session.sources = SourceBoard(words=_("elements of a file, used alone"))
        elif self.sources is not None:
            facts = self._session.chronicle.at(self._session.clock.wall_unix_s())
            aboard = [(member.name, member.name_zh) for member in facts.aboard]
            self._session.sources = self.sources.board(aboard, self._session.orbit)
            self._host.draw()
