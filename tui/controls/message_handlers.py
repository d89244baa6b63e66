"""What views and background work ask for by the messages of `tui.messages`."""

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
    """Hands each message to the collaborator that does what it asks for.

    Args:
        host: The app.
        controls: Its collaborators.
    """

    def __init__(self, host: AppHost, controls: Collaborators) -> None:
        self._host = host
        self._controls = controls
        self._told: set[str] = set()

    def map_moved(self, event: GroundTrack.Moved) -> None:
        """Keep where the map is."""
        self._controls.appearance.keep_map(event.options)

    def use_place(self, event: messages.UsePlace) -> None:
        """Be at a place, and keep it."""
        self._controls.place.use_and_keep(event.place)

    def redraw(self) -> None:
        """Something was changed by hand."""
        self._host.draw()

    def seek(self, event: messages.Seek) -> None:
        """Move the clock."""
        self._controls.travel.seek(event.unix_s, length_s=event.length_s)

    def open_view(self, event: messages.OpenView) -> None:
        """Go to a view."""
        self._controls.navigation.jump(event.unix_s, event.name, event.select)

    def follow_object(self, event: messages.FollowObject) -> None:
        """Take another object of the files of elements."""
        self._controls.followed.follow(event.wanted, self._host.name_object)

    def choose_theme(self, event: messages.ChooseTheme) -> None:
        """Take a theme that was found."""
        self._host.take_theme(event.name)

    def choose_language(self, event: messages.ChooseLanguage) -> None:
        """Write in a language that was found."""
        self._host.take_language(event.code)

    def tell_story(self, event: messages.TellStory) -> None:
        """Tell a story that was found."""
        self._controls.stories.tell(event.name)

    def show_help(self, event: messages.ShowHelp) -> None:
        """Open a topic of the help that was found."""
        self._controls.dialogs.open_help(event.topic)

    def go_to_bookmark(self, event: messages.GoToBookmark) -> None:
        """Go to a bookmark that was found."""
        self._controls.travel.go_to(event.mark)

    def toggle_alarm(self, event: messages.ToggleAlarm) -> None:
        """Set an alarm on a pass, or cancel it."""
        self._controls.alarms.toggle(event.pass_, self._controls.settings.alert_lead_min)

    def watch_pass(self, event: messages.WatchPass) -> None:
        """Watch a pass."""
        self._controls.theatre.watch(event.pass_, rehearse=event.rehearse)

    def watch_previous_pass(self, event: messages.WatchPreviousPass) -> None:
        """Search the pass before the one in the theatre."""
        self._controls.pass_watch.watch_previous(event.before_unix_s)

    def watch_live(self, event: messages.WatchLive) -> None:
        """Set the clock to the real now, with the theatre open if a pass is known there."""
        self._controls.theatre.watch_live(event.pass_)

    def watched_pass_changed(self, event: messages.WatchedPassChanged) -> None:
        """The theatre shows another pass, or closes."""
        self._controls.theatre.changed(event.pass_)

    async def update_started(self) -> None:
        """Show how the refresh goes on."""
        await self._controls.dialogs.open_update()

    def update_progress(self, event: messages.UpdateProgress) -> None:
        """One step of a refresh."""
        self._controls.dialogs.show_progress(event.source, event.text)

    def update_finished(self, event: messages.UpdateFinished) -> None:
        """A refresh has ended."""
        self._controls.dialogs.show_report(event.report)

    def update_failed(self, event: messages.UpdateFailed) -> None:
        """A refresh could not run."""
        if not self._controls.dialogs.show_failure(event.text):
            self._host.post_message(Notice(event.text, title=_("update failed"), severity="warning"))

    def work_changed(self, worker: Worker[object]) -> None:
        """Say of work that an unexpected error has ended which it was and why: once, as a search is begun again."""
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
