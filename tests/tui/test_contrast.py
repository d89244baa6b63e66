"""Text has contrast in every theme and colour depth; a theme looks the same however it was reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rich.color import ColorSystem
from rich.style import Style
from textual.color import Color
from textual.theme import BUILTIN_THEMES
from textual.widgets import OptionList

from tests.support.dashboard import make_app
from tests.support.map_cases import MapApp, scene_at
from tests.support.operating import operating
from tui.cli.output.asciicast import seen_parts
from tui.drawing.canvas import PACKED
from tui.drawing.cells import contrast
from tui.drawing.colours import LINE_STYLES, RULES, muted, selection_ground, style_of
from tui.drawing.themes import ANSI_DARK, CYCLE, THEMES
from tui.map.ground.earth import earth_colours
from tui.map.palette import PALETTES, Role
from tui.map.scene import MapOptions, MapStyle
from tui.widgets.map.map_colours import READ
from tui.widgets.panel import Panel

if TYPE_CHECKING:
    from rich.segment import Segment
    from textual.screen import Screen
    from textual.theme import Theme

pytestmark = pytest.mark.validation

DEPTHS = {"truecolor": ColorSystem.TRUECOLOR, "256": ColorSystem.EIGHT_BIT, "standard": ColorSystem.STANDARD}
GROUNDS = ("background", "surface", "panel", "error-muted")
ALL_THEMES = [*THEMES, *(theme for theme in BUILTIN_THEMES.values() if not theme.ansi)]
"""Ours and Textual's, which the command palette offers; in ANSI themes the terminal chooses the colours."""

TEXT_STYLES = ["", *sorted(set(RULES) - LINE_STYLES)]
ONLY_RED_CANNOT = ("red", "standard")
"""Sixteen colours have two reds, and no two of them differ by 4.5 but from black, which is the sea."""


def shown(style: Style, depth: str) -> float:
    """Contrast of a style's text to its background as a terminal of this depth shows them."""
    assert style.color is not None
    assert style.bgcolor is not None
    values = []
    for colour in (style.color, style.bgcolor):
        red, green, blue = colour.downgrade(DEPTHS[depth]).get_truecolor()
        values.append(red << 16 | green << 8 | blue)
    return contrast(values[0], values[1])


def packed(colour: str) -> int:
    return int(colour.removeprefix("#"), 16)


@pytest.mark.parametrize("theme", ALL_THEMES, ids=lambda theme: theme.name)
@pytest.mark.parametrize("depth", DEPTHS)
def test_text_styles_in_every_theme_and_depth_have_contrast(theme: Theme, depth: str) -> None:
    variables = theme.to_color_system().generate()
    for ground_name in GROUNDS:
        ground = Color.parse(variables[ground_name])
        grounds = {"plain": ground, "selected": selection_ground(ground, variables, depth) or ground}
        for kind, behind in grounds.items():
            base = Style(color=Color.parse(variables["foreground"]).rich_color, bgcolor=behind.rich_color)
            for name in TEXT_STYLES:
                found = shown(style_of(name, variables, behind, base, depth), depth)
                assert found >= 4.5, (theme.name, depth, ground_name, kind, name, found)


def test_text_styles_in_sixteen_colours_are_not_the_dark_grey_that_some_terminals_hardly_show() -> None:
    black, white = Color.parse("#000000"), {"foreground": "#d7e1ee"}
    base = Style(color="#d7e1ee", bgcolor="#000000")
    for name in ("dim", "night"):
        ink = style_of(name, white, black, base, "standard").color
        assert ink is not None
        assert ink.downgrade(ColorSystem.STANDARD).number != 8


@pytest.mark.parametrize("theme", [THEMES[0], THEMES[3]], ids=lambda theme: theme.name)
def test_good_and_alarm_in_sixteen_colours_differ_from_secondary_texts(theme: Theme) -> None:
    """The nearest of sixteen colours to a light green or red is the grey of secondary texts, and of ways in shadow."""
    variables = theme.to_color_system().generate()
    ground = Color.parse(variables["surface"])
    base = Style(color=Color.parse(variables["foreground"]).rich_color, bgcolor=ground.rich_color)
    inks = [style_of(name, variables, ground, base, "standard").color for name in ("night", "good", "alarm", "accent")]
    assert len({ink.downgrade(ColorSystem.STANDARD).number for ink in inks if ink is not None}) == 4


