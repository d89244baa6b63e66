"""Plays a story: each step sets clock, view and selection; at the end they are restored.

Between two steps a person may go wherever they like; the caption stays, and the story goes on from where it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from textual.widgets import Input

from sim.clock import Stand
from sim.errors import SettingsError, StoryError
from sim.language import N_, _, dates
from sim.language.lists import joined
from sim.orbit.space_object import object_of
from sim.orbit.uncertainty import error_of
from sim.sanitize import clean
from sim.stories.library import find_story
from sim.time import to_datetime
from tui.config.state_file import change_state, read_state
from tui.messages import Notice
from tui.session.memory.travel import Stop, Whereabouts
from tui.views.base import View
from tui.widgets.caption_bar import Caption, CaptionBar

if TYPE_CHECKING:
    from sim.stories.model import Step, Story
    from tui.controls.dialogs import Dialogs
    from tui.controls.frame_loop import FrameLoop
    from tui.controls.host import AppHost
    from tui.controls.theatre_control import TheatreControl
    from tui.session.host import Host
    from tui.session.memory.travel import Travel
    from tui.session.session import Session


NEAR_S = 1.5
"""An instant this near to that of a step belongs to it."""

OFFER = N_("S tells the station's story")


def offer_stories(host: Host) -> None:
    """Say once that stories can be told; not at all where it cannot be stored that it was said."""
    try:
        if read_state().welcomed:
            return
        change_state(lambda state: msgspec.structs.replace(state, welcomed=True))
    except SettingsError:
        return  # the list of bookmarks tells what is wrong with the file
    host.post_message(Notice(_(OFFER), timeout_s=8.0))


class Teller:
    """Plays one story at a time.

    Args:
        host: The screens, on which the caption stands.
        session: Whose clock.
        travel: Seeks the instants of the steps and restores the one before the story.
        frames: Draws the frames, with the caption.
        theatre: Closed when a story begins.
        dialogs: Have the list of stories and the sources of a step.

    Attributes:
        story: The story that is told, if one is.
    """

    def __init__(
        self,
        host: AppHost,
        session: Session,
        travel: Travel,
        frames: FrameLoop,
        theatre: TheatreControl,
        dialogs: Dialogs,
    ) -> None:
        self._host = host
        self._session = session
        self._travel = travel
        self._frames = frames
        self._theatre = theatre
        self._dialogs = dialogs
        self.story: Story | None = None
        self._number = 0
        self._home = self._travel.here()
        self._stop = self._home
        self._until_s: float | None = None
        self._remark = ""
        self._bars: dict[View, CaptionBar] = {}

    # ── what a person asks for ────────────────────────────────────────────────────────────────

    def open(self) -> None:
        """Open the list of stories; during a story, return to its step."""
        self._theatre.leave()
        if self.story is None:
            self._dialogs.open_stories(self.tell)
        else:
            self.again()

    def tell(self, wanted: str) -> None:
        """Play an embedded story by its name, or one of a file; an error is notified in one line."""
        about = object_of(self._session.orbit.elements(self._session.clock.now()))
        try:
            if not about.is_station:
                label = clean(about.label, limit=40)
                raise StoryError(
                    _("the stories are those of Tiangong, and {label} is what the screen follows").format(label=label)
                )
            story = find_story(wanted, self._session.chronicle)
        except StoryError as problem:
            self._host.post_message(Notice(str(problem), title=_("story"), severity="error"))
            return
        self._theatre.leave()
        self.begin(story)

    def show_sources(self) -> None:
        """Show the sources of each sentence of the step."""
        if (step := self.step) is not None:
            self._dialogs.open_story_sources(step)

    def begin(self, story: Story) -> None:
        """Play a story from its first step; its end restores what is shown now, or was before the story under way."""
        if self.story is None:
            self._home = self._travel.here()
        self.story = story
        self._frames.story = self
        self._number = 0
        self.again()

    def next(self) -> None:
        """Go to the next step; after the last one, end the story."""
        if self.story is None or self._number + 1 >= len(self.story.steps):
            self.leave()
            return
        self._number += 1
        self.again()

    def previous(self) -> None:
        """Go to the previous step; the first one is shown again."""
        self._number = max(self._number - 1, 0)
        self.again()

    def again(self) -> None:
        """Show the step again from its beginning, with its view and instant."""
        step = self.step
        if step is None:
            return
        stand, self._remark = self._stand(step)
        self._until_s = step.until_s
        self._stop = Stop(stand, Whereabouts(step.view, step.select))
        self._travel.show(self._stop)

    def leave(self) -> None:
        """End the story and restore the instant, rate, view and selection before it."""
        if self.story is None:
            return
        self.story = self._frames.story = None
        for bar in self._bars.values():
            bar.close()
        self._bars.clear()
        self._travel.show(self._home)

    # ── what it shows ─────────────────────────────────────────────────────────────────────────

    @property
    def step(self) -> Step | None:
        """The present step."""
        return None if self.story is None else self.story.steps[self._number]

    @property
    def has_keys(self) -> bool:
        """Whether keys go to the story: its caption is on the uppermost screen, and nothing is being typed."""
        screen = self._host.screen_stack[-1]
        return self.story is not None and screen in self._bars and not isinstance(screen.focused, Input)

    def keep_time(self) -> None:
        """Stop the clock where the step ends, before a frame is made of a later instant."""
        clock, step = self._session.clock, self.step
        if step is None or self._until_s is None or clock.paused or clock.rate != step.rate:
            return
        if (clock.now() - self._until_s) * step.rate >= 0.0:
            clock.seek(self._until_s)
            clock.pause()
            self._until_s = None

    def show_caption(self) -> None:
        """Write the caption on the view that is open."""
        story, step = self.story, self.step
        if story is None or step is None:
            return
        view = next(iter(self._host.screen_stack), None)  # none while the app exits
        if not (isinstance(view, View) and view.has_panels):
            return
        bar = self._bars.get(view)
        if bar is None:
            bar = self._bars[view] = CaptionBar(id="caption")
            bar.newest = view.newest
            view.mount(bar)
        caption = Caption(
            title=_(story.title),
            number=self._number + 1,
            count=len(story.steps),
            text=joined(_(sentence.text) for sentence in step.sentences),
            remark=self._remark,
            strayed=self._has_strayed(),
        )
        bar.tell(caption)

    def _stand(self, step: Step) -> tuple[Stand, str]:
        """The instant to seek, and a remark where it differs from the one of the step."""
        if step.unix_s is not None:
            still = step.rate == 0.0
            return Stand(unix_s=step.unix_s, live=False, paused=still, rate=1.0 if still else step.rate), ""
        now_s = self._session.clock.wall_unix_s()
        provenance = self._session.orbit.provenance(now_s)
        if error_of(provenance).position_known:
            return Stand(unix_s=now_s, live=True, paused=False, rate=1.0), ""
        known_s = provenance.epoch_unix_s
        day = dates.day(to_datetime(known_s)).lstrip("0")
        text = _("Where it is now is not known without newer elements (u fetches them): this is {day}, the last known.")
        remark = text.format(day=day)
        return Stand(unix_s=known_s, live=False, paused=False, rate=1.0), remark

    def _has_strayed(self) -> bool:
        """Whether another view is open or another instant is shown than the step's."""
        clock, stand = self._session.clock, self._stop.stand
        if self._travel.here().where.view != self._stop.where.view:
            return True
        if stand.live or clock.live:
            return stand.live != clock.live
        if self.step is None or self.step.until_s is None:
            return (clock.paused != stand.paused) or (stand.paused and abs(clock.now() - stand.unix_s) > NEAR_S)
        first, last = sorted((stand.unix_s, self.step.until_s))
        return not first - NEAR_S <= clock.now() <= last + NEAR_S
