"""The passes of the coming days in a table: times, directions, brightness, light and grade."""

from __future__ import annotations

from datetime import UTC, date
from typing import TYPE_CHECKING, Any

import msgspec

from sim.language import N_, _, dates
from sim.language.lists import comma_list
from sim.time import to_datetime
from tui.drawing.memo import Identity
from tui.drawing.styled_text import Line, Run
from tui.drawing.styled_text import width as cells
from tui.session.session import SAME_PASS_S
from tui.views.passes.guide import guide_lines
from tui.widgets.table import Column, Table
from tui.wording import durations, quantities
from tui.wording import passes as pass_text

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from sim.passes.model import Moment, Pass
    from tui.config.last_screens import TableChoice
    from tui.session.frame import Frame

ELEVATIONS_DEG = (0.0, 5.0, 10.0, 15.0, 20.0, 30.0, 40.0, 50.0, 60.0)
"""Minimum peak elevations that the `+` and `-` keys step through."""

GUIDE_HINT = N_("↑ ↓ and Enter, or a click")
"""While there are links in place of passes."""

_COLUMNS = (
    Column("rise", N_("date and rise")),
    Column("peak", N_("peak"), drop=6, sortable=False),
    Column("set", N_("set"), drop=5, sortable=False),
    Column("path", N_("from at to"), drop=1, sortable=False),
    Column("high", N_("high"), right=True, descending=True),
    Column("long", N_("long"), right=True, drop=7, descending=True),
    Column("mag", N_("~mag"), right=True, drop=2),
    Column("grade", "★", descending=True),
    Column("alarm", "!", sortable=False),
    Column("off", "± (90 %)", right=True, drop=3, sortable=False),
    Column("light", N_("light"), drop=8, sortable=False),
    Column("reason", N_("why"), drop=9, minimum=12, sortable=False, stretch=True),
)


_WIDEST_DAY = date(2028, 12, 30)
"""A day whose name takes as much room as any of the coming ten."""


def has_alarm(pass_: Pass, rises: Sequence[float]) -> bool:
    """Whether one of the rises (`unix_s`) is that of a pass; newer elements may have moved it."""
    return any(abs(pass_.rise.unix_s - rise) < SAME_PASS_S for rise in rises)


