"""What the snapshot of an instant costs, what the chronicle adds to the start, and whether seeking stays fluid.

    pytest -m benchmark -s tests/benchmarks/test_bench_status.py

Ratios of processor times of one run, each the best of several rounds: what | ours | peer | ratio | target.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
from functools import partial
from pathlib import Path
from statistics import median
from time import process_time
from typing import TYPE_CHECKING

import pytest
from textual.widget import Widget

from sim.chronicle import embedded_chronicle
from sim.clock import SimulationClock
from sim.orbit.element_history import embedded_history
from sim.places.place import Place
from sim.status import Status, status_at
from sim.time import julian_pair, parse_instant
from tests.benchmarks.terminal import run_in_terminal
from tests.benchmarks.timing import best_s
from tui.app import TiangongApp
from tui.config.options import DashboardOptions
from tui.session.session import Session
from tui.views.base import View

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.pilot import Pilot

pytestmark = [pytest.mark.benchmark, pytest.mark.usefixtures("new_objects_alone")]

ROOT = Path(__file__).parents[2]
HISTORY, CHRONICLE = embedded_history(), embedded_chronicle()
FIRST, LAST = parse_instant("2021-04-29T04:00:00Z"), parse_instant("2026-10-01")
CHANCE = random.Random(7)
INSTANTS = [CHANCE.uniform(FIRST, LAST) for _ in range(300)]
AT_ONCE = 10
ISLAMABAD = Place("Islamabad", 33.6844, 73.0479, 540.0, "Asia/Karachi")
SIZE = (160, 45)
END_OF_PICTURE = b"\x1b[?2026l"
FRAME_S = 0.1


def row(what: str, ours: str, peer: str, ratio: float, target: str) -> None:
    print(f"\n| {what} | {ours} | {peer} | {ratio:.2f} | {target} |", end="")


def told(status: Status) -> None:
    """What every snapshot is for: the place, and all that is known of crew, ports, spacewalks and records."""
    facts = status.facts
    _ = (status.position, facts.aboard, facts.ports, facts.ships, facts.spacewalk, facts.records, facts.next_event)


def with_orbit(status: Status) -> None:
    told(status)
    _ = status.orbit


def with_light(status: Status) -> None:
    with_orbit(status)
    _ = status.light


@pytest.mark.parametrize(
    ("what", "use", "targets"),
    [
        ("any Status(t): place and facts", told, ("<= 40", "<= 40", "")),
        ("the same with the orbit's shape", with_orbit, ("", "", "<= 12")),
        ("the same with the next change of light", with_light, ("", "", "<= 18")),
    ],
)
def test_status_at_against_states_of_the_same_orbit(
    what: str, use: Callable[[Status], None], targets: tuple[str, str, str]
) -> None:
    """The first against a bare call of SGP4 too; the others ask for states of the joined history, and are their price.

    How many Python steps a call of compiled code is worth differs by a third from one processor to another.
    """
    one = HISTORY.orbit(len(HISTORY) - 1)
    epoch, satrec = one.element_set.epoch_unix_s, one.satrec
    near = [epoch + 300.0 * number for number in range(len(INSTANTS))]

    def ours(instants: list[float]) -> None:
        for unix_s in instants:
            use(status_at(HISTORY, CHRONICLE, unix_s, now_unix_s=LAST))

    def bare() -> None:
        for unix_s in near:
            satrec.sgp4(*julian_pair(unix_s))

    def single() -> None:
        for unix_s in near:
            one.state(unix_s)

    def joined() -> None:
        for unix_s in INSTANTS:
            HISTORY.state(unix_s)

    # Ours in parts that take no longer than the peers, each at its best: a longer one is interrupted more often, and
    # other programs then have emptied the processor's caches.
    parts = [partial(ours, INSTANTS[begin : begin + AT_ONCE]) for begin in range(0, len(INSTANTS), AT_ONCE)]
    *parts_s, bare_s, single_s, joined_s = best_s(*parts, bare, single, joined)
    ours_us, *peers_us = (seconds / len(INSTANTS) * 1e6 for seconds in (sum(parts_s), bare_s, single_s, joined_s))
    names = ("Satrec.sgp4 with its pair of dates", "a checked state of one set", "a state of the history")
    for name, peer_us, target in zip(names, peers_us, targets, strict=True):
        row(f"{what} / {name}", f"{ours_us:.1f} us", f"{peer_us:.2f} us", ours_us / peer_us, target)
        assert not target or ours_us / peer_us <= float(target[3:])
    assert ours_us <= 150.0


def test_status_at_among_unread_sets_against_read_ones() -> None:
    """A jump far away reads two sets and joins them; the year's sets are unread each time."""
    unread = [unix_s for unix_s in sorted(INSTANTS) if HISTORY.first_unix_s < unix_s < HISTORY.last_unix_s]

    def far_jumps() -> None:
        history = embedded_history.__wrapped__()
        for unix_s in unread:
            told(status_at(history, CHRONICLE, unix_s, now_unix_s=LAST))

    def opening() -> None:
        embedded_history.__wrapped__()

    def near_jumps() -> None:
        for unix_s in unread:
            told(status_at(HISTORY, CHRONICLE, unix_s, now_unix_s=LAST))

    far_s, opening_s, near_s = best_s(far_jumps, opening, near_jumps, rounds=10)
    far_us, near_us = (far_s - opening_s) / len(unread) * 1e6, near_s / len(unread) * 1e6
    row("Status(t) among unread sets / among read ones", f"{far_us:.1f} us", f"{near_us:.1f} us", far_us / near_us, "")
    assert far_us <= 150.0


