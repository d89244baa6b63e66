"""The shapes of the command line's JSON, one function each: keys are fixed, what is not known is null.

Times end in `Z`; those that were computed carry milliseconds, those that sources state are as stated.
"""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

from sim.chronicle.knowledge import LATER, source_is_later
from sim.constants import DAY_S
from sim.orbit.closure.altitude_error import altitude_error
from sim.time import iso_z

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sim.chronicle import ChronicleSnapshot, CrewMember, Event, Spacewalk
    from sim.chronicle.model import Fact, Mission, Plan, Proof, Source
    from sim.orbit.altitude import AltitudeReport
    from sim.orbit.closure.burns import Burn
    from sim.orbit.coverage import Coverage
    from sim.orbit.propagation import Covariance, Provenance
    from sim.orbit.space_object import SpaceObject
    from sim.orbit.uncertainty import ExpectedError
    from sim.places.place import Place
    from sim.status import Status

Shape = dict[str, Any]

SCHEMA = 2
"""Grows when a key changes its meaning or goes; new keys alone do not count."""


MEAN_ALTITUDE = "Brouwer's mean semi-major axis (SGP4, WGS72) less 6378.137 km"
"""Which of the mean altitudes is meant; Kozai's stands beside it."""


def to_json(shape: Shape | Sequence[Shape]) -> str:
    """The text of a shape: UTF-8 as it is, no NaN, keys in the order of the contract."""
    return json.dumps(shape, ensure_ascii=False, indent=2, allow_nan=False)


def stamp(unix_s: float | None) -> str | None:
    """A computed instant, to the millisecond."""
    return None if unix_s is None else iso_z(unix_s, milliseconds=True)


def asked(unix_s: float) -> str:
    """An instant a person gave: whole seconds where it is whole."""
    return iso_z(unix_s, milliseconds=unix_s != math.floor(unix_s))


def answer_shape(known: SpaceObject, **parts: object) -> Shape:
    """The shape of an answer about an object."""
    return {"schema": SCHEMA, "object": object_shape(known), **parts}


def dated(known: SpaceObject, unix_s: float, **parts: object) -> Shape:
    """The shape of an answer about an object at an instant."""
    return answer_shape(known, time=asked(unix_s), **parts)


def object_shape(known: SpaceObject) -> Shape:
    """Which object the answer is about."""
    return {"name": known.name or None, "norad_id": known.norad_id, "cospar_id": known.cospar_id}


def rounded(value: float | None, digits: int) -> float | None:
    """A number with the digits that mean something; null for what is none."""
    return None if value is None or not math.isfinite(value) else round(value, digits)


def numbers(record: object | None, **digits: int) -> Shape:
    """Some numbers of a record by their names, each with the digits that mean something; null without a record."""
    return {name: None if record is None else rounded(getattr(record, name), digits[name]) for name in digits}


def status_shape(status: Status) -> Shape:
    """One instant."""
    known = status.error.position_known
    position, light = (status.position, status.light) if known else (None, None)
    orbit, altitude, facts = status.orbit, status.altitude, status.facts
    is_answered = status.position is not None  # else the size too is only carried on to where the set means nothing
    return {
        "schema": SCHEMA,
        "object": object_shape(status.object),
        "time": asked(status.unix_s),
        "mode": status.mode,
        "position": numbers(position, latitude_deg=6, longitude_deg=6, height_km=4, speed_km_s=6),
        "orbit": {
            "mean_altitude_km": rounded(altitude.mean_altitude_km, 3) if is_answered else None,
            "mean_altitude_definition": MEAN_ALTITUDE if is_answered else None,
            "mean_altitude_kozai_km": rounded(altitude.kozai_altitude_km, 3) if is_answered else None,
            **numbers(altitude if is_answered else None, perigee_km=3, apogee_km=3),
            **altitude_error_shape(status.provenance if is_answered else None),
            "inclination_deg": rounded(orbit.inclination_deg, 4),
            "period_min": rounded(orbit.period_min, 5) if is_answered else None,
            "revolution": orbit.revolution if is_answered and known else None,
            "beta_deg": rounded(orbit.beta_deg, 4) if known else None,
        },
        "light": {
            "state": light.state if light else None,
            "next_state": light.next_state if light else None,
            "next_change": stamp(light.change_unix_s) if light else None,
        },
        "elements": elements_shape(status.provenance, status.error),
        **earth_orientation_shape(status.unix_s),
        **(facts_shape(facts) if status.object.is_station else NO_FACTS),
    }


