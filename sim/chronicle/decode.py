"""From the file's tables to typed records. Nothing is checked here: `schema` and `validate` do that."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias, TypeVar, cast

from sim.chronicle.dates import BEIJING_OFFSET_S, UNKNOWN_DURATION, Duration, When, parse_when
from sim.chronicle.model import (
    AsOf,
    Avoidance,
    CrewSeat,
    EarlierFlight,
    Fact,
    Handover,
    Lesson,
    Mission,
    Module,
    Origin,
    PartnerStep,
    Person,
    Plan,
    PortStay,
    Proof,
    RecordMark,
    Source,
    Spacewalk,
    Station,
    WalkTotal,
)

Row: TypeAlias = dict[str, Any]
R = TypeVar("R")


class Tables:
    """The raw tables of one file, made into records table by table."""

    def __init__(self, raw: Row) -> None:
        self._raw = raw
        self._sources = {name: Source(name, *entry) for name, entry in raw["sources"].items()}

    def sources(self) -> dict[str, Source]:
        """Every source by its id."""
        return self._sources

    def as_of(self) -> dict[str, AsOf]:
        """The edge of each table; a person's own edge is kept as `[date, "user"]`."""
        edges = {}
        for table, value in self._raw["as_of"].items():
            date, origin = (value, "embedded") if isinstance(value, str) else value
            edges[table] = AsOf(date, parse_when(date).until_s, cast("Origin", origin))
        return edges

    def records(self, table: str, make: Callable[[Row, Proof, Origin], R]) -> tuple[R, ...]:
        """All records of a table."""
        return tuple(make(row, self._proof(row), row.get("origin", "embedded")) for row in self._raw.get(table, ()))

    def _proof(self, row: Row) -> Proof:
        return Proof(
            tuple(self._sources[name] for name in row["sources"]),
            texts(row, "conflicts"),
            texts(row, "unverified"),
            texts(row, "notes"),
        )


def texts(row: Row, field: str) -> tuple[str, ...]:
    """A list of texts; none when the field is absent."""
    return tuple(row.get(field) or ())


def when(row: Row, field: str, *, approximate: bool = False) -> When | None:
    """A time; `None` when the field is absent."""
    text = row.get(field)
    return None if text is None else parse_when(text, approximate=approximate)


def _duration(row: Row) -> Duration:
    minutes = row.get("duration_min")
    return UNKNOWN_DURATION if minutes is None else Duration(minutes, row.get("duration_approximate") or False)


def station(row: Row, proof: Proof, origin: Origin) -> Station:
    """The station as a whole."""
    return Station(
        row["name"], row["inclination_deg"], row["design_life"], row["mass_t"], row["pressurised_m3"],
        row["habitable_m3"], parse_when(row["first_launch"]), parse_when(row["t_shape"]),
        parse_when(row["declared_built"]), row["expansion"], proof, origin,
    )  # fmt: skip


def module(row: Row, proof: Proof, origin: Origin) -> Module:
    """A permanent part."""
    get = row.get
    return Module(
        row["name"], row["name_zh"], row["type"], when(row, "launch"), when(row, "dock"), when(row, "relocated"),
        get("rocket"), get("launch_site"), get("mass_kg"), get("length_m"), get("diameter_m"), get("pressurised_m3"),
        get("habitable_m3"), get("norad_id"), get("cospar_id"), proof, origin,
    )  # fmt: skip


def mission(row: Row, proof: Proof, origin: Origin) -> Mission:
    """A ship's flight."""
    get = row.get
    crew = tuple(
        CrewSeat(seat["name"], seat["role"], seat.get("role_unverified", False), seat.get("flight_number"))
        for seat in get("crew") or ()
    )
    return Mission(
        row["name"], row["name_zh"], row["kind"], row["status"], get("status_as_of"), get("expedition"),
        when(row, "launch"), when(row, "dock"), when(row, "undock"), when(row, "end"), get("duration_s"), crew,
        get("return_ship"), when(row, "crew_landing"), get("crew_duration_s"), get("returned_crew_of"),
        get("launch_site"), get("landing_site"), get("rocket"), get("rocket_serial"), get("norad_id"),
        get("cospar_id"), get("cargo_kg"), get("cargo_note"), get("planned_when"), get("planned_crew"),
        get("planned_port"), when(row, "planned_from"), proof, origin,
    )  # fmt: skip


