"""Hands each request of `tui.messages` to the collaborator that answers it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.language import N_, _
from sim.sanitize import clean
from tui import messages
from tui.messages import Notice, UpdateFailed

if TYPE_CHECKING:
    from textual.worker import Worker

    from tui.controls.collaborators import Collaborators
    from tui.controls.host import AppHost

WORK = {
    "passes": N_("the search for passes"),
    "seek-pass": N_("the search for passes"),
    "previous-pass": N_("the search for passes"),
    "eclipses": N_("the search for eclipses and contacts"),
    "altitude": N_("the reading of cities and of the altitude history"),
    "live": N_("the update"),
    "object": N_("the reading of the other object"),
    "hook": N_("the alert command"),
}
"""What a person calls the work of each group that runs beside the screen."""

OTHER_WORK = N_("work beside the screen")


class Requests:
    """What is done for the messages of views and of background work."""

    def __init__(self, host: AppHost, controls: Collaborators) -> None:
        self._host = host
        self._controls = controls
        self._told: set[str] = set()

    async def take(self, request: messages.Request) -> None:
        """Do what a message asks for."""
        controls, host = self._controls, self._host
        match request:
            case messages.Redraw():
                host.draw()
            case messages.Seek():
                controls.travel.seek(request.unix_s, length_s=request.length_s)
            case messages.OpenView():
                controls.navigation.jump(request.unix_s, request.name, request.select)
            case messages.UsePlace():
                controls.place.use_and_keep(request.place)
            case messages.FollowObject():
                controls.followed.follow(request.wanted, host.name_object)
            case messages.ChooseTheme():
                controls.appearance.take_theme(request.name)
            case messages.ChooseLanguage():
                controls.appearance.take_language(request.code)
            case messages.GoToBookmark():
                controls.travel.go_to(request.mark)
            case messages.TellStory():
                controls.stories.tell(request.name)
            case messages.ShowHelp():
                controls.dialogs.open_help(request.topic)
            case _:
                self._take_of_passes(request)
                await self._take_of_update(request)

    def _take_of_passes(self, request: messages.Request) -> None:
        controls = self._controls
        match request:
            case messages.WatchPass():
                controls.theatre.watch(request.pass_, rehearse=request.rehearse)
            case messages.WatchPreviousPass():
                controls.pass_watch.watch_previous(request.before_unix_s)
            case messages.WatchLive():
                controls.theatre.watch_live(request.pass_)
            case messages.WatchedPassChanged():
                controls.theatre.changed(request.pass_)
            case messages.ToggleAlarm():
                controls.alarms.toggle(request.pass_, controls.settings.alert_lead_min)

    async def _take_of_update(self, request: messages.Request) -> None:
        """Show how a refresh goes on; why it could not run as a notification too, where its dialog is closed."""
        dialogs = self._controls.dialogs
        match request:
            case messages.UpdateStarted():
                await dialogs.open_update()
            case messages.UpdateProgress():
                dialogs.show_progress(request.source, request.text)
            case messages.UpdateFinished():
                dialogs.show_report(request.report)
            case messages.UpdateFailed():
                if not dialogs.show_failure(request.text):
                    self._host.post_message(Notice(request.text, title=_("update failed"), severity="warning"))

    def work_changed(self, worker: Worker[object]) -> None:
        """Notify that an unexpected error has ended background work; once for each kind, as searches are repeated."""
        error = worker.error
        if not isinstance(error, Exception):
            return
        reason = f"{type(error).__name__}: {clean(str(error), limit=120)}".rstrip(": ")
        text = _(
            "{work} has failed ({reason}); what it would bring is missing. That is an error of this program: "
            "`tiangong help bugs` says how to report it"
        ).format(work=_(WORK.get(worker.group, OTHER_WORK)), reason=reason)
        if text in self._told:
            return
        self._told.add(text)
        live = worker.group == "live"
        self._host.post_message(UpdateFailed(text) if live else Notice(text, severity="error", timeout_s=12.0))
