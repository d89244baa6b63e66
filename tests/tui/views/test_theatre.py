"""The pass theatre: projections of the sky, its texts, and its keys."""

from __future__ import annotations

import math
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sim.astro.frames import teme_to_itrs, topocentric
from sim.astro.photometry import StandardMagnitude
from sim.language import use
from sim.orbit.element_history import embedded_history
from sim.orbit.uncertainty import expected_error
from sim.passes.finder import find_passes
from sim.passes.horizon import Horizon
from sim.passes.model import Pass
from sim.time import iso_z, parse_instant
from tests.support.dashboard import ISLAMABAD, StageTime, make_app, make_session, notifications, panel
from tests.support.frame_recorder import StationFrames
from tests.support.operating import operating
from tests.support.snapshots import TextSnapshot
from tui.drawing.big_digits import big, big_rows, big_width
from tui.drawing.styled_text import Run, line_width, plain, width
from tui.sky.pass_geometry import PassScene, pass_scene, sky_behind
from tui.sky.sky_chart import draw_sky
from tui.sky.sky_picture import with_text
from tui.sky.sky_projection import Disc, Dot, Panorama
from tui.views.theatre.countdown import countdown
from tui.views.theatre.elevation_profile import mountain, now_column
from tui.views.theatre.view import Theatre
from tui.widgets.map.station_map import StationMap
from tui.widgets.panel import Panel
from tui.widgets.sky.sky_plot import SkyPlot
from tui.wording import durations, quantities
from tui.wording import passes as pass_text

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion
    from textual.geometry import Region

    from tui.app import TiangongApp

NIGHT = "2026-10-02T22:00:00Z"
"""The next pass over Islamabad rises an hour later, comes out of the shadow on its way and is 67 degrees high."""

azimuths = st.floats(0.0, 360.0, exclude_max=True)
elevations = st.floats(0.0, 89.0)
widths, heights = st.integers(24, 250), st.integers(10, 70)


@cache
def night_pass() -> Pass:
    start = parse_instant(NIGHT)
    history = embedded_history()
    return find_passes(
        history,
        ISLAMABAD,
        start,
        start + 7200.0,
        error_at=lambda unix_s: expected_error(history, unix_s),
        standard_magnitude_at=lambda _t: StandardMagnitude(0.0),
    )[0]


@cache
def night_scene() -> PassScene:
    return pass_scene(embedded_history(), ISLAMABAD, night_pass())


# ── where directions land ─────────────────────────────────────────────────────────────────────


def apart_deg(one: float, other: float) -> float:
    return abs((one - other + 180.0) % 360.0 - 180.0)


@given(azimuths, elevations, widths, heights, st.sampled_from([0.0, 45.0, 180.0, 271.0]))
def test_disc_dot_and_direction_are_inverse(
    azimuth_deg: float, elevation_deg: float, columns: int, rows: int, up_deg: float
) -> None:
    disc = Disc(columns, rows, up_deg)
    azimuth, elevation = disc.direction(disc.dot(azimuth_deg, elevation_deg))
    assert elevation == pytest.approx(elevation_deg, abs=1e-6)
    assert apart_deg(azimuth, azimuth_deg) < 1e-6


@given(azimuths, widths, heights, st.floats(0.0, 360.0))
def test_disc_horizon_is_a_circle_inside_the_picture(
    azimuth_deg: float, columns: int, rows: int, up_deg: float
) -> None:
    disc = Disc(columns, rows, up_deg)
    edge, centre = disc.dot(azimuth_deg, 0.0), disc.centre
    assert math.hypot(edge.x - centre.x, edge.y - centre.y) == pytest.approx(disc.radius)
    assert disc.dot(azimuth_deg, 90.0) == pytest.approx(centre)
    column, row = edge.cell
    assert 0 <= column < columns
    assert 0 <= row < rows


def test_disc_has_north_up_and_east_left() -> None:
    disc = Disc(80, 40)
    north, east, south = (disc.dot(azimuth, 30.0) for azimuth in (0.0, 90.0, 180.0))
    assert north.y < disc.centre.y < south.y
    assert east.x < disc.centre.x
    turned = Disc(80, 40, up_deg=180.0)
    assert turned.dot(180.0, 30.0).y < turned.centre.y
    assert turned.dot(90.0, 30.0).x > turned.centre.x


