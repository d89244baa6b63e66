"""Rows of lists as JSON and CSV: each with its own error; places and times that are not known are null."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli.output.json_export import numbers, rounded, stamp, time_error_shape

if TYPE_CHECKING:
    from sim.eclipses import Eclipse
    from sim.orbit.uncertainty import ExpectedError
    from sim.passes.model import Pass, PassTimes
    from tui.cli.output.json_export import Shape

TIME_ERROR_COLUMNS = ("error_s", "error_s_p90", "stale")

PASS_COLUMNS = (
    "rise", "rise_azimuth_deg", "peak", "peak_azimuth_deg", "peak_elevation_deg", "peak_range_km", "set",
    "set_azimuth_deg", "duration_s", "error_s", "visible", "visible_from", "visible_to", "magnitude", "grade",
    "error_s_p90", "stale", "magnitude_error", "peak_known",
)  # fmt: skip

ECLIPSE_COLUMNS = (
    "enter", "leave", *TIME_ERROR_COLUMNS, "penumbra_enter", "umbra_enter", "umbra_leave", "penumbra_leave",
    "deepest",
)  # fmt: skip

BURN_COLUMNS = (
    "after", "before", "time", *TIME_ERROR_COLUMNS, "kind", "size_km", "uncertainty_km", "delta_v_m_s",
    "eccentricity_change", "eccentricity_after", "confidence",
)  # fmt: skip


def times_shape(times: PassTimes) -> Shape:
    """Rise, peak, set and length of a pass; null at an end that is not known."""
    peak = times.peak
    rise, set_ = ({"time": stamp(end.unix_s), **numbers(end, azimuth_deg=3)} for end in (times.rise, times.set))
    return {
        "rise": rise if times.rise_known else emptied(rise),
        "peak": {"time": stamp(peak.unix_s), **numbers(peak, azimuth_deg=3, elevation_deg=3, range_km=3)},
        "set": set_ if times.set_known else emptied(set_),
        "duration_s": rounded(times.duration_s, 3) if times.rise_known and times.set_known else None,
    }


def pass_shape(found: Pass, error: ExpectedError) -> Shape:
    """One pass, with the error expected at its peak; what can be seen goes from the first moment to the last.

    `hidden` lists the spans between rise and set that are behind the horizon of the place; it is null without one.
    """
    times = times_shape(found)
    shape: Shape = {
        "rise": times["rise"],
        "peak": times["peak"],
        "peak_known": found.peak_known,
        "set": times["set"],
        "duration_s": times["duration_s"],
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
    return {**(shape if error.position_known else emptied(shape)), **time_error_shape(error)}


def emptied(shape: Shape) -> Shape:
    """The same keys with nothing in them."""
    return {key: emptied(value) if isinstance(value, dict) else None for key, value in shape.items()}


def eclipse_shape(eclipse: Eclipse, error: ExpectedError) -> Shape:
    """One way through the shadow: the Sun's centre gone and back, all contacts; null where there is none.

    `deepest` says how far it comes: to the `umbra`, to the `centre` of the Sun's disc, or into the `penumbra` alone.
    The error is that expected at its beginning.
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