NO_FACTS: Shape = {
    "crew": [],
    "crew_as_of": None,
    "crew_certain": False,
    "ports": [],
    "spacewalk": None,
    "records": {"longest_spacewalk": None},
}
"""What is said of another object: nothing is known here about people and ships there."""


def facts_shape(facts: ChronicleSnapshot) -> Shape:
    """Crew, ports and spacewalks of the station at an instant."""
    return {
        "crew": crew_shape(facts),
        "crew_as_of": facts.crew_as_of,
        "crew_certain": facts.crew_certain,
        "ports": ports_shape(facts),
        "spacewalk": walk_under_way_shape(facts),
        "records": records_shape(facts),
    }


def elements_shape(provenance: Provenance, error: ExpectedError) -> Shape:
    """What an answer rests on."""
    return {
        "source": provenance.source,
        "kind": provenance.kind,
        "epoch": stamp(provenance.epoch_unix_s),
        "age_days": rounded(provenance.age_days, 4),
        **place_error_shape(error),
        **({} if provenance.stated is None else {"stated_error": stated_error_shape(provenance.stated)}),
    }


def altitude_error_shape(provenance: Provenance | None) -> Shape:
    """How far off mean altitude, perigee and apogee are expected to be; null where that is not known."""
    error = altitude_error(provenance) if provenance else None
    mean = (error.median_km, error.p90_km) if error else (None, None)
    apsides = (error.apsides_median_km, error.apsides_p90_km) if error else (None, None)
    return {
        name: {"median": rounded(median, 2), "p90": rounded(p90, 2)}
        for name, (median, p90) in (("mean_altitude_error_km", mean), ("perigee_apogee_error_km", apsides))
    }


def stated_error_shape(stated: Covariance) -> Shape:
    """What the operator states of the error of the position, from the covariance of an ephemeris."""
    radial, along, across = (rounded(km, 6) for km in stated.sigma_rtn_km)
    return {"time": stamp(stated.unix_s), "sigma_km": {"radial": radial, "along": along, "across": across}}


def earth_orientation_shape(unix_s: float) -> Shape:
    """What it costs a place on the ground that UT1 and the pole are not known at an instant; empty where they are."""
    from sim.astro.earth_orientation import orientation_at

    earth = orientation_at(unix_s)
    return {} if earth.measured else {"earth_orientation": {"known": False, "error_m": rounded(earth.error_m, 1)}}


def covered_shape(found: Coverage | None) -> Shape:
    """The parts of the asked time that the elements have an answer for; empty where that is all of it."""
    if found is None or found.is_whole:
        return {}
    return {"covered": [{"from": stamp(begin), "to": stamp(end)} for begin, end in found.spans]}


def place_error_shape(error: ExpectedError) -> Shape:
    """How far off a place is expected to be; null where it may be anywhere along the orbit."""
    known = error.position_known
    return {
        "error_km": {
            "median": rounded(error.median_km, 2) if known else None,
            "p90": rounded(error.p90_km, 2) if known else None,
        },
        "stale": error.stale,
    }


def time_error_shape(error: ExpectedError) -> Shape:
    """How far off times are expected to be; null where the place along the orbit is not known."""
    known = error.position_known
    return {
        "error_s": rounded(error.median_s, 2) if known else None,
        "error_s_p90": rounded(error.p90_s, 2) if known else None,
        "stale": error.stale,
    }


def crew_shape(facts: ChronicleSnapshot) -> list[Shape]:
    """Who is aboard."""
    return [member_shape(member, facts.unix_s) for member in facts.aboard]


def member_shape(member: CrewMember, unix_s: float) -> Shape:
    """One of the crew; `days` is the mission clock."""
    return {
        "name": member.name,
        "name_zh": member.name_zh or None,
        "role": member.role or None,
        "mission": member.mission,
        "launch": member.launch.text,
        "days": rounded(member.mission_days(unix_s), 4),
    }


