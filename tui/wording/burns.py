"""Burns as texts: when as far as it is known, how large, how sure; the same in every view and command."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

from sim.constants import DAY_S
from sim.language import N_, _, lists, ngettext
from sim.language.phrase import Phrase
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
    return date_phrase(burn, zone).text


def date_phrase(burn: Burn, zone: tzinfo | None = None) -> Phrase:
    """The same, for texts that are kept."""
    if burn.unix_s is None:
        return _window(burn, zone)
    off = quantities.span_phrase(burn.date_error_days * DAY_S)
    if burn.date_error_days > FINE_DAYS:
        return Phrase("{day} ±{off}", {"day": f"{to_datetime(burn.unix_s, zone or UTC):%Y-%m-%d}", "off": off})
    moment = to_datetime(burn.unix_s + 1800.0, zone or UTC)  # to the nearest hour
    return Phrase("{day} ±{off}", {"day": f"{moment:%Y-%m-%d} {_hour(moment, zone)}", "off": off})


def _window(burn: Burn, zone: tzinfo | None) -> Phrase:
    first, last = (to_datetime(unix_s, zone or UTC) for unix_s in (burn.after_unix_s, burn.before_unix_s))
    if first.date() == last.date():
        begin, end = f"{first:%Y-%m-%d} {_hour(first, zone)}", _hour(last, zone)
    elif first.year != last.year:
        begin, end = f"{first:%Y-%m-%d}", f"{last:%Y-%m-%d}"
    else:
        begin, end = f"{first:%Y-%m-%d}", f"{last:%d}" if first.month == last.month else f"{last:%m-%d}"
    return Phrase(N_("{begin} to {end}"), {"begin": begin, "end": end})


def _hour(moment: datetime, zone: tzinfo | None) -> str:
    """`08Z`; on other clocks `16:00`, with the offset in the hour that comes twice."""
    return f"{moment:%H:00}{quantities.hour_mark(moment)}" if zone else f"{moment:%HZ}"


def size(burn: Burn) -> str:
    """`+4.2 km`; with the second decimal where it is small."""
    return f"{burn.size_km:+.2f} km" if abs(burn.size_km) < 1.0 else f"{burn.size_km:+.1f} km"


def sentence(burn: Burn) -> Phrase:
    """`the orbit is raised by 4.2 km (2.4 m/s)`, `the orbit is possibly lowered by 0.22 km (0.1 m/s)`."""
    template = _SENTENCES[burn.kind == "raise", burn.confidence == "possible"]
    return Phrase(template, {"size": size(burn).lstrip("+-"), "change_m_s": burn.delta_v_m_s})


_SENTENCES = {
    (True, False): N_("the orbit is raised by {size} ({change_m_s:.1f} m/s)"),
    (True, True): N_("the orbit is possibly raised by {size} ({change_m_s:.1f} m/s)"),
    (False, False): N_("the orbit is lowered by {size} ({change_m_s:.1f} m/s)"),
    (False, True): N_("the orbit is possibly lowered by {size} ({change_m_s:.1f} m/s)"),
}
"""By whether it is a raise, and whether it is only possible."""


def counts(burns: Sequence[Burn]) -> str:
    """`71 raises, 5 lowerings`; those that drag may also have made count with the others."""
    raises = sum(burn.kind == "raise" for burn in burns)
    lowerings = len(burns) - raises
    up = ngettext("{count} raise", "{count} raises", raises).format(count=raises)
    down = ngettext("{count} lowering", "{count} lowerings", lowerings).format(count=lowerings)
    return lists.comma_list((up, down))


def around(undated: Sequence[Burn]) -> str:
    """`, more around now, not dated`: where burns are known to have been made near an instant, but not when."""
    if not undated:
        return ""
    only_possible = all(burn.confidence == "possible" for burn in undated)
    return _(", perhaps one now") if only_possible else _(", more now, not dated")
