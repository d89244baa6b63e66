"""A dashboard to test with: an injected clock that stands still, the embedded data, no network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Static

from sim.chronicle import embedded_chronicle
from sim.clock import SimulationClock
from sim.orbit.element_history import embedded_history
from sim.places.place import Place
from sim.time import parse_instant
from tui.app import TiangongApp
from tui.config.options import DashboardOptions
from tui.session.session import Session
from tui.views.dialogs.proof import ProofDialog
from tui.widgets.panel import Panel

if TYPE_CHECKING:
    from sim.orbit.propagation import Orbit

ISLAMABAD = Place("Islamabad", 33.7215, 73.0433, 500.0, "Asia/Karachi", "PK", "伊斯兰堡")
RECORD_WALK = "2024-12-17T08:00:00Z"
"""Three hours into the longest spacewalk."""

WALL = "2026-10-08T12:00:00Z"
"""The wall clock of the tests."""


class StageTime:
    """Clocks that move only by `pass_by`."""

    def __init__(self, wall: str = WALL) -> None:
        self.wall_unix_s = parse_instant(wall)
        self.monotonic_s = 1000.0

    def wall(self) -> float:
        return self.wall_unix_s

    def monotonic(self) -> float:
        return self.monotonic_s

    def pass_by(self, seconds: float) -> None:
        self.wall_unix_s += seconds
        self.monotonic_s += seconds

    def clock(self) -> SimulationClock:
        return SimulationClock(wall=self.wall, monotonic=self.monotonic)


def make_session(
    at: str | None = RECORD_WALK,
    *,
    time: StageTime | None = None,
    place: Place = ISLAMABAD,
    orbit: Orbit | None = None,
    paused: bool = True,
) -> Session:
    clock = (time or StageTime()).clock()
    if at is not None:
        clock.seek(parse_instant(at))
    if paused:
        clock.pause()
    return Session(clock, orbit or embedded_history(), embedded_chronicle(), place)


def make_app(
    at: str | None = RECORD_WALK,
    *,
    time: StageTime | None = None,
    place: Place = ISLAMABAD,
    orbit: Orbit | None = None,
    paused: bool = True,
    options: DashboardOptions | None = None,
) -> TiangongApp:
    session = make_session(at, time=time, place=place, orbit=orbit, paused=paused)
    return TiangongApp(session, options or DashboardOptions(offline=True))


def panel(app: TiangongApp, name: str) -> Panel:
    """The panel of the open view that has this id."""
    return app.screen.query_one(f"#{name}", Panel)


def notifications(app: TiangongApp) -> list[str]:
    """The texts of the notifications on the screen, oldest first."""
    return [note.message for note in app.notification_limit.standing]


def proof_text(app: TiangongApp) -> str:
    """What stands in the dialog of sources, without its line breaks."""
    assert isinstance(app.screen, ProofDialog)
    return " ".join(" ".join(str(page.content).split()) for page in app.screen.query(Static))
