"""Colours of the named styles, from the variables of the theme.

Textual's component classes would do the same by CSS, but each is a node that the style sheet is applied to, for each
panel: two hundred of them would double the time to the first frame.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import msgspec
from rich.color import Color as RichColor
from rich.color import ColorSystem, ColorType
from rich.style import Style
from textual.color import Color, ColorParseError

from tui.drawing.cells import contrast

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import App


class Rule(msgspec.Struct, frozen=True, gc=False):
    """Definition of a style.

    Attributes:
        ink: Theme variable of the text colour.
        strength: Share of the text colour, mixed into the background.
        bold: Whether the text is bold.
        ground: Theme variable of a background of its own; empty for that of the panel.
        bar: The style of the bar that the text stands on, whose colour is its background; empty for none.
    """

    ink: str = "foreground"
    strength: float = 1.0
    bold: bool = False
    ground: str = ""
    bar: str = ""


RULES: dict[str, Rule] = {
    "dim": Rule(strength=0.62),
    "value": Rule(bold=True),
    "accent": Rule("text-primary"),
    "good": Rule("text-success"),
    "caution": Rule("text-warning"),
    "alarm": Rule("text-error", bold=True),
    "bar": Rule("primary"),
    "bar-alt": Rule("accent"),
    "bar-text": Rule("background", bar="bar"),
    "bar-alt-text": Rule("background", bar="bar-alt"),
    "good-text": Rule("background", bar="good"),
    "night": Rule(strength=0.45),
    "faint": Rule(strength=0.3),
    "mark": Rule("text-accent", bold=True),
    "live": Rule("background", bold=True, ground="success"),
    "sim": Rule("background", bold=True, ground="warning"),
    "stale": Rule("background", bold=True, ground="error"),
    "key": Rule("text-accent", bold=True),
}
"""The definition of each name in `tui.drawing.styled_text.STYLES`."""


SELECTION_STRENGTH = 0.28
"""Share of the primary colour in the background of the selected row."""

FOCUS_STRENGTH, CURSOR_STRENGTH = 0.05, 0.3
"""Shares of the text colour behind what has the focus, and of the primary colour behind an option under the cursor, in
Textual's own widgets."""

TEXT_CONTRAST = 4.5
"""Minimum contrast of text to its background (WCAG 2.1, criterion 1.4.3)."""

LINE_STYLES = frozenset({"faint"})
"""Styles of lines in the background, which may have less contrast."""

_SYSTEMS = {"256": ColorSystem.EIGHT_BIT, "standard": ColorSystem.STANDARD, "windows": ColorSystem.WINDOWS}
_WHITE, _BLACK = Color(255, 255, 255), Color(0, 0, 0)
_STEPS = 16
_BRIGHT_BLACK, _GREYS = 8, (0x555555, 0x808080)
"""The dark grey of sixteen colours, which the Linux console and many terminals show darker than others."""

_LIGHT_GREYS = frozenset({7, 15})
_BRIGHT = (9, 11, 10, 14, 14, 13)
"""Of sixteen colours the bright ones near red, yellow, green, cyan, blue (its own is dark on black) and magenta."""

_HUED = 48
"""By so much the channels of a colour differ that has a hue of its own."""


GREY = "grey"


def depth_of(app: App[Any]) -> str | None:
    """The colours of the terminal as `rich.console.Console.color_system` names them; `GREY` where none are wanted."""
    return GREY if app.no_color else app.console.color_system


def style_of(
    name: str, variables: Mapping[str, str], ground: Color, base: Style, depth: str | None = "truecolor"
) -> Style:
    """The Rich style of a named style on a background, with a contrast of at least `TEXT_CONTRAST`.

    Args:
        name: One of `tui.drawing.styled_text.STYLES`, or empty for plain text.
        variables: The theme's variables, name to colour.
        ground: Background colour of the panel.
        base: Style of plain text on it.
        depth: The terminal's colours as `depth_of` names them.
    """
    rule = RULES[name] if name else _PLAIN
    least = 1.0 if name in LINE_STYLES else TEXT_CONTRAST
    behind = _colour(variables.get(rule.ground, ""))
    if rule.bar and (ink := style_of(rule.bar, variables, ground, base, depth).color) is not None:
        behind = Color.from_rich_color(ink)
    return _mixed(rule, variables.get(rule.ink, ""), behind, ground, base, depth, least)


_PLAIN = Rule()


@lru_cache(maxsize=512)
def _mixed(
    rule: Rule, ink_text: str, behind: Color | None, ground: Color, base: Style, depth: str | None, least: float
) -> Style:
    """The mixed style; cached, since panels with one background share it."""
    if (rule.ground or rule.bar) and (behind is None or behind.ansi is not None):
        # a terminal's own colours: no second colour to rely on, but that its background can be read on a bright one
        bright = behind is not None and behind.ansi is not None and behind.ansi >= _BRIGHT_BLACK
        return base + Style(color=behind.rich_color if behind and bright else None, reverse=True, bold=rule.bold)
    ink = _colour(ink_text)
    if ink is None or ink.ansi == -1 or (ground.ansi is not None and rule.strength < 1.0):
        return base + Style(dim=rule.strength < 1.0 or None, bold=rule.bold or None)
    if ink.ansi is None and ground.ansi is None:
        ink = _readable(ink, behind or ground, rule.strength, depth, least)
    bgcolor = behind.rich_color if behind is not None else None
    return base + Style(color=ink.rich_color, bgcolor=bgcolor, bold=rule.bold or None)


