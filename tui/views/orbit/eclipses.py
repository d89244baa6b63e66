"""Coming eclipses of the station, and the beta angle over the next 60 days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.astro.sun import beta_angle_deg
from sim.constants import DAY_S
from sim.errors import OrbitError
from sim.language import N_, _, pgettext
from sim.orbit.uncertainty import expected_error
from tui.drawing.chart import Chart
from tui.drawing.memo import Identity, Memo
from tui.drawing.styled_text import Line, Run, linked, pad, width, wrap
from tui.widgets.panel import Panel
from tui.wording import quantities

if TYPE_CHECKING:
    from sim.eclipses import Eclipse
    from sim.orbit.propagation import Orbit
    from tui.session.frame import Frame

BETA_DAYS = 60
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
        if frame.status.position is None or not frame.status.error.position_known:
            unknown = _("Unknown: eclipse times depend on the position along the orbit.")
            return wrap(unknown, width, "caution")
        if frame.eclipses is None:
            return [(Run(_("computing"), "dim"),)]
        coming = [e for e in frame.eclipses if e.leave > frame.unix_s]
        if not coming:
            return [(Run(_("no eclipse in the next 24 hours: the orbit is in full sunlight"), "good"),)]
        is_wide = width >= _WIDE_COLUMNS
        lines: list[Line] = [(Run(_heading(with_contacts=is_wide), "dim"),)]
        lines += [_row(frame, eclipse, with_contacts=is_wide) for eclipse in coming[: max(height - 1, 0)]]
        return lines


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
        shown = "" if unix_s is None else quantities.clock_time(unix_s, frame.place, utc=frame.utc, pattern=pattern)
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
    """The angle between the Sun and the orbital plane over 60 days; eclipses are shortest where it is largest."""

    BORDER_TITLE = N_("beta angle (°), 60 days")

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._curves = Memo[list[list[tuple[float, float]]]]()

    def draw(self, frame: Frame, width: int, height: int) -> list[Line]:
        """The curve, and a dotted line at zero."""
        if height < 3:
            known = frame.status.position is not None and frame.status.error.position_known
            beta = _("beta {degrees:+.1f}°").format(degrees=frame.status.orbit.beta_deg)
            return [(Run(beta if known else _("beta unknown")),)]
        day = frame.unix_s // DAY_S * DAY_S
        curves = self._curves.get((Identity(frame.orbit), day), lambda: _known_beta(frame.orbit, day))
        if not curves:
            unknown = _("Unknown: it is not given where the position along the orbit is unknown.")
            return wrap(unknown, width, "caution")
        columns, end = max(width - _LABEL_COLUMNS, 4), day + BETA_DAYS * DAY_S
        chart = Chart(columns, height, (day, end), (-66.0, 66.0))
        chart.curve([(day, 0.0), (end, 0.0)], "dim", dotted=True)
        for points in curves:
            chart.curve(points, "bar-alt")
        lines: list[Line] = []
        for row, line in enumerate(chart.lines()):
            label = {0: "+66°", height - 1: "-66°", height // 2: "  0°"}.get(row, "")
            lines.append((Run(pad(label, _LABEL_COLUMNS), "dim"), *line))
        return lines


def _known_beta(orbit: Orbit, from_unix_s: float) -> list[list[tuple[float, float]]]:
    """Instant and beta angle (deg), one a day for `BETA_DAYS` days, in runs.

    Each run is a stretch of two days or more on which the position is known.
    """
    runs: list[list[tuple[float, float]]] = [[]]
    for number in range(BETA_DAYS + 1):
        unix_s = from_unix_s + number * DAY_S
        try:
            state = orbit.state(unix_s)
        except OrbitError:
            runs.append([])
            continue
        if not expected_error(orbit, unix_s).position_known:
            runs.append([])
            continue
        runs[-1].append((unix_s, beta_angle_deg(unix_s, state.position_teme_km, state.velocity_teme_km_s)))
    return [run for run in runs if len(run) > 1]
