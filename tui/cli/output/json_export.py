"""The shapes of the command line's JSON, one function each: keys are fixed, what is not known is null.

Times end in `Z`; those that were computed carry milliseconds, those that sources state are as stated.
"""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

from sim.time import iso_z

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sim.chronicle import CrewMember, Event, Spacewalk, StationFacts
    from sim.chronicle.model import Mission, Proof
    from sim.eclipses import Eclipse
    from sim.orbit.altitude import AltitudeReport
    from sim.orbit.propagation import Provenance
    from sim.orbit.uncertainty import ExpectedError
    from sim.passes.model import Pass
    from sim.places.place import Place
    from sim.status import Status

Shape = dict[str, Any]

SCHEMA = 1
"""Grows when a key changes its meaning or goes; new keys alone do not count."""


def to_json(shape: Shape) -> str:
    """The text of a shape: UTF-8 as it is, no NaN, keys in the order of the contract."""
    return json.dumps(shape, ensure_ascii=False, indent=2, allow_nan=False)


def stamp(unix_s: float | None) -> str | None:
    """A computed instant, to the millisecond."""
    return None if unix_s is None else iso_z(unix_s, milliseconds=True)


def asked(unix_s: float) -> str:
    """An instant a person gave: whole seconds where it is whole."""
    return iso_z(unix_s, milliseconds=unix_s != math.floor(unix_s))


def dated(unix_s: float, **parts: object) -> Shape:
    """The shape of an answer for an instant."""
    return {"schema": SCHEMA, "time": asked(unix_s), **parts}


def rounded(value: float | None, digits: int) -> float | None:
    """A number with the digits that mean something; null for what is none."""
    return None if value is None or not math.isfinite(value) else round(value, digits)


def status_shape(status: Status) -> Shape:
    """One instant."""
    position, orbit, light, facts = status.position, status.orbit, status.light, status.facts
    altitude = status.altitude
    return {
        "schema": SCHEMA,
        "time": asked(status.unix_s),
        "mode": status.mode,
        "position": {
            "latitude_deg": rounded(position.latitude_deg, 6) if position else None,
            "longitude_deg": rounded(position.longitude_deg, 6) if position else None,
            "height_km": rounded(position.height_km, 4) if position else None,
            "speed_km_s": rounded(position.speed_km_s, 6) if position else None,
        },
        "orbit": {
            "mean_altitude_km": rounded(altitude.mean_altitude_km, 3),
            "perigee_km": rounded(altitude.perigee_km, 3),
            "apogee_km": rounded(altitude.apogee_km, 3),
            "inclination_deg": rounded(orbit.inclination_deg, 4),
            "period_min": rounded(orbit.period_min, 5),
            "revolution": orbit.revolution,
            "beta_deg": rounded(orbit.beta_deg, 4),
        },
        "light": {
            "state": light.state if light else None,
            "next_state": light.next_state if light else None,
            "next_change": stamp(light.change_unix_s) if light else None,
        },
        "elements": elements_shape(status.provenance, status.error),
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
        "error_km": {"median": rounded(error.median_km, 2), "p90": rounded(error.p90_km, 2)},
        "stale": error.stale,
    }


def crew_shape(facts: StationFacts) -> list[Shape]:
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


def ports_shape(facts: StationFacts) -> list[Shape]:
    """What is docked for a time."""
    return [{"port": ship.port, "vehicle": ship.vehicle, "since": ship.since.text} for ship in facts.ships]


def walk_under_way_shape(facts: StationFacts) -> Shape | None:
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


def records_shape(facts: StationFacts) -> Shape:
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
        "sources": sources_shape(walk.proof),
        "approximate": about,
    }


def sources_shape(proof: Proof) -> list[str]:
    """Where a fact was read: addresses, or titles where there is none."""
    return [source.address or source.title for source in proof.sources]


def event_shape(event: Event) -> Shape:
    """One event; `time` is as fine as it is known."""
    return {
        "time": event.text,
        "precision": event.precision,
        "kind": event.kind,
        "title": event.title,
        "missions": list(event.missions),
        "people": list(event.people),
        "spacewalk": event.spacewalk,
        "certain": event.certain,
        "planned": event.planned,
        "sources": [source.address or source.title for source in event.sources],
    }


