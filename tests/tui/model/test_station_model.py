"""The station model: published sizes, positions of vehicles, wings, light against the engine, the picture."""

from __future__ import annotations

from itertools import pairwise
from math import acos, cos, degrees, hypot, pi, radians, sin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.astro.shadow import shadow_state
from sim.astro.sun import beta_angle_deg, sun_position_teme_km
from sim.astro.vectors import cross, dot
from sim.chronicle import embedded_chronicle
from sim.orbit.element_history import embedded_history
from sim.time import parse_instant
from sim.types import Vector
from tests.support.orbits import epoch_of, example_orbit
from tui.drawing.cells import CellShape, luminance
from tui.model.assembly import PORTS, Placed, placed_vehicles, station_faces, wing_axes
from tui.model.camera import Camera, Projection
from tui.model.description import ASSUMED, model_text
from tui.model.lighting import Illumination, face_light, sun_at, sun_direction_lvlh
from tui.model.scene import SPACE_COLOUR, Scene, fitted_camera, render
from tui.model.shapes import MENGTIAN, SHENZHOU, TIANHE, TIANZHOU, WENTIAN, Material, VehicleShape
from tui.model.vectors import unit

SHAPES = {"Tianhe": TIANHE, "Wentian": WENTIAN, "Mengtian": MENGTIAN, "Shenzhou": SHENZHOU, "Tianzhou": TIANZHOU}
T_SHAPE = "2026-06-15T00:00:00Z"
SUN = unit((0.5, -0.45, -0.74))
UNIT_VECTORS = st.tuples(st.floats(0, 2 * pi), st.floats(-1, 1)).map(
    lambda pair: (
        cos(pair[0]) * (1 - pair[1] ** 2) ** 0.5,
        sin(pair[0]) * (1 - pair[1] ** 2) ** 0.5,
        pair[1],
    )
)


def placed_at(instant: str) -> tuple[Placed, ...]:
    return tuple(placed_vehicles(embedded_chronicle().at(parse_instant(instant))))


def picture(instant: str, *, sunlight: float = 1.0, azimuth_deg: float = 35.0, elevation_deg: float = 22.0) -> Scene:
    vehicles = placed_at(instant)
    camera = fitted_camera(vehicles, 110, 34, azimuth_deg=azimuth_deg, elevation_deg=elevation_deg)
    return Scene(vehicles=vehicles, light=Illumination(sun=SUN, sunlight=sunlight), camera=camera)


# -- sizes and places --------------------------------------------------------------------------------------


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES.keys())
def test_vehicle_shape_has_the_published_size(shape: VehicleShape) -> None:
    wing = shape.wings[0]
    built = {
        "length": shape.length_m,
        "largest diameter": shape.diameter_m,
        "span of the wings": shape.span_m,
        "area of one wing, m²": wing.length_m * wing.width_m,
        "area of both wings, m²": 2 * wing.length_m * wing.width_m,
    }
    assert {size.what for size in shape.sizes} >= {"length", "largest diameter"}
    for size in shape.sizes:
        assert size.source
        assert built[size.what] == pytest.approx(size.metres, abs=size.tolerance_m), size.what


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES.keys())
def test_vehicle_shape_agrees_with_the_chronicle(shape: VehicleShape) -> None:
    for module in embedded_chronicle().modules:
        if SHAPES.get(module.name) is shape:
            assert module.length_m is None or shape.length_m == pytest.approx(module.length_m, abs=0.1)
            assert module.diameter_m is None or shape.diameter_m == pytest.approx(module.diameter_m, abs=0.1)


