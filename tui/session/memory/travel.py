"""Moving the clock, with a history: each jump records the instant, the view and the selection it left.

Bookmarks are instants with a name that are kept from run to run.
"""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Protocol

import msgspec

from sim.clock import Stand, rate_for
from sim.errors import SettingsError
from sim.language import _, dates
from sim.time import to_datetime
from tui.config.state_file import Bookmark, State, change_state, read_state
from tui.messages import Notice
from tui.wording import quantities

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.session.host import Host
    from tui.session.session import Session

MOST_STOPS = 200
"""So many instants are remembered in each direction."""

NEAR_S = 1.0
"""Instants nearer than this are the same one."""


class Whereabouts(msgspec.Struct, frozen=True):
    """What is on the screen beside the instant.

    Attributes:
        view: Name of the view.
        selection: What is selected in it, see `View.selection`.
    """

    view: str
    selection: str = ""


class Stop(msgspec.Struct, frozen=True):
    """An instant a person was at, and what was on the screen."""

    stand: Stand
    where: Whereabouts


class Traveller(Protocol):
    """Reads which view and row the screen shows, and restores them."""

    def whereabouts(self) -> Whereabouts:
        """The open view and what is selected."""

    def show_again(self, where: Whereabouts) -> None:
        """Open a view and select what was selected there."""


class Travel:
    """Moves the clock, and remembers the instants and views it was moved from."""

    def __init__(self, session: Session, host: Host, traveller: Traveller) -> None:
        self._session = session
        self._host = host
        self._traveller = traveller
        self._back: list[Stop] = []
        self._forward: list[Stop] = []
        self._steps = False

    # ── there ─────────────────────────────────────────────────────────────────────────────────

    def seek(self, unix_s: float, *, length_s: float | None = None) -> None:
        """Seek an instant; what is played from there, and lasts so long, then runs so fast that it takes minutes."""
        self._leave(unix_s)
        self._session.clock.seek(unix_s)
        if length_s is not None:
            self._session.clock.set_rate(rate_for(length_s))
        self._host.draw()

    def step(self, seconds: float) -> None:
        """Move by a span; steps one after the other are one move, which Backspace takes back at once."""
        if not self._steps:
            self._leave(self._session.clock.now() + seconds, always=True)
        self._steps = True
        self._session.clock.step(seconds)
        self._host.draw()

    def now(self) -> None:
        """Go back to the real now."""
        if not self._session.clock.live:
            self._leave(self._session.clock.wall_unix_s(), always=True)
        self._session.clock.go_live()
        self._host.draw()

    def _leave(self, to_unix_s: float, *, always: bool = False) -> None:
        """Remember the present stop, and say how to come back; not where the move leads nowhere, unless `always`."""
        self._steps = False
        stop = self.here()
        if not always and abs(stop.stand.unix_s - to_unix_s) < NEAR_S:
            return
        self._back = [*self._back, stop][-MOST_STOPS:]
        self._forward.clear()
        self._host.post_message(
            Notice(_("Backspace: back to {stop}").format(stop=self._text(stop, to_unix_s)), timeout_s=3.0)
        )

    @property
    def way_back(self) -> tuple[Stop, ...]:
        """The stops that Backspace leads to, the next one last."""
        return tuple(self._back)

    def here(self) -> Stop:
        """Where the person now is."""
        return Stop(self._session.clock.stand(), self._traveller.whereabouts())

    def show(self, stop: Stop) -> None:
        """Restore a stop with its view and selection, without an entry in the history."""
        self._steps = False
        self._session.clock.return_to(stop.stand)
        self._traveller.show_again(stop.where)
        self._host.draw()

    def _text(self, stop: Stop, to_unix_s: float) -> str:
        """`8 Oct 13:00`, `17 Dec 2024 08:00Z`, `live`: with the year where the way leads to another one."""
        if stop.stand.live:
            return _("live")
        session = self._session
        zone = quantities.zone_of(session.place, utc=session.utc)
        moment, here = (to_datetime(unix_s, zone or UTC) for unix_s in (stop.stand.unix_s, to_unix_s))
        day = dates.day(moment) if moment.year != here.year else dates.day_of_year(moment)
        return f"{day.removeprefix('0')} {moment:%H:%M}{'' if zone else 'Z'}"

    # ── and back ──────────────────────────────────────────────────────────────────────────────

    def back(self) -> None:
        """Return to where the last jump began."""
        self._go(self._back, self._forward, _("there is nothing to go back to"))

    def forward(self) -> None:
        """Where the last step back came from."""
        self._go(self._forward, self._back, _("there is nothing to go forward to"))

    def _go(self, stops: list[Stop], others: list[Stop], nothing: str) -> None:
        if not stops:
            self._host.post_message(Notice(nothing, timeout_s=2.0))
            return
        stop = stops.pop()
        others.append(self.here())
        self.show(stop)

    # ── bookmarks ─────────────────────────────────────────────────────────────────────────────

    def bookmarks(self) -> tuple[Bookmark, ...]:
        """The saved bookmarks, oldest first; none, with a notice of the reason, if they cannot be read."""
        try:
            return read_state().bookmarks
        except SettingsError as problem:
            self._host.post_message(Notice(str(problem), title=_("bookmarks"), severity="error"))
            return ()

    def suggested_name(self) -> str:
        """The instant in words, for a bookmark without a name."""
        return f"{to_datetime(self._session.clock.now()):%Y-%m-%d %H:%MZ}"

    def keep(self, name: str) -> None:
        """Store the present instant as a bookmark; an older one of that name is replaced."""
        where = self._traveller.whereabouts()
        mark = Bookmark(name, self._session.clock.now(), where.view, where.selection)

        def added(state: State) -> State:
            others = tuple(m for m in state.bookmarks if m.name != name)
            return msgspec.structs.replace(state, bookmarks=(*others, mark))

        if self._changed(added):
            self._host.post_message(Notice(_("bookmark “{name}”; B lists them").format(name=name), timeout_s=3.0))

    def forget(self, mark: Bookmark) -> None:
        """Remove a bookmark."""
        self._changed(
            lambda state: msgspec.structs.replace(state, bookmarks=tuple(m for m in state.bookmarks if m != mark))
        )

    def go_to(self, mark: Bookmark) -> None:
        """Go to a bookmark, with its view and selection."""
        self.seek(mark.unix_s)
        self._traveller.show_again(Whereabouts(mark.view, mark.selection))

    def _changed(self, change: Callable[[State], State]) -> bool:
        try:
            change_state(change)
        except SettingsError as problem:
            self._host.post_message(Notice(str(problem), title=_("not kept"), severity="error"))
            return False
        return True