def mission_shape(mission: Mission, phase: str) -> Shape:
    """One flight."""

    def text(name: str) -> str | None:
        when = getattr(mission, name)
        return when.text if when else None

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
        "return_ship": mission.return_ship,
        "crew_landing": text("crew_landing"),
        "rocket": mission.rocket,
        "launch_site": mission.launch_site,
        "landing_site": mission.landing_site,
        "sources": sources_shape(mission.proof),
    }


def observer_shape(place: Place) -> Shape:
    """Where the observer stands."""
    return {
        "name": place.name,
        "latitude_deg": rounded(place.latitude_deg, 6),
        "longitude_deg": rounded(place.longitude_deg, 6),
        "height_m": rounded(place.height_m, 1),
        "timezone": place.timezone or None,
    }


def pass_shape(found: Pass) -> Shape:
    """One pass; what can be seen of it goes from the first moment to the last."""
    return {
        "rise": {"time": stamp(found.rise.unix_s), "azimuth_deg": rounded(found.rise.azimuth_deg, 3)},
        "peak": {
            "time": stamp(found.peak.unix_s),
            "azimuth_deg": rounded(found.peak.azimuth_deg, 3),
            "elevation_deg": rounded(found.peak.elevation_deg, 3),
            "range_km": rounded(found.peak.range_km, 3),
        },
        "set": {"time": stamp(found.set.unix_s), "azimuth_deg": rounded(found.set.azimuth_deg, 3)},
        "duration_s": rounded(found.duration_s, 3),
        "error_s": rounded(found.error_s, 2),
        "visible": found.visible,
        "visible_from": stamp(found.windows[0].from_unix_s) if found.windows else None,
        "visible_to": stamp(found.windows[-1].to_unix_s) if found.windows else None,
        "magnitude": rounded(found.magnitude, 1),
    }


def eclipse_shape(eclipse: Eclipse) -> Shape:
    """One way through the shadow: the Sun's centre gone and back."""
    return {"enter": stamp(eclipse.enter), "leave": stamp(eclipse.leave)}


def altitude_shape(report: AltitudeReport) -> Shape:
    """Altitude, decay and burns as they stood."""
    decay, left = report.decay, report.to_floor
    return {
        "schema": SCHEMA,
        "time": asked(report.unix_s),
        "mean_altitude_km": rounded(report.mean_altitude_km, 3),
        "perigee_km": rounded(report.perigee_km, 3),
        "apogee_km": rounded(report.apogee_km, 3),
        "band_km": {"floor": report.floor_km, "ceiling": report.ceiling_km},
        "decay_km_day": rounded(decay.km_day, 4) if decay else None,
        "decay_uncertainty_km_day": rounded(decay.uncertainty_km_day, 4) if decay else None,
        "days_to_floor": {"days": round(left.days), "low": round(left.low_days), "high": round(left.high_days)}
        if left
        else None,
        "burns": [
            {
                "after": stamp(burn.after_unix_s),
                "before": stamp(burn.before_unix_s),
                "kind": burn.kind,
                "size_km": rounded(burn.size_km, 2),
                "uncertainty_km": rounded(burn.uncertainty_km, 2),
                "delta_v_m_s": rounded(burn.delta_v_m_s, 2),
            }
            for burn in report.burns
        ],
    }


def csv_text(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Comma-separated lines; empty where a value is not known."""
    import csv
    import io

    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(["" if cell is None else cell for cell in row] for row in rows)
    return stream.getvalue()


PASS_COLUMNS = (
    "rise", "rise_azimuth_deg", "peak", "peak_azimuth_deg", "peak_elevation_deg", "peak_range_km", "set",
    "set_azimuth_deg", "duration_s", "error_s", "visible", "visible_from", "visible_to", "magnitude", "grade",
)  # fmt: skip


def pass_row(found: Pass) -> list[object]:
    """One pass as a line of `PASS_COLUMNS`."""
    shape = pass_shape(found)
    peak = shape["peak"]
    return [
        shape["rise"]["time"], shape["rise"]["azimuth_deg"], peak["time"], peak["azimuth_deg"], peak["elevation_deg"],
        peak["range_km"], shape["set"]["time"], shape["set"]["azimuth_deg"], shape["duration_s"], shape["error_s"],
        "true" if shape["visible"] else "false", shape["visible_from"], shape["visible_to"], shape["magnitude"],
        found.grade,
    ]  # fmt: skip