@given(azimuths, elevations, widths, heights, azimuths)
def test_panorama_dot_and_direction_are_inverse(
    azimuth_deg: float, elevation_deg: float, columns: int, rows: int, facing_deg: float
) -> None:
    view = Panorama(columns, rows, facing_deg)
    assume(view.holds(azimuth_deg, elevation_deg) and apart_deg(azimuth_deg, facing_deg) < 179.0)
    dot = view.dot(azimuth_deg, elevation_deg)
    azimuth, elevation = view.direction(dot)
    assert elevation == pytest.approx(elevation_deg, abs=1e-6)
    assert apart_deg(azimuth, azimuth_deg) < 1e-6
    column, row = dot.cell
    assert 0 <= column < columns
    assert 0 <= row < rows


def test_panorama_facing_south_has_east_left_and_horizon_below() -> None:
    view = Panorama(90, 20, 180.0)
    assert view.dot(180.0, 10.0).x == pytest.approx((90 * 2 - 1) / 2.0)
    assert view.dot(120.0, 10.0).x < view.dot(180.0, 10.0).x < view.dot(240.0, 10.0).x
    assert view.dot(180.0, 10.0).y > view.dot(180.0, 50.0).y
    assert not view.holds(180.0, -1.0)
    assert not view.holds(0.0, 10.0)


# ── what stands on the plot ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "projection"),
    [
        ("sky-disc-80x36", Disc(80, 36)),
        ("sky-small-44x20", Disc(44, 20, 180.0)),
        ("sky-facing-90x28", Panorama(90, 28, 150.0)),
    ],
    ids=["disc", "small", "facing"],
)
def test_sky_chart_looks_like_its_snapshot(name: str, projection: Disc | Panorama, snapshot: SnapshotAssertion) -> None:
    scene = night_scene()
    picture = draw_sky(projection, scene, scene.behind(scene.pass_.peak.unix_s), utc=False)
    text = "\n".join(plain(line).rstrip() for line in picture.lines()) + "\n"
    assert text == snapshot(extension_class=TextSnapshot, name=name)


def test_sky_chart_rows_are_as_wide_as_the_panel() -> None:
    scene = night_scene()
    for columns, rows in ((44, 20), (86, 42), (162, 66)):
        picture = draw_sky(Disc(columns, rows), scene, scene.behind(scene.pass_.peak.unix_s), utc=True)
        lines = picture.lines()
        assert len(lines) == rows
        from tui.drawing.styled_text import line_width

        assert {line_width(line) for line in lines} == {columns}


def test_sky_chart_sunlit_and_shadow_differ_in_glyphs() -> None:
    scene = night_scene()
    lines = draw_sky(Disc(86, 42), scene, scene.behind(scene.pass_.peak.unix_s), utc=True).lines()
    runs = [run for line in lines for run in line]
    assert any("•" in run.text for run in runs if run.style == "good")
    assert any("◦" in run.text for run in runs if run.style == "night")
    assert not any("◦" in run.text for run in runs if run.style == "good")
    assert any("◑" in run.text for run in runs if run.style == "caution")


@pytest.mark.parametrize("projection", [Disc(86, 42), Panorama(120, 30)], ids=["disc", "panorama"])
def test_sky_chart_draws_the_horizon_of_the_place(projection: Disc | Panorama) -> None:
    level = night_scene()
    house = Horizon((0.0, 170.0, 170.0, 190.0, 190.0), (0.0, 0.0, 45.0, 45.0, 0.0))
    built = PassScene(msgspec.structs.replace(level.pass_, horizon=house), level.place, level.points)
    sky = level.behind(level.pass_.peak.unix_s)
    without, drawn = (draw_sky(projection, scene, sky, utc=False) for scene in (level, built))
    changed = {
        (column, row)
        for row, (line, other) in enumerate(zip(without.lines(), drawn.lines(), strict=True))
        for column, (char, char_there) in enumerate(zip(plain(line), plain(other), strict=True))
        if char != char_there
    }
    # The roof and both walls of the house in the south.
    for azimuth_deg, elevation_deg in ((180.0, 45.0), (170.0, 22.0), (190.0, 22.0)):
        at = projection.dot(azimuth_deg, elevation_deg).cell
        assert any(abs(column - at[0]) <= 1 and abs(row - at[1]) <= 1 for column, row in changed)


