"""Rows of widgets with colours of their own are the same with and without Textual's filter for those of a terminal."""

from __future__ import annotations

import pytest
from textual.color import Color
from textual.filter import ANSIToTruecolor
from textual.widget import Widget

from tests.support.dashboard import make_app
from tests.support.operating import operating
from tui.config.options import DashboardOptions
from tui.drawing.themes import CYCLE
from tui.widgets.line_filters import OwnColours


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
