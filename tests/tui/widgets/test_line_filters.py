"""Rows of widgets with colours of their own are the same with and without Textual's filter for those of a terminal."""

from __future__ import annotations

import gc
from unittest.mock import patch

import pytest
from textual.color import Color
from textual.filter import ANSIToTruecolor
from textual.geometry import Region
from textual.widget import Widget

from tests.support.dashboard import make_app
from tests.support.operating import operating
from tui.config.options import DashboardOptions
from tui.config.settings import MapStyle, Settings
from tui.drawing.themes import CYCLE
from tui.widgets import line_filters
from tui.widgets.line_filters import OwnColours
from tui.widgets.map.world_map_panel import GroundTrack
from tui.widgets.panel import Panel


def own_coloured(widget: Widget) -> bool:
    return isinstance(widget, OwnColours) and bool(widget.size)


@pytest.mark.parametrize("view", ["station", "passes"])
@pytest.mark.parametrize("theme", CYCLE)
async def test_rows_of_own_colours_have_none_that_the_filter_would_replace(theme: str, view: str) -> None:
    app = make_app(options=DashboardOptions(offline=True, theme=theme, view=view))
    async with operating(app, size=(160, 45)):
        filters = [one for one in app.get_line_filters() if isinstance(one, ANSIToTruecolor)]
        assert len(filters) == (not app.native_ansi_color)
        widgets = [widget for widget in app.screen.walk_children(Widget) if own_coloured(widget)]
        assert len(widgets) > 4
        for widget in widgets:
            for strip in widget.render_lines(widget.size.region):
                assert not any(isinstance(one, ANSIToTruecolor) for one in widget.get_line_filters())
                for one in filters:
                    assert [*strip.apply_filter(one, Color(1, 2, 3))] == [*strip]


async def test_rows_of_a_widget_that_is_not_refreshed_are_painted_once_only() -> None:
    app = make_app()
    async with operating(app, size=(160, 45)):
        panel = app.screen.query_one("#ports", Panel)
        whole = panel.size.region
        with patch.object(Widget, "render_lines", autospec=True, side_effect=Widget.render_lines) as painted:
            first = panel.render_lines(whole)
            assert panel.render_lines(whole) is first
            assert panel.render_lines(Region(0, 0, 5, 1)) == [strip.crop(0, 5) for strip in first[:1]]
            before = painted.call_count
            panel.refresh(Region(0, 0, 3, 1))
            assert panel.render_lines(whole) == first
            panel.notify_style_update()
            panel.render_lines(whole)
            assert painted.call_count == before + 2


@pytest.mark.parametrize("name", ["ports", "header", "map"])
async def test_rows_refreshed_again_are_painted_without_textual(name: str) -> None:
    app = make_app()
    async with operating(app, size=(160, 45)):
        widget = app.screen.query_one(f"#{name}")
        whole = widget.outer_size.region
        first = [*widget.render_lines(whole)]
        widget.refresh(Region(0, 0, 3, 1))
        assert widget.render_lines(whole) == first  # by Textual, and seen is what it puts beside the content
        with patch.object(Widget, "render_lines", autospec=True, side_effect=Widget.render_lines) as painted:
            for y in range(min(widget.content_size.height, 3)):
                widget.refresh(Region(0, y, 3, 1))
                assert widget.render_lines(whole) == first
            assert painted.call_count == 0


@pytest.mark.parametrize("how", ["opacity", "tint", "padding", "hover", "border text", "plain characters"])
async def test_rows_that_textual_changes_are_painted_as_it_does(how: str) -> None:
    map_style: MapStyle = "ascii" if how == "plain characters" else "earth"
    app = make_app(options=DashboardOptions(offline=True, settings=Settings(map_style=map_style)))
    async with operating(app, size=(160, 45)) as pilot:
        panel = app.screen.query_one({"hover": "#crew", "plain characters": "#band"}.get(how, "#telemetry"), Panel)
        if how == "hover":
            styles = [style for row in range(5) for _, style, _ in panel.render_line(row)]
            panel.hover_style = next(style for style in styles if style is not None and style.meta)
        elif how == "padding":
            panel.styles.padding = (1, 2, 0, 3)
        elif how != "plain characters":
            panel.styles.opacity, panel.styles.tint = 0.5, "red 20%"
        await pilot.pause()
        whole = panel.outer_size.region
        expected = [*Widget.render_lines(panel, whole)]
        for _ in range(2):
            for y in range(-2, panel.content_size.height + 2):
                panel.refresh(Region(0, y, 3, 1))
                assert panel.render_lines(whole) == expected


def regions_kept() -> int:
    """Regions in memory, without those that Textual keeps to compute with."""
    for computed in (Region.translate, Region.intersection, Region.union, Region.overlaps):
        computed.cache_clear()
    gc.collect()
    return sum(isinstance(one, Region) for one in gc.get_objects())


@pytest.mark.usefixtures("new_objects_alone")
async def test_regions_of_a_widget_that_is_refreshed_for_hours_are_not_gathered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    most = 100  # fewer than in use, so that hours are over sooner
    monkeypatch.setattr(line_filters, "MOST_REGIONS", most)
    app = make_app()
    async with operating(app, size=(160, 45)) as pilot:
        for widget in (app.screen.query_one("#ports", Panel), app.screen.query_one("#map", GroundTrack)):
            whole = widget.outer_size.region
            rows, before = widget.render_lines(whole), regions_kept()
            for number in range(8 * most):
                widget.refresh(Region(number % 20, number // 20 % 5, 1 + number // 100, 1))
                if number % 50 == 0:
                    await pilot.pause()  # all is painted
            await pilot.pause()
            assert regions_kept() - before <= most + 100
            assert widget.render_lines(whole) == rows
