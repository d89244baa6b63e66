"""The painted sky of a pass: labels, stars, the Moon, the station over it."""

from __future__ import annotations

import math
from functools import cache
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from sim.astro.photometry import StandardMagnitude
from sim.language import use
from sim.orbit.element_history import embedded_history
from sim.passes.finder import find_passes
from sim.time import parse_instant
from tests.support.dashboard import ISLAMABAD
from tui.drawing.canvas import PACKED, Canvas
from tui.drawing.cells import contrast, luminance, mean_colour
from tui.drawing.styled_text import line_width, width
from tui.sky.pass_geometry import PassScene, pass_scene, sky_behind
from tui.sky.sky_chart import draw_sky
from tui.sky.sky_light import sky_pixels
from tui.sky.sky_painting import _covered, _disc, _towards_sun, changed_line, in_lines, paint, write
from tui.sky.sky_picture import SkyPicture
from tui.sky.sky_projection import Disc, Panorama
from tui.sky.sky_station import FLASH_S, TRAIL_S, Overlay, brightness_step, flash, overlay, turn_text, with_overlay

EVENING, MORNING, NIGHT = "2026-09-01T14:00:00Z", "2024-12-18T00:40:00Z", "2024-12-20T23:20:00Z"


@cache
def scene_at(at: str) -> PassScene:
    start = parse_instant(at)
    history = embedded_history()
    found = find_passes(
        history, ISLAMABAD, start, start + 5400.0, standard_magnitude_at=lambda _t: StandardMagnitude(-1.0)
    )
    return pass_scene(history, ISLAMABAD, found[0])


def drawn(at: str, projection: Disc | Panorama, after_peak_s: float = 0.0) -> SkyPicture:
    scene = scene_at(at)
    behind = scene.behind(scene.pass_.peak.unix_s + after_peak_s)
    return draw_sky(projection, scene, behind, utc=False, painted=True)


def painted(at: str, projection: Disc | Panorama) -> tuple[SkyPicture, Canvas]:
    scene = scene_at(at)
    behind = scene.behind(scene.pass_.peak.unix_s)
    picture = draw_sky(projection, scene, behind, utc=False, painted=True)
    light = sky_pixels(projection, ISLAMABAD, behind.unix_s, 0.0, None, 0x080C14)
    return picture, paint(picture, behind, light)


PROJECTIONS: list[Disc | Panorama] = [
    Disc(40, 18), Disc(68, 28), Disc(102, 40), Disc(164, 64, 180.0),
    Panorama(40, 18, 270.0), Panorama(68, 28, 0.0), Panorama(102, 40, 225.0), Panorama(164, 64, 45.0),
]  # fmt: skip


@pytest.mark.parametrize("projection", PROJECTIONS, ids=lambda p: f"{type(p).__name__}-{p.columns}x{p.rows}")
@pytest.mark.parametrize("at", [EVENING, MORNING, NIGHT])
def test_labels_never_collide_and_stay_inside(at: str, projection: Disc | Panorama) -> None:
    for after_s in (-3600.0, 0.0, 3600.0, 7200.0):
        picture = drawn(at, projection, after_s)
        boxes = [(row, column, column + width(text)) for column, row, text in picture.labels]
        assert len(boxes) >= 2
        for row, first, after in boxes:
            assert 0 <= row < projection.rows
            assert 0 <= first < after <= projection.columns
        for (row, first, after), (other_row, other_first, other_after) in combinations(boxes, 2):
            assert row != other_row or after < other_first or other_after < first  # a space between two, too
        for column, row, text in picture.labels:
            shown = "".join(picture.texts[column + k, row][0] for k in range(width(text)))
            assert shown == text


