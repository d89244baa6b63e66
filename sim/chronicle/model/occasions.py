"""What happened once or is to come: handovers, manoeuvres to avoid others, lessons, plans, steps of the programme.

No state of the station is made of these records, but events: they are decoded when one is asked for.
"""

# Without `from __future__ import annotations`, see `sim.chronicle.model.record`.

import msgspec

from sim.chronicle.dates import BeijingDay, Day, Duration, Instant
from sim.chronicle.model.record import Count, Record, Text, mark_approximate


class Handover(Record, frozen=True, kw_only=True):
    """The day one crew gave the station to the next, a day of Beijing time; the hour was not published."""

    from_mission: Text
    to_mission: Text
    day: BeijingDay = msgspec.field(name="date_beijing")


class Avoidance(Record, frozen=True, kw_only=True):
    """A manoeuvre to avoid another object."""

    object: Text
    day: Day = msgspec.field(name="date")
    manoeuvre: Instant | None = None
    close_pass: Instant | None = None

    def __post_init__(self) -> None:
        mark_approximate(self, "manoeuvre", True)
        mark_approximate(self, "close_pass", True)


class Lesson(Record, frozen=True, kw_only=True):
    """A lesson given from orbit; `start` is `None` where only its day is known."""

    number: Count
    day: Day = msgspec.field(name="date")
    start: Instant | None = None
    duration_min: Count | None = None
    place: Text | None = None
    audience: Text | None = None

    @property
    def duration(self) -> Duration:
        """As published."""
        return Duration(minutes=self.duration_min)


class Plan(Record, frozen=True, kw_only=True):
    """What was said about something to come.

    Attributes:
        what: The thing planned.
        text: What was said.
        stated: When; `None` where no source dates the statement.
        due: When it was to happen, as far as a date was said: the first day, month or instant.
        due_until: The last day or month of that, where it was said as a span.
        until: When it was overtaken by another statement or by the event; `None`: it still stood at the as-of date.
        mission: The mission it is about, if it has a record.
    """

    what: Text
    text: Text
    stated: Day | None = None
    due: Day | None = None
    due_until: Day | None = None
    until: Day | None = None
    mission: Text | None = None


class PartnerStep(Record, frozen=True, kw_only=True):
    """One step of the international programme."""

    day: Day = msgspec.field(name="date")
    text: Text
