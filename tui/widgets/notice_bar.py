"""A line under the header that appears when something must be said in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.time import to_datetime
from tui.drawing.styled_text import Line, Run, choose
from tui.widgets.panel import Panel
from tui.wording import quantities

if TYPE_CHECKING:
    from tui.session.frame import Frame


class Notice(Panel):
    """Stale elements, no elements at all, a time before there were any: said in words, with the way out."""

    DEFAULT_CSS = """
    Notice { height: 1; background: $error-muted; display: none; }
    Notice.-shown { display: block; }
    """

    def on_mount(self) -> None:
        """Begin shown where there is something to say."""
        super().on_mount()
        if self.newest is not None:
            self.set_class(bool(_words(self.newest)), "-shown")

    def show(self, frame: Frame) -> None:
        """Appear and vanish with the need."""
        self.set_class(bool(_words(frame)), "-shown")
        super().show(frame)

    def draw(self, frame: Frame, width: int, height: int) -> list[Line]:
        """The fullest wording that fits."""
        variants = _words(frame)
        return [choose(width, *variants)] if variants else [()]


def _words(frame: Frame) -> list[Line]:
    status = frame.status
    if status.problem:
        return [(Run(f" {status.problem}", "alarm"),)]
    if not status.stale:
        return []
    days = status.provenance.age_days
    epoch = f"{to_datetime(status.provenance.epoch_unix_s):%Y-%m-%d}"
    old, more = quantities.elements_age(days), " any more" if days > 0 else ""
    key: Line = (Run("  x ", "key", "app.last_known"), Run(f"last instant known well ({epoch})", "", "app.last_known"))
    brief: Line = (Run("  x ", "key", "app.last_known"), Run("known well", "", "app.last_known"))
    if not status.error.position_known:
        return [
            (
                Run(f" The {old}: the place along the orbit is not known{more}, the orbit itself is.", "alarm"),
                *key,
            ),
            (Run(f" The {old}: place along the orbit unknown, the orbit itself known.", "alarm"), *key),
            (Run(f" The {old}: place along the orbit unknown.", "alarm"), *brief),
            (Run(f" {old}: place unknown", "alarm"), *brief),
        ]
    median, p90 = quantities.distance(status.error.median_km), quantities.distance(status.error.p90_km)
    off = f"{median}, in one case of ten more than {p90}"
    return [
        (Run(f" The {old}: the place may be off by {off}.", "alarm"), *key),
        (Run(f" The {old}: off by {median} or more.", "alarm"), *brief),
        (Run(f" {old}: off by {median} or more", "alarm"),),
    ]
