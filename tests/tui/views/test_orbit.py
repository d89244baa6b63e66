"""View 6: its panels say one thing with `status`, and nothing that is not known."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest

from sim.chronicle import embedded_chronicle
from sim.eclipses import Eclipse
from sim.orbit.altitude import AltitudeHistory
from sim.orbit.element_history import embedded_history
from sim.orbit.files.object_choice import orbit_from_files
from sim.orbit.plane import beta_at
from sim.orbit.tle import parse_tle
from sim.status import status_at
from sim.time import iso_z, parse_instant, to_datetime
from tests.support.dashboard import make_app, make_session, panel
from tests.support.operating import operating
from tui.cli.output.text_report import status_lines
from tui.drawing.styled_text import line_width, plain
from tui.map.scene import MapOptions, MapStyle
from tui.session.frame import Frame
from tui.views.orbit.altitude_history import AltitudeFacts, AltitudeHistoryChart
from tui.views.orbit.eclipses import Beta, Eclipses
from tui.views.orbit.elements import Elements
from tui.views.station.altitude_band import AltitudeBand
from tui.views.station.position import Telemetry
from tui.widgets.altitude_curve import stretches
from tui.widgets.header import Header
from tui.widgets.map.station_map import StationMap
from tui.widgets.panel import Panel, PanelContent

MEANINGLESS = """FLOCK
1 55897U 22151AAV 26234.12407234  .09435527  24934+0  44853-1 0  9996
2 55897  98.5849 110.9278 0014449 269.2407  90.7207 15.92146194026688
"""
ISS = """ISS (ZARYA)
1 25544U 98067A   26234.50053383  .00009133  00000+0  17025-3 0  9997
2 25544  51.6331 331.8814 0007668  72.6488 287.5339 15.49570248582031
"""


def frame_at(at: str, tmp_path: Path | None = None, elements: str = "") -> Frame:
    if tmp_path is None:
        return make_session(at).frame()
    path = tmp_path / "object.tle"
    path.write_text(elements)
    return make_session(at, orbit=orbit_from_files((path,)).orbit).frame()


def with_altitude(frame: Frame, altitude: AltitudeHistory) -> Frame:
    return msgspec.structs.replace(frame, altitude=altitude)


def shown(panel: Panel | PanelContent, frame: Frame, width: int = 60, height: int = 20) -> str:
    return "\n".join(plain(line) for line in panel.draw(frame, width, height))


def row(text: str, name: str) -> str:
    return next(line for line in text.splitlines() if line.startswith(name)).removeprefix(name).strip()


def test_elements_panel_epoch_is_that_of_the_set_whose_age_stands_below() -> None:
    for at in ("2021-08-03T05:00:00Z", "2025-03-10T05:00:00Z", "2026-12-20T00:00:00Z"):
        frame = frame_at(at)
        epoch = row(shown(Elements(), frame), "epoch")
        assert epoch == iso_z(frame.status.provenance.epoch_unix_s)
        assert epoch in {iso_z(one.epoch_unix_s) for one in embedded_history().sets}


def test_elements_panel_beta_of_another_object_is_that_of_status(tmp_path: Path) -> None:
    frame = frame_at("2026-08-10T00:00:00Z", tmp_path, ISS)
    text = shown(Elements(), frame)
    assert row(text, "beta") == f"{frame.status.orbit.beta_deg:+.1f}°"
    assert row(text, "expected error") == "unknown"


def test_status_tells_what_the_turning_of_the_earth_adds_only_to_a_place(tmp_path: Path) -> None:
    path = tmp_path / "iss.tle"
    path.write_text(ISS)
    others = orbit_from_files((path,)).orbit
    for at in ("2028-01-01T00:00:00Z", "2029-06-01T00:00:00Z"):
        for orbit, is_said in ((embedded_history(), False), (others, True)):
            status = status_at(orbit, embedded_chronicle(), parse_instant(at), now_unix_s=0.0)
            assert ("turning of the Earth" in "\n".join(status_lines(status))) is is_said


@pytest.mark.parametrize("at", ["2021-05-10T00:00:00Z", "2026-11-20T00:00:00Z", "2027-08-20T00:00:00Z"])
def test_expected_error_of_an_unknown_place_is_the_same_in_view_1_and_view_6(at: str) -> None:
    frame = frame_at(at)
    assert row(shown(Elements(), frame), "expected error") == "unknown"
    assert row(shown(Telemetry(), frame), "expected error") == "unknown"


def test_map_is_a_view_out_of_the_window_only_where_there_is_a_place_to_look_from(tmp_path: Path) -> None:
    station_map = StationMap(MapOptions(style=MapStyle.WINDOW))
    known, gone = frame_at("2026-10-01T00:00:00Z"), frame_at("2026-11-20T00:00:00Z", tmp_path, MEANINGLESS)
    station_map.show(known)
    assert "window" in str(station_map.border_title)
    station_map.show(gone)
    assert "window" not in str(station_map.border_title)


def test_beta_chart_is_dotted_where_the_plane_alone_is_known() -> None:
    full, part, dotted = (frame_at(f"{day}T00:00:00Z") for day in ("2026-06-01", "2026-10-01", "2027-01-01"))
    assert Beta().title(full)[1] == ""
    for frame in (part, dotted):
        assert "by the plane alone" in Beta().title(frame)[1]
        last = shown(Beta(), frame, 64, 12).splitlines()
        assert any("\u2800" < c <= "\u28ff" for row in last for c in row[-4:]), "the curve reaches the last day"
    assert "01 Oct" in shown(Beta(), part, 64, 12)
    assert "30 Nov" in shown(Beta(), part, 64, 12)
    assert shown(Beta(), frame_at("2028-01-01T00:00:00Z"), 40, 2) == "beta unknown"


def test_beta_chart_is_that_of_the_command() -> None:
    frame = frame_at("2026-11-27T00:00:00Z")
    beta = beta_at(frame.orbit, frame.unix_s, frame.status.error)
    assert not frame.status.error.position_known
    assert f"● {beta.beta_deg:+.0f}°" in shown(Beta(), frame, 64, 12)
    told = f"{beta.beta_deg:+.1f}° ±{beta.error.p90_deg:.1f}°"
    assert shown(Beta(), frame, 40, 2) == f"beta {told}"
    assert row(shown(Elements(), frame, 60, 24), "beta") == told
    assert any(f"beta {told}" in line for line in status_lines(frame.status))


def test_beta_chart_is_empty_where_the_plane_is_unknown() -> None:
    assert "Unknown" in shown(Beta(), frame_at("2028-01-01T00:00:00Z"))


def test_panels_of_a_set_that_means_nothing_give_no_figure_of_the_instant(tmp_path: Path) -> None:
    frame = frame_at("2026-08-10T00:00:00Z", tmp_path, MEANINGLESS)
    for height in (1, 8):
        for width in (60, 120):
            assert shown(AltitudeBand(), frame, width, height).startswith("no position at 2026-08-10")
    text = shown(Elements(), frame)
    assert (row(text, "beta"), row(text, "revolution")) == ("unknown", "unknown")
    assert "nan" not in text + shown(Beta(), frame) + shown(Beta(), frame, 40, 2)


@pytest.mark.parametrize("width", range(1, 9))
def test_altitude_band_of_few_columns_is_drawn(width: int) -> None:
    frame = frame_at("2024-12-17T08:00:00Z")
    for height in (1, 2, 6):
        lines = AltitudeBand().draw(frame, width, height)
        assert len(lines) == height


def test_days_to_floor_keep_their_bounds_in_the_width_of_the_panel() -> None:
    session = make_session("2021-08-03T05:00:00Z")
    session.altitude = session.read_altitude()[0]
    lines = AltitudeFacts().draw(session.frame(), 44, 10)
    floor = next(line for line in lines if plain(line).startswith("to 340 km"))
    assert "–" in plain(floor)
    assert line_width(floor) <= 44


@pytest.mark.parametrize("at", ["2024-12-17T08:00:00Z", "2026-11-23T00:00:00Z"])
async def test_orbit_view_expected_error_is_never_blank(at: str) -> None:
    app = make_app(at)
    async with operating(app, size=(120, 36)) as pilot:
        await pilot.press("6")
        (row,) = [line for line in panel(app, "elements").text.splitlines() if line.startswith("expected error")]
        assert row.removeprefix("expected error").strip() == ("unknown" if at.startswith("2026-11") else "±1.1 km")


async def test_altitude_axes_have_units_and_begin_with_the_first_element_set() -> None:
    app = make_app("2021-08-01T00:00:00Z")
    async with operating(app, size=(160, 45)) as pilot:
        assert "km" in panel(app, "band").text.splitlines()[-1]
        await pilot.press("6", "0")
        app.draw()
        history = panel(app, "history")
        assert app.session.altitude is not None
        first = to_datetime(app.session.altitude.points[0].unix_s)
        assert " ".join(history.text.splitlines()[-1].split()[:3]) == f"{first:%d %b %Y}"
        assert "(km)" in history.captions[0]
        assert "(°)" in str(app.screen.query_one("#beta Beta").border_title)


def test_altitude_views_count_burns_that_are_not_dated_where_the_note_tells_of_them() -> None:
    altitude = embedded_history().altitude
    frame = with_altitude(frame_at("2021-05-24T12:00:00Z"), altitude)
    assert AltitudeHistoryChart().title(frame)[1] == "0 raises, 0 lowerings since 2021, more now, not dated"
    facts = shown(AltitudeFacts(), frame)
    assert "2021-05-22 to 06-01     not dated" in facts
    assert "no burn found" not in facts
    assert row(facts, "mean altitude").endswith("360 km ±4 (90 %: 10) km")
    later = with_altitude(frame_at("2026-10-10T12:00:00Z"), altitude)
    assert AltitudeHistoryChart().title(later)[1].endswith(" lowerings since 2021")


def test_altitude_facts_of_one_set_of_another_object_do_not_know_the_error_of_the_decay(tmp_path: Path) -> None:
    frame = frame_at("2026-08-22T12:00:00Z", tmp_path, ISS)
    facts = shown(AltitudeFacts(), with_altitude(frame, AltitudeHistory([parse_tle(*ISS.splitlines()[1:])])))
    assert row(facts, "decay").endswith("km a day error not known")
    assert row(facts, "mean altitude").endswith("km error not known")


def test_stretches_of_altitude_are_unknown_where_burns_are_not_dated() -> None:
    altitude = embedded_history().altitude
    points = [(p.unix_s, p.mean_altitude_km) for p in altitude.points]
    found = list(stretches(points, altitude.burns))
    for day in ("2021-05-24", "2026-02-01", "2026-05-14"):
        unix_s = parse_instant(day)
        (known,) = [known for known, part in found if part[0][0] <= unix_s < part[-1][0]]
        assert known is False
    assert [known for known, _ in found[:2]] == [False, True]
    assert found[0][1][-1] == found[1][1][0]
    unknown_s = sum(part[-1][0] - part[0][0] for known, part in found if not known)
    assert unknown_s < 0.15 * (points[-1][0] - points[0][0])


def test_header_of_80_columns_states_the_90_per_cent_error() -> None:
    assert "±1.3 (90 %: 5.8) km" in shown(Header(), frame_at("2024-12-17T05:00:00Z"), width=80, height=1)


def test_eclipses_show_those_of_the_penumbra_alone_and_where_there_is_room_all_contacts() -> None:
    frame = frame_at("2026-09-01T00:00:00Z")
    deep = Eclipse(
        enter=frame.unix_s + 600.6, leave=frame.unix_s + 900.0, penumbra_enter=frame.unix_s + 590.0,
        penumbra_leave=frame.unix_s + 910.0, umbra_enter=None, umbra_leave=None,
    )  # fmt: skip
    grazing = msgspec.structs.replace(deep, enter=deep.penumbra_enter, leave=deep.penumbra_leave, penumbra_only=True)
    frame = msgspec.structs.replace(frame, eclipses=(deep, grazing), utc=True)
    narrow = shown(Eclipses(), frame, width=34).splitlines()
    assert narrow[1] == "00:10:01Z 00:15:00Z   5.0 min"
    assert narrow[2] == "00:09:50Z 00:15:10Z penumbra 5 min"
    wide = shown(Eclipses(), frame, width=100).splitlines()
    assert wide[1].split() == ["00:10:01Z", "00:15:00Z", "5.0", "min", "00:09:50Z", "00:15:10Z"]
    assert wide[0].index("penumbra to") == wide[1].index("00:15:10Z")


@pytest.mark.parametrize(("size", "all_shown"), [((250, 70), True), ((160, 45), False)])
async def test_burns_stand_in_columns_and_those_without_room_are_counted(
    size: tuple[int, int], all_shown: bool
) -> None:
    app = make_app("2026-10-08T12:00:00Z")
    async with operating(app, size=size) as pilot:
        await pilot.press("6")
        app.draw()
        altitude = app.session.frame().altitude
        assert altitude is not None
        report = altitude.at(app.session.clock.now())
        text, count = panel(app, "decay").text, len(report.burns) + len(report.undated)
        seen = len(re.findall(r"[+-]\d+\.\d+ km  ", text)) + len(report.undated)
        assert (seen == count) == all_shown
        assert str(panel(app, "decay").border_subtitle or "") == (
            "" if all_shown else f"{count - seen} more: tiangong burns"
        )


@pytest.mark.parametrize("size", [(50, 30), (60, 15), (60, 45)])
async def test_orbit_in_a_slim_terminal_has_values_beside_their_names(size: tuple[int, int]) -> None:
    app = make_app("2026-10-04T12:00:00Z")
    async with operating(app, size=size) as pilot:
        await pilot.press("6")
        elements = panel(app, "elements").text
        assert "embedded history" in elements
        assert "2026-10-0" in elements
        assert "no element sets" not in pilot.text
        await pilot.press("v", "v")
        for name in ("sources", "eclipses", "beta-chart"):
            assert panel(app, name).outer_size.width == size[0]
