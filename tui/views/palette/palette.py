"""The command palette: every action, and every person, ship and event to jump to."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.command import CommandInput, CommandList, CommandPalette, DiscoveryHit, Hit, Hits, Provider, SearchIcon
from textual.containers import Horizontal, Vertical
from textual.widgets import LoadingIndicator

from sim.language import _
from sim.sanitize import clean, folded
from tui.config.actions import ACTIONS
from tui.messages import FollowObject, OpenView
from tui.views.dialogs.dialog import CurrentOptions, DismissOnce
from tui.views.palette.finds import PlaceCommands, ShelfCommands

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult
    from textual.await_complete import AwaitComplete
    from textual.events import Timer
    from textual.message import Message
    from textual.widgets import Input

    from sim.chronicle import Chronicle
    from sim.chronicle.search import SearchHit
    from sim.orbit.space_object import SpaceObject
    from tui.views.palette.finds import Found

FEW_OBJECTS = 12

BEGINS, NAMED = 200.0, 100.0
"""Added to the score of a title that begins with what was typed, and of events of the kind that was typed: an action
that has the word somewhere comes after both."""

SCATTERED = 0.01
"""Scales Textual's score, 1 to some 30, of a title that merely has all the letters to below `FOUND`."""

FOUND = 0.9
"""The score of what the chronicle finds first; it finds nothing by scattered letters."""


class FoundList(CommandList, CurrentOptions):
    """Textual's list of what was found; a search that goes on puts other options into it at any time."""