def stay(row: Row, proof: Proof, origin: Origin) -> PortStay:
    """A vehicle at a port."""
    begin = parse_when(row["begin"], approximate=row.get("begin_approximate") or False)
    end = when(row, "end", approximate=row.get("end_approximate") or False)
    return PortStay(row["vehicle"], row["port"], begin, end, row.get("permanent") or False, proof, origin)


def handover(row: Row, proof: Proof, origin: Origin) -> Handover:
    """A handover, on a day of Beijing time."""
    day = parse_when(row["date_beijing"], offset_s=BEIJING_OFFSET_S)
    return Handover(row["from_mission"], row["to_mission"], day, proof, origin)


def person(row: Row, proof: Proof, origin: Origin) -> Person:
    """Someone who flew."""
    earlier = tuple(EarlierFlight(flight["mission"], flight["seconds"]) for flight in row.get("earlier_flights") or ())
    return Person(
        row["name"], row["name_zh"], row["sex"], row["nationality"], when(row, "birth"), row.get("group"), earlier,
        proof, origin,
    )  # fmt: skip


def spacewalk(row: Row, proof: Proof, origin: Origin) -> Spacewalk:
    """One walk."""
    get = row.get
    return Spacewalk(
        row["number"], row["mission"], parse_when(row["date"], approximate=get("date_in_doubt") or False),
        get("date_not_after"), when(row, "start", approximate=get("start_approximate") or False), when(row, "end"),
        _duration(row), texts(row, "outside"), texts(row, "inside"), get("exit"), get("suits"), get("tasks"),
        texts(row, "not_published"), when(row, "second_out", approximate=get("second_out_approximate") or False),
        proof, origin,
    )  # fmt: skip


def walk_total(row: Row, proof: Proof, origin: Origin) -> WalkTotal:
    """A lower bound for a mission's walks."""
    return WalkTotal(row["mission"], row["spacewalks"], row["at_least_min"], proof, origin)


def record_mark(row: Row, proof: Proof, origin: Origin) -> RecordMark:
    """A record as stated."""
    return RecordMark(
        row["record"], row["area"], texts(row, "holders"), row.get("value"), when(row, "date"),
        row.get("spacewalk"), row.get("mission"), _duration(row), texts(row, "runners_up"), proof, origin,
    )  # fmt: skip


def avoidance(row: Row, proof: Proof, origin: Origin) -> Avoidance:
    """A manoeuvre to avoid something."""
    return Avoidance(
        row["object"], parse_when(row["date"]), when(row, "manoeuvre", approximate=True),
        when(row, "close_pass", approximate=True), proof, origin,
    )  # fmt: skip


def plan(row: Row, proof: Proof, origin: Origin) -> Plan:
    """Something said about what is to come."""
    return Plan(
        row["what"], row["text"], when(row, "stated"), when(row, "due"), when(row, "due_until"),
        when(row, "until"), row.get("mission"), proof, origin,
    )  # fmt: skip


def partner_step(row: Row, proof: Proof, origin: Origin) -> PartnerStep:
    """A step of the programme."""
    return PartnerStep(parse_when(row["date"]), row["text"], proof, origin)


def lesson(row: Row, proof: Proof, origin: Origin) -> Lesson:
    """A lesson from orbit."""
    return Lesson(
        row["number"], parse_when(row["date"]), when(row, "start"), _duration(row), row.get("place"),
        row.get("audience"), proof, origin,
    )  # fmt: skip


def fact(row: Row, proof: Proof, origin: Origin) -> Fact:
    """A fact about a mission or the station."""
    return Fact(
        row["topic"], row["title"], row["text"], parse_when(row["known_from"]), row.get("mission"), proof, origin
    )