@pytest.mark.parametrize(("size", "most"), [((68, 28), 6), ((102, 40), 10), ((164, 64), 36)])
def test_names_of_stars_on_the_disc_are_few_and_stand_alone(size: tuple[int, int], most: int) -> None:
    for at in (EVENING, MORNING, NIGHT):
        for after_s in (-3600.0, 0.0, 3600.0, 7200.0):
            picture = drawn(at, Disc(*size), after_s)
            stars = {point.star.star.name for point in picture.points.values()} - {""}
            names = [label for label in picture.labels if any(label[2].startswith(star) for star in stars)]
            assert len(names) <= most
            for column, row, text in names:
                span = range(column - 1, column + width(text) + 1)
                beside = [(x, row + down) for x in span for down in (-1, 1)]
                letters = [cell for cell in beside if picture.texts.get(cell, (" ",))[0].isalnum()]
                assert not letters, (text, letters)
                assert not picture.taken.intersection(beside)


def test_points_are_where_their_stars_stand_and_in_their_colours() -> None:
    projection = Panorama(102, 40, 270.0)
    picture, canvas = painted(EVENING, projection)
    arcturus = next(point for point in picture.points.values() if point.star.star.name == "Arcturus")
    column, row = projection.dot(arcturus.star.azimuth_deg, arcturus.star.elevation_deg).cell
    cell = row * canvas.width + column
    assert picture.points[column, row] is arcturus
    assert canvas.glyphs[cell] == "✶"
    assert (canvas.inks[cell] >> 16 & 255) > (canvas.inks[cell] & 255)  # it is orange
    faint = [point for point in picture.points.values() if not point.glyph]
    assert len(faint) > 40
    assert all(point.bits for point in faint)


def test_painted_rows_are_as_wide_as_the_picture_and_letters_can_be_read() -> None:
    for at in (EVENING, MORNING):
        picture, canvas = painted(at, Panorama(102, 40, 270.0))
        assert {line_width(line) for line in in_lines(canvas).lines} == {102}
        for (column, row), (_, style) in picture.texts.items():
            cell = row * canvas.width + column
            if style not in {"faint", "figure"}:
                assert contrast(canvas.inks[cell] & 0xFFFFFF, canvas.fills[cell] & 0xFFFFFF) >= 4.5


@pytest.mark.parametrize("lit", [0.02, 0.25, 0.5, 0.75, 0.98])
def test_moon_disc_is_lit_by_its_share_on_the_side_of_the_sun(lit: float) -> None:
    bright = dark = right = 0.0
    for y in range(-4, 5):
        for x in range(-4, 5):
            one, other = _covered(float(x), float(y), (1.0, 0.0), lit)
            bright, dark, right = bright + one, dark + other, right + one * x
    assert bright / (bright + dark) == pytest.approx(lit, abs=0.06)
    assert bright + dark == pytest.approx(math.pi * 2.5**2, rel=0.06)
    assert right > 0.0


def test_moon_is_lit_towards_the_sun_along_the_great_circle() -> None:
    sky = sky_behind(ISLAMABAD, parse_instant("2024-12-20T23:36:00Z"))  # waning, the Sun below the eastern horizon
    moon = sky.body("Moon")
    assert moon is not None
    assert sky.moon_lit == pytest.approx(0.68, abs=0.02)
    disc = SkyPicture(Disc(102, 40), painted=True)
    assert _towards_sun(disc, moon, sky)[0] < -0.7  # on the disc east is at the left
    south = SkyPicture(Panorama(102, 40, 180.0), painted=True)
    x, y = _towards_sun(south, moon, sky)
    assert x < 0.0
    assert y > 0.0


def test_planets_stand_in_the_sky_with_their_names() -> None:
    sky = scene_at(NIGHT).behind(scene_at(NIGHT).pass_.peak.unix_s)
    names = {body.name: body for body in sky.bodies if body.magnitude is not None}
    assert {"Jupiter", "Mars"} <= names.keys()
    assert all(body.elevation_deg > 0.0 for body in names.values())
    texts = [text for _, _, text in drawn(NIGHT, Disc(102, 40)).labels]
    assert {"Jupiter", "Mars", "Moon 68%"} <= set(texts)


