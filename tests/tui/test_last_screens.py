"""The view, the filters and the order of lists are there again at the next start; `--fresh` begins without them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest
from textual.widgets import Input

from tests.support.dashboard import make_app
from tests.support.operating import operating
from tui.cli.commands.dashboard import DashboardArguments, options, recalled
from tui.config.last_screens import Screens, TableChoice, keep, read_screens
from tui.config.options import DashboardOptions
from tui.config.settings import SCREENS_FILE, state_dir
from tui.views.crew.tables import Everyone
from tui.views.passes.table import PassTable

if TYPE_CHECKING:
    from pathlib import Path

    from tui.app import TiangongApp


def next_start(**arguments: object) -> TiangongApp:
    """The dashboard as a start with these arguments opens it."""
    given = DashboardArguments(offline=True, **arguments)  # type: ignore[arg-type]
    return make_app(options=recalled(options(given), given))


async def leave_the_crew_sorted_and_filtered() -> None:
    app = next_start()
    async with operating(app, size=(160, 45)) as pilot:
        await pilot.press("2", "a", "slash", *"zhang", "enter")
        assert app.screen.query_one(Everyone).filter_text == "zhang"


async def test_next_start_has_view_filter_and_order_of_the_last() -> None:
    await leave_the_crew_sorted_and_filtered()
    before = read_screens().tables["crew.everyone"]
    app = next_start()
    async with operating(app, size=(160, 45)) as pilot:
        table = app.screen.query_one(Everyone)
        assert app.current_mode == "crew"
        assert table.filter_text == "zhang"
        assert table.choice == before
        assert before.sort not in {None, Everyone.first_sort}
        assert all("Zhang" in table.row_key(row) for row in table.shown_rows)
        assert "“zhang”" in table.captions[1]
        await pilot.press("escape")
        assert table.filter_text == app.screen.query_one("#filter", Input).value == ""
    assert read_screens().tables["crew.everyone"].filter == ""


async def test_fresh_forgets_them_for_good() -> None:
    await leave_the_crew_sorted_and_filtered()
    app = next_start(fresh=True)
    async with operating(app, size=(160, 45)) as pilot:
        assert app.current_mode == "station"
        await pilot.press("2")
        assert app.screen.query_one(Everyone).choice == TableChoice()
        await pilot.press("1")
    assert read_screens() == Screens()


async def test_view_that_is_asked_for_comes_before_the_last_one() -> None:
    keep("crew", {})
    given = DashboardArguments(view="orbit")
    assert recalled(options(given), given).view == "orbit"
    assert recalled(options(DashboardArguments()), DashboardArguments()).view == "crew"


async def test_filters_of_passes_are_kept_too() -> None:
    app = next_start(view="passes")
    async with operating(app, size=(160, 45)) as pilot:
        await pilot.press("v", "asterisk", "plus")
        table = app.screen.query_one(PassTable)
        left = table.choice
        assert (left.visible_only, left.least_grade) == (True, 1)
        assert left.least_elevation_deg > 0.0
    again = next_start()
    async with operating(again, size=(160, 45)) as pilot:
        assert again.screen.query_one(PassTable).choice == left


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"view": "kitchen"}',
        b'{"view": "crew", "tables": {"crew.everyone": {"sort": 7}}}',
        b'{"view": "crew", "tables": [1]}',
    ],
)
async def test_broken_file_is_as_good_as_none_and_is_written_anew(content: bytes) -> None:
    state_dir().mkdir(parents=True)
    (state_dir() / SCREENS_FILE).write_bytes(content)
    app = next_start()
    async with operating(app, size=(80, 24)) as pilot:
        await pilot.press("4")
    assert read_screens().view == "spacewalks"


async def test_unknown_column_and_foreign_text_in_the_file_do_no_harm() -> None:
    keep("crew", {"crew.everyone": TableChoice(filter="[bold]\x1b[31m", sort="nothing", descending=True)})
    app = next_start()
    async with operating(app, size=(80, 24)):
        table = app.screen.query_one(Everyone)
        assert table.sort_column == Everyone.first_sort
        assert "\x1b" not in "".join(table.captions) + table.text


async def test_folder_that_cannot_be_written_is_no_reason_to_fail(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("TIANGONG_STATE_DIR", str(tmp_path / "file" / "state"))
    app = next_start()
    async with operating(app, size=(80, 24)) as pilot:
        await pilot.press("3")
    assert app.return_code in {None, 0}


async def test_dashboard_that_shall_not_remember_writes_nothing() -> None:
    app = make_app(options=DashboardOptions(offline=True))
    async with operating(app, size=(80, 24)) as pilot:
        await pilot.press("2")
    assert not (state_dir() / SCREENS_FILE).exists()
    assert msgspec.structs.asdict(read_screens())["view"] == "station"
