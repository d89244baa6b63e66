"""The view out of the window: geometry against vectors, pixels against a slow search, light and air."""

from __future__ import annotations

from math import acos, asin, atan2, cos, degrees, radians, sin, sqrt
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from sim.constants import MEAN_EARTH_RADIUS_KM
from tests.support.map_cases import scene_at, shown
from tui.drawing.canvas import HALF_BLOCKS, PACKED
from tui.drawing.cells import luminance
from tui.map.daylight import light_step
from tui.map.globe_projection import direction
from tui.map.ground.earth import GROUNDS, earth_colours, raster_for
from tui.map.ground.earth_rays import HAZE
from tui.map.ground.window_earth import WindowEarth
from tui.map.marks.track_lines import circle
from tui.map.palette import Role
from tui.map.scene import MapOptions, MapStyle
from tui.map.window_projection import Camera, WindowProjection, camera_of

WINDOW = MapOptions(style=MapStyle.WINDOW, earth="truecolor", layers=frozenset({"names", "minutes", "pass"}))
cameras = st.builds(Camera, st.floats(-42, 42), st.floats(-180, 180), st.floats(300, 460), st.floats(0, 360))


def ahead(camera: Camera, angle_deg: float, aside_deg: float = 0.0) -> tuple[float, float]:
    """The place at an Earth-central angle from the camera's own, along a course."""
    latitude, course, angle = (radians(a) for a in (camera.latitude_deg, camera.course_deg + aside_deg, angle_deg))
    sine = sin(latitude) * cos(angle) + cos(latitude) * sin(angle) * cos(course)
    turn = atan2(sin(course) * sin(angle) * cos(latitude), cos(angle) - sin(latitude) * sine)
    return degrees(asin(sine)), camera.longitude_deg + degrees(turn)


@settings(max_examples=100)
@given(cameras, st.integers(20, 200), st.integers(8, 60), st.data())
def test_window_projection_cell_inverts_place(camera: Camera, width: int, height: int, data: st.DataObject) -> None:
    view = WindowProjection(width, height, camera)
    column, row = data.draw(st.tuples(st.integers(0, width - 1), st.integers(0, height - 1)))
    place = view.place(column, row)
    if place is not None:
        assert -90.0 <= place[0] <= 90.0
        found = view.cell(*place)
        if found is not None:  # on the horizon itself rounding may hide it
            assert abs(found[0] - column) <= 1
            assert abs(found[1] - row) <= 1


@settings(max_examples=100)
@given(cameras, st.floats(4, 16))
def test_window_projection_course_runs_up_the_middle(camera: Camera, angle: float) -> None:
    view = WindowProjection(114, 31, camera)
    near, far = view.dot(*ahead(camera, angle)), view.dot(*ahead(camera, angle + 1.0))
    assert near is not None
    assert far is not None
    assert abs(near[0] - view.dots_across / 2) <= 1
    assert abs(far[0] - view.dots_across / 2) <= 1
    assert far[1] <= near[1]
    right = view.dot(*ahead(camera, angle, 10.0))
    assert right is not None
    assert right[0] > near[0]


@settings(max_examples=60)
@given(cameras)
def test_window_projection_horizon_hides_what_lies_behind_it(camera: Camera) -> None:
    view = WindowProjection(114, 31, camera)
    horizon_deg = degrees(acos(MEAN_EARTH_RADIUS_KM / (MEAN_EARTH_RADIUS_KM + camera.height_km)))
    assert view.dot(*ahead(camera, horizon_deg - 0.1)) is not None
    assert view.dot(*ahead(camera, horizon_deg + 0.1)) is None
    assert view.dot(*ahead(camera, 180.0)) is None
    assert view.place(57, 0) is None, "the upper edge shows the sky"
    assert view.place(57, 30) is not None


def test_camera_of_follows_station_and_course() -> None:
    scene = replace(scene_at(1000.0), height_km=390.4, course_deg=123.4)
    camera = camera_of(scene)
    assert camera.latitude_deg == pytest.approx(scene.latitude_deg, abs=0.051)
    assert camera.longitude_deg == pytest.approx(scene.longitude_deg, abs=0.051)
    assert camera.course_deg == 123.0
    assert camera_of(replace(scene, longitude_deg=scene.longitude_deg + 0.5)) != camera


