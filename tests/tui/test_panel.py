"""Panels repaint only what changed, and what they painted is what a fresh panel would paint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from tests.support.dashboard import make_app, panel
from tests.support.operating import operating
from tui.drawing.styled_text import Run, fit, plain
from tui.widgets.panel import _changed_cells

if TYPE_CHECKING:
    from tui.drawing.styled_text import Line

RUNS = st.lists(
    st.builds(Run, st.text(alphabet="ab 天7", min_size=1, max_size=6), st.sampled_from(["", "dim", "value"])),
    max_size=6,
)


def cells(line: Line) -> list[tuple[str, str]]:
    """(character, style) by cell; the second cell of a wide character repeats it."""
    found: list[tuple[str, str]] = []
    for run in line:
        for char in run.text:
            found += [(char, run.style)] * (2 if char == "天" else 1)
    return found


@given(old=RUNS, new=RUNS)
def test_changed_cells_cover_every_cell_that_differs(old: list[Run], new: list[Run]) -> None:
    before, after = fit(tuple(old), 30), fit(tuple(new), 30)
    if before == after:
        return
    first, end = _changed_cells(before, after, 30)
    differing = [i for i, (a, b) in enumerate(zip(cells(before), cells(after), strict=True)) if a != b]
    assert all(first <= i < end for i in differing)


def test_changed_cells_of_a_ticking_clock_are_its_last_cells() -> None:
    before = (Run("48 d 11:33:01", "value"), Run("  Shenzhou-19", "dim"))
    after = (Run("48 d 11:33:02", "value"), Run("  Shenzhou-19", "dim"))
    assert _changed_cells(before, after, 26) == (12, 13)
    assert plain(after)[12] == "2"


async def test_captions_after_a_change_of_size_count_what_is_hidden_now() -> None:
    resized, started = make_app(), make_app()
    size = (250, 70)
    async with operating(resized, size=(40, 10)) as pilot:
        await pilot.press("5")
        await pilot.resize_terminal(*size)
        resized.draw()
        await pilot.pause()
        found = panel(resized, "table").captions
    async with operating(started, size=size) as pilot:
        await pilot.press("5")
        assert found == panel(started, "table").captions
