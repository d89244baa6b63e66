"""The engineer's panel of view 6; what lies there leads to its instant; the list of rates; double click."""

from __future__ import annotations

import math
import re
from pathlib import Path

import msgspec
import pytest
from textual.widgets import OptionList

from sim.constants import DAY_S
from sim.orbit.files.element_files import read_elements
from sim.orbit.oem import OemOrbit
from sim.orbit.uncertainty import UNSTATED, ExpectedError, expected_error
from tests.support.dashboard import make_app, make_session, panel
from tests.support.operating import operating
from tui.drawing.styled_text import plain
from tui.session.frame import Frame
from tui.views.base import View
from tui.views.dialogs.rates import RateList
from tui.views.orbit.eclipses import Beta, Eclipses
from tui.views.orbit.state_vector import StateVector, decimals_known
from tui.views.station.tonight import why_none
from tui.widgets.links import actions_in
from tui.widgets.river.marks import light

AT = "2026-09-20T12:00:00Z"
LOST = "2027-06-01T00:00:00Z"


def frame_with_contacts(at: str = AT) -> Frame:
    session = make_session(at)
    session.keep_eclipses(session.compute_eclipses(session.clock.now()))
    return session.frame()


def numbers(line: str) -> list[float]:
    return [float(word) for word in re.findall(r"-?\d+\.\d+", line)]


def test_vectors_are_those_of_the_state_to_what_is_known() -> None:
    frame = frame_with_contacts()
    lines = [plain(line) for line in StateVector().draw(frame, 56, 40)]
    assert frame.status.state is not None
    assert numbers(lines[1]) == pytest.approx(frame.status.state.position_teme_km, abs=0.051)
    assert numbers(lines[2]) == pytest.approx(frame.status.state.velocity_teme_km_s, abs=5.1e-5)
    teme_km, itrs_km = numbers(lines[1]), numbers(lines[4])
    assert itrs_km[2] == pytest.approx(teme_km[2], abs=0.11)  # both turn about the pole
    assert math.hypot(*itrs_km[:2]) == pytest.approx(math.hypot(*teme_km[:2]), abs=0.2)
    assert re.search(r"\d m, 0\.\d km, \d+ m", lines[7])  # the along-track error is the largest


def test_contacts_are_in_order_not_over_and_lead_to_their_rise() -> None:
    frame = frame_with_contacts()
    assert frame.contacts
    lines = StateVector().draw(frame, 56, 200)
    rises = [float(action[len("app.seek(") : -1]) for action in actions_in(lines)]
    assert rises == [c.times.rise.unix_s for c in frame.contacts if c.times.set.unix_s > frame.unix_s]
    assert len(rises) >= 10
    assert rises == sorted(rises)


def test_shadows_and_contacts_of_which_the_times_are_not_known_are_told_without_times() -> None:
    """From 11:15Z on the position is not known any more."""
    frame = frame_with_contacts("2026-10-19T08:00:00Z")
    for shown in (StateVector(), Eclipses()):
        lines = shown.draw(frame, 56, 200)
        starts = [float(action[len("app.seek(") : -1]) for action in actions_in(lines)]
        assert starts
        assert all(expected_error(frame.orbit, unix_s).position_known for unix_s in starts)
        assert plain(lines[-1]) == "others come at times not known"
    shadows = [stretch for stretch in light(frame, frame.unix_s + DAY_S) if stretch.glyph == "░"]
    assert all(expected_error(frame.orbit, shadow.begin_s).position_known for shadow in shadows)


def test_short_ephemeris_is_not_taken_for_a_day_without_shadow_contacts_and_passes() -> None:
    """It goes on for half an hour, in sunlight."""
    path = Path(__file__).parents[2] / "data/cases/o15-iss.oem"
    ephemeris = read_elements(path).oem
    assert ephemeris is not None
    session = make_session("2026-08-22T19:30:00Z", orbit=OemOrbit(ephemeris))
    session.keep_eclipses(session.compute_eclipses(session.clock.now()))
    session.keep_passes(session.compute_passes(session.clock.now()))
    frame = msgspec.structs.replace(session.frame(), contacts=())
    for shown in (Eclipses(), StateVector(), Beta()):
        text = " ".join(plain(line) for line in shown.draw(frame, 56, 40))
        assert "the ephemeris goes from" in text
    assert why_none(frame)[-1] == "no pass to see over Islamabad is known this week"


def test_unknown_position_shows_no_vector() -> None:
    text = " ".join(plain(line) for line in StateVector().draw(make_session(LOST).frame(), 56, 20))
    assert "not known" in text
    assert not numbers(text)


@pytest.mark.parametrize(
    ("median_km", "decimals"), [(0.004, 3), (0.05, 2), (0.4, 1), (1.0, 0), (30.0, 0), (1e-6, 3), (math.nan, 1)]
)
def test_decimals_of_a_vector_are_those_that_its_error_leaves(median_km: float, decimals: int) -> None:
    error = UNSTATED if math.isnan(median_km) else ExpectedError(median_km, 3.0 * median_km, True, False)
    assert decimals_known(error) == decimals


@pytest.mark.parametrize("size", [(250, 70), (200, 60)])
async def test_panel_is_there_where_there_is_room_and_eclipses_lead_to_their_instants(size: tuple[int, int]) -> None:
    app = make_app(AT)
    async with operating(app, size=size) as pilot:
        await pilot.press("6")
        assert "TEME" in panel(app, "state").text
        assert "next contacts" in panel(app, "state").text
        assert "2026-07-02" in panel(app, "decay").text
        eclipses = panel(app, "eclipses")
        app.screen.set_focus(eclipses)
        await pilot.pause()
        await pilot.press("down", "enter")
        assert app.session.frame().eclipses is not None
        entered = app.session.clock.now()
        assert any(abs(e.enter - entered) < 1.0 for e in app.session.frame().eclipses or ())
        await pilot.press("backspace")
        assert app.session.clock.now() == pytest.approx(make_session(AT).clock.now())


async def test_rate_opens_the_list_of_rates_and_one_of_them_is_taken() -> None:
    app = make_app(AT)
    async with operating(app, size=(120, 36)) as pilot:
        header = panel(app, "header").shows.draw(app.session.frame(), 120, 1)
        assert "app.rates" in actions_in(header)
        await pilot.press("f7")
        assert isinstance(app.screen, RateList)
        rates = app.screen.query_one(OptionList)
        assert rates.highlighted == 1
        await pilot.press("j", "j", "j", "enter")
        assert isinstance(app.screen, View)
        assert (app.session.clock.rate, app.session.clock.paused) == (10.0, False)
        await pilot.press("f7", "home", "enter")
        assert app.session.clock.paused
        await pilot.press("f7", "escape")
        assert isinstance(app.screen, View)


async def test_double_click_makes_a_panel_the_full_screen_and_back() -> None:
    app = make_app(AT)
    async with operating(app, size=(160, 45)) as pilot:
        await pilot.press("6")
        await pilot.click("#elements", offset=(20, 11), times=2)
        await pilot.pause()
        assert app.screen.maximized is panel(app, "elements")
        await pilot.click("#elements", offset=(20, 30), times=2)
        await pilot.pause()
        assert app.screen.maximized is None