def test_names_of_bodies_and_stars_do_not_touch_the_way_of_the_station() -> None:
    """When it comes by, the name would seem to be its own."""
    seen = 0
    for at in (EVENING, MORNING, NIGHT):
        for projection in PROJECTIONS:
            for after_s in range(-7200, 7201, 1800):
                picture, scene = drawn(at, projection, after_s), scene_at(at)
                spots = [picture.cell(point.azimuth_deg, max(point.elevation_deg, 0.0)) for point in scene.points]
                behind = scene.behind(scene.pass_.peak.unix_s + after_s)
                own = {one.label: picture.cell(one.azimuth_deg, one.elevation_deg) for one in behind.bodies}
                own |= {one.star.name: picture.cell(one.azimuth_deg, one.elevation_deg) for one in behind.stars}
                for column, row, text in picture.labels:
                    through = {own.get(text)} if own.get(text) not in picture.taken else picture.taken
                    if text in own and through.isdisjoint(spots):  # else the station comes through the body itself
                        seen += 1
                        assert (column - 1, row) not in spots, (text, at, projection)
                        assert (column + width(text), row) not in spots, (text, at, projection)
    assert seen > 100


def moon_and_planet(planet: str) -> SkyPicture:
    """A sky in which a planet stands within the disc of the Moon."""
    behind = scene_at(NIGHT).behind(scene_at(NIGHT).pass_.peak.unix_s)
    moon = behind.body("Moon")
    assert moon is not None
    near = [
        replace(body, azimuth_deg=moon.azimuth_deg, elevation_deg=moon.elevation_deg) if body.name == planet else body
        for body in behind.bodies
    ]
    return draw_sky(Disc(68, 28), scene_at(NIGHT), replace(behind, bodies=tuple(near)), utc=False, painted=True)


def test_planet_within_the_disc_of_the_moon_has_its_name_beside_the_disc() -> None:
    names = [text for _, _, text in moon_and_planet("Mars").labels]
    assert "Mars" in names
    assert "Moon 68%" in names


def test_names_are_not_written_right_beside_a_bright_star_that_is_not_theirs() -> None:
    pictures = [drawn(at, projection) for projection in PROJECTIONS for at in (EVENING, MORNING, NIGHT)]
    for picture in pictures:
        for column, row, text in picture.labels:
            for end in ((column - 1, row), (column + width(text), row)):
                point = picture.points.get(end)
                assert point is None or not point.glyph or end in picture.texts, text


def test_dark_part_of_the_moon_by_day_is_not_darker_than_the_sky() -> None:
    noon_s = parse_instant("2026-10-05T04:00:00Z")
    projection = Disc(68, 28)
    behind = sky_behind(ISLAMABAD, noon_s)
    assert behind.sun_elevation_deg > 10.0
    picture = SkyPicture(projection, painted=True)
    moon = behind.body("Moon")
    assert moon is not None
    assert behind.moon_lit < 0.5
    sky = 0x4A78A8
    ground = np.full((2 * projection.rows, projection.columns), sky)
    _disc(picture, ground, moon, behind)
    found = [luminance(colour) for colour in ground.ravel().tolist()]
    assert max(found) > 0.5
    assert min(found) > luminance(sky) * 0.97  # but for the steps of the colours


def test_letters_on_a_sky_by_day_stand_on_the_sky_and_not_in_dark_boxes() -> None:
    scene, noon_s = scene_at(EVENING), parse_instant("2026-10-05T04:00:00Z")
    behind, projection = sky_behind(ISLAMABAD, noon_s), Disc(102, 40)
    picture = draw_sky(projection, scene, behind, utc=False, painted=True)
    light = sky_pixels(projection, ISLAMABAD, noon_s, 0.0, None, 0x080C14)
    canvas = paint(picture, behind, light)
    for column, row, text in picture.labels:
        for k in range(width(text)):
            sky = mean_colour([int(light[2 * row + half, column + k]) for half in (0, 1)])
            if contrast(sky, 0xFFFFFF) >= 4.5:
                fill = canvas.fills[row * canvas.width + column + k] & 0xFFFFFF
                assert contrast(fill, sky) < 1.45, text


