"""Carries out the alerts of `tui.session.alerts`: posts the message, and runs the person's own command."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING

from sim.constants import MINUTE_S
from sim.language import _
from tui.messages import Notice, PassAlert
from tui.session.daemon_thread import in_daemon_thread

if TYPE_CHECKING:
    from tui.config.settings import Settings
    from tui.session.alerts import Alerts
    from tui.session.frame import Frame
    from tui.session.host import Host
    from tui.session.memory.alarms import Alarms


class PassAlerts:
    """Looks at every frame whether an alert is due; alarms on single passes are given whatever their grade."""

    def __init__(self, settings: Settings, host: Host, alarms: Alarms) -> None:
        self._settings = settings
        self._host = host
        self._alarms = alarms
        self._alerts: Alerts | None = None

    def check(self, frame: Frame) -> None:
        """Alert the person if a pass is due; a pass is alerted of once."""
        if self._settings.alert_grade <= 0 and not self._alarms.set:
            return
        from tui.session import alerts

        if self._alerts is None:
            self._alerts = alerts.Alerts(self._settings)
        if frame.clock.live and frame.passes:
            self._alarms.follow(frame.passes, frame.place.name)
        alarm = self._alarms.due(self._settings.alert_lead_min * MINUTE_S)
        if alarm is not None:
            self._alerts.mark(alarm.rise_unix_s)
            here = frame.passes if frame.place.name == alarm.place else ()
            pass_ = next((p for p in here or () if p.rise.unix_s == alarm.rise_unix_s), None)
            if pass_ is None:
                text = alerts.alarm_words(frame, alarm)
                self._give(frame, text, alerts.alarm_environment(alarm, text))
                return
        else:
            pass_ = self._alerts.due(frame)
        if pass_ is not None:
            text = alerts.alert_words(frame, pass_)
            self._give(frame, text, alerts.hook_environment(frame, pass_, text))

    def _give(self, frame: Frame, text: str, environment: dict[str, str]) -> None:
        """Bell, message, notification of the terminal, and the person's command, as they are chosen."""
        from tui.session import alerts

        chosen = self._settings
        sequence = alerts.notification_sequence(frame.status.object.label, text, os.environ)
        self._host.post_message(
            PassAlert(text, bell=chosen.alert_bell, escape_sequence=sequence if chosen.alert_notification else "")
        )
        if chosen.alert_command:
            work = partial(self._run_hook, chosen.alert_command, environment)
            self._host.run_worker(work, group="hook", exit_on_error=False)

    async def _run_hook(self, command: tuple[str, ...], environment: dict[str, str]) -> None:
        from tui.session.alerts import run_hook

        problem = await in_daemon_thread(run_hook, command, environment)
        if problem:
            self._host.post_message(Notice(problem, title=_("alert command"), severity="error"))
