"""Colours of the named styles, from the variables of the theme.

Textual's component classes would do the same by CSS, but each is a node that the style sheet is applied to, for each
panel: two hundred of them would double the time to the first frame.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec
from rich.style import Style
from textual.color import Color, ColorParseError

if TYPE_CHECKING:
    from collections.abc import Mapping


class Rule(msgspec.Struct, frozen=True, gc=False):
    """Definition of a style.

    Attributes:
        ink: Theme variable of the text colour.
        strength: Share of the text colour, mixed into the background.
        bold: Whether the text is bold.
        ground: Theme variable of a background of its own; empty for that of the panel.
    """

    ink: str = "foreground"
    strength: float = 1.0
    bold: bool = False
    ground: str = ""


RULES: dict[str, Rule] = {
    "dim": Rule(strength=0.62),
    "value": Rule(bold=True),
    "accent": Rule("text-primary"),
    "good": Rule("text-success"),
    "caution": Rule("text-warning"),
    "alarm": Rule("text-error", bold=True),
    "bar": Rule("primary"),
    "bar-alt": Rule("accent"),
    "bar-text": Rule("background", ground="primary"),
    "night": Rule(strength=0.45),
    "faint": Rule(strength=0.3),
    "mark": Rule("text-accent", bold=True),
    "live": Rule("background", bold=True, ground="success"),
    "sim": Rule("background", bold=True, ground="warning"),
    "stale": Rule("background", bold=True, ground="error"),
    "key": Rule("text-accent", bold=True),
}
"""The definition of each name in `tui.drawing.styled_text.STYLES`."""


def style_of(name: str, variables: Mapping[str, str], ground: Color, base: Style) -> Style:
    """The Rich style of a named style on a background.

    Args:
        name: One of `tui.drawing.styled_text.STYLES`.
        variables: The theme's variables, name to colour.
        ground: Background colour of the panel.
        base: Style of plain text on it.
    """
    if not name:
        return base
    rule = RULES[name]
    return _mixed(rule, variables.get(rule.ink, ""), variables.get(rule.ground, ""), ground, base)


@lru_cache(maxsize=512)
def _mixed(rule: Rule, ink_text: str, behind_text: str, ground: Color, base: Style) -> Style:
    """The mixed style; cached, since panels with one background share it."""
    behind = _colour(behind_text) if rule.ground else None
    if rule.ground and (behind is None or behind.ansi is not None):
        # a terminal's own colours: no second colour to rely on
        return base + Style(reverse=True, bold=rule.bold)
    ink = _colour(ink_text)
    if ink is None or ink.ansi == -1 or (ground.ansi is not None and rule.strength < 1.0):
        return base + Style(dim=rule.strength < 1.0 or None, bold=rule.bold or None)
    if rule.strength < 1.0 and ink.ansi is None:
        ink = ground.blend(ink, rule.strength)
    bgcolor = behind.rich_color if behind is not None else None
    return base + Style(color=ink.rich_color, bgcolor=bgcolor, bold=rule.bold or None)


def _colour(text: str) -> Color | None:
    try:
        return Color.parse(text.split(" ", maxsplit=1)[0])
    except ColorParseError:
        return None
