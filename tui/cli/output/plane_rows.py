"""What rests on the plane of the orbit, as text, JSON and CSV: beta, and opportunities to launch."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sim.language import N_, _
from sim.language.dates import weekday_and_day
from sim.language.lists import comma_list
from sim.places.timezones import local_time
from sim.sanitize import clean
from tui.cli.output.json_export import asked, numbers, rounded, stamp
from tui.cli.output.list_rows import TIME_ERROR_COLUMNS
from tui.cli.output.text_report import table
from tui.drawing.styled_text import wrapped
from tui.wording import quantities

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.orbit.plane import Beta
    from sim.orbit.space_object import SpaceObject
    from sim.passes.plans.launches import Habit, Opportunity
    from sim.places.place import Place
    from tui.cli.output.json_export import Shape

BETA_COLUMNS = ("time", "beta_deg", "error_deg_median", "error_deg_p90", "stale")


def beta_shape(beta: Beta) -> Shape:
    """Beta at one instant; null where it is not known."""
    return {
        "time": asked(beta.unix_s),
        "beta_deg": rounded(beta.beta_deg, 3),
        "error_deg": {"median": rounded(beta.error.median_deg, 3), "p90": rounded(beta.error.p90_deg, 3)},
        "stale": beta.error.stale,
    }


def beta_lines(series: Sequence[Beta], about: SpaceObject, clock: Place) -> list[str]:
    """A table."""
    template = (
        _("Beta: the Sun above the plane of the orbit, in degrees; times in {zone}")
        if about.is_station
        else _("Beta of {object}: the Sun above the plane of the orbit, in degrees; times in {zone}")
    )
    head = template.format(object=clean(about.label, limit=40), zone=clock.timezone or "UTC")
    rows = [
        (
            clock_text(beta.unix_s, clock),
            f"{beta.beta_deg:+.2f}" if math.isfinite(beta.beta_deg) else _("not known"),
            f"±{max(beta.error.p90_deg, 0.01):.2f}" if beta.error.is_known else "?",
        )
        for beta in series
    ]
    return [head, "", *table((_("time"), _("beta"), _("90 %")), rows, right=(1, 2))]


_PASSES = (N_("ascending"), N_("descending"))
"""Names of the passes of a plane; translated where they are shown."""


def clock_text(unix_s: float, clock: Place) -> str:
    """Day and minute on the clocks of a zone, or UTC."""
    return f"{weekday_and_day(local_time(round(unix_s), clock))} {_minute(unix_s, clock)}"


def _minute(unix_s: float, clock: Place) -> str:
    return quantities.clock_time(unix_s, clock, utc=False, pattern="%H:%M")


OPPORTUNITY_COLUMNS = (
    "site", "pass", "plane_time", "azimuth_deg", "flown", "launch_time", *TIME_ERROR_COLUMNS, "station_past_site_deg",
    "station_past_site_error_deg_p90", "suits",
)  # fmt: skip

GEOMETRIC = N_(
    "Geometric: when the mean plane of the station passes over the site, and when a ship would start by the habit of "
    "the last three launches. Weather, crew, range and politics are not in it; burns beforehand set the station's "
    "place."
)


LEGEND = (
    N_("az: of the plane; past site: of the station on its orbit, at the launch;"),
    N_("suits: an approach of about so many hours, by the places of the station at past launches"),
)


def opportunity_shape(chance: Opportunity) -> Shape:
    """One opportunity; null where a number is not known."""
    known, off = chance.plane.is_known, chance.error_s
    return {
        "site": chance.site,
        "pass": chance.crossing.name,
        "plane_time": stamp(chance.crossing.unix_s) if known or chance.plane.stale is None else None,
        "azimuth_deg": rounded(chance.crossing.azimuth_deg, 2),
        "flown": chance.is_flown,
        "launch_time": stamp(chance.launch_unix_s) if known else None,
        "error_s": rounded(off[0], 1) if known else None,
        "error_s_p90": rounded(off[1], 1) if known else None,
        "stale": chance.plane.stale,
        "station_past_site_deg": rounded(chance.past_site_deg, 2),
        "station_past_site_error_deg_p90": rounded(chance.past_site_p90_deg, 2),
        "suits": chance.suits,
    }


def habit_shape(site: str, place: Place, habit: Habit | None) -> Shape:
    """A site, and what the last launches from it were like."""
    return {
        "name": site,
        **numbers(place, latitude_deg=6, longitude_deg=6),
        "pass": habit.name if habit else None,
        "launch_after_plane_s": rounded(habit.offset_s, 0) if habit else None,
        "launch_after_plane_error_s_p90": rounded(habit.p90_s, 0) if habit else None,
        "launches": list(habit.ships) if habit else [],
    }


def opportunity_lines(
    chances: Sequence[Opportunity], habits: Sequence[tuple[str, Habit | None]], clock: Place
) -> list[str]:
    """A table, and what it rests on."""
    head = _("Opportunities to launch to the station, times in {zone}").format(zone=clock.timezone or "UTC")
    lines = [head, *wrapped(_(GEOMETRIC), 78), ""]
    shown = [chance for chance in chances if chance.plane.is_known or chance.plane.stale is None]
    if shown:
        header = (_("site"), _("plane overhead"), _("az"), _("launch"), _("90 %"), _("past site"), _("suits"))
        lines += table(header, [_cells(chance, clock) for chance in shown], right=(2, 4, 5))
    else:
        lines.append(_("none"))
    if unknown := len(chances) - len(shown):
        text = _("{count} more at times for which the plane is not known: the elements are too far away")
        lines += ["", text.format(count=unknown)]
    lines += ["", *(_habit_words(site, habit) for site, habit in habits)]
    return [*lines, *(map(_, LEGEND) if shown else ())]


def _cells(chance: Opportunity, clock: Place) -> tuple[str, ...]:
    launch, is_placed = chance.launch_unix_s, math.isfinite(chance.past_site_deg)
    return (
        _(chance.site),
        clock_text(chance.crossing.unix_s, clock),
        f"{chance.crossing.azimuth_deg:.0f}°",
        "–" if launch is None else _minute(launch, clock),
        quantities.time_error(chance.error_s[1]),
        f"{chance.past_site_deg:+.0f}°±{max(chance.past_site_p90_deg, 1.0):.0f}°" if is_placed else _("not known"),
        chance.suits or "–",
    )


def _habit_words(site: str, habit: Habit | None) -> str:
    if habit is None:
        return _("{site}: fewer than three launches before this time: no habit to go by").format(site=_(site))
    text = (
        _("{site}: {ships} flew the {name} pass, {minutes:.1f} min after the plane")
        if habit.offset_s >= 0.0
        else _("{site}: {ships} flew the {name} pass, {minutes:.1f} min before the plane")
    )
    minutes = abs(habit.offset_s) / 60.0
    return text.format(site=_(site), ships=comma_list(map(_, habit.ships)), name=_(habit.name), minutes=minutes)
