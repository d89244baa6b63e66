"""Passes and eclipses as tables in plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sim.language import _, pgettext
from sim.language.dates import day_of_week
from sim.language.lists import clauses
from sim.orbit.space_object import STATION
from sim.places.timezones import local_time, zone_words
from sim.time import duration_text, to_datetime
from tui.cli.output.text_report import object_text, table
from tui.wording import quantities
from tui.wording.passes import horizon, twilight_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.eclipses import Eclipse
    from sim.orbit.space_object import SpaceObject
    from sim.orbit.uncertainty import ExpectedError
    from sim.passes.model import Pass
    from sim.places.place import Place


def pass_lines(
    passes: Sequence[Pass],
    place: Place,
    *,
    utc: bool = False,
    threshold_deg: float | None = None,
    unknown_before: bool = False,
    about: SpaceObject = STATION,
    has_horizon: bool = False,
) -> list[str]:
    """Passes as a table in local time; of those whose time is not known only that there are more.

    Args:
        passes: The rows, and those that would be.
        place: Whose time is used.
        utc: UTC instead.
        threshold_deg: Elevation of rise and set, for the heading.
        about: Whose they are.
        has_horizon: Whether rise and set are at the place's own horizon where that is higher.
        unknown_before: Whether the elements are later than the window, of which no pass is known.
    """
    remarks = [] if threshold_deg is None else [horizon(threshold_deg)]
    if has_horizon:
        remarks.append(_("or at the horizon of the place"))
    heading = _pass_heading(place, about, "UTC" if utc else zone_words(place))
    lines = [clauses((heading, " ".join(remarks))) if remarks else heading, ""]
    known = [found for found in passes if found.time_known]
    if known:
        lines += _pass_table(known, place, utc=utc)
    elif not passes:
        lines.append(_("none"))
    if any(found.always_up for found in known):
        lines.append(_("It is always up here in this time: it neither rises nor sets."))
    if len(known) < len(passes):
        unknown = [found for found in passes if not found.time_known]
        lines.append(_unknown_words(known, unknown, place, utc=utc, before=unknown_before))
    return lines


def _pass_heading(place: Place, about: SpaceObject, zone: str) -> str:
    where = quantities.place_text(place)
    if about.is_station:
        return _("Passes over {place}, times in {zone}").format(place=where, zone=zone)
    text = _("Passes of {object} over {place}, times in {zone}")
    return text.format(object=object_text(about), place=where, zone=zone)


def _unknown_words(known: Sequence[Pass], unknown: Sequence[Pass], place: Place, *, utc: bool, before: bool) -> str:
    """Why no pass, or none before, after or between those that are listed, can be predicted."""
    if not known:
        return (
            _("No pass can be predicted: the elements are too recent, the position along the orbit is unknown.")
            if before
            else _("No pass can be predicted: the elements are too old, the position along the orbit is unknown.")
        )
    first_s, last_s = unknown[0].rise.unix_s, unknown[-1].rise.unix_s
    if last_s < known[0].rise.unix_s:
        return _(
            "No earlier pass can be predicted: the elements are too recent, the position along the orbit is unknown."
        )
    if first_s > known[-1].rise.unix_s:
        return _("No further pass can be predicted: the elements are too old, the position along the orbit is unknown.")
    begin, end = (_clock(unix_s, place, utc=utc, pattern="")[0] for unix_s in (first_s, last_s))
    return _("Passes {days} cannot be predicted: no elements are near.").format(days=_days(begin, end))


def _days(begin: str, end: str) -> str:
    return begin if begin == end else _("{begin} to {end}").format(begin=begin, end=end)


def _pass_table(passes: Sequence[Pass], place: Place, *, utc: bool) -> list[str]:
    header = (
        _("date"), _("rise"), "", _("peak"), "", _("high"), pgettext("pass", "set"), "", _("length"), _("error"),
        _("90 %"), _("light"), _("mag"), _("grade"),
    )  # fmt: skip
    rows = []
    for found in passes:
        pattern = quantities.clock_pattern(found.error)
        clock = [_clock(m.unix_s, place, utc=utc, pattern=pattern) for m in (found.rise, found.peak, found.set)]
        if not found.rise_known:
            clock[0] = (clock[0][0], pgettext("pass", "up"))
        if not found.set_known:
            clock[2] = (clock[2][0], pgettext("pass", "up"))
        rows.append((
            clock[0][0], clock[0][1], quantities.compass(found.rise.azimuth_deg),
            clock[1][1], quantities.compass(found.peak.azimuth_deg),
            f"{'' if found.peak_known else '>'}{found.peak.elevation_deg:.0f}°",
            clock[2][1], quantities.compass(found.set.azimuth_deg),
            f"{round(found.duration_s) // 60}:{round(found.duration_s) % 60:02d}",
            *_pass_errors(found),
            _("visible") if found.visible and found.magnitude is not None else twilight_word(found.light.at_peak),
            "" if found.magnitude is None else f"{found.magnitude:+.1f}",
            "*" * found.grade or ("?" if found.windows else "-"),
        ))  # fmt: skip
    return table(header, rows, right=(5, 8, 9, 10, 12))


def _pass_errors(found: Pass) -> tuple[str, str]:
    """What half of such times, and nine in ten, are nearer than."""
    if found.error is None:
        return "", ""
    return quantities.time_error(found.error.median_s), quantities.time_error(found.error.p90_s)


def _clock(unix_s: float, place: Place, *, utc: bool, pattern: str) -> tuple[str, str]:
    """Date and time of day, to the nearest second or about to the minute."""
    nearest_s = round(unix_s)
    day = f"{to_datetime(nearest_s):%Y-%m-%d}" if utc else day_of_week(local_time(nearest_s, place))
    return day, quantities.time_of_day(unix_s, place, utc=utc, pattern=pattern)


def eclipse_lines(eclipses: Sequence[Eclipse], errors: Sequence[ExpectedError], zone: str | None = None) -> list[str]:
    """Eclipses as a table by the clocks of a zone (None is UTC), each with the error expected at its beginning.

    Where the place along the orbit is not known their rhythm and length alone.
    """
    if not eclipses:
        return [_("no eclipse in this time")]
    rows = [
        (*(quantities.stamp(unix_s, error, zone) for unix_s in (one.enter, one.leave)), duration_text(one.duration_s),
         *(quantities.time_error(error_s) for error_s in (error.median_s, error.p90_s)),
         _("penumbra only") if one.penumbra_only else "")
        for one, error in zip(eclipses, errors, strict=True) if error.position_known
    ]  # fmt: skip
    lines = (
        table((_("into the shadow"), _("out of it"), _("length"), _("error"), _("90 %"), ""), rows, right=(3, 4))
        if rows
        else []
    )
    untimed = [one for one, error in zip(eclipses, errors, strict=True) if not error.position_known]
    if untimed:
        longest = max(untimed, key=lambda one: one.duration_s)
        text = _(
            "At most {span} in the shadow each revolution; the times are not known: the elements are too far away, "
            "the place along the orbit is not known."
        )
        if rows and untimed[-1] is eclipses[-1]:
            text = _(
                "From {day} on at most {span} in the shadow each revolution; the times are not known: the elements are "
                "too far away, the place along the orbit is not known."
            )
        elif rows:
            text = _(
                "{days}: at most {span} in the shadow each revolution; the times are not known: the elements are too "
                "far away, the place along the orbit is not known."
            )
        clock = ZoneInfo(zone or "UTC")
        begin, end = (f"{to_datetime(one.enter, clock):%Y-%m-%d}" for one in (untimed[0], untimed[-1]))
        lines.append(text.format(day=begin, days=_days(begin, end), span=duration_text(longest.duration_s)))
    return lines
