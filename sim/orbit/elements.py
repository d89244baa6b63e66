"""Element sets: what SGP4 needs to know of an orbit, with every value checked against its range."""

from __future__ import annotations

import math
from functools import cached_property
from operator import attrgetter, le
from typing import TYPE_CHECKING

import msgspec

from sim.constants import DAY_S, TAU, WGS72_RADIUS_KM, WGS84_RADIUS_KM
from sim.errors import ElementsError
from sim.language import N_, _
from sim.orbit.closure.mean_theory import J2, MINUTES_A_DAY, XKE, brouwer_mean_motion

if TYPE_CHECKING:
    from collections.abc import Iterable

_LABELS = {
    "norad_id": N_("catalogue number"),
    "epoch_unix_s": N_("epoch in seconds since 1970"),
    "mean_motion_rev_day": N_("mean motion"),
    "eccentricity": "eccentricity",
    "inclination_deg": "inclination",
    "raan_deg": N_("right ascension of the node"),
    "argument_of_perigee_deg": N_("argument of perigee"),
    "mean_anomaly_deg": N_("mean anomaly"),
    "bstar": N_("drag term B*"),
    "mean_motion_dot": N_("mean motion derivative"),
    "mean_motion_ddot": N_("second mean motion derivative"),
    "revolution": N_("revolution number"),
}
_RANGES = (
    ("norad_id", 0, 999_999_999),
    ("epoch_unix_s", -410227200.0, 4133980800.0),  # 1957 to 2100
    ("mean_motion_rev_day", 0.05, 17.0),
    ("eccentricity", 0.0, 0.999),
    ("inclination_deg", 0.0, 180.0),
    ("raan_deg", -360.0, 360.0),
    ("argument_of_perigee_deg", -360.0, 360.0),
    ("mean_anomaly_deg", -360.0, 360.0),
    ("bstar", -10.0, 10.0),
    ("mean_motion_dot", -10.0, 10.0),
    ("mean_motion_ddot", -10.0, 10.0),
    ("revolution", 0, 1_000_000),
)
"""What an element set about the Earth can hold; a little wider than what the formats print."""

_IN_RANGES = attrgetter(*(name for name, _, _ in _RANGES))
_LOWEST, _HIGHEST = tuple(low for _, low, _ in _RANGES), tuple(high for _, _, high in _RANGES)


class ElementSet(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """Mean elements of the SGP4 theory at an epoch, in TEME.

    Attributes:
        norad_id: Catalogue number, one to nine digits.
        name: Name as the source gives it.
        epoch_unix_s: UTC seconds since 1970.
        mean_motion_rev_day: Kozai mean motion.
        bstar: Drag term, 1/Earth radii.
        mean_motion_dot: As printed, half the first derivative, rev/day^2; SGP4 ignores it.
        revolution: Revolution number at the epoch (five digits, it starts again after 99999).
        source: Where the set comes from, in words for the screen.
        note: What is to be taken with care, empty if nothing.
    """

    norad_id: int
    name: str
    international_designator: str
    epoch_unix_s: float
    mean_motion_rev_day: float
    eccentricity: float
    inclination_deg: float
    raan_deg: float
    argument_of_perigee_deg: float
    mean_anomaly_deg: float
    bstar: float
    mean_motion_dot: float = 0.0
    mean_motion_ddot: float = 0.0
    revolution: int = 0
    source: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        values = _IN_RANGES(self)
        if all(map(le, _LOWEST, values)) and all(map(le, values, _HIGHEST)):  # also refuses NaN
            return
        for (name, low, high), value in zip(_RANGES, values, strict=True):
            if not low <= value <= high:
                raise ElementsError(
                    _("{label} {value:.10g} is outside {low:.10g} to {high:.10g}").format(
                        label=_(_LABELS[name]), value=value, low=low, high=high
                    )
                )

    @cached_property
    def semi_major_axis_km(self) -> float:
        """Brouwer's mean semi-major axis, the one SGP4 works with (Kozai's J2 term removed, WGS72)."""
        kozai_rad_min = self.mean_motion_rev_day * TAU / MINUTES_A_DAY
        motion_rad_min = brouwer_mean_motion(kozai_rad_min, self.eccentricity, math.radians(self.inclination_deg))
        a_radii: float = (XKE / motion_rad_min) ** (2.0 / 3.0)
        return a_radii * WGS72_RADIUS_KM

    @property
    def mean_altitude_km(self) -> float:
        """Semi-major axis less the equatorial radius: steady over a revolution, unlike the height."""
        return self.semi_major_axis_km - WGS84_RADIUS_KM

    @property
    def perigee_km(self) -> float:
        """Perigee of the mean ellipse above the equatorial radius."""
        return self.semi_major_axis_km * (1.0 - self.eccentricity) - WGS84_RADIUS_KM

    @property
    def apogee_km(self) -> float:
        """Apogee of the mean ellipse above the equatorial radius."""
        return self.semi_major_axis_km * (1.0 + self.eccentricity) - WGS84_RADIUS_KM

    @property
    def period_min(self) -> float:
        """Anomalistic period from the Kozai mean motion."""
        return 1440.0 / self.mean_motion_rev_day

    @property
    def node_count(self) -> float:
        """Revolutions since the count began, with the part since the ascending node, at the epoch.

        Many sets have their epoch at the node, and rounding puts some a hair before it while the number printed is
        that of the revolution about to begin: within a thousandth the node counts as reached.
        """
        since_node = (self.argument_of_perigee_deg + self.mean_anomaly_deg) / 360.0 % 1.0
        return self.revolution + (since_node - 1.0 if since_node > 0.999 else since_node)

    @cached_property
    def nodal_rev_day(self) -> float:
        """Revolutions from node to node a day: the mean motion and the drift of the perigee (J2)."""
        cos_i = math.cos(math.radians(self.inclination_deg))
        radii = self.semi_major_axis_km * (1.0 - self.eccentricity**2) / WGS72_RADIUS_KM
        return self.mean_motion_rev_day * (1.0 + 0.75 * J2 * (5.0 * cos_i * cos_i - 1.0) / radii**2)

    def node_count_at(self, unix_s: float) -> float:
        """`node_count` at another instant, drag included to the first order."""
        days = (unix_s - self.epoch_unix_s) / DAY_S
        return self.node_count + (self.nodal_rev_day + self.mean_motion_dot * days) * days

    def revolution_at(self, unix_s: float) -> int:
        """Number of the revolution under way."""
        return math.floor(self.node_count_at(unix_s))


def of_object(sets: Iterable[ElementSet], norad_id: int) -> list[ElementSet]:
    """The sets of one object, in order of their epochs."""
    return sorted((s for s in sets if s.norad_id == norad_id), key=lambda s: s.epoch_unix_s)
