"""Alerts: once per pass, by the wall clock, for the chosen grade; bell, notification and command."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Literal

import pytest

from sim.places.place import Place
from sim.time import parse_instant
from tests.support.dashboard import ISLAMABAD, StageTime, make_app, make_session, notifications
from tests.support.operating import operating
from tui.config.options import DashboardOptions
from tui.config.settings import Settings
from tui.session.alerts import Alerts, alert_words, hook_environment, notification_sequence, run_hook

if TYPE_CHECKING:
    from pathlib import Path

    from sim.passes.model import Pass
    from tui.session.session import Session

EVENING = "2026-09-30T22:00:00Z"


def live(time: StageTime) -> tuple[Session, Pass]:
    """A live session, and the first pass of its list that can be seen."""
    session = make_session(None, time=time, paused=False)
    session.keep_passes(session.compute_passes(session.clock.now()))
    passes = session.passes_at(session.clock.now())
    assert passes is not None
    return session, next(p for p in passes if p.grade > 0)


def test_alerts_due_at_the_lead_gives_the_pass_once() -> None:
    time = StageTime(EVENING)
    session, pass_ = live(time)
    alerts = Alerts(Settings(alert_grade=1))
    time.pass_by(pass_.rise.unix_s - 601.0 - time.wall_unix_s)
    assert alerts.due(session.frame()) is None
    time.pass_by(2.0)
    assert alerts.due(session.frame()) is pass_
    time.pass_by(1.0)
    assert alerts.due(session.frame()) is None
    time.pass_by(700.0)
    assert alerts.due(session.frame()) is None


def test_alerts_due_when_opened_late_gives_the_pass_until_its_rise() -> None:
    time = StageTime(EVENING)
    session, pass_ = live(time)
    time.pass_by(pass_.rise.unix_s - 30.0 - time.wall_unix_s)
    assert Alerts(Settings(alert_grade=1)).due(session.frame()) is pass_
    time.pass_by(31.0)
    assert Alerts(Settings(alert_grade=1)).due(session.frame()) is None


@pytest.mark.parametrize("grade", [0, 3])
def test_alerts_due_pass_below_the_grade_is_not_given(grade: Literal[0, 3]) -> None:
    time = StageTime(EVENING)
    session, pass_ = live(time)
    assert pass_.grade < 3
    time.pass_by(pass_.rise.unix_s - 60.0 - time.wall_unix_s)
    assert Alerts(Settings(alert_grade=grade)).due(session.frame()) is None


def test_alerts_due_at_simulated_time_uses_the_wall_clock() -> None:
    time = StageTime(EVENING)
    session, pass_ = live(time)
    alerts = Alerts(Settings(alert_grade=1))
    assert alerts.due(session.frame()) is None  # seen live once
    session.clock.seek(parse_instant("2024-12-17T08:00:00Z"))
    time.pass_by(pass_.rise.unix_s - 300.0 - time.wall_unix_s)
    assert not session.frame().clock.live
    assert alerts.due(session.frame()) is pass_


def test_alerts_due_rehearsed_pass_is_not_given() -> None:
    time = StageTime(EVENING)
    session, pass_ = live(time)
    session.clock.seek(pass_.rise.unix_s - 300.0)
    assert Alerts(Settings(alert_grade=1)).due(session.frame()) is None


def test_alerts_due_after_change_of_place_forgets_old_passes() -> None:
    time = StageTime(EVENING)
    session, pass_ = live(time)
    alerts = Alerts(Settings(alert_grade=1))
    alerts.due(session.frame())
    time.pass_by(pass_.rise.unix_s - 60.0 - time.wall_unix_s)
    session.place = Place("far north", 70.0, 25.0)
    assert alerts.due(session.frame()) is None


def test_alerts_due_unknown_position_gives_nothing() -> None:
    time = StageTime("2026-12-20T12:00:00Z")
    session = make_session(None, time=time, paused=False)
    found = session.compute_passes(session.clock.now())
    assert found.passes == ()
    session.keep_passes(found)
    pass_ = next(p for p in found.unpredicted if p.grade > 0)
    time.pass_by(pass_.rise.unix_s - 60.0 - time.wall_unix_s)
    assert Alerts(Settings(alert_grade=1)).due(session.frame()) is None


def test_alert_words_give_time_and_direction() -> None:
    time = StageTime(EVENING)
    session, pass_ = live(time)
    time.pass_by(pass_.rise.unix_s - 600.0 - time.wall_unix_s)
    words = alert_words(session.frame(), pass_)
    assert words.startswith("Tiangong rises in 10 min (04:2")
    assert "in the SSW, 31° high in the SE, about -0.4 mag, ★★☆" in words


def test_notification_sequence_hostile_text_is_escaped() -> None:
    nasty = "a\x1b]0;owned\x07b;c"
    for environment in ({"TERM": "xterm-256color"}, {"TERM": "foot"}):
        sequence = notification_sequence("Tiangong", nasty, environment)
        assert sequence.startswith("\x1b]9;" if environment["TERM"] == "xterm-256color" else "\x1b]777;notify;")
        assert sequence.endswith("\x1b\\")
        inside = sequence[2:-2]
        assert "\x1b" not in inside
        assert "\x07" not in inside


# ── the command ───────────────────────────────────────────────────────────────────────────────


def test_run_hook_gets_the_pass_in_its_environment_without_shell(tmp_path: Path) -> None:
    time = StageTime(EVENING)
    session, pass_ = live(time)
    target = tmp_path / "told"
    code = "import os, pathlib, sys; pathlib.Path(sys.argv[1]).write_text(os.environ['TIANGONG_TEXT'] + sys.argv[2])"
    environment = hook_environment(session.frame(), pass_, "words")
    assert environment["TIANGONG_PLACE"] == ISLAMABAD.name
    assert environment["TIANGONG_RISE"].endswith("Z")
    assert environment["TIANGONG_GRADE"] == str(pass_.grade)
    assert run_hook((sys.executable, "-c", code, str(target), "; $(touch nothing) |"), environment) == ""
    assert target.read_text() == "words; $(touch nothing) |"


def test_run_hook_failing_command_gives_one_line() -> None:
    environment = dict(os.environ)
    assert "could not be run: No such file" in run_hook(("/nowhere/at-all",), environment)
    assert run_hook((sys.executable, "-c", "raise SystemExit(3)"), environment).endswith("ended with status 3")
    slow = run_hook((sys.executable, "-c", "import time; time.sleep(30)"), environment, timeout_s=0.3)
    assert "was ended" in slow


# ── in the dashboard ──────────────────────────────────────────────────────────────────────────


async def test_dashboard_alert_rings_notifies_and_runs_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    time = StageTime(EVENING)
    target = tmp_path / "told"
    code = "import os, pathlib, sys; pathlib.Path(sys.argv[1]).write_text(os.environ['TIANGONG_TEXT'])"
    settings = Settings(alert_grade=1, alert_command=(sys.executable, "-c", code, str(target)))
    app = make_app(None, time=time, paused=False, options=DashboardOptions(offline=True, settings=settings))
    async with operating(app, size=(120, 36)) as pilot:
        rung: list[bool] = []
        monkeypatch.setattr(app, "bell", lambda: rung.append(True))
        passes = app.session.passes_at(app.session.clock.now())
        assert passes
        pass_ = next(p for p in passes if p.grade > 0)
        app.draw()
        assert rung == []
        time.pass_by(pass_.rise.unix_s - 300.0 - time.wall_unix_s)
        app.draw()
        app.draw()
        await pilot.pause()
        assert rung == [True]
        assert any("Tiangong rises in 5 min" in text for text in notifications(app))
        assert "Tiangong rises in 5 min" in target.read_text()


async def test_dashboard_alerts_by_default_are_off() -> None:
    time = StageTime(EVENING)
    app = make_app(None, time=time, paused=False)
    async with operating(app, size=(120, 36)):
        passes = app.session.passes_at(app.session.clock.now())
        assert passes
        time.pass_by(next(p for p in passes if p.grade > 0).rise.unix_s - 300.0 - time.wall_unix_s)
        app.draw()
        assert not any("rises in" in text for text in notifications(app))
