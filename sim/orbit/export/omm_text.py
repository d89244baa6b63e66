"""Orbit mean-elements messages (CCSDS 502.0-B), written: KVN, XML, and JSON as the catalogues give it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

import msgspec

from sim.orbit.space_object import object_of
from sim.time import to_datetime

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sim.orbit.elements import ElementSet

ORIGINATOR = "TIANGONG-TUI"
VERSION = "2.0"
ANGLE_DIGITS = 8
"""Decimals of a degree, 1.2 mm at the station."""

_METADATA = ("OBJECT_NAME", "OBJECT_ID", "CENTER_NAME", "REF_FRAME", "TIME_SYSTEM", "MEAN_ELEMENT_THEORY")
_MEAN = (
    "EPOCH", "MEAN_MOTION", "ECCENTRICITY", "INCLINATION", "RA_OF_ASC_NODE", "ARG_OF_PERICENTER", "MEAN_ANOMALY",
)  # fmt: skip
_TLE = (
    "EPHEMERIS_TYPE", "CLASSIFICATION_TYPE", "NORAD_CAT_ID", "ELEMENT_SET_NO", "REV_AT_EPOCH", "BSTAR",
    "MEAN_MOTION_DOT", "MEAN_MOTION_DDOT",
)  # fmt: skip


class OmmPart(msgspec.Struct, frozen=True):
    """One message.

    Attributes:
        elements: The mean elements.
        comments: What they are and how far off; a line each.
        extra: More keywords of the JSON record.
    """

    elements: ElementSet
    comments: tuple[str, ...] = ()
    extra: dict[str, Any] = {}


def clock_text(unix_s: float) -> str:
    """A time as the messages write it, UTC to the microsecond."""
    return to_datetime(round(unix_s, 6)).strftime("%Y-%m-%dT%H:%M:%S.%f")


def omm_fields(elements: ElementSet) -> dict[str, Any]:
    """Keywords and values, in the order of the standard."""
    known = object_of(elements)
    return {
        "OBJECT_NAME": known.name or "UNKNOWN",
        "OBJECT_ID": known.cospar_id or "UNKNOWN",
        "CENTER_NAME": "EARTH",
        "REF_FRAME": "TEME",
        "TIME_SYSTEM": "UTC",
        "MEAN_ELEMENT_THEORY": "SGP4",
        "EPOCH": clock_text(elements.epoch_unix_s),
        "MEAN_MOTION": round(elements.mean_motion_rev_day, 10),
        "ECCENTRICITY": round(elements.eccentricity, 10),
        "INCLINATION": round(elements.inclination_deg, ANGLE_DIGITS),
        "RA_OF_ASC_NODE": round(elements.raan_deg, ANGLE_DIGITS),
        "ARG_OF_PERICENTER": round(elements.argument_of_perigee_deg, ANGLE_DIGITS),
        "MEAN_ANOMALY": round(elements.mean_anomaly_deg, ANGLE_DIGITS),
        "EPHEMERIS_TYPE": 0,
        "CLASSIFICATION_TYPE": "U",
        "NORAD_CAT_ID": known.norad_id or 0,
        "ELEMENT_SET_NO": 999,
        "REV_AT_EPOCH": elements.revolution,
        "BSTAR": float(f"{elements.bstar:.8g}"),
        "MEAN_MOTION_DOT": round(elements.mean_motion_dot, 10),
        "MEAN_MOTION_DDOT": float(f"{elements.mean_motion_ddot:.8g}"),
    }


def omm_records(parts: Iterable[OmmPart]) -> list[dict[str, Any]]:
    """The flat records of the JSON form."""
    return [
        {**omm_fields(part.elements), "ORIGINATOR": ORIGINATOR, "COMMENT": " ".join(part.comments), **part.extra}
        for part in parts
    ]


def omm_kvn(parts: Iterable[OmmPart], created_unix_s: float) -> str:
    """Messages of keywords and values, one after the other."""
    return "\n".join("\n".join(_kvn_lines(part, created_unix_s)) + "\n" for part in parts)


def _kvn_lines(part: OmmPart, created_unix_s: float) -> list[str]:
    fields = omm_fields(part.elements)
    comments = [f"COMMENT {comment}" for comment in part.comments]
    head = {"CREATION_DATE": clock_text(created_unix_s), "ORIGINATOR": ORIGINATOR}
    return [
        f"CCSDS_OMM_VERS = {VERSION}",
        *comments,
        *(f"{key} = {value}" for key, value in head.items()),
        *(f"{key} = {fields[key]}" for key in (*_METADATA, *_MEAN, *_TLE)),
    ]


def omm_xml(parts: Sequence[OmmPart], created_unix_s: float) -> str:
    """One message, or several in a combined one."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', "<ndm>"]
    for part in parts:
        fields = omm_fields(part.elements)
        lines += [
            f'<omm id="CCSDS_OMM_VERS" version="{VERSION}">',
            "<header>",
            *(f"<COMMENT>{escape(comment)}</COMMENT>" for comment in part.comments),
            f"<CREATION_DATE>{clock_text(created_unix_s)}</CREATION_DATE>",
            f"<ORIGINATOR>{ORIGINATOR}</ORIGINATOR>",
            "</header><body><segment>",
            *_xml_block("metadata", fields, _METADATA),
            "<data>",
            *_xml_block("meanElements", fields, _MEAN),
            *_xml_block("tleParameters", fields, _TLE),
            "</data></segment></body></omm>",
        ]
    return "\n".join([*lines, "</ndm>", ""])


def _xml_block(name: str, fields: dict[str, Any], keys: Iterable[str]) -> list[str]:
    return [f"<{name}>", *(f"<{key}>{escape(str(fields[key]))}</{key}>" for key in keys), f"</{name}>"]
