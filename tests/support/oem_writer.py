"""Ephemerides for tests: an orbit written as an OEM in any frame and clock, in KVN or XML."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.astro.precession import gcrf_to_teme
from sim.time import to_datetime

if TYPE_CHECKING:
    from collections.abc import Callable

    from sim.orbit.propagation import Orbit

HEAD = {
    "OBJECT_NAME": "CSS",
    "OBJECT_ID": "2021-035A",
    "CENTER_NAME": "EARTH",
    "REF_FRAME": "EME2000",
    "TIME_SYSTEM": "UTC",
}


def clock(unix_s: float) -> str:
    return to_datetime(unix_s).strftime("%Y-%m-%dT%H:%M:%S.%f")


def eme2000_rows(orbit: Orbit, unix_s: np.ndarray) -> np.ndarray:
    """Positions and velocities, (n, 6)."""
    states = orbit.states(unix_s)
    back = np.swapaxes(gcrf_to_teme(unix_s), 1, 2)
    parts = (states.position_teme_km, states.velocity_teme_km_s)
    return np.hstack([np.einsum("nij,nj->ni", back, part) for part in parts])


def kvn_oem(
    unix_s: np.ndarray,
    rows: np.ndarray,
    *,
    shift_s: Callable[[float], float] = lambda _: 0.0,
    tail: str = "",
    **fields: str,
) -> str:
    """An OEM in KVN; `shift_s` is what the clock of the message is ahead of UTC."""
    head = HEAD | fields
    lines = ["CCSDS_OEM_VERS = 2.0", "CREATION_DATE = 2026-08-22T12:00:00", "ORIGINATOR = TEST", "META_START"]
    lines += [f"{key} = {value}" for key, value in head.items()]
    first, last = (clock(t + shift_s(t)) for t in (float(unix_s[0]), float(unix_s[-1])))
    lines += [f"START_TIME = {first}", f"STOP_TIME = {last}", "META_STOP"]
    lines += [
        " ".join([clock(t + shift_s(t)), *(f"{number:.12f}" for number in row)])
        for t, row in zip(unix_s.tolist(), rows.tolist(), strict=True)
    ]
    return "\n".join(lines) + "\n" + tail


def xml_oem(unix_s: np.ndarray, rows: np.ndarray, *, tail: str = "", **fields: str) -> str:
    """The same in XML, in the form in which the trajectory of the ISS is published."""
    head = HEAD | fields
    units = ("km", "km", "km", "km/s", "km/s", "km/s")
    names = ("X", "Y", "Z", "X_DOT", "Y_DOT", "Z_DOT")
    vectors = "".join(
        f"<stateVector><EPOCH>{clock(t)}Z</EPOCH>"
        + "".join(
            f'<{name} units="{unit}">{number:.12f}</{name}>'
            for name, unit, number in zip(names, units, row, strict=True)
        )
        + "</stateVector>"
        for t, row in zip(unix_s.tolist(), rows.tolist(), strict=True)
    )
    metadata = "".join(f"<{key}>{value}</{key}>" for key, value in head.items())
    return (
        '<?xml version="1.0" encoding="UTF-8"?><ndm><oem id="CCSDS_OEM_VERS" version="2.0">'
        "<header><COMMENT>made for a test</COMMENT><CREATION_DATE>2026-234T12:00:00.000Z</CREATION_DATE>"
        "<ORIGINATOR>JSC</ORIGINATOR></header><body><segment><metadata>"
        f"{metadata}</metadata><data><COMMENT>MASS=459023</COMMENT>{vectors}{tail}</data></segment></body></oem></ndm>"
    )