def _readable(ink: Color, ground: Color, strength: float, depth: str | None, least: float) -> Color:
    """The ink, mixed into the ground at the given strength, or as much stronger as its contrast requires.

    Where the ink itself has too little contrast, it is mixed with white or black.
    """

    def shown(colour: Color) -> float:
        return min(contrast(one, behind) for one in _shown(colour, depth))

    behind = _shown(ground, depth)[-1]
    if depth == "standard" and (hued := _hue_kept(ground.blend(ink, strength))) and shown(hued) >= least:
        return hued
    for step in range(_STEPS + 1):
        mixed = ground.blend(ink, strength + (1.0 - strength) * step / _STEPS)
        if shown(mixed) >= least:
            return mixed
    target = max(_WHITE, _BLACK, key=shown)
    steps = (ink.blend(target, step / _STEPS) for step in range(1, _STEPS))
    return next((colour for colour in steps if shown(colour) >= least), target)


def _hue_kept(colour: Color) -> Color | None:
    """The bright one of sixteen colours with the hue of a colour for which a terminal would show a grey."""
    if colour.rich_color.downgrade(ColorSystem.STANDARD).number not in _LIGHT_GREYS:
        return None
    if max(colour.rgb) - min(colour.rgb) < _HUED:
        return None
    hue, _lightness, _saturation = colour.hsl
    return Color.from_rich_color(RichColor.from_ansi(_BRIGHT[round(hue * 6.0) % 6]))


def _shown(colour: Color, depth: str | None) -> tuple[int, ...]:
    """The colours 0xRRGGBB that terminals of this depth show, the usual one last."""
    if depth == GREY:  # Textual's filter makes greys of all, of which 256 colours have some; strong red becomes dark
        grey = colour.monochrome
        return *_shown(grey, "256"), *_shown(grey, None)
    if depth in _SYSTEMS:
        nearest = colour.rich_color.downgrade(_SYSTEMS[depth])
        if nearest.number == _BRIGHT_BLACK and nearest.type is ColorType.STANDARD:
            return _GREYS
        red, green, blue = nearest.get_truecolor()
    else:
        red, green, blue = colour.rgb if colour.ansi is None else colour.rich_color.get_truecolor()
    return (red << 16 | green << 8 | blue,)


def muted(variables: Mapping[str, str], depth: str | None = None) -> str:
    """The colour of secondary texts in the style sheet: plain text at the strength of `dim`, or stronger if it must be.

    Args:
        variables: The theme's.
        depth: See `style_of`; as it is without rounding where it is not given.
    """
    text = variables["foreground"]
    ink, ground = _colour(text), _colour(variables["surface"])
    least = round(RULES["dim"].strength * 100.0)
    if ink is None or ground is None or ink.ansi is not None or ground.ansi is not None:
        return f"{text} {least}%"
    behind = _shown(ground, depth)[-1]
    shares = ((share, _shown(ground.blend(ink, share / 100.0), depth)[-1]) for share in range(least, 101, 2))
    enough = (share for share, mixed in shares if contrast(mixed, behind) >= TEXT_CONTRAST)
    return f"{text} {next(enough, 100)}%"


def grey_texts(variables: Mapping[str, str]) -> dict[str, str]:
    """The colours of texts in the style sheet where no colours are wanted: strong red becomes a grey too dark to read.

    Args:
        variables: The theme's; of one of the terminal's own colours nothing is changed.
    """
    names = "foreground", "text-disabled", "surface", "primary"
    text, disabled, surface, primary = (_colour(variables[name]) for name in names)
    if not (text and disabled and surface and primary) or surface.ansi is not None or primary.ansi is not None:
        return {}
    focused = surface.blend(text, FOCUS_STRENGTH)

    def packed(colour: Color) -> int:
        return _shown(colour, GREY)[-1]

    plain = _readable(text, focused.blend(primary, CURSOR_STRENGTH), 1.0, GREY, TEXT_CONTRAST)
    found = {
        "foreground": plain,
        "block-cursor-blurred-foreground": plain,
        "input-selection-foreground": plain,
        "text-disabled": _readable(disabled, focused, 1.0, GREY, TEXT_CONTRAST),
        "block-cursor-foreground": max(_WHITE, _BLACK, key=lambda colour: contrast(packed(colour), packed(primary))),
    }
    return {name: colour.hex for name, colour in found.items()}


def selection_ground(ground: Color, variables: Mapping[str, str], depth: str | None) -> Color | None:
    """Background of the selected row; `None` where the terminal has no shade between text and background."""
    primary = _colour(variables.get("primary", ""))
    if primary is None or primary.ansi is not None or ground.ansi is not None or depth in {"standard", "windows"}:
        return None
    return ground.blend(primary, SELECTION_STRENGTH)


def _colour(text: str) -> Color | None:
    if not text:  # Textual would look through all of its names for one like it
        return None
    try:
        return Color.parse(text.split(" ", maxsplit=1)[0])
    except ColorParseError:
        return None
