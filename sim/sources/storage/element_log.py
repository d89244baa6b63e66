"""The growing history of element sets: one file of records of equal length, made to be appended to.

A record is 160 bytes and carries its own checksum. An interrupted write leaves a piece shorter than a record at the
end, which readers skip and the next writer moves away; a damaged record is skipped alone. 2,700 sets are read in some
12 ms, three quarters of which are the checks of `ElementSet` itself.
"""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING, Any

import msgspec

from sim.errors import ElementsError
from sim.orbit.elements import ElementSet
from sim.sanitize import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

FILE_NAME = "elements-1.bin"
"""The number is that of the layout; another layout gets another file."""

DISPUTED_NAME = "disputed-1.bin"
"""Sets that contradict what is known; the same layout."""

RECORD_BYTES = 160
HEADER = b"tiangong element sets, layout 1: 160-byte records, see sim/sources/elementlog.py\n".ljust(RECORD_BYTES, b".")
EPOCH_TOLERANCE_S = 0.1
"""Two sources print one epoch with different numbers of digits: a two-line set is good to 0.9 ms."""

_RECORD = struct.Struct("<IIi16s28s12s4x11d")
_CHECKSUM_BYTES = 4


class LogContents(msgspec.Struct, frozen=True, kw_only=True):
    """Content of a log.

    Attributes:
        sets: In the order of writing.
        bad: Numbers of the damaged records.
        torn_bytes: Length of an incomplete record at the end.
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
    """Whether a file begins with our header; an empty file, or an incomplete header, counts as ours."""
    return HEADER.startswith(data[:RECORD_BYTES])


def decode(data: bytes) -> LogContents:
    """Decode a whole file, header included; never raises, whatever the bytes are."""
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
            sets.append(_element_set(row, text))
        except ElementsError:
            bad.append(number)
    return LogContents(sets=sets, bad=bad, torn_bytes=len(data) - end)


def _element_set(row: tuple[Any, ...], text: Callable[[bytes], str]) -> ElementSet:
    """The set of a record; `text` decodes its fields of characters."""
    _, norad, turn, source, name, code, epoch, n, e, i, node, perigee, m, bstar, dot, ddot, _ = row
    return ElementSet(
        norad_id=norad,
        name=text(name),
        international_designator=text(code),
        epoch_unix_s=epoch,
        mean_motion_rev_day=n,
        eccentricity=e,
        inclination_deg=i,
        raan_deg=node,
        argument_of_perigee_deg=perigee,
        mean_anomaly_deg=m,
        bstar=bstar,
        mean_motion_dot=dot,
        mean_motion_ddot=ddot,
        revolution=turn,
        source=text(source),
    )


def without_known(sets: Iterable[ElementSet], known: Iterable[ElementSet]) -> list[ElementSet]:
    """The sets whose object and epoch are not among `known`, each epoch once."""
    seen = {key for s in known for key in _keys(s)}
    found = []
    for s in sets:
        if not seen.intersection(_keys(s)):
            seen.update(_keys(s))
            found.append(s)
    return found


def _keys(s: ElementSet) -> tuple[tuple[int, int], tuple[int, int]]:
    """Two overlapping grids: epochs nearer than half a cell share at least one of their cells."""
    cells = s.epoch_unix_s / (2 * EPOCH_TOLERANCE_S)
    return (s.norad_id, 2 * round(cells)), (s.norad_id, 2 * round(cells + 0.5) + 1)
