"""The operator's ephemeris: CCSDS orbit ephemeris messages (OEM 2.0), read, checked and interpolated.

States stand minutes apart. Four of them, positions and velocities, fix a polynomial of degree seven: good to
centimetres at four minutes and to a metre or two at eight, where the usual two would be 1.5 km off.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from sim.astro.precession import eme2000_to_teme
from sim.constants import DAY_S, MU_KM3_S2
from sim.errors import ElementsError, OrbitError
from sim.orbit.omm import ccsds_unix_s
from sim.orbit.propagation import Provenance, State, States, when
from sim.orbit.space_object import STATION_IDS
from sim.sanitize import clean
from sim.time import iso_z

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sim.orbit.elements import ElementSet
    from sim.types import Floats, Number

LONGEST_STEP_S = 600.0
"""States further apart are a gap: the error grows with the eighth power of the step."""

FEWEST_STATES = 4
MOST_STATES = 200_000
_INERTIAL_FRAMES = {"EME2000", "J2000", "ICRF", "GCRF"}
"""ICRF and GCRF differ from EME2000 by 0.02 arcseconds, 0.7 m at the station."""


class OemSegment(msgspec.Struct, frozen=True):
    """One block of states that may be interpolated through, turned to TEME.

    Attributes:
        start_unix_s: Where it may first be used.
        stop_unix_s: Where it may last be used.
        unix_s: (n,) epochs, growing.
        position_teme_km: (n, 3).
        velocity_teme_km_s: (n, 3).
    """

    start_unix_s: float
    stop_unix_s: float
    unix_s: Floats
    position_teme_km: Floats
    velocity_teme_km_s: Floats


class Oem(msgspec.Struct, frozen=True):
    """An orbit ephemeris message.

    Attributes:
        object_name: As the message says.
        object_id: As the message says.
        originator: Who made it.
        created_unix_s: When it was made; the start of the first segment if it does not say.
        segments: In order of their starts.
        source: In words for the screen.
    """

    object_name: str
    object_id: str
    originator: str
    created_unix_s: float
    segments: tuple[OemSegment, ...]
    source: str

    @property
    def start_unix_s(self) -> float:
        """First instant it covers."""
        return self.segments[0].start_unix_s

    @property
    def stop_unix_s(self) -> float:
        """Last instant it covers."""
        return max(segment.stop_unix_s for segment in self.segments)


class _Block(msgspec.Struct, frozen=True):
    """A segment as it was written: keywords, and rows of seven numbers with their line numbers."""

    fields: dict[str, str]
    rows: list[tuple[float, ...]]
    line: int


def parse_oem(text: str, *, source: str = "") -> Oem:
    """Read and check an OEM in KVN form.

    Args:
        text: The whole message.
        source: Where it comes from.

    Raises:
        ElementsError: Not an OEM; a frame, time system or centre other than EME2000, UTC and the Earth; a state that
            is not a number or not an orbit; times out of order; or too few states.
    """
    header: dict[str, str] = {}
    blocks = list(_blocks(text, header))
    if "CCSDS_OEM_VERS" not in header:
        raise ElementsError("the ephemeris does not begin with CCSDS_OEM_VERS")
    if not blocks:
        raise ElementsError("the ephemeris has no segment (META_START … META_STOP and states)")
    segments = sorted((s for block in blocks for s in _segments(block)), key=lambda s: s.start_unix_s)
    first = blocks[0].fields
    originator = clean(header.get("ORIGINATOR", ""), limit=40)
    try:
        created_unix_s = ccsds_unix_s(header.get("CREATION_DATE", ""))
    except ValueError:
        created_unix_s = segments[0].start_unix_s
    return Oem(
        object_name=clean(first.get("OBJECT_NAME", ""), limit=60),
        object_id=clean(first.get("OBJECT_ID", ""), limit=40),
        originator=originator,
        created_unix_s=created_unix_s,
        segments=tuple(segments),
        source=clean(source, limit=60) or f"ephemeris of {originator or 'the operator'}",
    )


def _blocks(text: str, header: dict[str, str]) -> Iterator[_Block]:
    """The segments one by one; what stands before the first goes into `header`."""
    block: _Block | None = None
    in_meta = in_covariance = False
    states = 0
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.strip()
        if not line or line.startswith("COMMENT"):
            continue
        if line == "META_START":
            if block is not None:
                yield block
            block, in_meta = _Block({}, [], number), True
        elif line == "META_STOP":
            in_meta = False
        elif line in {"COVARIANCE_START", "COVARIANCE_STOP"}:
            in_covariance = line == "COVARIANCE_START"
        elif in_covariance:
            continue
        elif "=" in line and (in_meta or block is None):
            key, _, value = line.partition("=")
            (header if block is None else block.fields)[key.strip().upper()] = value.strip()
        elif block is None or in_meta:
            raise ElementsError(f"line {number} of the ephemeris is out of place: “{clean(line, limit=40)}”")
        else:
            states += 1
            if states > MOST_STATES:
                raise ElementsError(f"the ephemeris has more than {MOST_STATES} states")
            block.rows.append(_row(line, number))
    if block is not None:
        yield block


def _row(line: str, number: int) -> tuple[float, ...]:
    """Epoch and state of one line; accelerations after it are allowed and left aside."""
    words = line.split()
    if len(words) not in {7, 10}:
        raise ElementsError(f"line {number} of the ephemeris has {len(words)} columns, not 7 or 10")
    try:
        row = (ccsds_unix_s(words[0]), *(float(word) for word in words[1:7]))
    except ValueError:
        raise ElementsError(f"line {number} of the ephemeris is not a state: “{clean(line, limit=40)}”") from None
    radius_km, speed_km_s = math.hypot(*row[1:4]), math.hypot(*row[4:7])
    if not (6400.0 < radius_km < 100_000.0 and 0.5 < speed_km_s < math.sqrt(2.0 * MU_KM3_S2 / radius_km)):
        raise ElementsError(f"line {number} of the ephemeris is not an orbit about the Earth in km and km/s")
    return row


def _segments(block: _Block) -> list[OemSegment]:
    """The runs of states without a gap."""
    where = f"the segment at line {block.line} of the ephemeris"
    for key, allowed in (
        ("REF_FRAME", _INERTIAL_FRAMES | {"TEME"}),
        ("TIME_SYSTEM", {"UTC"}),
        ("CENTER_NAME", {"EARTH"}),
    ):
        given = block.fields.get(key, "").upper()
        if given not in allowed:
            raise ElementsError(f"{where}: {key} is “{clean(given, limit=30)}”, not {min(allowed)}")
    if len(block.rows) < FEWEST_STATES:
        raise ElementsError(f"{where} has {len(block.rows)} states, fewer than {FEWEST_STATES}")
    table = np.array(block.rows)
    unix_s, position, velocity = table[:, 0], table[:, 1:4], table[:, 4:7]
    steps_s = np.diff(unix_s)
    if (steps_s <= 0.0).any():
        raise ElementsError(f"{where}: the times do not increase")
    joined = steps_s <= LONGEST_STEP_S
    # The mean velocity of a step misses by far less than gravity bends the way in it; a garbled state does not.
    mean_velocity = (velocity[1:] + velocity[:-1]) / 2.0
    miss_km = np.linalg.norm(position[1:] - position[:-1] - mean_velocity * steps_s[:, None], axis=1)
    if (miss_km > 1.0 + 0.002 * steps_s**2)[joined].any():
        raise ElementsError(f"{where}: a state does not fit the one before it")
    if block.fields["REF_FRAME"].upper() in _INERTIAL_FRAMES:
        turn = eme2000_to_teme(unix_s)
        position, velocity = (np.einsum("nij,nj->ni", turn, vectors) for vectors in (position, velocity))
    start_unix_s = _bound(block.fields, ("USEABLE_START_TIME", "START_TIME"), float(unix_s[0]))
    stop_unix_s = _bound(block.fields, ("USEABLE_STOP_TIME", "STOP_TIME"), float(unix_s[-1]))
    runs = np.split(np.arange(len(unix_s)), np.flatnonzero(~joined) + 1)
    segments = [
        OemSegment(
            start_unix_s=max(start_unix_s, float(unix_s[run[0]])),
            stop_unix_s=min(stop_unix_s, float(unix_s[run[-1]])),
            unix_s=unix_s[run],
            position_teme_km=position[run],
            velocity_teme_km_s=velocity[run],
        )
        for run in runs
        if len(run) >= FEWEST_STATES
    ]
    usable = [segment for segment in segments if segment.start_unix_s < segment.stop_unix_s]
    if not usable:
        raise ElementsError(f"{where} has no {FEWEST_STATES} states less than {LONGEST_STEP_S:.0f} s apart")
    return usable


def _bound(fields: dict[str, str], keys: tuple[str, ...], default: float) -> float:
    for key in keys:
        if key in fields:
            try:
                return ccsds_unix_s(fields[key])
            except ValueError:
                raise ElementsError(f"{key} is not a date: “{clean(fields[key], limit=40)}”") from None
    return default


def _hermite(
    nodes: tuple[Number, Number, Number, Number], unix_s: Number
) -> Iterator[tuple[Number, Number, Number, Number]]:
    """Weights of each node's position and velocity in the position, and in the velocity, at an instant.

    The polynomial of degree seven through four positions and velocities, in Lagrange's form: with l the cubic that is
    one at its node and zero at the others, the position counts (1 - 2 l'(node) (t - node)) l² and the velocity
    (t - node) l².
    """
    for i, node in enumerate(nodes):
        a, b, c = (other for j, other in enumerate(nodes) if j != i)
        scale = 1.0 / ((node - a) * (node - b) * (node - c))
        ta, tb, tc = unix_s - a, unix_s - b, unix_s - c
        value = ta * tb * tc * scale
        slope = (tb * tc + ta * tc + ta * tb) * scale
        own_slope = 1.0 / (node - a) + 1.0 / (node - b) + 1.0 / (node - c)
        since = unix_s - node
        square, square_slope = value * value, 2.0 * value * slope
        tilt = 1.0 - 2.0 * own_slope * since
        yield (
            tilt * square,
            since * square,
            tilt * square_slope - 2.0 * own_slope * square,
            (square + since * square_slope),
        )


class OemOrbit:
    """An operator's ephemeris as an orbit; it has no answer outside its states or across a gap."""

    def __init__(self, oem: Oem) -> None:
        self.oem = oem
        self._starts = [segment.start_unix_s for segment in oem.segments]
        # Lists serve single instants much faster than arrays do.
        self._epochs = [segment.unix_s.tolist() for segment in oem.segments]
        self._rows = [
            np.hstack((segment.position_teme_km, segment.velocity_teme_km_s)).tolist() for segment in oem.segments
        ]
        self._fitted: dict[tuple[int, int], ElementSet] = {}

    def nearest_unix_s(self, unix_s: float) -> float:
        """The instant nearest to the given one between its first and last state."""
        return min(max(unix_s, self.oem.start_unix_s), self.oem.stop_unix_s)

    def covers(self, unix_s: float) -> bool:
        """Whether there is an answer for an instant."""
        return self._place(unix_s) is not None

    def _place(self, unix_s: float) -> tuple[int, int] | None:
        """Segment and first of the four states around an instant; of overlapping segments the later begun one."""
        for index in range(bisect_right(self._starts, unix_s) - 1, -1, -1):
            if unix_s <= self.oem.segments[index].stop_unix_s:
                epochs = self._epochs[index]
                return index, min(max(bisect_right(epochs, unix_s) - 2, 0), len(epochs) - 4)
        return None

    def _must_place(self, unix_s: float) -> tuple[int, int]:
        place = self._place(unix_s)
        if place is None:
            raise OrbitError(
                f"no position at {when(unix_s)}: the ephemeris covers {iso_z(self.oem.start_unix_s)} to"
                f" {iso_z(self.oem.stop_unix_s)}, and gaps in it are not bridged"
            )
        return place

    def state(self, unix_s: float) -> State:
        """State at one instant, in TEME."""
        index, first = self._must_place(unix_s)
        epochs, rows = self._epochs[index], self._rows[index]
        x = y = z = vx = vy = vz = 0.0
        nodes = (epochs[first], epochs[first + 1], epochs[first + 2], epochs[first + 3])
        for row, (p, v, dp, dv) in zip(rows[first : first + 4], _hermite(nodes, unix_s), strict=True):
            px, py, pz, ux, uy, uz = row
            x, y, z = x + p * px + v * ux, y + p * py + v * uy, z + p * pz + v * uz
            vx, vy, vz = vx + dp * px + dv * ux, vy + dp * py + dv * uy, vz + dp * pz + dv * uz
        return State(position_teme_km=(x, y, z), velocity_teme_km_s=(vx, vy, vz))

    def states(self, unix_s: Floats) -> States:
        """States at many instants, (n, 3) each; what lies outside or in a gap is marked."""
        states = States.unanswered(len(unix_s))
        position, velocity, ok = states.position_teme_km, states.velocity_teme_km_s, states.ok
        for segment in self.oem.segments:  # where two overlap, the later begun one overwrites
            rows = np.flatnonzero((unix_s >= segment.start_unix_s) & (unix_s <= segment.stop_unix_s))
            epochs, times = segment.unix_s, unix_s[rows]
            first = np.clip(np.searchsorted(epochs, times, side="right") - 2, 0, len(epochs) - 4)
            nodes = (epochs[first], epochs[first + 1], epochs[first + 2], epochs[first + 3])
            position[rows], velocity[rows], ok[rows] = 0.0, 0.0, True
            for offset, weights in enumerate(_hermite(nodes, times)):
                p, v, dp, dv = (weight[:, None] for weight in weights)
                node_km, node_km_s = (
                    segment.position_teme_km[first + offset],
                    segment.velocity_teme_km_s[first + offset],
                )
                position[rows] += p * node_km + v * node_km_s
                velocity[rows] += dp * node_km + dv * node_km_s
        return states

    def elements(self, unix_s: float) -> ElementSet:
        """Mean elements of SGP4 that pass through the state at the nearest written epoch (no drag, no number)."""
        index, first = self._must_place(unix_s)
        fitted = self._fitted.get((index, first))
        if fitted is None:
            from sim.orbit.mean_elements import elements_through

            epoch_unix_s = self._epochs[index][first + 1]
            row = self._rows[index][first + 1]
            state = State(position_teme_km=(row[0], row[1], row[2]), velocity_teme_km_s=(row[3], row[4], row[5]))
            fitted = self._fitted[index, first] = elements_through(
                state,
                epoch_unix_s,
                name=self.oem.object_name,
                international_designator=self.oem.object_id,
                source=self.oem.source,
            )
        return fitted

    def revolution(self, unix_s: float) -> int:
        """Counted from the node before the ephemeris begins, as an OEM holds no number of its own."""
        start_unix_s = self.oem.start_unix_s
        first = self.elements(start_unix_s)
        return math.floor(first.node_count_at(unix_s) - math.floor(first.node_count_at(start_unix_s)))

    def provenance(self, unix_s: float) -> Provenance:
        """The ephemeris and its age since it was made."""
        created_unix_s = self.oem.created_unix_s
        return Provenance(
            source=self.oem.source,
            kind="oem",
            epoch_unix_s=created_unix_s,
            age_days=(unix_s - created_unix_s) / DAY_S,
            of_station=self.oem.object_id in STATION_IDS,
        )
