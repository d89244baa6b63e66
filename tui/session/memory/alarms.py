"""Alarms that a person sets on single passes: listed, cancelled, kept from run to run, and due in time."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

import msgspec

from sim.errors import SettingsError
from sim.language import _, dates
from sim.time import to_datetime
from tui.config.state_file import Alarm, State, change_state, read_state
from tui.messages import Notice
from tui.session.session import SAME_PASS_S
from tui.wording import passes as pass_text
from tui.wording import quantities

if TYPE_CHECKING:
    from collections.abc import Callable

    from sim.passes.model import Pass
    from tui.session.host import Host
    from tui.session.session import Session


class Alarms:
    """The alarms that are set, kept in the session for panels to show; those of passes that are over are dropped."""

    def __init__(self, session: Session, host: Host) -> None:
        self._session = session
        self._host = host
        self._told: set[float] = set()

    @property
    def set(self) -> bool:
        """Whether there is any."""
        return bool(self._session.alarms)

    def read(self) -> None:
        """Load the stored alarms; to be called after the first picture."""
        try:
            self._take(read_state())
        except SettingsError as problem:
            self._host.post_message(Notice(str(problem), title=_("alarms"), severity="error"))

    def toggle(self, pass_: Pass | None, lead_min: float) -> None:
        """Set an alarm on a pass, or cancel the one it has; the message says how long before the rise it comes."""
        if pass_ is None:
            self._say(_("there is no pass to set an alarm on"))
            return
        here = (self._session.place.name, pass_.rise.unix_s)
        found = [a for a in self._session.alarms if _same(a, *here)]
        if found:
            self._change(lambda state: _without(state, found), _("alarm cancelled"))
        elif pass_.rise.unix_s <= self._session.clock.wall_unix_s():
            self._say(_("by the real clock this pass has begun or is over: an alarm is for one that still comes"))
        elif not pass_.time_known:
            self._say(_("nobody knows when this pass comes: no alarm can be set"))
        else:
            alarm = Alarm(pass_.rise.unix_s, self._session.place.name, self._words(pass_))
            when = _("alarm {lead_min:g} min before {text}; ! cancels it, 5 lists all").format(
                lead_min=lead_min, text=alarm.text
            )
            self._change(lambda state: _with(state, alarm), when)

    def due(self, lead_s: float) -> Alarm | None:
        """An alarm whose time has come at the real now; each is given once."""
        now = self._session.clock.wall_unix_s()
        for alarm in self._session.alarms:
            rise = alarm.rise_unix_s
            if rise - lead_s <= now < rise and rise not in self._told:
                self._told.add(rise)
                return alarm
        return None

    def follow(self, passes: tuple[Pass, ...], place: str) -> None:
        """Move alarms with their passes, where newer elements tell their rises better."""
        moved = []
        for alarm in self._session.alarms:
            same = (p for p in passes if _same(alarm, place, p.rise.unix_s))
            pass_ = next(same, None)
            moved.append(alarm if pass_ is None else msgspec.structs.replace(alarm, rise_unix_s=pass_.rise.unix_s))
        pairs = zip(moved, self._session.alarms, strict=True)
        self._told.update(new.rise_unix_s for new, old in pairs if old.rise_unix_s in self._told)
        self._session.alarms = tuple(moved)

    def _words(self, pass_: Pass) -> str:
        session = self._session
        rise_s, zone = pass_.rise.unix_s, quantities.zone_of(session.place, utc=session.utc)
        day = dates.day_of_week(to_datetime(round(rise_s), zone or UTC))
        pattern = quantities.minute_pattern(pass_.error)
        time = quantities.clock_time(rise_s, session.place, utc=session.utc, pattern=pattern)
        words = _("{day} {time}, {elevation:.0f}° high, {stars}")
        return words.format(day=day, time=time, elevation=pass_.peak.elevation_deg, stars=pass_text.stars(pass_.grade))

    def _take(self, state: State) -> None:
        now = self._session.clock.wall_unix_s()
        self._session.alarms = tuple(a for a in state.alarms if a.rise_unix_s > now)
        self._host.draw()

    def _change(self, change: Callable[[State], State], done: str) -> None:
        now = self._session.clock.wall_unix_s()

        def changed(state: State) -> State:
            after = change(state)
            return msgspec.structs.replace(after, alarms=tuple(a for a in after.alarms if a.rise_unix_s > now))

        try:
            self._take(change_state(changed))
        except SettingsError as problem:
            self._host.post_message(Notice(str(problem), title=_("the alarm is not kept"), severity="error"))
        else:
            self._say(done)

    def _say(self, text: str) -> None:
        self._host.post_message(Notice(text, title=_("alarm"), timeout_s=4.0))


def _same(alarm: Alarm, place: str, rise_unix_s: float) -> bool:
    return alarm.place == place and abs(alarm.rise_unix_s - rise_unix_s) < SAME_PASS_S


def _with(state: State, alarm: Alarm) -> State:
    alarms = sorted((*state.alarms, alarm), key=lambda a: a.rise_unix_s)
    return msgspec.structs.replace(state, alarms=tuple(alarms))


def _without(state: State, gone: list[Alarm]) -> State:
    kept = tuple(a for a in state.alarms if not any(_same(a, g.place, g.rise_unix_s) for g in gone))
    return msgspec.structs.replace(state, alarms=kept)
