"""The shapes of one instant, of the altitude and of burns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.constants import DAY_S
from sim.orbit.closure.altitude_error import altitude_error
from tui.cli.output.chronicle_shapes import NO_FACTS, facts_shape
from tui.cli.output.json_export import dated, elements_shape, numbers, rounded, stamp

if TYPE_CHECKING:
    from sim.orbit.altitude import AltitudeReport
    from sim.orbit.closure.burns import Burn
    from sim.orbit.propagation import Provenance
    from sim.orbit.space_object import SpaceObject
    from sim.status import Status
    from tui.cli.output.json_export import Shape

MEAN_ALTITUDE = "Brouwer's mean semi-major axis (SGP4, WGS72) less 6378.137 km"
"""Which of the mean altitudes is meant; Kozai's stands beside it."""


def status_shape(status: Status) -> Shape:
    """One instant."""
    known = status.error.position_known
    position, light = (status.position, status.light) if known else (None, None)
    orbit, altitude, facts = status.orbit, status.altitude, status.facts
    is_answered = status.position is not None  # else the size too is only carried on to where the set means nothing
    return {
        **dated(status.object, status.unix_s, mode=status.mode),
        "position": numbers(position, latitude_deg=6, longitude_deg=6, height_km=4, speed_km_s=6),
        "orbit": {
            "mean_altitude_km": rounded(altitude.mean_altitude_km, 3) if is_answered else None,
            "mean_altitude_definition": MEAN_ALTITUDE if is_answered else None,
            "mean_altitude_kozai_km": rounded(altitude.kozai_altitude_km, 3) if is_answered else None,
            **numbers(altitude if is_answered else None, perigee_km=3, apogee_km=3),
            **altitude_error_shape(status.provenance if is_answered else None),
            "inclination_deg": rounded(orbit.inclination_deg, 4),
            "period_min": rounded(orbit.period_min, 5) if is_answered else None,
            "revolution": orbit.revolution if is_answered and known else None,
            **_beta_shape(status),
        },
        "light": {
            "state": light.state if light else None,
            "next_state": light.next_state if light else None,
            "next_change": stamp(light.change_unix_s) if light else None,
        },
        "elements": elements_shape(status.provenance, status.error),
        **earth_orientation_shape(status.unix_s),
        **(facts_shape(facts) if status.object.is_station else NO_FACTS),
    }


def _beta_shape(status: Status) -> Shape:
    """Beta with its error, of the plane alone where only that is known; null where it is not."""
    off = status.beta.error
    return {
        "beta_deg": rounded(status.beta.beta_deg, 4),
        "beta_error_deg": {"median": rounded(off.median_deg, 3), "p90": rounded(off.p90_deg, 3)},
    }


def altitude_error_shape(provenance: Provenance | None) -> Shape:
    """How far off mean altitude, perigee and apogee are expected to be; null where that is not known."""
    error = altitude_error(provenance) if provenance else None
    mean = (error.median_km, error.p90_km) if error else (None, None)
    apsides = (error.apsides_median_km, error.apsides_p90_km) if error else (None, None)
    return {
        name: {"median": rounded(median, 2), "p90": rounded(p90, 2)}
        for name, (median, p90) in (("mean_altitude_error_km", mean), ("perigee_apogee_error_km", apsides))
    }


def earth_orientation_shape(unix_s: float) -> Shape:
    """What it costs a place on the ground that UT1 and the pole are not known at an instant; empty where they are."""
    from sim.astro.earth_orientation import orientation_at

    earth = orientation_at(unix_s)
    return {} if earth.measured else {"earth_orientation": {"known": False, "error_m": rounded(earth.error_m, 1)}}


def altitude_shape(known: SpaceObject, report: AltitudeReport, provenance: Provenance) -> Shape:
    """Altitude, decay and burns as they stood."""
    decay, left = report.decay, report.to_floor
    return {
        **dated(known, report.unix_s),
        "mean_altitude_km": rounded(report.mean_altitude_km, 3),
        "mean_altitude_definition": MEAN_ALTITUDE,
        "mean_altitude_kozai_km": rounded(report.kozai_altitude_km, 3),
        **numbers(report, perigee_km=3, apogee_km=3),
        **altitude_error_shape(provenance),
        "band_km": {"floor": report.floor_km, "ceiling": report.ceiling_km},
        "decay_km_day": rounded(decay.km_day, 4) if decay else None,
        "decay_uncertainty_km_day": rounded(decay.uncertainty_km_day, 4) if decay else None,
        "days_to_floor": {"days": round(left.days), "low": round(left.low_days), "high": round(left.high_days)}
        if left
        else None,
        "burns": [burn_shape(burn) for burn in report.burns],
        "burns_not_dated": [
            {"after": stamp(burn.after_unix_s), "before": stamp(burn.before_unix_s), "confidence": burn.confidence}
            for burn in report.undated
        ],
    }


def burn_shape(burn: Burn) -> Shape:
    """One burn: the window between two sets, and its time where the phase dates it.

    `stale` is true where only the window is known.
    """
    is_dated = burn.unix_s is not None
    return {
        "after": stamp(burn.after_unix_s),
        "before": stamp(burn.before_unix_s),
        "time": stamp(burn.unix_s),
        "error_s": rounded(burn.median_date_error_days * DAY_S, 0) if is_dated else None,
        "error_s_p90": rounded(burn.date_error_days * DAY_S, 0) if is_dated else None,
        "stale": not is_dated,
        "kind": burn.kind,
        **numbers(burn, size_km=2, uncertainty_km=2, delta_v_m_s=2, eccentricity_change=6, eccentricity_after=6),
        "confidence": burn.confidence,
    }
