"""The chronicle: crew, ports, ships, spacewalks, records and partners of the station, at any instant.

    from sim.chronicle import embedded_chronicle

    facts = embedded_chronicle().at(unix_s)
    for member in facts.aboard:
        print(member.name, member.role, member.mission_days(facts.unix_s))

Facts come from `seeds/chronicle.json`; where each was read is in its record's `proof`. Unknown stays unknown: a field
of `None`, a day without an hour, a lower bound that says so.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from sim.chronicle.chronicle import Chronicle
from sim.chronicle.dates import Duration, When
from sim.chronicle.events import Event, EventKind, EventList
from sim.chronicle.model import PORT_NAMES, SHIP_PORTS, Mission, Person, Proof, Source, Spacewalk
from sim.chronicle.snapshot import CrewMember, Docked, Flying, ModuleState, StationFacts, WalkRecords, WalkUnderWay
from sim.seed_data import seed_json

__all__ = [
    "PORT_NAMES",
    "SHIP_PORTS",
    "Chronicle",
    "CrewMember",
    "Docked",
    "Duration",
    "Event",
    "EventKind",
    "EventList",
    "Flying",
    "Mission",
    "ModuleState",
    "Person",
    "Proof",
    "Source",
    "Spacewalk",
    "StationFacts",
    "WalkRecords",
    "WalkUnderWay",
    "When",
    "embedded_chronicle",
    "embedded_tables",
    "load",
]


def load(data: bytes | Path) -> Chronicle:
    """Read a chronicle file that is known to be sound.

    Args:
        data: Its bytes, or where it is.
    """
    return Chronicle(json.loads(data if isinstance(data, bytes) else data.read_bytes()))


def embedded_tables() -> dict[str, Any]:
    """The raw tables of the embedded chronicle, to merge others over."""
    tables: dict[str, Any] = seed_json("chronicle.json")
    return tables


@lru_cache(maxsize=1)
def embedded_chronicle() -> Chronicle:
    """The embedded chronicle, read once."""
    return Chronicle(embedded_tables())
