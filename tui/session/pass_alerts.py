"""Carries out the alerts of `tui.session.alerts`: posts the message, and runs the person's own command."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING

from tui.messages import Notice, PassAlert
from tui.session.daemon_thread import in_daemon_thread

if TYPE_CHECKING:
    from tui.config.settings import Settings
    from tui.session.alerts import Alerts
    from tui.session.frame import Frame
    from tui.session.host import Host


class PassAlerts:
    """Looks at every frame whether an alert is due.

    Args:
        settings: When and how a person is alerted.
        host: Takes the message, and runs the command.
    """

    def __init__(self, settings: Settings, host: Host) -> None:
        self._settings = settings
        self._host = host
        self._alerts: Alerts | None = None

    def check(self, frame: Frame) -> None:
        """Alert the person if a pass is due; a pass is alerted of once."""
        if self._settings.alert_grade <= 0:
            return
        from tui.session import alerts

        if self._alerts is None:
            self._alerts = alerts.Alerts(alerts.AlertSettings.of(self._settings))
        pass_ = self._alerts.due(frame)
        if pass_ is None:
            return
        chosen, text = self._alerts.settings, alerts.alert_words(frame, pass_)
        sequence = alerts.notification_sequence(frame.status.object.label, text, os.environ)
        self._host.post_message(
            PassAlert(text, bell=chosen.bell, escape_sequence=sequence if chosen.notification else "")
        )
        if chosen.command:
            work = partial(self._run_hook, chosen.command, alerts.hook_environment(frame, pass_, text))
            self._host.run_worker(work, group="hook", exit_on_error=False)

    async def _run_hook(self, command: tuple[str, ...], environment: dict[str, str]) -> None:
        from tui.session.alerts import run_hook

        problem = await in_daemon_thread(run_hook, command, environment)
        if problem:
            self._host.post_message(Notice(problem, title="alert command", severity="error"))
