"""Position, height, speed, light and orbit at the instant, all computed from the elements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.language import N_, _, pgettext
from tui.drawing.styled_text import Line, Run, choose, fit, line_width, spread, wrap
from tui.views.station.altitude_band import altitude_now
from tui.widgets.panel import PanelContent
from tui.wording import quantities

if TYPE_CHECKING:
    from sim.eclipses import LightChange
    from sim.status import Position, Status
    from tui.session.frame import Frame

KM_PER_MILE = 1.609344


class Telemetry(PanelContent):
    """Position, height, speed, light and orbit at the instant."""

    BORDER_TITLE = N_("position")
    opens = "orbit"

    def draw(self, frame: Frame, width: int, height: int) -> list[Line]:
        """A table of captions and values, or one line where the height is 1."""
        position = frame.status.position
        if position is None:
            return [(Run(frame.status.problem, "alarm"),)]
        return [_strip(frame, position, width)] if height == 1 else _table(frame, position, width, height)


_ESSENTIAL = 3
"""Rows that stay where the place is not known and there is no room for all: place, altitudes; and the error."""


def light_style(light: LightChange | None) -> str:
    """The style of the light's text."""
    if light is None:
        return "dim"
    return "good" if light.state == "sunlit" else "night"


def _strip(frame: Frame, position: Position, width: int) -> Line:
    if not frame.status.error.position_known:
        now = altitude_now(frame) or frame.status.altitude
        provenance = frame.status.provenance
        mean = quantities.altitude(now.mean_altitude_km, provenance)
        size = Run("  " + _("mean altitude {height}").format(height=mean))
        period = Run(f"  {quantities.period(frame.status.orbit.period_min, provenance)}")
        unknown = Run(_("position along the orbit unknown"), "alarm")
        return choose(
            width,
            (unknown, size, period),
            (unknown, size),
            (unknown,),
            (Run(_("position unknown"), "alarm"),),
        )
    place = (
        Run(f"{quantities.latitude(position.latitude_deg)} {quantities.longitude(position.longitude_deg)}", "value"),
    )
    height = (Run("  " + _("height") + " "), Run(f"{position.height_km:.1f} km", "value"))
    speed = (Run(f"  {position.speed_km_s:.3f} km/s"),)
    light = frame.status.light
    state = (Run(f"  {quantities.light_text(light, frame.unix_s, frame.status.error)}", light_style(light)),)
    revolution = (Run("  " + _("rev {number}").format(number=frame.status.orbit.revolution), "dim"),)
    return choose(
        width,
        (*place, *height, *speed, *revolution, *state),
        (*place, *height, *speed, *state),
        (*place, *height, *speed),
        (*place, *height),
        place,
    )


def _table(frame: Frame, position: Position, width: int, height: int) -> list[Line]:
    orbit = frame.status.orbit
    known = frame.status.error.position_known
    now = altitude_now(frame) or frame.status.altitude
    provenance = frame.status.provenance
    mean = quantities.altitude(now.mean_altitude_km, provenance)
    perigee, apogee = (quantities.altitude_number(km, provenance) for km in (now.perigee_km, now.apogee_km))
    shape = [
        (_("mean altitude"), mean, ""),
        (_("perigee, apogee"), f"{perigee}, {apogee} km", ""),
    ]
    inclination = f"{orbit.inclination_deg:.2f}°"
    if known:
        beta = quantities.beta(frame.status) or _("unknown")
        plane = (_("beta, inclination"), f"{beta}, {inclination}", "")
        rows = [*_place_rows(frame, position), *shape, plane]
        period = quantities.period(orbit.period_min, provenance)
        turn = _("{number}, {period}").format(number=orbit.revolution, period=period)
        rows.insert(-1, (_("revolution"), turn, ""))
    else:
        # The shape of the orbit is known for weeks, the position along it is not.
        rows = [
            (pgettext("caption of a place", "over"), _("unknown"), "alarm"),
            *shape,
            (_("inclination"), inclination, ""),
            (_("period"), quantities.period(orbit.period_min, provenance), ""),
            (_("speed"), f"{position.speed_km_s:.2f} km/s", ""),
            (_("expected error"), _("unknown"), "alarm"),
        ]
    told: list[Line] = []
    if frame.status.stale:
        from tui.wording.coverage import coverage

        told = wrap(coverage(frame.status), width, "dim")
    if not known:  # rather without beta, period and speed than without the end of what is said
        surplus = max(len(rows) + len(told) - height, 0)
        del rows[max(len(rows) - 1 - surplus, _ESSENTIAL) : -1]
    lines = [spread((Run(f"{caption} ", "dim"),), (Run(value, style),), width) for caption, value, style in rows]
    return [*lines, *_beginning(told, height - len(lines), width)][:height]


def _beginning(told: list[Line], height: int, width: int) -> list[Line]:
    """As much of a text as there is room for; at the end of its last line a link to the view that has all of it."""
    if len(told) <= height or height < 1:
        return told
    link = (Run(_("⁶more"), "accent", "app.view('orbit')"),)
    return [*told[: height - 1], (*fit((*told[height - 1], Run(" …", "dim")), width - line_width(link)), *link)]


def error_style(status: Status) -> str:
    """How an expected error is shown."""
    return "alarm" if status.stale else "good" if status.error.is_stated else "dim"


def _place_rows(frame: Frame, position: Position) -> list[tuple[str, str, str]]:
    light = frame.status.light
    height = _("{height:.1f} km  {miles:.0f} mi").format(
        height=position.height_km, miles=position.height_km / KM_PER_MILE
    )
    return [
        (
            pgettext("caption of a place", "over"),
            f"{quantities.latitude(position.latitude_deg)}  {quantities.longitude(position.longitude_deg)}",
            "value",
        ),
        (_("height"), height, "value"),
        (_("speed"), f"{position.speed_km_s:.3f} km/s", "value"),
        (_("light"), quantities.light_text(light, frame.unix_s, frame.status.error), light_style(light)),
        (_("expected error"), quantities.error(frame.status.error), error_style(frame.status)),
        (_("course"), f"{position.heading_east_deg:03.0f}° {quantities.compass(position.heading_east_deg)}", ""),
    ]