@pytest.mark.parametrize(
    ("instant", "expected"),
    [
        ("2021-04-01T00:00:00Z", {}),
        ("2021-05-15T00:00:00Z", {"Tianhe": (-1, 0, 0)}),
        ("2021-06-01T00:00:00Z", {"Tianhe": (-1, 0, 0), "Tianzhou-2": (-1, 0, 0)}),
        ("2022-08-15T00:00:00Z", {"Tianhe": (-1, 0, 0), "Shenzhou-14": (0, 0, 1), "Tianzhou-4": (-1, 0, 0),
                                  "Wentian": (1, 0, 0)}),
        ("2022-10-15T00:00:00Z", {"Tianhe": (-1, 0, 0), "Shenzhou-14": (0, 0, 1), "Tianzhou-4": (-1, 0, 0),
                                  "Wentian": (0, 1, 0)}),
        (T_SHAPE, {"Tianhe": (-1, 0, 0), "Shenzhou-23": (0, 0, 1), "Tianzhou-10": (-1, 0, 0), "Wentian": (0, 1, 0),
                   "Mengtian": (0, -1, 0)}),
    ],
)  # fmt: skip
def test_placed_vehicles_at_each_stage_of_construction_have_their_axes(
    instant: str, expected: dict[str, Vector]
) -> None:
    assert {vehicle.vehicle: vehicle.axis for vehicle in placed_at(instant)} == expected


def test_placed_vehicles_moving_laboratory_lies_between_its_ports() -> None:
    on_the_way = {vehicle.vehicle: vehicle.axis for vehicle in placed_at("2022-11-03T01:10:00Z")}
    assert on_the_way["Mengtian"] == pytest.approx(unit((1.0, -1.0, 0.0)))


def test_placed_vehicles_ships_begin_at_their_port() -> None:
    for vehicle in placed_at(T_SHAPE)[1:]:
        assert (vehicle.origin_m, vehicle.axis) in PORTS.values()


def test_station_faces_are_flat_with_unit_normals() -> None:
    vehicles = placed_at(T_SHAPE)
    for face in station_faces([*vehicles], SUN):
        corners = face.corners_m
        assert hypot(*face.normal) == pytest.approx(1.0)
        for corner in corners:
            offset = tuple(a - b for a, b in zip(corner, corners[0], strict=True))
            assert abs(dot(face.normal, (offset[0], offset[1], offset[2]))) < 1e-6


# -- wings ---------------------------------------------------------------------------------------------------


@settings(max_examples=60)
@given(UNIT_VECTORS)
def test_wing_axes_face_the_sun_within_joint_limits(sun: Vector) -> None:
    for vehicle in placed_at(T_SHAPE):
        for wings in vehicle.shape.wings:
            extent, facing = wing_axes(vehicle, wings, sun)
            assert dot(extent, facing) == pytest.approx(0.0, abs=1e-6)
            assert abs(dot(extent, vehicle.axis)) < 1e-6
            reached = dot(facing, sun)
            if wings.joints == 2:
                assert reached > 0.998  # nearly along the axis any way round is as good
            else:
                turned = cross(extent, facing)
                best = max(
                    dot(sun, tuple(cos(a) * f + sin(a) * t for f, t in zip(facing, turned, strict=True)))  # type: ignore[arg-type]
                    for a in (radians(step) for step in range(0, 360, 2))
                )
                assert reached >= best - 1e-3


# -- light -----------------------------------------------------------------------------------------------------


def test_sun_direction_lvlh_agrees_with_the_engine() -> None:
    orbit = example_orbit("station")
    start = epoch_of(orbit)
    for number in range(400):
        unix_s = start + 97.0 * number
        state = orbit.state(unix_s)
        sun_km = sun_position_teme_km(unix_s)
        sun = sun_direction_lvlh(state, sun_km)
        assert hypot(*sun) == pytest.approx(1.0)
        position, velocity = state.position_teme_km, state.velocity_teme_km_s
        assert degrees(acos(sun[1])) - 90.0 == pytest.approx(beta_angle_deg(unix_s, position, velocity), abs=1e-6)
        assert -sun[2] == pytest.approx(dot(position, sun_km) / hypot(*position) / hypot(*sun_km), abs=1e-9)
        # Ahead is where the station flies to, to the tenth of a degree by which its path is not level.
        assert sun[0] == pytest.approx(dot(velocity, sun_km) / hypot(*velocity) / hypot(*sun_km), abs=3e-3)
        if shadow_state(unix_s, position) == "umbra":
            assert sun[2] > 0.0