def test_chronicle_loading_against_first_picture(tmp_path: Path) -> None:
    folders = {"TIANGONG_CACHE_DIR": str(tmp_path / "cache"), "TIANGONG_CONFIG_DIR": str(tmp_path / "config")}
    command = [sys.executable, "-m", "tui", "--offline", "--at", "2024-12-17T08:00:00Z", "--paused"]
    code = (
        "import time, tui.app, sim.orbit.element_history; from tui.session.loading import load_chronicle;"
        "t = time.perf_counter(); load_chronicle()[0].at(1.7e9); print(time.perf_counter() - t)"
    )
    environment = {**os.environ, **folders, "PYTHONPATH": str(ROOT)}
    frames, loads = [], []
    for _ in range(8):
        run = run_in_terminal(command, until=END_OF_PICTURE, env={**folders, "PYTHONPATH": str(ROOT)})
        assert run.first_seen_s is not None
        frames.append(run.first_seen_s)
        done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
        loads.append(float(done.stdout))
    load_ms, frame_ms = min(loads) * 1e3, min(frames) * 1e3
    row("loading the chronicle / first frame", f"{load_ms:.1f} ms", f"{frame_ms:.0f} ms", load_ms / frame_ms, "<= 0.05")
    assert load_ms / frame_ms <= 0.05


@pytest.mark.parametrize("view", ["station", "crew", "missions", "spacewalks"])
async def test_dashboard_seeking_keeps_ten_frames_a_second(view: str) -> None:
    """Each frame at another time of the station's life: new sets, new track, every panel drawn, all of it painted.

    The peer is Textual painting the fullest view, the station's, as it stands. Both are done at once, without its
    message loop.
    """
    session = Session(SimulationClock(), HISTORY, CHRONICLE, ISLAMABAD)
    session.clock.pause()
    session.clock.seek(FIRST)
    app = TiangongApp(session, DashboardOptions(offline=True))
    async with app.run_test(size=SIZE) as pilot:
        station = await shown(app, pilot, "station")
        repaints = [repaint_s(station) for _ in INSTANTS[:40]]
        screen = await shown(app, pilot, view)
        jumps = [jump_s(screen, session, unix_s) for unix_s in INSTANTS[:40]]
    typical_ms, repaint_ms, worst_ms = median(jumps) * 1e3, median(repaints) * 1e3, max(jumps[1:]) * 1e3
    what = (
        f"a jump in the {view} view at 160x45 (longest of 39: {worst_ms:.0f} ms) / Textual's repaint of the station's"
    )
    row(what, f"{typical_ms:.1f} ms", f"{repaint_ms:.1f} ms", typical_ms / repaint_ms, "<= 4")
    assert typical_ms / repaint_ms <= 4.0
    assert worst_ms <= FRAME_S * 1e3


async def shown(app: TiangongApp, pilot: Pilot[int], view: str) -> View:
    """A view, with all that it loads at first."""
    app.action_view(view)
    await pilot.pause(0.5)
    await app.workers.wait_for_complete()
    await pilot.pause()
    screen = app.screen
    assert isinstance(screen, View)
    return screen


def visible(screen: View) -> set[Widget]:
    return {widget for widget in screen.walk_children(Widget) if widget.size.area}


def paint(screen: View, dirty: set[Widget]) -> None:
    for widget in dirty:
        widget._repaint_required = False
    screen._compositor.update_widgets(dirty)
    screen._compositor_refresh()


def jump_s(screen: View, session: Session, unix_s: float) -> float:
    """Processor time of the whole frame of another instant."""
    begin = process_time()
    session.clock.seek(unix_s)
    screen.show(session.frame())
    paint(screen, {widget for widget in visible(screen) if widget._repaint_required})
    return process_time() - begin


def repaint_s(screen: View) -> float:
    """Processor time of painting all that stands on the screen once more."""
    begin = process_time()
    widgets = visible(screen)
    for widget in widgets:
        widget.refresh()
    paint(screen, widgets)
    return process_time() - begin