def test_bars_in_the_colours_of_the_terminal_have_no_other_stretch_behind_their_names() -> None:
    variables = ANSI_DARK.to_color_system().generate()
    ground = Color.parse(variables["background"])
    bar, text = (style_of(name, variables, ground, Style(), "standard") for name in ("bar", "bar-text"))
    assert text.reverse
    assert bar.color == text.color


@pytest.mark.parametrize("theme", ALL_THEMES, ids=lambda theme: theme.name)
@pytest.mark.parametrize("depth", DEPTHS)
def test_bars_in_every_theme_have_the_same_colour_behind_their_names(theme: Theme, depth: str) -> None:
    """A terminal's nearest colour to it, or a lighter shade that can be seen, may be another than the theme's."""
    variables = theme.to_color_system().generate()
    for ground in (Color.parse(variables[name]) for name in GROUNDS):
        base = Style(color=Color.parse(variables["foreground"]).rich_color, bgcolor=ground.rich_color)
        for bar in ("bar", "good"):
            drawn = style_of(bar, variables, ground, base, depth)
            text = style_of(f"{bar}-text", variables, ground, base, depth)
            assert (text.color if text.reverse else text.bgcolor) == drawn.color, (ground, bar)


@pytest.mark.parametrize("depth", DEPTHS)
def test_texts_in_the_colours_of_the_terminal_can_be_read_on_black(depth: str) -> None:
    variables = ANSI_DARK.to_color_system().generate()
    ground = Color.parse(variables["background"])
    for name in TEXT_STYLES:
        ink = style_of(name, variables, ground, Style(), depth).color
        if ink is not None and not ink.is_default:
            assert contrast(packed(ink.get_truecolor().hex), 0) >= 4.5, name


@pytest.mark.parametrize("theme", ALL_THEMES, ids=lambda theme: theme.name)
def test_secondary_texts_of_the_style_sheet_in_every_theme_have_contrast(theme: Theme) -> None:
    variables = theme.to_color_system().generate()
    text, share = muted(variables).split()
    assert text == variables["foreground"]
    most = contrast(packed(variables["foreground"]), packed(variables["surface"]))
    ground = Color.parse(variables["surface"])
    ink = ground.blend(Color.parse(text), int(share.removesuffix("%")) / 100.0)
    assert contrast(packed(ink.hex), packed(ground.hex)) >= min(4.5, most)


DIALOGS: tuple[tuple[str, ...], ...] = (
    ("S",),
    ("S", "down"),
    ("B",),
    ("b",),
    ("i",),
    ("g",),
    ("l",),
    ("K",),
    ("f7",),
    ("enter",),
    ("ctrl+p",),
    ("ctrl+p", "s", "h", "e", "down", "down"),
    ("o",),
    ("o", "down"),
    ("o", "q", "q"),
    ("o", "a", "b", "shift+home"),
    ("question_mark",),
    ("question_mark", "slash"),
)
"""Keys that open each dialog of view 1, and move the cursor in its list, or find nothing, or select what was typed."""


