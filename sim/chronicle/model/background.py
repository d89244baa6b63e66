"""What else is known of missions, suits and crews, beside what happened; decoded when a view asks for it."""

# Without `from __future__ import annotations`, see `sim.chronicle.model.record`.

from typing import Literal, TypeAlias

from sim.chronicle.dates import Day
from sim.chronicle.model.record import Count, Record, Text

Topic: TypeAlias = Literal[
    "science", "samples", "upkeep", "arms", "radio", "satellites", "wings", "firsts", "materials"
]  # fmt: skip


class Fact(Record, frozen=True, kw_only=True):
    """Something known about a mission or, without one, about the station, from the day `known_from` on."""

    topic: Topic
    title: Text
    text: Text
    known_from: Day
    mission: Text | None = None


class Suit(Record, frozen=True, kw_only=True):
    """Something known about the space suits."""

    text: Text
    known_from: Day | None = None


class SelectionGroup(Record, frozen=True, kw_only=True):
    """A group of astronauts selected together."""

    group: Count
    year: Count
    size: Count
    makeup: Text


class WalkTotal(Record, frozen=True, kw_only=True):
    """A published lower bound for all walks of a mission, where single lengths were not published."""

    mission: Text
    spacewalks: Count
    at_least_min: Count
