"""A monkey at the keys and the mouse of the dashboard, and a person who then wants the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.widgets import Input

from tui.config.actions import ACTIONS
from tui.config.screen_keys import SCREENS
from tui.views.base import View
from tui.views.theatre.view import Theatre
from tui.wording.passes import pass_key

if TYPE_CHECKING:
    import random

    from tests.support.dashboard import StageTime
    from tests.support.operating import SettlingPilot
    from tui.app import TiangongApp
    from tui.session.memory.travel import Stop, Travel

LEFT_OUT = {"quit", "picture", "suspend"}
"""They end the program, write into a folder of the person, or leave the screen: other tests are about that."""

GENERAL = [key for action in ACTIONS if action.id not in LEFT_OUT for key in action.keys.split(",")]
LOCAL = [key for keys in SCREENS.values() for local in keys for key in local.keys.split(",") if key]
KEYS = sorted({*GENERAL, *LOCAL, *"1234567", "enter", "escape", "delete", "ctrl+s"} - {"q", "ctrl+q", "s"})
TYPED = ("Islamabad", "2024-12-17", "now", "+90m", "33.7, 73.1", "天宫", "[bold]x[/]", "\x1b[31m", "", "x" * 3000)
JUMPS = ("e", "E", "left_square_bracket", "right_square_bracket", "left_curly_bracket", "less_than_sign")
"""Keys that move the clock, in every view."""

MOST_ESCAPES = 12
"""So many things do not lie one above the other."""


class LostError(AssertionError):
    """The way back did not lead where it began."""


class Monkey:
    """Presses keys, clicks, drags and scrolls at random.

    Args:
        dice: Its whims, seeded.
        pilot: Of the dashboard, which is running.
        stage: The clocks.

    Attributes:
        acts: How many keys and mouse events it has given.
        ways_back: How often the way back was walked, and how many steps that took in all.
    """

    def __init__(self, dice: random.Random, pilot: SettlingPilot, stage: StageTime, app: TiangongApp) -> None:
        self._dice, self._pilot, self._stage, self._app = dice, pilot, stage, app
        self.acts = 0
        self.ways_back = (0, 0)

    @property
    def _travel(self) -> Travel:
        return self._app.controls.travel

    async def play(self, count: int) -> None:
        """So many keys and mouse events, with a moment of rest now and then."""
        for _ in range(count):
            self._act()
            if self._dice.random() < 0.15:
                await self._rest()
        await self._rest()

    async def _rest(self) -> None:
        self._stage.pass_by(self._dice.choice([0.0, 0.1, 1.0]))
        await self._pilot.pause()
        assert self._app.is_running, f"the dashboard ended at event {self.acts}"

    def _act(self) -> None:
        """One key, or what a hand does with a mouse, as a terminal reports it."""
        kind = self._dice.random()
        if kind < 0.75:
            self._app.simulate_key(self._dice.choice(KEYS))
            self.acts += 1
        elif kind < 0.78:
            self._app.post_message(events.Paste(self._dice.choice(TYPED)))
            self.acts += 1
        elif kind < 0.88:
            self._click()
        elif kind < 0.93:
            self._drag()
        else:
            wheel = self._dice.choice([events.MouseScrollDown, events.MouseScrollUp, events.MouseMove])
            self._mouse(wheel, *self._somewhere(), button=0)

    def _somewhere(self) -> tuple[int, int]:
        return self._dice.randrange(self._app.size.width), self._dice.randrange(self._app.size.height)

    def _mouse(self, kind: type[events.MouseEvent], x: int, y: int, button: int = 1) -> None:
        self._app.post_message(kind(None, x, y, 0, 0, button, False, False, False, x, y))
        self.acts += 1

    def _click(self) -> None:
        x, y = self._somewhere()
        for _ in range(self._dice.choice([1, 1, 1, 2])):
            self._mouse(events.MouseDown, x, y)
            self._mouse(events.MouseUp, x, y)

    def _drag(self) -> None:
        self._mouse(events.MouseDown, *self._somewhere())
        for _ in range(2):
            self._mouse(events.MouseMove, *self._somewhere())
        self._mouse(events.MouseUp, *self._somewhere())

    # ── the way back ──────────────────────────────────────────────────────────────────────────

    async def press(self, key: str) -> None:
        """One key, and whatever it sets going."""
        await self._pilot.press(key)
        self.acts += 1

    async def come_up(self) -> None:
        """Leave all that lies above the view, as a person does: with Escape; what comes later has come."""
        await self._pilot.pause()
        for _ in range(MOST_ESCAPES):
            if self._on_a_view():
                return
            await self.press("escape")
        raise LostError(f"Escape does not lead out of {self._app.screen_stack} at event {self.acts}")

    def _on_a_view(self) -> bool:
        screen = self._app.screen
        told = self._app.controls.stories.story is not None
        plain = isinstance(screen, View) and not isinstance(screen, Theatre)
        return plain and not told and not isinstance(self._app.focused, Input)

    async def go_and_come_back(self, count: int) -> None:
        """Jump, do whatever comes to mind, and go back until there: instant, view and selection must be the same."""
        await self.come_up()
        here, behind = self._travel.here(), len(self._travel.way_back)
        await self.press(self._dice.choice(JUMPS))
        if len(self._travel.way_back) != behind + 1:
            return  # there was no further event, or the step before is gone on with
        left = self._travel.way_back[behind]
        await self.play(count)
        await self.come_up()
        way = self._travel.way_back
        if len(way) <= behind or way[behind] is not left:
            return  # the monkey went back by itself
        for _ in way[behind:]:
            await self.press("backspace")
        back = self._travel.here()
        if not _same(here, back, gone=self._beyond_the_list(here)):
            raise LostError(f"from {here} back to {back} by {way[behind:]}, at event {self.acts}")
        self.ways_back = (self.ways_back[0] + 1, self.ways_back[1] + len(way) - behind)

    def _beyond_the_list(self, stop: Stop) -> bool:
        """Whether the pass that was selected is no longer listed: passes are searched for ten days from an instant."""
        passes = self._app.session.frame().passes
        listed = {pass_key(pass_) for pass_ in passes or ()}
        return stop.where.view == "passes" and passes is not None and stop.where.selection not in listed

    async def go_home(self) -> None:
        """Back to where it all began: Backspace until nothing is left to go back to."""
        await self.come_up()
        while way := self._travel.way_back:
            await self.press("backspace")
            assert self._travel.way_back == way[:-1]


def _same(one: Stop, other: Stop, *, gone: bool) -> bool:
    """The same stop; a live one is live again, whatever the time.

    Where a filter hid every row nothing was selected; the way back remembers rows, and ends or sets no filter. A row
    that is gone cannot be selected again.
    """
    same_time = one.stand.live if other.stand.live else one.stand == other.stand
    same_row = gone or one.where.selection in {"", other.where.selection}
    return same_time and one.where.view == other.where.view and same_row
