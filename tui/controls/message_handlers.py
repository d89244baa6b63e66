"""Handles the messages of `tui.messages`, which views and background work send."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.language import N_, _
from sim.sanitize import clean
from tui.messages import Notice, UpdateFailed

if TYPE_CHECKING:
    from textual.worker import Worker

    from tui import messages
    from tui.controls.collaborators import Collaborators
    from tui.controls.host import AppHost
    from tui.widgets.map.world_map_panel import GroundTrack


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


class MessageHandlers:
    """Passes each message to the collaborator that is responsible.

    Args:
        host: The app.
        controls: Its collaborators.
    """

    def __init__(self, host: AppHost, controls: Collaborators) -> None:
        self._host = host
        self._controls = controls
        self._told: set[str] = set()

    def map_moved(self, event: GroundTrack.Moved) -> None:
        """Store centre and zoom of the map."""
        self._controls.appearance.keep_map(event.options)

    def use_place(self, event: messages.UsePlace) -> None:
        """Use another place and store it in the settings."""
        self._controls.place.use_and_keep(event.place)

    def redraw(self) -> None:
        """Draw the view again after a change by the user."""
        self._host.draw()

    def seek(self, event: messages.Seek) -> None:
        """Move the clock."""
        self._controls.travel.seek(event.unix_s, length_s=event.length_s)

    def open_view(self, event: messages.OpenView) -> None:
        """Go to a view."""
        self._controls.navigation.jump(event.unix_s, event.name, event.select)

    def follow_object(self, event: messages.FollowObject) -> None:
        """Follow another object of the element files."""
        self._controls.followed.follow(event.wanted, self._host.name_object)

    def choose_theme(self, event: messages.ChooseTheme) -> None:
        """Use a theme chosen in the palette."""
        self._host.take_theme(event.name)

    def choose_language(self, event: messages.ChooseLanguage) -> None:
        """Use a language chosen in the palette."""
        self._host.take_language(event.code)

    def tell_story(self, event: messages.TellStory) -> None:
        """Play a story chosen in the palette."""
        self._controls.stories.tell(event.name)

    def show_help(self, event: messages.ShowHelp) -> None:
        """Open a help topic chosen in the palette."""
        self._controls.dialogs.open_help(event.topic)

    def go_to_bookmark(self, event: messages.GoToBookmark) -> None:
        """Go to a bookmark chosen in the palette."""
        self._controls.travel.go_to(event.mark)

    def toggle_alarm(self, event: messages.ToggleAlarm) -> None:
        """Set an alarm on a pass, or cancel it."""
        self._controls.alarms.toggle(event.pass_, self._controls.settings.alert_lead_min)

    def watch_pass(self, event: messages.WatchPass) -> None:
        """Open the theatre for a pass."""
        self._controls.theatre.watch(event.pass_, rehearse=event.rehearse)

    def watch_previous_pass(self, event: messages.WatchPreviousPass) -> None:
        """Search for the pass before the one in the theatre."""
        self._controls.pass_watch.watch_previous(event.before_unix_s)

    def watch_live(self, event: messages.WatchLive) -> None:
        """Set the clock to the real now, with the theatre open if a pass is known there."""
        self._controls.theatre.watch_live(event.pass_)

    def watched_pass_changed(self, event: messages.WatchedPassChanged) -> None:
        """Note that the theatre shows another pass, or has closed."""
        self._controls.theatre.changed(event.pass_)

    async def update_started(self) -> None:
        """Show that a refresh has begun."""
        await self._controls.dialogs.open_update()

    def update_progress(self, event: messages.UpdateProgress) -> None:
        """Show one step of a refresh."""
        self._controls.dialogs.show_progress(event.source, event.text)

    def update_finished(self, event: messages.UpdateFinished) -> None:
        """Show the report of a refresh."""
        self._controls.dialogs.show_report(event.report)

    def update_failed(self, event: messages.UpdateFailed) -> None:
        """Say why a refresh could not run."""
        if not self._controls.dialogs.show_failure(event.text):
            self._host.post_message(Notice(event.text, title=_("update failed"), severity="warning"))

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
