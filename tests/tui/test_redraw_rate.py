"""While time runs fast figures change with every second frame only; nothing is stale once anything is done."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unittest.mock import patch

import msgspec
import pytest

from sim.time import iso_z
from tests.support.frame_recorder import FRAME_S, StationFrames
from tests.support.map_cases import cells, shown
from tui.drawing.chart import Chart
from tui.drawing.styled_text import fit, plain
from tui.views.base import View
from tui.views.station.altitude_band import CURVE_STEP_S
from tui.widgets.map.map_scene import map_scene
from tui.widgets.map.station_map import StationMap, _below
from tui.widgets.panel import Panel

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.app import TiangongApp
    from tui.map.scene import MapScene

SIZE = (120, 36)


def view_of(app: TiangongApp) -> View:
    assert isinstance(app.screen, View)
    return app.screen


def late(view: View) -> set[str]:
    """Types of what is shown in panels of another instant than the view's newest frame."""
    frame = view.newest
    assert frame is not None
    found = set()
    for panel in view.query(Panel):
        width, height = panel.content_size
        if width and height:
            lines = [plain(fit(line, width)).rstrip() for line in panel.shows.draw(frame, width, height)[:height]]
            if panel.text.rstrip() != "\n".join(lines).rstrip() or panel.captions != panel.shows.title(frame):
                found.add(type(panel.shows).__name__)
    track = view.query_one(StationMap)
    scene = map_scene(frame, track.options.layers, track.options.zoom)
    assert track._map is not None
    assert scene is not None
    if view.query_one(StationMap).captions[1] != _below(frame, track.caption_room):
        found.add("StationMap")
    if cells(track._map) != cells(shown(*track.content_size, scene, track._map.options)):
        found.add("GroundTrack")
    return found


async def between(stage: StationFrames) -> set[str]:
    """Frames until one is between two that are shown everywhere; what is late then.

    Work in the background (a search, the state of the sources) draws everything when it ends: then once more.
    """
    await stage.frames(3)
    found: set[str] = set()
    for _ in range(10):
        await stage.frames(1)
        found = late(view_of(stage.app))
        if found:
            break
    return found


async def test_panels_at_fast_rate_are_redrawn_every_second_frame_but_the_clock_every_frame() -> None:
    async with StationFrames(SIZE, rate=60.0) as stage:
        view = view_of(stage.app)
        clocks, crews = [], []
        for _ in range(8):
            await stage.frames(1)
            assert view.newest is not None
            assert iso_z(view.newest.unix_s)[11:19] in view.query_one("#header", Panel).text
            clocks.append(view.query_one("#header", Panel).text)
            crews.append(view.query_one("#crew", Panel).text)
            assert not late(view) & {"Header", "GroundTrack"}
            assert view._between or not late(view)
        assert len(set(clocks)) == 8
        assert len(set(crews)) in {4, 5}


async def late_when_painted(stage: StationFrames) -> set[str]:
    """What is late once all is painted: the result of a search may have come between a frame and its painting."""
    found: set[str] = set()
    for _ in range(3):
        await stage.pause()
        found = late(view_of(stage.app))
        if not found:
            break
    return found


DONE: dict[str, Callable[[TiangongApp], object]] = {
    "pause": lambda app: app.action_pause(),
    "minute": lambda app: app.action_step(60.0),
    "day": lambda app: app.action_step(-86400.0),
    "orbit": lambda app: app.action_step_orbit(1),
    "seek": lambda app: app.seek(app.session.clock.now() + 4000.0),
    "faster": lambda app: app.action_faster(),
    "slower": lambda app: app.action_slower(),
    "reverse": lambda app: app.action_reverse(),
    "now": lambda app: app.action_now(),
    "event": lambda app: app.action_event(1),
    "zone": lambda app: app.action_zone(),
    "elsewhere": lambda app: app.use_place(
        msgspec.structs.replace(app.session.place, name="Elsewhere", latitude_deg=-20.0)
    ),
}


@pytest.mark.parametrize("what", DONE)
async def test_panels_after_any_action_are_redrawn_at_once(what: str) -> None:
    async with StationFrames(SIZE, rate=600.0) as stage:
        assert {"Crew", "Telemetry"} <= await between(stage)
        DONE[what](stage.app)
        assert not await late_when_painted(stage)


@pytest.mark.parametrize("rate", [1.0, -1.0, 0.5])
async def test_panels_at_rate_one_are_redrawn_every_frame(rate: float) -> None:
    async with StationFrames(SIZE, rate=rate) as stage:
        for _ in range(5):
            await stage.frames(1)
            assert not late(view_of(stage.app))


async def test_panels_after_the_clock_stops_at_a_border_are_redrawn() -> None:
    async with StationFrames(SIZE, rate=600.0) as stage:
        clock = stage.app.session.clock
        clock.seek(clock.latest_unix_s - 600.0 * FRAME_S * 4.5)
        for _ in range(8):
            await stage.frames(1)
        assert clock.paused
        assert not late(view_of(stage.app))
        clock.seek(clock.earliest_unix_s + 600.0 * FRAME_S * 3.5)
        clock.set_rate(-600.0)
        for _ in range(8):
            await stage.frames(1)
        assert clock.paused
        assert not late(view_of(stage.app))


async def test_panels_after_a_search_ends_are_redrawn_at_once() -> None:
    async with StationFrames(SIZE, rate=60.0) as stage:
        assert await between(stage)
        app = stage.app
        app.session.keep_passes(app.session.compute_passes(app.session.clock.now()))
        app.draw()
        await stage.pause()
        assert not late(view_of(app))


async def test_window_at_fast_rate_is_drawn_every_second_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every cell of it changes with each frame."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr("textual.constants.COLOR_SYSTEM", "truecolor")
    async with StationFrames(SIZE, rate=60.0) as stage:
        await stage.press("W")
        track, drawn = view_of(stage.app).query_one(StationMap), 0
        show = track.show_scene

        def counted(scene: MapScene) -> None:
            nonlocal drawn
            drawn += 1
            show(scene)

        track.__dict__["show_scene"] = counted
        await stage.frames(10)
        assert 4 <= drawn <= 6


async def test_altitude_band_at_natural_pace_is_drawn_when_a_figure_changes_or_the_curve_moves() -> None:
    async with StationFrames(SIZE, rate=10.0) as stage:  # frames of a second
        await stage.frames(2)
        panel = view_of(stage.app).query_one("#band", Panel)
        keys = []
        for _ in range(30):
            await stage.frames(1, whole=True)
            assert panel.newest is not None
            keys.append(panel.shows.cache_key(panel.newest))
        assert 30.0 / CURVE_STEP_S <= len(set(keys)) < 20


async def test_curve_of_the_altitude_band_is_kept_until_it_moves_by_a_dot() -> None:
    async with StationFrames(SIZE, rate=10.0) as stage:  # frames of a second; a dot is about a minute
        await stage.frames(2)
        panel = view_of(stage.app).query_one("#band", Panel)
        frames = []
        for _ in range(20):
            await stage.frames(1, whole=True)
            assert panel.newest is not None
            frames.append(panel.newest)
        with patch.object(Chart, "curve", autospec=True, side_effect=Chart.curve) as drawn:
            for frame in frames:
                panel.shows.draw(frame, 42, 7)
        assert drawn.call_count <= 12  # unless kept some four in each frame