def test_sky_path_equals_topocentric_directions() -> None:
    scene, orbit = night_scene(), embedded_history()
    for point in scene.points[::40]:
        state = orbit.state(point.unix_s)
        moved = teme_to_itrs(point.unix_s, state.position_teme_km, state.velocity_teme_km_s)
        seen = topocentric(ISLAMABAD, *moved)
        assert seen.elevation_deg == pytest.approx(point.elevation_deg, abs=0.01)
        assert apart_deg(seen.azimuth_deg, point.azimuth_deg) < 0.05
        assert seen.range_km == pytest.approx(point.range_km, abs=0.5)


def test_sky_chart_by_day_has_the_sun_and_no_stars() -> None:
    noon = night_scene().behind(parse_instant("2026-10-02T07:00:00Z"))
    assert noon.stars == ()
    assert "Sun" in [body.name for body in noon.bodies]
    night = night_scene().behind(parse_instant(NIGHT))
    assert len(night.stars) > 50
    assert all(star.elevation_deg > 0.0 for star in night.stars)


@given(st.lists(st.sampled_from(["a", "天", "⣿", " "]), min_size=1, max_size=30), st.data())
def test_with_text_replaces_the_cells_of_the_text_only(chars: list[str], data: st.DataObject) -> None:
    line = tuple(Run(char, "dim") for char in chars)
    lines = [line, line]
    text = data.draw(st.sampled_from([text for text in ("●", "转", "◀ 左转") if width(text) <= line_width(line)]))
    column = data.draw(st.integers(0, line_width(line) - width(text)))
    changed = with_text(lines, column, 0, Run(text, "mark"))
    assert changed[1] is line
    assert line_width(changed[0]) == line_width(line)
    before, after = plain(changed[0]).split(text)
    assert width(before) == column
    assert before.rstrip() in plain(line)
    assert after.lstrip() in plain(line)


# ── words and digits ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("elevation_deg", "words"),
    [(-3.0, "at the horizon"), (1.0, "at the horizon"), (5.0, "half a fist up"), (9.0, "one fist up"),
     (21.0, "two fists up"), (44.0, "four fists up"), (79.0, "eight fists up"), (85.0, "overhead")],
)  # fmt: skip
def test_fists_of_elevation_are_ten_degrees_each(elevation_deg: float, words: str) -> None:
    assert pass_text.fists(elevation_deg) == words


def test_look_gives_direction_and_height_in_text() -> None:
    assert pass_text.look(247.5, 20.0) == "look WSW, two fists up"
    assert pass_text.look(10.0, 88.0) == "look straight up"


def test_light_summary_is_short_and_sunlit_text_full() -> None:
    frame = make_session(NIGHT).frame()
    pass_ = night_pass()
    assert pass_text.light_summary(pass_, frame.place, utc=frame.utc) == "dark, sun 04:11–"
    assert pass_text.sunlit_text(pass_, frame.place, utc=frame.utc) == "in the sun from 04:11:56"


@given(st.text("0123456789:-+d ", min_size=1, max_size=12), st.integers(1, 3))
def test_big_rows_have_the_width_of_big_width(text: str, scale: int) -> None:
    rows = big(text, scale)
    assert len(rows) == big_rows(scale)
    assert {len(row) for row in rows} == {big_width(text, scale)}


