"""The painted sky in the theatre: colour depths and themes, turning, what a moving frame writes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from textual.events import MouseScrollDown

from sim.time import parse_instant
from tests.support.dashboard import make_app, panel
from tests.support.frame_recorder import StationFrames
from tests.support.operating import operating
from tui.drawing.cells import contrast
from tui.views.theatre.view import Theatre
from tui.widgets.sky.sky_plot import SkyPlot

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from tui.app import TiangongApp

EVENING = "2026-09-01T14:00:00Z"
"""A bright pass in the dusk follows: it goes into the shadow in the east."""


async def on_stage(app: TiangongApp, pilot: Pilot[Any], *keys: str) -> SkyPlot:
    """The theatre at the middle of its pass, paused."""
    await pilot.pause()
    await pilot.press("w", *keys)
    assert isinstance(app.screen, Theatre)
    app.session.clock.pause()
    app.session.clock.seek(app.screen.pass_.peak.unix_s)
    app.draw()
    await pilot.pause()
    return app.screen.query_one(SkyPlot)


def colours(plot: SkyPlot) -> list[tuple[int, int, int]]:
    """Every colour in the rows of the plot, inks and fills."""
    found = []
    for row in range(plot.outer_size.height):
        for segment in plot.render_line(row) if row < plot.content_size.height else ():
            for colour in (segment.style.color, segment.style.bgcolor) if segment.style else ():
                if colour is not None:
                    red, green, blue = colour.get_truecolor()
                    found.append((red, green, blue))
    return found


async def test_sky_in_the_red_theme_is_red_only() -> None:
    app = make_app(EVENING)
    async with operating(app, size=(120, 36)) as pilot:
        app.theme = "tiangong-red"
        found = colours(await on_stage(app, pilot))
        assert len(set(found)) > 20
        assert all(red >= 2 * green and red >= 2 * blue for red, green, blue in found)


async def test_names_of_constellations_in_the_red_theme_can_be_read() -> None:
    app = make_app(EVENING)
    async with operating(app, size=(160, 45)) as pilot:
        app.theme = "tiangong-red"
        plot = await on_stage(app, pilot)
        row = next(y for y, line in enumerate(plot.text.splitlines()) if "Boötes" in line)
        found = []
        for segment in plot.render_line(row):
            if set(segment.text) & set("Boötes") and segment.style and segment.style.color and segment.style.bgcolor:
                ink, ground = (c.get_truecolor().hex for c in (segment.style.color, segment.style.bgcolor))
                found.append(contrast(int(ink[1:], 16), int(ground[1:], 16)))
        assert min(found) >= 3.0


async def test_sky_in_true_colour_is_painted_and_in_sixteen_colours_a_chart(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = {}
    for system in ("truecolor", "standard"):
        monkeypatch.setattr("textual.constants.COLOR_SYSTEM", system)
        app = make_app(EVENING)
        async with operating(app, size=(120, 36)) as pilot:
            plot = await on_stage(app, pilot)
            assert app.console.color_system == system
            seen[system] = plot.text
            styles = {run.style for line in plot._content_lines for run in line}
            assert any(style.startswith("#") for style in styles) is (system == "truecolor")
    assert "▀" in seen["truecolor"]
    assert "▀" not in seen["standard"]
    assert "Arcturus" in seen["truecolor"]


async def test_sky_in_plain_characters_is_a_chart() -> None:
    app = make_app(EVENING)
    app.controls.appearance.plain_characters = True
    async with operating(app, size=(120, 36)) as pilot:
        plot = await on_stage(app, pilot)
        assert "▀" not in plot.text


async def test_panorama_follows_the_station_and_a_turn_is_told_and_shown_in_steps(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown_deg: list[float | None] = []
    pan_on = SkyPlot._pan_on

    def step(plot: SkyPlot) -> None:
        pan_on(plot)
        shown_deg.append(plot._shown_deg)

    monkeypatch.setattr(SkyPlot, "_pan_on", step)
    app = make_app(EVENING)
    async with operating(app, size=(120, 36)) as pilot:
        plot = await on_stage(app, pilot, "v", "v")
        assert isinstance(app.screen, Theatre)
        pass_ = app.screen.pass_
        app.session.clock.seek(pass_.rise.unix_s + 5.0)
        app.animation_level = "none"
        app.draw()
        assert "facing W," in str(plot.border_title)
        assert "turn" not in plot.text.splitlines()[0]
        app.animation_level = "full"
        before_deg = plot._shown_deg
        await pilot.press("right", "right")
        await pilot.until(lambda: plot._shown_deg == 0.0)
        assert before_deg == 270.0
        assert len(set(shown_deg)) > 2  # north is wanted, and not faced at once
        assert plot._shown_deg == 0.0
        assert plot._pan is None
        assert "◀ turn left 1" in plot.text.splitlines()[0]
        app.session.clock.seek(pass_.set.unix_s - 5.0)
        app.animation_level = "none"
        app.draw()
        await pilot.press("left", "left")
        assert "facing E" in str(plot.border_title) or "facing NE" in str(plot.border_title)


async def test_theatre_moving_frame_writes_few_bytes() -> None:
    async with StationFrames((160, 45), rate=60.0) as stage:
        pass_ = await stage.watch_pass(parse_instant(EVENING), 60.0)
        for keys in ((), ("v", "v")):
            await stage.press(*keys)
            stage.app.session.clock.seek(pass_.rise.unix_s + 5.0)
            await stage.frames(3)
            stage.written.clear()
            await stage.frames(30)
            assert 100 < stage.bytes_written / 30 <= 2600
            assert "▀" in panel(stage.app, "sky").text  # painted, not a chart


async def test_sky_in_256_colours_is_painted_with_greys_and_in_red_a_chart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("textual.constants.COLOR_SYSTEM", "256")
    app = make_app(EVENING)
    async with operating(app, size=(120, 36)) as pilot:
        plot = await on_stage(app, pilot)
        dark = [colour for colour in colours(plot) if max(colour) < 95]
        assert "▀" in plot.text
        assert len(set(dark)) > 3
        assert all(red == green == blue for red, green, blue in dark)
        app.theme = "tiangong-red"
        await pilot.pause()
        app.draw()
        await pilot.pause()
        assert "▀" not in plot.text


async def test_chart_tells_the_turn_and_the_wheel_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("textual.constants.COLOR_SYSTEM", "standard")
    app = make_app(EVENING)
    async with operating(app, size=(120, 36)) as pilot:
        app.animation_level = "none"
        plot = await on_stage(app, pilot, "v", "v")
        facing = str(plot.border_title)
        plot.on_mouse_scroll_down(MouseScrollDown(plot, 5, 5, 0, 1, 0, False, False, False))
        plot.on_mouse_scroll_down(MouseScrollDown(plot, 5, 5, 0, 1, 0, False, False, False))
        assert str(plot.border_title) != facing
        app.session.clock.seek(app.session.clock.now() - 60.0)  # lower: overhead nobody turns
        app.draw()
        assert "◀ turn left" in plot.text.splitlines()[0]
