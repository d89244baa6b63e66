"""The legend has every sign and colour of the map; `i` explains every panel and every sign on the screen."""

from __future__ import annotations

import unicodedata

import pytest
from rich.cells import cell_len
from textual.widgets import Static

from sim.language import _
from tests.support.dashboard import RECORD_WALK, StageTime, make_app, make_session, proof_text
from tests.support.operating import operating
from tui.config.map_layers import MAP_LAYERS
from tui.config.words import PLACES, WORDS, signs_in
from tui.map.ground.earth import EarthColours
from tui.map.legend import legend
from tui.map.palette import Role
from tui.map.scene import MapOptions, MapStyle
from tui.map.world_map import WorldMap
from tui.views.base import View
from tui.views.dialogs.legend import MapLegend
from tui.views.dialogs.proof import ProofDialog
from tui.widgets.map.map_scene import map_scene
from tui.widgets.panel import Panel
from tui.wording.panels import CAPTIONS, PANELS

ALL_LAYERS = frozenset(layer.name for layer in MAP_LAYERS)
GROUND = frozenset(range(Role.COAST_NIGHT + 1)) | {Role.GRATICULE_DAY, Role.GRATICULE_NIGHT, Role.MARKER_FILL}


def drawn_roles(options: MapOptions) -> set[int]:
    """The inks of everything that a map has drawn over its ground."""
    roles: set[int] = set()
    for at in (RECORD_WALK, "2026-10-08T12:00:00Z", "2026-12-01T12:00:00Z"):
        frame = make_session(at).frame()
        scene = map_scene(frame, options.layers, options.zoom)
        map_ = WorldMap(160, 44, options)
        map_.draw(scene)
        roles |= {ink for y in range(44) for _text, ink, _fill in map_.canvas.runs(y) if ink in set(Role)}
    return roles - GROUND


@pytest.mark.parametrize("style", [MapStyle.BRAILLE, MapStyle.HALF, MapStyle.ASCII, MapStyle.GLOBE, MapStyle.EARTH])
@pytest.mark.parametrize("zoom", [1.0, 4.0])
def test_legend_has_every_ink_that_the_map_draws(style: MapStyle, zoom: float) -> None:
    earth: EarthColours | None = "truecolor" if style is MapStyle.EARTH else None
    options = MapOptions(style=style, zoom=zoom, layers=ALL_LAYERS, earth=earth)
    drawn = drawn_roles(options)
    assert len(drawn) >= 6
    assert drawn <= {ink for sample in legend(options) for _text, ink, _fill in sample.cells}


def test_legend_is_of_the_layers_that_are_shown() -> None:
    every = len(legend(MapOptions(layers=ALL_LAYERS)))
    for layer in MAP_LAYERS:
        assert len(legend(MapOptions(layers=ALL_LAYERS - {layer.name}))) < every, layer.name


@pytest.mark.parametrize("size", [(80, 24), (160, 45)])
async def test_k_opens_the_legend_and_esc_closes_it(size: tuple[int, int]) -> None:
    app = make_app()
    async with operating(app, size=size) as pilot:
        await pilot.press("K")
        assert isinstance(app.screen, MapLegend)
        assert app.screen.query_one(Static).size.height >= len(legend(MapOptions()))
        await pilot.press("escape")
        assert isinstance(app.screen, View)
        await pilot.press("2", "K")
        assert isinstance(app.screen, View)


@pytest.mark.validation
async def test_i_explains_every_panel_that_has_the_keys() -> None:
    app = make_app()
    async with operating(app, size=(160, 45)) as pilot:
        for digit, view in enumerate(("station", "crew", "missions", "spacewalks", "passes", "orbit"), start=1):
            await pilot.press(str(digit))
            for panel in app.screen.query(Panel):
                rows = PANELS.get(f"{view}.{panel.id}")
                if rows is None or not panel.can_focus or not panel.display:
                    continue
                app.screen.set_focus(panel)
                await pilot.pause()
                await pilot.press("i")
                assert isinstance(app.screen, ProofDialog), panel.id
                assert " ".join(_(rows[0]).split()) in proof_text(app), panel.id
                await pilot.press("escape")


def test_each_page_says_what_how_how_sure_and_from_where() -> None:
    assert CAPTIONS == ("what it is", "computed", "how sure", "source")
    for name, rows in PANELS.items():
        assert len(rows) == len(CAPTIONS), name
        assert all(rows), name


def is_sign(char: str) -> bool:
    """Whether a character says something that a newcomer cannot read: neither a letter nor a stroke of a drawing."""
    drawing = 0x2500 <= ord(char) <= 0x259F or 0x2800 <= ord(char) <= 0x28FF
    plain = char.isalnum() or char.isspace() or ord(char) < 0x7F or unicodedata.category(char) in {"Mn", "Lo"}
    return not (drawing or plain or char in "·–—…°’“”×−⏎⌫¹²³⁴⁵⁶⁷↑↓←↖↗↘↙")


@pytest.mark.validation
@pytest.mark.parametrize("at", [RECORD_WALK, "2026-10-08T12:00:00Z"])
async def test_every_sign_on_the_screen_is_in_the_glossary(at: str) -> None:
    app = make_app(at, time=StageTime())
    async with operating(app, size=(160, 45)) as pilot:
        for digit, view in enumerate(("station", "crew", "missions", "spacewalks", "passes", "orbit", "partners"), 1):
            await pilot.press(str(digit))
            for panel in app.screen.query(Panel):
                if panel.id in {"header", "keybar", "model"}:
                    continue
                text = panel.text
                known = "".join(sign for sign, _told in signs_in(text, view, f"{view}.{panel.id}", panel.id or ""))
                assert {char for char in text if is_sign(char)} <= set(known), (view, panel.id)


def test_glossary_has_each_sign_once_and_says_something_of_it() -> None:
    for words in (WORDS, *(signs for _heading, signs in PLACES.values())):
        signs = [sign for sign, _told in words]
        assert len(signs) == len(set(signs))
        assert all(told for _sign, told in words)


@pytest.mark.parametrize("size", [(80, 24), (108, 40), (160, 45)])
async def test_pages_of_proof_are_broken_for_the_room_in_their_box(size: tuple[int, int]) -> None:
    app = make_app()
    async with operating(app, size=size) as pilot:
        await pilot.press("4", "i")
        assert isinstance(app.screen, ProofDialog)
        for page in app.screen.query(".page").results(Static):
            assert max(cell_len(line) for line in str(page.content).split("\n")) <= page.content_size.width
