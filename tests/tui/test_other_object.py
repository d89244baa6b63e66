"""The dashboard on elements of another object than the station."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sim.time import parse_instant
from tests.support.orbits import LINES
from tui.app import TiangongApp
from tui.config.options import DashboardOptions
from tui.config.settings import VIEW_NAMES
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


@pytest.mark.parametrize("size", [(80, 24), (160, 45)], ids=["small", "large"])
async def test_views_of_another_object_show_its_name_and_nothing_of_the_station(
    options: DashboardOptions, size: tuple[int, int]
) -> None:
    session, _ = make_session(options)
    app = TiangongApp(session, options)
    async with app.run_test(size=size) as pilot:
        await app.workers.wait_for_complete()
        assert app.title == "ISS (ZARYA)"
        for digit in range(1, len(VIEW_NAMES) + 1):
            await pilot.press(str(digit), "escape")
            await pilot.pause()
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
