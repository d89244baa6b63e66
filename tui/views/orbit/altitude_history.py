"""The mean altitude since 2021 or of the last months: decay, raises, and days to the lower edge of the band."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.constants import DAY_S
from sim.language import N_, _, dates, ngettext
from sim.time import to_datetime
from tui.drawing.chart import Chart
from tui.drawing.styled_text import Line, Run, choose, fit, linked, pad, wrap
from tui.drawing.styled_text import width as cells
from tui.messages import Seek
from tui.widgets.altitude_curve import draw_altitude
from tui.widgets.panel import Panel
from tui.wording import burns, quantities

if TYPE_CHECKING:
    from textual import events

    from sim.orbit.altitude import AltitudeReport
    from tui.session.frame import Frame

SPANS_DAYS = (30, 90, 180, 365, 3 * 365, 6 * 365)
_LEAST_ROWS = 4
"""Of a chart; in fewer the last mean altitude stands alone."""

_SCALE_COLUMNS = 4
_DATE_CELLS = 23
_BURN_CELLS = 44
"""Room for a burn with its speed."""


class AltitudeHistoryChart(Panel, can_focus=True):
    """Mean altitude from all element sets up to the instant; `+` and `-` change the span."""

    fills_by_clicks = False

    BORDER_TITLE = N_("⁶mean altitude")

    span_index = 3
    _span_s: tuple[float, float] | None = None

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is not None and self._span_s is not None and offset.x >= _SCALE_COLUMNS:
            begin_s, end_s = self._span_s
            columns = max(self.content_size.width - _SCALE_COLUMNS - 1, 1)
            self.post_message(Seek(begin_s + (offset.x - _SCALE_COLUMNS) / columns * (end_s - begin_s)))

    def zoom(self, step: int, frame: Frame) -> None:
        """Zoom in (1) or out (-1), or show the whole span (0)."""
        last = len(SPANS_DAYS) - 1
        self.span_index = min(max(self.span_index - step, 0), last) if step else last
        self.show(frame)

    def title(self, frame: Frame) -> tuple[str, str]:
        """The span above, the number of burns since launch below."""
        days = SPANS_DAYS[self.span_index]
        years = days // 365
        span = ngettext("{count} year", "{count} years", years).format(count=years)
        if not years:
            span = ngettext("{count} day", "{count} days", days).format(count=days)
        return _("⁶mean altitude (km), {span}").format(span=span), _summary(frame)

    def draw(self, frame: Frame, width: int, height: int) -> list[Line]:
        """The curve with labelled raises; the instant is the right edge."""
        if frame.altitude is None:
            return [(Run(_("loading the element history"), "dim"),)]
        report = frame.altitude.at(frame.unix_s)
        first_s = report.points[0].unix_s if len(report.points) else frame.unix_s
        start_s = max(frame.unix_s - SPANS_DAYS[self.span_index] * DAY_S, first_s)
        self._span_s = start_s, frame.unix_s
        points = [(p.unix_s, p.mean_altitude_km) for p in report.points if start_s <= p.unix_s]
        if len(points) < 2:
            return [(Run(_("no element sets in this span"), "dim"),)]
        if height < _LEAST_ROWS:
            return [(Run(f"{points[-1][1]:.1f} km", "value"),)]
        columns = max(width - _SCALE_COLUMNS, 4)
        heights = [km for _unix_s, km in points]
        low, high = min(heights) - 1.0, max(heights) + 1.5
        chart = Chart(columns, height - 1, (start_s, frame.unix_s), (low, high))
        draw_altitude(chart, points, report.burns)
        for burn in sorted(report.burns, key=lambda burn: -burn.size_km):  # where labels meet, the larger raise has one
            middle_s = (burn.after_unix_s + burn.before_unix_s) / 2.0 if burn.unix_s is None else burn.unix_s
            if middle_s >= start_s and burn.size_km >= 1.0:
                top = next((km for t, km in points if t >= burn.before_unix_s), low)
                column, row = chart.cell_of(middle_s, top)
                chart.label(column - 1, max(row - 1, 0), f"{burn.size_km:+.0f}", "good")
        lines = chart.scaled_lines({0: f"{high:.0f}", height - 2: f"{low:.0f}"}, _SCALE_COLUMNS)
        left, right = dates.day(to_datetime(start_s)), dates.day(to_datetime(frame.unix_s))
        gap = " " * max(width - _SCALE_COLUMNS - cells(left) - cells(right), 1)
        return [*lines, (Run(" " * _SCALE_COLUMNS + left + gap + right, "dim"),)]


def _summary(frame: Frame) -> str:
    if frame.altitude is None:
        return ""
    report = frame.altitude.at(frame.unix_s)
    if frame.status.object.is_station:
        since = _("{counts} since 2021").format(counts=burns.counts(report.burns))
        return f"{since}{burns.around(report.undated)}"
    if len(report.points) < 2:
        return ""
    return _("{counts} in the element sets").format(counts=burns.counts(report.burns))


class AltitudeFacts(Panel, can_focus=True):
    """Mean altitude, decay rate and days to the lower edge of the band, with uncertainties; below them the burns."""

    BORDER_TITLE = N_("decay and burns")

    _without_room = 0  # burns

    def title(self, frame: Frame) -> tuple[str, str]:
        """What it shows, and how many burns found no room."""
        more = _("{count} more: tiangong burns").format(count=self._without_room) if self._without_room else ""
        return _(self.BORDER_TITLE), more

    def draw(self, frame: Frame, width: int, height: int) -> list[Line]:
        """Figures first, then the burns, latest first."""
        if frame.altitude is None:
            return [(Run(_("loading the element history"), "dim"),)]
        if frame.status.problem:
            return wrap(frame.status.problem, width, "alarm")
        report = frame.altitude.at(frame.unix_s)
        provenance = frame.status.provenance
        mean, perigee, apogee = (
            quantities.altitude_number(km, provenance)
            for km in (report.mean_altitude_km, report.perigee_km, report.apogee_km)
        )
        found_any = report.burns or report.undated
        heading = _("burns found in the element sets:") if found_any else _("no burn found in the element sets")
        lines: list[Line] = [
            (
                Run(_("mean altitude") + " ", "dim"),
                Run(f"{mean} km", "value"),
                Run(f" {quantities.altitude_error(provenance)}", "dim"),
            ),
            (
                Run(_("perigee, apogee") + " ", "dim"),
                Run(f"{perigee}, {apogee} km"),
            ),
            _decay(report),
            _floor(report, width),
            (Run(heading, "dim"),),
        ]
        columns, room = max(width // _BURN_CELLS, 1), height - len(lines)
        found = _burns(report, width // columns)
        self._without_room = max(len(found) - columns * max(room, 0), 0)
        return [*lines, *side_by_side(found, columns, width, room)]


def _burns(report: AltitudeReport, width: int) -> list[Line]:
    """Burns that are not dated first, then the others, latest first; each as a link to its instant."""
    found = [*report.undated, *report.burns]
    room = max([_DATE_CELLS, *(cells(burns.date(burn)) for burn in found)])
    lines: list[Line] = []
    for burn in report.undated:
        word, style = (_("possible"), "dim") if burn.confidence == "possible" else (_("not dated"), "caution")
        lines.append((Run(pad(burns.date(burn), room)), Run(f" {word}", style)))
    for burn in reversed(report.burns):
        style = "good" if burn.kind == "raise" else "caution"
        head = (Run(pad(burns.date(burn), room)), Run(f" {burns.size(burn):>8}", style))
        speed = Run(f"  {burn.delta_v_m_s:.1f} m/s", "dim")
        possible = Run("  " + _("possible"), "dim") if burn.confidence == "possible" else Run("")
        line = choose(width, (*head, speed, possible), (*head, speed), head)
        begin_s = burn.after_unix_s if burn.unix_s is None else burn.unix_s
        lines.append(linked(line, f"app.seek({begin_s!r})"))
    return lines


def side_by_side(lines: list[Line], columns: int, width: int, height: int) -> list[Line]:
    """Lines in columns of a height, which are read one after the other, as many of them as fit."""
    height = min(height, -(-len(lines) // columns))
    stacks = [lines[column * height : (column + 1) * height] for column in range(columns)]
    blank: Line = ()
    return [
        tuple(run for stack in stacks for run in fit(stack[row] if row < len(stack) else blank, width // columns))
        for row in range(max(height, 0))
    ]


def _decay(report: AltitudeReport) -> Line:
    if report.decay is None:
        return (Run(_("decay") + " ", "dim"), Run(quantities.unknown_decay(report)))
    off = report.decay.uncertainty_km_day
    return (
        Run(_("decay") + " ", "dim"),
        Run(_("{change:+.3f} km a day").format(change=report.decay.km_day), "value"),
        Run(" " + _("error not known") if off is None else f" ±{off:.3f}", "dim"),
    )


def _floor(report: AltitudeReport, width: int) -> Line:
    if report.floor_km is None:
        return ()
    if report.decay is None:
        return (Run(_("days to {floor:.0f} km not known").format(floor=report.floor_km), "dim"),)
    if report.to_floor is None:
        below = _("below the band's floor of {floor:.0f} km").format(floor=report.floor_km)
        return (Run(below if report.mean_altitude_km <= report.floor_km else _("not decaying"), "dim"),)
    left = report.to_floor
    days = Run(_("{days:.0f} days").format(days=left.days), "value")
    long = Run(_("to {floor:.0f} km without a raise").format(floor=report.floor_km) + " ", "dim")
    short = _("to {floor:.0f} km").format(floor=report.floor_km) + " "
    span = _("(90 %: {low:.0f}–{high:.0f}, as the Sun will)").format(low=left.low_days, high=left.high_days)
    bare_span = Run(f" ({left.low_days:.0f}–{left.high_days:.0f})", "dim")
    return choose(
        width,
        (long, days, Run(f" {span}", "dim")),
        (long, days, bare_span),
        (Run(short, "dim"), days, bare_span),
        (Run(short), days),
    )