def ports_shape(facts: ChronicleSnapshot) -> list[Shape]:
    """What is docked for a time."""
    return [{"port": ship.port, "vehicle": ship.vehicle, "since": ship.since.text} for ship in facts.ships]


def walk_under_way_shape(facts: ChronicleSnapshot) -> Shape | None:
    """The spacewalk going on."""
    if facts.spacewalk is None:
        return None
    walk = facts.spacewalk.spacewalk
    return {
        "number": walk.number,
        "mission": walk.mission,
        "astronauts": list(walk.outside),
        "start": walk.start.text if walk.start else None,
        "elapsed_s": rounded(facts.spacewalk.elapsed_s, 3),
    }


def records_shape(facts: ChronicleSnapshot) -> Shape:
    """Records as they stood."""
    walk = facts.records.longest
    return {
        "longest_spacewalk": None
        if walk is None
        else {
            "number": walk.number,
            "mission": walk.mission,
            "astronauts": list(walk.outside),
            "date": walk.day.date,
            "duration_min": walk.duration.minutes,
        }
    }


def walk_shape(walk: Spacewalk, unix_s: float) -> Shape:
    """One spacewalk as known at an instant: while it goes on, end and length are not.

    `approximate` is true where a source says "about".
    """
    about = bool(walk.duration.approximate or (walk.start and walk.start.approximate) or walk.day.approximate)
    over = walk.over_unix_s <= unix_s
    return {
        "number": walk.number,
        "mission": walk.mission,
        "date": walk.day.date,
        "start": walk.start.text if walk.start else None,
        "end": walk.end.text if walk.end and over else None,
        "duration_min": walk.duration.minutes if over else None,
        "astronauts": list(walk.outside),
        "sources": sources_shape(walk.proof, unix_s),
        "approximate": about,
    }


def sources_shape(proof: Proof, unix_s: float) -> list[str]:
    """Where a fact was read: addresses of pages, titles of what has none or was read as a copy."""
    return [source_words(source, unix_s) for source in proof.sources]


def source_words(source: Source, unix_s: float) -> str:
    """The address of a page, or the title; `later: ` before what was published after the instant asked about."""
    words = source.address if source.address.startswith("http") else source.title
    return f"{LATER}{words}" if source_is_later(source, unix_s) else words


def event_shape(event: Event, unix_s: float) -> Shape:
    """One event; `time` is as fine as it is known, `later` says that it comes after the instant asked about.

    `later` is null where that lies in the span in which it was. A burn is somewhere between two instants: `time` is
    where it is expected, `until` the end of that span.
    """
    is_burn = event.kind in {"raise", "lowering"}
    return {
        "time": iso_z(event.unix_s) if is_burn else event.text,
        "until": iso_z(event.until_s) if is_burn else None,
        "precision": event.precision,
        "kind": event.kind,
        "title": event.phrase.english,
        "missions": list(event.missions),
        "people": list(event.people),
        "spacewalk": event.spacewalk,
        "certain": event.certain,
        "planned": event.planned,
        "later": event.is_later(unix_s),
        "sources": [source_words(source, unix_s) for source in event.sources],
    }


def mission_shape(mission: Mission, phase: str, unix_s: float) -> Shape:
    """One flight as known at an instant: what came later is null."""

    def text(name: str) -> str | None:
        when = getattr(mission, name)
        return when.text if when and when.unix_s <= unix_s else None

    home = text("crew_landing") is not None

    return {
        "name": mission.name,
        "name_zh": mission.name_zh or None,
        "kind": mission.kind,
        "status": phase,
        "launch": text("launch"),
        "dock": text("dock"),
        "undock": text("undock"),
        "end": text("end"),
        "crew": [seat.name for seat in mission.crew],
        "return_ship": mission.return_ship if home else None,
        "crew_landing": text("crew_landing"),
        "rocket": mission.rocket,
        "launch_site": mission.launch_site,
        "landing_site": mission.landing_site if home or text("end") is not None else None,
        "sources": sources_shape(mission.proof, unix_s),
    }