def test_theatre_countdown_runs_to_each_mark_in_turn() -> None:
    scene = night_scene()
    pass_ = scene.pass_
    name, left_s = countdown(scene, pass_.rise.unix_s - 10.0)
    assert name == "rises"
    assert left_s == pytest.approx(10.0)
    assert countdown(scene, pass_.rise.unix_s + 1.0)[0] == "peaks"
    assert countdown(scene, pass_.peak.unix_s + 1.0)[0] == "sets"
    name, since_s = countdown(scene, pass_.set.unix_s + 61.0)
    assert name == "set"
    assert since_s == pytest.approx(61.0)
    assert [durations.compact(s) for s in (7.9, 247.0, 3847.0, 187_447.0)] == ["0:07", "4:07", "1:04:07", "2d 04:04"]


def test_elevation_profile_is_highest_at_peak_and_hatched_in_shadow() -> None:
    scene = night_scene()
    lines = mountain(scene, 64, 16, utc=True)
    assert len(lines) == 16
    columns = 60
    text = [plain(line)[4:] for line in lines[:-1]]
    tops = [next((row for row in range(15) if text[row][column] != " "), 15) for column in range(columns)]
    peak = now_column(scene, scene.pass_.peak.unix_s, columns)
    assert peak is not None
    assert abs(tops.index(min(tops)) - peak) <= 3
    shadow = {char for line in lines[:-1] for run in line if run.style == "night" for char in run.text}
    sun = {char for line in lines[:-1] for run in line if run.style == "good" for char in run.text}
    assert "⣿" in sun
    assert "⣿" not in shadow
    assert now_column(scene, scene.pass_.set.unix_s + 1.0, columns) is None


# ── going through it ──────────────────────────────────────────────────────────────────────────


def theatre(app: TiangongApp) -> Theatre:
    screen = app.screen
    assert isinstance(screen, Theatre)
    return screen


async def test_theatre_w_key_starts_a_minute_before_the_next_good_pass() -> None:
    app = make_app(NIGHT)
    async with operating(app, size=(160, 45)) as pilot:
        await pilot.press("w")
        app.session.clock.pause()
        pass_ = theatre(app).pass_
        assert pass_.grade > 0
        assert app.session.clock.now() == pytest.approx(pass_.rise.unix_s - 60.0, abs=2.0)
        assert theatre(app).query_one("#clock", Panel).border_title == "rehearsal"
        assert "SIM" in panel(app, "header").text
        assert "rises above 10° in the SW" in panel(app, "clock").text
        sky = panel(app, "sky").text
        assert f"rise {quantities.clock_time(pass_.rise.unix_s, ISLAMABAD, utc=False)}" in sky
        assert (
            f"set {quantities.clock_time(pass_.set.unix_s, ISLAMABAD, utc=False)}" in sky
        )  # the whole way is known before it begins
        assert "◌" in sky


async def test_theatre_moving_station_changes_only_its_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    app = make_app(NIGHT)
    async with operating(app, size=(160, 45)) as pilot:
        await pilot.press("w")
        clock, pass_ = app.session.clock, theatre(app).pass_
        clock.pause()
        clock.seek(pass_.peak.unix_s - 25.0)  # the stars are placed anew half a minute before and after the peak
        app.draw()
        before = panel(app, "sky").text.splitlines()
        assert "○" in panel(app, "sky").text  # in the shadow
        assert "in shadow, sun in" in panel(app, "facts").text
        regions: list[int] = []
        sky = app.screen.query_one(SkyPlot)
        refresh = sky.refresh

        def counted(*areas: Region, **options: bool) -> SkyPlot:
            regions.append(len(areas))
            return refresh(*areas, **options)

        monkeypatch.setattr(sky, "refresh", counted)
        app.draw()
        assert regions == []  # nothing moved, nothing is painted
        clock.step(20.0)
        app.draw()
        after = panel(app, "sky").text.splitlines()
        changed = [row for row, (one, other) in enumerate(zip(before, after, strict=True)) if one != other]
        assert 1 <= len(changed) <= 2
        assert len(regions) == 1
        assert regions[0] <= 2
        clock.seek(pass_.set.unix_s - 60.0)
        app.draw()
        assert "●" in panel(app, "sky").text
        assert "in the sun" in panel(app, "facts").text
        assert "brightness" in panel(app, "facts").text


