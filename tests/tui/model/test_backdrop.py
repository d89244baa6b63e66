"""What is seen behind the station: the horizon, the Sun and the stars where they are, day and night on the ground."""

from __future__ import annotations

from math import acos, asin, atan2, degrees, hypot, radians, tan
from statistics import median

import pytest

from sim.astro.shadow import shadow_state
from sim.astro.stars import bright_stars, star_directions
from sim.astro.sun import sun_position_teme_km
from sim.astro.vectors import dot
from sim.constants import MEAN_EARTH_RADIUS_KM
from sim.orbit.propagation import State
from sim.types import Vector
from tests.support.orbits import epoch_of, example_orbit
from tui.drawing.canvas import HALF_BLOCKS
from tui.drawing.cells import luminance
from tui.model.camera import Camera, Projection
from tui.model.lighting import EVEN_LIGHT, lvlh_axes, sun_direction_lvlh
from tui.model.scene import SPACE_COLOUR, STAR_GLYPH, Backdrop, Scene, render
from tui.widgets.model.backdrop import backdrop_of

WIDTH, HEIGHT = 80, 30


def instant_in(light: str) -> tuple[float, State]:
    """An instant at which the station is in this light, and its state then."""
    orbit = example_orbit("station")
    start = epoch_of(orbit)
    for minute in range(100):
        state = orbit.state(start + 60.0 * minute)
        if shadow_state(start + 60.0 * minute, state.position_teme_km) == light:
            return start + 60.0 * minute, state
    raise AssertionError(light)


def towards(way: Vector) -> Camera:
    """A camera that looks in a direction of body axes."""
    return Camera(
        azimuth_deg=degrees(atan2(-way[1], -way[0])),
        elevation_deg=degrees(asin(max(-1.0, min(1.0, way[2])))),
        columns_per_m=1.5,
    )


def seen(unix_s: float, state: State, camera: Camera) -> Backdrop:
    return backdrop_of(unix_s, state, camera, WIDTH, HEIGHT, HALF_BLOCKS, "truecolor")


def body_axes(state: State, teme: Vector) -> Vector:
    forward, starboard, nadir = lvlh_axes(state)
    return dot(forward, teme), dot(starboard, teme), dot(nadir, teme)


def test_backdrop_camera_to_the_sun_sees_it_in_the_middle() -> None:
    unix_s, state = instant_in("sunlit")
    backdrop = seen(unix_s, state, towards(sun_direction_lvlh(state, sun_position_teme_km(unix_s))))
    middle, corner = backdrop.pixels[HEIGHT][WIDTH // 2], backdrop.pixels[1][1]
    assert luminance(middle) > 0.9
    assert luminance(corner) < 0.2


def test_backdrop_sun_behind_the_earth_is_not_seen() -> None:
    unix_s, state = instant_in("umbra")
    backdrop = seen(unix_s, state, towards(sun_direction_lvlh(state, sun_position_teme_km(unix_s))))
    assert max(luminance(colour) for row in backdrop.pixels for colour in row) < 0.5


@pytest.mark.parametrize("azimuth_deg", [0.0, 90.0, 200.0])
def test_backdrop_horizon_is_as_far_below_the_level_as_the_height_says(azimuth_deg: float) -> None:
    unix_s, state = instant_in("sunlit")
    camera = Camera(azimuth_deg=azimuth_deg, elevation_deg=15.0, columns_per_m=1.5)
    pixels = seen(unix_s, state, camera).pixels
    dip_deg = degrees(acos(MEAN_EARTH_RADIUS_KM / hypot(*state.position_teme_km)))
    projection = Projection(camera, WIDTH, 2 * HEIGHT, 1.0, 1.0)
    expected = HEIGHT + tan(radians(dip_deg - 15.0)) / projection.pixel_rad
    column = [row[WIDTH // 2] for row in pixels]
    # The air is brightest at the horizon itself and thins out above it.
    step = max(range(1, len(column)), key=lambda row: luminance(column[row]) - luminance(column[row - 1]))
    assert step == pytest.approx(expected, abs=2.0)


def test_backdrop_stars_are_where_the_catalogue_has_them() -> None:
    unix_s, state = instant_in("sunlit")
    directions = [body_axes(state, way) for way in star_directions(unix_s)]
    # A star well above the horizon and away from the Sun.
    sun = sun_direction_lvlh(state, sun_position_teme_km(unix_s))
    number = next(k for k, way in enumerate(directions) if way[2] < -0.4 and dot(way, sun) < 0.5)
    backdrop = seen(unix_s, state, towards(directions[number]))
    assert bright_stars()[number].magnitude < 2.5
    column, row = WIDTH // 2, HEIGHT // 2
    near = [(c, r) for c, r in backdrop.stars if abs(c - column) <= 1 and abs(r - row) <= 1]
    assert near
    picture = render(
        Scene(vehicles=(), light=EVEN_LIGHT, camera=towards(directions[number])), WIDTH, HEIGHT, backdrop=backdrop
    )
    assert picture.rows[near[0][1]][near[0][0]][0] == STAR_GLYPH


def test_backdrop_ground_is_light_by_day_and_dark_by_night() -> None:
    orbit = example_orbit("station")
    start = epoch_of(orbit)
    down = towards((0.0, 0.0, 1.0))
    by_day, by_night = [], []
    for minute in range(0, 93, 6):
        state = orbit.state(start + 60.0 * minute)
        sun = sun_direction_lvlh(state, sun_position_teme_km(start + 60.0 * minute))
        light = sum(luminance(colour) for row in seen(start + 60.0 * minute, state, down).pixels for colour in row)
        if sun[2] < -0.3:
            by_day.append(light)
        elif sun[2] > 0.3:
            by_night.append(light)
    # Cities at night are about as light as the darkest sea by day.
    assert median(by_day) > 5.0 * median(by_night)


def test_render_without_backdrop_shows_only_space() -> None:
    picture = render(Scene(vehicles=(), light=EVEN_LIGHT, camera=towards((1.0, 0.0, 0.0))), 10, 4)
    assert {cell for row in picture.rows for cell in row} == {(" ", SPACE_COLOUR, SPACE_COLOUR)}
