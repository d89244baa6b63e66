"""The table of all actions: keys, footer, help screen and palette come from it.

It needs no Textual: the command line checks the keys of the settings against it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from tui.config.settings import VIEW_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.binding import BindingType


VIEWS = tuple(name for name in VIEW_NAMES if name != "model")
"""Names of the views in the order of their digits, from 1; the model is opened from the missions."""

MODES = (*VIEWS, "model")
"""All views: the model of the station is opened from the missions and has no digit."""


class Action(msgspec.Struct, frozen=True):
    """One action.

    Attributes:
        id: Stable name, for key maps in the settings.
        keys: Textual key names, comma separated.
        action: Action string that the app runs.
        title: What it does, for help and palette.
        group: Heading in the help screen.
        footer: Short word for the footer; empty keeps it out.
        shown: How the keys are written for people.
    """

    id: str
    keys: str
    action: str
    title: str
    group: str
    footer: str = ""
    shown: str = ""


def _views() -> Iterator[Action]:
    titles = {
        "station": "Station: map, telemetry, crew, ports, records",
        "crew": "Crew: who is aboard, everyone who ever was",
        "missions": "Missions: timeline since 2021, ports",
        "spacewalks": "Spacewalks: all of them against the record",
        "passes": "Passes: the next ones here",
        "orbit": "Orbit: altitude, elements, eclipses",
        "partners": "Partners: the international programme",
    }
    for digit, name in enumerate(VIEWS, start=1):
        yield Action(f"view.{name}", str(digit), f"view('{name}')", titles[name], "Views", name, str(digit))


ACTIONS: tuple[Action, ...] = (
    *_views(),
    Action("view.next", "ctrl+pagedown", "next_view(1)", "Next view", "Views", shown="Ctrl+PgDn"),
    Action("view.previous", "ctrl+pageup", "next_view(-1)", "Previous view", "Views", shown="Ctrl+PgUp"),
    Action("panel.next", "tab", "screen.panel(1)", "Next panel of the view", "Views", "panel", "Tab"),
    Action("panel.previous", "shift+tab", "screen.panel(-1)", "Panel before", "Views", shown="Shift+Tab"),
    Action("panel.full", "f", "screen.full", "Panel fills the screen, and back; also a click on its border", "Views",
           "full", "f"),
    Action("time.pause", "space", "pause", "Pause, or run on", "Time", "pause", "Space"),
    Action("time.slower", "comma", "slower", "Slower, down to 1x, in either direction", "Time", "slower", ","),
    Action("time.faster", "full_stop", "faster", "Faster, up to 3600x, in either direction", "Time", "faster", "."),
    Action("time.rate_1", "f2", "rate(1)", "Rate 1x", "Time", shown="F2"),
    Action("time.rate_10", "f3", "rate(10)", "Rate 10x", "Time", shown="F3"),
    Action("time.rate_60", "f4", "rate(60)", "Rate 60x: a minute a second", "Time", shown="F4"),
    Action("time.rate_600", "f5", "rate(600)", "Rate 600x: ten minutes a second", "Time", shown="F5"),
    Action("time.rate_3600", "f6", "rate(3600)", "Rate 3600x: an hour a second", "Time", shown="F6"),
    Action("time.reverse", "r", "reverse", "Turn the direction of time", "Time", shown="r"),
    Action("time.minute_back", "less_than_sign", "step(-60)", "One minute back", "Time", shown="<"),
    Action("time.minute_on", "greater_than_sign", "step(60)", "One minute on", "Time", shown=">"),
    Action("time.orbit_back", "left_square_bracket", "step_orbit(-1)", "One orbit back", "Time", shown="["),
    Action("time.orbit_on", "right_square_bracket", "step_orbit(1)", "One orbit on", "Time", shown="]"),
    Action("time.day_back", "left_curly_bracket", "step(-86400)", "One day back", "Time", shown="{"),
    Action("time.day_on", "right_curly_bracket", "step(86400)", "One day on", "Time", shown="}"),
    Action("time.now", "n", "now", "Back to now, live", "Time", "now", "n"),
    Action("time.goto", "g", "goto", "Go to a date", "Time", "go to", "g"),
    Action("time.back", "backspace", "travel_back", "Back to the instant and view before the jump", "Time", "back",
           "Backspace"),
    Action("time.forward", "shift+backspace,backslash", "travel_forward", "Forward again, after Backspace", "Time",
           shown="Shift+Backspace \\"),
    Action("bookmark.keep", "b", "bookmark", "Keep this instant as a bookmark", "Time", shown="b"),
    Action("bookmark.list", "B", "bookmarks", "Bookmarks", "Time", shown="B"),
    Action("time.river", "R", "screen.river", "River of time: take it for its keys, show it, hide it", "Time", "river",
           "R"),
    Action("time.known", "x", "last_known", "Go to the last instant that is known well", "Time", shown="x"),
    Action("event.next", "e", "event(1)", "Next event", "Time", "event", "e"),
    Action("event.previous", "E", "event(-1)", "Previous event", "Time", shown="E"),
    Action("pass.next", "p", "pass(1)", "Next pass over the place", "Passes", "pass", "p"),
    Action("pass.previous", "P", "pass(-1)", "Previous pass over the place", "Passes", shown="P"),
    Action("pass.watch", "w", "watch", "Watch the next good pass", "Passes", "watch", "w"),
    Action("pass.alarm", "exclamation_mark", "screen.alarm", "Alarm on this pass: set, cancel", "Passes", "alarm", "!"),
    Action("place", "o", "place", "Choose the place", "Passes", "place", "o"),
    Action("list.up", "up,k", "screen.move(-1)", "Up in a list or a text", "Lists", shown="↑ k"),
    Action("list.down", "down,j", "screen.move(1)", "Down in a list or a text", "Lists", shown="↓ j"),
    Action("list.left", "left,h", "screen.sideways(-1)", "Left: earlier, or the part before", "Lists", shown="← h"),
    Action("list.right", "right,l", "screen.sideways(1)", "Right: later, or the next part", "Lists", shown="→ l"),
    Action("list.page_up", "pageup", "screen.page(-1)", "A screen up", "Lists", shown="PgUp"),
    Action("list.page_down", "pagedown", "screen.page(1)", "A screen down", "Lists", shown="PgDn"),
    Action("list.first", "home", "screen.edge(-1)", "First line", "Lists", shown="Home"),
    Action("list.last", "end", "screen.edge(1)", "Last line", "Lists", shown="End"),
    Action("list.open", "enter", "screen.enter", "Open, or go there", "Lists", shown="Enter"),
    Action("list.back", "escape", "screen.back", "Back to the list; end the filter", "Lists", shown="Esc"),
    Action("explain", "i", "screen.explain", "Explain: sources, doubts, how it was checked", "Lists", "sources", "i"),
    Action("list.part", "v", "screen.part(1)", "Next part of the view", "Lists", shown="v"),
    Action("list.sort", "a", "screen.sort", "Sort by the next column", "Lists", shown="a"),
    Action("list.reverse", "A", "screen.sort_reverse", "Sort the other way round", "Lists", shown="A"),
    Action("list.nearer", "plus,equals_sign", "screen.zoom(1)", "Timeline: nearer", "Lists", shown="+"),
    Action("list.further", "minus", "screen.zoom(-1)", "Timeline: further away", "Lists", shown="-"),
    Action("list.whole", "0", "screen.zoom(0)", "Timeline: all of it", "Lists", shown="0"),
    Action("map.centre", "c", "map_centre", "Map: next centre (105°E, 0°, 180°, follow)", "Screen", shown="c"),
    Action("map.style", "m", "map_style", "Map: next style (Earth, braille, half, ascii, globe, window)", "Screen",
           shown="m"),
    Action("map.window", "W", "map_window", "Map: out of the window, as the Earth passes below", "Screen", shown="W"),
    Action("map.layers", "L", "map_layers", "Map: choose its layers", "Screen", shown="L"),
    Action("units.clock", "z", "zone", "Times in UTC or local", "Screen", shown="z"),
    Action("theme", "t", "next_theme", "Next theme", "Screen", shown="t"),
    Action("language", "Z", "next_language", "Next language (English, 中文)", "Screen", shown="Z"),
    Action("update", "u", "update", "Fetch new elements and news now", "Screen", shown="u"),
    Action("filter", "slash", "filter", "Filter the table of this view; else find by name", "Screen", "filter", "/"),
    Action("stories", "S", "stories", "The station's story: captioned tours", "Screen", "story", "S"),
    Action("copy", "y", "copy(False)", "Copy the line under the cursor, else the panel", "Screen", shown="y"),
    Action("copy.panel", "Y", "copy(True)", "Copy the whole panel", "Screen", shown="Y"),
    Action("picture", "s", "picture", "Save this screen as a picture (SVG)", "Screen", shown="s"),
    Action("help", "question_mark,f1", "help", "Help", "Screen", "help", "?"),
    Action("palette", "ctrl+p", "command_palette", "Find people, ships, places, events, settings, words", "Screen",
           "find", "Ctrl+P"),
    Action("suspend", "ctrl+z", "suspend_process", "Back to the shell; fg brings it back", "Screen", shown="Ctrl+Z"),
    Action("quit", "q,ctrl+q,ctrl+c", "quit", "Quit", "Screen", "quit", "q"),
)  # fmt: skip


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