async def test_theatre_while_time_runs_fast_moves_the_station_in_every_frame_and_figures_in_every_second() -> None:
    async with StationFrames((160, 45), rate=60.0) as stage:
        pass_ = await stage.watch_pass(parse_instant("2026-09-01T14:00:00Z"), 60.0)
        stage.app.session.clock.seek(pass_.peak.unix_s - 30.0)
        shown: list[tuple[str, str]] = []
        for _ in range(7):
            await stage.frames(1)
            shown.append((panel(stage.app, "sky").text, panel(stage.app, "facts").text))
    moved = [(sky != next_sky, facts != next_facts) for (sky, facts), (next_sky, next_facts) in pairwise(shown)]
    assert [sky for sky, _ in moved] == [True] * 6
    assert [facts for _, facts in moved] in ([True, False] * 3, [False, True] * 3)


async def test_theatre_keeps_the_pass_until_set_then_offers_the_next() -> None:
    app = make_app(NIGHT)
    async with operating(app, size=(120, 36)) as pilot:
        await pilot.press("w")
        clock, first = app.session.clock, theatre(app).pass_
        clock.pause()
        clock.seek(first.set.unix_s + 90.0)
        app.draw()
        assert theatre(app).pass_ is first
        assert "+1:30" not in panel(app, "clock").text  # it stands there in large digits
        assert "set below 10° in the" in panel(app, "clock").text
        assert "Enter next" in panel(app, "clock").text
        await pilot.press("enter")
        second = theatre(app).pass_
        assert second.rise.unix_s > first.set.unix_s
        assert clock.now() == pytest.approx(second.rise.unix_s - 60.0, abs=2.0)
        await pilot.press("P")
        assert theatre(app).pass_.peak.unix_s == pytest.approx(first.peak.unix_s, abs=1.0)


async def test_theatre_live_waits_and_n_returns_to_now() -> None:
    time = StageTime(NIGHT)
    app = make_app(None, time=time, paused=False)
    async with operating(app, size=(120, 36)) as pilot:
        await pilot.press("w", "n")
        pass_ = theatre(app).pass_
        assert app.session.clock.live
        assert app.session.clock.now() == parse_instant(NIGHT)
        assert theatre(app).query_one("#clock", Panel).border_title == "live"
        await pilot.press("p")
        assert theatre(app).pass_.rise.unix_s > pass_.set.unix_s
        assert app.session.clock.live
        await pilot.press("enter")  # far ahead: rehearse it
        await pilot.pause()
        assert not app.session.clock.live


async def test_theatre_w_live_counts_down_to_the_true_rise_and_moves_no_clock() -> None:
    app = make_app(None, time=StageTime(NIGHT), paused=False)
    async with operating(app, size=(120, 36)) as pilot:
        await pilot.press("w")
        pass_ = theatre(app).pass_
        assert app.session.clock.live
        assert app.session.clock.now() == parse_instant(NIGHT)
        assert str(panel(app, "clock").border_title) == "live"
        assert countdown(pass_scene(app.session.orbit, ISLAMABAD, pass_), parse_instant(NIGHT))[1] > 3600.0
        assert not panel(app, "rehearsal").display
        assert "╱" not in panel(app, "facts").text
        await pilot.press("escape")
        assert app.session.clock.live


@pytest.mark.parametrize("leave", ["escape", "2"])
async def test_theatre_rehearsal_is_striped_and_returns_to_where_it_began(leave: str) -> None:
    app = make_app(None, time=StageTime(NIGHT), paused=False)
    async with operating(app, size=(120, 36)) as pilot:
        await pilot.press("w", "enter")
        clock = app.session.clock
        assert not clock.live
        assert clock.rate > 1.0
        for name in ("clock", "facts"):
            lines = panel(app, name).text.splitlines()
            assert all(line.startswith("╱") for line in lines if line)
        for name in ("clock", "facts", "sky", "mountain"):
            assert str(panel(app, name).border_title).startswith("rehearsal")
        bar = panel(app, "rehearsal").text
        assert "rehearsal:" in bar
        assert bar.startswith("╱╱╱")
        assert bar.endswith("╱╱╱")
        await pilot.press(leave)
        assert clock.live


