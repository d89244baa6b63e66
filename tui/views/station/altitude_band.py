"""Height over this revolution inside the station's altitude band, and the mean altitude of the last months."""

from __future__ import annotations

import math
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from sim.constants import BAND_CEILING_KM, BAND_FLOOR_KM, DAY_S, HOUR_S, MINUTE_S
from sim.language import N_, _, dates
from sim.time import to_datetime
from tui.drawing.canvas import BRAILLE
from tui.drawing.memo import Identity
from tui.drawing.styled_text import Line, Run, choose, fit, line_width, wrap
from tui.drawing.styled_text import width as cells
from tui.widgets.panel import PanelContent
from tui.wording import quantities

if TYPE_CHECKING:
    from sim.orbit.altitude import AltitudeHistory, AltitudeReport
    from tui.drawing.chart import Chart
    from tui.session.frame import Frame, TrackPoint

    Track = tuple[TrackPoint, ...]

TREND_DAYS = 180
_BOTH_FROM_COLUMNS = 84
_SCALE_COLUMNS = 4
STEADY_S = 1.0
_UNKNOWN = N_("height of the instant unknown")

CURVE_STEP_S = 5.0
"""The curve moves by a dot in 20 s and more; it is looked at so often."""


class AltitudeBand(PanelContent):
    """The band, the present height, perigee and apogee, and recent raises and decay."""

    BORDER_TITLE = N_("⁶altitude band")
    opens = "orbit"

    def __init__(self) -> None:
        self._half_s = 0.0

    def title(self, frame: Frame) -> tuple[str, str]:
        """The band above; lowest and highest height of this revolution below."""
        low, high = _extremes(frame)
        lower = _("this revolution {low:.0f}–{high:.0f} km above WGS84").format(low=low, high=high) if low else ""
        if not frame.status.error.position_known:
            lower = _(_UNKNOWN)
        if not frame.status.object.is_station:
            return _("⁶altitude"), lower
        upper = _("⁶altitude band {floor:.0f}–{ceiling:.0f} km").format(floor=BAND_FLOOR_KM, ceiling=BAND_CEILING_KM)
        return upper, lower

    def cache_key(self, frame: Frame) -> object:
        """The tracks and the history, the instant in steps, and every figure as it is written."""
        status = frame.status
        return (
            (Identity(frame.past), Identity(frame.future), Identity(frame.altitude), frame.unix_s // CURVE_STEP_S),
            (status.problem, status.error.position_known, status.object.is_station),
            None if status.position is None else f"{status.position.height_km:.1f}",
            _mean_altitude(frame),
            decay_text(frame),
        )

    def draw(self, frame: Frame, width: int, height: int) -> list[Line]:
        """Trend and revolution side by side; one line where the height is 1.

        Narrow panels show the revolution alone, or the trend where the height of the instant is unknown.
        """
        if frame.status.position is None:
            return [*wrap(frame.status.problem, width, "alarm"), *([()] * height)][:height]
        if height == 1:
            return [_strip(frame, width)]
        if width < _BOTH_FROM_COLUMNS and not frame.status.error.position_known:
            return _trend(frame, width, height)
        if width < _BOTH_FROM_COLUMNS:
            return _revolution(frame, width, height, self._half_revolution_s(frame))
        left = _trend(frame, width // 2 - 1, height)
        right = _revolution(frame, width - width // 2 - 1, height, self._half_revolution_s(frame))
        return [(*fit(a, width // 2 - 1), Run("  "), *b) for a, b in zip(left, right, strict=True)]

    def _half_revolution_s(self, frame: Frame) -> float:
        """Half of the period, kept while it differs by less than a second.

        It changes with every frame by a few microseconds, and no curve would ever be kept.
        """
        half_s = frame.status.orbit.period_min * 30.0
        if abs(half_s - self._half_s) > STEADY_S:
            self._half_s = half_s
        return self._half_s


def altitude_now(frame: Frame) -> AltitudeReport | None:
    """Mean altitude and decay at the instant, the same in every view; `None` until the history is loaded."""
    return None if frame.altitude is None else _report_of(frame.altitude, frame.unix_s)


@lru_cache(maxsize=1)
def _report_of(history: AltitudeHistory, unix_s: float) -> AltitudeReport:
    return history.at(unix_s)


def _mean_altitude(frame: Frame) -> str:
    """The mean altitude at the instant; empty until the history is loaded."""
    report = altitude_now(frame)
    return "" if report is None else quantities.altitude(report.mean_altitude_km, frame.status.provenance)


def decay_text(frame: Frame) -> str:
    """Rate of change of the mean altitude; empty where it is unknown."""
    report = altitude_now(frame)
    if report is None or report.decay is None:
        return ""
    return _("{change:+.2f} km a day").format(change=report.decay.km_day)


def _extremes(frame: Frame) -> tuple[float, float]:
    """Lowest and highest height (km) of this revolution; zeros while the position is unknown."""
    if not frame.status.error.position_known:
        return 0.0, 0.0
    half_s = frame.status.orbit.period_min * 30.0
    return _extremes_of(Identity(frame.past), Identity(frame.future), frame.unix_s // MINUTE_S * MINUTE_S, half_s)


@lru_cache(maxsize=2)
def _extremes_of(past: Identity[Track], future: Identity[Track], middle_s: float, half_s: float) -> tuple[float, float]:
    heights = [p.height_km for p in (*past.value, *future.value) if abs(p.unix_s - middle_s) <= half_s]
    return (min(heights), max(heights)) if heights else (0.0, 0.0)


def _limits(frame: Frame) -> tuple[float, float]:
    """Ends of the scale (km): the band the station is built for; for another object a little more than it covers."""
    if frame.status.object.is_station:
        return BAND_FLOOR_KM, BAND_CEILING_KM
    low, high = _extremes(frame)
    margin = max(0.1 * (high - low), 5.0)
    return math.floor(low - margin), math.ceil(high + margin)


def _scaled(chart: Chart, low: float, high: float) -> list[Line]:
    """The chart with its upper and lower limit at the left."""
    return chart.scaled_lines({chart.rows - 1: f"{low:.0f}", 0: f"{high:.0f}"}, _SCALE_COLUMNS)


def _revolution(frame: Frame, width: int, height: int, half_s: float) -> list[Line]:
    """Height against time for half a revolution (s) each way, and the height of the instant in the middle."""
    if not frame.status.error.position_known:
        reason = _("The height is unknown: it varies along the orbit, and the position along the orbit is unknown.")
        return [*wrap(reason, width, "dim"), *([()] * height)][:height]
    columns, limits = max(width - _SCALE_COLUMNS, 1), _limits(frame)
    # Rounded to whole dots, so that the curve is drawn anew only when it moves by a dot.
    dot_s = 2.0 * half_s / (columns * BRAILLE.across)
    middle_s = round(frame.unix_s / dot_s) * dot_s
    chart = _heights(
        Identity(frame.past), Identity(frame.future), middle_s, half_s, columns, height - 1, limits
    ).without_texts()
    if frame.status.position is not None:
        here = frame.status.position.height_km
        chart.mark(0.0, here, "●", "mark")
        column, row = chart.cell_of(0.0, here)
        chart.text(column + 2, max(row - 1, 0), f"{here:.1f} km", "value")
    return [*_scaled(chart, *limits), _revolution_caption(width)]


def _revolution_caption(width: int) -> Line:
    """The span below the curve: half a revolution each way, about 46 minutes."""
    begin, middle, end = "km  " + _("-46 min"), _("this revolution"), _("+46 min")
    room = width - 4 - cells(begin) - cells(end) - (cells(middle) - len(middle))
    return choose(
        width,
        (Run(begin, "dim"), Run(middle.center(max(room, 0)), "dim"), Run(end, "dim")),
        (Run(f"km  {middle}", "dim"),),
    )


@lru_cache(maxsize=2)
def _heights(
    past: Identity[Track],
    future: Identity[Track],
    middle_s: float,
    half_s: float,
    columns: int,
    rows: int,
    limits_km: tuple[float, float],
) -> Chart:
    """The edges of the band and the height for half a revolution each way, bright where the station is sunlit."""
    from tui.drawing.chart import Chart  # while the position is not known, there is no curve

    chart = Chart(columns, rows, (-half_s, half_s), limits_km)
    for edge_km in limits_km:
        chart.curve([(-half_s, edge_km), (half_s, edge_km)], "dim", dotted=True)
    near = [p for p in (*past.value, *future.value) if abs(p.unix_s - middle_s) <= half_s]
    drawn: list[TrackPoint] = []
    for sunlit, points in groupby(near, key=lambda point: point.sunlit):
        drawn = [*drawn[-1:], *points]
        chart.curve([(p.unix_s - middle_s, p.height_km) for p in drawn], "bar" if sunlit else "night")
    return chart


def _trend(frame: Frame, width: int, height: int) -> list[Line]:
    """Mean altitude of the last `TREND_DAYS` days from the element sets; steps up are raises."""
    altitude = frame.altitude
    curve = () if altitude is None else _trend_curve(altitude, frame.unix_s // HOUR_S * HOUR_S, width, height - 1)
    if altitude is None or not curve:
        reason = _("no element sets in {days} days").format(days=TREND_DAYS)
        if altitude is None:
            reason = _("loading the element history")
        return [(Run(reason, "dim"),), *([()] * (height - 1))]
    start_s = _trend_start_s(altitude, frame.unix_s)
    mean, decay = _mean_altitude(frame), decay_text(frame)
    caption = choose(
        width,
        (
            Run(f"km  {dates.month(to_datetime(start_s))}", "dim"),
            Run("  " + _("mean altitude {height}").format(height=mean) + f"  {decay}", ""),
        ),
        (Run("    " + _("mean {height}").format(height=mean) + f"  {decay}"),),
    )
    return [*curve, caption]


def _trend_start_s(altitude: AltitudeHistory, end_s: float) -> float:
    """Left edge of the trend: `TREND_DAYS` back, but not before the first element set."""
    first_s = altitude.points[0].unix_s if len(altitude.points) else end_s
    return max(end_s - TREND_DAYS * DAY_S, min(first_s, end_s - DAY_S))


@lru_cache(maxsize=4)
def _trend_curve(altitude: AltitudeHistory, end_s: float, width: int, rows: int) -> tuple[Line, ...]:
    """The curve up to a full hour with its scale; no lines where there are no data."""
    start_s = _trend_start_s(altitude, end_s)
    points = [(p.unix_s, p.mean_altitude_km) for p in altitude.points if start_s <= p.unix_s <= end_s]
    if len(points) < 2:
        return ()
    low = min(km for _unix_s, km in points) - 1.0
    high = max(km for _unix_s, km in points) + 1.0
    from tui.drawing.chart import Chart
    from tui.widgets.altitude_curve import draw_altitude

    chart = Chart(width - _SCALE_COLUMNS, rows, (start_s, end_s), (low, high))
    draw_altitude(chart, points, altitude.burns)
    return tuple(_scaled(chart, low, high))


def _strip(frame: Frame, width: int) -> Line:
    position, is_station = frame.status.position, frame.status.object.is_station
    caption = Run((_("⁶band") if is_station else _("⁶height")) + "  ", "dim")
    if not frame.status.error.position_known:
        limits = f"{BAND_FLOOR_KM:.0f}–{BAND_CEILING_KM:.0f} km  " if is_station else ""
        return fit((caption, Run(limits, "dim"), Run(_(_UNKNOWN)), Run(f"  {decay_text(frame)}", "dim")), width)
    floor_km, ceiling_km = _limits(frame)
    head = (caption, Run(f"{floor_km:.0f} ", "dim"))
    low, high = _extremes(frame)
    tail = (
        Run(f" {ceiling_km:.0f} km", "dim"),
        Run(f"  {low:.0f}–{high:.0f}" if low else ""),
        Run(f"  {decay_text(frame)}", "dim"),
    )
    room = width - line_width(head) - line_width(tail)
    if room < 8 or position is None:
        return fit((*head, *tail), width)
    share = (position.height_km - floor_km) / (ceiling_km - floor_km)
    at = min(max(round(share * (room - 3)), 0), room - 3)
    return (*head, Run("├" + "─" * at, "bar"), Run("●", "mark"), Run("─" * (room - 3 - at) + "┤", "bar"), *tail)
