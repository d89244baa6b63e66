"""The scene of the map: the light is that of the instant, but in a fast warp, where it moves in steps."""

from __future__ import annotations

import pytest

from sim.astro.sun import subsolar_point
from sim.time import parse_instant
from tests.support.dashboard import make_session
from tui.widgets.map.map_scene import LIGHT_STEP_S, STEPS_FROM_RATE, map_scene

AT = parse_instant("2026-06-15T03:07:00Z")


def sun_at(rate: float, unix_s: float = AT, *, paused: bool = False) -> tuple[float, float]:
    session = make_session()
    session.clock.set_rate(rate)
    session.clock.seek(unix_s)
    if paused:
        session.clock.pause()
        session.clock.seek(unix_s)
    frame = session.frame()
    scene = map_scene(frame)
    assert scene is not None
    return scene.subsolar_latitude_deg, scene.subsolar_longitude_deg


@pytest.mark.parametrize(("rate", "paused"), [(3600.0, True), (-3600.0, True), (60.0, True)])
def test_map_scene_light_of_a_standing_clock_is_that_of_the_instant(rate: float, paused: bool) -> None:
    assert sun_at(rate, paused=paused) == subsolar_point(AT)


@pytest.mark.parametrize("rate", [STEPS_FROM_RATE, 3600.0, -3600.0])
def test_map_scene_light_in_a_fast_warp_moves_in_steps(rate: float) -> None:
    begin = AT // LIGHT_STEP_S * LIGHT_STEP_S
    for offset_s in (30.0, 300.0, LIGHT_STEP_S - 60.0):
        assert sun_at(rate, begin + offset_s) == subsolar_point(begin)
    assert sun_at(rate, begin + LIGHT_STEP_S + 30.0) == subsolar_point(begin + LIGHT_STEP_S)
