"""Colours of the named styles, taken from the theme's variables.

Textual's component classes would do the same through CSS, but every one of them is a node that the style sheet is
applied to again for each panel: two hundred of them would double the time to the first frame.
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
    """How a style looks: theme variables for ink and ground, and how strong the ink is."""

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
"""Every name in `tui.drawing.styled_text.STYLES`; the theme decides what the variables are."""


def style_of(name: str, variables: Mapping[str, str], ground: Color, base: Style) -> Style:
    """A style for drawing on a ground.

    Args:
        name: One of `tui.drawing.styled_text.STYLES`.
        variables: The theme's variables, name to colour.
        ground: Colour behind the text.
        base: Style of plain text on it.
    """
    if not name:
        return base
    rule = RULES[name]
    return _mixed(rule, variables.get(rule.ink, ""), variables.get(rule.ground, ""), ground, base)


@lru_cache(maxsize=512)
def _mixed(rule: Rule, ink_text: str, behind_text: str, ground: Color, base: Style) -> Style:
    """Panels of one colour share what is mixed for the first."""
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
