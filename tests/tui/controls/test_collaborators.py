"""The collaborators of the app, without an app."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from sim.places.place import Place
from tests.support.dashboard import make_session
from tests.support.host import FakeAppHost
from tui import messages
from tui.config.actions import VIEWS
from tui.config.options import DashboardOptions
from tui.config.settings import Settings
from tui.controls.collaborators import Collaborators
from tui.controls.frame_loop import FAST_FRAME_S, LEAST_PAUSE_S, MOST_LOAD, SLOWEST_FRAME_S, frame_pace_s
from tui.controls.requests import Requests
from tui.messages import Notice
from tui.session.preferences import Preferences

NEW_YORK = Place("New York", 40.7128, -74.0060, 10.0)
ROOT = Path(__file__).parents[3]

_IMPORTED = """
import json, sys
import tui.controls.collaborators
print(json.dumps(sorted(name for name in sys.modules if name.startswith(("tui", "sim", "numpy", "httpx")))))
"""


def make_controls(host: FakeAppHost) -> Collaborators:
    return Collaborators(host, make_session(), Preferences(Settings(), host.post_message), DashboardOptions())


def notices(host: FakeAppHost) -> list[str]:
    return [message.text for message in host.messages if isinstance(message, Notice)]


def test_collaborators_module_imports_none_but_the_appearance() -> None:
    done = subprocess.run([sys.executable, "-c", _IMPORTED], cwd=ROOT, capture_output=True, text=True, check=True)
    imported = [name for name in json.loads(done.stdout) if name.startswith(("tui.controls.", "tui.session"))]
    assert imported == ["tui.controls.appearance", "tui.controls.collaborators"]
    beside = {name for name in json.loads(done.stdout) if not name.startswith("tui")}
    assert beside == {"sim", "sim.errors", "sim.language"}  # which the app itself needs for its first picture


def test_collaborators_are_made_once() -> None:
    controls = make_controls(FakeAppHost())
    assert controls.travel is controls.travel
    assert controls.dialogs is controls.dialogs


def test_time_pause_and_rates_move_the_clock_and_draw() -> None:
    host = FakeAppHost()
    session = make_session()
    controls = Collaborators(host, session, Preferences(Settings(), host.post_message), DashboardOptions())
    controls.time.pause()
    assert not session.clock.paused
    controls.time.pause()
    assert session.clock.paused
    controls.time.pause()
    controls.time.set_rate(60.0)
    controls.time.reverse()
    assert session.clock.rate == -60.0
    controls.time.set_rate(600.0)
    assert session.clock.rate == -600.0
    while session.clock.rate < -1.0 and not notices(host):
        controls.time.slower()
    assert session.clock.rate == -1.0
    assert notices(host) == []
    host.draws = 0
    controls.time.slower()
    assert notices(host) == ["1x is the slowest; Space pauses, r turns time around"]
    assert host.draws == 1


def test_time_step_orbit_moves_by_the_period() -> None:
    host = FakeAppHost()
    session = make_session()
    controls = Collaborators(host, session, Preferences(Settings(), host.post_message), DashboardOptions())
    before_unix_s = session.clock.now()
    period_s = session.orbit.elements(before_unix_s).period_min * 60.0
    controls.time.step_orbit(2)
    assert abs(session.clock.now() - before_unix_s - 2.0 * period_s) < 1.0


def test_time_event_goes_there_and_says_which() -> None:
    host = FakeAppHost()
    session = make_session()
    controls = Collaborators(host, session, Preferences(Settings(), host.post_message), DashboardOptions())
    event = session.events.before(session.clock.now() - 2.0)
    assert event is not None
    controls.time.event(-1)
    assert abs(session.clock.now() - event.unix_s) < 1.0
    assert any(event.title in text for text in notices(host))


def test_time_event_before_the_first_says_that_there_is_none() -> None:
    host = FakeAppHost()
    session = make_session()
    controls = Collaborators(host, session, Preferences(Settings(), host.post_message), DashboardOptions())
    session.clock.seek(session.clock.earliest_unix_s)
    controls.time.event(-1)
    assert notices(host) == ["no earlier event"]
    assert session.clock.now() == session.clock.earliest_unix_s


def test_navigation_walks_around_and_ignores_other_names() -> None:
    host = FakeAppHost()
    controls = make_controls(host)
    controls.navigation.next_view(-1)
    assert host.current_mode == VIEWS[-1]
    controls.navigation.next_view(1)
    assert host.current_mode == VIEWS[0]
    controls.navigation.open_view("nowhere")
    assert host.current_mode == VIEWS[0]
    host.current_mode = "model"
    controls.navigation.next_view(1)
    assert host.current_mode == VIEWS[VIEWS.index("missions") + 1]


async def test_frames_delay_waits_for_the_next_second_or_a_tenth() -> None:
    host = FakeAppHost()
    session = make_session()
    controls = Collaborators(host, session, Preferences(Settings(), host.post_message), DashboardOptions())
    session.clock.pause()
    controls.frames.tick()
    session.clock.resume()
    session.clock.set_rate(60.0)
    controls.frames.tick()
    session.clock.set_rate(1.0)
    controls.frames.tick()
    await host.finish()
    paused_s, fast_s, natural_s = (delay for delay, _ in host.timers)
    assert paused_s == 1.0
    assert LEAST_PAUSE_S <= fast_s <= FAST_FRAME_S
    assert LEAST_PAUSE_S <= natural_s <= 1.005


def test_frame_pace_keeps_the_load_below_its_bound() -> None:
    assert frame_pace_s(0.0) == frame_pace_s(FAST_FRAME_S * MOST_LOAD) == FAST_FRAME_S
    for worked_s in (0.001, 0.02, 0.03, 0.05, 0.08):
        assert worked_s / frame_pace_s(worked_s) <= max(MOST_LOAD, 0.08 / SLOWEST_FRAME_S) < 0.25
    assert frame_pace_s(10.0) == SLOWEST_FRAME_S


async def test_requests_use_place_moves_the_session_and_keeps_it() -> None:
    host = FakeAppHost()
    session = make_session()
    preferences = Preferences(Settings(), host.post_message)
    requests = Requests(host, Collaborators(host, session, preferences, DashboardOptions()))
    await requests.take(messages.UsePlace(NEW_YORK))
    await host.finish()
    assert session.place.name == "New York"
    assert preferences.settings.place == NEW_YORK
    assert NEW_YORK.title in notices(host)


async def test_requests_hand_on_to_the_app_and_to_the_clock() -> None:
    host = FakeAppHost()
    session = make_session()
    controls = Collaborators(host, session, Preferences(Settings(), host.post_message), DashboardOptions())
    requests = Requests(host, controls)
    await requests.take(messages.ChooseTheme("amber"))
    assert host.theme == "amber"
    wanted_unix_s = session.clock.now() - 86_400.0
    await requests.take(messages.OpenView("crew", wanted_unix_s))
    assert host.current_mode == "crew"
    assert abs(session.clock.now() - wanted_unix_s) < 1.0
    await requests.take(messages.UpdateFailed("no network"))
    assert notices(host)[-1] == "no network"
