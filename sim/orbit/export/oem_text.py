"""An ephemeris as an orbit ephemeris message (CCSDS 502.0-B), in KVN or XML: states, and the stated error in RTN.

The XML is that of the NDM/XML schema (CCSDS 505.0-B, unqualified).
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

import msgspec
import numpy as np

from sim.astro.frames import teme_to_itrs
from sim.astro.hermite import NODES
from sim.astro.precession import gcrf_to_teme
from sim.astro.vectors import columns
from sim.constants import HOUR_S
from sim.orbit.export.covariance import covariance_rtn, sigma_rtn_km
from sim.orbit.export.omm_text import ORIGINATOR, clock_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sim.orbit.export.ephemeris import Ephemeris
    from sim.orbit.propagation import Orbit, States
    from sim.orbit.space_object import SpaceObject
    from sim.orbit.uncertainty import ErrorAt
    from sim.types import Floats

COVARIANCE_STEP_S = HOUR_S
"""The expected error changes over hours."""

COVARIANCE_FRAME = "RTN"
_COORDINATES = ("X", "Y", "Z", "X_DOT", "Y_DOT", "Z_DOT")
_UNITS = ("km", "km", "km", "km/s", "km/s", "km/s")


class OemSegmentText(msgspec.Struct, frozen=True):
    """A segment with its numbers as they are written.

    Attributes:
        metadata: Keywords and values, in the order of the standard.
        states: Epoch, position (km) and velocity (km/s) of each state.
        covariances: Epoch, and the rows of the lower triangle (km², km²/s, km²/s²).
    """

    metadata: dict[str, str]
    states: list[tuple[str, ...]]
    covariances: list[tuple[str, list[list[str]]]]


class OemMessage(msgspec.Struct, frozen=True):
    """A message, still without a form.

    Attributes:
        comments: A line each.
        created_unix_s: When it is made.
        segments: In order of time.
    """

    comments: Sequence[str]
    created_unix_s: float
    segments: Sequence[OemSegmentText]

    @property
    def header(self) -> dict[str, str]:
        """Keywords and values of the header."""
        return {"CREATION_DATE": clock_text(self.created_unix_s), "ORIGINATOR": ORIGINATOR}


def oem_message(
    ephemeris: Ephemeris,
    orbit: Orbit,
    known: SpaceObject,
    error_at: ErrorAt,
    *,
    frame: str,
    created_unix_s: float,
    comments: Sequence[str] = (),
) -> OemMessage:
    """The message of the states of an orbit, in one of `sim.orbit.export.FRAMES`."""
    segments = []
    for unix_s, states in ephemeris.runs:
        position, velocity = _in_frame(frame, unix_s, states)
        rows = [
            (clock_text(t), *(f"{x:.6f}" for x in p), *(f"{x:.9f}" for x in v))
            for t, p, v in zip(unix_s.tolist(), position.tolist(), velocity.tolist(), strict=True)
        ]
        segments.append(
            OemSegmentText(_metadata(known, frame, unix_s), rows, list(_covariances(orbit, error_at, unix_s)))
        )
    return OemMessage(comments, created_unix_s, segments)


def _metadata(known: SpaceObject, frame: str, unix_s: Floats) -> dict[str, str]:
    return {
        "OBJECT_NAME": known.label,
        "OBJECT_ID": known.cospar_id or "UNKNOWN",
        "CENTER_NAME": "EARTH",
        "REF_FRAME": frame,
        "TIME_SYSTEM": "UTC",
        "START_TIME": clock_text(float(unix_s[0])),
        "STOP_TIME": clock_text(float(unix_s[-1])),
        "INTERPOLATION": "HERMITE",
        "INTERPOLATION_DEGREE": str(2 * min(NODES, len(unix_s)) - 1),
    }


def _in_frame(frame: str, unix_s: Floats, states: States) -> tuple[Floats, Floats]:
    parts = (states.position_teme_km, states.velocity_teme_km_s)
    if frame == "TEME":
        return parts
    if frame == "ITRF":
        position, velocity = teme_to_itrs(unix_s, columns(parts[0]), columns(parts[1]), np)
        return np.stack(position, axis=1), np.stack(velocity, axis=1)
    matrices = gcrf_to_teme(unix_s)
    position_km, velocity_km_s = (np.einsum("nji,nj->ni", matrices, part) for part in parts)
    return position_km, velocity_km_s


def _covariances(orbit: Orbit, error_at: ErrorAt, unix_s: Floats) -> Iterator[tuple[str, list[list[str]]]]:
    """The stated error at the first and the last state and every hour between them, where it is known."""
    first, last = float(unix_s[0]), float(unix_s[-1])
    for instant in [*np.arange(first, last - 1.0, COVARIANCE_STEP_S).tolist(), last]:
        sigma_km = sigma_rtn_km(orbit.provenance(instant), error_at(instant))
        if sigma_km is not None:
            matrix = covariance_rtn(sigma_km, orbit.elements(instant).mean_motion_rev_day)
            triangle = [[f"{value:.9e}" for value in row[: index + 1]] for index, row in enumerate(matrix)]
            yield clock_text(instant), triangle


# ── keyword = value ────────────────────────────────────────────────────────────────────────────────


def oem_kvn(message: OemMessage) -> str:
    """The message as keywords, values and rows of numbers."""
    lines = ["CCSDS_OEM_VERS = 2.0", *(f"COMMENT {comment}" for comment in message.comments)]
    lines += [*(f"{key} = {value}" for key, value in message.header.items()), ""]
    for segment in message.segments:
        lines += ["META_START", *(f"{key} = {value}" for key, value in segment.metadata.items()), "META_STOP", ""]
        lines += [*(" ".join(row) for row in segment.states), ""]
        if segment.covariances:
            lines += ["COVARIANCE_START"]
            for epoch, triangle in segment.covariances:
                lines += [f"EPOCH = {epoch}", f"COV_REF_FRAME = {COVARIANCE_FRAME}", *map(" ".join, triangle)]
            lines += ["COVARIANCE_STOP", ""]
    return "\n".join(lines) + "\n"


# ── XML ────────────────────────────────────────────────────────────────────────────────────────────


def oem_xml(message: OemMessage) -> str:
    """The message as XML."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<oem id="CCSDS_OEM_VERS" version="2.0">', "<header>"]
    lines += [f"<COMMENT>{escape(comment)}</COMMENT>" for comment in message.comments]
    lines += [*_xml_fields(message.header), "</header>", "<body>"]
    for segment in message.segments:
        lines += ["<segment>", "<metadata>", *_xml_fields(segment.metadata), "</metadata>", "<data>"]
        lines += [_xml_state(row) for row in segment.states]
        lines += [_xml_covariance(epoch, triangle) for epoch, triangle in segment.covariances]
        lines += ["</data>", "</segment>"]
    return "\n".join([*lines, "</body>", "</oem>", ""])


