"""Burns as texts: when as far as it is known, how large, how sure; the same in every view and command."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

from sim.constants import DAY_S
from sim.time import to_datetime
from tui.wording import quantities

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, tzinfo

    from sim.orbit.closure.burns import Burn

FINE_DAYS = 0.5
"""A date known this well is given with its hour."""


def date(burn: Burn, zone: tzinfo | None = None) -> str:
    """When, never finer than it is known; by the clocks of a zone, or in UTC with a `Z`.

    `2026-05-09 08Z ±1 h`, `2026-05-09 16:00 ±1 h`, `2021-09-01 ±1.1 d`; the window between two sets where the phase
    does not date it: `2026-05-13 to 16`, `2021-05-22 to 06-01`, `2022-12-30 to 2023-01-04`.
    """
    if burn.unix_s is None:
        return _window(burn, zone)
    off = quantities.span(burn.date_error_days * DAY_S)
    if burn.date_error_days > FINE_DAYS:
        return f"{to_datetime(burn.unix_s, zone or UTC):%Y-%m-%d} ±{off}"
    moment = to_datetime(burn.unix_s + 1800.0, zone or UTC)  # to the nearest hour
    return f"{moment:%Y-%m-%d} {_hour(moment, zone)} ±{off}"


def _window(burn: Burn, zone: tzinfo | None) -> str:
    first, last = (to_datetime(unix_s, zone or UTC) for unix_s in (burn.after_unix_s, burn.before_unix_s))
    if first.date() == last.date():
        return f"{first:%Y-%m-%d} {_hour(first, zone)} to {_hour(last, zone)}"
    if first.year != last.year:
        return f"{first:%Y-%m-%d} to {last:%Y-%m-%d}"
    return f"{first:%Y-%m-%d} to {last:%d}" if first.month == last.month else f"{first:%Y-%m-%d} to {last:%m-%d}"


def _hour(moment: datetime, zone: tzinfo | None) -> str:
    """`08Z`; on other clocks `16:00`, with the offset in the hour that comes twice."""
    return f"{moment:%H:00}{quantities.hour_mark(moment)}" if zone else f"{moment:%HZ}"


def size(burn: Burn) -> str:
    """`+4.2 km`; with the second decimal where it is small."""
    return f"{burn.size_km:+.2f} km" if abs(burn.size_km) < 1.0 else f"{burn.size_km:+.1f} km"


def sentence(burn: Burn) -> str:
    """`the orbit is raised by 4.2 km (2.4 m/s)`, `the orbit is possibly lowered by 0.22 km (0.1 m/s)`."""
    verb = "raised" if burn.kind == "raise" else "lowered"
    possibly = "possibly " if burn.confidence == "possible" else ""
    return f"the orbit is {possibly}{verb} by {size(burn).lstrip('+-')} ({burn.delta_v_m_s:.1f} m/s)"


def counts(burns: Sequence[Burn]) -> str:
    """`71 raises, 5 lowerings`; those that drag may also have made count with the others."""
    raises = sum(burn.kind == "raise" for burn in burns)
    lowerings = len(burns) - raises
    return ", ".join(
        f"{count} {word}{'' if count == 1 else 's'}" for count, word in ((raises, "raise"), (lowerings, "lowering"))
    )


def around(undated: Sequence[Burn]) -> str:
    """`, more around now, not dated`: where burns are known to have been made near an instant, but not when."""
    if not undated:
        return ""
    return ", perhaps one now" if all(burn.confidence == "possible" for burn in undated) else ", more now, not dated"
