"""The report of a refresh: what was asked, what came, and when each source may be asked again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from sim.language import _
from sim.sources.plausibility import Change
from sim.sources.rate_limit import SourceState
from sim.sources.registry import Source
from sim.sources.responses import Outcome
from sim.time import duration_text, iso_z

if TYPE_CHECKING:
    from collections.abc import Mapping

CLOCK_TOLERANCE_S = 2.0
CLOCK_AGREEMENT_S = 60.0
"""Two servers whose clocks differ by less than this agree."""


class SourceResult(msgspec.Struct, frozen=True, kw_only=True):
    """What a refresh did about one source.

    Attributes:
        source: Its entry in the registry.
        asked: Whether a request was sent.
        outcome: Result of the request.
        message: The same for the screen.
        state: State of the source now: last request, next request, last good copy.
        host: The host that was meant or asked.
        received_bytes: Sum of all responses.
        change: What the new element set changes, if there is a new one.
    """

    source: Source
    asked: bool
    outcome: Outcome
    message: str
    state: SourceState
    host: str
    received_bytes: int = 0
    change: Change | None = None


class RefreshReport(msgspec.Struct, frozen=True, kw_only=True):
    """What a refresh did.

    Attributes:
        finished_unix_s: When it ended.
        results: One for each source, in the order of the registry.
        clock_offset_s: This machine's clock less that of the servers, if at least two of them agree that it is more
            than two seconds off.
        cancelled: Whether the user stopped it.
        accepted: Disputed sets that are used from now on, one line each.
        messages: What is damaged in the store.
    """

    finished_unix_s: float
    results: tuple[SourceResult, ...]
    clock_offset_s: float | None
    cancelled: bool
    accepted: tuple[str, ...]
    messages: tuple[str, ...]

    @property
    def changed(self) -> bool:
        """Whether the orbit, its error or the news may differ from before."""
        changing = {Outcome.NEW, Outcome.DISPUTED}
        return bool(self.accepted) or any(result.outcome in changing for result in self.results)

    @property
    def asked(self) -> tuple[SourceResult, ...]:
        """The sources that a request was sent to."""
        return tuple(result for result in self.results if result.asked)

    def lines(self) -> list[str]:
        """The report as plain text, one line a fact."""
        lines = []
        for result in self.results:
            where = (
                _(" (from {host}, {received_bytes:.1f} kB)").format(
                    host=result.host, received_bytes=result.received_bytes / 1000
                )
                if result.asked
                else ""
            )
            lines.append(f"{result.source.title}: {result.message}{where}")
            if result.change is not None:
                lines.append(f"  {result.change.text}")
            if result.outcome is not Outcome.OFF and result.state.next_try_unix_s > self.finished_unix_s:
                wait = duration_text(result.state.next_try_unix_s - self.finished_unix_s)
                lines.append(
                    _("  next request allowed {next_try_unix_s}, in {wait}").format(
                        next_try_unix_s=iso_z(result.state.next_try_unix_s), wait=wait
                    )
                )
        lines += self.accepted
        if self.clock_offset_s is not None:
            direction = _("ahead of") if self.clock_offset_s > 0 else _("behind")
            lines.append(
                _("This machine's clock is {clock_offset_s:.0f} s {direction} the servers' clocks").format(
                    clock_offset_s=abs(self.clock_offset_s), direction=direction
                )
            )
        return [*lines, *self.messages]


def judged_clock_offset_s(offsets_s: Mapping[str, float]) -> float:
    """How far this machine's clock is off, by the clocks of several servers; 0 if they do not prove it.

    One server alone proves nothing, its own clock may be wrong. Of those that agree with another one, the smallest
    offset counts.

    Offsets are this machine's clock less the server's, by host.
    """
    agreeing = [
        offset
        for host, offset in offsets_s.items()
        if any(other != host and abs(offset - value) < CLOCK_AGREEMENT_S for other, value in offsets_s.items())
    ]
    near = min(offsets_s.values(), key=abs, default=0.0)
    if abs(near) <= CLOCK_TOLERANCE_S:
        return near  # one server confirms this machine's clock: that is two clocks against the others
    return min(agreeing, key=abs, default=0.0)
