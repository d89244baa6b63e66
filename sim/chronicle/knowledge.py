"""From when a fact is known, so that nothing is shown at an instant before it was known.

Records have it: the day of an event, or `known_from`. Texts beside a record (notes, conflicts, doubts) are known when
the latest day they name is over, or what happened on it, and never before the record's own event; a source from the day
it was published.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sim.chronicle.dates import PartialDate
from sim.constants import DAY_S

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sim.chronicle.model import Mission
    from sim.chronicle.model.occasions import Plan
    from sim.chronicle.model.record import Proof, Source

    DayOver = Callable[[float], float]
    """Gives, for the start of a day of UTC, when what happened on it was over (`EventList.day_over_s`)."""

_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
           "november", "december")  # fmt: skip
_ISO = re.compile(r"(?<!\d)(20\d\d-[01]\d(?:-[0-3]\d)?)(?!\d)")
_WORDS = re.compile(rf"(?:\b(\d{{1,2}}) )?\b({'|'.join(_MONTHS)}) (20\d\d)\b", re.IGNORECASE)
_SAID = re.compile(
    r"\b(announced|stated|said|named|reported|published|released|cctv|cmsa|cmseo)(?::| on)? \Z", re.IGNORECASE
)
"""Before a date: what was said on that day. Like the records that rest on it, it counts from the start of the day."""

LATER = "later: "
"""Prefix of what became known only after the shown instant."""


def known_s(when: PartialDate | None) -> float:
    """The instant from which something of a day, month or year counts as known; without one it always has been.

    A day counts from its start, since no hour is known; a month or a year only when it is over.
    """
    if when is None:
        return float("-inf")
    return when.until_s if when.precision in {"month", "year"} else when.unix_s


def is_known(when: PartialDate | None, unix_s: float) -> bool:
    """Whether something that is known from a day on is known at an instant; without a day it always is."""
    return known_s(when) <= unix_s


def dates_in(text: str, day_over_s: DayOver) -> Iterator[float]:
    """The instants from which the dates of a text are in the past: `2025-11-14`, `2025-11`, `14 November 2025`.

    A day is past when what happened at the station on it was over; one on which nothing did, at its end; one on which
    something was announced counts from its start.
    """
    for found in _ISO.finditer(text):
        try:
            date = PartialDate.parse(found[1])
        except ValueError:
            continue  # digits in the form of a date that are none
        yield _past_s(date, text[: found.start()], day_over_s)
    for found in _WORDS.finditer(text):
        day, month, year = found.groups()
        number = _MONTHS.index(month.lower()) + 1
        try:
            date = PartialDate.parse(f"{year}-{number:02d}" + (f"-{int(day):02d}" if day else ""))
        except ValueError:
            continue
        yield _past_s(date, text[: found.start()], day_over_s)


def _past_s(date: PartialDate, before: str, day_over_s: DayOver) -> float:
    """From when what a text says of a date may be told; `before` is the text up to it."""
    if date.precision != "day":
        return known_s(date)
    return date.unix_s if _SAID.search(before) else day_over_s(date.unix_s)


def text_known_s(text: str, record_s: float, day_over_s: DayOver) -> float:
    """From when a text beside a record is known: the latest date in it, and not before the record itself."""
    return max(record_s, *dates_in(text, day_over_s), record_s)


def source_is_later(source: Source, unix_s: float) -> bool:
    """Whether a source was published after an instant; one without a date is not called later."""
    return source.published is not None and known_s(PartialDate.parse(source.published)) > unix_s


def texts_known(texts: tuple[str, ...], record_s: float, unix_s: float, day_over_s: DayOver) -> tuple[str, ...]:
    """Those of a record's texts that are known at an instant."""
    return tuple(text for text in texts if text_known_s(text, record_s, day_over_s) <= unix_s)


def later_count(proof: Proof, record_s: float, unix_s: float, day_over_s: DayOver) -> int:
    """How many texts and sources of a record become known only after an instant."""
    texts = (*proof.notes, *proof.conflicts, *proof.unverified)
    late = sum(text_known_s(text, record_s, day_over_s) > unix_s for text in texts)
    return late + sum(source_is_later(source, unix_s) for source in proof.sources)


def mission_known_s(mission: Mission) -> float:
    """From when the notes about a flight that name no day are known: its end, or while it flies its docking."""
    last = mission.crew_landing or mission.end or mission.dock or mission.launch or mission.planned_from
    return float("inf") if last is None else known_s(last)


def plan_known_s(plan: Plan, edge_s: float) -> float:
    """From when a plan is known.

    Args:
        plan: The plan.
        edge_s: The end of what is known of plans; one without a date that still stands counts from a day before it.
    """
    said = plan.stated or (plan.due if plan.until is not None else None)
    return edge_s - DAY_S if said is None else known_s(said)
