"""The element set in use with its source, age and expected error; and the state of the live sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.constants import DAY_S
from sim.language import N_, _
from sim.time import iso_z
from tui.drawing.styled_text import Line, Run, choose, spread, wrap
from tui.views.station.position import error_style
from tui.widgets.panel import Panel
from tui.wording import durations, quantities
from tui.wording.coverage import coverage

if TYPE_CHECKING:
    from sim.status import Status
    from tui.session.frame import Frame


ERROR_ROWS = 5
"""Rows of source, age and error, below which it is said what no element set tells."""


class Elements(Panel, can_focus=True):
    """The element set in use, as a table."""

    BORDER_TITLE = N_("elements")

    def draw(self, frame: Frame, width: int, height: int) -> list[Line]:
        """Source, age and error first, then the elements."""
        status, e = frame.status, frame.status.element_set
        days = status.provenance.age_days
        age = (_("{age} old") if days >= 0 else _("{age} before the epoch")).format(age=durations.age(days))
        known = status.error.position_known
        stated, placed = known and status.error.is_stated, known and status.position is not None
        rows = [
            (_("source"), _(status.provenance.source or e.source), "accent"),
            (_("epoch"), iso_z(status.provenance.epoch_unix_s), "value"),
            (_("age"), age, "alarm" if status.stale else "good"),
            (
                _("expected error"),
                quantities.median_error(status.error) if stated else _("unknown"),
                error_style(status),
            ),
            (_("90 % within"), quantities.distance(status.error.p90_km) if stated else _("unknown"), ""),
            (_("object"), _object_words(status), ""),
            (_("revolution"), f"{status.orbit.revolution}" if placed else _("unknown"), ""),
            (_("inclination"), f"{e.inclination_deg:.4f}°", ""),
            (_("node"), f"{e.raan_deg:.4f}°", ""),
            (_("eccentricity"), f"{e.eccentricity:.7f}", ""),
            (_("mean motion"), _("{revolutions:.8f} a day").format(revolutions=e.mean_motion_rev_day), ""),
            (_("drag B*"), f"{e.bstar:.4e}", ""),
            (_("beta"), quantities.beta(status) or _("unknown"), ""),
        ]
        lines = [spread((Run(f"{name} ", "dim"),), (Run(value, style),), width) for name, value, style in rows]
        if (operator := status.provenance.stated) is not None:
            radial, along, across = (quantities.small_distance(km) for km in operator.sigma_rtn_km)
            words = _("The operator states (1 sigma) {radial} up, {along} along, {across} across.").format(
                radial=radial, along=along, across=across
            )
            lines[ERROR_ROWS:ERROR_ROWS] = wrap(words, width)
        if unseen := coverage(status):
            lines[ERROR_ROWS:ERROR_ROWS] = wrap(unseen, width, "caution")
        if e.note:
            lines += wrap(_("caution: {note}").format(note=e.note), width, "caution")
        return lines[:height]


def _object_words(status: Status) -> str:
    """Number and name, as the source gives them; an ephemeris has no number of its own."""
    number, name = status.object.norad_id, status.element_set.name
    return f"{number} {name}".rstrip() if number else name


class Sources(Panel, can_focus=True):
    """Each live source: result and age of the last attempt, time to the next."""

    BORDER_TITLE = N_("live sources")

    def title(self, frame: Frame) -> tuple[str, str]:
        """The result of the last refresh in the lower border."""
        return _(self.BORDER_TITLE), frame.sources.words

    def draw(self, frame: Frame, width: int, height: int) -> list[Line]:
        """A line for each source, a second one while it must wait; then comparisons and news."""
        sources = frame.sources
        if sources.offline:
            return wrap(_("offline: no network connections are made"), width, "caution")
        lines: list[Line] = []
        for source in sources.each:
            left = (Run(f"{source.title}  ", "accent"),)
            if source.last_try_unix_s is None:
                lines.append(spread(left, (Run(source.words, "dim"),), width))
                continue
            ago = durations.age((frame.clock.wall_unix_s - source.last_try_unix_s) / DAY_S)
            style = "caution" if source.failed else "good"
            lines.append(
                choose(
                    width,
                    spread((*left, Run(source.words, style)), (Run(_("{age} ago").format(age=ago), "dim"),), width),
                    (*left, Run(source.words, style)),
                )
            )
            if source.next_try_unix_s is not None and source.next_try_unix_s > frame.clock.wall_unix_s:
                wait = durations.countdown(source.next_try_unix_s - frame.clock.wall_unix_s)
                lines.append((Run("  " + _("next try in {countdown}").format(countdown=wait), "dim"),))
        for check in sources.checks:
            lines += wrap(check, width)
        for news in sources.news:
            lines += wrap(news, width, "caution")
        return lines[:height] or [(Run(_("no source queried yet"), "dim"),)]
