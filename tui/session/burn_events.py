"""Burns found in the element history as events, beside those of the chronicle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.chronicle.events import Event
from sim.constants import DAY_S
from tui.wording import burns as burn_text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import tzinfo

    from sim.orbit.closure.burns import Burn


def burn_events(burns: Iterable[Burn], zone: tzinfo | None = None) -> list[Event]:
    """An event for each burn, at its date where the phase dates it, else over the window between two sets.

    Their texts are by the clocks of a zone; None is UTC.
    """
    return [_event(burn, zone) for burn in burns]


def _event(burn: Burn, zone: tzinfo | None) -> Event:
    begin, end = burn.after_unix_s, burn.before_unix_s
    if burn.unix_s is not None:
        off_s = burn.date_error_days * DAY_S
        begin, end = max(begin, burn.unix_s - off_s), min(end, burn.unix_s + off_s)
    when = burn_text.date_phrase(burn, zone)
    return Event(
        unix_s=begin if burn.unix_s is None else burn.unix_s,
        until_s=end,
        since_s=begin,
        precision="day",
        kind=burn.kind,
        phrase=burn_text.sentence(burn),
        text=when.english,
        span=when,
        certain=False,
    )