@pytest.mark.parametrize("smooth", [False, True])
def test_window_earth_pixels_equal_the_ray_followed_slowly(smooth: bool) -> None:
    camera = Camera(20.0, 40.0, 390.0, 60.0)
    view, colours = WindowProjection(80, 24, camera), earth_colours("truecolor")
    sun = (10.0, 30.0)
    ground = WindowEarth(view, HALF_BLOCKS, colours, smooth=smooth)
    assert ground.shine(sun) == set(range(80 * 24))
    assert ground.shine(sun) == set()
    random, compared = Random(7), 0
    for _ in range(400):
        column, row = random.randrange(80), random.randrange(48)
        x, y = (column + 0.5) * 2.0 - 80.0, 48.0 - (row + 0.5) * 2.0
        ray = [view.look[i] * view.focal + x * view.right[i] + y * view.up[i] for i in range(3)]
        length = sqrt(sum(r * r for r in ray))
        ray = [r / length for r in ray]
        along = sum(e * r for e, r in zip(view.eye, ray, strict=True))
        inside = along * along - (view.out**2 - 1.0)
        if inside < 0.0:
            continue
        distance = -along - sqrt(inside)
        if HAZE * (distance / view.horizon) ** 5 > 0.02 and not smooth:
            continue
        point = [e + distance * r for e, r in zip(view.eye, ray, strict=True)]
        place = degrees(asin(point[2])), degrees(atan2(point[1], point[0]))
        step = light_step(sum(p * s for p, s in zip(point, direction(*sun), strict=True)))
        fine = degrees(distance * 2.0 / view.focal) < 0.6
        expected = colours[step * GROUNDS + raster_for(0.125 if fine else 0.6).at(*place)]
        found = ground._pixels[row][column]
        if smooth:
            near = [
                colours[min(max(step + light, 0), 15) * GROUNDS + raster_for(0.6).at(place[0] + north, place[1] + east)]
                for north in (-0.6, -0.3, 0.0, 0.3, 0.6)
                for east in (-0.6, -0.3, 0.0, 0.3, 0.6)
                for light in (-1, 0, 1)
                if abs(place[0] + north) < 90.0
            ]
            if HAZE * (distance / view.horizon) ** 5 < 0.02:
                assert luminance(found) <= max(map(luminance, near)) + 0.05
                compared += 1
            continue
        apart = max(abs((found >> shift & 255) - (expected >> shift & 255)) for shift in (0, 8, 16))
        assert apart <= 14, (place, hex(found), hex(expected))
        compared += 1
    assert compared > 60


def test_window_earth_night_is_darker_than_day_and_the_air_glows() -> None:
    camera = Camera(0.0, -150.0, 390.0, 60.0)  # over the ocean

    def brightness(sun_longitude: float) -> tuple[float, float]:
        view = WindowProjection(80, 24, camera)
        ground = WindowEarth(view, HALF_BLOCKS, earth_colours("truecolor"), smooth=True)
        ground.shine((0.0, sun_longitude))
        rows = [sum(map(luminance, row)) / len(row) for row in ground._pixels]
        edge = next(row for row in range(24) if view.place(40, row) is not None)
        return sum(rows[30:]) / 18, max(rows[2 * edge - 2 : 2 * edge + 2])

    day, night = brightness(-150.0), brightness(30.0)
    assert day[0] > 2.5 * night[0]  # by day the deep sea is dark as well
    assert day[1] > day[0], "the air over the horizon is brighter than the ground"
    assert night[1] < day[1] / 4.0


def test_world_map_window_names_towns_and_shows_the_track_ahead() -> None:
    world = shown(160, 45, scene_at(5200.0, height_km=390.0, course_deg=50.0), WINDOW)
    inks = {ink for ink in world.canvas.inks if ink < PACKED}
    assert Role.FUTURE in inks
    assert Role.MARKER not in inks, "the station is where the eye is"
    assert Role.FOOTPRINT not in inks


def test_world_map_window_without_colours_is_the_map() -> None:
    world = shown(80, 24, scene_at(0.0), replace(WINDOW, earth=None))
    assert world.options.style is MapStyle.BRAILLE


@pytest.mark.parametrize("earth", ["truecolor", "256", "red"])
def test_world_map_window_in_every_kind_of_colours_is_drawn(earth: str) -> None:
    world = shown(80, 24, scene_at(0.0, height_km=390.0), replace(WINDOW, earth=earth))
    assert len(set(world.canvas.fills)) > 20


def test_circle_and_window_horizon_agree() -> None:
    camera = Camera(0.0, 0.0, 390.0, 90.0)
    view = WindowProjection(114, 31, camera)
    horizon_deg = degrees(acos(MEAN_EARTH_RADIUS_KM / (MEAN_EARTH_RADIUS_KM + 390.0)))
    seen = [view.dot(*place) for place in circle((0.0, 0.0), horizon_deg - 0.01, 72)]
    assert sum(dot is not None for dot in seen) >= 30
