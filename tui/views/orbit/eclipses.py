"""Coming eclipses of the station, and the beta angle over the next 60 days."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec

from sim.constants import DAY_S
from sim.errors import OrbitError
from sim.language import N_, _, dates, pgettext
from sim.orbit.plane import beta_at
from sim.orbit.uncertainty import expected_error
from sim.time import to_datetime
from tui.drawing.chart import Chart
from tui.drawing.memo import Identity, Memo
from tui.drawing.styled_text import Line, Run, linked, pad, spread, width, wrap
from tui.widgets.panel import Panel
from tui.wording import quantities

if TYPE_CHECKING:
    from collections.abc import Sized

    from sim.eclipses import Eclipse
    from sim.orbit.propagation import Orbit
    from tui.session.frame import Frame

BETA_DAYS = 60
LARGEST_BETA_DEG = 66.0
"""Inclination and obliquity together, with room for a label."""

_LEAST_ROWS_WITH_DAYS = 6
_LABEL_COLUMNS = 4
_WIDE_COLUMNS = 80
_CLOCK_CELLS = 10
_LENGTH_CELLS = 20


class Eclipses(Panel, can_focus=True):
    """When the station enters and leaves the Earth's shadow in the next 24 hours, or the penumbra alone."""

    BORDER_TITLE = N_("eclipses ahead")

    def title(self, frame: Frame) -> tuple[str, str]:
        """Whether times are local or UTC."""
        return _("eclipses ahead, UTC") if frame.utc else _("eclipses ahead, local time"), ""

    def draw(self, frame: Frame, width: int, height: int) -> list[Line]:
        """One line a revolution."""
        is_known = frame.status.known_position is not None
        if is_known and frame.eclipses is None:
            return [(Run(_("computing"), "dim"),)]
        coming = [e for e in frame.eclipses or () if e.leave > frame.unix_s]
        if is_known and not coming and frame.coverage:
            return wrap(frame.coverage, width, "caution")
        if is_known and not coming:
            return [(Run(_("no eclipse in the next 24 hours: the orbit is in full sunlight"), "good"),)]
        timed = [e for e in coming if expected_error(frame.orbit, e.enter).position_known]
        if not is_known or not timed:
            unknown = _("Unknown: eclipse times depend on the position along the orbit.")
            return wrap(unknown, width, "caution")
        is_wide = width >= _WIDE_COLUMNS
        rows = [_row(frame, eclipse, with_contacts=is_wide) for eclipse in timed]
        return [(Run(_heading(with_contacts=is_wide), "dim"),), *rows, *untimed_line(coming, timed)]


def untimed_line(coming: Sized, timed: Sized) -> list[Line]:
    """That others come, of which nobody knows when: the place along the orbit is not known by then."""
    return [(Run(_("others come at times not known"), "caution"),)] if len(timed) < len(coming) else []


def _heading(*, with_contacts: bool) -> str:
    """The names of the columns of `_row`."""
    clocks = "".join(pad(name, _CLOCK_CELLS) for name in (_("enters"), _("leaves")))
    if not with_contacts:
        return clocks + _("in shadow")
    contacts = (
        pgettext("heading of the time it is entered", "penumbra"),
        pgettext("heading of the time it is entered", "umbra"),
        pgettext("heading of the time the umbra is left", "to"),
    )
    last = pgettext("heading of the time it is left", "penumbra to")
    return clocks + pad(_("in shadow"), _LENGTH_CELLS) + "".join(pad(name, _CLOCK_CELLS) for name in contacts) + last


def _row(frame: Frame, eclipse: Eclipse, *, with_contacts: bool) -> Line:
    """When the Sun's centre goes and comes; where there is room all contacts."""
    pattern = quantities.clock_pattern(expected_error(frame.orbit, eclipse.enter))

    def clock(unix_s: float | None) -> str:
        shown = "" if unix_s is None else frame.clock_time(unix_s, pattern)
        return pad(shown, _CLOCK_CELLS)

    is_inside = eclipse.enter <= frame.unix_s
    minutes = eclipse.duration_s / 60.0
    told = _("penumbra {minutes:.0f} min") if eclipse.penumbra_only else _("{minutes:5.1f} min")
    length = told.format(minutes=minutes)
    row = (Run(clock(eclipse.enter) + clock(eclipse.leave), "mark" if is_inside else ""), Run(length, "dim"))
    go = f"app.seek({eclipse.enter!r})"
    if not with_contacts:
        return linked(row, go)
    contacts = (eclipse.penumbra_enter, eclipse.umbra_enter, eclipse.umbra_leave, eclipse.penumbra_leave)
    gap = " " * (_LENGTH_CELLS - width(length))
    return linked((*row, Run(gap + "".join(map(clock, contacts)), "dim")), go)


