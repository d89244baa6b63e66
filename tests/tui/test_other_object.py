"""The dashboard on elements of another object than the station."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sim.time import parse_instant
from tests.support.operating import operating
from tests.support.orbits import LINES
from tui.app import TiangongApp
from tui.config.options import DashboardOptions
from tui.config.settings import VIEW_NAMES
from tui.messages import FollowObject
from tui.session.loading import make_session
from tui.widgets.panel import Panel

if TYPE_CHECKING:
    from pathlib import Path


AT = parse_instant("2026-08-22T16:01:00Z")
STATIONS_OWN = ("Tiangong", "天宫", "Zhu Yangzhu", "Shenzhou-23", "340–450", "STS-102", "nan")


@pytest.fixture
def options(tmp_path: Path) -> DashboardOptions:
    path = tmp_path / "iss.tle"
    path.write_text("\n".join(("ISS (ZARYA)", *LINES["ISS"])) + "\n")
    return DashboardOptions(at_unix_s=AT, paused=True, elements_paths=(path,), offline=True)


@pytest.mark.validation
@pytest.mark.parametrize("size", [(80, 24), (160, 45)], ids=["small", "large"])
async def test_views_of_another_object_show_its_name_and_nothing_of_the_station(
    options: DashboardOptions, size: tuple[int, int]
) -> None:
    session, _ = make_session(options)
    app = TiangongApp(session, options)
    async with operating(app, size=size) as pilot:
        assert app.title == "ISS (ZARYA)"
        for digit in range(1, len(VIEW_NAMES) + 1):
            await pilot.press(str(digit), "escape")
            for panel in app.screen.query(Panel):
                shown = "\n".join((*panel.captions, panel.text))
                if "no data for ISS (ZARYA)" not in shown:
                    assert not [word for word in STATIONS_OWN if word in shown], (digit, panel, shown)
            if size[0] > 100:
                assert "ISS (ZARYA)" in app.screen.query_one("#header", Panel).text
                assert "error not known" in app.screen.query_one("#header", Panel).text


async def test_standard_magnitude_option_grades_passes_of_another_object(options: DashboardOptions) -> None:
    import msgspec

    given = msgspec.structs.replace(options, standard_magnitude=-1.8)
    for chosen, graded in ((options, False), (given, True)):
        session, _ = make_session(chosen)
        passes = session.passes_between(AT, AT + 5 * 86400.0)
        assert any(one.grade for one in passes) == graded


async def test_palette_follows_another_object_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "two.tle"
    noaa = ("NOAA 19", "1 33591U 09005A   26234.50000000  .00000080  00000+0  68000-4 0  9992",
            "2 33591  99.0000 290.0000 0013000 120.0000 240.0000 14.13100000900004")  # fmt: skip
    path.write_text("\n".join(("ISS (ZARYA)", *LINES["ISS"], *noaa)) + "\n")
    options = DashboardOptions(at_unix_s=AT, paused=True, elements_paths=(path,), object_name="iss", offline=True)
    session, messages = make_session(options)
    app = TiangongApp(session, options, messages)
    async with operating(app, size=(120, 36)) as pilot:
        assert app.title == "ISS (ZARYA)"
        await pilot.press("ctrl+p")
        await pilot.pause(0.3)
        for key in "noaa":
            await pilot.press(key)
        await pilot.pause(0.6)
        await pilot.press("enter")
        await pilot.until(lambda: app.title == "NOAA 19")
        assert session.orbit.elements(AT).norad_id == 33591


async def test_story_is_not_told_of_another_object(options: DashboardOptions) -> None:
    session, _ = make_session(options)
    app = TiangongApp(session, options)
    async with operating(app, size=(120, 36), notifications=True) as pilot:
        app.controls.stories.tell("building")
        await pilot.pause(0.5)
        told = " ".join(" ".join(str(toast.render()).split()) for toast in app.screen.query("Toast"))
        assert "the stories are those of Tiangong, and ISS (ZARYA) is what the screen follows" in told
        assert app.controls.stories.story is None
        assert session.clock.now() == pytest.approx(AT, abs=1.0)


async def test_panels_of_the_station_say_nothing_once_another_object_is_followed(tmp_path: Path) -> None:
    path = tmp_path / "two.tle"
    path.write_text("\n".join(("CSS (TIANHE)", *LINES["station"], "ISS (ZARYA)", *LINES["ISS"])) + "\n")
    options = DashboardOptions(at_unix_s=AT, paused=True, elements_paths=(path,), object_name="48274", offline=True)
    session, _ = make_session(options)
    app = TiangongApp(session, options)
    async with operating(app, size=(160, 45)) as pilot:
        kept = [app.screen.query_one(f"#{name}", Panel) for name in ("ports", "walks")]
        assert not any("no data for" in panel.text for panel in kept)
        app.post_message(FollowObject("25544"))
        await pilot.until(lambda: app.title == "ISS (ZARYA)")
        await pilot.until(lambda: all("no data for ISS (ZARYA)" in panel.text for panel in kept))