async def test_theatre_rehearsal_from_a_past_instant_returns_there_and_stays_paused() -> None:
    app = make_app(NIGHT)
    async with operating(app, size=(120, 36)) as pilot:
        await pilot.press("w")
        assert not app.session.clock.paused
        await pilot.press("escape")
        assert app.session.clock.now() == parse_instant(NIGHT)
        assert app.session.clock.paused


async def test_theatre_pass_under_way_is_shown_from_now() -> None:
    during = night_pass().peak.unix_s
    app = make_app(iso_z(during))
    async with operating(app, size=(120, 36)) as pilot:
        await pilot.press("w")
        assert app.session.clock.now() == pytest.approx(during, abs=1.0)
        assert theatre(app).pass_.peak.unix_s == pytest.approx(during, abs=1.0)


async def test_theatre_sky_and_brightness_go_on_after_the_set() -> None:
    app = make_app(NIGHT)
    async with operating(app, size=(120, 36)) as pilot:
        await pilot.press("w")
        clock, pass_ = app.session.clock, theatre(app).pass_
        clock.pause()

        def sky_line(after_s: float) -> str:
            clock.seek(pass_.set.unix_s + after_s)
            app.draw()
            return next(line for line in panel(app, "facts").text.splitlines() if " sky " in line)

        assert sky_line(1.0) != sky_line(1800.0)
        sun_deg = sky_behind(ISLAMABAD, (pass_.set.unix_s + 1800.0) // 60.0 * 60.0).sun_elevation_deg
        assert f"Sun {abs(sun_deg):.0f}°" in sky_line(1800.0)
        assert "was about" in panel(app, "facts").text


@pytest.mark.parametrize("keys", [("n",), ("w",), ("5", "enter")])
async def test_theatre_offline_and_stale_live_tells_no_pass(keys: tuple[str, ...]) -> None:
    in_empty_list = keys == ("5", "enter")
    app = make_app("2026-10-02T22:00:00Z", time=StageTime("2026-11-23T00:00:00Z"))
    async with operating(app, size=(120, 36)) as pilot:
        if keys == ("n",):
            await pilot.press("w")  # in the past, where the pass is known
            await pilot.pause()
            assert isinstance(app.screen, Theatre)
        else:
            await pilot.press("n")
        await pilot.press(*keys)
        frame = app.session.frame()
        assert not isinstance(app.screen, Theatre)
        assert (frame.sight is None) is not in_empty_list
        assert app.session.clock.live is not in_empty_list
        assert frame.status.error.position_known is in_empty_list  # its first line leads to the last known instant
        assert any("too far away to predict" in text for text in notifications(app)) or in_empty_list


async def test_passes_whose_time_is_not_known_are_counted_and_not_shown() -> None:
    session = make_session("2026-10-30T00:00:00Z")
    session.keep_passes(session.compute_passes(session.clock.now()))
    frame = session.frame()
    assert frame.unpredicted
    assert all(p.error is not None and p.error.position_known for p in frame.passes or ())


async def test_theatre_clock_keys_work_and_escape_closes() -> None:
    app = make_app(NIGHT)
    async with operating(app, size=(80, 24)) as pilot:
        await pilot.press("w")
        clock = app.session.clock
        assert not clock.paused
        await pilot.press("space")
        assert clock.paused
        before = clock.now()
        await pilot.press("greater_than_sign")
        assert clock.now() == pytest.approx(before + 60.0)
        await pilot.press("full_stop")
        assert clock.rate == 5.0
        clock.pause()
        await pilot.press("z")
        assert "UTC" in str(panel(app, "sky").border_title)
        await pilot.press("v", "v")
        assert "facing" in str(panel(app, "sky").border_title)
        facing = str(panel(app, "sky").border_title)
        await pilot.press("right")
        await pilot.until(lambda: str(panel(app, "sky").border_title) != facing)
        await pilot.press("escape")
        assert not isinstance(app.screen, Theatre)
        assert app.session.watched is None


async def test_theatre_is_closed_by_another_view() -> None:
    app = make_app(NIGHT)
    async with operating(app, size=(120, 36)) as pilot:
        await pilot.press("w")
        await pilot.press("6")
        await pilot.press("1")
        assert not isinstance(app.screen, Theatre)
        assert app.current_mode == "station"


async def test_theatre_newer_elements_keep_the_pass() -> None:
    from sim.orbit.propagation import Sgp4Orbit

    app = make_app(NIGHT)
    async with operating(app, size=(120, 36)) as pilot:
        await pilot.press("w")
        app.session.clock.pause()
        before = theatre(app).pass_
        orbit = Sgp4Orbit(app.session.orbit.elements(app.session.clock.now()))
        app.session.use_orbit(orbit)
        app.controls.searches.want_passes()
        await pilot.pause()
        after = theatre(app).pass_
        assert after is not before
        assert after.peak.unix_s == pytest.approx(before.peak.unix_s, abs=60.0)


async def test_theatre_unknown_position_does_not_open() -> None:
    app = make_app("2026-12-20T00:00:00Z")
    async with operating(app, size=(120, 36)) as pilot:
        await pilot.press("w")
        assert not isinstance(app.screen, Theatre)


@pytest.mark.validation
@pytest.mark.parametrize("size", [(80, 24), (120, 36), (160, 45), (250, 70)])
async def test_theatre_at_every_size_fits(size: tuple[int, int]) -> None:
    app = make_app(NIGHT)
    async with operating(app, size=size) as pilot:
        await pilot.press("w")
        app.session.clock.pause()
        app.session.clock.seek(theatre(app).pass_.peak.unix_s + 90.0)
        app.draw()
        await pilot.pause()
        for widget in app.screen.query(Panel):
            if widget.display and widget.region.area:
                assert widget.region.right <= size[0]
                assert widget.region.bottom <= size[1]
        assert "look" in panel(app, "facts").text
        assert "…" not in panel(app, "facts").text


@pytest.mark.parametrize("keys", [(), ("v",), ("v", "v")])
async def test_theatre_title_of_the_sky_in_a_rehearsal_is_whole(keys: tuple[str, ...]) -> None:
    app = make_app(NIGHT)
    async with operating(app, size=(80, 24)) as pilot:
        await pilot.press("w", *keys)
        assert "rehearsal · sky" in pilot.text
        assert "…" not in pilot.text.splitlines()[1]
        app.session.clock.pause()
        await pilot.resize_terminal(160, 45)
        assert "time " in pilot.text.splitlines()[1]
        await pilot.resize_terminal(80, 24)
        assert "…" not in pilot.text.splitlines()[1]


@pytest.mark.parametrize("size", [(60, 15), (60, 24), (80, 24)])
@pytest.mark.parametrize("code", ["en", "zh_CN"])
async def test_theatre_in_a_narrow_terminal_cuts_no_text(code: str, size: tuple[int, int]) -> None:
    use(code)
    app = make_app(NIGHT)
    async with operating(app, size=size) as pilot:
        await pilot.press("w")
        app.session.clock.pause()
        for key in ("right", "right", "right", "v", "right", "v", "right", "right"):
            app.session.clock.seek(theatre(app).pass_.peak.unix_s + (30.0 if key == "right" else -600.0))
            await pilot.press(key)
            assert "…" not in pilot.text, key
            assert theatre(app).sky.captions[1].startswith("v ")


@pytest.mark.validation
@pytest.mark.parametrize("code", ["en", "zh_CN"])
async def test_theatre_caption_of_the_map_leaves_out_what_has_no_room(code: str) -> None:
    use(code)
    app = make_app(NIGHT)
    async with operating(app, size=(160, 45)) as pilot:
        await pilot.press("w")
        app.session.clock.pause()
        for minute in range(0, 90, 6):
            app.session.clock.seek(theatre(app).pass_.peak.unix_s + 60.0 * minute)
            app.draw()
            await pilot.pause()
            lower = app.screen.query_one("#inset", StationMap).captions[1]
            assert lower
            border = next(line for line in reversed(pilot.text.splitlines()) if line.endswith("╯"))
            assert "…" not in border


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (160, 45), (250, 70)])
async def test_theatre_brightness_ends_at_the_right_like_the_other_figures(size: tuple[int, int]) -> None:
    app = make_app("2026-09-01T14:00:00Z")
    async with operating(app, size=size) as pilot:
        await pilot.press("w")
        for share in (-0.2, 0.5):
            pass_ = theatre(app).pass_
            app.session.clock.pause()
            app.session.clock.seek(pass_.rise.unix_s + share * pass_.duration_s)
            app.draw()
            await pilot.pause()
            facts = panel(app, "facts")
            line = next(line for line in facts.text.splitlines() if " about " in line)
            assert width(line.rstrip()) == facts.content_size.width


