"""The mean altitude along the axis of the timeline: it decays, and is raised before ships come."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from sim.language import _
from tui.drawing.chart import Chart
from tui.widgets.altitude_curve import draw_altitude

if TYPE_CHECKING:
    from tui.drawing.styled_text import Line
    from tui.drawing.time_axis import Axis
    from tui.session.frame import Frame


def altitude_lines(frame: Frame, axis: Axis, label: int, rows: int) -> list[Line]:
    """The curve up to the instant over the span of an axis, with its scale in the column of labels.

    Empty while the element history is not there, or where too little of it lies in the span.
    """
    if frame.altitude is None or not frame.status.object.is_station:
        return []
    report = frame.altitude.at(frame.unix_s)
    instants = [point.unix_s for point in report.points]
    first, last = bisect_left(instants, axis.start_s), bisect_right(instants, axis.start_s + axis.span_s)
    points = [(point.unix_s, point.mean_altitude_km) for point in report.points[first:last]]
    if len(points) < 2:
        return []
    heights = [km for _unix_s, km in points]
    low, high = min(heights) - 1.0, max(heights) + 1.0
    chart = Chart(axis.columns, rows, (axis.start_s, axis.start_s + axis.span_s), (low, high))
    draw_altitude(chart, points, report.burns)
    now = axis.column(frame.unix_s)
    for row in range(rows):
        chart.text(now, row, "│", "mark")
    return chart.scaled_lines({0: f"{high:.0f} km", rows // 2: _("mean altitude"), rows - 1: f"{low:.0f} km"}, label)