@pytest.mark.parametrize("theme", [theme.name for theme in THEMES])
@pytest.mark.parametrize("no_color", ["", "1"], ids=["colours", "no colours"])
async def test_dialogs_with_their_selected_rows_have_contrast(
    theme: str, no_color: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if no_color:
        monkeypatch.setenv("NO_COLOR", no_color)
    app = make_app("2026-10-08T12:00:00Z")
    async with operating(app, size=(120, 36)) as pilot:
        app.theme = theme
        await pilot.press("b", "enter")  # a bookmark for the list
        for keys in DIALOGS:
            await pilot.press(*keys)
            app.clear_notifications()
            await pilot.pause()
            assert app.screen.is_modal, keys
            for text, found in shown_texts(app.screen):
                assert found >= 4.5, (keys, text, found)
            while app.screen.is_modal:
                await pilot.press("escape")


async def test_selected_rows_of_dialogs_in_the_colours_of_the_terminal_can_be_read() -> None:
    app, selected = make_app("2026-10-08T12:00:00Z"), 0
    async with operating(app, size=(120, 36)) as pilot:
        app.theme = "ansi-dark"
        for keys in (("S",), ("ctrl+p",), ("o",)):
            await pilot.press(*keys, "down")
            for row in seen_parts(app.screen):
                for widget, part in row:
                    for segment in widget.render_lines(part)[0] if isinstance(widget, OptionList) else ():
                        style = segment.style
                        if style and style.bgcolor and not style.bgcolor.is_default and segment.text.strip():
                            assert style.color is not None
                            assert not style.color.is_default
                            assert shown(style, "standard") >= 4.5
                            selected += 1
            await pilot.press("escape", "escape")
    assert selected >= 3


def shown_texts(screen: Screen[object]) -> list[tuple[str, float]]:
    """The words of a screen, without those of the one below it, with their contrast to what is behind them."""
    segments = [
        segment
        for row in seen_parts(screen)
        for widget, part in row
        if widget is not screen and widget.screen is screen
        for segment in widget.render_lines(part)[0]
    ]
    return [
        (segment.text, shown(segment.style, "truecolor"))
        for segment in segments
        if segment.style is not None and any(map(str.isalnum, segment.text))
    ]


@pytest.mark.parametrize("theme", [theme.name for theme in THEMES if not theme.ansi])
async def test_texts_without_colour_have_contrast(theme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The greys that stand for colours have contrasts of their own: strong red becomes dark."""
    monkeypatch.setenv("NO_COLOR", "1")
    app = make_app("2024-12-17T08:00:00Z")
    async with operating(app, size=(160, 45)) as pilot:
        app.theme = theme
        await pilot.pause()
        for key in ("2", "3", "4", "5", "6", "7", "1", "R", "w"):
            await pilot.press(key)
            for text, found in shown_texts(app.screen):
                assert found >= 4.5, (key, text, found)


@pytest.mark.parametrize("name", [name for name in PALETTES if name != "ansi"])
@pytest.mark.parametrize("depth", DEPTHS)
def test_map_names_on_every_fill_have_contrast(name: str, depth: str) -> None:
    colours = PALETTES[name][depth].colours()
    if (name, depth) == ONLY_RED_CANNOT or not colours[Role.SEA_DAY]:
        return
    for fill in range(Role.SPACE):
        for role in (Role.LABEL, Role.OBSERVER):
            assert contrast(packed(colours[role]), packed(colours[fill])) >= 4.5, (role, Role(fill))
    assert contrast(packed(colours[Role.MARKER]), packed(colours[Role.MARKER_FILL])) >= 4.5


@pytest.mark.parametrize("depth", ["truecolor", "256"])
@pytest.mark.parametrize("theme", [theme.name for theme in THEMES if not theme.ansi])
async def test_letters_on_every_ground_of_the_map_have_contrast(
    theme: str, depth: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr("textual.constants.COLOR_SYSTEM", depth)
    app = MapApp(scene_at(0.0), MapOptions(style=MapStyle.EARTH), bare=True)
    async with operating(app, size=(80, 24)) as pilot:
        for one in THEMES:
            app.register_theme(one)
        app.theme = theme
        await pilot.pause()
        for style in (MapStyle.EARTH, MapStyle.BRAILLE):
            app.track.colours.forget()
            lit = earth_colours(app.track.colours.earth(MapStyle.EARTH) or "truecolor")
            grounds = range(Role.SPACE) if style is MapStyle.BRAILLE else [PACKED | c for c in sorted({*lit})[::37]]
            for role in READ:
                for ground in grounds:
                    found = shown(app.track.colours.style(role, ground, style), depth)
                    assert found >= 4.5, (style, role.name, ground, found)


@pytest.mark.parametrize("name", ["dark", "contrast", "red", "grey"])
@pytest.mark.parametrize("depth", ["truecolor", "256"])
def test_letters_of_dark_maps_can_be_read_on_black(name: str, depth: str) -> None:
    """Else the ground behind them would be made white."""
    colours = PALETTES[name][depth].colours()
    for role in READ:
        assert contrast(packed(colours[role]), 0) >= 4.5, role.name


async def looks(themes: list[str]) -> dict[str, list[list[Segment]]]:
    """What view 2 looks like in each theme, in the order in which they are chosen."""
    app, found = make_app("2026-10-08T12:00:00Z"), {}
    async with operating(app, size=(120, 36)) as pilot:
        await pilot.press("2")
        for theme in themes:
            app.theme = theme
            await pilot.pause()
            app.draw()
            await pilot.pause()
            panels = list(app.screen.query(Panel))
            found[theme] = [list(panel.render_line(row)) for panel in panels for row in range(panel.size.height)]
    return found


@pytest.mark.parametrize("theme", CYCLE)
async def test_theme_reached_after_ansi_dark_looks_as_when_chosen_first(theme: str) -> None:
    assert (await looks(["ansi-dark", theme]))[theme] == (await looks([theme]))[theme]