@pytest.mark.parametrize(("height", "shown"), [(10, False), (16, True)])
async def test_theatre_shows_the_sky_only_where_it_has_rows(height: int, shown: bool) -> None:
    app = make_app(NIGHT)
    async with operating(app, size=(40, height)) as pilot:
        await pilot.press("w")
        sky = theatre(app).sky
        assert sky.display is shown
        assert (sky.content_size.height > 2) is shown


@pytest.mark.parametrize("size", [(60, 13), (60, 15), (60, 20), (60, 22), (60, 23), (80, 24), (120, 18), (250, 20)])
async def test_theatre_low_screen_cuts_no_panel_beside_the_sky(size: tuple[int, int]) -> None:
    app = make_app(NIGHT)
    async with operating(app, size=size) as pilot:
        await pilot.press("w")
        sky = theatre(app).sky
        shown = [panel(app, name) for name in ("clock", "facts", "mountain") if panel(app, name).display]
        assert shown[-1].region.bottom == sky.region.bottom
        assert all(one.content_size.height >= 2 for one in shown)
        assert "light" in panel(app, "facts").text


async def test_theatre_tiny_screen_fills_its_rows_with_figures() -> None:
    app = make_app(NIGHT)
    async with operating(app, size=(40, 10)) as pilot:
        await pilot.press("w")
        rows = pilot.text.splitlines()
        assert len(rows) == 10
        assert all(row.strip() for row in rows)
        assert "brightness" in pilot.text


