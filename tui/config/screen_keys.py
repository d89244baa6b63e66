"""Keys of single screens, or with another meaning there: their bindings and the help come from this table.

Keys without an action are those of the general table, whose action the screen implements differently.
"""

from __future__ import annotations

import msgspec
from textual.binding import Binding, BindingType

from sim.language import N_


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


STORY = N_("While a story is told (S)")
DIALOGS = N_("In every dialog, unless something is typed in it")

_UP_AND_DOWN = (LocalKey("↑ k", N_("Up"), "k", "move(-1)"), LocalKey("↓ j", N_("Down"), "j", "move(1)"))

SCREENS: dict[str, tuple[LocalKey, ...]] = {
    N_("On the map of the station (1)"): (
        LocalKey(
            "+ - 0",
            N_("Nearer at the station and along with it (the wheel: at the pointer), further away, the whole Earth"),
        ),
        LocalKey("← → ↑ ↓", N_("Move the map (also by dragging); after Tab ↑ ↓ walk through the links of a panel")),
        LocalKey("c", N_("Follow the station again; of the whole Earth the next centre")),
        LocalKey("l", N_("Choose the layers of the map"), "l", "app.map_layers"),
        LocalKey("K", N_("The legend: what its signs and colours mean")),
        LocalKey("Enter", N_("Follow the link of the panel; else what is in the middle of the map (also a click)")),
    ),
    N_("On the river of time (R)"): (
        LocalKey("←", N_("Back by a cell of it (also the wheel)"), "left", "scrub(-1)"),
        LocalKey("→", N_("On by a cell of it"), "right", "scrub(1)"),
        LocalKey("+ =", N_("A shorter span, down to hours"), "plus,equals_sign", "zoom(1)"),
        LocalKey("-", N_("A longer span, up to years"), "minus", "zoom(-1)"),
        LocalKey("0", N_("Three days again"), "0", "zoom(0)"),
        LocalKey("R", N_("Hide it; Esc leaves it on the screen")),
    ),
    DIALOGS: (LocalKey("Z", N_("Next language (English, 中文)"), "Z", "app.next_language"),),
    N_("In the legend of the map (K)"): (
        LocalKey("Esc K q", N_("Close"), "escape,K,q", "dismiss(None)"),
        LocalKey("↑ ↓ PgUp PgDn", N_("Read on")),
    ),
    N_("In the list of rates (F7)"): (
        *_UP_AND_DOWN,
        LocalKey("Enter", N_("Run at it")),
        LocalKey("Esc F7 q", N_("Leave"), "escape,f7,q", "dismiss(None)"),
    ),
    N_("In the list of layers (l)"): (LocalKey("Esc l q", N_("Close"), "escape,l,q", "dismiss(None)"),),
    N_("While a place of the map is chosen (Enter, click)"): (
        LocalKey("Esc q", N_("Close"), "escape,q", "dismiss(None)"),
    ),
    N_("In the orbit (6), where there is no room for all of it"): (
        LocalKey("v", N_("The next page: history, decay, sources")),
    ),
    N_("In the missions (3) and the orbit (6)"): (
        LocalKey("+ - 0", N_("A shorter span of time, a longer one, all of it")),
    ),
    N_("In the missions (3)"): (LocalKey("f", N_("The station in three dimensions, full screen"), "f", "full_screen"),),
    N_("While the station is shown in three dimensions (f)"): (
        LocalKey("← →", N_("Turn around")),
        LocalKey("PgUp PgDn", N_("Higher, lower")),
        LocalKey("Tab", N_("Point at the next part"), "tab", "point(1)"),
        LocalKey("Shift+Tab", N_("Point at the part before"), "shift+tab", "point(-1)"),
        LocalKey("Enter", N_("Open the part pointed at")),
        LocalKey("+ - 0", N_("Nearer, further, as at first and turning again")),
        LocalKey("f Esc", N_("Back to the missions"), "f,escape", "leave"),
    ),
    N_("In the passes (5)"): (
        LocalKey("v", N_("Only those that can be seen, or all")),
        LocalKey("*", N_("Only those of one, two or three stars, or all"), "asterisk", "grade"),
        LocalKey("+ - 0", N_("Only those that climb higher, less high, or all")),
        LocalKey("Enter", N_("Watch the pass under the cursor; without passes follow the link to what can be done")),
        LocalKey("Esc", N_("End the filter, then show all passes again")),
    ),
    N_("While a pass is watched (w)"): (
        LocalKey("v", N_("The sky with north up, south up, or as you face it")),
        LocalKey("← →", N_("Turn around")),
        LocalKey("p", N_("The next pass"), "p", "next"),
        LocalKey("P", N_("The pass before"), "P", "previous"),
        LocalKey("n", N_("Back to now, with this pass or the next"), "n", "live"),
        LocalKey("Enter", N_("After the pass the next one; long before it a rehearsal")),
        LocalKey("Esc Backspace", N_("Leave; a rehearsal returns to where it began"), "backspace", "back"),
    ),
    N_("While a bookmark is named (b)"): (
        LocalKey("Enter", N_("Keep it")),
        LocalKey("Esc", N_("Leave"), "escape", "dismiss(None)"),
    ),
    N_("In the list of bookmarks (B)"): (
        *_UP_AND_DOWN,
        LocalKey("Enter", N_("Go there")),
        LocalKey("d", N_("Forget it"), "d", "forget"),
        LocalKey("Esc B q", N_("Leave"), "escape,B,q", "dismiss(None)"),
    ),
    N_("In the list of stories (S)"): (
        *_UP_AND_DOWN,
        LocalKey("Enter", N_("Tell it")),
        LocalKey("Esc S q", N_("Leave"), "escape,S,q", "dismiss(None)"),
    ),
    STORY: (
        LocalKey("Space", N_("Go on; after the last step back to where you were"), "space", "story_next", first=True),
        LocalKey("Backspace", N_("The step before"), "backspace", "story_previous", first=True),
        LocalKey("i", N_("Where each sentence was read"), "i", "story_sources", first=True),
        LocalKey("S", N_("Back to the step, after a look around with any other key"), "S", "story_again", first=True),
        LocalKey(
            "Esc", N_("Leave: back to the instant and view before the story"), "escape", "story_leave", first=True
        ),
    ),
    N_("While a place is chosen (o)"): (
        LocalKey("↑", N_("Up in what is offered"), "up", "move(-1)"),
        LocalKey("↓", N_("Down in what is offered"), "down", "move(1)"),
        LocalKey("Enter", N_("Take it")),
        LocalKey("Ctrl+S", N_("Save the place, or forget it"), "ctrl+s", "save"),
        LocalKey("Esc", N_("Leave"), "escape", "leave"),
    ),
    N_("While a date is typed (g)"): (
        LocalKey("Enter", N_("Go there")),
        LocalKey("Esc", N_("Stay where you are"), "escape", "dismiss(None)"),
    ),
    N_("While a table is filtered (/)"): (
        LocalKey("Enter", N_("Back to the list; the filter stays")),
        LocalKey("Esc", N_("End the filter")),
    ),
    N_("While new data are fetched (u)"): (LocalKey("Esc u q", N_("Stop, then close"), "escape,u,q", "leave"),),
    N_("While sources are shown (i)"): (
        LocalKey("Esc i q", N_("Close"), "escape,i,q", "dismiss(None)"),
        LocalKey("↑ ↓ PgUp PgDn", N_("Read on")),
    ),
    N_("In this help (?)"): (
        LocalKey("↑ k", N_("A line up"), "k", "scroll_lines(-1)"),
        LocalKey("↓ j", N_("A line down"), "j", "scroll_lines(1)"),
        LocalKey("PgUp PgDn", N_("A screen up, a screen down")),
        LocalKey("← h", N_("The topic before"), "left,h", "topic_step(-1)"),
        LocalKey("→ l", N_("The next topic"), "right,l", "topic_step(1)"),
        LocalKey("/", N_("Find a key or a word in all topics; Enter keeps what was found"), "slash", "find"),
        LocalKey("Esc ? F1 q", N_("Close"), "escape,question_mark,f1,q", "dismiss"),
    ),
}
"""By the heading in the help."""


def bindings(heading: str) -> list[BindingType]:
    """Textual's bindings for one screen."""
    return [
        Binding(key.keys, key.action, key.title, show=False, priority=key.first) for key in SCREENS[heading] if key.keys
    ]