def _xml_fields(fields: dict[str, str]) -> Iterator[str]:
    return (f"<{key}>{escape(value)}</{key}>" for key, value in fields.items())


def _xml_state(row: tuple[str, ...]) -> str:
    epoch, *numbers = row
    parts = (
        f'<{name} units="{unit}">{number}</{name}>'
        for name, unit, number in zip(_COORDINATES, _UNITS, numbers, strict=True)
    )
    return f"<stateVector><EPOCH>{epoch}</EPOCH>{''.join(parts)}</stateVector>"


def _xml_covariance(epoch: str, triangle: list[list[str]]) -> str:
    parts = (
        f'<C{_COORDINATES[row]}_{_COORDINATES[column]} units="{_covariance_unit(row, column)}">{number}'
        f"</C{_COORDINATES[row]}_{_COORDINATES[column]}>"
        for row, numbers in enumerate(triangle)
        for column, number in enumerate(numbers)
    )
    head = f"<EPOCH>{epoch}</EPOCH><COV_REF_FRAME>{COVARIANCE_FRAME}</COV_REF_FRAME>"
    return f"<covarianceMatrix>{head}{''.join(parts)}</covarianceMatrix>"


def _covariance_unit(row: int, column: int) -> str:
    """Of a product of two coordinates: so many of them are velocities."""
    return ("km**2", "km**2/s", "km**2/s**2")[(row > 2) + (column > 2)]
