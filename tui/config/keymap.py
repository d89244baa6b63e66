"""The keys a person gave to actions in the settings: which of them can be used, and what is wrong with the others.

Textual takes any text for the name of a key and then waits for one that never comes, so names are checked here; what
cannot be used is left out, and the action keeps the key it had.
"""

from __future__ import annotations

import unicodedata
from difflib import get_close_matches
from string import ascii_letters, digits, punctuation
from typing import TYPE_CHECKING

import msgspec

from sim.language import _
from sim.sanitize import clean
from tui.config.actions import ACTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MODIFIERS = frozenset({"alt", "ctrl", "hyper", "meta", "shift", "super"})

_OWN_NAMES = {
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "low_line": "underscore",
}
"""Where Textual's name of a character is not Unicode's."""

_EDITING = ("backspace", "delete", "enter", "escape", "insert", "return", "space", "tab")
_MOVING = ("down", "end", "home", "left", "pagedown", "pageup", "right", "up")
_FUNCTIONS = tuple(f"f{number}" for number in range(1, 25))


class KeyMap(msgspec.Struct, frozen=True, kw_only=True):
    """Keys by action as Textual takes them, and one line for each that cannot be used."""

    keys: dict[str, str]
    problems: tuple[str, ...]


def name_of(character: str) -> str:
    """The name of the key that writes a character."""
    if character.isalnum():
        return character
    name = unicodedata.name(character, character).lower().replace("-", "_").replace(" ", "_")
    return _OWN_NAMES.get(name, name)


NAMES = frozenset((*_EDITING, *_MOVING, *_FUNCTIONS, *map(name_of, ascii_letters + digits + punctuation)))
"""The keys that have a name, without their modifiers."""


def checked(wanted: Mapping[str, str]) -> KeyMap:
    """What can be used of the keys that were asked for: comma separated, by the ids of the table of actions."""
    problems: list[str] = []
    known = [action.id for action in ACTIONS]
    unknown = [name for name in wanted if name not in known]
    problems += [_with_near(_("there is no action “{name}”").format(name=name), name, known) for name in unknown]
    asked = {action.id: _usable(action.id, wanted[action.id], problems) for action in ACTIONS if action.id in wanted}
    keys: dict[str, list[str]] = {}
    owner: dict[str, str] = {}
    for name, names in asked.items():
        for key in names:
            if (first := owner.setdefault(key, name)) == name:
                keys.setdefault(name, []).append(key)
            else:
                problems.append(_both(key, first, name))
    for action in ACTIONS:
        if action.id not in keys:
            problems += [_both(key, owner[key], action.id) for key in action.keys.split(",") if key in owner]
    joined = {name: ",".join(names) for name, names in keys.items()}
    return KeyMap(keys=joined, problems=tuple(problems))


def _usable(action: str, text: str, problems: list[str]) -> list[str]:
    """The keys of one action under the names that Textual gives them, each once."""
    found: list[str] = []
    for part in map(str.strip, text.split(",")):
        *modifiers, key = part.split("+") if part != "+" else ["+"]
        key = name_of(key) if len(key) == 1 else key
        if MODIFIERS.issuperset(modifiers) and (key in NAMES or len(part) == 1):
            found.append("+".join([*modifiers, key]))
        elif part:
            shown = clean(part, limit=30)
            written = "+".join([*modifiers, key]).lower()
            known = ["+".join([*modifiers, name]).lower() for name in NAMES]
            text = _("“{key}” for {action} is not a key").format(key=shown, action=action)
            problems.append(_with_near(text, written, known))
        else:
            problems.append(_("{action} has a key without a name (a comma is written comma)").format(action=action))
    return list(dict.fromkeys(found))


def _both(key: str, first: str, second: str) -> str:
    return _("{key} is the key of {first} and of {second}: {first} has it").format(key=key, first=first, second=second)


def _with_near(problem: str, name: str, known: Iterable[str]) -> str:
    """The problem, with the known name that looks most like the wrong one."""
    near = get_close_matches(name, known, n=1)
    return _("{problem}: did you mean {near}?").format(problem=problem, near=near[0]) if near else problem