async def test_theatre_in_tiny_terminal_does_not_crash() -> None:
    app = make_app(NIGHT)
    async with operating(app, size=(40, 12)) as pilot:
        await pilot.press("w", "v", "v", "right")
        await pilot.resize_terminal(24, 8)
        await pilot.pause()
        assert isinstance(app.screen, Theatre)


def test_dot_cell_is_the_one_it_is_drawn_in() -> None:
    assert Dot(0.0, 0.0).cell == (0, 0)
    assert Dot(1.4, 3.4).cell == (0, 0)
    assert Dot(1.6, 3.6).cell == (1, 1)


@pytest.mark.parametrize("size", [(40, 20), (50, 24), (59, 24), (44, 45)])
async def test_theatre_narrow_screen_has_sky_above_figures(size: tuple[int, int]) -> None:
    app = make_app(NIGHT)
    async with operating(app, size=size) as pilot:
        app.controls.theatre.show(night_pass())
        await pilot.pause()
        sky = app.screen.query_one(SkyPlot)
        assert sky.outer_size.width == size[0]
        assert sky.content_size.height >= 10
        assert "sky overhead, N up" in str(sky.border_title)
        clock, facts = (app.screen.query_one(f"#{name}", Panel) for name in ("clock", "facts"))
        assert sky.region.bottom <= clock.region.y
        assert "rises " in clock.text  # from the horizon, or above 10° once the list of passes is there
        assert "rise T-1:0" in clock.text
        assert all(word in facts.text for word in ("look ", "az, el", "light"))
        for panel in (sky, clock, facts):
            assert app.screen.region.contains_region(panel.region)


async def test_theatre_narrow_screen_offers_the_next_pass() -> None:
    app = make_app(NIGHT)
    async with operating(app, size=(40, 20)) as pilot:
        app.session.clock.seek(night_pass().set.unix_s + 30.0)
        app.controls.theatre.show(night_pass())
        await pilot.pause()
        assert "Enter next" in app.screen.query_one("#clock", Panel).text
