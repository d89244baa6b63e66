"""Orbit ephemeris messages (CCSDS 502.0-B) as they are written, in KVN and in XML: keywords and rows of numbers.

Two published readers were tried on the files that the tests hold. `ccsds-ndm` 3.1.1 brings lxml and xsdata (43 MB),
takes 1.9 s to import and 2.1 s for a week of states, which this module reads in a tenth of a second, and gives up a
whole file for one empty record. `oem` 0.4.5 needs astropy (189 MB with it), reads times in GPS as if they were UTC, and
offers neither TEME nor Earth-fixed frames. Neither bounds what a hostile file may cost. So the lines are taken apart
here; frames and time systems are those of `sim.astro`.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import msgspec

from sim.constants import EARTH_RATE_RAD_S, MU_KM3_S2
from sim.errors import ElementsError
from sim.language import _
from sim.orbit.files.omm import ccsds_unix_s
from sim.orbit.files.records import XmlReader, walk_xml
from sim.sanitize import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_STATES = 200_000
MOST_COVARIANCES = 20_000
_FARTHEST_KM = 1_000_000.0
_STATE = ("X", "Y", "Z", "X_DOT", "Y_DOT", "Z_DOT")
_COVARIANCE_ROWS = 6


class WrittenCovariance(msgspec.Struct):
    """One covariance as it is written: its clock reading, its frame, and the 21 numbers of the lower triangle."""

    clock_s: float = math.nan
    frame: str = ""
    numbers: list[float] = []


class Block(msgspec.Struct):
    """A segment as it is written.

    Attributes:
        fields: Keywords of its metadata.
        rows: Clock reading (seconds since 1970 if it were UTC), position (km) and velocity (km/s).
        covariances: In the file's order.
        where: What to call it in a message.
    """

    fields: dict[str, str]
    rows: list[tuple[float, ...]]
    covariances: list[WrittenCovariance]
    where: str


class Message(msgspec.Struct):
    """A message as it is written."""

    header: dict[str, str]
    blocks: list[Block]

    def new_block(self, where: str) -> Block:
        """Begin a segment."""
        self.blocks.append(Block({}, [], [], where))
        return self.blocks[-1]


def read_message(text: str) -> Message:
    """Take a message apart, in either form.

    Raises:
        ElementsError: Not an OEM; a line out of place, a row that is not a state about the Earth, or too many of them.
    """
    if text.lstrip()[:1] == "<":
        reader = _OemReader()
        walk_xml(text, reader)
        message = reader.message
    else:
        message = _from_kvn(text)
    if not message.blocks:
        raise ElementsError(_("the ephemeris has no segment (META_START … META_STOP and states)"))
    return message


# ── keyword = value ────────────────────────────────────────────────────────────────────────────────


def _from_kvn(text: str) -> Message:
    message = Message({}, [])
    block: Block | None = None
    in_meta = in_covariance = False
    states = 0
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.strip()
        word = line[:16].upper()
        if not line or word.startswith("COMMENT"):
            continue
        if word == "META_START":
            block, in_meta = (
                message.new_block(_("the segment at line {number} of the ephemeris").format(number=number)),
                True,
            )
        elif word == "META_STOP":
            in_meta = False
        elif word in {"COVARIANCE_START", "COVARIANCE_STOP"}:
            in_covariance = word == "COVARIANCE_START"
        elif in_covariance and block is not None:
            _covariance_line(block, line, number)
        elif "=" in line and (in_meta or block is None):
            key, value = line.split("=", 1)
            (message.header if block is None else block.fields)[key.strip().upper()] = value.strip()
        elif block is None or in_meta:
            raise ElementsError(
                _("line {number} of the ephemeris is out of place: “{line}”").format(
                    number=number, line=clean(line, limit=40)
                )
            )
        else:
            states += 1
            _check_count(states)
            block.rows.append(_row(line.split(), _("line {number} of the ephemeris").format(number=number), line))
    if "CCSDS_OEM_VERS" not in message.header:
        raise ElementsError(_("the ephemeris does not begin with CCSDS_OEM_VERS"))
    return message


def _covariance_line(block: Block, line: str, number: int) -> None:
    """A line between COVARIANCE_START and COVARIANCE_STOP: a keyword, or a row of the lower triangle."""
    key, equals, value = (part.strip() for part in line.partition("="))
    where = _("line {number} of the ephemeris").format(number=number)
    if equals:
        if key.upper() == "EPOCH":
            _check_covariances(block)
            block.covariances.append(WrittenCovariance(_clock_s(value, where), "", []))
        elif key.upper() == "COV_REF_FRAME" and block.covariances:
            block.covariances[-1].frame = value.upper()
        return
    if not block.covariances:
        raise ElementsError(_("{where}: a covariance begins with its EPOCH").format(where=where))
    block.covariances[-1].numbers += _numbers(line.split()[:_COVARIANCE_ROWS], where, line)


# ── XML ────────────────────────────────────────────────────────────────────────────────────────────


class _OemReader(XmlReader):
    """Collects states and covariances; elements are distinguished by their parent element."""

    def __init__(self) -> None:
        self.message = Message({}, [])
        self._fields: dict[str, str] = {}
        self._states = 0

    def begin(self, name: str) -> None:
        if name == "segment":
            self.message.new_block(_("segment {blocks} of the ephemeris").format(blocks=len(self.message.blocks) + 1))
        elif name in {"stateVector", "covarianceMatrix"}:
            self._fields = {}

    def leaf(self, path: Sequence[str], words: str) -> None:
        name, inside = path[-1].upper(), path[-2] if len(path) > 1 else ""
        if inside in {"stateVector", "covarianceMatrix"}:
            self._fields[name] = words
        elif inside == "header":
            self.message.header.setdefault(name, words)
        elif inside == "metadata" and self.message.blocks:
            self.message.blocks[-1].fields.setdefault(name, words)

    def end(self, name: str) -> None:
        if name not in {"stateVector", "covarianceMatrix"} or not self.message.blocks:
            return
        block, given = self.message.blocks[-1], self._fields
        if name == "stateVector":
            self._states += 1
            _check_count(self._states)
            words = [given.get(key, "?") for key in ("EPOCH", *_STATE)]
            block.rows.append(
                _row(words, _("state {states} of the ephemeris").format(states=self._states), " ".join(words))
            )
            return
        _check_covariances(block)
        where = _("covariance {covariances} of the ephemeris").format(covariances=len(block.covariances) + 1)
        numbers = _numbers([given.get(key, "?") for key in _XML_COVARIANCE], where, where)
        frame = given.get("COV_REF_FRAME", "").upper()
        block.covariances.append(WrittenCovariance(_clock_s(given.get("EPOCH", ""), where), frame, numbers))


_XML_COVARIANCE = [f"C{row}_{column}" for number, row in enumerate(_STATE) for column in _STATE[: number + 1]]


# ── numbers ────────────────────────────────────────────────────────────────────────────────────────


def _check_count(states: int) -> None:
    if states > MOST_STATES:
        raise ElementsError(_("the ephemeris has more than {most_states} states").format(most_states=MOST_STATES))


def _check_covariances(block: Block) -> None:
    if len(block.covariances) >= MOST_COVARIANCES:
        raise ElementsError(
            _("the ephemeris has more than {most_covariances} covariances").format(most_covariances=MOST_COVARIANCES)
        )


def _row(words: Sequence[str], where: str, line: str) -> tuple[float, ...]:
    """Epoch and state of one line; accelerations after it are allowed and left aside."""
    if len(words) not in {7, 10}:
        raise ElementsError(_("{where} has {words} columns, not 7 or 10").format(where=where, words=len(words)))
    try:
        row = (ccsds_unix_s(words[0]), *map(float, words[1:7]))
    except ValueError:
        raise ElementsError(
            _("{where} is not a state: “{line}”").format(where=where, line=clean(line, limit=40))
        ) from None
    radius_km, speed_km_s = math.hypot(*row[1:4]), math.hypot(*row[4:7])
    # The speed of escape bounds a state in an inertial frame, and with the turning of the Earth one in an Earth-fixed.
    most_km_s = math.sqrt(2.0 * MU_KM3_S2 / radius_km) + EARTH_RATE_RAD_S * radius_km if radius_km else 0.0
    if not (6400.0 < radius_km < _FARTHEST_KM and speed_km_s < most_km_s):
        raise ElementsError(_("{where} is not an orbit about the Earth in km and km/s").format(where=where))
    return row


def _clock_s(words: str, where: str) -> float:
    try:
        return ccsds_unix_s(words)
    except ValueError:
        raise ElementsError(
            _("{where} is not a date: “{words}”").format(where=where, words=clean(words, limit=40))
        ) from None


def _numbers(words: Sequence[str], where: str, line: str) -> list[float]:
    try:
        numbers = [float(word) for word in words]
    except ValueError:
        numbers = [math.nan]
    if not all(map(math.isfinite, numbers)):
        raise ElementsError(
            _("{where} is not a row of numbers: “{line}”").format(where=where, line=clean(line, limit=40))
        )
    return numbers
