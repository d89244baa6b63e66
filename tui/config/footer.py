"""What stands in the footer: the views, and the keys that matter on a screen and in the part that has the keys.

All keys are those of `tui.config.actions`; here stands only which of them are shown where, and in which words.
"""

from __future__ import annotations

from functools import cache

import msgspec

from sim.language import N_
from tui.config.actions import ACTIONS, VIEWS, Action

VIEW_WORDS = {
    "station": (N_("station"), N_("map")),
    "crew": (N_("crew"), N_("crew")),
    "missions": (N_("missions"), N_("ships")),
    "spacewalks": (N_("spacewalks"), N_("walks")),
    "passes": (N_("passes"), N_("pass")),
    "orbit": (N_("orbit"), N_("orbit")),
    "partners": (N_("partners"), N_("partners")),
}
"""Words for the views; the second ones where there is little room."""

Entry = str | tuple[str, str]
"""The id of an action, alone or with another word than that of the table."""

TEXT: tuple[Entry, ...] = (
    ("list.open", N_("go there")),
    ("list.back", N_("back")),
    "explain",
    ("list.down", N_("read on")),
)
"""While the keys go to a text."""

SCREENS: dict[str, tuple[Entry, ...]] = {
    "station": ("pass.alarm", "pass.watch", "event.next", "time.goto", "place"),
    "station afield": (("map.centre", N_("follow")), "pass.alarm", "pass.watch", "event.next", "time.goto", "place"),
    "crew": (("list.open", N_("person")), "filter", ("list.sort", N_("sort")), ("list.part", N_("part")), "explain"),
    "missions": (
        ("list.open", N_("open")),
        ("list.nearer", N_("zoom")),
        ("list.part", N_("part")),
        "explain",
        "filter",
    ),
    "spacewalks": (
        ("list.open", N_("open")),
        "filter",
        ("list.sort", N_("sort")),
        ("list.part", N_("part")),
        "explain",
    ),
    "passes": (
        ("list.open", N_("watch")),
        "pass.alarm",
        ("list.part", N_("visible")),
        "filter",
        ("list.nearer", N_("higher")),
    ),
    "orbit": (("list.nearer", N_("zoom")), ("time.known", N_("last known")), "time.goto"),
    "orbit page": (("list.part", N_("more")), ("list.nearer", N_("zoom")), ("time.known", N_("last known"))),
    "partners": (("list.part", N_("part")), ("list.open", N_("go there")), "explain"),
    "model": (("list.open", N_("open")), ("list.nearer", N_("zoom")), ("list.back", N_("back"))),
    "theatre": (("list.back", N_("leave")), ("list.open", N_("rehearse")), "pass.alarm", ("list.part", N_("aspect"))),
    "theatre during": (("list.back", N_("leave")), ("list.part", N_("aspect")), "time.pause"),
    "theatre over": (("list.open", N_("next pass")), ("list.back", N_("leave")), ("list.part", N_("aspect"))),
}
"""By what the screen calls itself, the most needed first."""

UNKNOWN: tuple[Entry, ...] = (("time.known", N_("last known")),)
UNKNOWN_ONLINE: tuple[Entry, ...] = (("update", N_("fetch")), ("time.known", N_("last known")))
UNKNOWN_YET: tuple[Entry, ...] = (("time.known", N_("first known")),)
"""Before the others while the position is not known. No newer elements help offline, or before the first set."""

ALWAYS: tuple[Entry, ...] = (("palette", N_("find")), "help")
LAST: tuple[Entry, ...] = ("time.pause", "time.faster", "time.slower", "time.now", "time.back", "quit", "stories")
"""At the right edge, and after all others where there is room."""

NEEDS_POSITION = {"pass.alarm", "pass.watch", ("list.open", N_("watch")), ("list.part", N_("visible"))}
"""What cannot work while the position is not known, and is not offered then."""

STORY_HAS = {"time.pause", "time.back", "explain", "list.back", "stories"}
"""Whose keys do something else while a story is told; its caption says what."""

SHOWN = {"list.open": "⏎", "palette": "^P", "time.back": "⌫", "list.down": "↓"}
"""Keys written shorter than in the help."""


class FooterKey(msgspec.Struct, frozen=True):
    """One key of the footer.

    Attributes:
        shown: How the key is written.
        word: What it does.
        action: Action string for a click.
        id: The id of the action, by which a person may have given it another key.
    """

    shown: str
    word: str
    action: str
    id: str


@cache
def footer_keys(screen: str, *, known: bool, offline: bool, ahead: bool = False) -> tuple[FooterKey, ...]:
    """The keys of a screen, the most needed first, each once.

    Args:
        screen: What it calls itself, one of `SCREENS`, or `text`.
        known: Whether the position is known.
        offline: Whether nothing can be fetched.
        ahead: Whether the instant lies before the elements.
    """
    entries = TEXT if screen == "text" else SCREENS.get(screen, ())
    helping = () if known else UNKNOWN_YET if ahead else UNKNOWN if offline else UNKNOWN_ONLINE
    keys: dict[str, FooterKey] = {}
    wanted = (*helping, *entries, *LAST)
    for key in map(_key, (entry for entry in wanted if known or entry not in NEEDS_POSITION)):
        keys.setdefault(key.action, key)
    return tuple(keys.values())


def always_keys() -> tuple[FooterKey, ...]:
    """The palette and the help."""
    return tuple(map(_key, ALWAYS))


def view_names(*, short: bool) -> tuple[tuple[str, str, str], ...]:
    """Digit, word and name of each view."""
    return tuple((str(digit), VIEW_WORDS[name][short], name) for digit, name in enumerate(VIEWS, start=1))


@cache
def _action(name: str) -> Action:
    return next(action for action in ACTIONS if action.id == name)


def _key(entry: Entry) -> FooterKey:
    name, word = entry if isinstance(entry, tuple) else (entry, "")
    action = _action(name)
    click = action.action if action.action.startswith("screen.") else f"app.{action.action}"
    return FooterKey(SHOWN.get(name, action.shown.split(" ")[0]), word or action.footer, click, name)