def test_face_light_is_brightest_in_the_sun() -> None:
    up: Vector = (0.0, 0.0, -1.0)
    noon = Illumination(sun=up, sunlight=1.0)
    lit, from_below = face_light(up, Material.WHITE, noon), face_light((0.0, 0.0, 1.0), Material.WHITE, noon)
    dark = face_light(up, Material.WHITE, Illumination(sun=(0.0, 0.0, 1.0), sunlight=0.0))
    assert sum(lit) > 3 * sum(from_below) > 6 * sum(dark) > 0.0
    assert face_light(up, Material.WHITE, noon, shaded=True) < lit
    assert from_below[2] > from_below[0]


# -- the picture ---------------------------------------------------------------------------------------------


def test_projection_from_behind_has_starboard_right_and_earth_down() -> None:
    camera = Camera(azimuth_deg=180.0, elevation_deg=0.0, columns_per_m=1.0)
    projection = Projection(camera, 100, 100, 1.0, 1.0)
    assert projection.point((0.0, 10.0, 0.0))[0] > 55.0
    assert projection.point((0.0, 0.0, 10.0))[1] > 55.0
    assert projection.point((-10.0, 0.0, 0.0))[2] > projection.point((10.0, 0.0, 0.0))[2]


@pytest.mark.parametrize("shape", list(CellShape))
@pytest.mark.parametrize(("width", "height"), [(1, 1), (40, 12), (110, 34)])
def test_render_picture_has_the_given_size(shape: CellShape, width: int, height: int) -> None:
    drawn = render(picture(T_SHAPE), width, height, shape)
    assert [len(row) for row in drawn.rows] == [width] * height


def test_vehicle_at_finds_every_docked_vehicle() -> None:
    drawn = render(picture(T_SHAPE), 110, 34)
    seen = {drawn.vehicle_at(column, row) for row in range(34) for column in range(110)}
    assert seen == {"", "Tianhe", "Wentian", "Mengtian", "Shenzhou-23", "Tianzhou-10"}
    assert drawn.vehicle_at(-1, 0) == drawn.vehicle_at(0, 34) == ""


def test_render_before_launch_is_only_space() -> None:
    drawn = render(picture("2021-04-01T00:00:00Z"), 40, 12)
    assert {cell for row in drawn.rows for cell in row} == {(" ", SPACE_COLOUR, SPACE_COLOUR)}


def brightness(scene: Scene) -> float:
    return sum(luminance(ink) + luminance(fill) for row in render(scene, 110, 34).rows for _, ink, fill in row)


def test_render_in_shadow_is_dark_but_visible() -> None:
    space = luminance(SPACE_COLOUR) * 2 * 110 * 34
    in_light, in_shadow = (brightness(picture(T_SHAPE, sunlight=share)) - space for share in (1.0, 0.0))
    assert 0.0 < in_shadow < in_light / 5.0


def test_render_highlighted_part_is_brighter() -> None:
    scene = picture(T_SHAPE)
    pointed_out = Scene(vehicles=scene.vehicles, light=scene.light, camera=scene.camera, highlighted="Wentian")
    assert brightness(pointed_out) > brightness(scene) * 1.02


@pytest.mark.parametrize("azimuth_deg", range(0, 360, 30))
def test_projection_fitted_keeps_the_bodies_in_the_picture(azimuth_deg: float) -> None:
    scene = picture(T_SHAPE, azimuth_deg=azimuth_deg)
    projection = Projection(scene.camera, 110, 68, 1.0, 1.0)
    for vehicle in scene.vehicles:
        length = vehicle.shape.length_m
        end = tuple(o + length * a for o, a in zip(vehicle.origin_m, vehicle.axis, strict=True))
        across, down, _ = projection.point((end[0], end[1], end[2]))
        assert 0 <= across <= 110
        assert 0 <= down <= 68