def fact_shape(fact: Fact, unix_s: float) -> Shape:
    """Something known about a mission or the station at an instant."""
    return {
        "topic": fact.topic,
        "title": fact.title,
        "text": fact.text,
        "known_from": fact.known_from.text,
        "mission": fact.mission,
        "sources": sources_shape(fact.proof, unix_s),
    }


def plan_shape(plan: Plan, unix_s: float) -> Shape:
    """What was planned at an instant."""
    return {
        "what": plan.what,
        "text": plan.text,
        "stated": plan.stated.text if plan.stated else None,
        "due": plan.due.text if plan.due else None,
        "due_until": plan.due_until.text if plan.due_until else None,
        "mission": plan.mission,
        "sources": sources_shape(plan.proof, unix_s),
    }


def observer_shape(place: Place) -> Shape:
    """Where the observer stands."""
    return {
        "name": place.name,
        **numbers(place, latitude_deg=6, longitude_deg=6, height_m=1),
        "timezone": place.timezone or None,
    }


def altitude_shape(known: SpaceObject, report: AltitudeReport, provenance: Provenance) -> Shape:
    """Altitude, decay and burns as they stood."""
    decay, left = report.decay, report.to_floor
    return {
        **dated(known, report.unix_s),
        "mean_altitude_km": rounded(report.mean_altitude_km, 3),
        "mean_altitude_definition": MEAN_ALTITUDE,
        "mean_altitude_kozai_km": rounded(report.kozai_altitude_km, 3),
        **numbers(report, perigee_km=3, apogee_km=3),
        **altitude_error_shape(provenance),
        "band_km": {"floor": report.floor_km, "ceiling": report.ceiling_km},
        "decay_km_day": rounded(decay.km_day, 4) if decay else None,
        "decay_uncertainty_km_day": rounded(decay.uncertainty_km_day, 4) if decay else None,
        "days_to_floor": {"days": round(left.days), "low": round(left.low_days), "high": round(left.high_days)}
        if left
        else None,
        "burns": [burn_shape(burn) for burn in report.burns],
        "burns_not_dated": [
            {"after": stamp(burn.after_unix_s), "before": stamp(burn.before_unix_s), "confidence": burn.confidence}
            for burn in report.undated
        ],
    }


def burn_shape(burn: Burn) -> Shape:
    """One burn: the window between two sets, and its time where the phase dates it.

    `stale` is true where only the window is known.
    """
    is_dated = burn.unix_s is not None
    return {
        "after": stamp(burn.after_unix_s),
        "before": stamp(burn.before_unix_s),
        "time": stamp(burn.unix_s),
        "error_s": rounded(burn.median_date_error_days * DAY_S, 0) if is_dated else None,
        "error_s_p90": rounded(burn.date_error_days * DAY_S, 0) if is_dated else None,
        "stale": not is_dated,
        "kind": burn.kind,
        **numbers(burn, size_km=2, uncertainty_km=2, delta_v_m_s=2, eccentricity_change=6, eccentricity_after=6),
        "confidence": burn.confidence,
    }


def csv_text(columns: Sequence[str], rows: Iterable[Shape]) -> str:
    """Rows of a JSON answer as comma-separated lines; empty where a value is not known.

    A key of an object within a row follows that of the object: `peak_azimuth_deg`; its time has the object's own name.
    """
    import csv
    import io

    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(columns)
    paths: list[tuple[str, str]] = []
    for row in rows:
        if not paths:  # all rows have the keys of the first
            found = _column_paths(row)
            paths = [found[column] for column in columns]
        writer.writerow([_cell(row, *path) for path in paths])
    return stream.getvalue()


def _column_paths(row: Shape) -> dict[str, tuple[str, str]]:
    """By column the key in a row, and that in the object it holds; empty where it holds none."""
    paths: dict[str, tuple[str, str]] = {}
    for key, value in row.items():
        if isinstance(value, dict):
            paths |= {key if inner == "time" else f"{key}_{inner}": (key, inner) for inner in value}
        else:
            paths[key] = (key, "")
    return paths


def _cell(row: Shape, key: str, inner: str) -> object:
    """A value of a row; true and false as other programs write them."""
    value = row[key][inner] if inner else row[key]
    return ("true" if value else "false") if value is True or value is False else value
