"""The growing history of element sets: one file of records of equal length, made to be appended to.

A record is 160 bytes and carries its own checksum. A write that was cut off leaves a piece shorter than a record at
the end, which readers pass over and the next writer moves away; a damaged record is passed over alone. Records of
equal length are read without looking for borders, 2,700 sets in some 12 ms, three quarters of which are the checks
of `ElementSet` itself.
"""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

from sim.errors import ElementsError
from sim.named_tuple import NamedTuple
from sim.orbit.elements import ElementSet
from sim.sanitize import clean

if TYPE_CHECKING:
    from collections.abc import Iterable

FILE_NAME = "elements-1.bin"
"""The number is that of the layout: a newer program with another layout writes another file."""

RECORD_BYTES = 160
HEADER = b"tiangong element sets, layout 1: 160-byte records, see sim/sources/elementlog.py\n".ljust(RECORD_BYTES, b".")
SAME_EPOCH_S = 0.1
"""Two sources print one epoch with different numbers of digits: a two-line set is good to 0.9 ms."""

_RECORD = struct.Struct("<IIi16s28s12s4x11d")
_CHECKSUM_BYTES = 4


class Reading(NamedTuple):
    """What a log holds.

    Attributes:
        sets: In the order of writing.
        bad: Numbers of the records that are damaged.
        torn_bytes: Length of a piece at the end that is no whole record.
    """

    sets: list[ElementSet]
    bad: list[int]
    torn_bytes: int


def encode(element_set: ElementSet, received_unix_s: float) -> bytes:
    """One record; texts longer than their field are cut."""
    e = element_set
    body = _RECORD.pack(
        0,
        e.norad_id,
        e.revolution,
        _field(e.source, 16),
        _field(e.name, 28),
        _field(e.international_designator, 12),
        e.epoch_unix_s,
        e.mean_motion_rev_day,
        e.eccentricity,
        e.inclination_deg,
        e.raan_deg,
        e.argument_of_perigee_deg,
        e.mean_anomaly_deg,
        e.bstar,
        e.mean_motion_dot,
        e.mean_motion_ddot,
        received_unix_s,
    )[_CHECKSUM_BYTES:]
    return zlib.crc32(body).to_bytes(_CHECKSUM_BYTES, "little") + body


def _field(text: str, size: int) -> bytes:
    return text.encode("utf-8")[:size].decode("utf-8", "ignore").encode("utf-8")


def is_ours(data: bytes) -> bool:
    """Whether a file begins as this program writes it; an empty one, or the very beginning alone, may become ours."""
    return HEADER.startswith(data[:RECORD_BYTES])


def decode(data: bytes) -> Reading:
    """Read a whole file, header included; nothing in it can make this fail."""
    end = len(data) - len(data) % RECORD_BYTES
    body = memoryview(data)[RECORD_BYTES:end] if end > RECORD_BYTES else memoryview(b"")
    texts: dict[bytes, str] = {}

    def text(field: bytes) -> str:
        known = texts.get(field)
        if known is None:
            known = texts[field] = clean(field.rstrip(b"\0").decode("utf-8", "replace"), limit=40)
        return known

    sets: list[ElementSet] = []
    bad: list[int] = []
    crc32 = zlib.crc32
    for number, row in enumerate(_RECORD.iter_unpack(body)):
        start = number * RECORD_BYTES
        if crc32(body[start + _CHECKSUM_BYTES : start + RECORD_BYTES]) != row[0]:
            bad.append(number)
            continue
        try:
            # By position, in the order of the fields: a third faster than by name.
            _, norad, turn, source, name, code, epoch, n, e, i, node, perigee, m, bstar, dot, ddot, _ = row
            sets.append(
                ElementSet(
                    norad,
                    text(name),
                    text(code),
                    epoch,
                    n,
                    e,
                    i,
                    node,
                    perigee,
                    m,
                    bstar,
                    dot,
                    ddot,
                    turn,
                    text(source),
                )
            )
        except ElementsError:
            bad.append(number)
    return Reading(sets, bad, len(data) - end)


def unknown(sets: Iterable[ElementSet], known: Iterable[ElementSet]) -> list[ElementSet]:
    """Those of `sets` whose object and epoch are not among `known`, each epoch once."""
    seen = {key for s in known for key in _keys(s)}
    found = []
    for s in sets:
        if not seen.intersection(_keys(s)):
            seen.update(_keys(s))
            found.append(s)
    return found


def _keys(s: ElementSet) -> tuple[tuple[int, int], tuple[int, int]]:
    """Two overlapping grids: epochs nearer than half a cell share at least one of their cells."""
    cells = s.epoch_unix_s / (2 * SAME_EPOCH_S)
    return (s.norad_id, 2 * round(cells)), (s.norad_id, 2 * round(cells + 0.5) + 1)
