"""JSON and CSV of the command line: how values are written, and the shapes that answers share.

A shape has one function: its keys are fixed, what is not known is null.

Times end in `Z`; those that were computed carry milliseconds, those that sources state are as stated.
"""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

from sim.time import iso_z

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sim.orbit.coverage import Coverage
    from sim.orbit.propagation import Covariance, Provenance
    from sim.orbit.space_object import SpaceObject
    from sim.orbit.uncertainty import ExpectedError
    from sim.places.place import Place

Shape = dict[str, Any]

SCHEMA = 2
"""Grows when a key changes its meaning or goes; new keys alone do not count."""


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


def stated_error_shape(stated: Covariance) -> Shape:
    """What the operator states of the error of the position, from the covariance of an ephemeris."""
    radial, along, across = (rounded(km, 6) for km in stated.sigma_rtn_km)
    return {"time": stamp(stated.unix_s), "sigma_km": {"radial": radial, "along": along, "across": across}}


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


def observer_shape(place: Place) -> Shape:
    """Where the observer stands."""
    return {
        "name": place.name,
        **numbers(place, latitude_deg=6, longitude_deg=6, height_m=1),
        "timezone": place.timezone or None,
    }


def print_data(form: str, columns: Sequence[str], rows: Sequence[Shape], answer: Shape) -> None:
    """Print rows as comma-separated lines, or as JSON the answer that holds them."""
    print(csv_text(columns, rows) if form == "csv" else to_json(answer) + "\n", end="")


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
