"""Large terminals: no panel is cut off, and no text is cut while there is room."""

from __future__ import annotations

import pytest
from textual.geometry import Region, Size

from tests.support.dashboard import RECORD_WALK, make_app
from tests.support.operating import operating
from tui.views.station.layout import SIDE, part_regions
from tui.widgets.panel import Panel


@pytest.mark.validation
@pytest.mark.parametrize("size", [(200, 60), (220, 44), (230, 52), (250, 61), (250, 62), (250, 70)])
async def test_side_column_of_the_station_shows_its_panels_whole(size: tuple[int, int]) -> None:
    app = make_app(RECORD_WALK)
    async with operating(app, size=size) as pilot:
        app.draw()
        await pilot.pause()
        shown = [panel for name in SIDE if (panel := app.screen.query_one(f"#{name}", Panel)).display]
        assert len(shown) >= 4
        below = app.screen.query_one("#walks").region
        assert [panel.id for panel in shown if panel.region.bottom > below.y] == []
        assert shown[-1].region.bottom == below.y
        events = app.screen.query_one("#events", Panel)
        assert events.display == (size[0] >= 220 and size[1] >= 62), "else the river tells them"
        assert not events.display or "Song Lingdong" in " ".join(events.text.split())


SIZES = [(80, 24), (110, 33), (160, 45), (130, 30), (250, 70), (90, 50), (230, 40)]
"""Of every shape of the view of the station, whose style rules are read when it first has that shape."""


async def layouts(first: tuple[int, int], *others: tuple[int, int]) -> dict[tuple[int, int], dict[str, object]]:
    """Where the panels of the station are in a terminal that has these sizes one after the other; of each the last."""
    app = make_app(RECORD_WALK)
    found: dict[tuple[int, int], dict[str, object]] = {}
    async with operating(app, size=first) as pilot:
        for size in (first, *others):
            if size != app.size:
                await pilot.resize_terminal(*size)
            app.draw()
            await pilot.pause()
            panels = [panel for panel in app.screen.query("#map, Panel") if panel.display]
            found[size] = {panel.id or "": (panel.region, panel.styles.border) for panel in panels}
    return found


@pytest.mark.validation
async def test_station_layout_is_the_same_whatever_sizes_the_terminal_had_before() -> None:
    compared = [(80, 24), (160, 45), (250, 70)]
    fresh = {size: (await layouts(size))[size] for size in compared}
    assert all({"map", "telemetry", "crew", "band"} <= layout.keys() for layout in fresh.values())
    for before in (SIZES, SIZES[::-1]):
        found = await layouts(*before, *compared)
        assert {size: found[size] for size in compared} == fresh


WIDTHS = ("-narrow", "-normal", "-wide", "-huge")
HEIGHTS = ("-short", "-middle", "-tall", "-high")


@pytest.mark.parametrize("river", [(), ("-river",)])
@pytest.mark.parametrize("high", HEIGHTS)
@pytest.mark.parametrize("wide", WIDTHS)
def test_parts_of_the_station_fill_their_room_without_gaps(wide: str, high: str, river: tuple[str, ...]) -> None:
    classes, names, size = {wide, high, *river}, ("map", *SIDE, "band", "walks"), Size(160, 60)
    regions = part_regions(classes, names, size)
    assert set(regions) == set(names)
    assert Region.from_union(regions.values()) == size.region
    cells = {(x, y) for region in regions.values() for y in region.line_range for x in region.column_range}
    if {wide, high}.isdisjoint({"-narrow", "-short"}):
        assert len(cells) == size.area
        assert sum(region.area for region in regions.values()) == size.area, "no part covers another"
    else:
        assert len(cells) == size.area
        assert regions["map"].height == size.height - 5, "three lines above two"


@pytest.mark.parametrize("height", range(6))
def test_parts_of_the_station_stay_in_a_room_that_is_too_low(height: int) -> None:
    for classes in ({"-narrow", "-short"}, {"-normal", "-middle"}):
        regions = part_regions(classes, ("map", *SIDE, "band", "walks"), Size(40, height))
        assert all(region.bottom <= height and region.height >= 0 for region in regions.values())


@pytest.mark.validation
@pytest.mark.parametrize("size", [(200, 60), (250, 70)])
@pytest.mark.parametrize("view", ["crew", "spacewalks"])
async def test_lists_with_details_beside_them_hide_no_line(view: str, size: tuple[int, int]) -> None:
    app = make_app(RECORD_WALK)
    async with operating(app, size=size) as pilot:
        app.action_view(view)
        await pilot.pause()
        app.draw()
        await pilot.pause()
        panels = [panel for panel in app.screen.query(Panel) if panel.display]
        assert len(panels) >= 4
        for panel in panels:
            assert "↓" not in str(panel.border_subtitle or ""), panel.id
            assert "…" not in panel.text, panel.id


async def test_passes_of_a_wide_terminal_tell_their_reasons_whole() -> None:
    app = make_app(RECORD_WALK)
    async with operating(app, size=(250, 70)) as pilot:
        app.action_view("passes")
        await pilot.pause()
        app.draw()
        await pilot.pause()
        text = app.screen.query_one("#table", Panel).text
        assert "in twilight, not very high, not very bright" in text
        assert "…" not in text


async def test_position_of_a_wide_terminal_tells_whole_what_is_known_of_a_lost_place() -> None:
    app = make_app("2026-11-27T13:00:00Z")
    async with operating(app, size=(250, 70)) as pilot:
        app.draw()
        await pilot.pause()
        lines = app.screen.query_one("#telemetry", Panel).text.rstrip().splitlines()
        assert lines[-1].endswith(".")
        assert any(line.startswith("expected error") for line in lines)
