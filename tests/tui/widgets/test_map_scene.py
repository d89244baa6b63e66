"""The scene of the map: the light of the instant, and where the station may be while its place is not known."""

from __future__ import annotations

import pytest

from sim.astro.sun import subsolar_point
from sim.time import parse_instant
from tests.support.dashboard import make_session
from tui.map.palette import Role
from tui.map.scene import MapOptions, MapStyle
from tui.map.world_map import WorldMap
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


@pytest.mark.parametrize("at", ["2026-11-20T08:00:00Z", "2027-02-01T00:00:00Z"])
def test_map_scene_of_an_unknown_place_has_the_line_below_the_orbit(at: str) -> None:
    scene = map_scene(make_session(at).frame())
    assert scene.uncertain
    assert (scene.past, scene.future, scene.times, scene.footprint_radius_deg) == ((), (), (), 0.0)
    assert scene.observer is not None
    assert (scene.latitude_deg, scene.longitude_deg) == scene.observer[:2]
    (line,) = scene.possible
    assert line[0] == pytest.approx(line[-1])
    latitudes = [latitude for latitude, _longitude in line]
    assert max(latitudes) == pytest.approx(41.6, abs=0.2)  # geodetic
    assert min(latitudes) == pytest.approx(-41.6, abs=0.2)


@pytest.mark.parametrize("at", ["2027-08-20T08:00:00Z", "2028-09-01T00:00:00Z"])
def test_map_scene_of_an_unknown_plane_has_the_parallels_between_which_the_station_is(at: str) -> None:
    scene = map_scene(make_session(at).frame())
    assert scene.uncertain
    assert [{latitude for latitude, _longitude in line} for line in scene.possible] == [{41.5}, {-41.5}]


@pytest.mark.parametrize("size", [(78, 14), (78, 19), (114, 26)])
@pytest.mark.parametrize("style", [MapStyle.GLOBE, MapStyle.BRAILLE])
@pytest.mark.parametrize("hour", range(0, 24, 3))
def test_map_that_shows_a_line_on_which_the_station_may_be_says_what_it_is(
    hour: int, style: MapStyle, size: tuple[int, int]
) -> None:
    scene = map_scene(make_session(f"2026-11-28T{hour:02d}:00:00Z").frame())
    for zoom in (1.0, 2.0):
        map_ = WorldMap(*size, MapOptions(style=style, zoom=zoom, centre_longitude_deg=None, earth="truecolor"))
        map_.draw(scene)
        has_name = any("Tiangong" in map_.canvas.text(row) for row in range(size[1]))
        assert has_name == (Role.UNCERTAIN in map_.canvas.inks)


def test_map_scene_of_a_known_place_has_no_other_one() -> None:
    scene = map_scene(make_session("2026-10-08T12:00:00Z").frame())
    assert (scene.uncertain, scene.possible) == (False, ())
