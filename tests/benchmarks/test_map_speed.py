"""Cost of a moving frame of the map against drawing it whole, both measured in one run."""

from __future__ import annotations

from time import perf_counter, process_time

import pytest

from tests.support.map_cases import MapApp, scene_at, shown
from tui.map import coastline, globe_projection
from tui.map.ground import flat_ground
from tui.map.scene import MapOptions, MapStyle
from tui.map.world_map import WorldMap

pytestmark = pytest.mark.benchmark

FRAMES = 100
FRAME_S = 6.0


async def cost_of_frames(size: tuple[int, int], *, whole: bool) -> float:
    """Mean seconds a frame, from the scene to the last byte handed to the driver.

    Does at once what Textual's message loop would do in several turns, so that only work is timed, not waiting.
    """
    app = MapApp(scene_at(1000.0), bare=True)
    scenes = [scene_at(1000.0 + FRAME_S * number) for number in range(1, FRAMES + 1)]
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        app.record()
        track, screen = app.track, app.screen
        start = process_time()
        for scene in scenes:
            track.show_scene(scene)
            if whole:
                track.refresh()
            if track._repaint_required:
                track._repaint_required = False
                screen._compositor.update_widgets({track})
                screen._compositor_refresh()
        return (process_time() - start) / FRAMES


@pytest.mark.parametrize("size", [(80, 24), (160, 45), (250, 70)])
async def test_map_moving_frame_against_whole_frame(size: tuple[int, int]) -> None:
    part = min([await cost_of_frames(size, whole=False) for _ in range(4)])
    whole = min([await cost_of_frames(size, whole=True) for _ in range(2)])
    print(f"{size}: frame {part * 1000:.2f} ms, repaint {whole * 1000:.2f} ms, ratio {part / whole:.3f}")
    assert part <= whole / 4


@pytest.mark.parametrize("style", [MapStyle.BRAILLE, MapStyle.GLOBE])
def test_map_first_frame_of_a_new_size_takes_a_few_frame_times(style: MapStyle) -> None:
    # Against reading the seeds, which is done once: both are plain Python on the same machine.
    coastline.coast.cache_clear()
    coastline._land_grid.cache_clear()
    start = perf_counter()
    for fine in (False, True):
        coastline.coast(fine=fine)
    for level in range(len(coastline.LAND_STEPS_DEG)):
        coastline._land_grid(level)
    reading = perf_counter() - start
    shown(160, 45, scene_at(0.0), MapOptions(style=style))
    costs = []
    for _ in range(3):
        flat_ground._unrolled_ground.cache_clear()
        globe_projection._globe_ground.cache_clear()
        globe_projection._cell_directions.cache_clear()
        start = perf_counter()
        WorldMap(160, 45, MapOptions(style=style)).draw(scene_at(0.0))
        costs.append(perf_counter() - start)
    print(f"{style.value}: new size {min(costs) * 1000:.1f} ms, reading the seeds {reading * 1000:.1f} ms")
    assert min(costs) <= 10 * reading
