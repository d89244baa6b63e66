"""Keys of single screens, or with another meaning there: their bindings and the help come from this table.

Keys without an action are those of the general table, whose action the screen implements differently.
"""

from __future__ import annotations

import msgspec
from textual.binding import Binding, BindingType


class LocalKey(msgspec.Struct, frozen=True):
    """What a key does on one screen.

    Attributes:
        shown: How the key is written for people.
        title: What it does there.
        keys: Textual key names, comma separated; empty where the general table or the input binds it.
        action: Action string that the screen runs.
    """

    shown: str
    title: str
    keys: str = ""
    action: str = ""
    first: bool = False
    """Whether it comes before every other use of the key, as long as its action can be taken."""


STORY = "While a story is told (S)"

SCREENS: dict[str, tuple[LocalKey, ...]] = {
    "On the map of the station (1)": (
        LocalKey("+ - 0", "Nearer, further away (also the wheel), the whole Earth"),
        LocalKey("← → ↑ ↓", "Move the map (also by dragging); after Tab ↑ ↓ walk through the links of a panel"),
        LocalKey("l", "Choose the layers of the map", "l", "app.map_layers"),
        LocalKey("Enter", "Follow the link of the panel; else what is in the middle of the map (also a click)"),
    ),
    "On the river of time (R)": (
        LocalKey("←", "Back by a cell of it (also the wheel)", "left", "scrub(-1)"),
        LocalKey("→", "On by a cell of it", "right", "scrub(1)"),
        LocalKey("+ =", "A shorter span, down to hours", "plus,equals_sign", "zoom(1)"),
        LocalKey("-", "A longer span, up to years", "minus", "zoom(-1)"),
        LocalKey("0", "Three days again", "0", "zoom(0)"),
        LocalKey("R", "Hide it; Esc leaves it on the screen"),
    ),
    "In the list of layers (l)": (LocalKey("Esc l q", "Close", "escape,l,q", "dismiss(None)"),),
    "While a place of the map is chosen (Enter, click)": (LocalKey("Esc q", "Close", "escape,q", "dismiss(None)"),),
    "In the orbit (6), where there is no room for all of it": (
        LocalKey("v", "The next page: history, decay, sources"),
    ),
    "In the missions (3) and the orbit (6)": (LocalKey("+ - 0", "A shorter span of time, a longer one, all of it"),),
    "In the missions (3)": (LocalKey("f", "The station in three dimensions, full screen", "f", "full_screen"),),
    "While the station is shown in three dimensions (f)": (
        LocalKey("← →", "Turn around"),
        LocalKey("PgUp PgDn", "Higher, lower"),
        LocalKey("Tab", "Point at the next part", "tab", "point(1)"),
        LocalKey("Shift+Tab", "Point at the part before", "shift+tab", "point(-1)"),
        LocalKey("Enter", "Open the part pointed at"),
        LocalKey("+ - 0", "Nearer, further, as at first and turning again"),
        LocalKey("f Esc", "Back to the missions", "f,escape", "leave"),
    ),
    "In the passes (5)": (
        LocalKey("v", "Only those that can be seen, or all"),
        LocalKey("*", "Only those of one, two or three stars, or all", "asterisk", "grade"),
        LocalKey("+ - 0", "Only those that climb higher, less high, or all"),
        LocalKey("Enter", "Watch the pass under the cursor"),
        LocalKey("Esc", "End the filter, then show all passes again"),
    ),
    "While a pass is watched (w)": (
        LocalKey("v", "The sky with north up, south up, or as you face it"),
        LocalKey("← →", "Turn around"),
        LocalKey("p", "The next pass", "p", "next"),
        LocalKey("P", "The pass before", "P", "previous"),
        LocalKey("n", "Back to now, with this pass or the next", "n", "live"),
        LocalKey("Enter", "After the pass the next one; long before it a rehearsal"),
        LocalKey("Esc Backspace", "Leave; a rehearsal returns to where it began", "backspace", "back"),
    ),
    "While a bookmark is named (b)": (
        LocalKey("Enter", "Keep it"),
        LocalKey("Esc", "Leave", "escape", "dismiss(None)"),
    ),
    "In the list of bookmarks (B)": (
        LocalKey("↑ k", "Up", "k", "move(-1)"),
        LocalKey("↓ j", "Down", "j", "move(1)"),
        LocalKey("Enter", "Go there"),
        LocalKey("d", "Forget it", "d", "forget"),
        LocalKey("Esc B q", "Leave", "escape,B,q", "dismiss(None)"),
    ),
    "In the list of stories (S)": (
        LocalKey("↑ k", "Up", "k", "move(-1)"),
        LocalKey("↓ j", "Down", "j", "move(1)"),
        LocalKey("Enter", "Tell it"),
        LocalKey("Esc S q", "Leave", "escape,S,q", "dismiss(None)"),
    ),
    STORY: (
        LocalKey("Space", "Go on; after the last step back to where you were", "space", "story_next", first=True),
        LocalKey("Backspace", "The step before", "backspace", "story_previous", first=True),
        LocalKey("i", "Where each sentence was read", "i", "story_sources", first=True),
        LocalKey("S", "Back to the step, after a look around with any other key", "S", "story_again", first=True),
        LocalKey("Esc", "Leave: back to the instant and view before the story", "escape", "story_leave", first=True),
    ),
    "While a place is chosen (o)": (
        LocalKey("↑", "Up in what is offered", "up", "move(-1)"),
        LocalKey("↓", "Down in what is offered", "down", "move(1)"),
        LocalKey("Enter", "Take it"),
        LocalKey("Ctrl+S", "Save the place, or forget it", "ctrl+s", "save"),
        LocalKey("Esc", "Leave", "escape", "leave"),
    ),
    "While a date is typed (g)": (
        LocalKey("Enter", "Go there"),
        LocalKey("Esc", "Stay where you are", "escape", "dismiss(None)"),
    ),
    "While a table is filtered (/)": (
        LocalKey("Enter", "Back to the list; the filter stays"),
        LocalKey("Esc", "End the filter"),
    ),
    "While new data are fetched (u)": (LocalKey("Esc u q", "Stop, then close", "escape,u,q", "leave"),),
    "While sources are shown (i)": (
        LocalKey("Esc i q", "Close", "escape,i,q", "dismiss(None)"),
        LocalKey("↑ ↓ PgUp PgDn", "Read on"),
    ),
    "In this help (?)": (
        LocalKey("↑ k", "A line up", "k", "scroll_lines(-1)"),
        LocalKey("↓ j", "A line down", "j", "scroll_lines(1)"),
        LocalKey("PgUp PgDn", "A screen up, a screen down"),
        LocalKey("← h", "The topic before", "left,h", "topic_step(-1)"),
        LocalKey("→ l", "The next topic", "right,l", "topic_step(1)"),
        LocalKey("/", "Find a key or a word in all topics; Enter keeps what was found", "slash", "find"),
        LocalKey("Esc ? F1 q", "Close", "escape,question_mark,f1,q", "dismiss"),
    ),
}
"""By the heading in the help."""


def bindings(heading: str) -> list[BindingType]:
    """Textual's bindings for one screen."""
    return [
        Binding(key.keys, key.action, key.title, show=False, priority=key.first) for key in SCREENS[heading] if key.keys
    ]
