"""Go to a date: a prompt that says what it understood before it goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.widgets import Input, Static

from sim.errors import TimeError
from sim.language import _
from sim.time import iso_z, parse_instant, to_datetime
from tui.config.screen_keys import bindings
from tui.views.dialogs.dialog import Dialog
from tui.wording import quantities

if TYPE_CHECKING:
    from datetime import tzinfo

    from textual.app import ComposeResult

    from sim.clock import SimulationClock


class GoTo(Dialog[float | None]):
    """Asks for an instant; answers with `unix_s`, or `None` when left.

    Args:
        clock: Where it stands is shown as an example, and how far it goes.
        zone: Time zone of times written without one.
        zone_name: Its name for the prompt.
    """

    takes_word = True

    DEFAULT_CSS = """
    GoTo > Vertical { width: 64; }
    """

    BINDINGS = bindings("While a date is typed (g)")

    def __init__(self, clock: SimulationClock, zone: tzinfo, zone_name: str) -> None:
        super().__init__()
        self._unix_s, self._now = clock.now(), clock.wall_unix_s()
        self._earliest, self._latest = clock.earliest_unix_s, clock.latest_unix_s
        self._zone = zone
        self._zone_name = zone_name
        self._hint = _(
            "Times without a zone are {zone_name}. Also: +90m, -2d from here, now,\n"
            "17 Dec 2024, tomorrow 20:00, 2024-352, 2024年12月17日"
        ).format(zone_name=zone_name)

    def compose(self) -> ComposeResult:
        with Vertical() as box:
            box.border_title = _("go to a date")
            shown = to_datetime(self._unix_s).astimezone(self._zone)  # as it would be read if it were typed
            yield Input(placeholder=f"{shown:%Y-%m-%d %H:%M}", id="when")
            yield Static(self._hint, id="said", markup=False)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show the instant that the text means, while it is typed."""
        said = self.query_one("#said", Static)
        if not event.value.strip():
            said.update(self._hint)
            return
        unix_s, problem = self._read(event.value)
        said.update(problem if unix_s is None else self._understood(unix_s))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Close with the instant, or show why the text is not one."""
        unix_s, problem = self._read(event.value)
        if unix_s is None:
            self.query_one("#said", Static).update(problem)
        else:
            self.dismiss(unix_s)

    def _understood(self, unix_s: float) -> str:
        """The instant by the zone of the prompt and in UTC, and how far it is from the one that is shown."""
        local = f"{to_datetime(unix_s, self._zone):%a %d %b %Y %H:%M:%S}"
        apart_s = unix_s - self._unix_s
        apart = f"{quantities.span(abs(apart_s))} {'on' if apart_s > 0 else 'back'}" if abs(apart_s) >= 1.0 else "here"
        utc = "UTC" if self._zone_name == "UTC" else f"{self._zone_name}, {iso_z(unix_s)}"
        return f"{local} {utc}: {apart}"

    def _read(self, text: str) -> tuple[float | None, str]:
        # A span alone counts from the instant that is shown; `now` and `today` mean the real one.
        real = not text.strip().startswith(("+", "-"))
        try:
            unix_s = parse_instant(text, now_unix_s=self._now if real else self._unix_s, zone=self._zone)
        except TimeError as problem:
            return None, str(problem)
        if unix_s < self._earliest:
            return None, _("Tianhe was launched at {instant}: nothing to show before").format(
                instant=iso_z(self._earliest)
            )
        if unix_s > self._latest:
            return None, _("no further ahead than {instant}").format(instant=iso_z(self._latest))
        return unix_s, ""