def test_figures_in_twilight_are_those_of_brighter_stars() -> None:
    start_s = scene_at(EVENING).pass_.peak.unix_s
    skies = [
        sky_behind(ISLAMABAD, start_s + 600.0 * k) for k in range(-3, 7)
    ]  # from the Sun at -4 to one at -26 degrees
    assert skies[0].figures == ()
    assert 0 < len(skies[2].figures) < len(skies[-1].figures)
    for sky in skies:
        assert all(other.star.magnitude <= sky.eye_limit + 1.5 for _, other in sky.figures)
        assert all(one.elevation_deg > 0.0 < other.elevation_deg for one, other in sky.figures)


def test_sky_by_day_has_neither_stars_nor_figures_nor_planets() -> None:
    noon = sky_behind(ISLAMABAD, parse_instant("2026-09-01T07:00:00Z"))
    assert (noon.stars, noon.figures, noon.names) == ((), (), ())
    assert {body.name for body in noon.bodies} <= {"Sun", *(b.name for b in noon.bodies if b.name.startswith("Moon"))}


# ── the station ───────────────────────────────────────────────────────────────────────────────


def test_flash_runs_after_the_entry_into_the_shadow_and_the_exit_from_it_only() -> None:
    for at in (EVENING, MORNING):
        scene = scene_at(at)
        edge_s = scene.pass_.shadow_entry_unix_s or scene.pass_.shadow_exit_unix_s
        assert edge_s is not None
        assert flash(scene, edge_s - 0.1, 1.0) is None
        assert flash(scene, edge_s + FLASH_S + 0.1, 1.0) is None
        runs = [flash(scene, edge_s + FLASH_S * k / 8.0, 1.0) for k in range(8)]
        assert [run[0] for run in runs if run is not None] == [k / 8.0 for k in range(8)]
        assert flash(scene, edge_s + 20.0, 60.0) is not None  # three frames of a fast clock, still seen
        assert flash(scene, edge_s + 20.0, 1.0) is None


def test_overlay_without_motion_has_no_flash() -> None:
    scene, picture = scene_at(MORNING), drawn(MORNING, Disc(102, 40))
    edge_s = scene.pass_.shadow_exit_unix_s
    assert edge_s is not None
    seen = scene.at(edge_s + 1.0)
    assert overlay(scene, picture, edge_s + 1.0, seen, rate=1.0, motion=True).flash is not None
    assert overlay(scene, picture, edge_s + 1.0, seen, rate=1.0, motion=False).flash is None


def test_station_glows_the_brighter_it_is_and_not_in_the_shadow() -> None:
    assert [brightness_step(m) for m in (4.0, 1.0, -1.0, -3.5)] == [1, 2, 3, 4]
    scene = scene_at(MORNING)
    picture, canvas = painted(MORNING, Disc(102, 40))
    sky = in_lines(canvas)
    dark_s, bright_s = scene.pass_.rise.unix_s + 5.0, scene.pass_.peak.unix_s
    dark = overlay(scene, picture, dark_s, scene.at(dark_s), rate=1.0, motion=True)
    bright = overlay(scene, picture, bright_s, scene.at(bright_s), rate=1.0, motion=True)
    assert (dark.glow, dark.magnitude, dark.trail) == (0, "", ())
    assert dark.mark is not None
    assert dark.mark[2] == "○"
    assert bright.glow > 0
    assert bright.magnitude == f"{scene.at(bright_s).magnitude:+.1f}"
    changed = with_overlay(sky, picture, bright)
    rows = [row for row in range(40) if changed[row] is not sky.lines[row]]
    assert 1 <= len(rows) < 20
    assert {line_width(line) for line in changed} == {102}
    assert "●" in "".join(run.text for row in rows for run in changed[row])


@settings(max_examples=60)
@given(st.data())
def test_changed_line_is_the_one_of_the_whole_row(data: st.DataObject) -> None:
    colours = st.sampled_from([PACKED | 0x112233, PACKED | 0x445566])
    cells = st.tuples(st.sampled_from(" ▀a"), colours, colours)
    canvas = Canvas(12, 1)
    for cell in range(12):
        canvas.glyphs[cell], canvas.inks[cell], canvas.fills[cell] = data.draw(cells)
    sky, changed = in_lines(canvas), canvas.copy()
    first, after = sorted(data.draw(st.sets(st.integers(0, 12), min_size=2, max_size=2)))
    for cell in range(first, after):
        changed.glyphs[cell], changed.inks[cell], changed.fills[cell] = data.draw(cells)
    assert changed_line(sky, changed, 0, first, after) == in_lines(changed).lines[0]


