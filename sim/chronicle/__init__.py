"""The chronicle: crew, ports, ships, spacewalks, records and partners of the station, at any instant.

    from sim.chronicle import embedded_chronicle

    facts = embedded_chronicle().at(unix_s)
    for member in facts.aboard:
        print(member.name, member.role, member.mission_days(facts.unix_s))

Facts come from `seeds/chronicle.json`; where each was read is in its record's `proof`. Unknown stays unknown: a field
of `None`, a day without an hour, a lower bound that says so.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

from sim.chronicle.chronicle import Chronicle
from sim.chronicle.dates import Duration, PartialDate
from sim.chronicle.model import PORT_NAMES, SHIP_PORTS, CrewMember, Mission, Person, Spacewalk
from sim.chronicle.model.record import Proof, Source
from sim.chronicle.snapshot import ChronicleSnapshot, Docked, Flying, ModuleState, WalkRecords, WalkUnderWay
from sim.seed_data import seed_bytes

__all__ = [
    "PORT_NAMES",
    "SHIP_PORTS",
    "Chronicle",
    "ChronicleSnapshot",
    "CrewMember",
    "Docked",
    "Duration",
    "Flying",
    "Mission",
    "ModuleState",
    "PartialDate",
    "Person",
    "Proof",
    "Source",
    "Spacewalk",
    "WalkRecords",
    "WalkUnderWay",
    "embedded_chronicle",
    "embedded_tables",
    "load",
]


def load(data: bytes | Path) -> Chronicle:
    """Read a chronicle from the bytes of a file, or from where it is.

    Raises:
        msgspec.ValidationError: It breaks the schema; the message ends in the path of the wrong field.
    """
    return Chronicle.from_json(data if isinstance(data, bytes) else data.read_bytes())


def embedded_tables() -> dict[str, Any]:
    """The raw tables of the embedded chronicle, to merge others over."""
    tables: dict[str, Any] = msgspec.json.decode(seed_bytes("chronicle.json"))
    return tables


@lru_cache(maxsize=1)
def embedded_chronicle() -> Chronicle:
    """The embedded chronicle, read once."""
    return load(seed_bytes("chronicle.json"))
