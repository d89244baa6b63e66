"""Mean elements from a state: the SGP4 set that passes through a given position and velocity."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from msgspec import structs

from sim.astro.vectors import cross, dot, norm, wrapped_rad
from sim.constants import DAY_S, TAU, WGS72_MU_KM3_S2
from sim.errors import ElementsError, OrbitError
from sim.language import _
from sim.orbit.elements import ElementSet
from sim.orbit.propagation import Sgp4Orbit, State

if TYPE_CHECKING:
    Elements = tuple[float, float, float, float, float, float]

_ROUNDS = 20
_CLOSE_KM = 1e-3


def elements_through(
    state: State, unix_s: float, *, name: str = "", international_designator: str = "", source: str = ""
) -> ElementSet:
    """Mean elements without drag whose SGP4 state at an instant, their epoch, is the given one in TEME.

    The difference between the wanted state and that of the mean elements, both as osculating elements without
    singularity at circular orbits, is added to the mean elements until a metre is left.

    Raises:
        OrbitError: No such set is found, as for a state that is not an orbit.
    """
    wanted = _osculating(state)
    mean = wanted
    for _round in range(_ROUNDS):
        try:
            candidate = _element_set(mean, unix_s, name, source)
        except ElementsError:
            break
        reached = Sgp4Orbit(candidate).state(unix_s)
        if math.dist(reached.position_teme_km, state.position_teme_km) < _CLOSE_KM:
            return structs.replace(candidate, international_designator=international_designator)
        now = _osculating(reached)
        a, eta, k, inclination, node, phase = (m + w - n for m, w, n in zip(mean, wanted, now, strict=True))
        # Differences of angles may have gone round the circle.
        node, phase = (m + wrapped_rad(angle - m) for angle, m in ((node, mean[4]), (phase, mean[5])))
        mean = (a, eta, k, inclination, node, phase)
    raise OrbitError(_("no mean elements fit the state"))


def _osculating(state: State) -> Elements:
    """Semi-major axis (km), e sin ω, e cos ω, inclination, node, and mean argument of latitude (rad)."""
    position, velocity = state.position_teme_km, state.velocity_teme_km_s
    (x, y, z), mu = position, WGS72_MU_KM3_S2
    r = norm(position)
    hx, hy, hz = momentum = cross(position, velocity)
    h_sq, h = dot(momentum, momentum), norm(momentum)
    energy = dot(velocity, velocity) / 2.0 - mu / r
    if energy >= 0.0 or h == 0.0:
        raise OrbitError(_("the state is not a closed orbit"))
    a = -mu / (2.0 * energy)
    inclination = math.acos(max(-1.0, min(1.0, hz / h)))
    node = math.atan2(hx, -hy)
    # Along the node and at right angles to it, in the plane of the orbit.
    cos_node, sin_node = math.cos(node), math.sin(node)
    cos_i, sin_i = math.cos(inclination), math.sin(inclination)
    along = x * cos_node + y * sin_node
    across = (y * cos_node - x * sin_node) * cos_i + z * sin_i
    latitude = math.atan2(across, along)
    radial = dot(position, velocity) / r
    e_cos = h_sq / (mu * r) - 1.0  # e cos of the true anomaly
    e_sin = radial * h / mu
    k = e_cos * math.cos(latitude) + e_sin * math.sin(latitude)
    eta = e_cos * math.sin(latitude) - e_sin * math.cos(latitude)
    eccentricity = math.hypot(eta, k)
    true = math.atan2(e_sin, e_cos)
    eccentric = 2.0 * math.atan2(
        math.sqrt(1.0 - eccentricity) * math.sin(true / 2.0), math.sqrt(1.0 + eccentricity) * math.cos(true / 2.0)
    )
    phase = latitude - true + eccentric - eccentricity * math.sin(eccentric)
    return a, eta, k, inclination, node, phase


def _element_set(mean: Elements, unix_s: float, name: str, source: str) -> ElementSet:
    a, eta, k, inclination, node, phase = mean
    perigee = math.atan2(eta, k)
    if a <= 0.0:
        raise ElementsError(_("the axis is not positive"))
    # The Kozai mean motion that sgp4 wants is taken from the axis by Kepler's law alone: the rounds take up the rest.
    return ElementSet(
        norad_id=0,
        name=name,
        international_designator="",
        epoch_unix_s=unix_s,
        mean_motion_rev_day=math.sqrt(WGS72_MU_KM3_S2 / a**3) * DAY_S / TAU,
        eccentricity=math.hypot(eta, k),
        inclination_deg=math.degrees(inclination),
        raan_deg=math.degrees(node) % 360.0,
        argument_of_perigee_deg=math.degrees(perigee) % 360.0,
        mean_anomaly_deg=math.degrees(phase - perigee) % 360.0,
        bstar=0.0,
        source=source,
    )
