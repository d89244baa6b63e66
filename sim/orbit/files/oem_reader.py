"""Ephemeris messages read and checked: time systems to UTC, frames to TEME, runs of states without a gap."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from sim.astro.hermite import NODES, kepler_miss_km
from sim.astro.time_systems import OTHER_NAMES, TIME_SYSTEMS, utc_of
from sim.errors import ElementsError, OrbitError
from sim.language import _
from sim.orbit.files import oem_frames
from sim.orbit.files.oem_message import read_message
from sim.orbit.files.omm import ccsds_unix_s
from sim.orbit.oem import Oem, OemOrbit, OemSegment
from sim.orbit.propagation import Covariance
from sim.orbit.space_object import plain_designator
from sim.sanitize import clean

if TYPE_CHECKING:
    from sim.orbit.files.oem_message import Block, WrittenCovariance
    from sim.types import Bools, Floats

MOST_MISS_KM = 0.005
"""So far interpolation may miss in the middle of a step, by two-body theory; at the ends of a run three times as far.

For the station that allows 11 minutes between states, for a geostationary satellite three hours."""

FEWEST_STATES = 2
_RTN_FRAMES = {"RTN", "RSW", "RIC", "LVLH_RSW"}
_TNW_FRAMES = {"TNW", "TNW_INERTIAL"}
_CENTRES = {"EARTH", "399"}


def parse_oem(text: str, *, source: str = "") -> Oem:
    """Read and check an OEM of one object, in KVN or XML.

    Raises:
        ElementsError: Not an OEM; a frame, time system or centre that is not known; a state that is not a number or not
            an orbit; times that go back; states too far apart everywhere; or several objects.
    """
    found = parse_oems(text, source=source)
    if len(found) > 1:
        raise ElementsError(
            _("the ephemeris is of {found} objects: {join}").format(
                found=len(found), join=", ".join(one.object_name for one in found)
            )
        )
    return found[0]


def parse_oems(text: str, *, source: str = "") -> list[Oem]:
    """`parse_oem` for a message that may be of several objects, in the order of their first segments."""
    message = read_message(text)
    originator = clean(message.header.get("ORIGINATOR", ""), limit=40)
    by_object: dict[tuple[str, str], list[Block]] = {}
    for block in message.blocks:
        name, number = (clean(block.fields.get(key, ""), limit=60) for key in ("OBJECT_NAME", "OBJECT_ID"))
        by_object.setdefault((name, plain_designator(number)), []).append(block)
    found = []
    for (name, number), blocks in by_object.items():
        segments = sorted((s for block in blocks for s in _segments(block)), key=lambda s: s.start_unix_s)
        try:
            created_unix_s = ccsds_unix_s(message.header.get("CREATION_DATE", ""))
        except ValueError:
            created_unix_s = segments[0].start_unix_s
        oem = Oem(
            object_name=name,
            object_id=number,
            originator=originator,
            created_unix_s=created_unix_s,
            segments=tuple(segments),
            source=clean(source, limit=60)
            or _("ephemeris of {operator}").format(operator=originator or _("the operator")),
        )
        found.append(_with_covariances(oem, blocks))
    return found


def _segments(block: Block) -> list[OemSegment]:
    """The runs of states without a gap; a repeated epoch, as at an impulse, begins a new one."""
    frame, time_system = _checked_fields(block)
    if len(block.rows) < FEWEST_STATES:
        raise ElementsError(
            _("{where} has {rows} states, fewer than {fewest_states}").format(
                where=block.where, rows=len(block.rows), fewest_states=FEWEST_STATES
            )
        )
    table = np.array(block.rows)
    unix_s = utc_of(table[:, 0], time_system)
    if (np.diff(unix_s) < 0.0).any():
        raise ElementsError(_("{where}: the times go back").format(where=block.where))
    epoch = _instant(block, "REF_FRAME_EPOCH", time_system)
    position, velocity = oem_frames.to_teme(frame, unix_s, table[:, 1:4], table[:, 4:7], epoch)
    start_unix_s = _bound(block, ("USEABLE_START_TIME", "START_TIME"), time_system, float(unix_s[0]))
    stop_unix_s = _bound(block, ("USEABLE_STOP_TIME", "STOP_TIME"), time_system, float(unix_s[-1]))
    segments = [
        OemSegment(
            start_unix_s=max(start_unix_s, float(unix_s[run][0])),
            stop_unix_s=min(stop_unix_s, float(unix_s[run][-1])),
            unix_s=unix_s[run],
            position_teme_km=position[run],
            velocity_teme_km_s=velocity[run],
        )
        for run in _runs(block, unix_s, position, velocity)
    ]
    usable = [segment for segment in segments if segment.start_unix_s < segment.stop_unix_s]
    if not usable:
        longest_s = float(np.diff(unix_s).max())
        raise ElementsError(
            _(
                "{where} has no states near enough to one another to interpolate between them honestly "
                "(steps of up to {longest_s:.0f} s)"
            ).format(where=block.where, longest_s=longest_s)
        )
    return usable


def _runs(block: Block, unix_s: Floats, position: Floats, velocity: Floats) -> list[slice]:
    """Rows that may be interpolated through, without a gap between them."""
    steps_s = np.diff(unix_s)
    moved = steps_s > 0.0
    # The mean velocity of a step misses by far less than gravity bends the way in it; a garbled state does not.
    mean_velocity = (velocity[1:] + velocity[:-1]) / 2.0
    miss_km = np.linalg.norm(position[1:] - position[:-1] - mean_velocity * steps_s[:, None], axis=1)
    near = _near_enough(unix_s, position, velocity, NODES)
    if (miss_km > 1.0 + 0.002 * steps_s**2)[near].any() or (miss_km > 1.0)[~moved].any():
        raise ElementsError(_("{where}: a state does not fit the one before it").format(where=block.where))
    edges = [0, *(np.flatnonzero(~near) + 1).tolist(), len(unix_s)]
    runs = [slice(a, b) for a, b in pairwise(edges) if b - a >= FEWEST_STATES]
    return [
        run
        for run in runs
        if (count := run.stop - run.start) >= NODES
        or _near_enough(unix_s[run], position[run], velocity[run], count).all()
    ]


def _near_enough(unix_s: Floats, position: Floats, velocity: Floats, nodes: int) -> Bools:
    """Whether each step, (n - 1,), can be interpolated in, judged from the states at both its ends."""
    steps_s = np.diff(unix_s)
    worst = np.zeros(len(steps_s))
    safe_s = np.maximum(steps_s, 1e-3)
    for rows, sign in ((slice(None, -1), 1.0), (slice(1, None), -1.0)):
        worst = np.maximum(worst, kepler_miss_km(position[rows], velocity[rows], sign * safe_s, nodes))
    near: Bools = (steps_s > 0.0) & (worst <= MOST_MISS_KM)
    return near


def _checked_fields(block: Block) -> tuple[str, str]:
    """Frame and time system, both known."""
    frame = block.fields.get("REF_FRAME", "").upper()
    time_system = block.fields.get("TIME_SYSTEM", "").upper()
    time_system = OTHER_NAMES.get(time_system, time_system)
    centre = block.fields.get("CENTER_NAME", "")
    for key, given, is_known, known in (
        ("REF_FRAME", frame, oem_frames.is_known(frame), oem_frames.KNOWN),
        ("TIME_SYSTEM", time_system, time_system in TIME_SYSTEMS, ", ".join(TIME_SYSTEMS)),
        ("CENTER_NAME", centre, centre.upper() in _CENTRES, "EARTH"),
    ):
        if not is_known:
            raise ElementsError(
                _("{where}: {key} is “{given}”, known are {known}").format(
                    where=block.where, key=key, given=clean(given, limit=30), known=known
                )
            )
    return frame, time_system


def _bound(block: Block, keys: tuple[str, ...], time_system: str, default: float) -> float:
    found = (_instant(block, key, time_system) for key in keys)
    return next((instant for instant in found if instant is not None), default)


def _instant(block: Block, key: str, time_system: str) -> float | None:
    """A date among the keywords, in UTC."""
    words = block.fields.get(key)
    if not words:
        return None
    try:
        return float(utc_of(np.array([ccsds_unix_s(words)]), time_system)[0])
    except ValueError:
        raise ElementsError(_("{key} is not a date: “{words}”").format(key=key, words=clean(words, limit=40))) from None


# ── covariances ────────────────────────────────────────────────────────────────────────────────────


def _with_covariances(oem: Oem, blocks: list[Block]) -> Oem:
    """The same with the errors that the operator states, where their frames are known."""
    from msgspec.structs import replace

    orbit, found = OemOrbit(oem), []
    for block in blocks:
        frame, time_system = _checked_fields(block)
        for written in block.covariances:
            unix_s = float(utc_of(np.array([written.clock_s]), time_system)[0])
            sigma = _sigma_rtn_km(orbit, unix_s, written, written.frame or frame)
            if sigma is not None:
                found.append(Covariance(unix_s=unix_s, sigma_rtn_km=sigma))
    return replace(oem, covariances=tuple(sorted(found, key=lambda one: one.unix_s)))


def _sigma_rtn_km(
    orbit: OemOrbit, unix_s: float, written: WrittenCovariance, frame: str
) -> tuple[float, float, float] | None:
    """Standard deviations of the position: radial, along and across the track; None where they cannot be computed."""
    if len(written.numbers) < 6:  # the position's part of the triangle
        return None
    xx, yx, yy, zx, zy, zz = written.numbers[:6]
    matrix = np.array(((xx, yx, zx), (yx, yy, zy), (zx, zy, zz)))
    if frame not in _RTN_FRAMES:
        turn = _to_rtn(orbit, unix_s, frame)
        if turn is None:
            return None
        matrix = turn @ matrix @ turn.T
    if not (np.isfinite(matrix).all() and (matrix.diagonal() >= 0.0).all()):
        return None
    radial, along, across = np.sqrt(matrix.diagonal()).tolist()
    return radial, along, across


def _to_rtn(orbit: OemOrbit, unix_s: float, frame: str) -> Floats | None:
    """The matrix from a frame to radial, along and across, at an instant."""
    try:
        state = orbit.state(unix_s)
    except OrbitError:
        return None
    position, velocity = np.array(state.position_teme_km), np.array(state.velocity_teme_km_s)
    normal = np.cross(position, velocity)
    across, radial = normal / np.linalg.norm(normal), position / np.linalg.norm(position)
    rtn = np.array((radial, np.cross(across, radial), across))
    if frame in _TNW_FRAMES:  # tangent, normal to it in the plane, across
        tangent = velocity / np.linalg.norm(velocity)
        matrix: Floats = rtn @ np.array((tangent, np.cross(across, tangent), across)).T
        return matrix
    if not oem_frames.is_known(frame):
        return None
    at, zero = np.full(3, unix_s), np.zeros((3, 3))
    axes = oem_frames.to_teme(frame, at, np.eye(3), zero)[0].T
    turned: Floats = rtn @ axes
    return turned
