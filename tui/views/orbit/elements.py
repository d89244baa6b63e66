"""The elements behind everything: which set, from where, how old, how good; and what the services said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.time import iso_z
from tui.drawing.styled_text import Line, Run, choose, spread, wrap
from tui.widgets.panel import Panel
from tui.wording import quantities

if TYPE_CHECKING:
    from tui.session.frame import Frame


class Elements(Panel):
    """The element set in use, as a table."""

    BORDER_TITLE = "elements"

    def draw(self, frame: Frame, width: int, height: int) -> list[Line]:
        """Provenance first, then the numbers."""
        status, e = frame.status, frame.status.element_set
        days = status.provenance.age_days
        age = f"{quantities.age(days)} {'old' if days >= 0 else 'before the epoch'}"
        known = status.error.position_known
        rows = [
            ("source", status.provenance.source or e.source, "accent"),
            ("epoch", iso_z(e.epoch_unix_s), "value"),
            ("age", age, "alarm" if status.stale else "good"),
            ("expected error", quantities.error(status.error), "alarm" if status.stale else "good"),
            ("one time in ten over", quantities.distance(status.error.p90_km) if known else "unknown", ""),
            ("object", f"{e.norad_id} {e.name}", ""),
            ("revolution", f"{status.orbit.revolution}", ""),
            ("inclination", f"{e.inclination_deg:.4f}°", ""),
            ("node", f"{e.raan_deg:.4f}°", ""),
            ("eccentricity", f"{e.eccentricity:.7f}", ""),
            ("mean motion", f"{e.mean_motion_rev_day:.8f} a day", ""),
            ("drag B*", f"{e.bstar:.4e}", ""),
            ("beta", f"{status.orbit.beta_deg:+.1f}°", ""),
        ]
        lines = [spread((Run(f"{name} ", "dim"),), (Run(value, style),), width) for name, value, style in rows]
        if e.note:
            lines += wrap(f"take with care: {e.note}", width, "caution")
        return lines[:height]


class Sources(Panel):
    """Each live source: last try and its result, next try."""

    BORDER_TITLE = "live sources"

    def title(self, frame: Frame) -> tuple[str, str]:
        """Whether connections are made at all."""
        return "live sources", frame.sources.words

    def draw(self, frame: Frame, width: int, height: int) -> list[Line]:
        """Two lines a source where there is room."""
        sources = frame.sources
        if sources.offline:
            return wrap("offline: no connection is ever opened", width, "caution")
        lines: list[Line] = []
        for source in sources.each:
            left = (Run(f"{source.title}  ", "accent"),)
            if source.last_try_unix_s is None:
                lines.append(spread(left, (Run(source.words, "dim"),), width))
                continue
            ago = quantities.age((frame.clock.wall_unix_s - source.last_try_unix_s) / 86400.0)
            style = "caution" if source.failed else "good"
            lines.append(
                choose(
                    width,
                    spread((*left, Run(source.words, style)), (Run(f"{ago} ago", "dim"),), width),
                    (*left, Run(source.words, style)),
                )
            )
            if source.next_try_unix_s is not None and source.next_try_unix_s > frame.clock.wall_unix_s:
                wait = quantities.countdown(source.next_try_unix_s - frame.clock.wall_unix_s)
                lines.append((Run(f"  next try in {wait}", "dim"),))
        for check in sources.checks:
            lines += wrap(check, width)
        for news in sources.news:
            lines += wrap(news, width, "caution")
        return lines[:height] or [(Run("nothing asked yet", "dim"),)]
