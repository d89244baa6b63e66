"""The live sources behind the dashboard: when to refresh, the result, and its summary for the screen.

The network library is imported by the first refresh, in its thread.
"""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

from sim.constants import DAY_S
from sim.language import _
from tui.session.frame import SourceBoard, SourceRow
from tui.session.live.disputes import dispute_lines
from tui.wording import durations

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from sim.orbit.elements import ElementSet
    from sim.orbit.propagation import Orbit
    from sim.sources.refresh_report import RefreshReport
    from sim.sources.registry import SourceSettings
    from sim.sources.storage.store import Store

SHORTEST_PAUSE_S = 60.0
"""Between two looks at whether something may be asked: costs a small file's reading."""


class LiveSources:
    """The store in the cache folder, and the permission to fill it."""

    def __init__(self, folder: Path, settings: SourceSettings) -> None:
        from sim.sources.storage.store import Store

        self.store: Store = Store(folder)
        self.settings = settings
        self.report: RefreshReport | None = None
        self.busy = False
        self._cancel = threading.Event()

    @property
    def offline(self) -> bool:
        """Whether no connection is ever opened."""
        return self.settings.offline

    def refresh(self, known: ElementSet | None, progress: Callable[[str, str], None] | None = None) -> RefreshReport:
        """Ask the sources that may be asked now; blocks for seconds, so call it in a thread.

        Args:
            known: The newest element set known from elsewhere.
            progress: Called in that thread with a source's title and what happens.

        Raises:
            TiangongError: The store cannot be used.
        """
        from sim.sources.refresh import refresh_now

        self._cancel.clear()
        self.busy = True
        try:
            self.report = refresh_now(self.store, self.settings, time.time(), progress, self._cancel, known=known)
            return self.report
        finally:
            self.busy = False

    def cancel(self) -> None:
        """End a refresh that is under way; it returns its report within a tenth of a second."""
        self._cancel.set()

    def pause_s(self) -> float:
        """Until it is worth looking again whether something may be asked."""
        now = time.time()
        coming = [s.next_try_unix_s - now for s in self.store.states().values() if s.next_try_unix_s > now]
        return max(min(coming, default=0.0), SHORTEST_PAUSE_S)

    def board(self, aboard: Iterable[str | tuple[str, ...]] = (), orbit: Orbit | None = None) -> SourceBoard:
        """What the screen says about the sources.

        Args:
            aboard: Names of the crew by the chronicle at the real now; a source that names others is news.
            orbit: The orbit in use; orbits that contradict it are listed.
        """
        rows = tuple(
            SourceRow(
                title=state.title,
                words=state.text,
                failed=state.failed,
                last_try_unix_s=state.last_try_unix_s,
                next_try_unix_s=state.next_try_unix_s or None,
            )
            for state in self.store.states().values()
        )
        elements = rows[0]
        words = _("asking") if self.busy else elements.words if elements.last_try_unix_s is not None else ""
        return SourceBoard(
            words=words,
            offline=self.offline,
            busy=self.busy,
            failed=elements.failed and not self.busy,
            each=rows,
            news=self._news(tuple(aboard)),
            checks=(*self._checks(), *(dispute_lines(orbit, time.time()) if orbit is not None else ())),
        )

    def _checks(self) -> tuple[str, ...]:
        """The newest observed set against the operator's forecast, at the real now."""
        from sim.sources.crew_news import supplemental_sets

        observed, predicted = self.store.element_sets(), supplemental_sets(self.store)
        if not observed or not predicted:
            return ()
        from sim.sources.plausibility import separation_km
        from sim.sources.providers.celestrak import piece_at

        now = time.time()
        piece = piece_at(predicted, now)
        if piece is None:
            return ()
        distance_km = separation_km(observed[-1], piece, now)
        if distance_km is None:
            return ()
        return (
            _("{first} and {second} are {distance:.1f} km apart now").format(
                first=observed[-1].source, second=piece.source, distance=distance_km
            ),
        )

    def _news(self, aboard: tuple[str | tuple[str, ...], ...]) -> tuple[str, ...]:
        from sim.sources.crew_news import crew_news

        news = crew_news(self.store)
        if news is None or not aboard or not news.differs(aboard):
            return ()
        ago = durations.age((time.time() - news.fetched_unix_s) / DAY_S)
        names = ", ".join(news.names)
        return (
            _("news, {source}, {ago} ago: crew of {count}: {names}").format(
                source=news.source, ago=ago, count=news.count, names=names
            ),
        )
