"""A line below the header that appears while the elements are stale or missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.time import to_datetime
from tui.drawing.styled_text import Line, Run, choose
from tui.widgets.panel import Panel
from tui.wording import quantities
from tui.wording.coverage import known_until

if TYPE_CHECKING:
    from tui.session.frame import Frame


class Notice(Panel):
    """What is wrong with the elements, and the key that helps."""

    DEFAULT_CSS = """
    Notice { height: 1; border: none; background: $error-muted; display: none; }
    Notice.-shown { display: block; }
    """

    def on_mount(self) -> None:
        """Be visible from the start if there is a notice."""
        super().on_mount()
        if self.newest is not None:
            self.set_class(bool(_variants(self.newest)), "-shown")

    def show(self, frame: Frame) -> None:
        """Appear or disappear, and show the notice."""
        self.set_class(bool(_variants(frame)), "-shown")
        super().show(frame)

    def draw(self, frame: Frame, width: int, height: int) -> list[Line]:
        """The longest variant that fits."""
        variants = _variants(frame)
        return [choose(width, *variants)] if variants else [()]


def _variants(frame: Frame) -> list[Line]:
    status = frame.status
    if status.problem:
        return [(Run(f" {status.problem}", "alarm"),)]
    if not status.stale:
        return []
    if not status.error.position_known:
        return _unknown(frame)
    days = status.provenance.age_days
    old, edge = quantities.elements_age(days), "last" if days > 0 else "first"
    key: Line = (Run("  x ", "key", "app.last_known"), Run(f"goes to the {edge} known instant", "", "app.last_known"))
    short: Line = (Run("  x ", "key", "app.last_known"), Run(f"{edge} known", "", "app.last_known"))
    median, p90 = quantities.distance(status.error.median_km), quantities.distance(status.error.p90_km)
    before = days < 0 and status.provenance.basis == "alone"
    opening = "The first element set is later" if before else f"The {old}"
    return [
        (Run(f" {opening}: expected position error {median} (median), {p90} (90 %).", "alarm"), *key),
        (Run(f" {opening}: position error up to {p90} (90 %).", "alarm"), *short),
        (Run(f" {old}: error up to {p90} (90 %)", "alarm"),),
    ]


def _unknown(frame: Frame) -> list[Line]:
    """`live, position unknown since 13 Oct: u fetches, x goes to the last known`; no key that cannot help."""
    status = frame.status
    ahead = status.provenance.age_days < 0
    when = "live" if frame.clock.live else "not live"
    border = status.provenance.epoch_unix_s if ahead else known_until(frame.orbit, status.provenance.epoch_unix_s)
    day = f"{to_datetime(border):%d %b %Y}".lstrip("0")
    span = f"until {day}" if ahead else f"since {day}"
    edge = "first" if ahead else "last"
    fetch: Line = ()
    if not (frame.sources.offline or ahead):
        fetch = (Run(" u ", "key", "app.update"), Run("fetches,", "", "app.update"))
    go: Line = (Run(" x ", "key", "app.last_known"), Run(f"goes to the {edge} known", "", "app.last_known"))
    go_short: Line = (Run(" x ", "key", "app.last_known"), Run(f"{edge} known", "", "app.last_known"))
    old = quantities.elements_age(status.provenance.age_days)
    full = f" {when}, position along the orbit is unknown {span} (the {old}):"
    return [
        (Run(full, "alarm"), *fetch, *go),
        (Run(f" {when}, position unknown {span}:", "alarm"), *fetch, *go),
        (Run(f" {when}, position unknown {span}:", "alarm"), *go_short),
        (Run(f" position unknown {span}", "alarm"),),
    ]
