"""Rows of lists as JSON and CSV: each with its own error; places and times that are not known are null."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli.output.json_export import burn_shape, rounded, stamp, time_error_shape, true_or_false

if TYPE_CHECKING:
    from sim.eclipses import Eclipse
    from sim.orbit.closure.burns import Burn
    from sim.orbit.uncertainty import ExpectedError
    from sim.passes.model import Pass
    from tui.cli.output.json_export import Shape

TIME_ERROR_COLUMNS = ("error_s", "error_s_p90", "stale")

# ── passes ─────────────────────────────────────────────────────────────────────────────────────────

PASS_COLUMNS = (
    "rise", "rise_azimuth_deg", "peak", "peak_azimuth_deg", "peak_elevation_deg", "peak_range_km", "set",
    "set_azimuth_deg", "duration_s", "error_s", "visible", "visible_from", "visible_to", "magnitude", "grade",
    "error_s_p90", "stale", "magnitude_error",
)  # fmt: skip


def pass_shape(found: Pass, error: ExpectedError) -> Shape:
    """One pass; what can be seen of it goes from the first moment to the last.

    `hidden` lists the spans between rise and set that are behind the horizon of the place; it is null without one.

    Args:
        found: The pass.
        error: Expected error at its peak.
    """
    errors = time_error_shape(error)
    shape: Shape = {
        "rise": {"time": stamp(found.rise.unix_s), "azimuth_deg": rounded(found.rise.azimuth_deg, 3)},
        "peak": {
            "time": stamp(found.peak.unix_s),
            "azimuth_deg": rounded(found.peak.azimuth_deg, 3),
            "elevation_deg": rounded(found.peak.elevation_deg, 3),
            "range_km": rounded(found.peak.range_km, 3),
        },
        "peak_known": found.peak_known,
        "set": {"time": stamp(found.set.unix_s), "azimuth_deg": rounded(found.set.azimuth_deg, 3)},
        "duration_s": rounded(found.duration_s, 3),
        "error_s": None,
        "visible": found.visible,
        "visible_from": stamp(found.windows[0].from_unix_s) if found.windows else None,
        "visible_to": stamp(found.windows[-1].to_unix_s) if found.windows else None,
        "magnitude": rounded(found.magnitude, 1),
        "magnitude_error": found.standard.error if found.standard and found.magnitude is not None else None,
        "grade": None if found.standard is None else found.grade,
        "hidden": None
        if found.horizon is None
        else [{"from": stamp(begin), "to": stamp(end)} for begin, end in found.hidden],
    }
    if not found.rise_known:
        shape |= {"rise": emptied(shape["rise"]), "duration_s": None}
    if not found.set_known:
        shape |= {"set": emptied(shape["set"]), "duration_s": None}
    return {**(shape if error.position_known else emptied(shape)), **errors}


def emptied(shape: Shape) -> Shape:
    """The same keys with nothing in them."""
    return {key: emptied(value) if isinstance(value, dict) else None for key, value in shape.items()}


def pass_row(found: Pass, error: ExpectedError) -> list[object]:
    """One pass as a line of `PASS_COLUMNS`."""
    shape = pass_shape(found, error)
    peak = shape["peak"]
    return [
        shape["rise"]["time"], shape["rise"]["azimuth_deg"], peak["time"], peak["azimuth_deg"], peak["elevation_deg"],
        peak["range_km"], shape["set"]["time"], shape["set"]["azimuth_deg"], shape["duration_s"], shape["error_s"],
        true_or_false(shape["visible"]), shape["visible_from"], shape["visible_to"], shape["magnitude"], shape["grade"],
        shape["error_s_p90"], true_or_false(shape["stale"]), shape["magnitude_error"],
    ]  # fmt: skip


# ── eclipses ───────────────────────────────────────────────────────────────────────────────────────

ECLIPSE_COLUMNS = (
    "enter", "leave", *TIME_ERROR_COLUMNS, "penumbra_enter", "umbra_enter", "umbra_leave", "penumbra_leave",
    "deepest",
)  # fmt: skip


def eclipse_shape(eclipse: Eclipse, error: ExpectedError) -> Shape:
    """One way through the shadow: the Sun's centre gone and back, all contacts; null where there is none.

    `deepest` says how far it comes: to the `umbra`, to the `centre` of the Sun's disc, or into the `penumbra` alone.

    Args:
        eclipse: The way.
        error: Expected error at its beginning.
    """
    known = error.position_known
    has_centre = known and not eclipse.penumbra_only
    return {
        "enter": stamp(eclipse.enter) if has_centre else None,
        "leave": stamp(eclipse.leave) if has_centre else None,
        **time_error_shape(error),
        "penumbra_enter": stamp(eclipse.penumbra_enter) if known else None,
        "umbra_enter": stamp(eclipse.umbra_enter) if known else None,
        "umbra_leave": stamp(eclipse.umbra_leave) if known else None,
        "penumbra_leave": stamp(eclipse.penumbra_leave) if known else None,
        "deepest": eclipse.deepest if known else None,
    }


def eclipse_row(eclipse: Eclipse, error: ExpectedError) -> list[object]:
    """One way through the shadow as a line of `ECLIPSE_COLUMNS`."""
    return _row(eclipse_shape(eclipse, error))


# ── burns ──────────────────────────────────────────────────────────────────────────────────────────

BURN_COLUMNS = (
    "after", "before", "time", *TIME_ERROR_COLUMNS, "kind", "size_km", "uncertainty_km", "delta_v_m_s",
    "eccentricity_change", "eccentricity_after", "confidence",
)  # fmt: skip


def burn_row(burn: Burn) -> list[object]:
    """One burn as a line of `BURN_COLUMNS`."""
    return _row(burn_shape(burn))


def _row(shape: Shape) -> list[object]:
    return [true_or_false(value) if isinstance(value, bool) else value for value in shape.values()]