class Beta(Panel, can_focus=True):
    """The angle between the Sun and the orbital plane over 60 days; eclipses are shortest where it is largest.

    It needs the plane alone, which is known for months longer than the place in it: from there on it is dotted.
    """

    BORDER_TITLE = N_("beta angle (°), 60 days")

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._curves = Memo[list[_Stretch]]()

    def title(self, frame: Frame) -> tuple[str, str]:
        """Below, what dots mean, if there are any."""
        dotted = any(not stretch.is_placed for stretch in self._stretches(frame))
        return _(self.BORDER_TITLE), _("dotted: by the plane alone") if dotted else ""

    def draw(self, frame: Frame, width: int, height: int) -> list[Line]:
        """The curve, a faint line at zero, and the days below where there is room."""
        if height < 3:
            angle = quantities.beta(frame.status)
            return [(Run(_("beta {angle}").format(angle=angle) if angle else _("beta unknown")),)]
        stretches = self._stretches(frame)
        if not stretches:
            unknown = _("Unknown: the elements are too far away even for the plane of the orbit.")
            return wrap(frame.coverage or unknown, width, "caution")
        day = _day(frame)
        columns, end = max(width - _LABEL_COLUMNS, 4), day + BETA_DAYS * DAY_S
        rows = height - 1 if height >= _LEAST_ROWS_WITH_DAYS else height
        chart = Chart(columns, rows, (day, end), (-LARGEST_BETA_DEG, LARGEST_BETA_DEG))
        chart.curve([(day, 0.0), (end, 0.0)], "faint", dotted=True)
        for stretch in stretches:
            chart.curve(stretch.points, "bar-alt", dotted=not stretch.is_placed)
        _mark_instant(chart, stretches, frame.unix_s)
        lines = chart.scaled_lines({0: "+66°", rows - 1: "-66°", rows // 2: "  0°"}, _LABEL_COLUMNS)
        if rows < height:
            first, last = (dates.day_of_year(to_datetime(unix_s)) for unix_s in (day, end))
            ends = spread((Run(first, "dim"),), (Run(last, "dim"),), columns)
            lines.append((Run(" " * _LABEL_COLUMNS), *ends))
        return lines

    def _stretches(self, frame: Frame) -> list[_Stretch]:
        day = _day(frame)
        return self._curves.get((Identity(frame.orbit), day), lambda: _known_beta(frame.orbit, day))


def _day(frame: Frame) -> float:
    """The beginning of the day, where the curve begins."""
    return frame.unix_s // DAY_S * DAY_S


def _mark_instant(chart: Chart, stretches: list[_Stretch], unix_s: float) -> None:
    """Mark the instant on the curve, with its angle, if it is known then."""
    for stretch in stretches:
        for (before_s, before_deg), (after_s, after_deg) in pairwise(stretch.points):
            if before_s <= unix_s < after_s:
                beta_deg = before_deg + (after_deg - before_deg) * (unix_s - before_s) / (after_s - before_s)
                column, row = chart.cell_of(unix_s, beta_deg)
                chart.mark(unix_s, beta_deg, "●", "mark")
                chart.label(column + 2, row, f"{beta_deg:+.0f}°", "value")
                return


class _Stretch(msgspec.Struct, frozen=True):
    """Days in turn on which beta is known.

    Attributes:
        points: Instant and beta angle (deg), one a day; two or more.
        is_placed: Whether the place in the plane is known as well.
    """

    points: list[tuple[float, float]]
    is_placed: bool


def _known_beta(orbit: Orbit, from_unix_s: float) -> list[_Stretch]:
    """Beta for `BETA_DAYS` days; a stretch begins where the one before ends, so that the curve has no gap."""
    stretches: list[_Stretch] = []
    for number in range(BETA_DAYS + 1):
        unix_s = from_unix_s + number * DAY_S
        error = expected_error(orbit, unix_s)
        try:
            beta_deg = beta_at(orbit, unix_s, error).beta_deg
        except OrbitError:  # too slow or too eccentric for a plane that is carried on
            beta_deg = math.nan
        if math.isnan(beta_deg):
            stretches.append(_Stretch([], is_placed=error.position_known))
            continue
        if not stretches or stretches[-1].is_placed != error.position_known:
            last = stretches[-1].points[-1:] if stretches else []
            stretches.append(_Stretch(last, is_placed=error.position_known))
        stretches[-1].points.append((unix_s, beta_deg))
    return [stretch for stretch in stretches if len(stretch.points) > 1]