class Palette(CommandPalette, DismissOnce[None]):
    """Textual's palette, dismissed once.

    Args:
        chronicle: Is searched beside the table of actions.
        entries: What else can be found; asked when something is typed.
        objects: Those of the files of elements; with more than one of them another can be followed.
    """

    takes_word = True

    # As in other dialogs, with the wider padding of the palette's options.
    # Paler than its title, what is said about an option could not be read in every theme.
    DEFAULT_CSS = """
    Palette CommandList { min-width: 8; }
    Palette > .command-palette--help-text { text-style: not bold; }
    Palette CommandList > .option-list--option-highlighted { background: $primary 24%; }
    Palette CommandList:ansi > .option-list--option-highlighted { background: $block-cursor-background; }
    """

    def __init__(
        self,
        chronicle: Chronicle,
        entries: Callable[[], tuple[Found, ...]],
        objects: Sequence[SpaceObject] = (),
    ) -> None:
        several = [made_for(ObjectCommands, objects=tuple(objects))] if len(objects) > 1 else []
        known = made_for(ChronicleCommands, chronicle=chronicle)
        shelf = made_for(ShelfCommands, entries=staticmethod(entries))
        super().__init__([ActionCommands, *several, known, shelf, PlaceCommands])
        self._asks = _("a person, a ship, a place, an event, a setting, a word, an action")

    def compose(self) -> ComposeResult:
        """Textual's widgets, with a list of its own."""
        with Vertical(id="--container"):
            with Horizontal(id="--input"):
                yield SearchIcon()
                yield CommandInput(placeholder=self._asks, select_on_focus=False)
            with Vertical(id="--results"):
                yield FoundList()
                yield LoadingIndicator()

    async def on_event(self, event: events.Event) -> None:
        """Handle an event; set nothing up where a view was opened in the same burst, which has closed the palette.

        Textual 8.2 would look for the screen below it, and ends the program where there is none.
        """
        if not (isinstance(event, events.Mount) and self not in self.app.screen_stack):
            await super().on_event(event)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Move in the list only where there is room for it: in a list without lines Textual 8.2 raises `KeyError`."""
        if action == "command_list" and not self.query_one(CommandList).scrollable_content_region:
            return False
        return super().check_action(action, parameters)

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Close the palette and end its search, which would fail when it finds the list of results gone."""
        self.workers.cancel_node(self)
        return super().dismiss(result)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Begin no search for what was typed in the moment in which the palette was closed."""
        self._drop_when_closed(event)

    async def on_timer(self, event: Timer) -> None:
        """Do nothing once the palette is closing: its list is removed before its timers stop."""
        self._drop_when_closed(event)

    def _drop_when_closed(self, event: Message) -> None:
        if not self.is_active:
            event.prevent_default()


class ActionCommands(Provider):
    """Everything in the action table."""

    async def discover(self) -> Hits:
        for action in ACTIONS:
            yield DiscoveryHit(_(action.title), partial(self.app.run_action, action.action), help=_help(action.shown))

    async def search(self, query: str) -> Hits:
        """Actions whose title matches: by a word, before what the chronicle finds; by scattered letters, after it."""
        matcher, typed = self.matcher(query), query.strip().casefold()
        for action in ACTIONS:
            title = _(action.title)
            names = {title, action.title}  # found by the English name too
            score = max(map(matcher.match, names))
            if any(name.casefold().startswith(typed) for name in names):
                score += BEGINS
            elif not any(f" {typed}" in name.casefold() for name in names):
                score *= SCATTERED
            if score > 0:
                run = partial(self.app.run_action, action.action)
                yield Hit(score, matcher.highlight(title), run, help=_help(action.shown))


class ChronicleCommands(Provider):
    """People, ships, spacewalks and events: Enter goes to the view and the instant."""

    chronicle: ClassVar[Chronicle]

    async def search(self, query: str) -> Hits:
        """What the chronicle finds for the text, best first."""
        for rank, found in enumerate(self.chronicle.find(query)[:20]):
            yield Hit(
                FOUND - rank * 0.01 + (NAMED if found.event == query.strip().casefold() else 0.0),
                found.title,
                partial(self._open, found),
                help=f"{found.event or found.kind} · {found.detail[:40]}" if found.detail else found.kind,
            )

    def _open(self, found: SearchHit) -> None:
        unix_s = None if found.kind in STAYING else found.unix_s
        self.app.post_message(OpenView(view_of(found), unix_s, found.about or found.title))


class ObjectCommands(Provider):
    """The objects of the files of elements: Enter follows another one."""

    objects: ClassVar[Sequence[SpaceObject]]

    async def discover(self) -> Hits:
        for one in self.objects[:FEW_OBJECTS]:
            yield DiscoveryHit(_offer(one), partial(self._follow, one), help=_("object of the file"))

    async def search(self, query: str) -> Hits:
        """Objects whose name, number or designator holds the text, those that begin with it first."""
        sought = folded(query.strip().removeprefix("follow ").strip())
        if not sought:
            return
        ranked = ((rank, one) for one in self.objects if (rank := _rank(one, sought)))
        for rank, one in sorted(ranked, key=lambda found: -found[0])[:20]:
            yield Hit(FOUND + rank, _offer(one), partial(self._follow, one), help=_("object of the file"))

    def _follow(self, one: SpaceObject) -> None:
        self.app.post_message(FollowObject(str(one.norad_id or one.cospar_id or one.name)))


def _rank(one: SpaceObject, sought: str) -> int:
    """3 where the whole name or number is sought, 2 where one begins with it, 1 where one holds it, else 0."""
    names = (folded(one.label), str(one.norad_id or ""), folded(one.cospar_id or ""))
    if sought in names:
        return 3
    return 2 if any(name.startswith(sought) for name in names) else int(any(sought in name for name in names))


def _offer(one: SpaceObject) -> str:
    name = clean(f"{one.label} {one.norad_id}" if one.norad_id and one.name else one.label, limit=60)
    return _("follow {object}").format(object=name)


def made_for(provider: type[Provider], **found: object) -> type[Provider]:
    """A provider for what shall be found: Textual makes providers by their class."""
    return type(provider.__name__, (provider,), found)


_VIEWS = {
    "person": "crew",
    "spacewalk": "spacewalks",
    "candidate": "partners",
    "payload": "partners",
    "agreement": "partners",
    "spacewalk start": "spacewalks",
    "spacewalk end": "spacewalks",
    "record": "spacewalks",
    "partners": "partners",
    "avoidance": "orbit",
    "raise": "orbit",
    "lowering": "orbit",
}
"""Views that show what was found, by the kind of the event or of the hit; the missions view shows all others."""


def view_of(found: SearchHit) -> str:
    """The view that shows a search hit."""
    return _VIEWS.get(found.event or found.kind, "missions")


STAYING = {"person", "mission", "module", "candidate", "payload"}
"""Opening one of these leaves the clock where it is."""


def _help(key: str) -> str:
    return _("key {key}").format(key=key) if key else ""
