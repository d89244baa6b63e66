"""The table of all actions: keys, footer, help screen and palette come from it.

It needs no Textual: the command line checks the keys of the settings against it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from sim.language import N_
from tui.config.settings import VIEW_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.binding import BindingType


VIEWS = tuple(name for name in VIEW_NAMES if name != "model")
"""Names of the views in the order of their digits, from 1; the model is opened from the missions and has none."""


GROUPS = (N_("Views"), N_("Time"), N_("Passes"), N_("Lists"), N_("Screen"))
"""Headings of the help, in its order."""


class Action(msgspec.Struct, frozen=True):
    """One action.

    Attributes:
        id: Stable name, for key maps in the settings.
        keys: Textual key names, comma separated.
        action: Action string that the app runs.
        title: What it does, for help and palette.
        group: Heading in the help screen.
        footer: Short word for the footer; empty keeps it out.
        written: How the keys are written for people, where that is not their name.
    """

    id: str
    keys: str
    action: str
    title: str
    group: str
    footer: str = ""
    written: str = ""

    @property
    def shown(self) -> str:
        """How the keys are written for people."""
        return self.written or self.keys


def _views() -> Iterator[Action]:
    titles = {
        "station": N_("Station: map, telemetry, crew, ports, records"),
        "crew": N_("Crew: who is aboard, everyone who ever was"),
        "missions": N_("Missions: timeline since 2021, ports"),
        "spacewalks": N_("Spacewalks: all of them against the record"),
        "passes": N_("Passes: the next ones here"),
        "orbit": N_("Orbit: altitude, elements, eclipses"),
        "partners": N_("Partners: the international programme"),
    }
    for digit, name in enumerate(VIEWS, start=1):
        yield Action(f"view.{name}", str(digit), f"view('{name}')", titles[name], "Views", name)


ACTIONS: tuple[Action, ...] = (
    *_views(),
    Action("view.next", "ctrl+pagedown", "next_view(1)", N_("Next view"), "Views", written="Ctrl+PgDn"),
    Action("view.previous", "ctrl+pageup", "next_view(-1)", N_("Previous view"), "Views", written="Ctrl+PgUp"),
    Action("panel.next", "tab", "screen.panel(1)", N_("Next panel of the view"), "Views", N_("panel"), "Tab"),
    Action("panel.previous", "shift+tab", "screen.panel(-1)", N_("Panel before"), "Views", written="Shift+Tab"),
    Action(
        "panel.full",
        "f",
        "screen.full",
        N_("Panel fills the screen, and back; also a click on its border"),
        "Views",
        N_("full"),
    ),
    Action("time.pause", "space", "pause", N_("Pause, or run on"), "Time", N_("pause"), "Space"),
    Action("time.slower", "comma", "slower", N_("Slower, down to 1x, in either direction"), "Time", N_("slower"), ","),
    Action(
        "time.faster", "full_stop", "faster", N_("Faster, up to 3600x, in either direction"), "Time", N_("faster"), "."
    ),
    Action("time.rate_1", "f2", "rate(1)", N_("Rate 1x"), "Time", written="F2"),
    Action("time.rate_10", "f3", "rate(10)", N_("Rate 10x"), "Time", written="F3"),
    Action("time.rate_60", "f4", "rate(60)", N_("Rate 60x: a minute a second"), "Time", written="F4"),
    Action("time.rate_600", "f5", "rate(600)", N_("Rate 600x: ten minutes a second"), "Time", written="F5"),
    Action("time.rate_3600", "f6", "rate(3600)", N_("Rate 3600x: an hour a second"), "Time", written="F6"),
    Action("time.rates", "f7", "rates", N_("List of the rates; also a click on the rate"), "Time", written="F7"),
    Action("time.reverse", "r", "reverse", N_("Turn the direction of time"), "Time"),
    Action("time.minute_back", "less_than_sign", "step(-60)", N_("One minute back"), "Time", written="<"),
    Action("time.minute_on", "greater_than_sign", "step(60)", N_("One minute on"), "Time", written=">"),
    Action("time.orbit_back", "left_square_bracket", "step_orbit(-1)", N_("One orbit back"), "Time", written="["),
    Action("time.orbit_on", "right_square_bracket", "step_orbit(1)", N_("One orbit on"), "Time", written="]"),
    Action("time.day_back", "left_curly_bracket", "step(-86400)", N_("One day back"), "Time", written="{"),
    Action("time.day_on", "right_curly_bracket", "step(86400)", N_("One day on"), "Time", written="}"),
    Action("time.now", "n", "now", N_("Back to now, live"), "Time", N_("now")),
    Action("time.goto", "g", "goto", N_("Go to a date"), "Time", N_("go to")),
    Action(
        "time.back",
        "backspace",
        "travel_back",
        N_("Back to the instant and view before the jump"),
        "Time",
        N_("back"),
        "Backspace",
    ),
    Action(
        "time.forward",
        "shift+backspace,backslash",
        "travel_forward",
        N_("Forward again, after Backspace"),
        "Time",
        written="Shift+Backspace \\",
    ),
    Action("bookmark.keep", "b", "bookmark", N_("Keep this instant as a bookmark"), "Time"),
    Action("bookmark.list", "B", "bookmarks", N_("Bookmarks"), "Time"),
    Action(
        "time.river",
        "R",
        "screen.river",
        N_("River of time: take it for its keys, show it, hide it"),
        "Time",
        N_("river"),
    ),
    Action("time.known", "x", "last_known", N_("Go to the last instant that is known well"), "Time"),
    Action("event.next", "e", "event(1)", N_("Next event"), "Time", N_("event")),
    Action("event.previous", "E", "event(-1)", N_("Previous event"), "Time"),
    Action("pass.next", "p", "pass(1)", N_("Next pass over the place"), "Passes", N_("pass")),
    Action("pass.previous", "P", "pass(-1)", N_("Previous pass over the place"), "Passes"),
    Action("pass.watch", "w", "watch", N_("Watch the next pass worth seeing"), "Passes", N_("watch")),
    Action(
        "pass.alarm",
        "exclamation_mark",
        "screen.alarm",
        N_("Alarm on this pass: set, cancel"),
        "Passes",
        N_("alarm"),
        "!",
    ),
    Action("place", "o", "place", N_("Choose the place"), "Passes", N_("place")),
    Action("list.up", "up,k", "screen.move(-1)", N_("Up in a list or a text"), "Lists", written="↑ k"),
    Action("list.down", "down,j", "screen.move(1)", N_("Down in a list or a text"), "Lists", written="↓ j"),
    Action(
        "list.left", "left,h", "screen.sideways(-1)", N_("Left: earlier, or the part before"), "Lists", written="← h"
    ),
    Action("list.right", "right,l", "screen.sideways(1)", N_("Right: later, or the next part"), "Lists", written="→ l"),
    Action("list.page_up", "pageup", "screen.page(-1)", N_("A screen up"), "Lists", written="PgUp"),
    Action("list.page_down", "pagedown", "screen.page(1)", N_("A screen down"), "Lists", written="PgDn"),
    Action("list.first", "home", "screen.edge(-1)", N_("First line"), "Lists", written="Home"),
    Action("list.last", "end", "screen.edge(1)", N_("Last line"), "Lists", written="End"),
    Action("list.open", "enter", "screen.enter", N_("Open, or go there"), "Lists", written="Enter"),
    Action("list.back", "escape", "screen.back", N_("Back to the list; end the filter"), "Lists", written="Esc"),
    Action(
        "explain", "i", "screen.explain", N_("Explain: sources, doubts, how it was checked"), "Lists", N_("sources")
    ),
    Action("list.part", "v", "screen.part(1)", N_("Next part of the view"), "Lists"),
    Action("list.sort", "a", "screen.sort", N_("Sort by the next column"), "Lists"),
    Action("list.reverse", "A", "screen.sort_reverse", N_("Sort the other way round"), "Lists"),
    Action("list.nearer", "plus,equals_sign", "screen.zoom(1)", N_("Timeline: nearer"), "Lists", written="+"),
    Action("list.further", "minus", "screen.zoom(-1)", N_("Timeline: further away"), "Lists", written="-"),
    Action("list.whole", "0", "screen.zoom(0)", N_("Timeline: all of it"), "Lists"),
    Action("map.centre", "c", "map_centre", N_("Map: next centre (105°E, 0°, 180°, follow)"), "Screen"),
    Action("map.style", "m", "map_style", N_("Map: next style (Earth, braille, half, ascii, globe, window)"), "Screen"),
    Action("map.window", "W", "map_window", N_("Map: out of the window, as the Earth passes below"), "Screen"),
    Action("map.legend", "K", "map_legend", N_("Map: legend, what its signs and colours mean"), "Screen", N_("legend")),
    Action("map.layers", "L", "map_layers", N_("Map: choose its layers"), "Screen"),
    Action("units.clock", "z", "zone", N_("Times in UTC or local"), "Screen"),
    Action("theme", "t", "next_theme", N_("Next theme"), "Screen"),
    Action("language", "Z", "next_language", N_("Next language (English, 中文)"), "Screen"),
    Action("update", "u", "update", N_("Fetch new elements and news now"), "Screen"),
    Action(
        "filter", "slash", "filter", N_("Filter the table of this view; else find by name"), "Screen", N_("filter"), "/"
    ),
    Action("stories", "S", "stories", N_("The station's story: captioned tours"), "Screen", N_("story")),
    Action("copy", "y", "copy(False)", N_("Copy the line under the cursor, else the panel"), "Screen"),
    Action("copy.panel", "Y", "copy(True)", N_("Copy the whole panel"), "Screen"),
    Action("picture", "s", "picture", N_("Save this screen as a picture (SVG)"), "Screen"),
    Action("help", "question_mark,f1", "help", N_("Help"), "Screen", N_("help"), "?"),
    Action(
        "palette",
        "ctrl+p",
        "command_palette",
        N_("Find people, ships, places, events, settings, words"),
        "Screen",
        N_("find"),
        "Ctrl+P",
    ),
    Action(
        "suspend", "ctrl+z", "suspend_process", N_("Back to the shell; fg brings it back"), "Screen", written="Ctrl+Z"
    ),
    Action("quit", "q,ctrl+q,ctrl+c", "quit", N_("Quit"), "Screen", N_("quit"), "q"),
)


def bindings() -> list[BindingType]:
    """Textual's bindings for the whole table."""
    from textual.binding import Binding

    return [
        Binding(action.keys, action.action, action.title, show=False, id=action.id, key_display=action.shown)
        for action in ACTIONS
    ]


def groups() -> dict[str, list[Action]]:
    """Actions by heading, in the order of the table."""
    found: dict[str, list[Action]] = {}
    for action in ACTIONS:
        found.setdefault(action.group, []).append(action)
    return found
