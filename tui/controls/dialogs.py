"""Opens the dialogs and takes their results into the session and the settings."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC
from typing import TYPE_CHECKING

from sim.errors import SettingsError
from sim.language import _
from tui.messages import Notice
from tui.wording import quantities

if TYPE_CHECKING:
    from collections.abc import Callable

    from sim.clock import SimulationClock
    from sim.places.place import Place
    from sim.sources.refresh_report import RefreshReport
    from sim.stories.model import Step
    from tui.config.state_file import Bookmark
    from tui.controls.host import AppHost
    from tui.session.live.live_refresh import LiveRefresh
    from tui.session.memory.travel import Travel
    from tui.session.preferences import Preferences
    from tui.session.session import Session
    from tui.views.dialogs.place import PlaceChoice
    from tui.views.dialogs.update import Update
    from tui.views.palette.finds import Found
    from tui.widgets.map.station_map import StationMap


class Dialogs:
    """The dialogs of the dashboard; the module of each is imported when it is first opened.

    Args:
        host: Where they are opened.
        session: What they show.
        preferences: Where choices are kept.
        travel: Goes to what is chosen, and has the bookmarks.
        live: Its refresh is cancelled by the update dialog.
    """

    def __init__(
        self, host: AppHost, session: Session, preferences: Preferences, travel: Travel, live: LiveRefresh
    ) -> None:
        self._host = host
        self._session = session
        self._preferences = preferences
        self._travel = travel
        self._live = live

    def own_keys(self) -> dict[str, str]:
        """The person's own keys that can be used, by the ids of the actions."""
        from tui.config.keymap import checked

        return checked(self._preferences.settings.keys).keys

    def open_help(self, topic: str = "keys") -> None:
        """Keys and the terms used, or another topic."""
        from tui.views.dialogs.help import Help

        self._host.push_screen(Help(self.own_keys(), self._host.current_mode, topic))

    def open_palette(self) -> None:
        """The command palette, unless it is open."""
        from tui.views.palette.palette import Palette

        if not isinstance(self._host.screen_stack[-1], Palette):
            self._host.push_screen(Palette(self._session.chronicle, self._finds, self._session.objects))

    def _finds(self) -> tuple[Found, ...]:
        """What the palette finds beside actions and the chronicle, as it is now."""
        from tui.config.state_file import read_state
        from tui.views.palette.finds import Shelf, finds

        marks: tuple[Bookmark, ...] = ()
        with suppress(SettingsError):  # the list of bookmarks tells that
            marks = read_state().bookmarks
        return finds(Shelf(self._session.events, self._preferences.settings, marks))

    def open_goto(self) -> None:
        """Ask for a date, and go there."""
        from tui.views.dialogs.goto import GoTo

        place = self._session.place
        zone = quantities.zone_of(place, utc=self._session.utc)
        zone_name = _("{name} time").format(name=place.label) if zone else "UTC"
        prompt = GoTo(self._session.clock, zone or UTC, zone_name)
        self._host.push_screen(prompt, lambda unix_s: None if unix_s is None else self._travel.seek(unix_s))

    def open_rates(self, clock: SimulationClock, run_at: Callable[[float], None], pause: Callable[[], None]) -> None:
        """List the rates of a clock, and call a function with the one that is chosen, or the other for a pause."""
        from tui.views.dialogs.rates import RateList

        def take(rate: float | None) -> None:
            if rate == 0.0:
                pause()
            elif rate is not None:
                run_at(rate)

        self._host.push_screen(RateList(clock.rate, paused=clock.paused), take)

    def open_bookmark_name(self) -> None:
        """Ask for a name, and store the instant as a bookmark."""
        from tui.views.dialogs.bookmarks import BookmarkName

        prompt = BookmarkName(self._travel.suggested_name())
        self._host.push_screen(prompt, lambda name: None if name is None else self._travel.keep(name))

    def open_bookmarks(self) -> None:
        """List the bookmarks, and go to the one that is chosen."""
        from tui.views.dialogs.bookmarks import BookmarkList

        marks = BookmarkList(self._travel.bookmarks(), self._travel.forget)
        self._host.push_screen(marks, lambda mark: None if mark is None else self._travel.go_to(mark))

    def open_stories(self, tell: Callable[[str], None]) -> None:
        """List the stories, and call a function with the name of the one that is chosen."""
        from sim.stories.library import covers
        from tui.views.dialogs.stories import StoryList

        self._host.push_screen(StoryList(covers()), lambda name: None if name is None else tell(name))

    def open_story_sources(self, step: Step) -> None:
        """Where each sentence of a step of a story was read."""
        from sim.chronicle import Proof
        from tui.views.dialogs.proof import ProofDialog
        from tui.wording.proof import Explained

        now_s = self._session.clock.wall_unix_s()  # a story is told today: none of its sources is later

        def tell() -> list[Explained]:
            return [Explained(_(one.text), Proof(sources=one.sources), now_s) for one in step.sentences]

        self._host.push_screen(ProofDialog(tell, now_s, self._session.chronicle.events))

    def open_place(self, use_place: Callable[[Place], None]) -> None:
        """Ask for a place, keep the choice in the settings, and call a function with it."""
        from tui.views.dialogs.place import PlacePicker

        def take(choice: PlaceChoice | None) -> None:
            if choice is None:
                return
            if choice.place is not None:
                use_place(choice.place)
            place = self._preferences.settings.place if choice.place is None else choice.place
            self._preferences.keep(place=place, places=choice.saved)

        self._host.push_screen(PlacePicker(self._session.chosen_place, self._preferences.settings.places), take)

    def open_layers(self) -> None:
        """The layers of the map: keep what is chosen, and show it on the maps of all open screens."""
        from tui.views.dialogs.layers import LayerList
        from tui.widgets.map.station_map import StationMap

        def apply(names: tuple[str, ...]) -> None:
            self._preferences.keep(map_layers=names)
            for screen in self._host.screen_stack:
                for panel in screen.query(StationMap):
                    panel.show_layers(frozenset(names))
            self._host.call_later(self._host.draw)

        if self._map() is not None:
            self._host.push_screen(LayerList(frozenset(self._preferences.settings.map_layers), apply))

    def open_legend(self) -> None:
        """What the signs and colours of the map mean."""
        from tui.views.dialogs.legend import MapLegend

        if (track := self._map()) is not None:
            self._host.push_screen(MapLegend(track.drawn_options, track.colours))

    def _map(self) -> StationMap | None:
        """The map on the screen; says so where there is none."""
        from tui.widgets.map.station_map import StationMap

        track = next(iter(self._host.screen.query(StationMap)), None)
        if track is None:
            self._host.post_message(Notice(_("this view has no map"), timeout_s=2.0))
        return track

    async def open_update(self) -> None:
        """The progress of a refresh that has just begun."""
        from tui.views.dialogs.update import Update

        await self._host.push_screen(Update(self._live.cancel))

    def show_progress(self, source: str, text: str) -> None:
        """One step of a refresh, where the update dialog is open."""
        if (dialog := self._update()) is not None:
            dialog.say(source, text)

    def show_report(self, report: RefreshReport) -> None:
        """The report of a refresh, where the update dialog is open."""
        if (dialog := self._update()) is not None:
            dialog.finish(report)

    def show_failure(self, text: str) -> bool:
        """Why a refresh could not run, where the update dialog is open; false where it is not."""
        dialog = self._update()
        if dialog is not None:
            dialog.fail(text)
        return dialog is not None

    def _update(self) -> Update | None:
        """The update dialog, if it is open."""
        if len(self._host.screen_stack) < 2:
            return None
        from tui.views.dialogs.update import Update

        return next((screen for screen in self._host.screen_stack if isinstance(screen, Update)), None)