def test_trail_is_freshest_at_the_station_and_ends_behind_it() -> None:
    scene = scene_at(EVENING)
    picture = drawn(EVENING, Panorama(102, 40, 270.0))
    unix_s = scene.pass_.peak.unix_s
    trail = overlay(scene, picture, unix_s, scene.at(unix_s), rate=1.0, motion=True).trail
    freshness = [fresh for _, fresh in trail]
    assert freshness == sorted(freshness)
    assert (freshness[0], freshness[-1]) == (1, 4)


def test_trail_fades_in_steps_while_time_runs_fast() -> None:
    scene = scene_at(EVENING)
    picture = drawn(EVENING, Panorama(102, 40, 270.0))

    def shades(unix_s: float, rate: float) -> dict[int, int]:
        return dict(overlay(scene, picture, unix_s, scene.at(unix_s), rate=rate, motion=True).trail)

    step_s = TRAIL_S / 4.0
    within_s = scene.pass_.peak.unix_s // step_s * step_s + 1.0
    one, other = shades(within_s, 60.0), shades(within_s + step_s - 2.0, 60.0)
    assert {one[cell] - other[cell] for cell in one.keys() & other.keys()} == {0}
    assert {other[cell] - shades(within_s + step_s, 60.0).get(cell, 0) for cell in [*other][-3:]} == {1}
    assert set(other.values()) == {1, 2, 3, 4}


def test_light_of_the_station_only_lightens() -> None:
    scene = scene_at(EVENING)
    picture, canvas = painted(EVENING, Panorama(102, 40, 315.0))
    unix_s = scene.pass_.peak.unix_s
    over = overlay(scene, picture, unix_s, scene.at(unix_s), rate=1.0, motion=True)
    sky = in_lines(canvas)
    after = with_overlay(sky, picture, over)
    assert over.mark is not None
    row = over.mark[1] + 1
    fills = [
        [int(run.style.split("#")[2], 16) & ~PACKED for run in line[row] for _ in run.text]
        for line in (sky.lines, after)
    ]
    assert sum(map(luminance, fills[1])) > sum(map(luminance, fills[0]))


@pytest.mark.parametrize(
    ("facing_deg", "azimuth_deg", "text"),
    [
        (180.0, 240.0, "turn right 60° ▶"),
        (180.0, 118.0, "◀ turn left 60°"),
        (10.0, 350.0, ""),
        (350.0, 35.0, "turn right 45° ▶"),
        (20.0, 280.0, "◀ turn left 100°"),
    ],
)
def test_turn_text_says_where_the_station_is(facing_deg: float, azimuth_deg: float, text: str) -> None:
    assert turn_text(SkyPicture(Panorama(80, 24, facing_deg)), azimuth_deg, 30.0) == text
    assert turn_text(SkyPicture(Disc(80, 24)), azimuth_deg, 30.0) == ""
    assert turn_text(SkyPicture(Panorama(80, 24, facing_deg)), azimuth_deg, 85.0) == ""  # overhead: no side


@pytest.mark.parametrize("azimuth_deg", [150.0, 30.0])
def test_turn_in_chinese_leaves_every_row_as_wide_as_the_picture(azimuth_deg: float) -> None:
    picture, canvas = painted(EVENING, Panorama(68, 28, 90.0))
    use("zh_CN")
    text = turn_text(picture, azimuth_deg, 30.0)
    assert width(text) > len(text)
    for column in range(60):  # over all that may stand there
        write(canvas, column, "天", 0xFFFFFF)
        after = with_overlay(in_lines(canvas), picture, Overlay(mark=(column + 1, 1, "●"), turn=text))
        assert text in "".join(run.text for run in after[0])
        assert {line_width(line) for line in after} == {68}