class PassTable(Table["Pass"]):
    """All passes of the next ten days that match the chosen filters.

    Attributes:
        visible_only: Only those that can be seen.
        least_grade: Only those of this grade or better.
        least_elevation_deg: Only those that climb this high; 0 for all in the list, which rise and set at the least
            elevation of the settings.
    """

    BORDER_TITLE = N_("⁵passes")
    columns = _COLUMNS
    first_sort = ""
    empty_text = N_("no pass matches")
    hint = N_("Enter watches · ! alarm · v visible · * grade · + - height · a sort · / filter")

    visible_only = False
    least_grade = 0
    least_elevation_deg = 0.0

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._trusts: dict[float, pass_text.Trust] = {}

    # ── filters ───────────────────────────────────────────────────────────────────────────────

    def toggle_visible(self) -> None:
        self.visible_only = not self.visible_only
        self.redraw()

    def next_grade(self) -> None:
        """Raise the minimum grade by one star; after three stars show all again."""
        self.least_grade = (self.least_grade + 1) % 4
        self.redraw()

    def step_elevation(self, step: int) -> None:
        """Raise (1), lower (-1) or remove (0) the minimum peak elevation."""
        if step == 0:
            self.least_elevation_deg = 0.0
        else:
            floor_deg = self.newest.least_elevation_deg if self.newest is not None else 0.0
            steps = [0.0, *(value for value in ELEVATIONS_DEG if value > floor_deg)]
            here = max(k for k, value in enumerate(steps) if value <= self.least_elevation_deg)
            self.least_elevation_deg = steps[min(max(here + step, 0), len(steps) - 1)]
        self.redraw()

    @property
    def choice(self) -> TableChoice:
        """The filters for visibility, grade and height too."""
        found = {
            "visible_only": self.visible_only,
            "least_grade": self.least_grade,
            "least_elevation_deg": self.least_elevation_deg,
        }
        return msgspec.structs.replace(super().choice, **found)

    def recall(self, choice: TableChoice) -> None:
        """The filters for visibility, grade and height too."""
        super().recall(choice)
        if choice.visible_only is not None:
            self.visible_only = choice.visible_only
        self.least_grade, self.least_elevation_deg = choice.least_grade, choice.least_elevation_deg

    def filter_summary(self) -> str:
        """The filters in words; empty where all passes are shown."""
        parts = [_("only visible ones")] if self.visible_only else []
        if self.least_grade:
            told = _("only {stars} and better") if self.least_grade < 3 else _("only {stars}")
            parts.append(told.format(stars="★" * self.least_grade))
        if self.least_elevation_deg:
            parts.append(_("only {degrees:.0f}° and higher").format(degrees=self.least_elevation_deg))
        return comma_list(parts)

    def uncover(self, key: str) -> None:
        """Show all passes if the filters hide the one that has this key."""
        if self._hides(self.newest.passes if self.newest is not None else None, key):
            self.show_all()
            self.redraw()

    def _hides(self, passes: Sequence[Pass] | None, key: str) -> bool:
        """Whether the filters hide the pass that has this key."""
        return any(self.row_key(pass_) == key and not self.matches(pass_) for pass_ in passes or ())

    def show_all(self) -> None:
        """Remove the filters for visibility, grade and elevation."""
        self.visible_only, self.least_grade, self.least_elevation_deg = False, 0, 0.0

    def matches(self, pass_: Pass) -> bool:
        """Whether a pass passes the filters for visibility, grade and elevation."""
        return (
            (pass_.visible or not self.visible_only)
            and pass_.grade >= self.least_grade
            and pass_.peak.elevation_deg >= self.least_elevation_deg
        )

    # ── rows ──────────────────────────────────────────────────────────────────────────────────

    def rows(self, frame: Frame) -> Sequence[Pass]:
        """Passes that are not over and match the filters, those that can be seen before those that cannot.

        None while the position is unknown.
        """
        self._trusts.clear()
        if self.awaited and self._hides(frame.passes, self.awaited):
            self.show_all()  # it was to be selected before the passes of its time were found
        if frame.passes is None or not frame.status.error.position_known:
            return []
        ahead = [p for p in frame.passes if p.set.unix_s > frame.unix_s and self.matches(p)]
        return sorted(ahead, key=lambda p: not p.visible)

    def rows_key(self, frame: Frame) -> Hashable:
        """The list and the filters; which passes are over or under way; the day, for `today` and `tomorrow`."""
        passes = frame.passes
        over = sum(p.set.unix_s <= frame.unix_s for p in passes[:4]) if passes else 0
        return (
            Identity(passes),
            over,
            bool(passes and passes[min(over, len(passes) - 1)].rise.unix_s <= frame.unix_s),
            frame.utc,
            frame.place,
            frame.day_word(frame.unix_s, 0.0),
            frame.status.error.position_known,
            self.filter_summary(),
            frame.alarms,
        )

    def row_key(self, row: Pass) -> str:
        """Time of the peak to a quarter of an hour, so that the cursor stays when newer elements shift it."""
        return pass_text.pass_key(row)

    def pass_of(self, key: str) -> Pass | None:
        """The pass whose row has this key; `None` if there is no such row."""
        return next((row for row in self._all_rows if self.row_key(row) == key), None)

    def row_cells(self, frame: Frame, row: Pass, width: int) -> dict[str, Line]:
        """Dim where the pass cannot be seen or the prediction is less reliable."""
        trust = self._trusts.get(row.peak.unix_s)
        if trust is None:
            trust = self._trusts[row.peak.unix_s] = pass_text.trust(frame.orbit, row.peak.unix_s)
        sure = trust == "sure" and row.visible

        def cell(text: str, style: str = "") -> Line:
            return (Run(text, style if sure else "dim"),)

        ways = " ".join(quantities.compass(moment.azimuth_deg) for moment in (row.rise, row.peak, row.set))
        return {
            "rise": _rise_cell(frame, row, trust),
            "peak": cell(_time(frame, row.peak, row.rise, trust)),
            "set": cell(_time(frame, row.set, row.rise, trust) if row.set_known else _("stays up")),
            "path": cell(ways),
            "high": cell(f"{row.peak.elevation_deg:.0f}°", "value" if row.peak.elevation_deg >= 40.0 else ""),
            "long": cell(durations.minutes_seconds(row.duration_s)),
            "mag": cell(f"{row.magnitude:+.1f}" if row.magnitude is not None else "", "value"),
            "grade": cell(pass_text.stars(row.grade), "caution" if row.grade else "dim"),
            "alarm": (Run("!" if has_alarm(row, frame.alarms) else "", "caution"),),
            "off": (Run(pass_text.timing_error_short(row), "alarm" if trust == "rough" else "dim"),),
            "light": cell(pass_text.light_summary(row, frame.place, utc=frame.utc), "good"),
            "reason": cell(row.why, "good"),
        }

    def sort_values(self, frame: Frame, row: Pass) -> dict[str, Any]:
        """Those of equal grade by their elevation; the faintest are those of unknown magnitude."""
        return {
            "rise": row.rise.unix_s,
            "high": row.peak.elevation_deg,
            "long": row.duration_s,
            "mag": row.magnitude if row.magnitude is not None else 99.0,
            "grade": row.grade + row.peak.elevation_deg / 100.0,
        }

    def search_text(self, row: Pass) -> str:
        """Directions, light, grade, reason, and `visible` or `invisible`."""
        directions = " ".join(quantities.compass(m.azimuth_deg) for m in (row.rise, row.peak, row.set))
        seen = "visible" if row.visible else "invisible"
        light = f"{row.light.at_rise} {row.light.at_peak} {row.light.at_set}"
        shown = _("visible") if row.visible else _("invisible")
        return f"{directions} {light} {pass_text.stars(row.grade)} {row.reason} {row.why} {seen} {shown}"

    def filter_key(self, frame: Frame, row: Pass) -> str:
        """Also the day of the rise, as `Sat 10 Oct` and in full, where the cell says `today`."""
        day = to_datetime(row.rise.unix_s, frame.zone or UTC)
        return f"{super().filter_key(frame, row)} {dates.day_of_week(day)} {day:%a %d %b %A %B %Y %m %d}".casefold()

    def border_titles(self, frame: Frame) -> tuple[str, str]:
        """The place, the time zone and the least elevation above, the filters below."""
        zone = "UTC" if frame.utc else _("local time")
        upper = _("⁵passes over {place}, {zone}, {horizon}").format(
            place=frame.place.label, zone=zone, horizon=pass_text.horizon(frame.least_elevation_deg)
        )
        return upper, self.filter_summary()

    def draw(self, frame: Frame, width: int, height: int) -> list[Line]:
        """The table; where it is empty why, and what can be done, as links to walk through."""
        lines = super().draw(frame, width, height)
        self.walks_links = not self.shown_rows and frame.passes is not None and not self.filter_text
        self.hint = GUIDE_HINT if self.walks_links else PassTable.hint
        if not self.walks_links:
            self.link = -1
        elif self.has_focus and self.link < 0:
            self.link = 0
        if self.shown_rows or self.filter_text:
            return lines
        if frame.passes is None:
            return [(Run(_("computing passes over {place}").format(place=frame.place.label), "dim"),)]
        if not frame.status.error.position_known or frame.status.problem:
            return guide_lines(frame, width)  # the notes above the table say why
        if frame.passes and self.filter_summary():
            told = _("no pass matches: {filters}; Esc shows all").format(filters=self.filter_summary())
            return [(Run(told, "dim", "screen.back"),)]
        told = _("no pass over {place} in the next ten days").format(place=frame.place.label)
        if frame.unpredicted:  # the notes above the table say why
            told = pass_text.none_predicted(frame.place)
        return [(Run(told, "dim"),), (), *guide_lines(frame, width)]

    def move(self, step: int) -> None:
        """Move by rows; by links where there are none."""
        if self.walks_links:
            self.move_link(step)
        else:
            super().move(step)

    def enter(self) -> None:
        """Watch the pass under the cursor, or follow the link."""
        if self.walks_links:
            self.follow_link()
        else:
            super().enter()


def _rise_cell(frame: Frame, row: Pass, trust: pass_text.Trust) -> Line:
    day = frame.day_word(row.rise.unix_s)
    plain = "" if trust == "sure" and row.visible else "dim"
    time = _time(frame, row.rise, row.rise, trust) if row.rise_known else ""
    if row.rise.unix_s <= frame.unix_s:
        return (Run(_in_column(_("up now")), "good"), Run(time, plain))
    return (Run(_in_column(day), "accent" if not plain else "dim"), Run(time, "value" if not plain else "dim"))


def _in_column(day: str) -> str:
    """A day before its time of rise, so that the times stand below each other."""
    return day + " " * (max(cells(dates.day_of_week(_WIDEST_DAY)) - cells(day), 0) + 1)


def _time(frame: Frame, moment: Moment, rise: Moment, trust: pass_text.Trust) -> str:
    """To the second, or to the minute with `~` where the elements are too old; `⁺¹` on the day after the rise."""
    time = frame.time_of_day(moment.unix_s, pass_text.clock_pattern(trust))
    days = quantities.calendar_days(round(rise.unix_s), round(moment.unix_s), frame.zone)
    return f"{time}⁺¹" if days else time
