"""A line below the header that appears while the elements are stale or missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.language import _, dates, pgettext
from sim.time import to_datetime
from tui.drawing.styled_text import Line, Run, choose
from tui.widgets.panel import PanelContent
from tui.wording import quantities
from tui.wording.coverage import known_border

if TYPE_CHECKING:
    from tui.session.frame import Frame


class NoticeBar(PanelContent):
    """What is wrong with the elements, and the key that helps."""

    takes_keys = False

    def is_there(self, frame: Frame) -> bool:
        return _is_wrong(frame)

    def draw(self, frame: Frame, width: int, height: int) -> list[Line]:
        """The longest variant that fits."""
        variants = _variants(frame)
        return [choose(width, *variants)] if variants else [()]


def _is_wrong(frame: Frame) -> bool:
    """Whether there is a notice."""
    return bool(frame.status.problem) or frame.status.stale


def _variants(frame: Frame) -> list[Line]:
    """The notice in several lengths, the longest first; none where nothing is wrong."""
    status = frame.status
    if status.problem:
        return [(Run(f" {status.problem}", "alarm"),)]
    if not _is_wrong(frame):
        return []
    if not status.error.position_known:
        return _unknown(frame)
    days = status.provenance.age_days
    old = quantities.elements_age(days)
    goes = _("goes to the last known instant") if days > 0 else _("goes to the first known instant")
    key: Line = (Run("  x ", "key", "app.last_known"), Run(goes, "", "app.last_known"))
    short: Line = (Run("  x ", "key", "app.last_known"), Run(_edge(days), "", "app.last_known"))
    median, p90 = quantities.distance(status.error.median_km), quantities.distance(status.error.p90_km)
    before = days < 0 and status.provenance.basis == "alone"
    opening = _("The first element set is later") if before else _("The {elements}").format(elements=old)
    full, shorter, shortest = (
        text.format(opening=opening, elements=old, median=median, most=p90)
        for text in (
            _("{opening}: expected position error {median} (median), {most} (90 %)."),
            _("{opening}: position error up to {most} (90 %)."),
            _("{elements}: error up to {most} (90 %)"),
        )
    )
    return [
        (Run(f" {full}", "alarm"), *key),
        (Run(f" {shorter}", "alarm"), *short),
        (Run(f" {shortest}", "alarm"),),
    ]


def _edge(age_days: float) -> str:
    """Name of the instant that the key seeks: the last known one, or before the first set the first known one."""
    return _("last known") if age_days > 0 else _("first known")


def _unknown(frame: Frame) -> list[Line]:
    """`live, position unknown since 13 Oct: u fetches, x goes to the last known`; no key that cannot help."""
    status = frame.status
    ahead = status.provenance.age_days < 0
    when = _("live") if frame.clock.live else _("not live")
    border = known_border(frame.orbit, status.provenance.epoch_unix_s, frame.unix_s)
    day = dates.day(to_datetime(border)).removeprefix("0")
    span = (pgettext("unknown", "until {day}") if ahead else pgettext("unknown", "since {day}")).format(day=day)
    fetch: Line = ()
    if not (frame.sources.offline or ahead):
        fetch = (Run(" u ", "key", "app.update"), Run(_("fetches,"), "", "app.update"))
    goes = _("goes to the first known") if ahead else _("goes to the last known")
    go: Line = (Run(" x ", "key", "app.last_known"), Run(goes, "", "app.last_known"))
    go_short: Line = (Run(" x ", "key", "app.last_known"), Run(_edge(-1.0 if ahead else 1.0), "", "app.last_known"))
    full, shorter, shortest = (
        text.format(when=when, span=span, elements=quantities.elements_age(status.provenance.age_days))
        for text in (
            _("{when}, position along the orbit is unknown {span} (the {elements}):"),
            _("{when}, position unknown {span}:"),
            _("position unknown {span}"),
        )
    )
    return [
        (Run(f" {full}", "alarm"), *fetch, *go),
        (Run(f" {shorter}", "alarm"), *fetch, *go),
        (Run(f" {shorter}", "alarm"), *go_short),
        (Run(f" {shortest}", "alarm"),),
    ]