@pytest.mark.parametrize("azimuth_deg", range(0, 360, 20))
@pytest.mark.parametrize("sun", [SUN, unit((0.9, 0.1, -0.1)), unit((0.05, 0.1, -1.0)), unit((-0.2, 0.95, 0.1))])
def test_fitted_camera_of_a_high_picture_shows_all_of_the_station(azimuth_deg: float, sun: Vector) -> None:
    vehicles = placed_at(T_SHAPE)
    for width, height, elevation_deg in ((160, 40, 17.0), (118, 32, 17.0), (250, 64, 17.0), (160, 40, -60.0)):
        camera = fitted_camera(vehicles, width, height, azimuth_deg=azimuth_deg, elevation_deg=elevation_deg, sun=sun)
        projection = Projection(camera, width, 2 * height, 1.0, 1.0)
        for face in station_faces([*vehicles], sun):
            for corner in face.corners_m:
                across, down, _ = projection.point(corner)
                assert 0 <= across <= width
                assert 0 <= down <= 2 * height


@pytest.mark.parametrize("sun", [SUN, unit((0.9, 0.1, -0.1)), unit((0.05, 0.1, -1.0)), unit((-0.2, 0.95, 0.1))])
@pytest.mark.parametrize("instant", ["2021-05-25T00:00:00Z", "2022-09-15T00:00:00Z", T_SHAPE])
def test_fitted_camera_of_a_high_picture_fills_it_as_the_station_turns(instant: str, sun: Vector) -> None:
    vehicles, width, height = placed_at(instant), 160, 40
    corners = [corner for face in station_faces([*vehicles], sun) for corner in face.corners_m]
    filled = 0.0
    for azimuth_deg in range(0, 360, 10):
        camera = fitted_camera(vehicles, width, height, azimuth_deg=azimuth_deg, elevation_deg=17.0, sun=sun)
        points = [Projection(camera, width, 2 * height, 1.0, 1.0).point(corner) for corner in corners]
        aside = max(abs(across / width - 0.5) for across, _down, _near in points)
        upwards = max(abs(down / (2 * height) - 0.5) for _across, down, _near in points)
        filled = max(filled, 2.0 * aside, 2.0 * upwards)
    assert 0.92 <= filled <= 1.0


def test_fitted_camera_comes_nearer_without_a_jump() -> None:
    """The wings turn round once in a revolution, and the room they need changes with it."""
    history, begin_s, vehicles = embedded_history(), parse_instant(T_SHAPE), placed_at(T_SHAPE)
    sizes = []
    for unix_s in (begin_s + 2.0 * step for step in range(2780)):
        sun = sun_at(unix_s, history.state(unix_s))
        camera = fitted_camera(vehicles, 160, 40, azimuth_deg=0.0, elevation_deg=17.0, sun=sun)
        sizes.append(camera.columns_per_m)
    assert max(sizes) > 1.3 * min(sizes)
    assert max(abs(one / other - 1.0) for one, other in pairwise(sizes)) < 0.01


# -- in words ------------------------------------------------------------------------------------------------


def test_model_text_names_what_the_picture_shows() -> None:
    facts = embedded_chronicle().at(parse_instant(T_SHAPE))
    text = model_text(facts, Illumination(sun=(cos(0.5), 0.0, -sin(0.5)), sunlight=1.0))
    for vehicle in placed_vehicles(facts):
        assert vehicle.vehicle in text
    assert "the Sun ahead, 29° above the horizontal plane" in text
    assert text.endswith(ASSUMED)
    assert "In the Earth's shadow." in model_text(facts, Illumination(sun=(1.0, 0.0, 0.0), sunlight=0.0))
    assert "not known" in model_text(facts, None)


def test_model_text_before_launch_names_nothing() -> None:
    facts = embedded_chronicle().at(parse_instant("2021-04-01T00:00:00Z"))
    assert model_text(facts, None) == "The station is not in orbit yet."
